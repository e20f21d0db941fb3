// plimsoll: engine/oracle/expected_move.hpp                         SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. How far a price of some volatility may go in some time, and the haircut that
// follows for collateral (MARGIN's volatility haircut, F-6 of docs/formulas.md).
// Promises: never below the exact value; above it by two raw units and, relative, 1e-14 for a horizon of an hour
// or more, 2e-11 down to a second.
#pragma once

#include "engine/model/volatility_params.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// multiple * volatility * sqrt(horizon / year). Ceil at each step.
/// @pre 0 <= multiple, volatility <= RATIO_MAX
[[nodiscard]] Ratio expected_move_ceil(Ratio multiple, Ratio volatility, Seconds horizon) noexcept;

/// The part of a collateral's value that does not count, at most 1.
[[nodiscard]] Ratio volatility_haircut_ceil(
    const VolatilityHaircutParams& params, Ratio volatility) noexcept;

/// 1 - haircut, the weight that F-6 takes the least of with others: floor.
[[nodiscard]] constexpr Ratio weight_floor(Ratio haircut_ceil) noexcept
{
    return haircut_ceil < Ratio::one() ? Ratio::one() - haircut_ceil : Ratio::zero();
}

}  // namespace plimsoll
