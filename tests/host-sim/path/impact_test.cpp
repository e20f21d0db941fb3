// plimsoll: tests/host-sim/path/impact_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Price impact: the square root, its sign, its decay and its cap.
#include "host-sim/path/impact.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;

ImpactPlan plan()
{
    return {.prefactor = Ratio::one(),
        .volatility_day = Ratio::from_raw(num::WAD / 20),
        .volume_day = Money::from_units(1'000'000'000),
        .impact_max = Ratio::from_raw(num::WAD / 10),
        .half_life_blocks = 10};
}

Ratio ratio_e6(std::int64_t millionths)
{
    return Ratio::from_raw(num::i128{millionths} * 1'000'000'000'000);
}

}  // namespace

TEST_CASE("no trade, no impact", "[impact]")
{
    Impact impact(plan());
    CHECK(impact.move(Ratio::one()).is_zero());
    impact.decay();
    CHECK(impact.move(Ratio::one()).is_zero());
}

TEST_CASE("a hundredth of a day's volume moves a tenth of a day's volatility", "[impact]")
{
    Impact impact(plan());
    impact.add(Money::from_units(10'000'000));
    CHECK(impact.move(Ratio::one()) == ratio_e6(5000));
    // A quarter of the depth doubles it.
    CHECK(impact.move(Ratio::from_raw(num::WAD / 4)) == ratio_e6(10'000));
}

TEST_CASE("sales move down as purchases move up, and cancel them", "[impact]")
{
    Impact impact(plan());
    impact.add(Money::from_units(-10'000'000));
    CHECK(impact.move(Ratio::one()) == ratio_e6(-5000));
    impact.add(Money::from_units(10'000'000));
    CHECK(impact.move(Ratio::one()).is_zero());
}

TEST_CASE("the impact halves each half-life", "[impact]")
{
    Impact impact(plan());
    impact.add(Money::from_units(10'000'000));
    for (int block = 0; block < 10; ++block)
        impact.decay();
    CHECK((impact.move(Ratio::one()) - ratio_e6(2500)).abs() < ratio_e6(1));
}

TEST_CASE("the impact stays within its cap, however large the trade", "[impact]")
{
    Impact impact(plan());
    impact.add(MONEY_MAX);
    CHECK(impact.move(Ratio::one()) == plan().impact_max);
    CHECK(impact.move(Ratio::from_raw(1)) == plan().impact_max);
}
