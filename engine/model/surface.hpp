// plimsoll: engine/model/surface.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What publishers say of one expiry of an underlying: its forward, the rate
// that discounts it, and its smile.
// Promises: plain values; an expiry stands at most once in a list, the earliest first.
#pragma once

#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/model/svi.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

struct ExpirySurface
{
    Seconds expiry;
    Seconds published;
    Price forward;
    Ratio rate;  ///< A year; may be negative.
    Svi svi;
    Ratio forward_confidence = Ratio::one();  ///< 1 is certain, 0 knows nothing (F-20).
    Ratio rate_confidence = Ratio::one();
    Ratio vol_confidence = Ratio::one();

    /// The least of the three (F-20).
    [[nodiscard]] constexpr Ratio confidence() const noexcept
    {
        const Ratio least =
            forward_confidence < rate_confidence ? forward_confidence : rate_confidence;
        return least < vol_confidence ? least : vol_confidence;
    }
};

using Surfaces = List<ExpirySurface, EXPIRIES_MAX>;

/// The expiry's surface; null if there is none.
[[nodiscard]] constexpr const ExpirySurface* surface_at(
    const Surfaces& surfaces, Seconds expiry) noexcept
{
    for (const ExpirySurface& surface : surfaces)
        if (surface.expiry == expiry)
            return &surface;
    return nullptr;
}

}  // namespace plimsoll
