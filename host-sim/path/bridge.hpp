// plimsoll: host-sim/path/bridge.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, paths. A price between published waypoints: a seeded Brownian bridge of the
// logarithm, drawn in integers, minute by minute.
// Promises: the price meets every waypoint exactly at its minute and is never below a published low in
// the low's window. Volatility may change by window; the drift of a leg follows the variance, so a leg
// falls fastest where it is said to be wildest.
// Never: moved by the agents. Their impact is added outside (impact.hpp).
#pragma once

#include "engine/num/int128.hpp"
#include "engine/units/units.hpp"
#include "host-sim/prng.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace plimsoll::sim {

/// A published price at a minute counted from the start.
struct Waypoint
{
    std::uint32_t minute = 0;
    Price price = Price::zero();
};

/// A published low: the path stays at or above `price` in minutes [from, until].
struct PublishedLow
{
    std::uint32_t from = 0;
    std::uint32_t until = 0;
    Price price = Price::zero();
};

/// From minute `from` on, a minute's log return has this standard deviation.
struct VolatilityWindow
{
    std::uint32_t from = 0;
    Ratio per_minute = Ratio::zero();
};

struct BridgePlan
{
    std::vector<Waypoint> waypoints;
    std::vector<PublishedLow> lows;
    std::vector<VolatilityWindow> volatility;
    Ratio common_share =
        Ratio::zero();  ///< Correlation with the factor that all underlyings share.
};

/// Empty when the plan can be drawn; otherwise what is wrong with it.
[[nodiscard]] std::string bridge_fault(const BridgePlan& plan);

/// Standard normal draws, 18 decimals, one a minute: the factor that all paths share.
[[nodiscard]] std::vector<std::int64_t> draw_factor(Prng& prng, std::uint32_t minutes);

/// The path at minutes 0 to the last waypoint's, both included.
/// @pre bridge_fault(plan) is empty; `factor` has a draw for each minute of the path.
[[nodiscard]] std::vector<Price> draw_bridge(
    const BridgePlan& plan, std::span<const std::int64_t> factor, Prng& prng);

}  // namespace plimsoll::sim
