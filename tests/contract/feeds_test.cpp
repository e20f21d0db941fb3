// plimsoll: tests/contract/feeds_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Feeds of several publishers: who may report, and when the price moves.
#include "tests/support/feeds.hpp"

#include "tests/support/literals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

say::Feed good_feed()
{
    say::Feed feed;
    feed.publishers = {"feeder0", "feeder1"};
    feed.quorum = 2;
    feed.report_max_age = 60;
    return feed;
}

}  // namespace

TEST_CASE("feeds: governance names the sources, within bounds")
{
    Clearinghouse house;
    const auto set = [&](const auto& change) {
        say::Feed feed = good_feed();
        change(feed);
        return house.send("gov", say::set_feed(feed)).error;
    };
    CHECK(house.send("alice", say::set_feed(good_feed())).error == Error::unauthorized);
    CHECK(house.send("gov", say::set_feed(good_feed()), {{"uusdc", 1}}).error ==
          Error::funds_not_accepted);
    CHECK(set([](say::Feed& f) { f.underlying = 9; }) == Error::no_such_underlying);
    CHECK(set([](say::Feed& f) { f.quorum = 3; }) == Error::parameters_disagree);
    CHECK(set([](say::Feed& f) { f.quorum.reset(); }) == Error::parameter_bounds);
    CHECK(set([](say::Feed& f) { f.report_max_age.reset(); }) == Error::parameter_bounds);
    CHECK(set([](say::Feed& f) { f.jump_max = "1.01"; }) == Error::parameter_bounds);
    CHECK(set([](say::Feed& f) { f.jump_wait = 9; }) == Error::parameters_disagree);
    CHECK(set([](say::Feed& f) { f.publishers[1] = "Not an address"; }) == Error::bad_address);
    CHECK(set([](say::Feed& f) { f.publishers[1] = "feeder0"; }) == Error::parameters_disagree);
    CHECK(set([](say::Feed& f) { f.pyth = "NO"; }) == Error::bad_address);
    CHECK(set([](say::Feed& f) { f.publishers.resize(8, "feeder2"); }) == Error::too_many_items);
    say::Feed pyth = good_feed();
    pyth.pyth = "pythcontract";
    std::string text = say::set_feed(pyth);
    for (const std::string& id : {say::PYTH_FEED_ID.substr(1), "0x" + say::PYTH_FEED_ID.substr(2),
             "A" + say::PYTH_FEED_ID.substr(1)}) {
        std::string other = text;
        other.replace(other.find(say::PYTH_FEED_ID), say::PYTH_FEED_ID.size(), id);
        CHECK(house.send("gov", other).error == Error::out_of_range);
    }
    CHECK(house.send("gov", say::set_feed({})).error == Error::nothing_to_do);
    const Reply done = house.send("gov", text);
    REQUIRE(done.ok());
    CHECK(done.event("feed_set", "sources") == "3");
    CHECK(set([](say::Feed&) {}) == Error::ok);
    CHECK(house.ask(say::ask("feed", "underlying", 9)).error == Error::no_such_underlying);
}

TEST_CASE("feeds: only its publishers report, and they hold the role besides")
{
    FedHouse house;
    house.wait(1);
    CHECK(house.send("publisher", say::push_price(0, "2001", house.now)).error ==
          Error::unauthorized);
    // Other feeds are as they were.
    CHECK(house.send("publisher", say::push_price(1, "50001", house.now)).ok());
    CHECK(house.report(0, "2001").ok());
    REQUIRE(house.send("gov", say::set_role("feeder1", 0)).ok());
    CHECK(house.report(1, "2001").error == Error::unauthorized);
}

TEST_CASE("feeds: below the quorum of fresh reports the price stands and ages")
{
    FedHouse house;
    house.wait(1);
    const Reply first = house.report(0, "2010");
    REQUIRE(first.ok());
    CHECK(first.event("price_reported", "source") == "0");
    CHECK(first.events_of("price") == 0);
    CHECK(house.ether() == "2000");
    const Reply second = house.report(1, "2020");
    CHECK(second.event("price", "price") == "2010");
    CHECK(second.event("price", "confidence") == "10");
    CHECK(house.ether() == "2010");
    // A minute later these two are old: one more does not make a quorum.
    house.wait(61);
    REQUIRE(house.report(2, "2500").ok());
    CHECK(house.ether() == "2010");
    CHECK(house.of_feed("tier") == "stale_for_trading");
    REQUIRE(house.report(1, "2300").ok());
    CHECK(house.ether() == "2300");
}

TEST_CASE("feeds: a source's report is newer than its last one and not from the future")
{
    FedHouse house;
    house.wait(10);
    CHECK(house.send("feeder0", say::push_price(0, "2001", house.now + 1)).error ==
          Error::publish_time);
    CHECK(house.report(0, "2001").ok());
    CHECK(house.report(0, "2002").error == Error::publish_time);
    CHECK(house.send("feeder0", say::push_price(0, "2001", house.now - 1)).error ==
          Error::publish_time);
    // Another source has a clock of its own.
    CHECK(house.send("feeder1", say::push_price(0, "2001", house.now - 1)).ok());
}

TEST_CASE("feeds: the price is as old as its quorum, and its time never goes back")
{
    FedHouse house;
    house.wait(50);
    CHECK(house.send("feeder0", say::push_price(0, "2001", house.now - 40)).ok());
    CHECK(house.report(1, "2001").ok());
    CHECK(house.of_feed("publish_time") == std::to_string(house.now - 40));
    CHECK(house.report(2, "2001").ok());
    CHECK(house.of_feed("publish_time") == std::to_string(house.now));
    // More are asked for now than were; the first two are older than what stands.
    say::Feed feed = good_feed();
    REQUIRE(house.send("gov", say::set_feed(feed)).ok());
    const std::string stands = house.of_feed("publish_time");
    CHECK(house.send("feeder0", say::push_price(0, "2100", house.now - 1)).ok());
    CHECK(house.send("feeder1", say::push_price(0, "2100", house.now - 1)).ok());
    CHECK(house.of_feed("publish_time") == stands);
    CHECK(house.ether() == "2001");
    house.wait(1);
    CHECK(house.report(0, "2100").ok());
    CHECK(house.report(1, "2100").ok());
    CHECK(house.ether() == "2100");
}

TEST_CASE(
    "feeds: governance can give a feed back to single publishers, and the price stands meanwhile")
{
    FedHouse house;
    house.reports("2100");
    REQUIRE(house.send("gov", say::set_feed({})).ok());
    CHECK(house.ether() == "2100");
    CHECK(house.of_feed("quorum") == "absent");
    house.wait(1);
    CHECK(house.send("publisher", say::push_price(0, "2101", house.now)).ok());
    CHECK(house.ether() == "2101");
    CHECK(house.send("gov", say::set_feed({})).error == Error::nothing_to_do);
}

TEST_CASE("feeds: new sources start without reports, and with no price held back")
{
    FedHouse house;
    house.reports("2000");
    house.reports("20000");
    REQUIRE(house.of_feed("tier") == "too_volatile");
    say::Feed feed = good_feed();
    REQUIRE(house.send("gov", say::set_feed(feed)).ok());
    CHECK(house.of_feed("tier") == "valid");
    CHECK(house.of_feed("held_until") == "absent");
    CHECK(house.of_feed("pending") == "absent");
    CHECK(house.of_feed("sources/0/price") == "absent");
    house.wait(1);
    REQUIRE(house.report(0, "2001").ok());
    CHECK(house.ether() == "2000");
}

TEST_CASE("feeds: a change of the underlying keeps its sources")
{
    FedHouse house;
    REQUIRE(house.send("gov", say::set_underlying({})).ok());
    house.wait(1);
    CHECK(house.send("publisher", say::push_price(0, "2001", house.now)).error ==
          Error::unauthorized);
    CHECK(house.of_feed("quorum") == "2");
}

TEST_CASE("feeds: the query tells sources and what they said")
{
    FedHouse house(2);
    house.wait(5);
    REQUIRE(house.report(1, "2010", "3").ok());
    CHECK(house.of_feed("sources/0/publisher") == "feeder0");
    CHECK(house.of_feed("sources/0/price") == "absent");
    CHECK(house.of_feed("sources/1/price") == "2010");
    CHECK(house.of_feed("sources/1/confidence") == "3");
    CHECK(house.of_feed("sources/1/publish_time") == std::to_string(house.now));
    CHECK(house.of_feed("report_max_age_s") == "60");
    CHECK(house.of_feed("jump_max") == "5");
    CHECK(house.of_feed("jump_wait_s") == "120");
    CHECK(house.of_feed("tier") == "valid");
    CHECK(house.ask(R"({"prices":{}})").at("/prices/0/tier") == "valid");
    CHECK(house.ask(R"({"prices":{}})").at("/prices/1/tier") == "valid");
}

TEST_CASE(
    "feeds: without sources a push of prices reads and writes no record that it did not before")
{
    Clearinghouse house;
    house.wait(1);
    house.audited = false;
    house.host.log_reads = true;
    const int changes = house.host.changes;
    REQUIRE(house.send("publisher", say::push_price(0, "2001", house.now)).ok());
    house.host.log_reads = false;
    CHECK(house.host.reads.size() == 4);  // config, counters, prices, role
    CHECK(house.host.changes == changes + 2);
}

TEST_CASE("feeds: premiums and surfaces are said by the publishers of the feed alone")
{
    FedHouse house;
    house.reports("2000");
    const std::uint64_t expiry = START + DAY;
    const auto surface = [&](const std::string& sender, std::uint64_t underlying) {
        house.wait(1);
        say::Surface s;
        s.underlying = underlying;
        s.expiry = expiry;
        s.publish_time = house.now;
        if (underlying == 1)
            s.forward = "50000";
        return house.send(sender, say::push_surfaces({s}));
    };
    const Reply refused = surface("publisher", 0);
    CHECK(refused.error == Error::unauthorized);
    CHECK(refused.detail == "underlying 0");
    CHECK(house.send("publisher", say::push_premium(0, "1")).error == Error::unauthorized);
    CHECK(surface("feeder2", 0).ok());
    CHECK(house.send("feeder1", say::push_premium(0, "1")).ok());
    // Being named is not enough.
    REQUIRE(house.send("gov", say::set_role("feeder2", 0)).ok());
    CHECK(surface("feeder2", 0).error == Error::unauthorized);
    // Where there is no feed, any publisher.
    CHECK(surface("publisher", 1).ok());
    CHECK(surface("feeder0", 1).ok());
    CHECK(house.send("publisher", say::push_premium(1, "1")).ok());
    // And where a contract alone says the price: nobody is named.
    say::Feed pyth = good_feed();
    pyth.publishers = {};
    pyth.pyth = "pythcontract";
    pyth.quorum = 1;
    REQUIRE(house.send("gov", say::set_feed(pyth)).ok());
    CHECK(surface("publisher", 0).ok());
    CHECK(house.send("publisher", say::push_premium(0, "1")).ok());
}

TEST_CASE("feeds: a surface's forward is no further from the price than the price may jump")
{
    FedHouse house;
    const auto surface = [&](const std::string& forward, std::uint64_t underlying = 0) {
        house.wait(1);
        say::Surface s;
        s.underlying = underlying;
        s.expiry = START + DAY;
        s.publish_time = house.now;
        s.forward = forward;
        return house.send("feeder0", say::push_surfaces({s}));
    };
    house.reports("2000");
    CHECK(surface("10000").ok());
    CHECK(surface("400").ok());
    const Reply above = surface("10000.000000000000000001");
    CHECK(above.error == Error::out_of_range);
    CHECK(above.detail == "forward");
    CHECK(surface("399.999999999999999999").error == Error::out_of_range);
    // It moves with the price that stands, not with one that is held back.
    house.reports("20000");
    REQUIRE(house.of_feed("tier") == "too_volatile");
    CHECK(surface("20000").error == Error::out_of_range);
    house.wait(FedHouse::WAIT);
    house.reports("20000");
    REQUIRE(house.ether() == "20000");
    CHECK(surface("20000").ok());
    // A feed that has never said a price has none to measure by.
    say::Underlying sol;
    sol.underlying = 2;
    sol.symbol = "SOL";
    REQUIRE(house.send("gov", say::set_underlying(sol)).ok());
    say::Feed feed = good_feed();
    feed.underlying = 2;
    feed.jump_max = "5";
    feed.jump_wait = FedHouse::WAIT;
    REQUIRE(house.send("gov", say::set_feed(feed)).ok());
    CHECK(surface("100", 2).error == Error::no_price);
    // Without a limit to jumps there is none to forwards.
    feed.jump_max.reset();
    feed.jump_wait.reset();
    REQUIRE(house.send("gov", say::set_feed(feed)).ok());
    CHECK(surface("100", 2).ok());
}
