// plimsoll: tests/contract/wind_down_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Delisting: a market's way from active to closed, who may send it there, and what goes
// on meanwhile.
#include "tests/support/dated_house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

using House = DatedHouse;

Error set_status(House& house, const std::string& status)
{
    say::Market market;
    market.status = status;
    return house.send("gov", say::set_market(market)).error;
}

}  // namespace

TEST_CASE("wind-down: a perpetual settles at the average from when governance declared it")
{
    House house;
    REQUIRE(house.fill(0, house.alice, house.bob, "2", "2000").ok());
    house.wait(1);
    house.publish_until(house.now + 200, "1999");
    house.price(0, "2000");
    REQUIRE(house.orders({{house.alice, 0, "0.5", "0"}}).ok());
    CHECK(house.send("alice", say::wind_down(0)).error == Error::unauthorized);
    CHECK(house.send("gov", say::wind_down(99)).error == Error::no_such_market);
    const std::uint64_t begun = house.now;
    const Reply declared = house.send("gov", say::wind_down(0));
    CHECK(declared.event("market_winding_down", "settles_at") == std::to_string(begun + WINDOW));
    CHECK(house.status(0) == "settling");
    CHECK(house.ask(say::ask("market", "market", 0)).at("/settles_at") ==
          std::to_string(begun + WINDOW));
    CHECK(house.send("gov", say::wind_down(0)).error == Error::status_transition);
    house.publish_until(begun + WINDOW / 2, "2000");
    house.publish_until(begun + WINDOW, "2100");
    CHECK(house.send("anyone", say::settle_market(0)).event("market_settled", "payoff") == "2050");
    house.touch(house.bob);
    house.touch(house.alice);
    CHECK(house.cash(house.alice) == "10100");
    CHECK(house.cash(house.bob) == "9900");
    // A closed market stays closed, and its number is taken.
    for (const std::string status : {"active", "reduce_only", "settling", "closed"})
        CHECK(set_status(house, status) == Error::market_settled);
    CHECK(house.send("gov", say::wind_down(0)).error == Error::status_transition);
    CHECK(house.send("guardian", say::set_reduce_only(0)).error == Error::status_transition);
    CHECK(house.fill(0, house.alice, house.bob, "1", "2100").error == Error::expired);
    CHECK(house.orders({{house.alice, 0, "1", "0"}}).error == Error::market_not_active);
    CHECK(house.account(house.alice).account.orders.size() == 1);
    CHECK(house.orders({{house.alice, 0, "0", "0"}}).ok());
    CHECK(house.account(house.alice).account.orders.empty());
}

TEST_CASE("wind-down: until the end of the window fills that reduce go on, then none")
{
    House house;
    REQUIRE(house.fill(0, house.alice, house.bob, "2", "2000").ok());
    REQUIRE(house.send("gov", say::wind_down(0)).ok());
    CHECK(house.fill(0, house.alice, house.bob, "0.1", "2000").error == Error::market_not_active);
    CHECK(house.fill(0, house.bob, house.alice, "0.5", "2000").ok());
    const std::uint64_t end = house.market(0).market.settles_at.raw();
    house.publish_until(end - 1, "2000");
    house.refresh();
    CHECK(house.fill(0, house.bob, house.alice, "0.5", "2000").ok());
    house.now = end;
    house.refresh();
    CHECK(house.fill(0, house.bob, house.alice, "0.5", "2000").error == Error::expired);
}

TEST_CASE("wind-down: funding goes on until the end, and not after")
{
    House house;
    house.wait(600);
    REQUIRE(house.send("publisher", say::push_premium(0, "10")).ok());
    house.refresh();
    REQUIRE(house.fill(0, house.alice, house.bob, "1", "2010").ok());
    REQUIRE(house.send("gov", say::wind_down(0)).ok());
    house.publish_until(house.now + 1'000, "2000");
    CHECK(house.send("anyone", say::accrue(0)).event("funding_accrued"));
    house.publish_until(house.market(0).market.settles_at.raw(), "2000");
    CHECK(house.send("anyone", say::settle_market(0)).event("funding_accrued"));
    house.wait(1'000);
    CHECK_FALSE(house.send("anyone", say::accrue(0)).event("funding_accrued"));
}

TEST_CASE("wind-down: settled late, with premiums pushed meanwhile, it pays what it pays at once")
{
    std::string paid[2];
    for (const bool late : {false, true}) {
        House house;
        house.wait(600);
        REQUIRE(house.send("publisher", say::push_premium(0, "10")).ok());
        house.refresh();
        REQUIRE(house.fill(0, house.alice, house.bob, "1", "2010").ok());
        REQUIRE(house.send("gov", say::wind_down(0)).ok());
        house.publish_until(house.market(0).market.settles_at.raw(), "2000");
        if (late) {
            CHECK(house.send("publisher", say::push_premium(0, "20")).ok());
            house.wait(20'000);
            house.refresh();
            // What ended is passed over; the rest of the message counts.
            const Reply pushed = house.send("publisher",
                R"({"push_prices":{"prices":[],"premiums":[{"market":0,"premium":"20"},)"
                R"({"market":1,"premium":"30"}]}})");
            CHECK(pushed.events_of("premium") == 1);
            CHECK(pushed.event("premium", "market") == "1");
            CHECK_FALSE(pushed.event("funding_accrued"));
        }
        REQUIRE(house.settle(0) == Error::ok);
        if (late)
            CHECK_FALSE(house.send("publisher", say::push_premium(0, "20")).event("premium"));
        house.touch(house.alice);
        house.touch(house.bob);
        CHECK(house.fault().empty());
        paid[late ? 1 : 0] = house.cash(house.alice) + " " + house.cash(house.bob);
    }
    CHECK(paid[0] == paid[1]);
}

TEST_CASE("wind-down: liquidation and resolution never stop")
{
    for (const bool ended : {false, true}) {
        House house;
        const auto poor = house.trader("poor", 250);
        const auto keeper = house.trader("keeper", 100'000);
        const auto poorer = house.trader("poorer", 250);
        REQUIRE(house.fill(0, poor, house.bob, "1", "2000").ok());
        REQUIRE(house.fill(0, poorer, house.bob, "1", "2000").ok());
        REQUIRE(house.send("gov", say::wind_down(0)).ok());
        house.wait(1);
        if (ended)
            house.publish_until(house.market(0).market.settles_at.raw(), "1830");
        house.price(0, "1830");
        CHECK(house.status(0) == "settling");
        CHECK(house.send("keeper", say::liquidate(poor, 0, keeper, "1")).ok());
        REQUIRE(house.send("anyone", say::flag(poorer)).ok());
        house.wait(FAST + SLOW);
        house.refresh();
        if (house.health(poorer)[0] == '-')
            CHECK(house.send("anyone", say::resolve(poorer)).error == Error::ok);
        CHECK(house.health(poorer)[0] != '-');
    }
}

TEST_CASE("wind-down: a future settles at its expiry, and opens no more until then")
{
    House house;
    house.trade_all();
    REQUIRE(house.send("gov", say::wind_down(House::FUTURE))
                .event("market_winding_down", "settles_at") == std::to_string(EXPIRY));
    CHECK(house.fill(House::FUTURE, house.alice, house.bob, "1", "2000").error ==
          Error::market_not_active);
    CHECK(house.ask(say::ask_settlement(0, EXPIRY)).at("/markets") == "3");
    CHECK(house.settle(House::FUTURE) == Error::not_expired);
    say::Market again = say::future(House::FUTURE, EXPIRY);
    CHECK(house.send("gov", say::set_market(again)).error == Error::status_transition);
    again.status = "settling";
    again.open_interest_max = "1";
    CHECK(house.send("gov", say::set_market(again)).ok());
    house.expire_at("2000");
    CHECK(house.settle(House::FUTURE) == Error::ok);
}

TEST_CASE("wind-down: two that are declared a second apart have windows of their own")
{
    House house;
    REQUIRE(house.send("gov", say::wind_down(0)).ok());
    say::Market third = say::Market{};
    third.market = 6;
    third.symbol = "ETH2-PERP";
    house.list(third);
    // The same second: one window.
    REQUIRE(house.send("gov", say::wind_down(6)).ok());
    const std::uint64_t end = house.now + WINDOW;
    CHECK(house.ask(say::ask_settlement(0, end)).at("/markets") == "2");
    // A window that ends where another one does, but began before, is not shared.
    third.market = 7;
    house.list(third);
    say::Settlement shorter;
    shorter.window = 900;
    REQUIRE(house.send("gov", say::set_settlement(shorter)).ok());
    house.now = end - 900;
    REQUIRE(house.send("gov", say::wind_down(7)).event("market_winding_down", "settles_at") ==
            std::to_string(end + 1));
}

TEST_CASE("market status: governance opens and restricts, and closes only what is empty")
{
    House house;
    CHECK(set_status(house, "reduce_only") == Error::ok);
    CHECK(set_status(house, "reduce_only") == Error::ok);
    CHECK(set_status(house, "active") == Error::ok);
    CHECK(set_status(house, "settling") == Error::status_transition);
    REQUIRE(house.fill(0, house.alice, house.bob, "1", "2000").ok());
    CHECK(set_status(house, "closed") == Error::status_transition);
    REQUIRE(house.fill(0, house.bob, house.alice, "1", "2000").ok());
    const Reply closed = [&] {
        say::Market market;
        market.status = "closed";
        return house.send("gov", say::set_market(market));
    }();
    CHECK(closed.event("market_settled", "settlement") == "0");
    CHECK(house.status(0) == "closed");
    CHECK(set_status(house, "active") == Error::market_settled);
    // A market begins active or not yet.
    for (const std::string status : {"closed", "settling"}) {
        say::Market fresh = say::future(6, EXPIRY);
        fresh.status = status;
        CHECK(house.send("gov", say::set_market(fresh)).error == Error::status_transition);
    }
    say::Market later = say::future(6, EXPIRY);
    later.status = "reduce_only";
    CHECK(house.send("gov", say::set_market(later)).ok());
}

TEST_CASE("market status: an expired market can only settle")
{
    House house;
    house.trade_all();
    house.expire_at("2000");
    for (const std::string status : {"active", "reduce_only", "closed"}) {
        say::Market market = say::future(House::FUTURE, EXPIRY);
        market.status = status;
        CHECK(house.send("gov", say::set_market(market)).error == Error::status_transition);
    }
    CHECK(house.send("gov", say::wind_down(House::FUTURE)).error == Error::status_transition);
    CHECK(house.send("guardian", say::set_reduce_only(House::FUTURE)).error ==
          Error::status_transition);
    CHECK(house.settle(House::FUTURE) == Error::ok);
}

TEST_CASE("market status: the guardian may restrict an active market and nothing else")
{
    House house;
    REQUIRE(house.fill(0, house.alice, house.bob, "1", "2000").ok());
    CHECK(house.send("alice", say::set_reduce_only(0)).error == Error::unauthorized);
    CHECK(house.send("gov", say::set_reduce_only(0)).error == Error::unauthorized);
    CHECK(house.send("guardian", say::set_reduce_only(0), {{"uusdc", 1}}).error ==
          Error::funds_not_accepted);
    CHECK(house.send("guardian", say::set_reduce_only(99)).error == Error::no_such_market);
    CHECK(house.send("guardian", say::set_reduce_only(0)).event("market_reduce_only", "market") ==
          "0");
    CHECK(house.status(0) == "reduce_only");
    CHECK(house.send("guardian", say::set_reduce_only(0)).error == Error::status_transition);
    CHECK(house.fill(0, house.alice, house.bob, "1", "2000").error == Error::market_not_active);
    CHECK(house.fill(0, house.bob, house.alice, "1", "2000").ok());
    CHECK(set_status(house, "active") == Error::ok);
}

TEST_CASE("what-if: a trade in a settled market is none")
{
    House house;
    house.trade_all();
    house.expire_at("2000");
    const std::string trade =
        R"({"what_if":{"account":1,"trades":[{"market":2,"base":"1","price":"2000"}]}})";
    CHECK(house.ask(trade).ok());
    REQUIRE(house.settle(House::FUTURE) == Error::ok);
    CHECK(house.ask(trade).error == Error::market_settled);
    // A supposed price is none of the average's.
    CHECK(house.ask(R"({"what_if":{"account":1,"prices":[{"underlying":0,"price":"9000"}]}})")
              .at("/equity") == house.equity(1));
}
