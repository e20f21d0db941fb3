// plimsoll: host-sim/house_setup.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See house_setup.hpp.
#include "host-sim/house_setup.hpp"

#include "contract/message.hpp"
#include "host-sim/agents/account_opening.hpp"
#include "host-sim/agents/messages.hpp"
#include "host-sim/oracle/publisher.hpp"
#include "host-sim/runner.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

/// Tokens that the rest of the world can pay with: more than any scenario sells.
constexpr std::int64_t OUTSIDE_QUOTE = 1'000'000'000'000;

/// Sends `{verb: body}` for each body of a list.
template <class Bodies>
void send_each(World& world, const Bodies& bodies, const char* verb)
{
    for (const nlohmann::json& body : bodies) {
        nlohmann::json message = nlohmann::json::object();
        message[verb] = body;
        must(world.chain.execute(std::string(GOVERNANCE), message.dump()), verb);
    }
}

}  // namespace

void set_up_house(World& world)
{
    const auto& parameters = world.scenario.contract;
    const std::string governance(GOVERNANCE);
    const nlohmann::json instantiate{{"governance", governance}, {"quote", parameters.at("quote")},
        {"liquidation", parameters.at("liquidation")}, {"oracle", parameters.at("oracle")}};
    must(world.chain.instantiate(governance, instantiate.dump()), "instantiate");
    must(world.chain.execute(governance, set_role_message(PUBLISHER, contract::role::PUBLISHER)),
        "set_role");
    must(world.chain.execute(governance, set_role_message(VENUE, contract::role::VENUE)),
        "set_role");
    send_each(world, parameters.at("underlyings"), "set_underlying");
    if (const auto observation = parameters.find("observation"); observation != parameters.end())
        send_each(world, nlohmann::json::array({*observation}), "set_observation");
    // Underlyings have correlations before they have scenarios.
    if (!world.scenario.correlation.is_null())
        send_each(world, nlohmann::json::array({world.scenario.correlation}), "set_correlation");
    // Before the assets: one that moves with its underlying needs the scenarios in which it does.
    send_each(world, world.scenario.portfolio_risk, "set_portfolio_risk");
    send_each(world, parameters.at("assets"), "set_asset");
    send_each(world, parameters.at("markets"), "set_market");
    send_each(world, world.scenario.option_markets, "set_market");

    const auto& quote = world.scenario.tokens[0];
    world.bank.endow(OUTSIDE, quote.denom,
        tokens_from_money_floor(Money::from_units(OUTSIDE_QUOTE), quote.decimals).raw());
    const num::i128 insurance =
        tokens_from_money_floor(world.scenario.insurance, quote.decimals).raw();
    if (insurance > 0) {
        world.bank.endow(governance, quote.denom, insurance);
        must(world.chain.execute(governance, fund_insurance_message(), {{quote.denom, insurance}}),
            "fund_insurance");
    }
}

}  // namespace plimsoll::sim
