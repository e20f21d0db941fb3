// plimsoll: tests/engine/ops/resolve_options_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The house's stage for accounts in portfolio mode and with options: solvent and
// insolvent, by hand and on random books. None is ever stuck.
#include "tests/support/option_world.hpp"
#include "tests/support/stories.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::CALL_100;
using test::COIN8;
using test::M0;
using test::money;
using test::OptionWorld;
using test::price;
using test::PUT_100;
using test::quantity;
using test::RandomBook;
using test::ratio;
using test::tokens;
using test::U0;

constexpr std::size_t MAKER = 0, VICTIM = 1, LONG = 2, SHORT = 3;

/// The victim is short 10 calls; two others hold 90 against each other.
struct Writer : OptionWorld
{
    explicit Writer(MarginMode mode)
    {
        open(money("1000000"));
        open_in(mode, money("0"));
        open(money("1000000"));
        open(money("1000000"));
        must(fill_at_mark(CALL_100, MAKER, VICTIM, quantity("10")));
        must(fill_at_mark(CALL_100, LONG, SHORT, quantity("90")));
        flag(VICTIM);
        run_out_auctions();
    }
    static void must(Error error)
    {
        if (error != Error::ok)
            __builtin_trap();
    }
    /// The calls were worth nothing when they were sold: all that they are worth now has been lost there.
    void sold_for_nothing() { accounts[VICTIM].find(CALL_100)->seen_worth = Money::zero(); }
    void set_equity(Money equity) { accounts[VICTIM].cash += equity - report(VICTIM).equity; }
};

TEST_CASE("resolve: a solvent writer of options is deleveraged at mark by the least slice",
    "[ops][resolve]")
{
    for (const MarginMode mode : {MarginMode::standard, MarginMode::portfolio}) {
        Writer world(mode);
        const Money required = world.report(VICTIM).required(Level::maintenance);
        world.set_equity(scale_floor(required, ratio("0.55")));
        const Money owed = world.owed();
        const Money worth = world.worth_at_marks(VICTIM);
        Resolution done;
        REQUIRE(world.resolve_account(VICTIM, done) == Error::ok);
        CHECK_FALSE(done.insolvent);
        REQUIRE(done.deleveraged.size() == 1);
        CHECK(done.deleveraged[0].price == world.mark(CALL_100));
        // Half of the requirement is left, and a tenth as a buffer.
        CHECK((world.accounts[VICTIM].find(CALL_100)->base - quantity("-5")).abs() <
              quantity("0.0001"));
        CHECK(world.accounts[VICTIM].find(CALL_100)->quote.is_zero());
        CHECK_FALSE(world.liquidatable(VICTIM));
        CHECK((world.worth_at_marks(VICTIM) - worth).abs() <= Money::from_raw(2));
        CHECK(world.owed() == owed);
        CHECK(world.faults() == "");
    }
}

TEST_CASE("resolve: an insolvent writer's calls are closed below their mark, as the clamp allows",
    "[ops][resolve]")
{
    Writer world(MarginMode::portfolio);
    world.sold_for_nothing();
    world.set_equity(money("-1"));
    const Price mark = world.mark(CALL_100);
    const Money owed = world.owed();
    Resolution done;
    REQUIRE(world.resolve_account(VICTIM, done) == Error::ok);
    CHECK(done.insolvent);
    REQUIRE(done.deleveraged.size() == 1);
    // A deficit of 1 on 10 calls moves their price by a tenth.
    CHECK((done.deleveraged[0].price - (mark - price("0.1"))).abs() < price("0.000000000001"));
    CHECK(world.accounts[VICTIM].positions.empty());
    CHECK(world.accounts[VICTIM].cash.abs() < money("0.000000000001"));
    CHECK(done.open_deficit.is_zero());
    CHECK(world.owed() == owed);
    CHECK(world.faults() == "");

    // 1,000 are beyond the clamp and beyond the cap on losses: the rest is open.
    Writer deep(MarginMode::standard);
    deep.sold_for_nothing();
    deep.set_equity(money("-1000"));
    Resolution far;
    REQUIRE(deep.resolve_account(VICTIM, far) == Error::ok);
    REQUIRE(far.deleveraged.size() == 1);
    CHECK(far.deleveraged[0].price == mark - scale_floor(mark, ratio("0.05")));
    CHECK(far.socialised.size() == 1);
    CHECK(far.open_deficit > money("900"));
    CHECK(deep.accounts[VICTIM].cash.is_zero());
    CHECK(deep.faults() == "");
}

TEST_CASE(
    "resolve: a worthless option closes at zero, and its writer's loss goes on", "[ops][resolve]")
{
    Writer world(MarginMode::standard);
    world.reprice(U0, price("0.01"));
    REQUIRE(world.mark(CALL_100).is_zero());
    world.set_equity(money("-5"));
    Resolution done;
    REQUIRE(world.resolve_account(VICTIM, done) == Error::ok);
    REQUIRE(done.deleveraged.size() == 1);
    CHECK(done.deleveraged[0].price.is_zero());
    CHECK((done.open_deficit - money("5")).abs() < money("0.000000000001"));
    CHECK(world.accounts[VICTIM].cash.is_zero());
}

TEST_CASE(
    "resolve: a sold option bears what it has come to be worth, a perpetual that lost nothing "
    "bears nothing",
    "[ops][resolve]")
{
    Writer world(MarginMode::portfolio);
    world.sold_for_nothing();
    Writer::must(world.fill_at_mark(M0, VICTIM, MAKER, quantity("30")));
    world.set_equity(money("-1"));
    Resolution done;
    REQUIRE(world.resolve_account(VICTIM, done) == Error::ok);
    REQUIRE(done.deleveraged.size() == 2);
    // Ten calls bear all of it.
    const Price tenth = price("0.1");
    const Price error = price("0.000000000001");
    CHECK((done.deleveraged[0].price - world.mark(CALL_100) + tenth).abs() < error);
    CHECK(done.deleveraged[1].price == world.mark(M0));
    CHECK(done.open_deficit.is_zero());
}

TEST_CASE("resolve: the house takes its slice of coins that cover calls", "[ops][resolve]")
{
    Writer world(MarginMode::portfolio);
    world.deposit(VICTIM, COIN8, tokens("1000000000"));
    const MarginReport now = world.report(VICTIM);
    world.accounts[VICTIM].cash +=
        scale_floor(now.required(Level::maintenance), ratio("0.7")) - now.net(Level::maintenance);
    world.insurance.balance = money("5000");
    const Money owed = world.owed();
    Resolution done;
    REQUIRE(world.resolve_account(VICTIM, done) == Error::ok);
    REQUIRE(done.taken_over.size() == 1);
    REQUIRE(done.deleveraged.size() == 1);
    const TokenAmount taken = done.taken_over[0].amount;
    CHECK(taken > TokenAmount::zero());
    CHECK(taken < tokens("1000000000"));
    // At 100 less half of the tenth that is its haircut.
    const Money worth = notional_floor(quantity_from_tokens(taken, 8), price("95"));
    CHECK((done.taken_over[0].credit - worth).abs() < money("0.000001"));
    CHECK_FALSE(world.liquidatable(VICTIM));
    CHECK(world.accounts[VICTIM].positions.size() == 1);
    CHECK(world.owed() == owed);
    CHECK((world.tokens_of(COIN8) == 1'000'000'000));
}

TEST_CASE("prop: the house's stage ends every random book, solvent or not, and conserves",
    "[ops][resolve][properties]")
{
    const std::uint64_t last = test::stories(1'500);
    std::size_t solvent = 0, insolvent = 0, cut = 0, emptied = 0, open = 0, socialised = 0,
                taken = 0;
    for (std::uint64_t seed = 1; seed <= last; ++seed) {
        RandomBook world(seed);
        world.run_out_auctions();
        if (!world.liquidatable(RandomBook::VICTIM))
            continue;
        raise_flag(world.accounts[RandomBook::VICTIM].flag, world.liquidation, world.board.now);
        INFO("seed " << seed);
        const MarginReport was = world.report(RandomBook::VICTIM);
        const Money owed = world.owed();
        const num::i128 coins = world.tokens_of(COIN8);
        Resolution done;
        Error error = world.resolve_account(RandomBook::VICTIM, done);
        if (error == Error::auction_running) {
            world.run_out_auctions();
            if (!world.liquidatable(RandomBook::VICTIM))
                continue;
            error = world.resolve_account(RandomBook::VICTIM, done);
        }
        REQUIRE(error == Error::ok);
        const Account& account = world.accounts[RandomBook::VICTIM];
        INFO("equity " << test::text_of(was.equity) << " required "
                       << test::text_of(was.required(Level::maintenance)) << " haircut "
                       << test::text_of(was.haircut(Level::maintenance)) << " now health "
                       << test::text_of(world.health(RandomBook::VICTIM)) << " cash "
                       << test::text_of(account.cash) << " positions " << account.positions.size()
                       << " collaterals " << account.collaterals.size() << " mode "
                       << static_cast<int>(account.mode) << " insolvent " << done.insolvent);
        REQUIRE_FALSE(world.liquidatable(RandomBook::VICTIM));
        REQUIRE(world.owed() == owed);
        REQUIRE((world.tokens_of(COIN8) == coins));
        REQUIRE(world.faults() == "");
        if (done.insolvent) {
            REQUIRE(owes_nothing(account));
        } else {
            REQUIRE(world.health(RandomBook::VICTIM) >= was.health(Level::maintenance));
            REQUIRE(done.open_deficit.is_zero());
        }
        (done.insolvent ? insolvent : solvent) += 1;
        cut += !done.insolvent && has_open_position(account) ? 1U : 0U;
        emptied += has_open_position(account) ? 0U : 1U;
        open += done.open_deficit.is_positive() ? 1U : 0U;
        socialised += done.socialised.empty() ? 0U : 1U;
        taken += done.taken_over.empty() ? 0U : 1U;
    }
    CHECK(solvent > last / 4);
    CHECK(insolvent > last / 20);
    CHECK(cut > last / 5);
    CHECK(emptied > last / 20);
    CHECK(open > last / 100);
    CHECK(socialised > last / 100);
    CHECK(taken > last / 20);
}

}  // namespace
}  // namespace plimsoll
