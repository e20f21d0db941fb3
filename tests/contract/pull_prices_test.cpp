// plimsoll: tests/contract/pull_prices_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Prices that anybody brings from a contract that answers as Pyth's does.
#include "tests/support/feeds.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Ether is priced by Pyth alone, or by feeder0, feeder1 and Pyth together.
struct Pulled : Clearinghouse
{
    explicit Pulled(bool alone = true)
    {
        say::Feed feed;
        if (!alone)
            feed.publishers = {"feeder0", "feeder1"};
        for (const std::string& name : feed.publishers)
            REQUIRE(send("gov", say::set_role(name, 4)).ok());
        feed.quorum = alone ? 1 : 2;
        feed.report_max_age = 60;
        feed.jump_max = "5";
        feed.jump_wait = 300;
        feed.pyth = "pythcontract";
        REQUIRE(send("gov", say::set_feed(feed)).ok());
        wait(10);
    }
    /// In units of 1e-8.
    void says(const std::string& value, Number time, const std::string& conf = "0")
    {
        pyth_answers("pythcontract",
            R"({"price_feed":{"id":")" + say::PYTH_FEED_ID + R"(","price":{"price":")" + value +
                R"(","conf":")" + conf + R"(","expo":-8,"publish_time":)" + std::to_string(time) +
                R"(},"ema_price":{"price":"1","conf":"1","expo":-8,"publish_time":1}}})");
    }
    Reply pull() { return send("anyone", say::pull_prices({0})); }
    Text ether() { return ask(say::ask("feed", "underlying", 0)).at("/price"); }
};

}  // namespace

TEST_CASE("pull prices: a batch asks the contract as a call does")
{
    Pulled house;
    house.says("210000000000", house.now - 2);
    const Reply reply = house.send("anyone", say::batch({say::pull_prices({0})}));
    REQUIRE(reply.ok());
    CHECK(reply.event("batch_item", "status") == "ok");
    CHECK(house.ether() == "2100");
}

TEST_CASE("pull prices: a price of the contract is taken as that of a publisher")
{
    Pulled house;
    house.says("210012345678", house.now - 2, "150000000");
    const Reply done = house.pull();
    REQUIRE(done.ok());
    CHECK(done.event("price", "price") == "2100.12345678");
    CHECK(done.event("price", "confidence") == "1.5");
    CHECK(done.event("price", "publish_time") == std::to_string(house.now - 2));
    CHECK(done.event("price_reported", "source") == "0");
    CHECK(house.ask(say::ask("feed", "underlying", 0)).at("/sources/0/pyth/contract") ==
          "pythcontract");
    // The same again is nothing new.
    CHECK(house.pull().error == Error::nothing_to_do);
    house.says("210000000000", house.now - 1);
    CHECK(house.pull().ok());
    CHECK(house.ether() == "2100");
}

TEST_CASE("pull prices: it is one source of several, in the median")
{
    Pulled house(false);
    house.says("210000000000", house.now);
    REQUIRE(house.pull().ok());
    CHECK(house.ether() == "2000");
    REQUIRE(house.send("feeder0", say::push_price(0, "2050", house.now)).ok());
    CHECK(house.ether() == "2050");
    REQUIRE(house.send("feeder1", say::push_price(0, "9000000", house.now)).ok());
    CHECK(house.ether() == "2100");
}

TEST_CASE("pull prices: a price that jumps is held back like any other")
{
    Pulled house;
    house.says("21000000000000", house.now);
    const Reply done = house.pull();
    REQUIRE(done.ok());
    CHECK(done.events_of("price_held") == 1);
    CHECK(house.ether() == "2000");
}

TEST_CASE("pull prices: what is no price, or no newer one, leaves the feed as it is")
{
    Pulled house;
    for (const std::string value : {"0", "-5", "9000000000000000000"}) {
        house.says(value, house.now);
        CHECK(house.pull().error == Error::nothing_to_do);
    }
    house.says("210000000000", house.now + 61);
    CHECK(house.pull().error == Error::nothing_to_do);
    CHECK(house.ether() == "2000");
    // A clock that is ahead by less is taken as the chain's.
    house.says("210000000000", house.now + 60);
    const Reply done = house.pull();
    REQUIRE(done.ok());
    CHECK(done.event("price", "publish_time") == std::to_string(house.now));
}

TEST_CASE("pull prices: no answer and a bad one are errors")
{
    Pulled house;
    CHECK(house.pull().error == Error::bad_answer);
    house.pyth_answers("pythcontract", R"({"price_feed":{"id":"00"}})");
    CHECK(house.pull().error == Error::bad_answer);
    house.pyth_answers("pythcontract", "");
    CHECK(house.pull().error == Error::bad_answer);
    CHECK(house.ether() == "2000");
}

TEST_CASE("pull prices: there is something to pull, nothing is paid for it, and it can be stopped")
{
    Pulled house;
    house.says("210000000000", house.now);
    CHECK(house.send("anyone", say::pull_prices({9})).error == Error::no_such_underlying);
    CHECK(house.send("anyone", say::pull_prices({1})).error == Error::nothing_to_do);
    CHECK(house.send("anyone", say::pull_prices({})).error == Error::nothing_to_do);
    CHECK(house.send("anyone", say::pull_prices({0, 0, 0, 0, 0, 0, 0, 0, 0})).error ==
          Error::too_many_items);
    CHECK(house.send("anyone", say::pull_prices({0}), {{"uusdc", 1}}).error ==
          Error::funds_not_accepted);
    REQUIRE(house.send("guardian", say::set_pause(8)).ok());
    CHECK(house.pull().error == Error::paused);
    REQUIRE(house.send("guardian", say::set_pause(0)).ok());
    CHECK(house.send("anyone", say::pull_prices({0, 0})).ok());
    FedHouse published;
    CHECK(published.send("anyone", say::pull_prices({0})).error == Error::nothing_to_do);
}

TEST_CASE("pull prices: what is observed has seen the price that stood, before the new one")
{
    Pulled house;
    REQUIRE(house.send("gov", say::set_observation({})).ok());
    house.wait(600);
    house.says("210000000000", house.now);
    REQUIRE(house.pull().ok());
    CHECK(house.ether() == "2100");
    // Instants that have passed saw what stood then.
    contract::Observed observed;
    REQUIRE(
        contract::decode(house.host.records.at(contract::observed_key()), observed) == Error::ok);
    CHECK(observed.state.instant.raw() + 300 > house.now);
    CHECK(observed.state.underlyings[0].fine.price == price("2000"));
}
