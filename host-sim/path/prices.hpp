// plimsoll: host-sim/path/prices.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, paths. The true prices of a run: bridges drawn before it starts, moved block by block
// by what the run's own trades do.
// Promises: path streams see the seed alone; no agent reshuffles them.
#pragma once

#include "host-sim/agents/world.hpp"
#include "host-sim/scenario.hpp"

#include <cstdint>
#include <vector>

namespace plimsoll::sim {

class PricePaths
{
public:
    PricePaths(const Scenario& scenario, std::uint64_t seed);

    /// Sets the world's true prices of its block: the bridge, times one plus the impact. A share of the
    /// impact shows in the perpetuals only, as premium over spot.
    void observe(World& world) const;

    /// The bridge alone, by minute.
    [[nodiscard]] const std::vector<Price>& bridge(std::uint32_t underlying) const
    {
        return m_bridges[underlying];
    }

private:
    std::vector<std::vector<Price>> m_bridges;  ///< By underlying, then minute.
};

}  // namespace plimsoll::sim
