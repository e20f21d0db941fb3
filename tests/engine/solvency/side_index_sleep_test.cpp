// plimsoll: tests/engine/solvency/side_index_sleep_test.cpp         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Accounts that sleep through many epochs of their market's side.
#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/side_pair.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::Int;
using test::price;
using test::quantity;
using test::Rng;
using test::SidePair;
using test::wide;

constexpr i128 UNIT = num::WAD;

// Who is who: two sleepers on the side that is deleveraged, their twin that is touched after every
// epoch, the counterparty of all three, and two that trade anew in every epoch.
constexpr std::size_t SLEEPER = 0, SECOND = 1, TWIN = 2, COUNTER = 3, FRESH = 4, BANKRUPT = 5;

struct Drowse
{
    SidePair pair{6};
    bool longs;
    Int quote_slack = 0;  // how much lower a sleeper's quote may be than its twin's

    Drowse(bool on_long_side, i128 size, i128 second) : longs(on_long_side)
    {
        trade(SLEEPER, COUNTER, size);
        trade(SECOND, COUNTER, second);
        trade(TWIN, COUNTER, size);
    }

    [[nodiscard]] Side side() const { return longs ? Side::long_side : Side::short_side; }
    [[nodiscard]] std::uint32_t epoch() const { return pair.indexes.of(side()).epoch; }

    void trade(std::size_t holder, std::size_t against, i128 size)
    {
        if (longs)
            pair.fill(holder, against, size, price("250"));
        else
            pair.fill(against, holder, size, price("250"));
    }

    /// Opens, accrues, and deleverages the sleepers' side to `keep_inverse`-th of itself, in two steps.
    void one_epoch(Rng& rng, i128 keep_inverse)
    {
        const std::uint32_t before = epoch();
        trade(FRESH, BANKRUPT, QUANTITY_MAX.raw() / 1'000);
        REQUIRE(pair.fund(Price::from_raw(rng.between(-10 * UNIT, 10 * UNIT))));
        REQUIRE(pair.charge_loss(Money::from_raw(rng.between(1, 1'000 * UNIT))) == Error::ok);
        const Price at = Price::from_raw(rng.between(1, 500 * UNIT));
        const i128 first = pair.indexes.open_interest / 3;
        deleverage_other_side(at, first);
        const i128 open = pair.indexes.open_interest;
        deleverage_other_side(at, open - (keep_inverse == 0 ? 0 : open / keep_inverse));
        REQUIRE(epoch() == before + 1);
        EpochRecord record;
        REQUIRE(pair.epochs.epoch(SidePair::MARKET, side(), before, record));
        REQUIRE((record.a_end == 0) == (keep_inverse == 0));
        // A later stage takes the worse of two neighbouring integers: one base unit's worth of k.
        quote_slack += test::div_ceil(abs(wide(record.k_end)), test::MODEL_ONE) + 1;
        pair.touch_fully(TWIN);
        REQUIRE(pair.difference() == "");
        REQUIRE(pair.broken() == "");
    }

    void deleverage_other_side(Price at, i128 quantity)
    {
        for (const std::size_t who : {COUNTER, BANKRUPT}) {
            const i128 had = pair.indexes.open_interest;
            if (quantity > 0 && (pair.positions[who].base.is_positive() != longs))
                pair.deleverage_account(who, at, quantity);
            quantity -= had - pair.indexes.open_interest;
        }
    }

    void check_sleeper(std::uint32_t epochs)
    {
        const Position& sleeper = pair.positions[SLEEPER];
        const Result<PositionView> now = view(sleeper, pair.indexes, pair.epochs);
        const bool behind = epochs > static_cast<std::uint32_t>(STAGES_MAX);
        REQUIRE(static_cast<bool>(now) == !behind);
        if (behind) {
            CHECK(now.error() == Error::touch_first);
        }
        const test::ModelView exact = pair.model.view(pair.model.positions[SLEEPER]);
        // Eight epochs a call; the last call also takes the current one. A long that has been floored to
        // nothing has nothing left to follow.
        const int calls = (static_cast<int>(epochs) - 1) / STAGES_MAX + 1;
        CHECK(pair.touch_fully(SLEEPER) == (longs && behind ? 2 : calls));
        CHECK(pair.difference() == "");
        CHECK(pair.broken() == "");
        if (now) {
            CHECK(pair.positions[SLEEPER].base == now->base);
            CHECK(pair.positions[SLEEPER].quote == now->quote);
        }
        // Base: the very same chain of roundings as the twin's. Quote: below it but for the floor that the
        // twin took at each touch, and within the slack.
        const Position& twin = pair.positions[TWIN];
        const Int lower = wide(twin.quote.raw()) - wide(pair.positions[SLEEPER].quote.raw());
        CHECK(pair.positions[SLEEPER].base == twin.base);
        CHECK(lower >= -wide(epochs));
        CHECK(lower <= quote_slack);
        // Touching in several calls is never kinder than one walk of any length, nor much harsher.
        CHECK(wide(pair.positions[SLEEPER].quote.raw()) >= exact.quote);
        CHECK(wide(pair.positions[SLEEPER].quote.raw()) - exact.quote <= quote_slack);
    }
};

TEST_CASE("side_index: a sleeper through 1, 7, 8, 9 and 20 rescaled epochs ends as its twin does",
    "[side_index][sleep]")
{
    for (const bool longs : {true, false}) {
        for (const std::uint32_t epochs : {1U, 7U, 8U, 9U, 20U}) {
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                INFO((longs ? "long " : "short ") << epochs << " epochs, seed " << seed);
                Rng rng(seed * 31 + epochs);
                // From a dust holder to one that still has base after two epochs.
                const i128 size =
                    rng.pick<i128>({1, 1'000, UNIT, 1'000'000 * UNIT, 100'000'000 * UNIT});
                Drowse drowse(longs, size, rng.between(1, UNIT));
                for (std::uint32_t e = 0; e < epochs; ++e)
                    drowse.one_epoch(
                        rng, rng.pick<i128>({1'100'000'000, 3'000'000'000, 10'000'000'000}));
                drowse.check_sleeper(epochs);
                drowse.pair.touch_fully(SECOND);
                CHECK(drowse.pair.broken() == "");
            }
        }
    }
}

TEST_CASE("side_index: an epoch that emptied the side wakes a sleeper with nothing but quote",
    "[side_index][sleep]")
{
    for (const bool longs : {true, false}) {
        for (const std::uint32_t emptied_at : {0U, 1U, 6U, 7U}) {
            INFO((longs ? "long, " : "short, ") << "emptied in epoch " << emptied_at);
            Rng rng(emptied_at);
            Drowse drowse(longs, 100'000'000 * UNIT, UNIT);
            for (std::uint32_t e = 0; e < 20; ++e)
                drowse.one_epoch(rng, e == emptied_at ? 0 : 2'000'000'000);
            // However long it sleeps on, the walk ends where the side was emptied.
            const Result<PositionView> now =
                view(drowse.pair.positions[SLEEPER], drowse.pair.indexes, drowse.pair.epochs);
            REQUIRE(now);
            CHECK(now->base.is_zero());
            CHECK(now->stages == static_cast<int>(emptied_at) + 1);
            CHECK(drowse.pair.touch_fully(SLEEPER) == 1);
            CHECK(drowse.pair.positions[SLEEPER].base.is_zero());
            CHECK(drowse.pair.positions[SLEEPER].quote == now->quote);
            CHECK(drowse.pair.positions[TWIN].base.is_zero());
            CHECK(drowse.pair.positions[SLEEPER].quote <= drowse.pair.positions[TWIN].quote);
            CHECK(drowse.pair.difference() == "");
            CHECK(drowse.pair.broken() == "");
        }
    }
}

TEST_CASE("side_index: an emptying epoch behind the eighth is reached by the second touch",
    "[side_index][sleep]")
{
    Rng rng(5);
    Drowse drowse(false, UNIT, UNIT);
    for (std::uint32_t e = 0; e < 12; ++e)
        drowse.one_epoch(rng, e == 10 ? 0 : 2'000'000'000);
    CHECK(view(drowse.pair.positions[SLEEPER], drowse.pair.indexes, drowse.pair.epochs).error() ==
          Error::touch_first);
    CHECK_FALSE(drowse.pair.touch_once(SLEEPER));
    CHECK(drowse.pair.positions[SLEEPER].epoch == 8);
    CHECK(drowse.pair.broken() == "");
    CHECK(drowse.pair.touch_once(SLEEPER));
    CHECK(drowse.pair.positions[SLEEPER].base.is_zero());
    CHECK(drowse.pair.difference() == "");
    CHECK(drowse.pair.broken() == "");
}

TEST_CASE(
    "side_index: a sleeper that trades after waking joins the new epoch", "[side_index][sleep]")
{
    Rng rng(9);
    Drowse drowse(true, 1'000'000 * UNIT, UNIT);
    for (std::uint32_t e = 0; e < 9; ++e)
        drowse.one_epoch(rng, 2'000'000'000);
    SidePair& pair = drowse.pair;
    pair.fill(SLEEPER, BANKRUPT, UNIT, price("250"));
    CHECK(pair.positions[SLEEPER].epoch == 9);
    CHECK((pair.positions[SLEEPER].a == pair.indexes.of(Side::long_side).a));
    CHECK(pair.difference() == "");
    CHECK(pair.broken() == "");
}

}  // namespace
}  // namespace plimsoll
