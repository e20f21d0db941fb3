// plimsoll: tests/contract/what_if_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. An account's margin as it would be: every supposition agrees with what the
// contract says once it has come true, and asking changes nothing.
#include "tests/support/house.hpp"

#include <catch2/catch.hpp>

namespace plimsoll::test {
namespace {

using Text = std::string;

Text what_if(std::uint64_t account, const Text& more = "")
{
    return R"({"what_if":{"account":)" + std::to_string(account) + more + "}}";
}

struct Two
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 1'000);
    std::uint64_t bob = house.trader("bob", 1'000);
};

TEST_CASE("what_if: without a supposition it is the account's health, taken apart")
{
    Two t;
    REQUIRE(t.house.fill(0, t.alice, t.bob, "1", "2000").ok());
    const Reply health = t.house.ask(say::ask("health", "account", t.alice));
    const Reply detail = t.house.ask(what_if(t.alice));
    REQUIRE(detail.ok());
    for (const Text level : {"/initial", "/maintenance"})
        for (const Text part : {"/health", "/requirement", "/haircuts"})
            CHECK(detail.at(level + part) == health.at(level + part));
    CHECK(detail.at("/mode") == "standard");
    CHECK(detail.at("/underlyings/0/maintenance/linear") == health.at("/maintenance/requirement"));
    CHECK(t.house.ask(what_if(9)).error == Error::no_such_account);
}

TEST_CASE("what_if: a supposed price gives what that price gives once it is published")
{
    Two t;
    REQUIRE(t.house.fill(0, t.alice, t.bob, "1", "2000").ok());
    const Reply supposed =
        t.house.ask(what_if(t.alice, R"(,"prices":[{"underlying":0,"price":"1700"}])"));
    REQUIRE(supposed.ok());
    CHECK(t.house.ask(say::ask("health", "account", t.alice)).at("/equity") == "1000");
    t.house.price(0, "1700");
    const Reply health = t.house.ask(say::ask("health", "account", t.alice));
    CHECK(supposed.at("/equity") == health.at("/equity"));
    CHECK(supposed.at("/maintenance/health") == health.at("/maintenance/health"));
    CHECK(t.house.ask(what_if(t.alice, R"(,"prices":[{"underlying":31,"price":"1"}])")).error ==
          Error::no_such_underlying);
}

TEST_CASE(
    "what_if: a liquidation price is where the account falls below maintenance, told if asked for")
{
    Two t;
    REQUIRE(t.house.fill(0, t.alice, t.bob, "2", "2000").ok());
    CHECK(t.house.ask(what_if(t.alice)).at("/underlyings/0/liquidation_price") == "absent");
    const Text asked = R"(,"liquidation_prices":true)";
    const Reply detail = t.house.ask(what_if(t.alice, asked));
    REQUIRE(detail.ok());
    // 1000 + 2 (p - 2000) = 0.05 * 2 p at p = 3000 / 1.9.
    CHECK(detail.at("/underlyings/0/liquidation_price/down").substr(0, 12) == "1578.9473684");
    CHECK(detail.at("/underlyings/0/liquidation_price/up") == "null");
    const Text down = detail.at("/underlyings/0/liquidation_price/down");
    const auto health_at = [&](const Text& price) {
        return t.house
            .ask(what_if(t.alice, R"(,"prices":[{"underlying":0,"price":")" + price + R"("}])"))
            .at("/maintenance/health");
    };
    CHECK(health_at(down).front() == '-');
    CHECK(health_at("1578.95").front() != '-');
    CHECK(detail.at("/underlyings/0/greeks/delta") == "2");
    CHECK(detail.at("/maintenance/margin_ratio") == "5");
    // A short falls the other way; who is below already has none.
    CHECK(t.house.ask(what_if(t.bob, asked)).at("/underlyings/0/liquidation_price/down") == "null");
    t.house.price(0, "1500");
    CHECK(
        t.house.ask(what_if(t.alice, asked)).at("/underlyings/0/liquidation_price/down") == "null");
}

TEST_CASE("what_if: a supposed trade gives what the trade gives once it is settled")
{
    Two t;
    const Text trade = R"(,"trades":[{"market":0,"base":"2","price":"1990"}])";
    const Reply supposed = t.house.ask(what_if(t.alice, trade));
    REQUIRE(supposed.ok());
    // Nothing has happened yet.
    CHECK(t.house.ask(what_if(t.alice)).at("/notional") == "0");
    REQUIRE(t.house.fill(0, t.alice, t.bob, "2", "1990").ok());
    const Reply health = t.house.ask(say::ask("health", "account", t.alice));
    CHECK(supposed.at("/equity") == health.at("/equity"));
    CHECK(supposed.at("/initial/health") == health.at("/initial/health"));
    CHECK(supposed.at("/maintenance/health") == health.at("/maintenance/health"));
}

TEST_CASE("what_if: a trade that the account could not make is told, and bad ones are refused")
{
    Two t;
    const Reply large =
        t.house.ask(what_if(t.alice, R"(,"trades":[{"market":0,"base":"-50","price":"2000"}])"));
    REQUIRE(large.ok());
    CHECK(large.at("/initial/health").front() == '-');
    CHECK(t.house.ask(what_if(t.alice, R"(,"trades":[{"market":0,"base":"0","price":"2000"}])"))
              .error == Error::zero_amount);
    CHECK(t.house.ask(what_if(t.alice, R"(,"trades":[{"market":999,"base":"1","price":"2000"}])"))
              .error == Error::no_such_market);
    CHECK(t.house.ask(what_if(t.alice, R"(,"mode":"both")")).error == Error::out_of_range);
}

}  // namespace
}  // namespace plimsoll::test
