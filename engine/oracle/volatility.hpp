// plimsoll: engine/oracle/volatility.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. Exponentially weighted volatility and correlation of all underlyings on one grid
// of time. Formulas: docs/formulas.md, F-34 to F-39; why the sweep and the missed instants are as they are:
// docs/adr/0005-volatility-is-a-function-of-what-was-published.md.
//
// observe() is called before new prices are written, with the prices as they stand. So they are the prices that
// were known at every instant of the grid since the last call, and an observation made late is the one that
// would have been made in time: extra calls change nothing but the last digit.
//
// Promises: one price moves a variance up by at most the factor 1 + (1 - decay) * (clip^2 - 1); a silent feed moves
// nothing; at most PAIRS_PER_CALL pairs a call, and no loop over missed instants.
// Never: reads a clock; knows who calls.
#pragma once

#include "engine/model/board.hpp"
#include "engine/model/correlation.hpp"
#include "engine/model/level.hpp"
#include "engine/model/volatility_params.hpp"
#include "engine/model/volatility_state.hpp"
#include "engine/units/units.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll {

/// Takes the board, which has stood since the last call, into the averages of the first `count` underlyings,
/// and brings up to PAIRS_PER_CALL pairs of the open sweep up to date. `governed` gives a pair its first value.
/// Says whether the record has changed. A board without a time past the last instant changes at most pairs.
/// Correlation that is not given leaves all pairs alone.
/// @pre count <= UNDERLYINGS_MAX; the parameters are valid
[[nodiscard]] bool observe(VolatilityState& state, const VolatilityParams& params,
    const CorrelationParams& correlation, const Correlation& governed, const Board& board,
    std::size_t count) noexcept;

/// Whether observe() would change anything at `now`.
[[nodiscard]] bool observation_due(const VolatilityState& state, const VolatilityParams& params,
    const CorrelationParams& correlation, Seconds now, std::size_t count) noexcept;

/// Annual volatility as observed, between floor and cap; `start` before the first sample (F-36). Ceil: more
/// volatility is more margin.
[[nodiscard]] Ratio volatility_ceil(
    const VolatilityState& state, const VolatilityParams& params, UnderlyingId id) noexcept;

/// The correlation that the record of a pair says now, before steps: covariance / sqrt(variances), in [-1, 1]
/// (F-37). Trunc: toward no correlation, by less than 1e-12. Zero for a pair that has not started.
[[nodiscard]] Ratio observed_correlation_trunc(const VolatilityState& state,
    const VolatilityParams& params, std::size_t i, std::size_t j) noexcept;

/// F-38: `current_e4` while the observed value is in its interval of one step or within the hysteresis around
/// it; else the multiple of the step nearest to the observed value. @pre -1 <= observed <= 1
[[nodiscard]] std::int16_t stepped_e4(
    std::int16_t current_e4, Ratio observed, const CorrelationParams& params) noexcept;

/// F-39: the hull of governance's correlation and the observed one: the slow one at maintenance, the fast one
/// besides at initial, whose hull therefore contains that of maintenance. An unknown pair stays unknown.
[[nodiscard]] CorrelationPair correlation_hull(
    const CorrelationPair& governed, const PairCorrelation& observed, Level level) noexcept;

}  // namespace plimsoll
