// plimsoll: tests/contract/claims_test.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Profit is not cash before the loss is: settle and claim.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Alice is long one ether at 2000, Bob short of it; Carol makes prices.
struct Traded
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 1'000);
    std::uint64_t bob = house.trader("bob", 1'000);
    std::uint64_t carol = house.trader("carol", 100'000);

    Traded() { REQUIRE(house.fill(0, alice, bob, "1", "2000").ok()); }
    Reply settle(std::uint64_t account) { return house.send("anyone", say::settle(account, 0)); }
    Reply claim(std::uint64_t account, const std::string& sender = "anyone")
    {
        return house.send(sender, say::claim(account, 0));
    }
    std::string claim_of(std::uint64_t account)
    {
        return house.ask(say::ask("account", "account", account)).at("/claims/0/quote");
    }
};

}  // namespace

TEST_CASE("claims: a closed position's profit leaves when the loser has been settled")
{
    Traded t;
    t.house.price(0, "2300");
    REQUIRE(t.house.fill(0, t.carol, t.alice, "1", "2300").ok());
    CHECK(t.house.cash(t.alice) == "1000");
    CHECK(t.claim_of(t.alice) == "300");
    CHECK(t.house.send("alice", say::withdraw(t.alice, 0, "1000000001")).error ==
          Error::insufficient_balance);
    CHECK(t.claim(t.alice).error == Error::nothing_to_do);
    const Reply settled = t.settle(t.bob);
    REQUIRE(settled.ok());
    CHECK(settled.event("loss_settled", "amount") == "300");
    CHECK(t.settle(t.bob).error == Error::nothing_to_do);
    CHECK(t.house.cash(t.bob) == "700");
    const Reply claimed = t.claim(t.alice);
    REQUIRE(claimed.ok());
    CHECK(claimed.event("profit_claimed", "amount") == "300");
    CHECK(t.claim(t.alice).error == Error::no_position);
    CHECK(t.house.send("alice", say::withdraw(t.alice, 0, "1300000000")).ok());
}

TEST_CASE("claims: only its owner takes the profit of an open position")
{
    Traded t;
    t.house.price(0, "2300");
    REQUIRE(t.settle(t.bob).ok());
    CHECK(t.claim(t.alice).error == Error::not_owner);
    CHECK(t.claim(t.alice, "alice").event("profit_claimed", "amount") == "300");
    CHECK(t.house.cash(t.alice) == "1300");
    CHECK(t.claim(t.alice, "alice").error == Error::nothing_to_do);
    CHECK(t.claim(t.bob, "bob").error == Error::nothing_to_do);
}

TEST_CASE("claims: open positions are settled at prices that are fit to trade on")
{
    Traded t;
    t.house.price(0, "2300");
    t.house.wait(61);
    CHECK(t.settle(t.bob).error == Error::stale_price);
    CHECK(t.claim(t.alice, "alice").error == Error::stale_price);
    CHECK(t.house.send("anyone", say::settle(99, 0)).error == Error::no_such_account);
    CHECK(t.house.send("anyone", say::settle(t.bob, 9)).error == Error::no_such_market);
    CHECK(t.house.send("anyone", say::settle(t.bob, 1)).error == Error::no_position);
    CHECK(t.house.send("anyone", say::settle(t.bob, 0), {{"uusdc", 1}}).error ==
          Error::funds_not_accepted);
}

TEST_CASE("claims: settling leaves health as it is, to the raw unit, of a sick account too")
{
    Traded t;
    t.house.price(0, "2890");  // 110 left of 1000, and 144.5 required
    const std::string health = t.house.health(t.bob);
    REQUIRE(t.house.stage(t.bob) == "unflagged");
    REQUIRE(t.settle(t.bob).ok());
    CHECK(t.house.health(t.bob) == health);
    CHECK(t.house.cash(t.bob) == "110");
}

TEST_CASE("claims: a claim needs no price and keeps nothing from leaving")
{
    Traded t;
    t.house.price(0, "2300");
    REQUIRE(t.house.fill(0, t.carol, t.alice, "1", "2300").ok());
    t.house.wait(10'000);
    t.house.price(1, "50000");  // the ether's price is silent
    CHECK(t.house.send("alice", say::withdraw(t.alice, 0, "1000000000")).ok());
    // With half of the claim as margin, more was never hers.
    CHECK(t.house.ask(say::ask("health", "account", t.alice)).at("/initial/health") == "150");
}
