// plimsoll: engine/model/portfolio_params.hpp                       SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What governance sets for scenario margin on one underlying. Names and
// meanings are those of docs/formulas.md, F-12 to F-20; every number has 18 decimals.
// Promises: `validate` refuses every set under which a formula could leave its range, initial margin could
// fall below maintenance, or two books could need more together than apart (F-14's condition).
#pragma once

#include "engine/error.hpp"
#include "engine/model/level.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/model/refused.hpp"
#include "engine/units/units.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll {

/// What a scenario does to volatility.
enum class VolShock : std::uint8_t
{
    up = 0,
    none = 1,
    down = 2,
    skew_linear = 3,
    skew_abs = 4,
};

/// The wire names in the order of the numbers.
inline constexpr std::array<std::string_view, 5> VOL_SHOCK_NAMES = {
    "up", "none", "down", "skew_linear", "skew_abs"};

/// Whether the stored number is one of the shocks.
[[nodiscard]] constexpr bool is_vol_shock(std::uint8_t number) noexcept
{
    return number < VOL_SHOCK_NAMES.size();
}

[[nodiscard]] constexpr bool is_skew(VolShock vol) noexcept
{
    return vol == VolShock::skew_linear || vol == VolShock::skew_abs;
}

/// One listed move: spot is multiplied by `spot`, volatility shocked, the P&L multiplied by `damping`.
struct Scenario
{
    Ratio spot = Ratio::one();
    VolShock vol = VolShock::none;
    Ratio damping = Ratio::one();
};

/// F-12. How far volatility moves, by tenor.
struct VolShockParams
{
    Ratio range_up;
    Ratio range_down;
    Ratio short_power;  ///< Up to 30 days,
    Ratio long_power;   ///< and beyond.
    Ratio floor_days;   ///< Tenors below it move like it; positive.
    Ratio min_vol_up;   ///< Least volatility under `up`.
};

/// F-13. How far the smile turns (linear) or bends (abs).
struct SkewShockParams
{
    Ratio linear_cap;
    Ratio linear_slope;
    Ratio abs_cap;
    Ratio abs_slope;
    Ratio min_width;  ///< Positive.
    Ratio width_scale;
    Ratio vol_static;
    Ratio vol_slope;
};

/// F-16. Futures against spot.
struct BasisParams
{
    Ratio up = Ratio::one();
    Ratio down = Ratio::one();
    Ratio add;
    Ratio mult;  ///< A year.
};

/// F-14, and the multiplier of the rate in the discount of prices (F-1). Rates a year.
struct DiscountParams
{
    Ratio long_base = Ratio::one();
    Ratio long_rate_mult;
    Ratio long_rate_add;
    Ratio short_base = Ratio::one();
    Ratio short_rate_mult;
    Ratio short_rate_add;
    Ratio mark_rate_mult = Ratio::one();
};

/// F-20: (1 - confidence) * factor of notional, once confidence is below the threshold.
struct ConfidenceRule
{
    Ratio threshold;
    Ratio factor;
};

/// F-18, F-11: factor * (threshold - price of the quote), while that is positive.
struct DepegRule
{
    Ratio threshold;
    Ratio factor;
};

/// F-5: of a linear position's profit v, min(weight * v, cap) counts at initial.
struct ProfitRule
{
    Ratio weight = Ratio::one();
    Money cap = MONEY_MAX;
};

struct PortfolioParams
{
    List<Scenario, SCENARIOS_MAX> scenarios;
    VolShockParams vol_shock;
    SkewShockParams skew_shock;
    BasisParams basis;
    DiscountParams discount;
    PerLevel<Ratio> factor;
    PerLevel<Ratio> perp_contingency;
    PerLevel<Ratio> future_contingency;
    PerLevel<Ratio> option_contingency;
    ConfidenceRule confidence;
    DepegRule depeg;
};

/// Scenario moves are compared exactly as products of 128-bit integers, which this keeps in range (F-24).
inline constexpr Ratio SCENARIO_SPOT_MAX = Ratio::from_units(13);
inline constexpr Ratio VOLATILITY_MAX = Ratio::from_units(100);

/// Thresholds up to 1, factors up to 10. Error parameter_bounds.
[[nodiscard]] Refused validate(const ConfidenceRule& rule) noexcept;
[[nodiscard]] Refused validate(const DepegRule& rule) noexcept;
/// A weight up to 1, a cap up to MONEY_MAX. Error parameter_bounds.
[[nodiscard]] Refused validate(const ProfitRule& rule) noexcept;

/// The conditions without which the formulas are not defined or a factor could leave RATIO_MAX: what any
/// case must satisfy. Error parameter_bounds.
[[nodiscard]] Error check_domain(const PortfolioParams& params) noexcept;
/// check_domain() and what governance must satisfy besides.
/// Errors: parameter_bounds, parameters_disagree.
[[nodiscard]] Refused validate(const PortfolioParams& params) noexcept;

}  // namespace plimsoll
