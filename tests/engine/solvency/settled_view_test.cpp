// plimsoll: tests/engine/solvency/settled_view_test.cpp             SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A position at a mark that is the payoff, and the same position as the quote that
// expiry makes of it: they differ by the stated rounding and nothing else. What is paid out is paid in.
#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/side_pair.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using num::WAD;
using test::Int;
using test::raw;
using test::Rng;
using test::SidePair;
using test::wide;

constexpr std::size_t ACCOUNTS = 6;

/// A random past of trades, funding, losses and deleveraging.
SidePair any_past(Rng& rng, i128 price)
{
    SidePair pair(ACCOUNTS);
    for (int step = 0; step < 60; ++step) {
        const std::size_t who = rng.below(ACCOUNTS);
        const std::size_t against = (who + 1 + rng.below(ACCOUNTS - 1)) % ACCOUNTS;
        const Price at = Price::from_raw(price * rng.between(900, 1'100) / 1'000 + 1);
        switch (rng.below(8)) {
        case 0:
            static_cast<void>(pair.fund(Price::from_raw(rng.between(-price / 100, price / 100))));
            break;
        case 1:
            pair.deleverage_account(who, at, rng.between(1, raw("50")));
            break;
        case 2:
            static_cast<void>(pair.charge_loss(Money::from_raw(rng.between(1, raw("3")))));
            break;
        default:
            pair.fill(who, against,
                rng.pick<i128>({1, 999, rng.between(1, raw("100")), rng.between(1, raw("100"))}),
                at);
        }
    }
    return pair;
}

TEST_CASE("side_index: settled positions are worth what they were at the payoff, less rounding",
    "[solvency][side_index]")
{
    Rng rng(41);
    int compared = 0;
    for (int story = 0; story < 300; ++story) {
        const i128 price = rng.pick<i128>(
            {rng.between(1, 1'000), raw("0.5"), raw("2000"), rng.between(1, raw("90000"))});
        SidePair pair = any_past(rng, price);
        const i128 payoff = rng.pick<i128>({0, price, rng.between(0, 2 * price)});
        Int worth[ACCOUNTS];
        int stages[ACCOUNTS] = {};
        Int spread[ACCOUNTS];
        for (std::size_t i = 0; i < ACCOUNTS; ++i) {
            const Position& position = pair.positions[i];
            const Result<PositionView> now = view(position, pair.indexes, pair.epochs);
            REQUIRE(now);
            worth[i] = wide(now->quote.raw()) +
                       test::div_floor(wide(now->base.raw()) * wide(payoff), wide(WAD));
            stages[i] = now->stages;
            spread[i] = position.base.is_zero()
                            ? Int(0)
                            : Int(wide(position.base.abs().raw()) / wide(position.a));
        }
        REQUIRE(pair.expire_market(Price::from_raw(payoff)));
        for (std::size_t i = 0; i < ACCOUNTS; ++i) {
            const Result<PositionView> untouched =
                view(pair.positions[i], pair.indexes, pair.epochs);
            REQUIRE(untouched);
            REQUIRE(untouched->base.is_zero());
            REQUIRE(pair.touch_fully(i) == 1);
            const Position& settled = pair.positions[i];
            REQUIRE(settled.base.is_zero());
            // The view before the touch is what the touch writes.
            REQUIRE(settled.quote == untouched->quote);
            // Two floors, a raw unit of k over a snapshot, and for each stage a raw unit of base.
            const Int change = wide(settled.quote.raw()) - worth[i];
            const Int bound = 2 + spread[i] + (stages[i] + 1) * (wide(payoff) / wide(WAD) + 2);
            INFO("payoff " << test::text(payoff) << ", change " << change.str());
            REQUIRE(change <= bound);
            REQUIRE(-change <= bound);
            ++compared;
        }
        REQUIRE(pair.broken() == "");
    }
    CHECK(compared == 300 * static_cast<int>(ACCOUNTS));
}

TEST_CASE("side_index: what longs are paid at expiry shorts pay, and the house keeps the rounding",
    "[solvency][side_index]")
{
    Rng rng(43);
    for (int story = 0; story < 300; ++story) {
        const i128 price = rng.between(1, raw("5000"));
        SidePair pair = any_past(rng, price);
        REQUIRE(pair.expire_market(Price::from_raw(rng.between(0, 3 * price))));
        Int sum = 0;
        for (std::size_t i = 0; i < ACCOUNTS; ++i) {
            pair.touch_fully(i);
            sum += wide(pair.positions[i].quote.raw());
        }
        // All that was ever paid between them, at the payoff included: never more to than from.
        REQUIRE(sum + pair.model.paid_out <= 0);
        REQUIRE(pair.difference() == "");
    }
}

}  // namespace
}  // namespace plimsoll
