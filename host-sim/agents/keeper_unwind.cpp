// plimsoll: host-sim/agents/keeper_unwind.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. How a keeper turns what it bought back into quote. See keeper.hpp.
#include "host-sim/agents/account_opening.hpp"
#include "host-sim/agents/keeper.hpp"

#include <algorithm>

namespace plimsoll::sim {
namespace {

/// A target number that is no account: the house's own inventory.
constexpr std::uint64_t INVENTORY_TARGET = 0;

}  // namespace

void Keeper::unwind(World& world, Venue& venue)
{
    const auto account = see_account(world.chain, m_account);
    // What it has earned is capital again once the losers have paid.
    if (account.has_claims)
        (void)world.chain.execute(m_address, touch_message(m_account));
    for (const auto& position : account.positions) {
        // An option's size is counted at spot: its price says nothing of its risk.
        const auto& market = world.market(position.market);
        const Price fair = market.kind == MarketKind::option ? world.spot[market.underlying]
                                                             : world.traded[position.market];
        const Quantity most = quantity_floor(m_plan.unwind, fair);
        // Slices leave fractions of lots, which only a fill that closes the position takes.
        const bool closes = position.base.abs() <= most;
        const Quantity size = closes ? position.base.abs() : whole_lots_trunc(most, market.lot);
        if (size.is_positive()) {
            venue.submit({.account = m_account,
                .market = position.market,
                .base = position.base.is_positive() ? -size : size,
                .closes = closes});
        }
    }
    for (const auto& collateral : account.collaterals)
        sell_collateral(world, collateral.asset, collateral.amount);
}

void Keeper::sell_collateral(World& world, std::uint32_t asset, num::i128 amount)
{
    const auto& token = world.scenario.tokens[asset];
    const auto& quote = world.scenario.tokens[0];
    if (!world.chain.execute(m_address, withdraw_message(m_account, asset, amount)).ok())
        return;
    const Price spot = world.spot[token.underlying];
    // Spot is sold across the whole spread.
    const Price price =
        spot - scale_ceil(spot, world.conditions->half_spread + world.conditions->half_spread);
    const Money proceeds =
        notional_floor(quantity_from_tokens(TokenAmount::from_raw(amount), token.decimals), price);
    const num::i128 paid = tokens_from_money_floor(proceeds, quote.decimals).raw();
    CHECK(world.bank.move(m_address, OUTSIDE, token.denom, amount));
    CHECK(world.bank.move(OUTSIDE, m_address, quote.denom, paid));
    world.record_flow(token.underlying, -proceeds);
    if (paid > 0)
        (void)world.chain.execute(m_address, deposit_message(m_account), {{quote.denom, paid}});
}

void Keeper::buy_inventory(World& world, Mempool& mempool)
{
    if (m_in_flight.contains(INVENTORY_TARGET))
        return;
    const auto insurance = see_insurance(world.chain);
    for (const auto& held : insurance.inventory) {
        const auto account = see_account(world.chain, m_account);
        const Money budget = scale_floor(std::max(account.cash, Money()), m_plan.capital_share);
        const num::i128 amount =
            std::min(held.amount, tokens_worth_floor(world, held.asset, budget));
        if (amount > 0) {
            send(world, mempool, INVENTORY_TARGET,
                buy_inventory_message(held.asset, m_account, amount));
            return;
        }
    }
}

Money Keeper::profit(World& world) const
{
    const auto& quote = world.scenario.tokens[0];
    const auto health = see_health(world.chain, m_account);
    const Money wallet = money_from_tokens(
        TokenAmount::from_raw(world.bank.balance(m_address, quote.denom)), quote.decimals);
    return health.equity + wallet - m_plan.capital - m_plan.wallet;
}

}  // namespace plimsoll::sim
