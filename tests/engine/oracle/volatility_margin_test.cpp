// plimsoll: tests/engine/oracle/volatility_margin_test.cpp          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What an observed volatility makes of haircuts and ranges at both levels.
#include "engine/oracle/volatility_margin.hpp"

#include "engine/oracle/widening.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"

#include <catch2/catch.hpp>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t T = 1'700'000'000;
constexpr std::uint64_t HOUR = 3'600;
/// A year's horizon: the haircut is the multiple times the volatility.
const VolatilityHaircutParams HAIRCUT{ratio("1"), VOLATILITY_YEAR, ratio("0.3")};
const WideningParams WIDENING{ratio("1"), VOLATILITY_YEAR, ratio("3"), ratio("2")};
const LimiterParams LIMITER{ratio("0.01")};

}  // namespace

TEST_CASE(
    "volatility margin: initial takes an observed haircut at once, maintenance a point an hour")
{
    Limited limited;
    aim_haircut(limited, HAIRCUT, LIMITER, ratio("0.2"), seconds(T));
    const auto at = [&](std::uint64_t hours) {
        return volatility_haircuts(
            limited, HAIRCUT, LIMITER, ratio("0.2"), seconds(T + hours * HOUR));
    };
    CHECK(at(0).initial == ratio("0.2"));
    CHECK(at(0).maintenance == Ratio::zero());
    CHECK(at(5).maintenance == ratio("0.05"));
    CHECK(at(20).maintenance == ratio("0.2"));
    CHECK(at(200).maintenance == ratio("0.2"));
}

TEST_CASE("volatility margin: a calm lowers initial no further than maintenance has got")
{
    Limited limited;
    aim_haircut(limited, HAIRCUT, LIMITER, ratio("0.2"), seconds(T));
    aim_haircut(limited, HAIRCUT, LIMITER, ratio("0.05"), seconds(T + 10 * HOUR));
    const PerLevel<Ratio> then =
        volatility_haircuts(limited, HAIRCUT, LIMITER, ratio("0.05"), seconds(T + 12 * HOUR));
    CHECK(then.maintenance == ratio("0.08"));
    CHECK(then.initial == ratio("0.08"));
}

TEST_CASE("volatility margin: governance's cap binds maintenance only, and the whole value both")
{
    Limited limited;
    aim_haircut(limited, HAIRCUT, LIMITER, ratio("7"), seconds(T));
    const PerLevel<Ratio> then =
        volatility_haircuts(limited, HAIRCUT, LIMITER, ratio("7"), seconds(T + 1'000 * HOUR));
    CHECK(then.initial == Ratio::one());
    CHECK(then.maintenance == ratio("0.3"));
}

TEST_CASE("volatility margin: shocks widen with maintenance, and initial scales by what is ahead")
{
    Limited limited;
    const auto at = [&](const char* volatility, std::uint64_t hours) {
        return widening_at(
            limited, WIDENING, ratio("0.1"), LIMITER, ratio(volatility), seconds(T + hours * HOUR));
    };
    // Nothing aimed for yet: the list as it stands, initial ahead.
    CHECK(at("0.15", 0).factor == Ratio::one());
    CHECK(at("0.15", 0).initial_scale == ratio("1.5"));
    aim_range(limited, WIDENING, ratio("0.1"), LIMITER, ratio("0.15"), seconds(T));
    CHECK(at("0.15", 2).factor == ratio("1.2"));
    CHECK(at("0.15", 2).initial_scale == ratio("1.25"));
    CHECK(at("0.15", 9).factor == ratio("1.5"));
    CHECK(at("0.15", 9).initial_scale == Ratio::one());
    // Past its own bound neither goes.
    aim_range(limited, WIDENING, ratio("0.1"), LIMITER, ratio("9"), seconds(T + 9 * HOUR));
    CHECK(at("9", 900).factor == ratio("2"));
    CHECK(at("9", 900).initial_scale == ratio("1.5"));
    // Volatility below the listed range changes nothing.
    CHECK(widening_at({}, WIDENING, ratio("0.1"), LIMITER, ratio("0.05"), seconds(T)).factor ==
          Ratio::one());
}

TEST_CASE("volatility margin: a list without a range on one side is never widened")
{
    Limited limited;
    aim_range(limited, WIDENING, Ratio::zero(), LIMITER, ratio("5"), seconds(T));
    const Widening none =
        widening_at(limited, WIDENING, Ratio::zero(), LIMITER, ratio("5"), seconds(T + 100 * HOUR));
    CHECK(none.factor == Ratio::one());
    CHECK(none.initial_scale == Ratio::one());
}

TEST_CASE(
    "volatility margin: together factor and scale reach what the volatility asks for, never less")
{
    Rng rng(77);
    for (int i = 0; i < 20'000; ++i) {
        Limited limited;
        const auto draw = [&](const char* low, const char* high) {
            return Ratio::from_raw(rng.between(ratio(low).raw(), ratio(high).raw()));
        };
        const Ratio listed = draw("0.01", "0.5");
        const Ratio before = draw("0", "2");
        const Ratio now = draw("0", "2");
        aim_range(limited, WIDENING, listed, LIMITER, before, seconds(T));
        const Seconds then = seconds(T + rng.below(100 * HOUR));
        const Widening w = widening_at(limited, WIDENING, listed, LIMITER, now, then);
        const Ratio wanted = wanted_range_ceil(WIDENING, now, listed);
        REQUIRE(scale_ceil(scale_ceil(listed, w.factor), w.initial_scale) >= wanted);
        CHECK(w.initial_scale >= Ratio::one());
        CHECK(w.factor <= WIDENING.maintenance_factor_max);
        // Never faster than the limiter.
        const auto time_s = static_cast<num::i128>(then.raw() - T);
        CHECK((w.factor - Ratio::one()).raw() * listed.raw() / static_cast<num::i128>(num::WAD) <=
              LIMITER.per_hour.raw() * time_s / 3'600 + 1);
    }
}
