// plimsoll: tests/support/margin_oracle_model.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. F-3 to F-5, F-4a, F-12 to F-16, F-18 to F-20 and their forms with open orders, exactly.
#include "tests/support/margin_oracle_model.hpp"

#include <algorithm>
#include <map>

namespace plimsoll::test::exact {
namespace {

const Real ZERO(0);
constexpr std::uint64_t THIRTY_DAYS = 30 * 86'400;

}  // namespace

Real worst_fill(const Real& bid, const Real& ask, const Real& move)
{
    return std::min({ZERO, Real(bid * move), Real(-ask * move)});
}

Real best_fill(const Real& bid, const Real& ask, const Real& move)
{
    return std::max({ZERO, Real(bid * move), Real(-ask * move)});
}

Ratio least(Ratio a, Ratio b)
{
    return b < a ? b : a;
}

Real confidence_charge(const ConfidenceRule& rule, Ratio confidence, const Real& notional)
{
    if (!(confidence < rule.threshold))
        return 0;
    return (1 - real(confidence)) * real(rule.factor) * notional;
}

Real Linear::reach(bool orders) const
{
    if (!orders)
        return abs(base);
    return std::max(Real(abs(base + bid)), Real(abs(base - ask)));
}

bool Expiry::has_option_orders() const
{
    return std::any_of(
        options.begin(), options.end(), [](const Option& o) { return o.has_orders(); });
}

Real Expiry::value() const
{
    Real sum;
    for (const Option& o : options)
        sum += o.base * o.price;
    return sum;
}

Real Expiry::price(const Option& option, const Real& at, const Real& vol) const
{
    const RealOption both = exact_black76(at, option.strike, vol, years, discount);
    return option.is_call ? both.call : both.put;
}

Real Expiry::future_move(const Real& shock, bool orders) const
{
    const Real move = forward_at(shock) - forward;
    Real sum;
    for (const Linear& f : futures) {
        sum += f.base * move;
        if (orders)
            sum += worst_fill(f.bid, f.ask, move);
    }
    return sum;
}

Real Expiry::future_reach(bool orders) const
{
    Real sum;
    for (const Linear& f : futures)
        sum += f.reach(orders);
    return sum;
}

Real Expiry::naked_shorts(bool orders) const
{
    std::map<num::i128, Real> by_strike;
    for (const Option& o : options)
        by_strike[o.strike_raw] += orders ? Real(o.base - o.ask) : o.base;
    Real sum;
    for (const auto& [strike, base] : by_strike)
        sum += positive(-base);
    return sum;
}

Real Expiry::net_base(const Option& option) const
{
    Real sum;
    for (const Option& o : options)
        if (o.instrument == option.instrument)
            sum += o.base;
    return sum;
}

Real Underlying::value() const
{
    Real sum = option_cash;
    for (const Real& value : linear_values)
        sum += value;
    for (const Expiry& e : expiries)
        sum += e.value();
    return sum;
}

// F-5. A credit is at most the profit itself, so that a haircut is never negative.
Real Underlying::profit_haircut() const
{
    Real sum;
    if (spec->profit == nullptr)
        return sum;
    for (const Real& v : linear_values)
        if (v > 0)
            sum += v - std::min(Real(v * real(spec->profit->weight)), real(spec->profit->cap));
    return sum;
}

Ratio Underlying::min_confidence(bool orders) const
{
    const bool counts = std::any_of(perps.begin(), perps.end(),
        [orders](const Linear& perp) { return perp.is_net || (orders && perp.has_orders()); });
    return counts ? least(spot_confidence, spec->perp_confidence) : spot_confidence;
}

// F-4a
Real Underlying::board_loss(Price board) const
{
    const Real x = real(board) / spot;
    Real loss = -named * (x - 1);
    for (const Linear& perp : perps) {
        const Real move = perp.mark * (x - 1);
        loss -= perp.base * move + worst_fill(perp.bid, perp.ask, move);
    }
    for (const Expiry& e : expiries) {
        const Real move = e.forward * (x - 1);
        for (const Linear& f : e.futures)
            loss -= f.base * move + worst_fill(f.bid, f.ask, move);
        for (const Option& o : e.options) {
            const Real change = e.price(o, e.forward * x, o.vol) - o.price;
            loss -= o.base * change + worst_fill(o.bid, o.ask, change);
        }
    }
    return loss;
}

Real Underlying::price_bracket() const
{
    Real worst;
    for (const Price board : {spec->price_low, spec->price_high, spec->stable})
        if (!board.is_zero())
            worst = std::max(worst, board_loss(board));
    return worst;
}

// F-12
Real Underlying::vol_multiplier(const Expiry& e, VolShock vol) const
{
    const VolShockParams& p = spec->portfolio->vol_shock;
    const std::uint64_t length = e.spec->length.raw();
    const Real tenor = std::max(Real(length), Real(real(p.floor_days) * 86'400));
    const Real power = real(length <= THIRTY_DAYS ? p.short_power : p.long_power);
    const Real m = pow(Real(THIRTY_DAYS / tenor), power);
    return vol == VolShock::up ? Real(1 + real(p.range_up) * m)
                               : positive(1 - real(p.range_down) * m);
}

// F-13
Real Underlying::skew_multiplier(const Expiry& e, const Option& option, bool absolute) const
{
    if (option.strike_raw == 0)
        return 1;
    const SkewShockParams& p = spec->portfolio->skew_shock;
    const Real root = sqrt(e.years);
    const Real cap = absolute ? positive(real(p.abs_cap) + real(p.abs_slope) * root)
                              : positive(real(p.linear_cap) + real(p.linear_slope) * root);
    const Real width = std::max(real(p.min_width),
        Real(root * real(p.width_scale) * (real(p.vol_static) + root * real(p.vol_slope))));
    Real k = log(option.strike / e.forward);
    if (absolute)
        k = abs(k);
    return positive(1 + std::clamp(Real(k * cap / width), Real(-cap), cap));
}

// F-14
StaticDiscounts Underlying::static_discounts(const Expiry& e) const
{
    const DiscountParams& p = spec->portfolio->discount;
    const Real rate = positive(real(e.spec->rate));
    const Real long_rate = rate * real(p.long_rate_mult) + real(p.long_rate_add);
    const Real short_rate = rate * real(p.short_rate_mult) + real(p.short_rate_add);
    const Real markup = real(p.short_base) * exp(e.years * short_rate);
    return {real(p.long_base) * exp(-e.years * long_rate), std::min(Real(1 / e.discount), markup)};
}

Real Underlying::shocked_vol(
    const Expiry& e, const Option& option, VolShock vol, const Real& multiplier) const
{
    switch (vol) {
    case VolShock::up:
        return std::max(real(spec->portfolio->vol_shock.min_vol_up), Real(option.vol * multiplier));
    case VolShock::down:
        return option.vol * multiplier;
    case VolShock::skew_linear:
    case VolShock::skew_abs:
        return option.vol * skew_multiplier(e, option, vol == VolShock::skew_abs);
    case VolShock::none:
        break;
    }
    return option.vol;
}

// F-32: the least over all fills of g(V') - V; for a skew scenario of -|g(V') - V|.
Real Underlying::worst_change(const Expiry& e, const std::vector<Real>& shocked, bool skew) const
{
    const StaticDiscounts discounts = static_discounts(e);
    std::optional<Real> low;
    std::optional<Real> high;
    for (const Real& factor : {discounts.long_factor, discounts.short_factor}) {
        Real least_change;
        Real greatest_change;
        for (std::size_t i = 0; i < e.options.size(); ++i) {
            const Option& o = e.options[i];
            const Real move = factor * shocked[i] - o.price;
            least_change += o.base * move + worst_fill(o.bid, o.ask, move);
            greatest_change += o.base * move + best_fill(o.bid, o.ask, move);
        }
        low = low ? std::min(*low, least_change) : least_change;
        high = high ? std::min(*high, greatest_change) : greatest_change;
    }
    return skew ? std::min(*low, Real(-*high)) : *low;
}

Real Underlying::option_change(const Expiry& e, const Scenario& scenario, bool orders) const
{
    if (e.options.empty())
        return 0;
    const bool skew = is_skew(scenario.vol);
    const Real at = skew ? e.forward : e.forward_at(real(scenario.spot));
    const bool moves = scenario.vol == VolShock::up || scenario.vol == VolShock::down;
    const Real multiplier = moves ? vol_multiplier(e, scenario.vol) : Real(1);
    std::vector<Real> shocked;
    Real value;
    for (const Option& o : e.options) {
        shocked.push_back(e.price(o, at, shocked_vol(e, o, scenario.vol, multiplier)));
        value += o.base * shocked.back();
    }
    if (orders && e.has_option_orders())
        return worst_change(e, shocked, skew);
    const StaticDiscounts discounts = static_discounts(e);
    const Real change =
        value * (value >= 0 ? discounts.long_factor : discounts.short_factor) - e.value();
    return skew ? Real(-abs(change)) : change;
}

// F-15, F-32
Real Underlying::scenario_row(const Scenario& scenario, bool orders) const
{
    const Real shock = real(scenario.spot);
    Real pnl = cancelling * (shock - 1);
    for (const Linear& perp : perps) {
        const Real move = perp.mark * (shock - 1);
        pnl += perp.base * move;
        if (orders)
            pnl += worst_fill(perp.bid, perp.ask, move);
    }
    for (const Expiry& e : expiries)
        pnl += option_change(e, scenario, orders) + e.future_move(shock, orders);
    return real(scenario.damping) * pnl;
}

// F-16
Real Underlying::basis_move(const Expiry& e, Ratio shock, bool orders) const
{
    const Real at = e.forward_at(real(shock));
    Real sum = e.future_move(real(shock), orders);
    for (const Option& o : e.options) {
        const Real move = e.price(o, at, o.vol) - o.price;
        sum += o.base * move;
        if (orders)
            sum += worst_fill(o.bid, o.ask, move);
    }
    return sum;
}

Real Underlying::basis_row(bool orders) const
{
    const BasisParams& p = spec->portfolio->basis;
    Real sum;
    for (const Expiry& e : expiries) {
        const Real move =
            std::min({ZERO, basis_move(e, p.up, orders), basis_move(e, p.down, orders)});
        sum += move * (real(p.add) + real(p.mult) * e.years);
    }
    return sum;
}

std::vector<Real> Underlying::rows(bool orders) const
{
    std::vector<Real> result;
    for (const Scenario& scenario : spec->portfolio->scenarios)
        result.push_back(scenario_row(scenario, orders));
    result.push_back(basis_row(orders));
    return result;
}

Real Underlying::factor(Level level, Price quote_price) const
{
    const PortfolioParams& p = *spec->portfolio;
    if (level == Level::maintenance)
        return real(p.factor.maintenance);
    return real(p.factor.initial) * real(spec->initial_scale) +
           real(p.depeg.factor) * positive(real(p.depeg.threshold) - real(quote_price));
}

ExactContingencies Underlying::contingencies(Level level) const
{
    const PortfolioParams& p = *spec->portfolio;
    const bool orders = level == Level::initial;
    ExactContingencies out;
    Real perp_reach;
    for (const Linear& perp : perps)
        perp_reach += perp.reach(orders);
    out.perp = perp_reach * spot * real(p.perp_contingency.of(level));
    if (level == Level::initial)
        out.confidence +=
            confidence_charge(p.confidence, min_confidence(orders), perp_reach * spot);
    for (const Expiry& e : expiries) {
        const Real futures = e.future_reach(orders) * e.forward;
        out.future += futures * real(p.future_contingency.of(level));
        out.option += e.naked_shorts(orders) * spot * real(p.option_contingency.of(level));
        if (level != Level::initial)
            continue;
        Real gross;
        for (const Option& o : e.options)
            gross += abs(o.base) + std::max(o.bid, o.ask);
        out.confidence += confidence_charge(p.confidence,
            least(e.spec->confidence, min_confidence(orders)), gross * spot + futures);
    }
    return out;
}

}  // namespace plimsoll::test::exact
