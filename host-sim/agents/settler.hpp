// plimsoll: host-sim/agents/settler.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. Somebody who settles what has expired: every market as soon as the contract takes it, then
// every account that was in one.
// Promises: asks nobody's leave and holds nothing; anyone could do the same.
#pragma once

#include "host-sim/agents/world.hpp"

#include <cstdint>
#include <set>

namespace plimsoll::sim {

class Settler
{
public:
    /// Settles the markets that are due. Tries again a few blocks later where a price is waited for.
    void act(World& world, std::uint64_t accounts);

private:
    /// Touches every account that still has a position in a settled market.
    static void touch_all(World& world, std::uint64_t accounts);

    std::set<std::uint32_t> m_settled;  ///< Markets.
};

}  // namespace plimsoll::sim
