// plimsoll: tests/incidents/s06_xpl_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S6, XPL on Hyperliquid, 26 and 27 August 2025.
//
// What happened: the mark of a market without an outside reference was pumped from $0.60 to $1.80 in minutes on the venue's own
// book; four wallets gained some $47 million and shorts were liquidated (forklog.com, ainvest).
// What stops it here: a venue's premium moves the mark by at most `premium_max` of the index; a jump of the index itself waits,
// measured against the stable price, which steps do not lead away.
// Asserted: shorts that have the margin for a tenth survive a book pumped to three times, and an index pumped step by step
// stops at `jump_max` of the stable price.
#include "tests/support/feeds.hpp"
#include "tests/support/incident.hpp"

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

void stable_price_only(Clearinghouse& house)
{
    say::Observation observation;
    observation.volatility = observation.correlation = false;
    must(house, say::set_observation(observation));
}

/// A short of one ether on 250.
struct Short
{
    Clearinghouse house;
    std::uint64_t bear = house.trader("bear", 250);
    std::uint64_t wallets = house.trader("wallets", 100'000);

    explicit Short(const std::string& premium_max)
    {
        say::Market market;
        market.premium_max = premium_max;
        must(house, say::set_market(market));
        REQUIRE(house.fill(0, wallets, bear, "1", "2000").ok());
    }
    /// The book trades at three times the index for an hour; what is reported of it is that.
    void pump()
    {
        for (int i = 0; i < 60; ++i) {
            REQUIRE(house.send("publisher", say::push_premium(0, "4000")).ok());
            house.wait(60);
            house.refresh();
        }
    }
};

}  // namespace

TEST_CASE("S6: a book pumped to three times its index moves the mark by the clamp alone")
{
    Short s("0.01");
    s.pump();
    CHECK(price(s.house.ask(say::ask("market", "market", 0)).at("/mark")) <= price("2020"));
    CHECK(s.house.send("anyone", say::flag(s.bear)).error == Error::not_liquidatable);
    CHECK(s.house.fill(0, s.wallets, s.bear, "0.001", "2100.01").error == Error::outside_fill_band);
}

TEST_CASE("S6: with a wide clamp the book liquidates")
{
    Short s("0.2");
    s.pump();
    CHECK(s.house.send("anyone", say::flag(s.bear)).ok());
}

TEST_CASE("S6: an index that is pumped step by step is held back against the stable price")
{
    FedHouse house(1, 1);
    stable_price_only(house);
    const auto alice = house.trader("alice", 10'000);
    const auto bob = house.trader("bob", 10'000);
    house.reports("2000", 1);
    for (const std::string value : {"4000", "8000"}) {
        house.reports(value, 1);
        CHECK(house.ether() == value);
    }
    house.reports("16000", 1);
    CHECK(house.ether() == "8000");
    CHECK(house.of_feed("tier") == "too_volatile");
    CHECK(house.fill(0, alice, bob, "0.001", "8000").error == Error::volatile_price);
    // In truth it is there: then the wait, and from there on it moves freely around that price.
    house.wait(FedHouse::WAIT);
    REQUIRE(house.report(0, "16000").ok());
    CHECK(house.ether() == "16000");
    CHECK(house.of_feed("trusted") == "16000");
    house.reports("17000", 1);
    CHECK(house.ether() == "17000");
}

TEST_CASE("S6: without a stable price steps lead the index anywhere")
{
    FedHouse house(1, 1);
    for (const std::string value : {"2000", "8000", "32000", "128000"}) {
        house.reports(value, 1);
        CHECK(house.ether() == value);
    }
}
