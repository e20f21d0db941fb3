// plimsoll: engine/model/stable_price_state.hpp                     SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. The rate-limited average of one price. engine/oracle/stable_price.hpp moves it.
#pragma once

#include "engine/num/int128.hpp"
#include "engine/units/units.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll {

inline constexpr std::size_t STABLE_DELAYS = 24;

/// All zero: no price has been seen.
struct StablePrice
{
    Price price;  ///< At `time`; zero: no price has been seen.
    Seconds time;
    num::i128 sum = 0;            ///< Raw price times seconds of the current interval,
    Seconds summed;               ///< and those seconds.
    Price delays[STABLE_DELAYS];  ///< A ring of averages of whole intervals.
    std::uint8_t latest = 0;      ///< Its newest entry; the next one is the oldest.

    [[nodiscard]] constexpr std::size_t oldest() const noexcept
    {
        return (latest + std::size_t{1}) % STABLE_DELAYS;
    }
};

}  // namespace plimsoll
