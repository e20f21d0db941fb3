// plimsoll: host-sim/agents/market_maker.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. See market_maker.hpp.
#include "host-sim/agents/market_maker.hpp"

#include "host-sim/agents/account_opening.hpp"
#include "host-sim/agents/views.hpp"
#include "host-sim/text.hpp"

#include <algorithm>

namespace plimsoll::sim {
namespace {

/// Fractional digits of a quote.
constexpr int QUOTE_DECIMALS = 4;

/// Prices that a fill may have: a hair inside the band, so that cutting digits does not leave it. It is a
/// share of the index wide, around the index or an option's mark.
struct Band
{
    Price low;
    Price high;
};

Band band_of(const World& world, std::uint32_t market)
{
    const Price index = world.published_of_market(market);
    const Ratio inner = Ratio::from_raw(world.market(market).fill_band.raw() / 1000 * 999);
    const Price width = scale_floor(index, inner);
    const bool is_option = world.market(market).kind == MarketKind::option;
    const Price middle = is_option ? world.option_at(market, index).price : index;
    return {middle - width, middle + width};
}

}  // namespace

void MarketMaker::open(World& world)
{
    const std::string address = "maker" + m_plan.name;
    m_account =
        open_account(world, address, m_plan.options ? MarginMode::portfolio : MarginMode::standard);
    endow_and_deposit(world, address, m_account, 0, m_plan.capital);
    delegate_to_venue(world, address, m_account);
}

void MarketMaker::refresh(World& world)
{
    const auto seen = see_account(world.chain, m_account);
    for (std::uint32_t market = 0; market < m_base.size(); ++market)
        m_base[market] = seen.base_in(market);
}

std::optional<Quote> MarketMaker::quote(
    const World& world, std::uint32_t market, bool taker_buys) const
{
    const bool is_option = world.market(market).kind == MarketKind::option;
    if (is_option != m_plan.options || world.market(market).has_expired(world.time_s))
        return std::nullopt;
    if (is_option)
        return quote_option(world, market, taker_buys);
    const Price fair = world.traded[market];
    const Money inventory = notional_floor(m_base[market], fair);
    const Money room =
        taker_buys ? m_plan.inventory_max + inventory : m_plan.inventory_max - inventory;
    if (room <= Money())
        return std::nullopt;
    const Ratio fullness = std::clamp(
        saturating_ratio_floor(inventory, m_plan.inventory_max), -Ratio::one(), Ratio::one());
    // A maker who is long lowers both quotes, to be bought from.
    const Ratio shift = -scale_floor(fullness, m_plan.skew);
    const Ratio spread =
        taker_buys ? world.conditions->half_spread : -world.conditions->half_spread;
    const Band band = band_of(world, market);
    const Price wanted = fair + scale_floor(fair, spread + shift);
    const Price price = cut_trunc(std::clamp(wanted, band.low, band.high), QUOTE_DECIMALS);
    // Outside the band on the wrong side of the true price there is nothing to earn.
    if (taker_buys ? price < fair - scale_floor(fair, m_plan.skew)
                   : price > fair + scale_floor(fair, m_plan.skew))
        return std::nullopt;
    return Quote{price, quantity_floor(room, fair)};
}

std::optional<Quote> MarketMaker::quote_option(
    const World& world, std::uint32_t market, bool taker_buys) const
{
    const auto underlying = world.market(market).underlying;
    const Price spot = world.spot[underlying];
    const Money inventory = notional_floor(m_base[market], spot);
    const Money room =
        taker_buys ? m_plan.inventory_max + inventory : m_plan.inventory_max - inventory;
    if (room <= Money())
        return std::nullopt;
    // Half the spread of the underlying, at most, is what hedging costs.
    const Price fair = world.traded[market];
    const Price half = scale_ceil(fair, m_plan.skew) +
                       scale_ceil(std::min(fair, spot), world.conditions->half_spread);
    const Band band = band_of(world, market);
    const Price wanted = taker_buys ? fair + half : fair - half;
    const Price least = std::max(band.low, Price());
    return Quote{cut_trunc(std::clamp(wanted, least, std::max(least, band.high)), QUOTE_DECIMALS),
        quantity_floor(room, spot)};
}

}  // namespace plimsoll::sim
