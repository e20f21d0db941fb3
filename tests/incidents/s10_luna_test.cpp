// plimsoll: tests/incidents/s10_luna_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S10, Venus and Blizz, 12 May 2022.
//
// What happened: the feed of LUNA stood still at its least answer, $0.107, while the market fell to a cent; who brought LUNA
// borrowed against it at ten times its worth, $11.2 million at Venus, all there was at Blizz (cryptonews.com.au, Venus's report).
// What stops it here: a price that is not renewed is old in a minute, and a token whose price is old counts nothing at
// initial and is not taken; a median leaves one feed behind that repeats itself.
// Asserted: with the feed frozen nothing new is borrowed against the token, the debt can be paid, and other assets leave.
// Not protected: a single source that repeats a wrong price as new.
#include "tests/support/feeds.hpp"
#include "tests/support/incident.hpp"

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr num::i128 ETHER = 1'000'000'000'000'000'000;

/// Ether stands for LUNA, at its feed's floor of 200. Carol has ten, and a tenth of a bitcoin.
struct Frozen : FedHouse
{
    Number carol = 0;

    explicit Frozen(Number count = 1, Number quorum = 1) : FedHouse(count, quorum)
    {
        REQUIRE(send("gov", say::set_cash({})).ok());
        trader("saver", 100'000);
        carol = trader("carol", 0);
        reports("200", count);
        wait(FedHouse::WAIT);
        reports("200", count);
        REQUIRE(ether() == "200");
        price(1, "50000");
        deposit(carol, "aeth", 10 * ETHER);
    }
    Error borrow(const char* tokens)
    {
        return send("carol", say::withdraw(carol, 0, tokens)).error;
    }
};

}  // namespace

TEST_CASE("S10: nothing is lent on a token whose feed froze")
{
    Frozen house;
    REQUIRE(house.borrow("500000000") == Error::ok);
    house.wait(61);
    house.price(1, "50000");
    CHECK(drain(house, house.carol) == 0);
    CHECK(house.send("carol", say::deposit(house.carol), {{"aeth", ETHER}}).error ==
          Error::stale_price);
    const auto fresh = house.trader("fresh", 0);
    CHECK(house.send("fresh", say::deposit(fresh), {{"aeth", ETHER}}).error == Error::stale_price);
    CHECK(house.fill(1, house.carol, fresh, "0.001", "50000").error == Error::below_initial_margin);
}

TEST_CASE("S10: what is owed can be paid, and other assets leave")
{
    Frozen house;
    house.deposit(house.carol, "sat", 10'000'000);
    REQUIRE(house.borrow("500000000") == Error::ok);
    house.wait(61);
    house.price(1, "50000");
    // Of the bitcoin all that is not needed for the debt leaves, and the rest when the debt is paid.
    CHECK(house.send("carol", say::withdraw(house.carol, 2, "5000000")).ok());
    CHECK(house.send("carol", say::withdraw(house.carol, 2, "5000000")).error ==
          Error::below_initial_margin);
    house.deposit(house.carol, "uusdc", 600'000'000);
    CHECK(house.send("carol", say::withdraw(house.carol, 2, "5000000")).ok());
    CHECK(house.send("carol", say::withdraw(house.carol, 1, "10000000000000000000")).ok());
}

TEST_CASE("S10: one feed of three that froze and says so as if it were new is left behind")
{
    Frozen house(3, 2);
    house.wait(1);
    REQUIRE(house.report(0, "200").ok());
    REQUIRE(house.report(1, "41").ok());
    REQUIRE(house.report(2, "41").ok());
    CHECK(house.ether() == "41");
    // 10 * 41 * 0.8
    CHECK(quote_of(drain(house, house.carol)) <= money("328"));
}

TEST_CASE("S10: where old prices count for a day it happens")
{
    Frozen house;
    say::Params slow;
    slow.max_age_trade = slow.max_age_liquidation = slow.failed_after = DAY;
    REQUIRE(house.send("gov", say::set_params(slow)).ok());
    house.wait(6 * 3'600);
    house.price(1, "50000");
    // What is worth 200 by now lends 1,600.
    CHECK(house.send("carol", say::deposit(house.carol), {{"aeth", 10 * ETHER}}).ok());
    CHECK(quote_of(drain(house, house.carol)) > money("3000"));
}

TEST_CASE("S10: a single source that repeats its floor as new is believed")
{
    Frozen house;
    for (int i = 0; i < 60; ++i) {
        house.wait(60);
        house.reports("200", 1);
    }
    CHECK(house.borrow("1500000000") == Error::ok);
}
