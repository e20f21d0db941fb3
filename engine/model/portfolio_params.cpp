// plimsoll: engine/model/portfolio_params.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See portfolio_params.hpp; docs/parameters.md repeats every bound with its
// reason.
#include "engine/model/portfolio_params.hpp"

#include "engine/model/bounds.hpp"

namespace plimsoll {
namespace {

constexpr Ratio TEN = Ratio::from_units(10);

bool defined(const Scenario& scenario) noexcept
{
    return up_to(scenario.spot, SCENARIO_SPOT_MAX) && up_to(scenario.damping, RATIO_MAX) &&
           is_vol_shock(static_cast<std::uint8_t>(scenario.vol));
}

bool defined(const VolShockParams& p) noexcept
{
    return up_to(p.range_up, RATIO_MAX) && up_to(p.range_down, RATIO_MAX) &&
           up_to(p.short_power, RATIO_MAX) && up_to(p.long_power, RATIO_MAX) &&
           p.floor_days.is_positive() && p.floor_days <= RATIO_MAX &&
           up_to(p.min_vol_up, VOLATILITY_MAX);
}

bool defined(const SkewShockParams& p) noexcept
{
    return in_range(p.linear_cap) && in_range(p.linear_slope) && in_range(p.abs_cap) &&
           in_range(p.abs_slope) && p.min_width.is_positive() && p.min_width <= RATIO_MAX &&
           in_range(p.width_scale) && in_range(p.vol_static) && in_range(p.vol_slope);
}

bool defined(const BasisParams& p) noexcept
{
    return up_to(p.up, SCENARIO_SPOT_MAX) && up_to(p.down, SCENARIO_SPOT_MAX) &&
           up_to(p.add, RATIO_MAX) && up_to(p.mult, RATIO_MAX);
}

bool defined(const DiscountParams& p) noexcept
{
    return up_to(p.long_base, RATIO_MAX) && in_range(p.long_rate_mult) &&
           in_range(p.long_rate_add) && up_to(p.short_base, RATIO_MAX) &&
           in_range(p.short_rate_mult) && in_range(p.short_rate_add) &&
           up_to(p.mark_rate_mult, RATIO_MAX);
}

bool defined(const PerLevel<Ratio>& p) noexcept
{
    return up_to(p.initial, RATIO_MAX) && up_to(p.maintenance, RATIO_MAX);
}

/// What F-12 multiplies by stays below 30'000^2 * 10, and no shock makes a volatility negative.
void judge_shock(Judge& judge, const VolShockParams& p) noexcept
{
    const Ratio two = Ratio::from_units(2);
    judge.bounds("vol_shock.range_up", up_to(p.range_up, TEN))
        .bounds("vol_shock.range_down", up_to(p.range_down, TEN))
        .bounds("vol_shock.short_power", up_to(p.short_power, two))
        .bounds("vol_shock.long_power", up_to(p.long_power, two))
        .bounds("vol_shock.floor_days", between(ratio_per_mille(1), p.floor_days, RATIO_MAX))
        .bounds("vol_shock.min_vol_up", up_to(p.min_vol_up, TEN));
}

/// Caps fall or rise with the tenor, and so does the volatility that sets the width.
void judge_skew(Judge& judge, const SkewShockParams& p) noexcept
{
    judge.bounds("skew_shock.linear_cap", up_to(p.linear_cap, Ratio::one()))
        .bounds("skew_shock.linear_slope", between(-TEN, p.linear_slope, TEN))
        .bounds("skew_shock.abs_cap", up_to(p.abs_cap, Ratio::one()))
        .bounds("skew_shock.abs_slope", between(-TEN, p.abs_slope, TEN))
        .bounds("skew_shock.min_width", between(ratio_per_mille(1), p.min_width, TEN))
        .bounds("skew_shock.width_scale", up_to(p.width_scale, RATIO_MAX))
        .bounds("skew_shock.vol_static", up_to(p.vol_static, TEN))
        .bounds("skew_shock.vol_slope", between(-TEN, p.vol_slope, TEN));
}

void judge_basis(Judge& judge, const BasisParams& p) noexcept
{
    judge.bounds("basis.up", between(Ratio::one(), p.up, SCENARIO_SPOT_MAX))
        .bounds("basis.down", up_to(p.down, Ratio::one()))
        .bounds("basis.add", up_to(p.add, TEN))
        .bounds("basis.mult", up_to(p.mult, TEN));
}

/// Every rate from zero, so that for each tenor T >= 0 and rate r >= 0
///     long = long_base * exp(-T * (r * mult + add)) <= long_base <= 1, and
///     short = min(exp(r * mark_rate_mult * T), short_base * exp(T * (r * mult + add))) >= 1:
/// long <= short, which is F-14's condition.
void judge_discount(Judge& judge, const DiscountParams& p) noexcept
{
    judge.bounds("discount.long_base", between(ratio_per_mille(500), p.long_base, Ratio::one()))
        .bounds("discount.long_rate_mult", up_to(p.long_rate_mult, TEN))
        .bounds("discount.long_rate_add", up_to(p.long_rate_add, TEN))
        .bounds("discount.short_base", between(Ratio::one(), p.short_base, Ratio::from_units(2)))
        .bounds("discount.short_rate_mult", up_to(p.short_rate_mult, TEN))
        .bounds("discount.short_rate_add", up_to(p.short_rate_add, TEN))
        .bounds("discount.mark_rate_mult", up_to(p.mark_rate_mult, TEN));
}

/// Each move by itself, and that there are moves up and down: F-21 needs a range to both sides.
void judge_scenarios(Judge& judge, const PortfolioParams& params) noexcept
{
    bool inside = !params.scenarios.empty();
    bool unshocked = true;  // F-15: the smile turns at an unshocked spot
    bool rises = false;
    bool falls = false;
    for (const Scenario& scenario : params.scenarios) {
        inside = inside && defined(scenario) && scenario.spot.is_positive() &&
                 scenario.damping.is_positive() && scenario.damping <= Ratio::one();
        if (is_skew(scenario.vol)) {
            unshocked = unshocked && scenario.spot == Ratio::one();
        } else if (scenario.damping == Ratio::one()) {
            rises = rises || scenario.spot > Ratio::one();
            falls = falls || scenario.spot < Ratio::one();
        }
    }
    judge.bounds("scenarios", inside).agrees("scenarios", unshocked && rises && falls);
}

bool ordered(const PerLevel<Ratio>& p) noexcept
{
    return p.maintenance <= p.initial;
}

}  // namespace

Refused validate(const ConfidenceRule& rule) noexcept
{
    return Judge{}
        .bounds("threshold", up_to(rule.threshold, Ratio::one()))
        .bounds("factor", up_to(rule.factor, TEN));
}

Refused validate(const DepegRule& rule) noexcept
{
    return Judge{}
        .bounds("threshold", up_to(rule.threshold, Ratio::one()))
        .bounds("factor", up_to(rule.factor, TEN));
}

Refused validate(const ProfitRule& rule) noexcept
{
    return Judge{}
        .bounds("profit_weight", up_to(rule.weight, Ratio::one()))
        .bounds("profit_cap", between(Money::zero(), rule.cap, MONEY_MAX));
}

Error check_domain(const PortfolioParams& params) noexcept
{
    if (params.scenarios.empty())
        return Error::parameter_bounds;
    for (const Scenario& scenario : params.scenarios)
        if (!defined(scenario))
            return Error::parameter_bounds;
    if (!defined(params.vol_shock) || !defined(params.skew_shock) || !defined(params.basis) ||
        !defined(params.discount) || !defined(params.factor) || !defined(params.perp_contingency) ||
        !defined(params.future_contingency) || !defined(params.option_contingency) ||
        !up_to(params.confidence.threshold, RATIO_MAX) ||
        !up_to(params.confidence.factor, RATIO_MAX) || !up_to(params.depeg.threshold, RATIO_MAX) ||
        !up_to(params.depeg.factor, RATIO_MAX))
        return Error::parameter_bounds;
    // The greatest factor that F-18 can make is a ratio like any other.
    const Ratio depegged = scale_ceil(params.depeg.factor, params.depeg.threshold);
    return params.factor.initial + depegged <= RATIO_MAX ? Error::ok : Error::parameter_bounds;
}

Refused validate(const PortfolioParams& params) noexcept
{
    const auto share = [](const PerLevel<Ratio>& p) {
        return up_to(p.initial, Ratio::one()) && up_to(p.maintenance, RATIO_MAX);
    };
    Judge judge;
    judge_shock(judge, params.vol_shock);
    judge_skew(judge, params.skew_shock);
    judge_basis(judge, params.basis);
    judge_discount(judge, params.discount);
    judge
        .bounds("factor", params.factor.maintenance.is_positive() &&
                              params.factor.maintenance <= RATIO_MAX &&
                              up_to(params.factor.initial, TEN))
        .bounds("perp_contingency", share(params.perp_contingency))
        .bounds("future_contingency", share(params.future_contingency))
        .bounds("option_contingency", share(params.option_contingency))
        .bounds("confidence", validate(params.confidence) == Error::ok)
        .bounds("depeg", validate(params.depeg) == Error::ok);
    judge_scenarios(judge, params);
    // Initial margin is never below maintenance margin.
    judge.agrees("factor", ordered(params.factor))
        .agrees("perp_contingency", ordered(params.perp_contingency))
        .agrees("future_contingency", ordered(params.future_contingency))
        .agrees("option_contingency", ordered(params.option_contingency));
    if (!judge.fine())
        return judge;
    // Whatever the bounds leave out.
    return judge.bounds("depeg", check_domain(params) == Error::ok);
}

}  // namespace plimsoll
