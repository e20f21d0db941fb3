// plimsoll: tests/host-sim/oracle/publisher_test.cpp                SPDX-License-Identifier: Apache-2.0
// The feed's rules: deviation, heartbeat, delay, confidence, premium.
#include "host-sim/oracle/publisher.hpp"

#include "tests/host-sim/support/small_world.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;

constexpr std::uint32_t BTC = 0;

struct Feed
{
    sim::test::SmallWorld small;
    Publisher publisher{small.scenario, 1};

    Feed() { REQUIRE(publisher.act(small.world)); }

    /// Whether a message went out in `block` with BTC at `units`.
    bool at(std::uint32_t block, std::int64_t units)
    {
        small.go_to(block);
        small.set_spot(BTC, Price::from_units(units));
        return publisher.act(small.world);
    }
    Price published() const { return small.world.published[BTC]; }
};

}  // namespace

TEST_CASE("the first prices go out at once", "[publisher]")
{
    const Feed feed;
    CHECK(feed.publisher.rounds() == 2);
    CHECK(feed.published() == feed.small.world.spot[BTC]);
}

TEST_CASE("a round is due at the deviation, not before", "[publisher]")
{
    Feed feed;
    REQUIRE(feed.at(1, 10'000));
    CHECK_FALSE(feed.at(2, 10'049));
    CHECK(feed.published() == Price::from_units(10'000));
    CHECK(feed.at(3, 10'050));
    CHECK(feed.published() == Price::from_units(10'050));
}

TEST_CASE("a round is due when the last is as old as the heartbeat", "[publisher]")
{
    Feed feed;
    REQUIRE(feed.at(1, 10'000));
    CHECK_FALSE(feed.at(59, 10'000));
    CHECK(feed.at(61, 10'000));
}

TEST_CASE("in stress a round lands late, with the time at which it was observed", "[publisher]")
{
    Feed feed;
    auto late = feed.small.scenario.conditions[0];
    late.oracle_delay_max = 5;
    bool was_late = false;
    for (std::uint32_t block = 1; block <= 60; ++block) {
        const auto price = Price::from_units(10'000 + 100 * std::int64_t{block});
        feed.small.go_to(block);
        feed.small.world.conditions = &late;
        feed.small.set_spot(BTC, price);
        (void)feed.publisher.act(feed.small.world);
        REQUIRE(feed.published() <= price);
        was_late = was_late || feed.published() < price;
    }
    CHECK(was_late);
}

TEST_CASE("a perpetual away from spot is reported as premium", "[publisher]")
{
    Feed feed;
    feed.small.go_to(1);
    feed.small.world.traded[0] +=
        scale_floor(feed.small.world.traded[0], Ratio::from_raw(num::WAD / 1000));
    CHECK(feed.publisher.act(feed.small.world));
    feed.small.go_to(2);
    CHECK_FALSE(feed.publisher.act(feed.small.world));
}
