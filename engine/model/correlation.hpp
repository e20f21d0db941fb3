// plimsoll: engine/model/correlation.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What is known of how underlyings move together (docs/formulas.md, F-23).
// Promises: symmetric; a pair that was not set is absent, and an account that needs it cannot be valued.
#pragma once

#include "engine/check.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/refused.hpp"
#include "engine/units/units.hpp"

#include <cstddef>

namespace plimsoll {

/// The hull of a pair's correlation, and its band.
struct CorrelationPair
{
    Ratio low;
    Ratio high;
    Ratio band;
    bool known = false;
    bool own_band = false;  ///< Not that of all pairs.
};

struct Correlation
{
    Ratio band;        ///< Of pairs without their own; 0..1.
    Ratio max_relief;  ///< Greatest share of the plain sum that offsets can take off; 0..1.
    static constexpr std::size_t PAIRS = UNDERLYINGS_MAX * (UNDERLYINGS_MAX - 1) / 2;
    CorrelationPair pairs[PAIRS]{};

    [[nodiscard]] static constexpr std::size_t slot(std::size_t i, std::size_t j) noexcept
    {
        CHECK(i != j && i < UNDERLYINGS_MAX && j < UNDERLYINGS_MAX);
        const std::size_t large = i > j ? i : j;
        const std::size_t small = i > j ? j : i;
        return large * (large - 1) / 2 + small;
    }
    [[nodiscard]] constexpr const CorrelationPair& of(std::size_t i, std::size_t j) const noexcept
    {
        return pairs[slot(i, j)];
    }
    [[nodiscard]] constexpr CorrelationPair& of(std::size_t i, std::size_t j) noexcept
    {
        return pairs[slot(i, j)];
    }
    /// Sets the band of all pairs that have none of their own.
    constexpr void set_band(Ratio value) noexcept
    {
        band = value;
        for (CorrelationPair& pair : pairs)
            if (!pair.own_band)
                pair.band = value;
    }
};

/// -1 <= low <= high <= 1 and 0 <= band <= 1 of one pair. Error parameter_bounds.
[[nodiscard]] Refused validate(const CorrelationPair& pair) noexcept;
/// Band and max_relief from 0 to 1, and every pair that is known. Error parameter_bounds.
[[nodiscard]] Refused validate(const Correlation& correlation) noexcept;

}  // namespace plimsoll
