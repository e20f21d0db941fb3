// plimsoll: tests/engine/ops/leg_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Half a trade, and what touching does to an account's list of positions.
#include "engine/ops/leg.hpp"

#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::M0;
using test::M1;
using test::money;
using test::price;
using test::quantity;
using test::World;

TEST_CASE("leg: planning changes nothing, applying writes account and open interest", "[ops][leg]")
{
    World world;
    world.open(money("100"));
    Account& account = world.accounts[0];
    const Result<Leg> leg =
        plan_leg(account, world.market(M0), M0, quantity("3"), price("100"), price("100"));
    REQUIRE(leg);
    CHECK(account.positions.empty());
    CHECK(leg->before.is_zero());
    CHECK(leg->after.base == quantity("3"));
    apply_leg(account, world.market(M0), *leg);
    REQUIRE(account.positions.size() == 1);
    CHECK(account.positions[0].quote == money("-300"));
    CHECK((world.market(M0).indexes.open_interest == test::raw("3")));
    const Result<Leg> close =
        plan_leg(account, world.market(M0), M0, quantity("-3"), price("101"), price("101"));
    REQUIRE(close);
    apply_leg(account, world.market(M0), *close);
    // Nobody has lost yet: the profit is a claim.
    REQUIRE(account.positions.size() == 1);
    CHECK(is_claim(account.positions[0]));
    CHECK(account.positions[0].quote == money("3"));
    CHECK(account.cash == money("100"));
    CHECK(world.market(M0).paid_out == money("0"));
    CHECK((world.market(M0).indexes.open_interest == 0));
}

TEST_CASE("leg: touching a market that the account is not in is done at once", "[ops][leg]")
{
    World world;
    world.open(money("100"));
    const Result<Touched> touched =
        touch_position(world.accounts[0], world.market(M1), M1, world.epochs);
    REQUIRE(touched);
    CHECK(touched->done);
}

TEST_CASE("leg: a position that deleveraging has closed becomes cash when its loser has paid",
    "[ops][leg]")
{
    World world;
    world.open(money("100"));
    world.open(money("100"));
    REQUIRE(world.fill(M0, 0, 1, quantity("3"), price("100")) == Error::ok);
    Market& market = world.market(M0);
    world.epochs.add(
        M0, deleverage(*world.accounts[0].find(M0), market.indexes, quantity("3"), price("90")));
    CHECK(world.accounts[1].positions.size() == 1);
    world.touch_all(1);
    CHECK(world.accounts[1].positions.size() == 1);
    CHECK(world.accounts[1].cash == money("100"));
    close_if_flat(world.accounts[0], market, M0);
    CHECK(world.accounts[0].cash == money("70"));
    CHECK(pool_of(market) == money("30"));
    world.touch_all(1);
    CHECK(world.accounts[1].positions.empty());
    CHECK(world.accounts[1].cash == money("130"));
    CHECK(market.paid_out == money("0"));
}

TEST_CASE("leg: a sleeper is touched in several calls and pays out in the last", "[ops][leg]")
{
    World world;
    world.open(money("100"));
    world.open(money("100"));
    REQUIRE(world.fill(M0, 0, 1, quantity("3"), price("100")) == Error::ok);
    Market& market = world.market(M0);
    for (std::uint32_t e = 0; e < 10; ++e)
        world.epochs.add(
            M0, EndedEpoch{true, Side::short_side, e, {e == 9 ? 0 : INDEX_A_MIN / 2, 0}});
    market.indexes.of(Side::short_side).epoch = 10;
    market.paid_out = money("-300");
    Result<Touched> touched = touch_position(world.accounts[1], market, M0, world.epochs);
    REQUIRE(touched);
    CHECK_FALSE(touched->done);
    CHECK(world.accounts[1].positions.size() == 1);
    touched = touch_position(world.accounts[1], market, M0, world.epochs);
    REQUIRE(touched);
    CHECK(touched->done);
    CHECK(world.accounts[1].positions.empty());
    CHECK(world.accounts[1].cash == money("400"));
}

TEST_CASE("leg: a position that ends leaves what it has lost, paid or not", "[ops][leg]")
{
    World world;
    world.open(money("100"));
    Account& account = world.accounts[0];
    for (const char* const close : {"95", "80"}) {
        for (const char* const at : {"100", close}) {
            const Result<Leg> leg = plan_leg(account, world.market(M0), M0,
                quantity(at == close ? "-10" : "10"), price(at), price(at));
            REQUIRE(leg);
            apply_leg(account, world.market(M0), *leg);
        }
    }
    // 50 of 100, then 200 of the 50 that were left.
    CHECK(account.cash == money("-150"));
    REQUIRE(account.owed_losses.size() == 1);
    CHECK(account.owed_losses[0].market == M0);
    CHECK(account.owed_losses[0].loss == money("250"));
}

}  // namespace
}  // namespace plimsoll
