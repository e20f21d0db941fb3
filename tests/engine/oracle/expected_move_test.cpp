// plimsoll: tests/engine/oracle/expected_move_test.cpp              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. How far a price may go, against exact rationals, and the haircut that follows.
#include "engine/oracle/expected_move.hpp"

#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/wide_int.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::ratio;
using test::Rational;
using test::Rng;
using test::seconds;
using test::wide;

const VolatilityHaircutParams PARAMS{ratio("2.5"), seconds(86'400), ratio("0.3")};

TEST_CASE("expected move: by hand", "[oracle][expected_move]")
{
    CHECK(expected_move_ceil(ratio("3"), ratio("0.8"), VOLATILITY_YEAR) == ratio("2.4"));
    // A quarter of a year is half the deviation.
    CHECK(expected_move_ceil(ratio("3"), ratio("0.8"), seconds(7'884'000)) == ratio("1.2"));
    CHECK(expected_move_ceil(Ratio::zero(), ratio("0.8"), VOLATILITY_YEAR) == Ratio::zero());
    CHECK(expected_move_ceil(ratio("3"), Ratio::zero(), VOLATILITY_YEAR) == Ratio::zero());
    CHECK(expected_move_ceil(ratio("3"), ratio("0.8"), Seconds::zero()) == Ratio::zero());
}

TEST_CASE("expected move: never below the exact value, and above it by almost nothing",
    "[oracle][expected_move]")
{
    Rng rng(3);
    const Rational unit(1, wide(num::WAD));
    for (int run = 0; run < 20'000; ++run) {
        const Ratio multiple = Ratio::from_raw(rng.between(0, i128{20} * num::WAD));
        const Ratio volatility = Ratio::from_raw(rng.between(0, i128{50} * num::WAD));
        const std::uint64_t horizon = 1 + rng.below(30 * 86'400);
        const Ratio move = expected_move_ceil(multiple, volatility, seconds(horizon));
        const Rational product =
            Rational(wide(multiple.raw()) * wide(volatility.raw())) * unit * unit;
        const Rational square = product * product * Rational(horizon, 31'536'000);
        const Rational ours = Rational(wide(move.raw())) * unit;
        REQUIRE(ours * ours >= square);
        // A unit of the years under the root is at most 2e-12 of them, half of that in the root; its own
        // rounding is one unit in sqrt(horizon / year) >= 1.7e-4; the products round by a unit each.
        const Rational less = ours - ours / 100'000'000'000 - 3 * unit;
        REQUIRE((less <= 0 || less * less <= square));
    }
}

TEST_CASE("volatility haircut: rises with volatility and never passes the whole value",
    "[oracle][haircut]")
{
    Ratio before;
    for (int percent = 0; percent <= 5'000; percent += 10) {
        const Ratio volatility = Ratio::from_raw(i128{percent} * (num::WAD / 100));
        const Ratio haircut = volatility_haircut_ceil(PARAMS, volatility);
        CHECK(haircut >= before);
        CHECK(haircut <= Ratio::one());
        CHECK(weight_floor(haircut) + haircut == Ratio::one());
        CHECK(!weight_floor(haircut).is_negative());
        before = haircut;
    }
    CHECK(before == Ratio::one());
    CHECK(weight_floor(ratio("1.5")) == Ratio::zero());
}

}  // namespace
}  // namespace plimsoll
