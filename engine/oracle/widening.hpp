// plimsoll: engine/oracle/widening.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. Listed shocks of spot, widened as far as observed volatility asks for and
// governance allows: F-41 of docs/formulas.md.
//
// All shifts of a list grow by one factor, a multiple of WIDENING_STEP. The products are exact for shifts that
// are multiples of WIDENED_SHIFT_UNIT, so the standardised moves of F-22 stay the same rationals, and lists of one
// shape share one ladder however far each was widened. Only what would fall below zero or above
// SCENARIO_SPOT_MAX is cut off there.
//
// Promises: never narrows; damping, volatility shocks and the order of the list stay; skew scenarios too.
#pragma once

#include "engine/model/portfolio_params.hpp"
#include "engine/model/volatility_params.hpp"
#include "engine/oracle/limiter.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

using Scenarios = List<Scenario, SCENARIOS_MAX>;

/// The lesser of both undamped ranges of F-21: how far the list certainly reaches either way. Zero where a
/// side has none: such a list is never widened.
[[nodiscard]] Ratio least_range(const Scenarios& scenarios) noexcept;

/// Whether scaling is exact: every shift of a spot scenario is a multiple of WIDENED_SHIFT_UNIT.
[[nodiscard]] bool scales_exactly(const Scenarios& scenarios) noexcept;

/// The range that a volatility asks for: its expected move, at least the listed range and at most that times
/// factor_max. Ceil.
[[nodiscard]] Ratio wanted_range_ceil(
    const WideningParams& params, Ratio volatility, Ratio listed) noexcept;

/// Where the range of maintenance moves, by the limiter: from the listed one to that times its own factor_max.
[[nodiscard]] LimitedBounds maintenance_range(const WideningParams& params, Ratio listed) noexcept;

/// range / listed as a multiple of WIDENING_STEP, at least 1. Ceil for initial; floor for a range that the
/// limiter gave, which the step must not overtake. 1 for a list without a range.
[[nodiscard]] Ratio widening_factor_ceil(Ratio range, Ratio listed) noexcept;
[[nodiscard]] Ratio widening_factor_floor(Ratio range, Ratio listed) noexcept;

/// The list with spot = 1 + (spot - 1) * factor, away from 1, kept in [0, SCENARIO_SPOT_MAX].
/// @pre factor >= 1
void widen(Scenarios& scenarios, Ratio factor) noexcept;

}  // namespace plimsoll
