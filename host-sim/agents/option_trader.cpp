// plimsoll: host-sim/agents/option_trader.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. See option_trader.hpp.
#include "host-sim/agents/option_trader.hpp"

#include "host-sim/agents/account_opening.hpp"
#include "host-sim/agents/draws.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace plimsoll::sim {
namespace {

constexpr Ratio HALF = Ratio::from_raw(num::WAD / 2);
/// A hedge that is off by less than this share of the options is left alone.
constexpr Ratio HEDGE_STEP = Ratio::from_raw(num::WAD / 20);
/// Below this share of the requirement the distance to liquidation makes it nervous.
constexpr Ratio NERVOUS = Ratio::from_raw(num::WAD / 10 * 3);

}  // namespace

OptionTrader::OptionTrader(const OptionGroup& group, std::uint32_t number, std::uint64_t seed)
  : m_group(group),
    m_address(fmt::format("options{}{}", group.name, number)),
    m_prng(seed, fmt::format("options/{}/{}", group.name, number))
{
    m_equity = Money::from_raw(
        log_uniform_e18(m_prng, group.equity_least.raw(), group.equity_greatest.raw()));
    m_leverage = Ratio::from_raw(
        log_uniform_e18(m_prng, group.leverage_least.raw(), group.leverage_greatest.raw()));
    m_underlying = draw_number(m_prng, group.underlyings);
}

void OptionTrader::open(World& world, Venue& venue)
{
    m_account = open_account(world, m_address, m_group.mode);
    for (const auto& [asset, share] : m_group.collateral)
        endow_and_deposit(world, m_address, m_account, asset, scale_floor(m_equity, share));
    world.bank.endow(m_address, world.scenario.tokens[0].denom,
        tokens_worth_floor(world, 0, scale_floor(m_equity, m_group.wallet)));
    delegate_to_venue(world, m_address, m_account);
    order_first_positions(world, venue);
}

std::optional<std::uint32_t> OptionTrader::draw_series(
    const World& world, std::uint64_t expiry_s, OptionType type)
{
    std::vector<std::uint32_t> listed;
    for (const auto& market : world.scenario.markets) {
        if (market.kind == MarketKind::option && market.underlying == m_underlying &&
            market.expiry_s == expiry_s && market.type == type)
            listed.push_back(market.market);
    }
    if (listed.empty())
        return std::nullopt;
    return listed[m_prng.below(listed.size())];
}

void OptionTrader::order_first_positions(World& world, Venue& venue)
{
    const auto listed = [this](const auto& it) { return it.underlying == m_underlying; };
    const auto& options =
        *std::find_if(world.scenario.options.begin(), world.scenario.options.end(), listed);
    const auto expiry_s = options.expiries_s[m_prng.below(options.expiries_s.size())];
    const Price spot = world.spot[m_underlying];
    const Quantity size = quantity_floor(scale_floor(m_equity, m_leverage), spot);
    Quantity delta;
    for (const auto& [type, share] :
        {std::pair{OptionType::call, m_group.calls}, std::pair{OptionType::put, m_group.puts}}) {
        const auto series = draw_series(world, expiry_s, type);
        if (!series)
            continue;
        const Quantity held = scale_floor(size, share);
        const Quantity base = m_group.sells ? -held : held;
        delta += scale_floor(base, world.option_at(*series, spot).delta);
        order(world, venue, *series, base);
    }
    if (const auto market = perpetual(world))
        order(world, venue, *market, -scale_floor(delta, m_group.hedge));
}

void OptionTrader::order(World& world, Venue& venue, std::uint32_t market, Quantity signed_base)
{
    const Quantity whole = whole_lots_trunc(signed_base, world.market(market).lot);
    if (!whole.is_zero())
        venue.submit({.account = m_account, .market = market, .base = whole});
}

std::optional<std::uint32_t> OptionTrader::perpetual(const World& world) const
{
    for (const auto& market : world.scenario.perpetuals()) {
        if (market.underlying == m_underlying)
            return market.market;
    }
    return std::nullopt;
}

void OptionTrader::act(World& world, Venue& venue)
{
    if (!m_prng.chance(m_group.wake))
        return;
    const auto account = see_account(world.chain, m_account);
    if (account.positions.empty())
        return;
    const auto health = see_health(world.chain, m_account);
    if (health.maintenance_health < scale_floor(health.maintenance_requirement, NERVOUS))
        defend(world, venue, account, health);
    else
        hedge(world, venue, account);
}

void OptionTrader::defend(
    World& world, Venue& venue, const AccountSeen& account, const HealthSeen& health)
{
    if (m_prng.chance(m_group.top_up) && !m_prng.chance(world.conditions->drop)) {
        const auto& quote = world.scenario.tokens[0];
        const Money need = health.maintenance_requirement - health.maintenance_health;
        const num::i128 amount = std::min(world.bank.balance(m_address, quote.denom),
            need.is_positive() ? tokens_from_money_floor(need, quote.decimals).raw() : 0);
        if (amount > 0)
            (void)world.chain.execute(
                m_address, deposit_message(m_account), {{quote.denom, amount}});
    } else if (m_prng.chance(m_group.cut)) {
        for (const auto& position : account.positions)
            order(world, venue, position.market, -scale_floor(position.base, HALF));
    }
}

void OptionTrader::hedge(World& world, Venue& venue, const AccountSeen& account)
{
    const auto market = perpetual(world);
    if (!market || m_group.hedge.is_zero())
        return;
    Quantity delta;
    Quantity size;
    for (const auto& position : account.positions) {
        const auto& market_plan = world.market(position.market);
        if (market_plan.kind != MarketKind::option || market_plan.has_expired(world.time_s))
            continue;
        const auto at = world.option_at(position.market, world.spot[m_underlying]);
        delta += scale_floor(position.base, at.delta);
        size += position.base.abs();
    }
    const Quantity wanted = -scale_floor(delta, m_group.hedge);
    const Quantity missing = wanted - account.base_in(*market);
    if (missing.abs() > scale_floor(size, HEDGE_STEP))
        order(world, venue, *market, missing);
}

}  // namespace plimsoll::sim
