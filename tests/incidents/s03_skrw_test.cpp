// plimsoll: tests/incidents/s03_skrw_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S3, Synthetix and the Korean won, 25 June 2019.
//
// What happened: one of two feeds said a thousand times too much, the average of both was taken, and a trader's paper profit
// passed a billion dollars before it was reversed (blog.synthetix.io/response-to-oracle-incident).
// What stops it here: the median of at least three, and for a single source a price further than `jump_max` from the last
// waits to be confirmed.
// Asserted: neither a trade nor a liquidation is possible at such a price, however many publish.
#include "tests/support/feeds.hpp"
#include "tests/support/incident.hpp"

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Alice is long of an ether, and unhealthy below 1840; Bob is short of it; a keeper waits.
struct Won : FedHouse
{
    Number alice = 0;
    Number bob = 0;
    Number keeper = 0;

    explicit Won(Number count = 3, Number quorum = 2, bool guarded = true) : FedHouse(count, quorum)
    {
        if (!guarded) {
            say::Feed feed;
            feed.publishers = {"feeder0"};
            feed.quorum = 1;
            feed.report_max_age = 60;
            REQUIRE(send("gov", say::set_feed(feed)).ok());
        }
        alice = trader("alice", 250);
        bob = trader("bob", 10'000);
        keeper = trader("keeper", 1'000'000);
        reports("2000", count);
        price(1, "50000");
        REQUIRE(fill(0, alice, bob, "1", "2000").ok());
    }
    Error trade() { return fill(0, alice, bob, "0.001", ether()).error; }
    Error take_out() { return send("bob", say::withdraw(bob, 0, "1000000")).error; }
    Error sell_bob() { return send("keeper", say::liquidate(bob, 0, keeper, "1")).error; }
};

}  // namespace

TEST_CASE("S3: one feed of three says a thousand times too much, and the median does not mind")
{
    Won house;
    house.wait(1);
    REQUIRE(house.report(0, "2000000").ok());
    REQUIRE(house.report(1, "2002").ok());
    REQUIRE(house.report(2, "2001").ok());
    CHECK(house.ether() == "2002");
    CHECK(house.of_feed("tier") == "valid");
    CHECK(house.trade() == Error::ok);
    CHECK(house.sell_bob() == Error::not_liquidatable);
}

TEST_CASE("S3: the only source says a thousand times too much: no trade, no liquidation")
{
    Won house(1, 1);
    house.reports("2000000", 1);
    CHECK(house.ether() == "2000");
    CHECK(house.of_feed("tier") == "too_volatile");
    CHECK(house.trade() == Error::volatile_price);
    CHECK(house.take_out() == Error::volatile_price);
    CHECK(house.sell_bob() == Error::not_liquidatable);
    house.deposit(house.alice, "uusdc", 1);
    CHECK(house.send("alice", say::deposit(house.alice), {{"aeth", 1'000}}).error ==
          Error::volatile_price);
    CHECK(house.send("anyone", say::resolve(house.bob)).error == Error::not_liquidatable);
    // In the next block it is as it was.
    house.reports("2001", 1);
    CHECK(house.ether() == "2001");
    CHECK(house.trade() == Error::ok);
    CHECK(house.take_out() == Error::ok);
}

TEST_CASE("S3: with a single source and no limit to jumps it happens")
{
    Won house(1, 1, false);
    house.reports("2000000", 1);
    CHECK(house.ether() == "2000000");
    CHECK(house.fill(0, house.alice, house.keeper, "0.001", "2000000").ok());
    CHECK(equity_of(house, house.alice) > money("1900000"));
    CHECK(house.send("anyone", say::flag(house.bob)).ok());
}
