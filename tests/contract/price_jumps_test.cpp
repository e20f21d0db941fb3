// plimsoll: tests/contract/price_jumps_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Prices that jump: nothing is traded and nothing is sold at them, and nobody hides behind
// them for long.
#include "tests/support/feeds.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Alice is long of an ether, and unhealthy below 1840; bob is short of it; a keeper waits.
struct Traders : FedHouse
{
    Number alice = 0;
    Number bob = 0;
    Number keeper = 0;
    Number publishers;

    explicit Traders(Number count = 3, Number quorum = 2)
      : FedHouse(count, quorum), publishers(count)
    {
        alice = trader("alice", 250);
        bob = trader("bob", 10'000);
        keeper = trader("keeper", 10'000);
        reports("2000", publishers);
        price(1, "50000");
        REQUIRE(fill(0, alice, bob, "1", "2000").ok());
    }
    Error trade() { return fill(0, alice, bob, "0.001", ether()).error; }
    Error liquidate() { return send("keeper", say::liquidate(alice, 0, keeper, "0.001")).error; }
};

}  // namespace

TEST_CASE(
    "price jumps: an unhealthy account is not sold beside a price that is held back, and is after "
    "its wait")
{
    Traders house(1, 1);
    house.reports("1830", 1);
    CHECK(house.liquidate() == Error::ok);
    house.reports("100", 1);
    CHECK(house.liquidate() == Error::volatile_price);
    CHECK(house.send("anyone", say::flag(house.alice)).ok());
    house.wait(FedHouse::WAIT - 1);
    CHECK(house.liquidate() == Error::volatile_price);
    house.wait(1);
    CHECK(house.liquidate() == Error::ok);
    // Nobody has confirmed it: what stands is old for trading all the same.
    CHECK(house.trade() == Error::stale_price);
}

TEST_CASE("price jumps: a true one is taken once it is confirmed after its wait")
{
    Traders house(1, 1);
    house.wait(1);
    const Reply jump = house.report(0, "200");
    REQUIRE(jump.ok());
    CHECK(jump.event("price_held", "price") == "200");
    CHECK(jump.event("price_held", "held_until") == std::to_string(house.now + FedHouse::WAIT));
    CHECK(jump.events_of("price") == 0);
    CHECK(house.of_feed("pending/price") == "200");
    CHECK(house.of_feed("pending/since") == std::to_string(house.now));
    house.wait(FedHouse::WAIT - 1);
    REQUIRE(house.report(0, "210").ok());
    CHECK(house.ether() == "2000");
    house.wait(1);
    REQUIRE(house.report(0, "220").ok());
    CHECK(house.ether() == "220");
    CHECK(house.of_feed("tier") == "valid");
    CHECK(house.of_feed("pending") == "absent");
    CHECK(house.send("anyone", say::flag(house.alice)).ok());
}

TEST_CASE(
    "price jumps: jumps in turn with good prices cannot hold up a sale for more than half of the "
    "time")
{
    Traders house(1, 1);
    house.reports("1830", 1);
    Clearinghouse::Number refused = 0;
    Clearinghouse::Number calls = 0;
    for (int i = 0; i < 80; ++i) {
        house.wait(14);
        house.reports(i % 2 == 0 ? "2000000" : "1830", 1);
        if (house.of_feed("held_until") == "absent")
            continue;
        ++calls;
        const Error error = house.liquidate();
        refused += error == Error::volatile_price ? 1U : 0U;
        CHECK((error == Error::volatile_price || error == Error::ok));
    }
    CHECK(calls == 40);
    CHECK(refused > 0);
    CHECK(refused <= calls / 2 + 1);
}
