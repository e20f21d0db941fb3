// plimsoll: tests/engine/ops/claims_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Profit is not cash before the loss is.
#include "engine/ops/credit.hpp"
#include "engine/ops/leg.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::M0;
using test::M1;
using test::money;
using test::price;
using test::quantity;
using test::Rng;
using test::seconds;
using test::U0;
using test::World;

/// Account 0 has bought 10 from account 1 at 100; 2 makes prices.
struct Traded : World
{
    Traded()
    {
        open(money("500"));
        open(money("500"));
        open(money("100000"));
        REQUIRE(fill(M0, 0, 1, quantity("10"), price("100")) == Error::ok);
    }
    /// Account 0 closes at the price, with account 2 on the other side.
    void close_at(const char* at)
    {
        set_price(U0, price(at));
        REQUIRE(fill(M0, 2, 0, quantity("10"), price(at)) == Error::ok);
    }
    Money claim_of(std::size_t i)
    {
        const Position* held = accounts[i].find(M0);
        return held != nullptr && is_claim(*held) ? held->quote : Money::zero();
    }
    /// What an account's position is settled by.
    Money settle(std::size_t i)
    {
        return settle_loss(accounts[i], market(M0), *accounts[i].find(M0), mark(M0));
    }
    Money take(std::size_t i)
    {
        return take_profit(accounts[i], market(M0), *accounts[i].find(M0), mark(M0));
    }
};

TEST_CASE("claims: a loss is cash at once, and may be more than there is", "[ops][claims]")
{
    Traded world;
    world.close_at("40");
    CHECK(world.accounts[0].positions.empty());
    CHECK(world.accounts[0].cash == money("-100"));
    CHECK(pool_of(world.market(M0)) == money("600"));
}

TEST_CASE("claims: profit waits for a loss, and takes no more than was lost", "[ops][claims]")
{
    Traded world;
    const Money owed = world.owed();
    world.close_at("130");
    CHECK(world.accounts[0].cash == money("500"));
    CHECK(world.claim_of(0) == money("300"));
    CHECK(world.settle(1) == money("-300"));
    CHECK(world.accounts[1].cash == money("200"));
    CHECK(pool_of(world.market(M0)) == money("300"));
    world.touch_all(0);
    CHECK(world.accounts[0].cash == money("800"));
    CHECK(world.accounts[0].positions.empty());
    CHECK(pool_of(world.market(M0)) == money("0"));
    CHECK(world.owed() == owed);
}

TEST_CASE("claims: a debt is repaid by the pool too, never by paper", "[ops][claims]")
{
    Traded world;
    world.accounts[0].cash = money("-200");
    world.market(M0).paid_out = money("-50");
    const MarginReport before = [&] {
        world.set_price(U0, price("130"));
        return world.report(0);
    }();
    world.close_at("130");
    CHECK(world.accounts[0].cash == money("-150"));
    CHECK(world.claim_of(0) == money("250"));
    CHECK(world.market(M0).paid_out == money("0"));
    // Else a debt that stands on collateral would be gone, and the collateral free to leave.
    CHECK(world.report(0).equity == before.equity);
    // 10 % of 250 does not count.
    CHECK(world.report(0).health(Level::initial) == money("75"));
    CHECK(world.settle(1) == money("-300"));
    world.touch_all(0);
    CHECK(world.accounts[0].cash == money("100"));
}

TEST_CASE("claims: a claim counts like profit that is not realised", "[ops][claims]")
{
    Traded world;
    world.set_price(U0, price("130"));
    const MarginReport open = world.report(0);
    world.close_at("130");
    const MarginReport closed = world.report(0);
    CHECK(closed.equity == open.equity);
    CHECK(closed.haircut(Level::initial) == open.haircut(Level::initial));
    // 10 % of 300 does not count.
    CHECK(closed.health(Level::initial) == money("770"));
    CHECK(closed.health(Level::maintenance) == money("800"));
}

TEST_CASE("claims: trading again goes on from the claim", "[ops][claims]")
{
    Traded world;
    world.close_at("130");
    REQUIRE(world.fill(M0, 0, 2, quantity("1"), price("130")) == Error::ok);
    REQUIRE(world.accounts[0].positions.size() == 1);
    CHECK(world.accounts[0].positions[0].base == quantity("1"));
    CHECK(world.accounts[0].positions[0].quote == money("170"));
}

TEST_CASE("claims: the owner may take an open position's profit, up to the pool", "[ops][claims]")
{
    Traded world;
    world.set_price(U0, price("130"));
    CHECK(world.take(0) == money("0"));
    const MarginReport before = world.report(0);
    CHECK(world.settle(1) == money("-300"));
    world.market(M0).paid_out += money("100");
    CHECK(world.take(0) == money("200"));
    CHECK(world.accounts[0].cash == money("700"));
    CHECK(world.report(0).equity == before.equity);
    CHECK(world.report(0).health(Level::initial) >= before.health(Level::initial));
    CHECK(world.take(1) == money("0"));
}

TEST_CASE("claims: settling takes only cash that is there, and only what was lost", "[ops][claims]")
{
    Traded world;
    CHECK(world.settle(1) == money("0"));
    world.set_price(U0, price("130"));
    world.accounts[1].cash = money("120");
    CHECK(world.settle(0) == money("0"));
    CHECK(world.settle(1) == money("-120"));
    CHECK(world.settle(1) == money("0"));
    CHECK(world.accounts[1].cash == money("0"));
    world.accounts[1].cash = money("-5");
    CHECK(world.settle(1) == money("0"));
}

TEST_CASE("claims: an insolvent account's claims pay for its losses, whatever the pool holds",
    "[ops][claims]")
{
    Traded world;
    world.open(money("1000"));
    world.close_at("130");
    REQUIRE(world.claim_of(0) == money("300"));
    // 300 in a claim and 500 in cash against a loss of 900.
    REQUIRE(world.fill(M1, 0, 2, quantity("1"), price("2000")) == Error::ok);
    world.set_price(test::U1, price("1100"));
    world.flag(0);
    world.run_out_auctions();
    world.touch_all(0);
    const Money owed = world.owed();
    Resolution done;
    REQUIRE(world.resolve_account(0, done) == Error::ok);
    CHECK(done.insolvent);
    CHECK(done.deficit == money("100"));
    CHECK(owes_nothing(world.accounts[0]));
    CHECK(world.claim_of(0) == money("0"));
    CHECK(world.market(M0).paid_out == money("300"));
    CHECK(world.owed() == owed);
    // The deficit alone is what others bear.
    Money borne = done.open_deficit + done.insurance_paid;
    for (const SocialisedLoss& entry : done.socialised)
        borne += entry.loss;
    CHECK(borne <= money("100"));
}

TEST_CASE("claims: a claim is neither sold nor deleveraged, and keeps nothing from being closed",
    "[ops][claims]")
{
    Traded world;
    world.close_at("130");
    REQUIRE(world.fill(M1, 0, 2, quantity("1"), price("2000")) == Error::ok);
    world.accounts[0].cash = money("-150");
    world.set_price(test::U1, price("1900"));
    REQUIRE(world.liquidatable(0));
    world.flag(0);
    // The feed of the market where it only has a claim may be silent.
    world.board.feeds[U0.value].published = seconds(1);
    REQUIRE(world.sell(0, 2, M0) == Error::no_position);
    world.run_out_auctions();
    world.board.feeds[U0.value].published =
        Seconds::from_raw(world.board.now.raw() - world.oracle.max_age_liquidation.raw() - 1);
    Resolution done;
    REQUIRE(world.resolve_account(0, done) == Error::ok);
    for (const Deleveraged& entry : done.deleveraged)
        CHECK(entry.market == M1);
    CHECK_FALSE(world.liquidatable(0));
}

TEST_CASE(
    "prop: settling and taking profit move neither equity nor maintenance health", "[ops][claims]")
{
    Rng rng(7);
    std::size_t settled = 0, taken = 0;
    for (int story = 0; story < 400; ++story) {
        World world;
        for (int i = 0; i < 4; ++i)
            world.open(Money::from_raw(rng.between(1, test::raw("5000"))));
        for (int trade = 0; trade < 12; ++trade) {
            const std::size_t buyer = rng.below(4);
            const std::size_t seller = (buyer + 1 + rng.below(3)) % 4;
            const MarketId id = rng.pick<MarketId>({M0, M1});
            world.set_price(U0, Price::from_raw(rng.between(test::raw("80"), test::raw("120"))));
            world.set_price(
                test::U1, Price::from_raw(rng.between(test::raw("1600"), test::raw("2400"))));
            static_cast<void>(world.fill(id, buyer, seller,
                Quantity::from_raw(rng.between(1, 300) * (num::WAD / 100)), world.mark(id)));
            const std::size_t i = rng.below(4);
            world.touch_all(i);
            Account& account = world.accounts[i];
            if (account.positions.empty())
                continue;
            Position& position = account.positions[rng.below(account.positions.size())];
            const MarketId at = position.market;
            const MarginReport before = world.report(i);
            const Money cash = account.cash;
            const Money owed = world.owed();
            const bool loses = rng.chance(50);
            const Money moved =
                loses ? settle_loss(account, world.market(at), position, world.mark(at))
                      : take_profit(account, world.market(at), position, world.mark(at));
            const MarginReport after = world.report(i);
            REQUIRE(world.owed() == owed);
            REQUIRE(account.cash == cash + moved);
            REQUIRE(after.equity == before.equity);
            REQUIRE(after.health(Level::maintenance) == before.health(Level::maintenance));
            REQUIRE(after.health(Level::initial) >= before.health(Level::initial));
            if (loses)
                REQUIRE(after.health(Level::initial) == before.health(Level::initial));
            REQUIRE((loses ? moved <= Money::zero() && account.cash >= least(cash, Money::zero())
                           : moved >= Money::zero()));
            REQUIRE(world.market_fault(at).empty());
            settled += moved.is_negative() ? 1U : 0U;
            taken += moved.is_positive() ? 1U : 0U;
        }
    }
    CHECK(settled > 100);
    CHECK(taken > 20);
}

TEST_CASE("prop: no winner is paid what no loser has lost", "[ops][claims]")
{
    // Only profit can make cash here: what all have got together is never more than what all have lost.
    Rng rng(11);
    for (int story = 0; story < 200; ++story) {
        World world;
        Money put_in;
        for (int i = 0; i < 4; ++i) {
            world.open(money("10000"));
            put_in += money("10000");
        }
        for (int trade = 0; trade < 25; ++trade) {
            const std::size_t buyer = rng.below(4);
            world.set_price(U0, Price::from_raw(rng.between(test::raw("60"), test::raw("140"))));
            static_cast<void>(world.fill(M0, buyer, (buyer + 1 + rng.below(3)) % 4,
                Quantity::from_raw(rng.between(1, 40) * num::WAD), world.mark(M0)));
            world.touch_all(rng.below(4));
            Money sum;
            for (const Account& account : world.accounts)
                sum += account.cash;
            // No account owes here, so nothing may have been paid beyond the losses.
            bool owes = false;
            for (const Account& account : world.accounts)
                owes = owes || account.cash.is_negative();
            if (!owes)
                REQUIRE(sum <= put_in);
        }
    }
}

TEST_CASE("credit: what is owed does not stand on profit, claims or options", "[ops][claims]")
{
    Traded world;
    world.close_at("130");
    Scene scene = world.scene();
    const Result<Money> counted = counted_profit_ceil(world.accounts[0], scene);
    REQUIRE(counted);
    CHECK(*counted == money("270"));
    world.accounts[0].cash = money("-1");
    world.deposit(0, test::COIN8, test::tokens("100000000"));
    CHECK(stands_on_collateral(world.accounts[0], scene, world.report(0)) == Error::ok);
    world.accounts[0].cash = money("-105");
    CHECK(world.report(0).health(Level::initial).is_positive());
    CHECK(stands_on_collateral(world.accounts[0], scene, world.report(0)) ==
          Error::below_initial_margin);
}

TEST_CASE("credit: utilisation and the sum have limits, and may stand at them", "[ops][claims]")
{
    BorrowParams params;
    params.kink = test::ratio("0.8");
    params.utilisation_max = test::ratio("0.5");
    params.borrow_cap = money("60");
    CashPool pool;
    pool.supplied_floor = money("100");
    pool.borrowed_floor = money("50");
    CHECK(check_borrow_limits(pool, params) == Error::ok);
    pool.borrowed_floor += Money::from_raw(1);
    CHECK(check_borrow_limits(pool, params) == Error::borrow_limit);
    pool.supplied_floor = money("1000");
    pool.borrowed_floor = money("60");
    CHECK(check_borrow_limits(pool, params) == Error::ok);
    pool.borrowed_floor += Money::from_raw(1);
    CHECK(check_borrow_limits(pool, params) == Error::borrow_limit);
}

}  // namespace
}  // namespace plimsoll
