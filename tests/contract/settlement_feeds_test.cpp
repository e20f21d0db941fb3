// plimsoll: tests/contract/settlement_feeds_test.cpp                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Markets settle at the average of the window wherever prices come from: single publishers,
// several of one feed, or a contract that anybody asks.
#include "tests/support/dated_house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

enum class From
{
    publisher,
    feeders,  ///< Three, of whom two make a quorum.
    pyth,
};

/// From feed() on ether is priced so.
struct FedDated : DatedHouse
{
    explicit FedDated(From with) : from(with) {}

    void feed()
    {
        if (from == From::publisher)
            return;
        say::Feed f;
        if (from == From::feeders)
            f.publishers = {"feeder0", "feeder1", "feeder2"};
        else
            f.pyth = "pythcontract";
        for (const std::string& name : f.publishers)
            REQUIRE(send("gov", say::set_role(name, 4)).ok());
        f.quorum = from == From::feeders ? 2 : 1;
        f.report_max_age = 60;
        REQUIRE(send("gov", say::set_feed(f)).ok());
    }
    void told(const std::string& price)
    {
        if (from == From::publisher) {
            send_price(0, price);
        } else if (from == From::feeders) {
            for (const char* const feeder : {"feeder0", "feeder1", "feeder2"})
                REQUIRE(send(feeder, say::push_price(0, price, now)).ok());
        } else {
            pyth_answers("pythcontract",
                R"({"price_feed":{"id":")" + say::PYTH_FEED_ID + R"(","price":{"price":")" + price +
                    R"(","conf":"0","expo":0,"publish_time":)" + std::to_string(now) +
                    R"(},"ema_price":{"price":"1","conf":"1","expo":-8,"publish_time":1}}})");
            REQUIRE(send("anyone", say::pull_prices({0})).ok());
        }
    }
    void told_until(Number until, const std::string& price)
    {
        while (now + 50 <= until) {
            told(price);
            now += 50;
        }
        now = until;
    }
    /// What the market settles at; the test fails if it does not settle.
    std::string settled(Number market)
    {
        const Reply reply = send("anyone", say::settle_market(market));
        INFO(name_of(reply.error));
        REQUIRE(reply.ok());
        return reply.event("market_settled", "settlement");
    }

    From from;
};

}  // namespace

TEST_CASE("settlement: it is the average of the window whatever brings the prices")
{
    for (const From from : {From::publisher, From::feeders, From::pyth}) {
        INFO(static_cast<int>(from));
        FedDated house(from);
        house.trade_all();
        house.now = EXPIRY - WINDOW - 100;
        house.feed();
        house.told_until(EXPIRY - WINDOW, "1500");
        house.told_until(EXPIRY - WINDOW / 2, "2000");
        house.told_until(EXPIRY, "2100");
        const Reply asked = house.ask(say::ask_settlement(0, EXPIRY));
        CHECK(asked.at("/covered_s") == std::to_string(WINDOW));
        CHECK(asked.at("/price") == "2050");
        // What is said after the end does not count, not even before anybody has settled.
        house.wait(20);
        house.told("3000");
        CHECK(house.settled(DatedHouse::FUTURE) == "2050");
        house.wait(20);
        house.told("4000");
        CHECK(house.settled(DatedHouse::CALL) == "2050");
        CHECK(house.settled(DatedHouse::PUT) == "2050");
    }
}

TEST_CASE(
    "settlement: a feed that was dead for the window does not come back by one price after it")
{
    for (const From from : {From::publisher, From::feeders, From::pyth}) {
        INFO(static_cast<int>(from));
        FedDated house(from);
        house.trade_all();
        house.wait(1);
        house.feed();
        house.told("1900");
        house.now = EXPIRY + 5;
        house.told("3000");
        CHECK(house.ask(say::ask_settlement(0, EXPIRY)).at("/known") == "false");
        CHECK(house.settle(DatedHouse::FUTURE) == Error::settlement_waits);
        house.now = EXPIRY + WAIT - 1;
        house.told("3000");
        CHECK(house.settle(DatedHouse::FUTURE) == Error::settlement_waits);
        house.now = EXPIRY + WAIT;
        CHECK(house.settled(DatedHouse::FUTURE) == "1900");
    }
}

TEST_CASE("wind-down: it ends at the average of its window whatever brings the prices")
{
    for (const From from : {From::publisher, From::feeders, From::pyth})
        for (const bool dies : {false, true}) {
            INFO(static_cast<int>(from) << " " << dies);
            FedDated house(from);
            REQUIRE(house.fill(0, house.alice, house.bob, "2", "2000").ok());
            house.wait(1);
            house.feed();
            house.told("2000");
            const std::uint64_t begun = house.now;
            REQUIRE(house.send("gov", say::wind_down(0)).ok());
            if (dies) {
                house.now = begun + WINDOW + 5;
                house.told("3900");
                CHECK(house.settle(0) == Error::settlement_waits);
                house.now = begun + WINDOW + WAIT;
                CHECK(house.settled(0) == "2000");
                continue;
            }
            house.now = begun + 50;
            house.told_until(begun + WINDOW / 2, "2000");
            house.told_until(begun + WINDOW, "2100");
            house.wait(20);
            house.told("3900");
            CHECK(house.settled(0) == "2050");
        }
}
