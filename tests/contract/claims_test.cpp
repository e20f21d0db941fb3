// plimsoll: tests/contract/claims_test.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Profit is not cash before the loss is: settle, claim, and a run on the pool.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

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

TEST_CASE("incident S11: a run on the pool pays nobody twice")
{
    Clearinghouse house;
    // Who only keeps quote here must not pay for anybody's profit.
    const auto saver = house.trader("saver", 50'000);
    const auto maker = house.trader("maker", 50'000);
    std::vector<std::uint64_t> winners, losers;
    num::i128 paid_in = 0;
    for (int i = 0; i < 3; ++i) {
        winners.push_back(house.trader("winner" + std::to_string(i), 1'000));
        losers.push_back(house.trader("loser" + std::to_string(i), 1'000));
        paid_in += 1'000'000'000;
        REQUIRE(house.fill(0, winners.back(), losers.back(), "4", "2000").ok());
    }
    // The winners close against the maker, whose position then stands at the market.
    house.price(0, "2400");
    for (const std::uint64_t winner : winners)
        REQUIRE(house.fill(0, maker, winner, "4", "2400").ok());

    // The naive rule would have made 1,600 of cash of each profit; the losers have 1,000 each.
    const num::i128 naive = 3 * (1'000'000'000 + num::i128{1'600'000'000});
    num::i128 withdrawn = 0;
    const auto run = [&] {
        for (const std::uint64_t winner : winners) {
            static_cast<void>(house.send("anyone", say::claim(winner, 0)));
            // As much as goes out, by halves of the largest coin.
            for (num::i128 coin = 1'024'000'000; coin > 0; coin /= 2)
                while (house
                        .send(house.owner(winner),
                            say::withdraw(
                                winner, 0, std::to_string(static_cast<std::int64_t>(coin))))
                        .ok())
                    withdrawn += coin;
        }
    };
    num::i128 realised = 0;
    run();
    CHECK(withdrawn == paid_in);
    for (const std::uint64_t loser : losers) {
        REQUIRE(house.send("anyone", say::settle(loser, 0)).ok());
        realised += 1'000'000'000;
        run();
        CHECK(withdrawn == paid_in + realised);
    }
    CHECK(withdrawn < naive);
    // What the losers owe beyond that is the insurance's and their market's, and nobody's who only saves.
    house.fund_insurance(1'500);
    for (const std::uint64_t loser : losers)
        REQUIRE(house.send("anyone", say::flag(loser)).ok());
    house.wait(FAST + SLOW);
    house.refresh();
    for (const std::uint64_t loser : losers)
        REQUIRE(house.send("anyone", say::resolve(loser)).ok());
    static_cast<void>(house.send("anyone", say::touch(maker)));
    static_cast<void>(house.send("anyone", say::settle(maker, 0)));
    run();
    CHECK(withdrawn <= naive);
    CHECK(house.house().insurance.open_deficit.is_zero());
    CHECK(house.send("saver", say::withdraw(saver, 0, "50000000000")).ok());
}
