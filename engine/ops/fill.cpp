// plimsoll: engine/ops/fill.cpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See fill.hpp.
#include "engine/ops/fill.hpp"

#include "engine/model/market_rules.hpp"
#include "engine/mutation.hpp"

namespace plimsoll {
namespace {

/// Neither larger nor on the other side.
bool reduces(const Leg& leg) noexcept
{
    const Quantity before = leg.before;
    const Quantity after = leg.after.base;
    return before.is_negative() ? after >= before && after <= Quantity::zero()
                                : after <= before && after >= Quantity::zero();
}

/// Floor of the width, so that a price at the limit passes and one raw unit further does not.
bool within_band(const MarketParams& params, Price price, Price index, Price mark) noexcept
{
    const Price centre = params.kind == MarketKind::perpetual ? index : mark;
    const Price unit = params.kind == MarketKind::future ? mark : index;
    return !price.is_negative() && (price - centre).abs() <= scale_floor(unit, params.fill_band);
}

}  // namespace

Result<FillPlan> plan_fill(const Account& buyer, const Account& seller, const Market& market,
    MarketId id, Quantity size, Price price, Price index, Price mark) noexcept
{
    const MarketParams& params = market.params;
    const StatusRules& rules = rules_of(params.status);
    if (GUARD("g2-no-fills", !rules.reduces))
        return Error::market_not_active;
    if (GUARD("o3-fill-band", !within_band(params, price, index, mark)))
        return Error::outside_fill_band;

    const Result<Leg> bought = plan_leg(buyer, market, id, size, price, mark);
    if (!bought)
        return bought.error();
    const Result<Leg> sold = plan_leg(seller, market, id, -size, price, mark);
    if (!sold)
        return sold.error();
    // A position that deleveraging has cut is no whole number of lots; it must still be closable.
    if (size.raw() % params.lot.raw() != 0 && !bought->after.base.is_zero() &&
        !sold->after.base.is_zero())
        return Error::not_whole_lots;
    if (GUARD("g2-reduce-only", !rules.adds && !(reduces(*bought) && reduces(*sold))))
        return Error::market_not_active;
    const num::i128 rise = open_interest_change(bought->before, bought->after.base) +
                           open_interest_change(sold->before, sold->after.base);
    if (GUARD("c4-open-interest",
            rise > 0 && market.indexes.open_interest + rise > params.open_interest_max.raw()))
        return Error::open_interest_cap;
    return FillPlan{*bought, *sold};
}

void apply_fill(Account& buyer, Account& seller, Market& market, const FillPlan& plan) noexcept
{
    apply_leg(buyer, market, plan.buyer);
    apply_leg(seller, market, plan.seller);
}

}  // namespace plimsoll
