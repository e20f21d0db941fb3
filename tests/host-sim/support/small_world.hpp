// plimsoll: tests/host-sim/support/small_world.hpp                  SPDX-License-Identifier: Apache-2.0
// A world with the house set up, for tests of one agent at a time.
#pragma once

#include "host-sim/agents/world.hpp"
#include "host-sim/checker/invariants.hpp"
#include "host-sim/house_setup.hpp"
#include "host-sim/runner.hpp"
#include "host-sim/vm/vm.hpp"
#include "tests/host-sim/support/shipped_scenario.hpp"

#include <memory>
#include <string>

namespace plimsoll::sim::test {

struct SmallWorld
{
    Scenario scenario = small_scenario(100);
    std::unique_ptr<Vm> vm = make_vm(VmKind::native).vm;
    Bank bank;
    Chain chain{*vm, bank, std::string(CONTRACT)};
    InvariantChecker checker{chain};
    World world{.scenario = scenario, .chain = chain, .bank = bank};

    SmallWorld()
    {
        chain.observe(checker);
        for (const auto& plan : scenario.prices) {
            world.impacts.emplace_back(plan.impact);
            world.spot.push_back(plan.bridge.waypoints[0].price);
        }
        for (const auto& market : scenario.markets)
            world.traded.push_back(world.spot[market.underlying]);
        world.time_s = scenario.start_s;
        price_options(world);
        world.published.resize(scenario.prices.size());
        go_to(0);
        set_up_house(world);
    }

    void go_to(std::uint32_t block)
    {
        world.block = block;
        world.time_s = scenario.start_s + block * scenario.block_s;
        world.conditions = &scenario.conditions_at(block);
        chain.begin_block(block, world.time_s);
    }

    /// Moves spot and perpetuals of an underlying together.
    void set_spot(std::uint32_t underlying, Price price)
    {
        world.spot[underlying] = price;
        for (const auto& market : scenario.perpetuals()) {
            if (market.underlying == underlying)
                world.traded[market.market] = price;
        }
        price_options(world);
    }
};

}  // namespace plimsoll::sim::test
