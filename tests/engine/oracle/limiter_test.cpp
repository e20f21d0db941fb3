// plimsoll: tests/engine/oracle/limiter_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The limiter of maintenance: its speed, its bounds, and that calls do not move it.
#include "engine/oracle/limiter.hpp"

#include "engine/oracle/expected_move.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace plimsoll {
namespace {

using num::i128;
using test::ratio;
using test::Rng;
using test::seconds;

constexpr std::uint64_t T = 1'700'000'000;
const LimiterParams PARAMS{ratio("0.01")};
const LimitedBounds BOUNDS{ratio("0.05"), ratio("0.4")};

TEST_CASE(
    "limiter: one percentage point an hour, pro rata, and then it has arrived", "[oracle][limiter]")
{
    Limited limited;
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(T)) == ratio("0.05"));
    aim(limited, ratio("0.2"), BOUNDS, PARAMS, seconds(T));
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(T)) == ratio("0.05"));
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(T + 3'600)) == ratio("0.06"));
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(T + 900)) == ratio("0.0525"));
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(T + 15 * 3'600)) == ratio("0.2"));
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(T + 15 * 3'600 - 360)) == ratio("0.199"));
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(~std::uint64_t{0})) == ratio("0.2"));
}

TEST_CASE("limiter: a call never moves the value, however late it comes", "[oracle][limiter]")
{
    // Ten quiet hours earn no credit for a jump.
    Limited limited;
    aim(limited, ratio("0.05"), BOUNDS, PARAMS, seconds(T));
    aim(limited, ratio("0.4"), BOUNDS, PARAMS, seconds(T + 36'000));
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(T + 36'000)) == ratio("0.05"));
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(T + 36'000 + 3'600)) == ratio("0.06"));
}

TEST_CASE("limiter: the way back is limited too, and a clock that goes back does nothing",
    "[oracle][limiter]")
{
    Limited limited{ratio("0.3"), ratio("0.3"), seconds(T)};
    aim(limited, ratio("0.1"), BOUNDS, PARAMS, seconds(T));
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(T + 7'200)) == ratio("0.28"));
    aim(limited, ratio("0.4"), BOUNDS, PARAMS, seconds(T - 50'000));
    CHECK(limited.value == ratio("0.3"));
    CHECK(limited.since == seconds(T));
}

TEST_CASE("limiter: never past governance's bounds, which act at once when they move",
    "[oracle][limiter]")
{
    Limited limited;
    aim(limited, ratio("7"), BOUNDS, PARAMS, seconds(T));
    CHECK(limited_at(limited, BOUNDS, PARAMS, seconds(T + 1'000 * 3'600)) == ratio("0.4"));
    const LimitedBounds lower{ratio("0"), ratio("0.25")};
    CHECK(limited_at(limited, lower, PARAMS, seconds(T + 1'000 * 3'600)) == ratio("0.25"));
    aim(limited, ratio("-3"), lower, PARAMS, seconds(T + 1'000 * 3'600));
    CHECK(limited_at(limited, lower, PARAMS, seconds(T + 5'000 * 3'600)) == ratio("0"));
}

TEST_CASE("limiter: over any time, with any calls and targets, no faster than stated",
    "[oracle][limiter][property]")
{
    rc::prop("3600 * |change| <= per_hour * time, exactly", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        const LimiterParams params{Ratio::from_raw(rng.between(num::WAD / 10'000, num::WAD / 10))};
        Limited limited;
        std::uint64_t now = T;
        aim(limited, Ratio::from_raw(rng.between(0, num::WAD)), BOUNDS, params, seconds(now));
        const Ratio first = limited_at(limited, BOUNDS, params, seconds(now));
        for (int call = 0; call < 60; ++call) {
            now += rng.chance(50) ? rng.below(20) : rng.below(5'000);
            aim(limited, Ratio::from_raw(rng.between(0, num::WAD)), BOUNDS, params, seconds(now));
            const Ratio value = limited_at(limited, BOUNDS, params, seconds(now));
            RC_ASSERT(value >= BOUNDS.low);
            RC_ASSERT(value <= BOUNDS.high);
            const auto time = static_cast<i128>(now - T);
            RC_ASSERT(3'600 * (value - first).abs().raw() <= params.per_hour.raw() * time);
        }
    });
}

TEST_CASE(
    "limiter: many calls get as far as one, within a raw unit each", "[oracle][limiter][property]")
{
    rc::prop("splitting", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        Limited whole;
        whole.value = Ratio::from_raw(rng.between(BOUNDS.low.raw(), BOUNDS.high.raw()));
        const Ratio target = Ratio::from_raw(rng.between(0, num::WAD));
        aim(whole, target, BOUNDS, PARAMS, seconds(T));
        Limited split = whole;
        std::uint64_t now = T;
        const int calls = static_cast<int>(rng.below(100));
        for (int call = 0; call < calls; ++call) {
            now += rng.below(600);
            aim(split, target, BOUNDS, PARAMS, seconds(now));
        }
        now += rng.below(10'000);
        const Ratio one = limited_at(whole, BOUNDS, PARAMS, seconds(now));
        const Ratio many = limited_at(split, BOUNDS, PARAMS, seconds(now));
        RC_ASSERT((one - many).abs() <= Ratio::from_raw(calls));
        // Never ahead, on the way to the target.
        const Ratio start = whole.value;
        RC_ASSERT((many - start).abs() <= (one - start).abs());
    });
}

TEST_CASE("limiter: a higher target, or a later time, never gives less on the way up",
    "[oracle][limiter][property]")
{
    rc::prop("monotone", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        Limited low;
        low.value = Ratio::from_raw(rng.between(0, num::WAD / 2));
        low.since = seconds(T);
        low.target = Ratio::from_raw(rng.between(0, num::WAD / 2));
        Limited high = low;
        high.target += Ratio::from_raw(rng.between(0, num::WAD / 2));
        const std::uint64_t now = T + rng.below(200'000);
        const Ratio at_low = limited_at(low, BOUNDS, PARAMS, seconds(now));
        const Ratio at_high = limited_at(high, BOUNDS, PARAMS, seconds(now));
        RC_ASSERT(at_high >= at_low);
        if (high.target >= high.value)
            RC_ASSERT(limited_at(high, BOUNDS, PARAMS, seconds(now + rng.below(9'999))) >= at_high);
    });
}

TEST_CASE("limiter: the haircut of maintenance follows volatility at its speed, initial at once",
    "[oracle][limiter][haircut]")
{
    // Volatility jumps from nothing to 200 %: three deviations of a day are 31.4 %.
    const VolatilityHaircutParams params{ratio("3"), seconds(86'400), ratio("0.25")};
    const Ratio observed = volatility_haircut_ceil(params, ratio("2"));
    CHECK(observed > ratio("0.314"));
    CHECK(observed < ratio("0.315"));
    const LimitedBounds bounds{Ratio::zero(), params.maintenance_cap};
    Limited limited;
    aim(limited, observed, bounds, PARAMS, seconds(T));
    Ratio before;
    for (std::uint64_t hour = 0; hour < 40; ++hour) {
        const auto levels =
            by_level(observed, limited_at(limited, bounds, PARAMS, seconds(T + 3'600 * hour)));
        CHECK(levels.initial == observed);
        CHECK(levels.maintenance - before <= ratio("0.01"));
        before = levels.maintenance;
    }
    CHECK(before == params.maintenance_cap);
    // Once observed volatility has fallen, initial still is not below maintenance.
    const auto levels = by_level(ratio("0.02"), before);
    CHECK(levels.initial == before);
    CHECK(levels.maintenance == before);
}

}  // namespace
}  // namespace plimsoll
