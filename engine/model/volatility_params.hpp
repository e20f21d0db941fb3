// plimsoll: engine/model/volatility_params.hpp                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What governance sets for observed volatility and correlation, for what is
// made of them, and for the stable price (docs/formulas.md, F-34 to F-43).
// Promises: `validate` refuses every set under which a formula could leave its range, a clip could keep an
// estimate from ever moving, a step of correlation could flap, or maintenance could be limited above initial.
// Never: holds anything observed. That is volatility_state.hpp.
#pragma once

#include "engine/model/refused.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// The year of every annual figure here: 365 days.
inline constexpr Seconds VOLATILITY_YEAR = Seconds::from_raw(31'536'000);

/// F-34, F-35. One grid and one decay for all underlyings; volatilities are annual.
struct VolatilityParams
{
    Seconds step;         ///< Of the grid. Its instants are the multiples of the step.
    Ratio decay;          ///< Weight that the past keeps at each instant (RiskMetrics' lambda).
    Ratio clip;           ///< A return counts at most as this many current standard deviations.
    Ratio start;          ///< Volatility of an underlying that has not been observed yet.
    Ratio floor;          ///< The estimate is never below it, so that a clip never is zero,
    Ratio cap;            ///< and never above this.
    Seconds stale_after;  ///< At an instant a price older than this is silent: it says nothing.

    /// Whether there is anything to observe: none of a valid set is zero.
    [[nodiscard]] constexpr bool given() const noexcept { return !step.is_zero(); }
};

/// F-37, F-38. How an observed correlation becomes one that margin uses.
struct CorrelationParams
{
    Ratio step;        ///< Used values are whole multiples of it (or the ends, -1 and 1).
    Ratio hysteresis;  ///< How far outside its interval the observed value must be to change it.
    Seconds hold;      ///< At maintenance it moves one step at a time, and no sooner than this.

    /// Without them no pair is observed.
    [[nodiscard]] constexpr bool given() const noexcept { return !step.is_zero(); }
};

/// F-40. How fast a maintenance weight or range may follow what was observed.
struct LimiterParams
{
    Ratio per_hour;
};

/// F-6, C7: the haircut is multiple * volatility * sqrt(horizon / year).
struct VolatilityHaircutParams
{
    Ratio multiple;  ///< Zero: no volatility haircut.
    Seconds horizon;
    Ratio maintenance_cap;  ///< Most that it comes to at maintenance.

    [[nodiscard]] constexpr bool given() const noexcept { return !multiple.is_zero(); }
};

/// F-41. How far observed volatility may widen the listed shocks of spot.
struct WideningParams
{
    Ratio multiple;  ///< Zero: never.
    Seconds horizon;
    Ratio factor_max;              ///< Most that the listed moves are multiplied with,
    Ratio maintenance_factor_max;  ///< and at maintenance.

    [[nodiscard]] constexpr bool given() const noexcept { return !multiple.is_zero(); }
};

/// F-42. The rate-limited average of a price.
struct StablePriceParams
{
    Seconds interval;  ///< Of one delay price; there are STABLE_DELAYS of them.
    Ratio
        delay_growth;  ///< A delay price is at most 1 + this times the one before, or its inverse.
    Ratio growth_per_hour;  ///< Greatest logarithmic speed of the stable price.

    /// Without them there is no stable price.
    [[nodiscard]] constexpr bool given() const noexcept { return !interval.is_zero(); }
};

/// All that a house observes of its prices. A part that is not given is off.
struct ObservationParams
{
    VolatilityParams volatility;
    CorrelationParams correlation;  ///< Only with volatility.
    LimiterParams limiter;
    StablePriceParams stable_price;
};

/// Widening factors are whole multiples of it, so that scaled moves stay exact: 1/100.
inline constexpr Ratio WIDENING_STEP = Ratio::from_raw(num::WAD / 100);
/// Shifts of spot in a list that may be widened are whole multiples of it, for the same reason.
inline constexpr Ratio WIDENED_SHIFT_UNIT = Ratio::from_raw(100);
/// Correlations in use are whole numbers of ten-thousandths.
inline constexpr Ratio CORRELATION_UNIT = Ratio::from_raw(num::WAD / 10'000);

/// Each answers with parameter_bounds or parameters_disagree.
[[nodiscard]] Refused validate(const VolatilityParams& params) noexcept;
[[nodiscard]] Refused validate(const CorrelationParams& params) noexcept;
[[nodiscard]] Refused validate(const LimiterParams& params) noexcept;
[[nodiscard]] Refused validate(const VolatilityHaircutParams& params) noexcept;
[[nodiscard]] Refused validate(const WideningParams& params) noexcept;
[[nodiscard]] Refused validate(const StablePriceParams& params) noexcept;
/// Of the parts that are given. Correlation without volatility: parameters_disagree.
[[nodiscard]] Refused validate(const ObservationParams& params) noexcept;

}  // namespace plimsoll
