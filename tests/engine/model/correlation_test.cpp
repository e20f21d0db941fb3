// plimsoll: tests/engine/model/correlation_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Pairs of underlyings: where they stand and what they may say.
#include "engine/model/correlation.hpp"

#include "tests/support/params.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <set>

namespace plimsoll {
namespace {

using test::ratio;

template <class... Arguments>
void check_bounds(const Arguments&... arguments)
{
    CHECK(test::bound_fault(arguments...) == "");
}

TEST_CASE("correlation: every pair has one place, in both orders", "[model][correlation]")
{
    std::set<std::size_t> seen;
    for (std::size_t i = 0; i < UNDERLYINGS_MAX; ++i)
        for (std::size_t j = 0; j < i; ++j) {
            CHECK(Correlation::slot(i, j) == Correlation::slot(j, i));
            CHECK(seen.insert(Correlation::slot(i, j)).second);
        }
    CHECK(*seen.rbegin() == UNDERLYINGS_MAX * (UNDERLYINGS_MAX - 1) / 2 - 1);
}

TEST_CASE(
    "correlation: a pair's hull lies in -1 to 1 and is not inside out", "[model][correlation]")
{
    const CorrelationPair good{ratio("-0.5"), ratio("0.5"), ratio("0.25"), true};
    check_bounds(good, Ratio::zero(), Ratio::one(),
        [](CorrelationPair& pair, Ratio value) { pair.band = value; });
    check_bounds(
        good, ratio("-1"), good.high, [](CorrelationPair& pair, Ratio value) { pair.low = value; });
    check_bounds(
        good, good.low, ratio("1"), [](CorrelationPair& pair, Ratio value) { pair.high = value; });
}

TEST_CASE("correlation: band, relief and every known pair are bounded", "[model][correlation]")
{
    const auto good = std::make_unique<Correlation>();
    good->band = ratio("0.3");
    good->max_relief = ratio("0.8");
    good->of(1, 0) = CorrelationPair{ratio("0.8"), ratio("0.8"), ratio("0.3"), true};
    check_bounds(*good, Ratio::zero(), Ratio::one(),
        [](Correlation& correlation, Ratio value) { correlation.band = value; });
    check_bounds(*good, Ratio::zero(), Ratio::one(),
        [](Correlation& correlation, Ratio value) { correlation.max_relief = value; });
    good->of(0, 1).high = ratio("1.1");
    CHECK(validate(*good) == Error::parameter_bounds);
    good->of(0, 1).known = false;
    CHECK(validate(*good) == Error::ok);
}

}  // namespace
}  // namespace plimsoll
