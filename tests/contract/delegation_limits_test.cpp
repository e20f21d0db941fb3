// plimsoll: tests/contract/delegation_limits_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. How far a venue may go for an account.
#include "tests/support/dated_house.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

struct Delegated
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 10'000);
    std::uint64_t bob = house.trader("bob", 10'000);

    void limit(const say::Limits& limits)
    {
        REQUIRE(house.send("alice", say::delegate(alice, "venue", limits)).ok());
    }
    std::string fill(std::uint64_t market, const std::string& base, const std::string& price)
    {
        const Reply reply = house.fill(market, alice, bob, base, price);
        return std::string(name_of(reply.error)) + " " + reply.detail;
    }
};

}  // namespace

TEST_CASE("delegation: it reaches only its markets")
{
    Delegated l;
    say::Limits limits;
    limits.markets = {1};
    l.limit(limits);
    CHECK(l.fill(0, "0.1", "2000") == "delegation_limit markets, account 1");
    CHECK(l.fill(1, "0.001", "50000") == "ok ");
    CHECK(
        l.house.ask(say::ask("account", "account", l.alice)).at("/delegations/0/markets/0") == "1");
    // Nor may it let rest there what takes up margin.
    const Reply resting = l.house.orders({{l.alice, 0, "1", "0"}});
    CHECK(resting.error == Error::delegation_limit);
    CHECK(resting.detail == "markets, account 1");
    CHECK(l.house.orders({{l.alice, 1, "0.001", "0"}}).ok());
    limits.markets.assign(17, 0);
    CHECK(l.house.send("alice", say::delegate(l.alice, "venue", limits)).error ==
          Error::too_many_items);
}

TEST_CASE("delegation: the notional of a day is bounded, and the next day starts anew")
{
    Delegated l;
    say::Limits limits;
    limits.notional_max = "1000";
    l.limit(limits);
    CHECK(l.fill(0, "0.3", "2000") == "ok ");
    CHECK(l.fill(0, "0.201", "2000") == "delegation_limit notional_max, account 1");
    CHECK(l.fill(0, "0.2", "2000") == "ok ");
    CHECK(l.house.ask(say::ask("account", "account", l.alice)).at("/delegations/0/notional_used") ==
          "1000");
    // Closing is trading, too.
    CHECK(l.house.fill(0, l.bob, l.alice, "0.001", "2000").error == Error::delegation_limit);
    l.house.wait(DAY);
    l.house.refresh();
    CHECK(l.house.ask(say::ask("account", "account", l.alice)).at("/delegations/0/notional_used") ==
          "0");
    CHECK(l.fill(0, "0.5", "2000") == "ok ");
    // A settlement that fails uses nothing up.
    CHECK(l.fill(0, "0.001", "2000") == "delegation_limit notional_max, account 1");
}

TEST_CASE("delegation: an option counts at its index, not at its premium")
{
    DatedHouse house;
    house.surfaces();
    house.refresh();
    say::Limits limits;
    limits.notional_max = "4000";
    REQUIRE(house.send("alice", say::delegate(house.alice, "venue", limits)).ok());
    const std::string mark = house.mark(DatedHouse::CALL);
    REQUIRE(house.fill(DatedHouse::CALL, house.bob, house.alice, "1.5", mark).ok());
    CHECK(
        house.ask(say::ask("account", "account", house.alice)).at("/delegations/0/notional_used") ==
        "3000");
    const Reply more = house.fill(DatedHouse::CALL, house.bob, house.alice, "0.501", mark);
    CHECK(more.error == Error::delegation_limit);
    CHECK(more.detail == "notional_max, account " + std::to_string(house.alice));
    CHECK(house.fill(DatedHouse::CALL, house.bob, house.alice, "0.5", mark).ok());
}

TEST_CASE("delegation: the window is a day from its first fill")
{
    Delegated l;
    say::Limits limits;
    limits.notional_max = "1000";
    l.limit(limits);
    CHECK(l.fill(0, "0.5", "2000") == "ok ");
    const std::uint64_t start = l.house.now;
    l.house.wait(DAY - 10);
    l.house.price(0, "2000");
    REQUIRE(l.house.now < start + DAY);
    CHECK(l.fill(0, "0.001", "2000") == "delegation_limit notional_max, account 1");
    l.house.now = start + DAY;
    CHECK(l.fill(0, "0.001", "2000") == "ok ");
}

TEST_CASE("delegation: what fills give away against mark is bounded, and gains earn no room")
{
    Delegated l;
    say::Limits limits;
    limits.loss_max = "10";
    l.limit(limits);
    CHECK(l.fill(0, "1", "1950") == "ok ");  // a gain of 50
    CHECK(l.fill(0, "0.1", "2060") == "ok ");
    CHECK(l.fill(0, "0.1", "2040.01") == "delegation_limit loss_max, account 1");
    CHECK(l.fill(0, "0.1", "2040") == "ok ");
    CHECK(l.house.ask(say::ask("account", "account", l.alice)).at("/delegations/0/loss_used") ==
          "10");
    CHECK(l.house.fill(0, l.bob, l.alice, "0.1", "1999.99").error == Error::delegation_limit);
    CHECK(l.house.fill(0, l.bob, l.alice, "0.1", "2001").ok());
}

TEST_CASE("delegation: the rate of a fee is bounded")
{
    Delegated l;
    say::Market market;
    market.maker_fee = "0.0002";
    market.taker_fee = "0.0005";
    REQUIRE(l.house.send("gov", say::set_market(market)).ok());
    say::Limits limits;
    limits.fee_max = "0.0004";
    l.limit(limits);
    const auto taken_by = [&](const std::string& taker) {
        return l.house.fills({{0, l.alice, l.bob, "0.1", "2000", taker, std::nullopt}}).error;
    };
    CHECK(taken_by("buyer") == Error::delegation_limit);
    CHECK(taken_by("seller") == Error::ok);
    limits.fee_max = "0.0005";
    l.limit(limits);
    CHECK(taken_by("buyer") == Error::ok);
    CHECK(l.house.ask(say::ask("account", "account", l.alice)).at("/delegations/0/fee_max") ==
          "0.0005");
}

TEST_CASE("delegation: without limits nothing of it is counted")
{
    Delegated l;
    CHECK(l.fill(0, "1", "2000") == "ok ");
    CHECK(l.house.account(l.alice).delegations[0].use.notional == money("0"));
    CHECK(l.house.ask(say::ask("account", "account", l.alice)).at("/delegations/0/notional_used") ==
          "absent");
}
