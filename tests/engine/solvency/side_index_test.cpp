// plimsoll: tests/engine/solvency/side_index_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Side indexes: each operation by hand, its errors, and the range of k.
#include "engine/solvency/side_index.hpp"

#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/side_pair.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::money;
using test::price;
using test::quantity;
using test::raw;
using test::SidePair;
using test::text;

constexpr MarketId MARKET = SidePair::MARKET;

PositionView seen(const SidePair& pair, std::size_t i)
{
    const Result<PositionView> now = view(pair.positions[i], pair.indexes, pair.epochs);
    REQUIRE(now);
    return *now;
}

bool same(const SideIndex& a, const SideIndex& b)
{
    return a.a == b.a && a.k == b.k && a.epoch == b.epoch && a.dust == b.dust;
}
bool same(const MarketIndexes& a, const MarketIndexes& b)
{
    return a.open_interest == b.open_interest && same(a.sides[0], b.sides[0]) &&
           same(a.sides[1], b.sides[1]);
}

/// Account 0 long `size` and account 1 short at 100.
struct OpenPair : SidePair
{
    explicit OpenPair(i128 size) : SidePair(4) { fill(0, 1, size, price("100")); }
};

TEST_CASE("side_index: a fill moves base and quote and counts open interest once", "[side_index]")
{
    SidePair pair(3);
    pair.fill(0, 1, raw("2"), price("100"));
    CHECK(pair.positions[0].base == quantity("2"));
    CHECK(pair.positions[0].quote == money("-200"));
    CHECK(pair.positions[1].base == quantity("-2"));
    CHECK(pair.positions[1].quote == money("200"));
    CHECK((pair.indexes.open_interest == raw("2")));
    // The long hands half of it to a third account: nothing new is open.
    pair.fill(2, 0, raw("1"), price("110"));
    CHECK((pair.indexes.open_interest == raw("2")));
    CHECK(pair.positions[0].quote == money("-90"));
    // The third account flips through zero to short 3, against account 1, which flips to long 2.
    pair.fill(1, 2, raw("4"), price("120"));
    CHECK(pair.positions[2].base == quantity("-3"));
    CHECK(pair.positions[1].base == quantity("2"));
    CHECK((pair.indexes.open_interest == raw("3")));
    CHECK(pair.difference() == "");
}

TEST_CASE(
    "side_index: the fraction of a fill's cost stays with the house on both legs", "[side_index]")
{
    SidePair pair(2);
    pair.fill(0, 1, 1, price("0.3"));
    CHECK((pair.positions[0].quote.raw() == -1));
    CHECK((pair.positions[1].quote.raw() == 0));
    pair.fill(0, 1, 3, price("0.5"));
    CHECK((pair.positions[0].quote.raw() == -3));
    CHECK((pair.positions[1].quote.raw() == 1));
}

TEST_CASE("side_index: trade refuses what leaves its range and changes nothing", "[side_index]")
{
    const MarketIndexes indexes = fresh_indexes();
    Position position;
    REQUIRE(trade(position, indexes, QUANTITY_MAX, PRICE_MAX) == Error::ok);
    CHECK(position.base == QUANTITY_MAX);
    CHECK(position.quote == -MONEY_MAX);
    const Position before = position;
    CHECK(trade(position, indexes, Quantity::from_raw(1), price("1")) == Error::out_of_range);
    CHECK(trade(position, indexes, quantity("-1"), -price("1")) == Error::out_of_range);
    CHECK(position.base == before.base);
    CHECK(position.quote == before.quote);
}

TEST_CASE("side_index: longs pay a positive funding charge, shorts a negative one", "[side_index]")
{
    OpenPair pair(raw("10"));
    REQUIRE(pair.fund(price("0.5")));
    CHECK(seen(pair, 0).quote == money("-1005"));
    CHECK(seen(pair, 1).quote == money("1005"));
    REQUIRE(pair.fund(price("-2")));
    CHECK(seen(pair, 0).quote == money("-985"));
    CHECK(seen(pair, 1).quote == money("985"));
    CHECK(pair.difference() == "");
}

TEST_CASE("side_index: funding skips a market whose open interest is all dust", "[side_index]")
{
    OpenPair pair(2);
    pair.indexes.sides[0].dust = 2;
    const MarketIndexes before = pair.indexes;
    CHECK(apply_funding(pair.indexes, price("1")) == Error::ok);
    CHECK(same(pair.indexes, before));
    CHECK(socialise(pair.indexes, money("1")) == Error::nothing_to_do);
    CHECK(same(pair.indexes, before));
}

TEST_CASE(
    "side_index: deleveraging a long takes the same fraction from every short", "[side_index]")
{
    SidePair pair(4);
    pair.fill(0, 1, raw("4"), price("100"));
    pair.fill(2, 3, raw("6"), price("100"));
    pair.deleverage_account(0, price("90"));
    CHECK(pair.positions[0].base.is_zero());
    CHECK(pair.positions[0].quote == money("-40"));
    CHECK((pair.indexes.open_interest == raw("6")));
    CHECK((pair.indexes.of(Side::short_side).a == INDEX_ONE / 10 * 6));
    CHECK(seen(pair, 1).base == quantity("-2.4"));
    CHECK(seen(pair, 1).quote == money("256"));  // 400 - 1.6 * 90
    CHECK(seen(pair, 3).base == quantity("-3.6"));
    CHECK(seen(pair, 2).base == quantity("6"));
    CHECK(pair.difference() == "");
    CHECK(pair.broken() == "");
}

TEST_CASE("side_index: deleveraging a short pays every long the same fraction", "[side_index]")
{
    SidePair pair(4);
    pair.fill(0, 1, raw("4"), price("100"));
    pair.fill(2, 3, raw("6"), price("100"));
    pair.deleverage_account(3, price("125"), raw("5"));
    CHECK(pair.positions[3].base == quantity("-1"));
    CHECK(pair.positions[3].quote == money("-25"));
    CHECK(seen(pair, 0).base == quantity("2"));
    CHECK(seen(pair, 0).quote == money("-150"));  // -400 + 2 * 125
    CHECK(seen(pair, 2).base == quantity("3"));
    CHECK(pair.difference() == "");
}

TEST_CASE("side_index: deleveraging a whole side ends the epoch and empties everyone in it",
    "[side_index]")
{
    OpenPair pair(raw("10"));
    pair.deleverage_account(0, price("80"));
    CHECK((pair.indexes.open_interest == 0));
    CHECK(pair.indexes.of(Side::short_side).epoch == 1);
    CHECK((pair.indexes.of(Side::short_side).a == INDEX_ONE));
    CHECK(pair.indexes.of(Side::long_side).epoch == 0);
    CHECK(seen(pair, 1).base.is_zero());
    CHECK(seen(pair, 1).quote == money("200"));
    // The emptied side opens again at once, and the sleeper's past does not touch the new holders.
    pair.fill(2, 3, raw("1"), price("80"));
    REQUIRE(pair.fund(price("1")));
    CHECK(seen(pair, 1).quote == money("200"));
    CHECK(seen(pair, 3).quote == money("81"));
    CHECK(pair.difference() == "");
    CHECK(pair.broken() == "");
}

TEST_CASE("side_index: deleveraging at a price of zero takes bases for nothing", "[side_index]")
{
    OpenPair pair(raw("10"));
    pair.deleverage_account(1, Price::zero(), raw("5"));
    CHECK(seen(pair, 0).base == quantity("5"));
    CHECK(seen(pair, 0).quote == money("-1000"));
    CHECK(pair.difference() == "");
}

TEST_CASE("side_index: a socialised loss falls on both sides, half each, odd units rounded up",
    "[side_index]")
{
    OpenPair pair(raw("10"));
    REQUIRE(pair.charge_loss(money("3")) == Error::ok);
    CHECK(seen(pair, 0).quote == money("-1001.5"));
    CHECK(seen(pair, 1).quote == money("998.5"));
    REQUIRE(pair.charge_loss(Money::from_raw(1)) == Error::ok);
    // One raw unit over two sides of 1e19 raw: each position pays a whole one, floored against it.
    CHECK(seen(pair, 0).quote == money("-1001.5") - Money::from_raw(1));
    CHECK(seen(pair, 1).quote == money("998.5") - Money::from_raw(1));
    CHECK(pair.difference() == "");
    CHECK(pair.broken() == "");
}

TEST_CASE("side_index: a market that expires turns every position into quote", "[side_index]")
{
    OpenPair pair(raw("10"));
    REQUIRE(pair.expire_market(price("130")));
    CHECK(seen(pair, 0).base.is_zero());
    CHECK(seen(pair, 0).quote == money("300"));
    CHECK(seen(pair, 1).quote == money("-300"));
    CHECK((pair.indexes.open_interest == 0));
    CHECK(pair.difference() == "");
    CHECK(pair.broken() == "");
}

TEST_CASE("side_index: a side below 1e-9 starts a new epoch and keeps its dust", "[side_index]")
{
    OpenPair pair(raw("1000000"));
    pair.deleverage_account(1, price("100"), raw("1000000") - raw("0.0009"));
    const SideIndex& longs = pair.indexes.of(Side::long_side);
    CHECK(longs.epoch == 1);
    CHECK((longs.a == INDEX_ONE));
    CHECK((longs.k == 0));
    CHECK((longs.dust > 0));
    EpochRecord record;
    REQUIRE(pair.epochs.epoch(MARKET, Side::long_side, 0, record));
    CHECK((record.a_end == INDEX_A_MIN / 10 * 9));
    CHECK(seen(pair, 0).base == quantity("0.0009"));
    CHECK(seen(pair, 0).stages == 1);
    // 1e-9 itself still belongs to the old epoch.
    OpenPair at(raw("1000000"));
    at.deleverage_account(1, price("100"), raw("1000000") - raw("0.001"));
    CHECK(at.indexes.of(Side::long_side).epoch == 0);
    CHECK((at.indexes.of(Side::long_side).a == INDEX_A_MIN));
}

TEST_CASE("side_index: open interest that no long holds any more is dust, not a side to charge",
    "[side_index]")
{
    // `a` stands at its least, and deleveraging leaves 4 raw units of a million: `a` is floored to zero.
    OpenPair pair(raw("1000000"));
    pair.deleverage_account(1, price("100"), raw("1000000") - raw("0.001"));
    pair.fill(2, 1, raw("1000000"), price("100"));
    pair.deleverage_account(1, price("100"), pair.indexes.open_interest - 4);
    REQUIRE((pair.indexes.open_interest == 4));
    const SideIndex& longs = pair.indexes.of(Side::long_side);
    CHECK(longs.epoch == 1);
    CHECK((longs.dust >= 4));
    CHECK(seen(pair, 0).base.is_zero());
    CHECK(seen(pair, 2).base.is_zero());
    CHECK(pair.broken() == "");
    // Nobody is charged, so nobody is paid.
    REQUIRE(pair.fund(PRICE_MAX));
    CHECK(pair.charge_loss(money("1")) == Error::nothing_to_do);
    CHECK(pair.broken() == "");
    CHECK(pair.difference() == "");
}

TEST_CASE("side_index: a lost epoch record is a corrupt store, for view and touch", "[side_index]")
{
    OpenPair pair(raw("10"));
    pair.deleverage_account(0, price("80"));
    pair.epochs.lose(MARKET);
    CHECK(view(pair.positions[1], pair.indexes, pair.epochs).error() == Error::corrupt_record);
    CHECK(touch(pair.positions[1], pair.indexes, pair.epochs).error() == Error::corrupt_record);
    Position future = pair.positions[1];
    future.epoch = 2;
    CHECK(view(future, pair.indexes, pair.epochs).error() == Error::corrupt_record);
}

TEST_CASE("side_index: a flat position is its quote, whatever its snapshots say", "[side_index]")
{
    OpenPair pair(raw("10"));
    Position flat;
    flat.market = MARKET;
    flat.quote = money("7");
    flat.epoch = 99;
    const Result<PositionView> now = view(flat, pair.indexes, pair.epochs);
    REQUIRE(now);
    CHECK(now->base.is_zero());
    CHECK(now->quote == money("7"));
    const Result<Touched> touched = touch(flat, pair.indexes, pair.epochs);
    REQUIRE(touched);
    CHECK(touched->done);
}

// --- the range of k ---

TEST_CASE("side_index: funding reaches the soft limit and stops there with an error",
    "[side_index][range]")
{
    for (const int sign : {1, -1}) {
        OpenPair pair(raw("1000"));
        const Price charge = Price::from_raw(sign * PRICE_MAX.raw());
        int accepted = 0;
        while (pair.fund(charge)) {
            ++accepted;
            REQUIRE(accepted <= 700);
        }
        CHECK(accepted == 700);
        CHECK((pair.indexes.of(Side::long_side).k == -sign * INDEX_K_SOFT_LIMIT));
        CHECK(pair.difference() == "");
        const MarketIndexes before = pair.indexes;
        CHECK(apply_funding(pair.indexes, Price::from_raw(sign)) == Error::arithmetic_range);
        CHECK(same(pair.indexes, before));
        if (sign > 0) {
            CHECK(socialise(pair.indexes, money("1")) == Error::arithmetic_range);
            CHECK(same(pair.indexes, before));
        }
        // A market can always end, at any payoff.
        for (const Price at : {price("0"), price("1"), PRICE_MAX}) {
            MarketIndexes ended = before;
            CHECK(expire(ended, at));
            CHECK((ended.open_interest == 0));
        }
        // Positions are what they should be: 1000 * 7e10 is within the range of money.
        CHECK(pair.broken() == "");
        // And the way back is open.
        CHECK(pair.fund(-charge));
    }
}

TEST_CASE(
    "side_index: charges beyond 128 bits are refused and change nothing", "[side_index][range]")
{
    for (const i128 open : {i128{1}, raw("0.000001"), raw("1")}) {
        OpenPair pair(open);
        for (const i128 k : {i128{0}, INDEX_K_SOFT_LIMIT, -INDEX_K_SOFT_LIMIT}) {
            pair.indexes.sides[0].k = k;
            pair.indexes.sides[1].k = k;
            const MarketIndexes before = pair.indexes;
            for (i128 size = 1; size < num::I128_MAX / 20; size *= 10) {
                // Below this the charge may be within the limit from one of the three places.
                if (size / open <= 4 * (INDEX_K_SOFT_LIMIT / INDEX_ONE))
                    continue;
                INFO("open " << text(open) << " loss " << text(size));
                CHECK(socialise(pair.indexes, Money::from_raw(size)) == Error::arithmetic_range);
                REQUIRE(same(pair.indexes, before));
            }
            for (i128 size = PRICE_MAX.raw() * 2'000; size < num::I128_MAX / 20; size *= 10) {
                for (const i128 charge : {size, -size})
                    CHECK(apply_funding(pair.indexes, Price::from_raw(charge)) ==
                          Error::arithmetic_range);
                CHECK_FALSE(expire(pair.indexes, Price::from_raw(size)));
                REQUIRE(same(pair.indexes, before));
            }
        }
    }
}

TEST_CASE(
    "side_index: deleveraging never fails, even from the soft limit and at twice the top price",
    "[side_index][range]")
{
    const Price top = Price::from_raw(2 * PRICE_MAX.raw());
    for (const bool close_shorts : {true, false}) {
        SidePair pair(4);
        pair.fill(0, 1, raw("1000"), price("100"));
        // Deleveraging raises k of either side, so the upper limit is the one that it nears: longs reach
        // it by receiving funding, shorts by paying it; both at once under a negative charge.
        while (pair.fund(Price::from_raw(-PRICE_MAX.raw()))) {
        }
        const Side other = close_shorts ? Side::long_side : Side::short_side;
        CHECK((pair.indexes.of(other).k == INDEX_K_SOFT_LIMIT));
        const std::size_t who = close_shorts ? 1 : 0;
        const std::size_t against = close_shorts ? 0 : 1;
        test::Rng rng(7);
        for (int step = 0; step < 400; ++step) {
            const i128 size = pair.positions[who].base.abs().raw();
            pair.deleverage_account(who, top, rng.between(1, size / 2 + 1));
            // Opening again on both sides keeps the epoch going with its old k.
            if (pair.indexes.open_interest < raw("0.000000001")) {
                if (close_shorts)
                    pair.fill(2, who, raw("1000"), price("100"));
                else
                    pair.fill(who, 2, raw("1000"), price("100"));
            }
            REQUIRE((pair.indexes.of(other).k <= INDEX_K_LIMIT));
            REQUIRE(pair.difference() == "");
        }
        CHECK(pair.indexes.of(other).epoch > 1);
        CHECK(seen(pair, against).base.abs() <= Quantity::from_raw(1));
    }
}

TEST_CASE(
    "side_index: a quote beyond the range of money saturates, on both sides", "[side_index][range]")
{
    SidePair pair(2);
    const Quantity half = Quantity::from_raw(QUANTITY_MAX.raw() / 2);
    pair.fill(0, 1, half.raw(), price("1"));
    // 5e9 units at 7e10 quote each.
    while (apply_funding(pair.indexes, PRICE_MAX) == Error::ok) {
    }
    CHECK(seen(pair, 0).quote == -MONEY_MAX);
    CHECK(seen(pair, 1).quote == MONEY_MAX);
    Position position = pair.positions[0];
    REQUIRE(touch(position, pair.indexes, pair.epochs));
    CHECK(position.quote == -MONEY_MAX);
    // Past 128 bits too: the greatest position at the least `a`.
    Position old = pair.positions[1];
    old.a = INDEX_A_MIN;
    pair.indexes.of(Side::short_side).a = INDEX_A_MIN;
    const Result<PositionView> beyond = view(old, pair.indexes, pair.epochs);
    REQUIRE(beyond);
    CHECK(beyond->quote == MONEY_MAX);
    // Deleveraging works on a saturated account, and leaves its quote in range.
    Position bankrupt = position;
    (void)deleverage(bankrupt, pair.indexes, half, price("0"));
    CHECK(bankrupt.base.is_zero());
    CHECK(bankrupt.quote == -MONEY_MAX);
}

}  // namespace
}  // namespace plimsoll
