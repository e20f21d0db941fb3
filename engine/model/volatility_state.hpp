// plimsoll: engine/model/volatility_state.hpp                       SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What has been observed of how prices move: one record for all underlyings and
// pairs. engine/oracle/volatility.hpp writes it.
// Promises: bounded; all zero means that nothing has been observed. Annual variances do not depend on the grid
// they were measured on, so that governance may change the grid under them.
#pragma once

#include "engine/model/correlation.hpp"
#include "engine/model/limits.hpp"
#include "engine/units/units.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll {

/// Pairs of correlation that one call brings up to date.
inline constexpr std::size_t PAIRS_PER_CALL = 32;
inline constexpr std::size_t PAIRS_MAX = UNDERLYINGS_MAX * (UNDERLYINGS_MAX - 1) / 2;

/// A moving average of squared returns at one pace.
struct VolatilityTrack
{
    Price price;     ///< Last sampled; zero: never.
    Ratio variance;  ///< Annual.
};

struct UnderlyingVolatility
{
    VolatilityTrack fine;    ///< Sampled at every instant: the volatility that margin uses.
    VolatilityTrack coarse;  ///< Sampled once a sweep over the pairs, which it serves.
    Ratio move;              ///< The clipped return of the first instant of this sweep,
    Ratio sampled;           ///< and the coarse variance right after it.
    std::uint32_t live = 0;  ///< Instants of the sweep with this price; zero: it was silent.
};

struct PairCorrelation
{
    Ratio covariance;             ///< Annual, of the coarse returns.
    std::int16_t stepped_e4 = 0;  ///< Observed, in steps; 1 is 10,000.
    std::int16_t slow_e4 = 0;     ///< The same after the limit of maintenance.
    bool started = false;         ///< False: nothing observed.
    Seconds slow_moved;           ///< Sweep at which slow_e4 last moved.
};

struct VolatilityState
{
    Seconds instant;           ///< Last instant of the grid that was taken into account.
    Seconds sweep;             ///< First instant of the sweep, at which the returns in `move` end.
    std::uint16_t cursor = 0;  ///< Next pair of the sweep, by Correlation::slot.
    UnderlyingVolatility underlyings[UNDERLYINGS_MAX];
    PairCorrelation pairs[PAIRS_MAX];
};

}  // namespace plimsoll
