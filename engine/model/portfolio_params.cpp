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
bool bounded(const VolShockParams& p) noexcept
{
    const Ratio two = Ratio::from_units(2);
    return up_to(p.range_up, TEN) && up_to(p.range_down, TEN) && up_to(p.short_power, two) &&
           up_to(p.long_power, two) && p.floor_days >= ratio_per_mille(1) &&
           up_to(p.min_vol_up, TEN);
}

/// Caps fall or rise with the tenor, and so does the volatility that sets the width.
bool bounded(const SkewShockParams& p) noexcept
{
    return up_to(p.linear_cap, Ratio::one()) && between(-TEN, p.linear_slope, TEN) &&
           up_to(p.abs_cap, Ratio::one()) && between(-TEN, p.abs_slope, TEN) &&
           between(ratio_per_mille(1), p.min_width, TEN) && up_to(p.width_scale, RATIO_MAX) &&
           up_to(p.vol_static, TEN) && between(-TEN, p.vol_slope, TEN);
}

bool bounded(const BasisParams& p) noexcept
{
    return between(Ratio::one(), p.up, SCENARIO_SPOT_MAX) && up_to(p.down, Ratio::one()) &&
           up_to(p.add, TEN) && up_to(p.mult, TEN);
}

/// Every rate from zero, so that for each tenor T >= 0 and rate r >= 0
///     long = long_base * exp(-T * (r * mult + add)) <= long_base <= 1, and
///     short = min(exp(r * mark_rate_mult * T), short_base * exp(T * (r * mult + add))) >= 1:
/// long <= short, which is F-14's condition.
bool bounded(const DiscountParams& p) noexcept
{
    return between(ratio_per_mille(1), p.long_base, Ratio::one()) && up_to(p.long_rate_mult, TEN) &&
           up_to(p.long_rate_add, TEN) && between(Ratio::one(), p.short_base, TEN) &&
           up_to(p.short_rate_mult, TEN) && up_to(p.short_rate_add, TEN) &&
           up_to(p.mark_rate_mult, TEN);
}

bool ordered(const PerLevel<Ratio>& p) noexcept
{
    return p.maintenance <= p.initial;
}

}  // namespace

Error validate(const ConfidenceRule& rule) noexcept
{
    return up_to(rule.threshold, Ratio::one()) && up_to(rule.factor, TEN) ? Error::ok
                                                                          : Error::parameter_bounds;
}

Error validate(const DepegRule& rule) noexcept
{
    return up_to(rule.threshold, Ratio::one()) && up_to(rule.factor, TEN) ? Error::ok
                                                                          : Error::parameter_bounds;
}

Error validate(const ProfitRule& rule) noexcept
{
    return up_to(rule.weight, Ratio::one()) && between(Money::zero(), rule.cap, MONEY_MAX)
               ? Error::ok
               : Error::parameter_bounds;
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

Error validate(const PortfolioParams& params) noexcept
{
    if (const Error error = check_domain(params); error != Error::ok)
        return error;
    bool rises = false;
    bool falls = false;
    for (const Scenario& scenario : params.scenarios) {
        if (!scenario.spot.is_positive() || !scenario.damping.is_positive() ||
            scenario.damping > Ratio::one())
            return Error::parameter_bounds;
        if (is_skew(scenario.vol)) {
            // F-15: the smile turns at an unshocked spot.
            if (scenario.spot != Ratio::one())
                return Error::parameters_disagree;
        } else if (scenario.damping == Ratio::one()) {
            rises = rises || scenario.spot > Ratio::one();
            falls = falls || scenario.spot < Ratio::one();
        }
    }
    const Ratio share = Ratio::one();
    if (!bounded(params.vol_shock) || !bounded(params.skew_shock) || !bounded(params.basis) ||
        !bounded(params.discount) || !params.factor.maintenance.is_positive() ||
        params.factor.initial > TEN || params.perp_contingency.initial > share ||
        params.future_contingency.initial > share || params.option_contingency.initial > share ||
        validate(params.confidence) != Error::ok || validate(params.depeg) != Error::ok)
        return Error::parameter_bounds;
    // F-21 needs a range to both sides; and initial margin is never below maintenance margin.
    if (!rises || !falls || !ordered(params.factor) || !ordered(params.perp_contingency) ||
        !ordered(params.future_contingency) || !ordered(params.option_contingency))
        return Error::parameters_disagree;
    return Error::ok;
}

}  // namespace plimsoll
