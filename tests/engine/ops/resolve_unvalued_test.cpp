// plimsoll: tests/engine/ops/resolve_unvalued_test.cpp              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The house's stage for a book that prices have taken beyond what margin can value.
#include "engine/ops/resolve.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::COIN8;
using test::M0;
using test::M1;
using test::M2;
using test::money;
using test::price;
using test::quantity;
using test::tokens;
using test::U0;
using test::U1;
using test::World;

constexpr std::size_t LONG = 0, SHORT = 1, OTHER = 2;

/// 4e9 of each market from prices of one, which rise to the greatest that there is.
struct Beyond : World
{
    Money before;

    explicit Beyond(std::string_view cash)
    {
        for (Market& each : markets)
            each.params.open_interest_max = QUANTITY_MAX;
        for (const UnderlyingId id : {U0, U1})
            set_price(id, price("1"));
        open(money(cash));
        open(money(cash));
        open(money("100"));
        for (const MarketId id : {M0, M1, M2})
            if (fill(id, LONG, SHORT, quantity("4000000000"), price("1")) != Error::ok)
                __builtin_trap();
        for (const UnderlyingId id : {U0, U1})
            set_price(id, PRICE_MAX);
        before = owed();
    }
    void check_sound() const
    {
        CHECK(owed() == before);
        for (const MarketId id : {M0, M1, M2})
            CHECK(market_fault(id) == "");
    }
};

TEST_CASE(
    "resolve unvalued: margin has no answer there, and no curve is waited for", "[ops][resolve]")
{
    Beyond world("1000");
    CHECK(evaluate(world.accounts[SHORT], world.scene()).error() == Error::arithmetic_range);
    CHECK_FALSE(world.accounts[SHORT].flag.raised);
    const std::uint64_t nonce = world.accounts[SHORT].nonce;
    Resolution done;
    REQUIRE(world.resolve_account(SHORT, done) == Error::ok);
    CHECK(world.accounts[SHORT].positions.empty());
    CHECK(world.accounts[SHORT].cash.is_zero());
    CHECK(world.accounts[SHORT].nonce == nonce + 1);
    CHECK(done.deleveraged.size() == 3);
    CHECK(done.insolvent);
    CHECK(done.deficit == money("1199999987999999000"));
    CHECK(world.insurance.open_deficit == done.deficit);
    world.check_sound();
    CHECK(world.resolve_account(SHORT) == Error::not_liquidatable);
}

TEST_CASE("resolve unvalued: collateral goes first, then insurance, as far as they reach",
    "[ops][resolve]")
{
    Beyond world("1000");
    world.insurance.balance = money("5000");
    world.deposit(SHORT, COIN8, tokens("200000000"));  // two, at 1e8 each
    world.before = world.owed();
    Resolution done;
    REQUIRE(world.resolve_account(SHORT, done) == Error::ok);
    CHECK(world.accounts[SHORT].collaterals.empty());
    CHECK(world.insurance.inventory[COIN8.value] == tokens("200000000"));
    CHECK(done.taken_over.size() == 1);
    CHECK(done.taken_over[0].credit == money("200000000"));
    CHECK(done.deficit == money("1199999987999999000") - money("200000000"));
    CHECK(world.insurance.balance.is_zero());
    world.check_sound();
}

TEST_CASE("resolve unvalued: who owes nothing keeps what it has", "[ops][resolve]")
{
    Beyond world("1000");
    world.deposit(LONG, COIN8, tokens("200000000"));
    world.before = world.owed();
    Resolution done;
    REQUIRE(world.resolve_account(LONG, done) == Error::ok);
    CHECK_FALSE(done.insolvent);
    CHECK(done.taken_over.empty());
    Money kept = world.accounts[LONG].cash;
    for (const Position& claim : world.accounts[LONG].positions)
        kept += claim.quote;
    CHECK(owes_nothing(world.accounts[LONG]));
    CHECK(kept == money("1199999988000001000"));
    CHECK(world.accounts[LONG].find(COIN8)->amount == tokens("200000000"));
    world.check_sound();
}

TEST_CASE("resolve unvalued: prices must be fit to close at", "[ops][resolve]")
{
    Beyond world("1000");
    world.wait(world.oracle.max_age_liquidation.raw() + 1, false);
    CHECK(world.resolve_account(SHORT) == Error::stale_price);
    world.wait(world.oracle.failed_after.raw(), false);
    CHECK(world.resolve_account(SHORT) == Error::ok);
    CHECK(world.resolve_account(OTHER) == Error::not_liquidatable);
}

TEST_CASE("headroom: a change keeps it, or takes none", "[risk][health]")
{
    MarginReport before;
    MarginReport after;
    const Money limit = Money::from_raw(MONEY_MAX.raw() / BOOK_HEADROOM);
    after.sums.gross = limit;
    CHECK(keeps_headroom(before, after, MarginMode::standard));
    CHECK_FALSE(keeps_headroom(before, after, MarginMode::portfolio));
    after.sums.gross += Money::from_raw(1);
    CHECK_FALSE(keeps_headroom(before, after, MarginMode::standard));
    before.sums.gross = after.sums.gross;
    CHECK(keeps_headroom(before, after, MarginMode::standard));
    after.sums.need = Money::from_raw(NEED_MAX.raw() / BOOK_HEADROOM + 1);
    CHECK_FALSE(keeps_headroom(before, after, MarginMode::standard));
    before.sums.need = after.sums.need;
    CHECK(keeps_headroom(before, after, MarginMode::standard));
}

}  // namespace
}  // namespace plimsoll
