// plimsoll: tests/engine/ops/accrue_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Funding brought up to now, and what happens when an index has no room left.
#include "engine/ops/accrue.hpp"

#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::M0;
using test::money;
using test::price;
using test::quantity;
using test::World;

struct Funded : World
{
    Funded()
    {
        open(money("100000"));
        open(money("100000"));
        if (fill(M0, 0, 1, quantity("5"), price("100")) != Error::ok)
            __builtin_trap();
        market(M0).params.funding_cap = Rate::one();
    }
    Price accrue_now() { return accrue(market(M0), price("100"), board.now); }
};

TEST_CASE("accrue: charges what is due, once", "[ops][accrue]")
{
    Funded world;
    world.market(M0).premium = price("2");
    world.wait(14'400);
    CHECK(world.accrue_now() == price("1"));
    CHECK(world.accrue_now() == price("0"));
    CHECK(world.market(M0).funding_time == world.board.now);
    world.market(M0).premium = Price::zero();
    CHECK(world.report(0).equity == money("99995"));
    CHECK(world.report(1).equity == money("100005"));
}

TEST_CASE("accrue: a market without an index only moves its clock", "[ops][accrue]")
{
    Funded world;
    world.market(M0).premium = price("2");
    world.wait(14'400);
    CHECK(accrue(world.market(M0), Price::zero(), world.board.now) == Price::zero());
    CHECK(world.market(M0).funding_time == world.board.now);
    // A clock that runs backwards moves nothing.
    CHECK(accrue(world.market(M0), price("100"), test::seconds(5)) == Price::zero());
    CHECK(world.market(M0).funding_time == world.board.now);
}

TEST_CASE(
    "accrue: an index without room drops the charge and lets the market empty", "[ops][accrue]")
{
    Funded world;
    Market& market = world.market(M0);
    market.premium = price("2");
    market.indexes.of(Side::long_side).k = -INDEX_K_SOFT_LIMIT;
    world.wait(14'400);
    CHECK(world.accrue_now() == price("0"));
    CHECK(market.params.status == MarketStatus::reduce_only);
    CHECK((market.indexes.of(Side::long_side).k == -INDEX_K_SOFT_LIMIT));
    CHECK((market.indexes.of(Side::short_side).k == 0));
    CHECK(market.funding_time == world.board.now);
    market.params.status = MarketStatus::closed;
    world.wait(14'400);
    CHECK(world.accrue_now() == price("0"));
    CHECK(market.params.status == MarketStatus::closed);
}

}  // namespace
}  // namespace plimsoll
