// plimsoll: tests/engine/oracle/widening_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Widened scenario lists: outward, in bounds, and of the same shape exactly.
#include "engine/oracle/widening.hpp"

#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/wide_int.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace plimsoll {
namespace {

using num::i128;
using test::ratio;
using test::Rng;
using test::seconds;
using test::wide;

const WideningParams PARAMS{ratio("3"), seconds(86'400), ratio("3"), ratio("2")};

void add(Scenarios& list, const char* spot, VolShock vol, const char* damping = "1")
{
    REQUIRE(list.push({ratio(spot), vol, ratio(damping)}));
}

/// The 33 scenarios of Derive's PMRM_2, less some of the volatility shocks.
Scenarios listed()
{
    Scenarios list;
    add(list, "1.18", VolShock::up);
    add(list, "0.82", VolShock::up);
    for (const char* spot : {"1.135", "1.09", "1.045", "1", "0.955", "0.91", "0.865"}) {
        add(list, spot, VolShock::none);
        add(list, spot, VolShock::down);
    }
    add(list, "0.34", VolShock::up, "0.21");
    add(list, "0.67", VolShock::up, "0.42");
    add(list, "1.5", VolShock::up, "0.2772");
    add(list, "2", VolShock::up, "0.1386");
    add(list, "6", VolShock::up, "0.02772");
    add(list, "1", VolShock::skew_linear);
    add(list, "1", VolShock::skew_abs);
    return list;
}

TEST_CASE("widening: the range of a list is the lesser of its undamped sides", "[oracle][widening]")
{
    CHECK(least_range(listed()) == ratio("0.18"));
    Scenarios lopsided;
    add(lopsided, "1.3", VolShock::none);
    CHECK(least_range(lopsided) == Ratio::zero());
    add(lopsided, "0.9", VolShock::none);
    CHECK(least_range(lopsided) == ratio("0.1"));
    add(lopsided, "0.5", VolShock::none, "0.9");
    CHECK(least_range(lopsided) == ratio("0.1"));
    // A list without a range is never widened.
    CHECK(widening_factor_ceil(ratio("0.5"), Ratio::zero()) == Ratio::one());
}

TEST_CASE("widening: the wanted range is the expected move between governance's bounds",
    "[oracle][widening]")
{
    const Ratio base = ratio("0.18");
    CHECK(wanted_range_ceil(PARAMS, ratio("0.3"), base) == base);
    const Ratio wanted = wanted_range_ceil(PARAMS, ratio("2"), base);
    CHECK(wanted > ratio("0.314"));
    CHECK(wanted < ratio("0.315"));
    CHECK(wanted_range_ceil(PARAMS, ratio("50"), base) == ratio("0.54"));
    CHECK(maintenance_range(PARAMS, base).low == base);
    CHECK(maintenance_range(PARAMS, base).high == ratio("0.36"));
    CHECK(widening_factor_ceil(wanted, base) == ratio("1.75"));
    CHECK(widening_factor_floor(wanted, base) == ratio("1.74"));
    CHECK(widening_factor_ceil(base, base) == Ratio::one());
    CHECK(widening_factor_floor(ratio("0.1"), base) == Ratio::one());
    WideningParams off = PARAMS;
    off.multiple = Ratio::zero();
    CHECK(wanted_range_ceil(off, ratio("50"), base) == base);
}

TEST_CASE("widening: by hand, cut off at zero and thirteen", "[oracle][widening]")
{
    Scenarios list = listed();
    widen(list, ratio("2"));
    CHECK(list[0].spot == ratio("1.36"));
    CHECK(list[1].spot == ratio("0.64"));
    CHECK(list[16].spot == ratio("0"));     // 1 - .66 * 2
    CHECK(list[17].spot == ratio("0.34"));  // 1 - .33 * 2
    CHECK(list[20].spot == ratio("11"));
    CHECK(list[21].spot == ratio("1"));
    CHECK(list[20].damping == ratio("0.02772"));
    Scenarios most = listed();
    widen(most, ratio("10"));
    CHECK(most[20].spot == SCENARIO_SPOT_MAX);
    CHECK(most[1].spot == Ratio::zero());
}

TEST_CASE("widening: a factor of one changes nothing", "[oracle][widening]")
{
    const Scenarios before = listed();
    Scenarios list = before;
    widen(list, Ratio::one());
    for (std::size_t i = 0; i < list.size(); ++i)
        CHECK(list[i].spot == before[i].spot);
}

TEST_CASE("widening: always outward, never past the bounds, and more with a greater factor",
    "[oracle][widening][property]")
{
    rc::prop("any list, even one that does not scale exactly", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        Scenarios list;
        for (std::size_t i = 0; i < SCENARIOS_MAX; ++i)
            RC_ASSERT(list.push({Ratio::from_raw(rng.between(0, i128{13} * num::WAD)),
                rng.pick({VolShock::up, VolShock::none, VolShock::down}), Ratio::one()}));
        const Ratio factor = Ratio::from_raw(rng.between(num::WAD, i128{10} * num::WAD));
        Scenarios less = list;
        widen(less, factor);
        Scenarios more = list;
        widen(more, factor + Ratio::from_raw(rng.between(0, num::WAD)));
        for (std::size_t i = 0; i < list.size(); ++i) {
            const bool up = list[i].spot >= Ratio::one();
            RC_ASSERT(less[i].spot >= Ratio::zero());
            RC_ASSERT(less[i].spot <= SCENARIO_SPOT_MAX);
            const auto outward = [up](
                                     Ratio from, Ratio to) { return up ? to >= from : to <= from; };
            RC_ASSERT(outward(list[i].spot, less[i].spot));
            RC_ASSERT(outward(less[i].spot, more[i].spot));
        }
    });
}

TEST_CASE("widening: two lists of one shape keep one ladder, however far each is widened",
    "[oracle][widening][property]")
{
    const Scenarios base = listed();
    REQUIRE(scales_exactly(base));
    Scenarios odd = base;
    odd[3].spot += Ratio::from_raw(1);
    CHECK_FALSE(scales_exactly(odd));
    rc::prop("standardised moves are the same rationals", [&base] {
        const auto steps = [] { return *rc::gen::inRange<std::int64_t>(100, 1'001); };
        const Ratio first = Ratio::from_raw(steps() * WIDENING_STEP.raw());
        const Ratio second = Ratio::from_raw(steps() * WIDENING_STEP.raw());
        Scenarios a = base;
        Scenarios b = base;
        widen(a, first);
        widen(b, second);
        // Both ranges are 0.18 listed: the first two scenarios.
        const auto range = [](const Scenarios& list, bool up) {
            return up ? wide((list[0].spot - Ratio::one()).raw())
                      : wide((Ratio::one() - list[1].spot).raw());
        };
        for (std::size_t i = 0; i < base.size(); ++i) {
            const bool up = base[i].spot > Ratio::one();
            const auto cut = [](Ratio spot) { return spot.is_zero() || spot == SCENARIO_SPOT_MAX; };
            if (cut(a[i].spot) || cut(b[i].spot) || range(a, up) == wide(num::WAD) ||
                range(b, up) == wide(num::WAD))
                continue;
            RC_ASSERT(wide((a[i].spot - Ratio::one()).raw()) * range(b, up) ==
                      wide((b[i].spot - Ratio::one()).raw()) * range(a, up));
        }
    });
}

TEST_CASE("widening: maintenance never overtakes the limiter, and initial is never narrower",
    "[oracle][widening][property]")
{
    rc::prop("the range in use at maintenance", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        const Ratio base = ratio("0.18");
        const LimiterParams limiter{ratio("0.01")};
        const LimitedBounds bounds = maintenance_range(PARAMS, base);
        Limited limited;
        std::uint64_t now = 1'000'000;
        const std::uint64_t start = now;
        for (int call = 0; call < 40; ++call) {
            now += rng.below(4'000);
            const Ratio volatility = Ratio::from_raw(rng.between(0, i128{10} * num::WAD));
            const Ratio wanted = wanted_range_ceil(PARAMS, volatility, base);
            aim(limited, wanted, bounds, limiter, seconds(now));
            const auto ranges =
                by_level(wanted, limited_at(limited, bounds, limiter, seconds(now)));
            const Ratio initial = widening_factor_ceil(ranges.initial, base);
            const Ratio maintenance = widening_factor_floor(ranges.maintenance, base);
            RC_ASSERT(initial >= maintenance);
            RC_ASSERT(initial <= PARAMS.factor_max);
            RC_ASSERT(maintenance <= PARAMS.maintenance_factor_max);
            const Ratio used = scale_ceil(base, maintenance);
            RC_ASSERT(3'600 * (used - base).raw() <=
                      limiter.per_hour.raw() * static_cast<i128>(now - start));
        }
    });
}

}  // namespace
}  // namespace plimsoll
