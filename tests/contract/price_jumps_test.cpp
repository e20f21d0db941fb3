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
    Error take_out() { return send("bob", say::withdraw(bob, 0, "1000000")).error; }
    Error liquidate() { return send("keeper", say::liquidate(alice, 0, keeper, "0.001")).error; }
};

}  // namespace

TEST_CASE(
    "price jumps: S3, one feed of three says a thousand times too much: the median does not mind")
{
    Traders house;
    house.wait(1);
    REQUIRE(house.report(0, "2000000").ok());
    REQUIRE(house.report(1, "2002").ok());
    REQUIRE(house.report(2, "2001").ok());
    CHECK(house.ether() == "2002");
    CHECK(house.of_feed("tier") == "valid");
    CHECK(house.trade() == Error::ok);
    CHECK(house.send("keeper", say::liquidate(house.bob, 0, house.keeper, "1")).error ==
          Error::not_liquidatable);
}

TEST_CASE(
    "price jumps: S3, the only source says a thousand times too much: no trade and no liquidation "
    "is possible")
{
    Traders house(1, 1);
    house.reports("2000000", 1);
    CHECK(house.ether() == "2000");
    CHECK(house.of_feed("tier") == "too_volatile");
    CHECK(house.trade() == Error::volatile_price);
    CHECK(house.take_out() == Error::volatile_price);
    CHECK(house.send("keeper", say::liquidate(house.bob, 0, house.keeper, "1")).error ==
          Error::not_liquidatable);
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

TEST_CASE(
    "price jumps: S6, a price that is pumped step by step is held back against the stable price")
{
    Traders house(1, 1);
    say::Observation observation;
    observation.volatility = observation.correlation = false;
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    house.reports("2000", 1);
    for (const std::string value : {"4000", "8000"}) {
        house.reports(value, 1);
        CHECK(house.ether() == value);
    }
    house.reports("16000", 1);
    CHECK(house.ether() == "8000");
    CHECK(house.of_feed("tier") == "too_volatile");
    CHECK(house.trade() == Error::volatile_price);
    // In truth it is there: then the wait, and from there on it moves freely around that price.
    house.wait(FedHouse::WAIT);
    REQUIRE(house.report(0, "16000").ok());
    CHECK(house.ether() == "16000");
    CHECK(house.of_feed("trusted") == "16000");
    house.reports("17000", 1);
    CHECK(house.ether() == "17000");
}

TEST_CASE("price jumps: S8, a price spike of one venue liquidates nobody where three publish")
{
    Traders house;
    house.wait(1);
    REQUIRE(house.report(0, "1400").ok());
    REQUIRE(house.report(1, "2000").ok());
    REQUIRE(house.report(2, "1999").ok());
    CHECK(house.ether() == "1999");
    CHECK(house.liquidate() == Error::not_liquidatable);
    // The same from the only source, within the factor: that is what one source is not protected from.
    Traders alone(1, 1);
    alone.reports("1400", 1);
    CHECK(alone.liquidate() == Error::ok);
}

TEST_CASE(
    "price jumps: S10, nothing is lent on a token whose feed froze, and what is owed can be paid")
{
    Traders house(1, 1);
    const auto carol = house.trader("carol", 0);
    house.deposit(carol, "aeth", 1'000'000'000'000'000'000);
    REQUIRE(house.fill(1, carol, house.bob, "0.01", "50000").ok());
    house.wait(61);
    house.price(1, "50000");
    CHECK(house.fill(1, carol, house.bob, "0.01", "50000").error == Error::below_initial_margin);
    CHECK(house.send("carol", say::withdraw(carol, 1, "1")).error == Error::below_initial_margin);
    house.deposit(carol, "uusdc", 1'000'000'000);
    CHECK(house.send("carol", say::withdraw(carol, 1, "1")).ok());
}

TEST_CASE("price jumps: S14, a fill needs a price that is not too old")
{
    Traders house;
    house.wait(60);
    CHECK(house.trade() == Error::ok);
    house.wait(1);
    CHECK(house.trade() == Error::stale_price);
    house.wait(3'540);
    CHECK(house.trade() == Error::stale_price);
}
