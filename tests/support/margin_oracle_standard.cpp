// plimsoll: tests/support/margin_oracle_standard.cpp                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Standard margin, F-7 to F-11 and F-33, exactly.
#include "tests/support/margin_oracle_model.hpp"

#include <algorithm>

namespace plimsoll::test::exact {
namespace {

// F-7, F-8
Real charged(const Underlying& u, const Real& notional, Level level)
{
    const StandardParams& p = *u.spec->standard;
    const Real ratio = notional / real(p.size_reference);
    const Real growth =
        1 + real(p.size_sqrt_coefficient) * sqrt(ratio) + real(p.size_linear_coefficient) * ratio;
    Real fraction = std::min(Real(1), Real(real(p.fraction.of(level)) * growth));
    if (level == Level::initial && !p.open_interest_upper.is_zero()) {
        const Real lower = real(p.open_interest_lower);
        const Real upper = real(p.open_interest_upper);
        const Real crowd = std::clamp(
            Real((real(u.spec->open_interest) - lower) / (upper - lower)), Real(0), Real(1));
        fraction += crowd * (1 - fraction);
    }
    return notional * fraction;
}

// F-9 for `size` short.
Real short_margin(const Underlying& u, const Option& option, const Real& size, Level level)
{
    const ShortOptionParams& p = u.spec->standard->option;
    const Real mark = size * option.price;
    const Real whole = u.spot * size;
    const Real maintenance = option.is_call ? real(p.maintenance_call) * whole
                                            : std::max(Real(real(p.maintenance_put) * whole),
                                                  Real(real(p.maintenance_put_mark) * mark));
    if (level == Level::maintenance)
        return maintenance;
    const Real gap = option.is_call ? Real(option.strike - u.spot) : Real(u.spot - option.strike);
    const Real out_of_the_money = positive(gap) / u.spot;
    const Real initial =
        std::max(real(p.min_initial), Real(real(p.max_initial) - out_of_the_money)) * whole;
    if (option.is_call)
        return initial;
    return std::max(initial, Real(real(p.maintenance_offset) * (maintenance + mark) - mark));
}

Real payoff(const Option& option, const Real& price)
{
    return positive(option.is_call ? Real(price - option.strike) : Real(option.strike - price));
}

// F-10, F-11
Real plain_requirement(const Underlying& u, const Expiry& e, Level level)
{
    Real alone;
    Real net_calls;
    std::vector<Real> points{0};
    for (const Option& o : e.options) {
        if (!o.is_position)
            continue;  // only strikes that are held (F-10)
        points.push_back(o.strike);
        if (o.is_call)
            net_calls += o.base;
        if (o.base < 0)
            alone += o.base * o.price - short_margin(u, o, -o.base, level);
    }
    Real loss;
    for (const Real& point : points) {
        Real sum;
        for (const Option& o : e.options)
            sum += o.base * payoff(o, point);
        loss = std::min(loss, sum);
    }
    loss += real(u.spec->standard->option.unpaired.of(level)) * e.forward *
            std::min(Real(0), net_calls);
    return positive(e.value() - std::max(alone, loss));
}

// F-33
Real ordered_requirement(const Underlying& u, const Expiry& e)
{
    const auto lent = [&](const Option& o, const Real& base) {
        return base >= 0 ? Real(base * o.price) : short_margin(u, o, -base, Level::initial);
    };
    Real alone;
    std::vector<std::optional<Real>> points{std::nullopt, Real(0)};
    for (const Option& o : e.options) {
        points.push_back(o.strike);
        alone += lent(o, o.base);
        if (!o.has_orders())
            continue;
        const Real net = e.net_base(o);
        alone += std::max(lent(o, net + o.bid), lent(o, net - o.ask)) - lent(o, net);
    }
    const Real unpaired = real(u.spec->standard->option.unpaired.initial) * e.forward;
    std::optional<Real> greatest;
    for (const std::optional<Real>& point : points) {
        for (const Real& naked : {Real(0), unpaired}) {
            Real sum;
            for (const Option& o : e.options) {
                Real unit = o.price;
                if (point)
                    unit -= payoff(o, *point);
                if (o.is_call)
                    unit -= naked;
                sum += o.base * unit + best_fill(o.bid, o.ask, unit);
            }
            greatest = greatest ? std::max(*greatest, sum) : sum;
        }
    }
    return positive(std::min(alone, *greatest));
}

// F-33: what is short of an expiry, in units of base.
Real short_amount(const Expiry& e)
{
    Real sum;
    for (const Option& o : e.options) {
        sum += positive(-o.base);
        if (o.has_orders()) {
            const Real net = e.net_base(o);
            sum += positive(o.ask - net) - positive(-net);
        }
    }
    return sum;
}

}  // namespace

Real linear_requirement(const Underlying& u, Level level)
{
    const bool orders = level == Level::initial;
    Real sum;
    for (const Linear& perp : u.perps)
        sum += charged(u, perp.reach(orders) * perp.mark, level);
    for (const Expiry& e : u.expiries)
        for (const Linear& future : e.futures)
            sum += charged(u, future.reach(orders) * e.forward, level);
    return sum;
}

Real option_requirement(const Underlying& u, Level level)
{
    Real sum;
    for (const Expiry& e : u.expiries) {
        const bool ordered = level == Level::initial && e.has_option_orders();
        sum += ordered ? ordered_requirement(u, e) : plain_requirement(u, e, level);
    }
    return sum;
}

void add_standard_charges(const Underlying& u, Price quote_price, ExactContingencies& parts)
{
    const StandardParams& p = *u.spec->standard;
    Real exposure;
    for (const Linear& perp : u.perps)
        exposure += perp.reach(true);
    parts.confidence += confidence_charge(p.confidence, u.min_confidence(true), exposure * u.spot);
    for (const Expiry& e : u.expiries) {
        const Real amount = short_amount(e) + e.future_reach(true);
        exposure += amount;
        parts.confidence += confidence_charge(
            p.confidence, least(e.spec->confidence, u.spot_confidence), amount * u.spot);
    }
    const Real gap = positive(real(p.depeg.threshold) - real(quote_price));
    parts.depeg += gap * real(p.depeg.factor) * exposure * u.spot;
}

}  // namespace plimsoll::test::exact
