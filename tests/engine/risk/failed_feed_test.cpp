// plimsoll: tests/engine/risk/failed_feed_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A bad feed is no shield: what collateral and positions on it count, and what else of the
// account can be sold meanwhile.
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Account 1 is long of U0 and U1 with little; 0 takes the other sides; 2 is a keeper. The feed of U0 falls silent.
struct Silence : World
{
    explicit Silence(std::string_view cash = "100000")
    {
        open(money("10000000"));
        open(money(cash));
        open(money("10000000"));
        CHECK(fill(M0, 1, 0, quantity("10"), price("100")) == Error::ok);
        CHECK(fill(M1, 1, 0, quantity("1"), price("2000")) == Error::ok);
    }
    /// Time passes in which only U1 publishes.
    void silent(std::uint64_t length)
    {
        wait(length, false);
        board.feeds[U1.value].published = board.now;
    }
};

}  // namespace

TEST_CASE(
    "failed feed: positions on it lose their shock range once it has failed for as long as asked "
    "for")
{
    Silence world;
    world.oracle.shock_after = seconds(7'200);
    const Money before = world.health(1);
    world.silent(7'200);
    CHECK(world.health(1) == before);
    // 5 % of ten at 100, at both levels.
    const Money initial = world.health(1, Level::initial);
    world.silent(1);
    CHECK(world.health(1) == before - money("50"));
    CHECK(world.health(1, Level::initial) == initial - money("50"));
    world.wait(1);
    CHECK(world.health(1) == before);
}

TEST_CASE("failed feed: where nothing else is asked for, the shock comes with the failure")
{
    Silence world;
    const Money before = world.health(1);
    world.silent(3'600);
    CHECK(world.health(1) == before);
    world.silent(1);
    CHECK(world.health(1) == before - money("50"));
}

TEST_CASE(
    "failed feed: collateral on it counts nothing from the failure on, whenever the shock comes")
{
    World world;
    world.oracle.shock_after = seconds(7'200);
    const std::size_t i = world.open(Money::zero());
    world.deposit(i, COIN8, tokens("300000000"));
    world.wait(3'600, false);
    CHECK(world.health(i) == money("270"));
    world.wait(1, false);
    CHECK(world.health(i) == Money::zero());
}

TEST_CASE("failed feed: a leg whose feed is unfit does not hold up the sale of another")
{
    Silence world("200");
    world.set_price(U1, price("1900"));
    world.board.feeds[U0.value].held_until = seconds(world.board.now.raw() + 300);
    REQUIRE(world.liquidatable(1));
    world.flag(1);
    CHECK(world.sell(1, 2, M0) == Error::volatile_price);
    CHECK(world.sell(1, 2, M1, quantity("0.01")) == Error::ok);
    world.silent(601);
    world.board.feeds[U0.value].held_until = Seconds::zero();
    REQUIRE(world.liquidatable(1));
    CHECK(world.sell(1, 2, M0) == Error::stale_price);
    CHECK(world.sell(1, 2, M1, quantity("0.01")) == Error::ok);
    // Once it has failed its last price stands.
    world.silent(3'000);
    CHECK(world.sell(1, 2, M0, quantity("1")) == Error::ok);
}

TEST_CASE("failed feed: a slice and the house wait for a price that is held back, and only so long")
{
    Silence world("200");
    world.set_price(U1, price("1900"));
    world.flag(1);
    world.wait(world.liquidation.fast.raw() + world.liquidation.slow.raw());
    const std::uint64_t until = world.board.now.raw() + 300;
    world.board.feeds[U0.value].held_until = seconds(until);
    REQUIRE(world.liquidatable(1));
    CHECK(world.sell_slice(1, 2) == Error::volatile_price);
    CHECK(world.resolve_account(1) == Error::volatile_price);
    world.wait(299);
    CHECK(world.sell_slice(1, 2) == Error::volatile_price);
    CHECK(world.resolve_account(1) == Error::volatile_price);
    world.wait(1);
    CHECK(world.plan_slice_sale(1, 2));
    CHECK(world.resolve_account(1) == Error::ok);
}

TEST_CASE(
    "failed feed: collateral is not sold, nor taken by the house, at a price beside one that is "
    "held back")
{
    World world;
    world.open(money("1000000"));
    const std::size_t i = world.open(Money::zero());
    world.deposit(i, COIN8, tokens("300000000"));
    world.accounts[i].cash = money("-280");
    world.board.feeds[U0.value].held_until = seconds(world.board.now.raw() + 10'000);
    REQUIRE(world.liquidatable(i));
    world.flag(i);
    CHECK(world.sell_collateral(i, 0, COIN8) == Error::volatile_price);
    world.run_out_auctions();
    CHECK(world.resolve_account(i) == Error::volatile_price);
    // But not for ever: as long as feeds that fall silent in turn.
    for (int waited = 0; waited < 6; ++waited) {
        CHECK(world.resolve_account(i) == Error::volatile_price);
        world.flag(i);
        world.wait(500);
    }
    CHECK(world.resolve_account(1) == Error::ok);
}

TEST_CASE(
    "failed feed: beside a price that is held back collateral counts nothing at initial, and as "
    "ever below")
{
    World world;
    const std::size_t i = world.open(Money::zero());
    world.deposit(i, COIN8, tokens("300000000"));
    world.board.feeds[U0.value].held_until = seconds(world.board.now.raw() + 1);
    CHECK(world.health(i, Level::initial) == Money::zero());
    CHECK(world.health(i) == money("270"));
    world.wait(1);
    CHECK(world.health(i, Level::initial) == Money::zero());
    world.board.feeds[U0.value].held_until = Seconds::zero();
    CHECK(world.health(i, Level::initial) == money("240"));
}
