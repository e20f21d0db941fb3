// plimsoll: engine/model/chain_clock.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. When the chain was last seen to move, and the time to act that a halt left behind.
#pragma once

#include "engine/units/seconds.hpp"

#include <cstdint>

namespace plimsoll {

/// A stretch of time in which solvent accounts are not sold. Zeros: there has been none.
struct Grace
{
    Seconds halted;  ///< When the chain was last seen before it stood still.
    Seconds from;    ///< When that was noticed.
    Seconds until;   ///< From then on everything is as ever.

    [[nodiscard]] constexpr bool holds(Seconds now) const noexcept { return now < until; }
};

struct ChainClock
{
    Seconds time;              ///< Of the last block that was noted; zero: none.
    std::uint64_t height = 0;  ///< Its number.
    Grace grace;
};

}  // namespace plimsoll
