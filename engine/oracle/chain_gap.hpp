// plimsoll: engine/oracle/chain_gap.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. Whether the chain has stood still, and how long its users have to act once it moves
// again: O6 of docs/formulas.md, "Prices".
//
// The clock is noted whenever prices are written and by anybody who asks for it. A call that comes before reckons with
// the clock as it would be noted, so that it does not matter who comes first.
//
// Promises: a grace is no longer than grace_max, begins at most once a day, and is over grace_max after it was noted;
// a halt that nobody notes is forgotten after grace_max of full blocks. So sales of one halt wait at most twice
// grace_max of a chain that moves.
#pragma once

#include "engine/model/chain_clock.hpp"
#include "engine/model/params.hpp"

#include <cstdint>

namespace plimsoll {

/// At most one grace in this time.
inline constexpr Seconds GRACE_EVERY = SECONDS_PER_DAY;

/// Time since the clock was noted that its blocks do not account for. Zero for a clock that was never noted.
[[nodiscard]] Seconds chain_gap(const ChainClock& clock, const OracleParams& params, Seconds now,
    std::uint64_t height) noexcept;

/// The clock once it is noted: unchanged without parameters of a grace. A height or time that goes back is no gap.
[[nodiscard]] ChainClock noted(const ChainClock& clock, const OracleParams& params, Seconds now,
    std::uint64_t height) noexcept;

}  // namespace plimsoll
