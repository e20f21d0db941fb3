// plimsoll: tests/engine/oracle/correlation_step_test.cpp           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. From an observed correlation to the one that margin uses: steps, hysteresis, the slow
// value of maintenance, and the hull with governance's.
#include "engine/oracle/volatility.hpp"
#include "tests/engine/oracle/volatility_world.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <rapidcheck/catch.h>

namespace plimsoll {
namespace {

using num::i128;
using test::price;
using test::Push;
using test::ratio;
using test::Rng;
using test::seconds;
using test::VolatilityWorld;

constexpr std::uint64_t T = test::VOLATILITY_START;

const CorrelationParams PARAMS = test::default_correlation();  // steps of .05, hysteresis .01

Ratio drawn_correlation(Rng& rng)
{
    return Ratio::from_raw(rng.between(-i128{num::WAD}, num::WAD));
}

CorrelationParams drawn_params(Rng& rng)
{
    CorrelationParams params = PARAMS;
    params.step = Ratio::from_raw(rng.between(100, 5'000) * CORRELATION_UNIT.raw());
    params.hysteresis = Ratio::from_raw(rng.between(num::WAD / 1'000, params.step.raw()));
    REQUIRE(validate(params) == Error::ok);
    return params;
}

TEST_CASE("correlation steps: nothing happens within the interval and its hysteresis",
    "[oracle][correlation]")
{
    // Around .5 the interval is [.475, .525].
    for (const char* inside : {"0.5", "0.525", "0.475", "0.535", "0.465"})
        CHECK(stepped_e4(5'000, ratio(inside), PARAMS) == 5'000);
    CHECK(stepped_e4(5'000, ratio("0.535000000000000001"), PARAMS) == 5'500);
    CHECK(stepped_e4(5'000, ratio("0.464999999999999999"), PARAMS) == 4'500);
    CHECK(stepped_e4(5'000, ratio("0.9"), PARAMS) == 9'000);
    CHECK(stepped_e4(5'000, ratio("-1"), PARAMS) == -10'000);
    CHECK(stepped_e4(-9'500, ratio("1"), PARAMS) == 10'000);
    CHECK(stepped_e4(0, ratio("-0.04"), PARAMS) == -500);
    // A tie goes up.
    CHECK(stepped_e4(0, ratio("0.575"), PARAMS) == 6'000);
    CHECK(stepped_e4(0, ratio("-0.575"), PARAMS) == -5'500);
}

TEST_CASE("correlation steps: the ends stay in range when the step does not divide them",
    "[oracle][correlation]")
{
    CorrelationParams params = PARAMS;
    params.step = ratio("0.35");
    CHECK(stepped_e4(0, ratio("1"), params) == 10'000);
    CHECK(stepped_e4(0, ratio("-1"), params) == -10'000);
    CHECK(stepped_e4(0, ratio("0.6"), params) == 7'000);
}

TEST_CASE("correlation steps: used and observed differ by half a step and the hysteresis at most",
    "[oracle][correlation][property]")
{
    rc::prop("any current value, any observed one", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        const CorrelationParams params = drawn_params(rng);
        const auto current = static_cast<std::int16_t>(rng.between(-10'000, 10'000));
        const Ratio observed = drawn_correlation(rng);
        const std::int16_t stepped = stepped_e4(current, observed, params);
        RC_ASSERT(std::abs(stepped) <= 10'000);
        const Ratio used = Ratio::from_raw(stepped * CORRELATION_UNIT.raw());
        const Ratio half = Ratio::from_raw(params.step.raw() / 2);
        RC_ASSERT((used - observed).abs() <= half + params.hysteresis);
        // It has settled: the same observation again changes nothing.
        RC_ASSERT(stepped_e4(stepped, observed, params) == stepped);
        // A fresh choice is the nearest one.
        if (stepped != current)
            RC_ASSERT((used - observed).abs() <= half);
    });
}

TEST_CASE(
    "correlation steps: a value that moves by less than the hysteresis after a change never "
    "changes it again",
    "[oracle][correlation][property]")
{
    rc::prop("no flapping", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        const CorrelationParams params = drawn_params(rng);
        const Ratio observed = drawn_correlation(rng);
        const auto from = static_cast<std::int16_t>(rng.between(-10'000, 10'000));
        const std::int16_t stepped = stepped_e4(from, observed, params);
        RC_PRE(stepped != from);
        std::int16_t now = stepped;
        for (int n = 0; n < 50; ++n) {
            const i128 noise = rng.between(-params.hysteresis.raw(), params.hysteresis.raw());
            Ratio noisy = observed + Ratio::from_raw(noise);
            noisy = noisy > Ratio::one() ? Ratio::one() : noisy;
            noisy = noisy < -Ratio::one() ? -Ratio::one() : noisy;
            now = stepped_e4(now, noisy, params);
            RC_ASSERT(now == stepped);
        }
    });
}

TEST_CASE(
    "correlation hull: contains governance's and what was observed, and initial's contains "
    "maintenance's",
    "[oracle][correlation][property]")
{
    rc::prop("hull", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        const Ratio a = drawn_correlation(rng);
        const Ratio b = drawn_correlation(rng);
        const CorrelationPair governed{a < b ? a : b, a < b ? b : a, ratio("0.3"), true};
        PairCorrelation pair;
        pair.started = rng.chance(90);
        pair.stepped_e4 = static_cast<std::int16_t>(rng.between(-10'000, 10'000));
        pair.slow_e4 = static_cast<std::int16_t>(rng.between(-10'000, 10'000));
        const CorrelationPair initial = correlation_hull(governed, pair, Level::initial);
        const CorrelationPair maintenance = correlation_hull(governed, pair, Level::maintenance);
        RC_ASSERT(maintenance.low <= governed.low);
        RC_ASSERT(maintenance.high >= governed.high);
        RC_ASSERT(initial.low <= maintenance.low);
        RC_ASSERT(initial.high >= maintenance.high);
        RC_ASSERT(initial.low >= -Ratio::one());
        RC_ASSERT(initial.high <= Ratio::one());
        RC_ASSERT(initial.band == governed.band);
        if (pair.started) {
            const Ratio fast = Ratio::from_raw(pair.stepped_e4 * CORRELATION_UNIT.raw());
            const Ratio slow = Ratio::from_raw(pair.slow_e4 * CORRELATION_UNIT.raw());
            RC_ASSERT(initial.low <= fast);
            RC_ASSERT(initial.high >= fast);
            RC_ASSERT(maintenance.low <= slow);
            RC_ASSERT(maintenance.high >= slow);
        } else {
            RC_ASSERT(initial.low == governed.low);
            RC_ASSERT(initial.high == governed.high);
        }
    });
}

TEST_CASE(
    "correlation hull: a pair that governance does not know stays unknown", "[oracle][correlation]")
{
    PairCorrelation pair;
    pair.started = true;
    pair.stepped_e4 = 5'000;
    CHECK_FALSE(correlation_hull(CorrelationPair{}, pair, Level::initial).known);
}

TEST_CASE("correlation hull: at maintenance it moves a step at a time, once each hold",
    "[oracle][correlation]")
{
    // Two prices that always did the same part for good.
    VolatilityWorld world;
    world.governed = test::governed_at(ratio("1"));
    world.params.decay = ratio("0.9");
    Rng rng(9);
    std::int16_t slow = 10'000;
    std::uint64_t moved = 0;
    int moves = 0;
    for (std::uint64_t n = 1; n < 1'500; ++n) {
        const std::uint64_t now = T + n * 300 - 10;
        world.push({now,
            {{0, {rng.chance(50) ? price("100") : price("101"), Price::zero(), seconds(now)}},
                {1, {rng.chance(50) ? price("100") : price("101"), Price::zero(), seconds(now)}}}});
        const PairCorrelation& pair = world.pair(0, 1);
        if (!pair.started || pair.slow_e4 == slow)
            continue;
        REQUIRE(std::abs(pair.slow_e4 - slow) <= 500);
        const std::uint64_t at = pair.slow_moved.raw();
        REQUIRE((moved == 0 || at - moved >= world.correlation.hold.raw()));
        slow = pair.slow_e4;
        moved = at;
        ++moves;
    }
    CHECK(moves >= 15);
    CHECK(slow < 5'000);
}

}  // namespace
}  // namespace plimsoll
