// plimsoll: engine/solvency/unit_order.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See unit_order.hpp.
#include "engine/solvency/unit_order.hpp"

#include "engine/mutation.hpp"
#include "engine/num/wide.hpp"
#include "engine/risk/money_bracket.hpp"
#include "engine/solvency/auction.hpp"

namespace plimsoll {
namespace {

/// What is missing to the target; may be negative. Saturates where 128 bits do not hold it.
Money gap_of(Money net, Money required, Ratio buffer) noexcept
{
    num::i128 raw = 0;
    if (__builtin_sub_overflow((required + scale_ceil(required, buffer)).raw(), net.raw(), &raw))
        raw = num::I128_MAX;
    return Money::from_raw(raw);
}

/// What a sale does, and for how much of what changes hands.
struct Unit
{
    MarketId market = NO_MARKET;
    Money closes;
    Money notional;
};

/// Whether a closes more than b for its notional.
bool goes_before(const Unit& a, const Unit& b) noexcept
{
    if (b.market == NO_MARKET || b.notional.is_zero())
        return true;
    if (a.notional.is_zero())
        return false;
    const int order =
        num::compare_products(a.closes.raw(), b.notional.raw(), b.closes.raw(), a.notional.raw());
    return order > 0 || (order == 0 && a.market < b.market);
}

}  // namespace

MarketId first_unit(const MarginReport& report, const Account& account, const Scene& scene,
    const LiquidationParams& params, const Insurance& insurance, const Pace& pace) noexcept
{
    Unit first;
    for (const Position& position : account.positions) {
        const MarketId id = position.market;
        const Market& market = scene.market(id);
        // Only the one that is sold need have been touched.
        const Result<PositionView> held = view(position, market.indexes, scene.epochs());
        if (!held || held->base.is_zero() || scene.usable(id, PriceUse::liquidation) != Error::ok)
            continue;
        SaleTerms terms = sale_terms(
            params, account.flag, insurance, insured_room_floor(market, scene.now()), scene.now());
        terms.shocked = report.is_shocked(market.params.underlying);
        const Quantity most = paced_size_floor(id, held->base, scene, params, pace);
        if (most.is_zero())
            continue;
        const Price mark = scene.mark(id);
        const Result<PositionSale> sale = plan_position_sale(report, held->base, held->quote, mark,
            scene.underlying(market.params.underlying), market.params.lot, terms, most);
        if (!sale || !sale->money.freed.is_positive())
            continue;
        const Money before = gap_of(
            report.net(Level::maintenance), report.required(Level::maintenance), params.buffer);
        const Money after =
            gap_of(sale->money.net_after, sale->money.required_after, params.buffer);
        const Unit unit{id, before - after, notional_ceil(sale->size, mark)};
        if (goes_before(unit, first))
            first = unit;
    }
    return first.market;
}

bool order_binds(const Flag& flag, const LiquidationParams& params, Seconds now) noexcept
{
    return MUTANT("l3-order-ends", auction_elapsed(flag, now) < params.fast, true);
}

Money limited_notional_ceil(MarketId id, Quantity base, const Scene& scene) noexcept
{
    const MarketParams& params = scene.market(id).params;
    return notional_ceil(base.abs(),
        params.kind == MarketKind::option ? scene.index(params.underlying) : scene.mark(id));
}

Quantity paced_size_floor(MarketId id, Quantity base, const Scene& scene,
    const LiquidationParams& params, const Pace& pace) noexcept
{
    const Quantity held = base.abs();
    const Market& market = scene.market(id);
    const Money notional = limited_notional_ceil(id, held, scene);
    const Money room = least(pace.room_floor(), pace.room_floor(market));
    if (notional <= room || GUARD("l9-dust-free", notional <= params.close_out_notional))
        return held;
    const Price price = scene.mark(id);
    const std::optional<num::i128> size = num::mul_div_floor(room.raw(), num::WAD, price.raw());
    CHECK(size.has_value());  // below `held`: room is below its notional
    const num::i128 lot = market.params.lot.raw();
    return Quantity::from_raw(*size / lot * lot);
}

}  // namespace plimsoll
