// plimsoll: tests/host-sim/path/bridge_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Price paths: every waypoint met exactly, no published low passed, whatever the seed.
#include "host-sim/path/bridge.hpp"

#include "host-sim/path/prices.hpp"
#include "tests/host-sim/support/shipped_scenario.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;

Price price(std::int64_t units)
{
    return Price::from_units(units);
}

BridgePlan plan_with(std::vector<Waypoint> waypoints)
{
    BridgePlan plan;
    plan.waypoints = std::move(waypoints);
    plan.volatility = {{0, Ratio::from_raw(num::WAD / 100)}};
    plan.common_share = Ratio::from_raw(num::WAD / 10 * 9);
    return plan;
}

std::vector<Price> draw(const BridgePlan& plan, std::uint64_t seed)
{
    Prng common(seed, "common");
    Prng own(seed, "own");
    const auto factor = draw_factor(common, plan.waypoints.back().minute);
    return draw_bridge(plan, factor, own);
}

void require_waypoints_and_lows(const BridgePlan& plan, const std::vector<Price>& path)
{
    for (const auto& waypoint : plan.waypoints)
        RC_ASSERT(path[waypoint.minute] == waypoint.price);
    for (const auto& low : plan.lows) {
        for (std::uint32_t minute = low.from;
            minute <= std::min<std::size_t>(low.until, path.size() - 1); ++minute)
            RC_ASSERT(path[minute] >= low.price);
    }
}

}  // namespace

TEST_CASE("the shipped paths meet every waypoint and pass no published low", "[bridge][property]")
{
    const auto scenario = test::shipped_scenario();
    rc::prop("for any seed", [&scenario](std::uint64_t seed) {
        const PricePaths paths(scenario, seed);
        for (std::uint32_t i = 0; i < scenario.prices.size(); ++i)
            require_waypoints_and_lows(scenario.prices[i].bridge, paths.bridge(i));
    });
}

TEST_CASE("the published lows are the paths' own", "[bridge]")
{
    const auto scenario = test::shipped_scenario();
    constexpr std::uint32_t FIRST_LOW = 10 * 60 + 45;
    constexpr std::uint32_t SECOND_LOW = 26 * 60 + 15;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const PricePaths paths(scenario, seed);
        for (std::uint32_t i = 0; i < scenario.prices.size(); ++i) {
            const auto& path = paths.bridge(i);
            REQUIRE(*std::min_element(path.begin(), path.begin() + 23 * 60) == path[FIRST_LOW]);
            REQUIRE(*std::min_element(path.begin(), path.end()) == path[SECOND_LOW]);
        }
    }
}

TEST_CASE("any plan without fault is met", "[bridge][property]")
{
    rc::prop("waypoints and lows", [](std::uint64_t seed) {
        std::vector<Waypoint> waypoints{{0, price(*rc::gen::inRange<std::int64_t>(50, 200))}};
        const auto legs = *rc::gen::inRange(1, 6);
        for (int i = 0; i < legs; ++i) {
            const auto gap = *rc::gen::inRange<std::uint32_t>(1, 90);
            waypoints.push_back(
                {waypoints.back().minute + gap, price(*rc::gen::inRange<std::int64_t>(50, 200))});
        }
        auto plan = plan_with(waypoints);
        plan.lows = {{0, waypoints.back().minute, price(50)}};
        require_waypoints_and_lows(plan, draw(plan, seed));
    });
}

TEST_CASE("without volatility a path is the straight line of its logarithm", "[bridge]")
{
    auto plan = plan_with({{0, price(100)}, {2, price(400)}});
    plan.volatility = {{0, Ratio()}};
    const auto path = draw(plan, 1);
    // Halfway in the logarithm: 200, to the last digits of ln and exp.
    CHECK((path[1] - price(200)).abs() < Price::from_raw(1'000'000));
}

TEST_CASE("a leg falls fastest where it is said to be wildest", "[bridge]")
{
    auto plan = plan_with({{0, price(100)}, {60, price(50)}});
    plan.volatility = {
        {0, Ratio::from_raw(num::WAD / 100'000)}, {45, Ratio::from_raw(num::WAD / 100)}};
    CHECK(draw(plan, 1)[45] > price(99));
}

TEST_CASE("a stream of its own: another path's draws change nothing", "[bridge]")
{
    const auto scenario = test::shipped_scenario();
    auto fewer = scenario;
    fewer.prices.pop_back();
    fewer.traders.clear();
    CHECK(PricePaths(scenario, 5).bridge(0) == PricePaths(fewer, 5).bridge(0));
}

TEST_CASE("plans with a fault are named", "[bridge]")
{
    CHECK(bridge_fault(plan_with({{0, price(1)}})) == "a path needs at least two waypoints");
    CHECK(bridge_fault(plan_with({{1, price(1)}, {2, price(1)}})) ==
          "the first waypoint must stand at the start");
    CHECK(bridge_fault(plan_with({{0, price(1)}, {3, price(1)}, {3, price(1)}})) ==
          "waypoints must stand in the order of time, one a minute");
    auto low = plan_with({{0, price(10)}, {3, price(5)}});
    low.lows = {{0, 3, price(6)}};
    CHECK(bridge_fault(low) == "a waypoint lies below a published low of its window");
    auto wild = plan_with({{0, price(10)}, {3, price(5)}});
    wild.volatility = {{0, Ratio::one()}};
    CHECK(bridge_fault(wild) == "volatility a minute must lie in [0, 0.1]");
}
