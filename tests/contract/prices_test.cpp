// plimsoll: tests/contract/prices_test.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Prices, premiums and funding as publishers push them.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

struct Feeds
{
    Clearinghouse house;

    Error push(std::uint64_t underlying, const std::string& price, std::uint64_t time)
    {
        return house.send("publisher", say::push_price(underlying, price, time)).error;
    }
    Error premium(const std::string& premium, std::uint64_t market = 0)
    {
        return house.send("publisher", say::push_premium(market, premium)).error;
    }
    std::string market(const std::string& field)
    {
        return house.ask(say::ask("market", "market", 0)).at("/" + field);
    }
    std::string equity(std::uint64_t account)
    {
        return house.ask(say::ask("health", "account", account)).at("/equity");
    }
};

}  // namespace

TEST_CASE("prices: a price is newer than the last one and not from the future")
{
    Feeds feeds;
    const std::uint64_t last = feeds.house.now;
    feeds.house.wait(10);
    CHECK(feeds.push(1, "50001", feeds.house.now + 1) == Error::publish_time);
    CHECK(feeds.push(1, "50001", 18'446'744'073'709'551'615U) == Error::out_of_range);
    CHECK(feeds.push(1, "50001", feeds.house.now - 5) == Error::ok);
    CHECK(feeds.push(1, "50001", feeds.house.now - 5) == Error::publish_time);
    CHECK(feeds.push(1, "50001", feeds.house.now - 6) == Error::publish_time);
    CHECK(feeds.push(1, "50002", feeds.house.now) == Error::ok);
    CHECK(feeds.push(1, "50003", last) == Error::publish_time);
    CHECK(feeds.house.ask(say::ask("underlying", "underlying", 1)).at("/price") == "50002");
}

TEST_CASE("prices: the first price of a feed may be of any age")
{
    Feeds feeds;
    say::Underlying sol;
    sol.underlying = 2;
    REQUIRE(feeds.house.send("gov", say::set_underlying(sol)).ok());
    CHECK(feeds.push(2, "100", 0) == Error::ok);
    CHECK(feeds.push(2, "100", 0) == Error::publish_time);
    CHECK(feeds.push(2, "100", 1) == Error::ok);
    CHECK(feeds.push(3, "100", 1) == Error::no_such_underlying);
}

TEST_CASE("prices: zero, negative and oversized prices do not get through the door")
{
    Feeds feeds;
    feeds.house.wait(1);
    CHECK(feeds.push(0, "0", feeds.house.now) == Error::out_of_range);
    CHECK(feeds.push(0, "-1", feeds.house.now) == Error::out_of_range);
    CHECK(feeds.push(0, "100000000.000000000000000001", feeds.house.now) == Error::out_of_range);
    CHECK(feeds.push(0, "1.0000000000000000001", feeds.house.now) == Error::bad_number);
    CHECK(feeds.push(0, "100000000", feeds.house.now) == Error::ok);
    feeds.house.wait(1);
    CHECK(feeds.push(0, "0.000000000000000001", feeds.house.now) == Error::ok);
    CHECK(feeds.house.send("publisher", say::push_price(1, "1", feeds.house.now, "-0.1")).error ==
          Error::out_of_range);
}

TEST_CASE("prices: a batch is taken whole or not at all")
{
    Feeds feeds;
    feeds.house.wait(1);
    const std::string time = std::to_string(feeds.house.now);
    const std::string point = R"({"price":"1","confidence":"0","publish_time":)" + time;
    const auto batch = [&](const std::string& second) {
        return feeds.house
            .send("publisher", R"({"push_prices":{"prices":[)" + point + R"(,"underlying":0},)" +
                                   point + R"(,"underlying":)" + second + "}]}}")
            .error;
    };
    CHECK(batch("9") == Error::no_such_underlying);
    CHECK(batch("0") == Error::publish_time);
    CHECK(feeds.house.ask(say::ask("underlying", "underlying", 0)).at("/price") == "2000");
    CHECK(batch("1") == Error::ok);
    CHECK(feeds.house.send("publisher", R"({"push_prices":{"prices":[]}})").error ==
          Error::nothing_to_do);
    CHECK(feeds.house.send("publisher", R"({"push_prices":{"prices":[],"premiums":[]}})").error ==
          Error::nothing_to_do);
}

TEST_CASE("prices: a stale price stops a liquidation until its feed counts as failed")
{
    Feeds feeds;
    Clearinghouse& house = feeds.house;
    const auto alice = house.trader("alice", 250);
    const auto bob = house.trader("bob", 10'000);
    const auto keeper = house.trader("keeper", 10'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.price(0, "1830");
    const auto liquidate = [&] {
        return house.send("keeper", say::liquidate(alice, 0, keeper, "0.001")).error;
    };
    house.wait(300);
    CHECK(liquidate() == Error::ok);
    house.wait(1);
    CHECK(liquidate() == Error::stale_price);
    house.wait(3'299);
    CHECK(liquidate() == Error::stale_price);
    house.wait(1);
    CHECK(liquidate() == Error::ok);
}

TEST_CASE("prices: a wide confidence stops no liquidation")
{
    Feeds feeds;
    Clearinghouse& house = feeds.house;
    const auto alice = house.trader("alice", 250);
    const auto bob = house.trader("bob", 10'000);
    const auto keeper = house.trader("keeper", 10'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.wait(1);
    REQUIRE(house.send("publisher", say::push_price(0, "1830", house.now, "1000")).ok());
    CHECK(house.send("keeper", say::liquidate(alice, 0, keeper, "1")).ok());
}

TEST_CASE("prices: a premium moves the mark with its window and never beyond its limit")
{
    Feeds feeds;
    CHECK(feeds.market("mark") == "2000");
    feeds.house.wait(300);  // the window is 600, and the market was listed two seconds earlier
    const std::uint64_t listed = feeds.house.market(0).market.premium_time.raw();
    const std::uint64_t part = feeds.house.now - listed;
    REQUIRE(feeds.premium("5000") == Error::ok);
    // 20, the limit, times part / 600, rounded down.
    CHECK(raw(feeds.market("premium")) ==
          raw("20") * static_cast<num::i128>(part) / static_cast<num::i128>(600));
    CHECK(raw(feeds.market("mark")) == raw("2000") + raw(feeds.market("premium")));
    const std::string before = feeds.market("premium");
    REQUIRE(feeds.premium("-5000") == Error::ok);
    CHECK(feeds.market("premium") == before);  // no time has passed
    feeds.house.wait(600);
    REQUIRE(feeds.premium("-7") == Error::ok);
    CHECK(feeds.market("premium") == "-7");
    CHECK(feeds.market("mark") == "1993");
    feeds.house.wait(6'000);
    REQUIRE(feeds.premium("-100000000") == Error::ok);
    CHECK(feeds.market("premium") == "-20");
    // A falling index narrows the band around it.
    feeds.house.price(0, "1000");
    CHECK(feeds.market("mark") == "990");
    CHECK(feeds.premium("1", 7) == Error::no_such_market);
}

TEST_CASE("prices: a market without an index takes no premium")
{
    Feeds feeds;
    say::Underlying sol;
    sol.underlying = 2;
    REQUIRE(feeds.house.send("gov", say::set_underlying(sol)).ok());
    say::Market market;
    market.market = 2;
    market.underlying = 2;
    REQUIRE(feeds.house.send("gov", say::set_market(market)).ok());
    CHECK(feeds.premium("1", 2) == Error::no_price);
    CHECK(feeds.house.send("anyone", say::accrue(2)).ok());
}

TEST_CASE("prices: longs pay the premium to shorts over the funding window, once")
{
    Feeds feeds;
    Clearinghouse& house = feeds.house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    house.wait(600);
    REQUIRE(feeds.premium("10") == Error::ok);
    house.refresh();
    REQUIRE(house.fill(0, alice, bob, "2", "2010").ok());
    const std::uint64_t begin = house.now;
    house.now = begin + 2'880;  // a tenth of the window: 1 a unit
    const Reply accrued = house.send("anyone", say::accrue(0));
    CHECK(accrued.event("funding_accrued", "charge") == "1");
    CHECK(feeds.equity(alice) == "998");
    CHECK(feeds.equity(bob) == "1002");
    CHECK(house.send("anyone", say::accrue(0)).events_of("funding_accrued") == 0);
    CHECK(feeds.equity(alice) == "998");
}

TEST_CASE("prices: what accrues under the old premium is paid before a new one counts")
{
    Feeds feeds;
    Clearinghouse& house = feeds.house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    house.wait(600);
    REQUIRE(feeds.premium("10") == Error::ok);
    house.refresh();
    REQUIRE(house.fill(0, alice, bob, "1", "2010").ok());
    house.wait(2'880);
    const Reply reply = house.send("publisher", say::push_premium(0, "-20"));
    CHECK(reply.event("funding_accrued", "charge") == "1");
    house.wait(2'880);
    CHECK(house.send("anyone", say::accrue(0)).event("funding_accrued", "charge") == "-2");
}

TEST_CASE("prices: funding stops at its daily cap, and a day after the last premium")
{
    Feeds feeds;
    Clearinghouse& house = feeds.house;
    say::Market market;
    market.funding_window = 60;
    market.funding_cap = "0.024";
    REQUIRE(house.send("gov", say::set_market(market)).ok());
    const auto alice = house.trader("alice", 2'000);
    const auto bob = house.trader("bob", 2'000);
    house.wait(600);
    REQUIRE(feeds.premium("20") == Error::ok);
    house.refresh();
    REQUIRE(house.fill(0, alice, bob, "1", "2020").ok());
    house.wait(3'600);
    CHECK(house.send("anyone", say::accrue(0)).event("funding_accrued", "charge") == "2");
    house.wait(365 * DAY);  // counts until a day after the premium
    CHECK(house.send("anyone", say::accrue(0)).event("funding_accrued", "charge") == "46");
    house.wait(DAY);
    CHECK(house.send("anyone", say::accrue(0)).events_of("funding_accrued") == 0);
}

TEST_CASE("prices: no funding is announced where nobody holds a position")
{
    Feeds feeds;
    feeds.house.wait(600);
    REQUIRE(feeds.premium("20") == Error::ok);
    feeds.house.wait(3'600);
    CHECK(feeds.house.send("anyone", say::accrue(0)).events_of("funding_accrued") == 0);
}
