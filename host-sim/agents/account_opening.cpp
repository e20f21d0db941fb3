// plimsoll: host-sim/agents/account_opening.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. See account_opening.hpp.
#include "host-sim/agents/account_opening.hpp"

#include "host-sim/agents/messages.hpp"
#include "host-sim/chain/events.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {

void must(const Receipt& receipt, std::string_view what)
{
    if (receipt.ok())
        return;
    throw SetupError(fmt::format("setting up: {}: the contract answered {}", what, receipt.error));
}

std::uint64_t open_account(World& world, const std::string& address, MarginMode mode)
{
    const auto receipt = world.chain.execute(address, open_account_message(mode));
    must(receipt, "open_account");
    for (const auto& event : receipt.events) {
        if (event.type == "account_opened")
            return number_attribute(event, "account");
    }
    throw SetupError("setting up: open_account announced no account");
}

num::i128 tokens_worth_floor(const World& world, std::uint32_t asset, Money value)
{
    const auto& token = world.scenario.tokens[asset];
    if (asset == 0)
        return tokens_from_money_floor(value, token.decimals).raw();
    const Quantity quantity = quantity_floor(value, world.spot[token.underlying]);
    return tokens_from_quantity_floor(quantity, token.decimals).raw();
}

void endow_and_deposit(World& world, const std::string& address, std::uint64_t account,
    std::uint32_t asset, Money value)
{
    const auto& denom = world.scenario.tokens[asset].denom;
    const num::i128 amount = tokens_worth_floor(world, asset, value);
    if (amount == 0)
        return;
    world.bank.endow(address, denom, amount);
    must(world.chain.execute(address, deposit_message(account), {{denom, amount}}), "deposit");
}

void delegate_to_venue(World& world, const std::string& address, std::uint64_t account)
{
    must(world.chain.execute(address, delegate_message(account, VENUE)), "delegate");
}

}  // namespace plimsoll::sim
