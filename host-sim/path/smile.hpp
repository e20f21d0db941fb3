// plimsoll: host-sim/path/smile.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, paths. What the options market makes of the index: a volatility that rises as the index
// falls below where it began, bent and tilted over strikes, and the price of a series under it.
// Promises: integers only; prices are the engine's own, so that what is quoted is what the contract marks.
#pragma once

#include "engine/model/option_type.hpp"
#include "engine/model/surface.hpp"
#include "engine/units/units.hpp"

#include <cstdint>

namespace plimsoll::sim {

/// At the money the volatility is
///     min(volatility_max, volatility + slope * max(0, 1 - index / first)).
/// Over log-moneyness k the total variance w(0) of the money becomes the raw SVI slice
///     w(k) = w(0) * (1 - curvature + curvature * (skew * k / width + sqrt((k / width)^2 + 1))).
struct SmilePlan
{
    Price first;       ///< The index at the start.
    Ratio volatility;  ///< A year.
    Ratio slope;       ///< Volatility for each unit that the index has fallen.
    Ratio volatility_max;
    Ratio curvature;  ///< From 0, a flat smile, to 1.
    Ratio width;      ///< Log-moneyness at which the smile turns into its wings.
    Ratio skew;       ///< From -1, all in the puts, to 1.
    Ratio rate;       ///< Interest a year.
};

/// Volatility at the money when the index stands there.
[[nodiscard]] Ratio volatility_at(const SmilePlan& plan, Price index);

/// What a publisher says of an expiry: the forward is the index. @pre now_s < expiry_s
[[nodiscard]] ExpirySurface smile_surface(
    const SmilePlan& plan, Price index, std::uint64_t expiry_s, std::uint64_t now_s);

/// What one unit of an option is worth, and how it moves with the index.
struct OptionValue
{
    Price price;
    Ratio delta;
};

/// By the engine's own formula, as the contract marks it under that surface.
[[nodiscard]] OptionValue option_value(const SmilePlan& plan, OptionType type, Price strike,
    std::uint64_t expiry_s, Price index, std::uint64_t now_s);

/// The price alone.
[[nodiscard]] Price option_price(const SmilePlan& plan, OptionType type, Price strike,
    std::uint64_t expiry_s, Price index, std::uint64_t now_s);

}  // namespace plimsoll::sim
