// plimsoll: host-sim/agents/trader.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. See trader.hpp.
#include "host-sim/agents/trader.hpp"

#include "host-sim/agents/account_opening.hpp"
#include "host-sim/agents/draws.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

constexpr Ratio HALF = Ratio::from_raw(num::WAD / 2);
constexpr Ratio QUARTER = Ratio::from_raw(num::WAD / 4);
constexpr Ratio TENTH = Ratio::from_raw(num::WAD / 10);
/// Share of the leverage that initial margin allows which a trader dares to use.
constexpr Ratio DARING = Ratio::from_raw(num::WAD / 100 * 92);
/// Below this share of the requirement the distance to liquidation makes a trader nervous.
constexpr Ratio NERVOUS = Ratio::from_raw(num::WAD / 10 * 6);
/// A profit of this share of the equity at the start may be taken.
constexpr Ratio PROFIT = Ratio::from_raw(num::WAD / 10 * 3);

/// Nobody dares more than this on coming back, or adds beyond it.
constexpr std::int64_t COME_BACK_LEVERAGE = 8;

}  // namespace

Trader::Trader(const TraderGroup& group, std::uint32_t number, std::uint64_t seed)
  : m_group(group),
    m_address(fmt::format("trader{}{}", group.name, number)),
    m_prng(seed, fmt::format("trader/{}/{}", group.name, number))
{
    m_equity = Money::from_raw(
        log_uniform_e18(m_prng, group.equity_least.raw(), group.equity_greatest.raw()));
    m_leverage = Ratio::from_raw(
        log_uniform_e18(m_prng, group.leverage_least.raw(), group.leverage_greatest.raw()));
    m_is_long = m_prng.chance(group.long_share);
}

void Trader::open(World& world, Venue& venue)
{
    m_account = open_account(world, m_address);
    for (const auto& [asset, share] : m_group.collateral)
        endow_and_deposit(world, m_address, m_account, asset, scale_floor(m_equity, share));
    const num::i128 wallet =
        tokens_worth_floor(world, 0, scale_floor(m_equity, m_group.behaviour.wallet));
    world.bank.endow(m_address, world.scenario.tokens[0].denom, wallet);
    delegate_to_venue(world, m_address, m_account);
    order_first_positions(world, venue, draw_leveraged_notional(world));
}

Money Trader::draw_leveraged_notional(World& world)
{
    // What initial margin allows on the collateral after its haircut, at the strictest underlying.
    Money counted;
    for (const auto& [asset, share] : m_group.collateral) {
        const Money value = scale_floor(m_equity, share);
        counted += value - scale_ceil(value, world.scenario.tokens[asset].initial_haircut);
    }
    Ratio strictest = Ratio::from_raw(1);
    for (const auto& price : world.scenario.prices)
        strictest = std::max(strictest, price.initial_fraction);
    const Money allowed =
        Money::from_raw(checked(num::mul_div_floor(counted.raw(), num::WAD, strictest.raw())));
    return std::min(scale_floor(m_equity, m_leverage), scale_floor(allowed, DARING));
}

void Trader::order_first_positions(World& world, Venue& venue, Money notional)
{
    const Money signed_notional = m_is_long ? notional : -notional;
    if (m_prng.chance(m_group.both_share)) {
        for (const auto& [market, share] : m_group.markets)
            order_notional(world, venue, market, scale_floor(signed_notional, share));
        return;
    }
    order_notional(world, venue, draw_number(m_prng, m_group.markets), signed_notional);
}

void Trader::order_notional(World& world, Venue& venue, std::uint32_t market, Money signed_notional)
{
    order(world, venue, market, quantity_floor(signed_notional, world.traded[market]));
}

void Trader::order(World& world, Venue& venue, std::uint32_t market, Quantity signed_base)
{
    const Quantity whole = whole_lots_trunc(signed_base, world.market(market).lot);
    if (!whole.is_zero())
        venue.submit({.account = m_account, .market = market, .base = whole});
}

bool Trader::gets_through(const World& world)
{
    return !m_prng.chance(world.conditions->drop);
}

void Trader::act(World& world, Venue& venue)
{
    if (!m_prng.chance(m_group.behaviour.wake))
        return;
    const auto account = see_account(world.chain, m_account);
    const auto health = see_health(world.chain, m_account);
    const Money profit = health.equity - m_equity;
    if (account.has_claims && gets_through(world))
        (void)world.chain.execute(m_address, touch_message(m_account));
    if (account.positions.empty()) {
        come_back(world, venue, health);
    } else if (health.maintenance_health < scale_floor(health.maintenance_requirement, NERVOUS)) {
        defend(world, venue, account, health);
    } else if (profit > scale_floor(m_equity, PROFIT) &&
               m_prng.chance(m_group.behaviour.take_profit)) {
        take_profit(world, venue, account, profit);
    } else if (m_prng.chance(m_group.behaviour.churn)) {
        churn(world, venue, account, health);
    }
}

void Trader::defend(
    World& world, Venue& venue, const AccountSeen& account, const HealthSeen& health)
{
    // Who tops up also cuts when the wallet is empty; who does neither hopes.
    if (m_prng.chance(m_group.behaviour.top_up) && gets_through(world))
        top_up(world, health.maintenance_requirement - health.maintenance_health);
    else if (m_prng.chance(m_group.behaviour.cut))
        cut(world, venue, account, HALF);
}

void Trader::come_back(World& world, Venue& venue, const HealthSeen& health)
{
    // Who was closed out, or has left, buys the dip with half of what is in the wallet and what is there.
    if (!m_prng.chance(m_group.behaviour.churn) || !gets_through(world))
        return;
    const auto& quote = world.scenario.tokens[0];
    const Money wallet = money_from_tokens(
        TokenAmount::from_raw(world.bank.balance(m_address, quote.denom)), quote.decimals);
    const Money fresh = scale_floor(wallet, HALF);
    top_up(world, fresh);
    const Money margin = std::max(health.initial_health, Money()) + fresh;
    order_first_positions(world, venue,
        std::min(scale_floor(margin, Ratio::from_units(COME_BACK_LEVERAGE)),
            scale_floor(margin, m_leverage)));
}

void Trader::top_up(World& world, Money need)
{
    const auto& quote = world.scenario.tokens[0];
    const num::i128 amount = std::min(world.bank.balance(m_address, quote.denom),
        need.is_positive() ? tokens_from_money_floor(need, quote.decimals).raw() : 0);
    if (amount > 0)
        (void)world.chain.execute(m_address, deposit_message(m_account), {{quote.denom, amount}});
}

void Trader::cut(World& world, Venue& venue, const AccountSeen& account, Ratio share)
{
    for (const auto& position : account.positions)
        order(world, venue, position.market, -scale_floor(position.base, share));
}

void Trader::take_profit(World& world, Venue& venue, const AccountSeen& account, Money profit)
{
    cut(world, venue, account, HALF);
    if (!account.cash.is_positive() || !gets_through(world))
        return;
    const Money paid_out = std::min(account.cash, scale_floor(profit, HALF));
    const num::i128 amount = tokens_worth_floor(world, 0, paid_out);
    if (amount > 0)
        (void)world.chain.execute(m_address, withdraw_message(m_account, 0, amount));
}

void Trader::churn(World& world, Venue& venue, const AccountSeen& account, const HealthSeen& health)
{
    const auto& position = account.positions[m_prng.below(account.positions.size())];
    const bool adds = m_prng.chance(HALF) && health.initial_health.is_positive();
    if (!adds) {
        order(world, venue, position.market, -scale_floor(position.base, QUARTER));
        return;
    }
    const Money notional =
        std::min(notional_floor(position.base.abs(), world.traded[position.market]),
            scale_floor(health.initial_health, Ratio::from_units(COME_BACK_LEVERAGE)));
    const Money added = scale_floor(notional, TENTH);
    order_notional(world, venue, position.market, position.base.is_positive() ? added : -added);
}

}  // namespace plimsoll::sim
