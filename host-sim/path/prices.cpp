// plimsoll: host-sim/path/prices.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, paths. See prices.hpp.
#include "host-sim/path/prices.hpp"

#include <algorithm>
#include <string>

namespace plimsoll::sim {

PricePaths::PricePaths(const Scenario& scenario, std::uint64_t seed)
{
    std::uint32_t minutes = 0;
    for (const auto& plan : scenario.prices)
        minutes = std::max(minutes, plan.bridge.waypoints.back().minute);
    Prng common(seed, "path/common");
    const auto factor = draw_factor(common, minutes);
    for (const auto& plan : scenario.prices) {
        Prng own(seed, "path/" + plan.symbol);
        m_bridges.push_back(draw_bridge(plan.bridge, factor, own));
    }
}

void PricePaths::observe(World& world) const
{
    world.spot.resize(m_bridges.size());
    std::vector<Ratio> moves(m_bridges.size());
    for (std::size_t i = 0; i < m_bridges.size(); ++i) {
        const auto& plan = world.scenario.prices[i];
        moves[i] = world.impacts[i].move(world.conditions->depth);
        const Ratio in_spot = moves[i] - scale_floor(moves[i], plan.premium_share);
        const Price bridge = m_bridges[i][world.block];
        world.spot[i] = bridge + scale_floor(bridge, in_spot);
    }
    world.traded.resize(world.scenario.markets.size());
    for (const auto& market : world.scenario.perpetuals()) {
        const Price bridge = m_bridges[market.underlying][world.block];
        world.traded[market.market] = bridge + scale_floor(bridge, moves[market.underlying]);
    }
    price_options(world);
}

}  // namespace plimsoll::sim
