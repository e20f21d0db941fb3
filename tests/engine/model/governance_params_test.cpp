// plimsoll: tests/engine/model/governance_params_test.cpp           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The timelock's bounds, and stops that end by themselves.
#include "engine/model/governance_params.hpp"

#include "tests/support/literals.hpp"
#include "tests/support/params.hpp"

#include <catch2/catch.hpp>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t HOUR = 3'600;
constexpr std::uint64_t DAY = 86'400;
const Seconds NOW = seconds(1'000'000'000);

Seconds later(std::uint64_t length)
{
    return NOW + seconds(length);
}

}  // namespace

TEST_CASE("governance params: bounds")
{
    GovernanceParams good;
    good.timelock = seconds(DAY);
    CHECK(validate(good) == Error::ok);
    CHECK(validate(GovernanceParams{}) == Error::ok);
    CHECK(bound_fault(good, seconds(HOUR), seconds(30 * DAY),
              [](GovernanceParams& p, Seconds value) { p.timelock = value; }) == "");
    GovernanceParams long_cool = good;
    long_cool.pause_cool = seconds(30 * DAY);
    CHECK(bound_fault(long_cool, seconds(HOUR), seconds(30 * DAY),
              [](GovernanceParams& p, Seconds value) { p.pause_max = value; }) == "");
    GovernanceParams short_max = good;
    short_max.pause_max = seconds(HOUR);
    CHECK(bound_fault(short_max, seconds(HOUR), seconds(30 * DAY),
              [](GovernanceParams& p, Seconds value) { p.pause_cool = value; }) == "");
    good.pause_cool = seconds(DAY - 1);
    CHECK(validate(good) == Error::parameters_disagree);
    CHECK(validate(good).parameter == "pause_cool_s");
}

TEST_CASE("pauses: the first stop is at once, a stop ends, and the next waits")
{
    Pauses pauses;
    const GovernanceParams params;
    REQUIRE(replace_pauses(pauses, 5, std::nullopt, params, {}, false, NOW) == Error::ok);
    CHECK(pauses.in_force(NOW) == 5);
    CHECK(pauses.in_force(later(7 * DAY - 1)) == 5);
    CHECK(pauses.in_force(later(7 * DAY)) == 0);
    Pauses again = pauses;
    CHECK(replace_pauses(again, 1, std::nullopt, params, {}, false, later(8 * DAY - 1)) ==
          Error::pause_cooling);
    CHECK(again.until[0] == pauses.until[0]);
    CHECK(replace_pauses(again, 1, std::nullopt, params, {}, false, later(8 * DAY)) == Error::ok);
    CHECK(again.in_force(later(8 * DAY)) == 1);
}

TEST_CASE("pauses: naming a stop again leaves its end, leaving it out ends it now")
{
    Pauses pauses;
    const GovernanceParams params;
    REQUIRE(replace_pauses(pauses, 3, later(100), params, {}, false, NOW) == Error::ok);
    REQUIRE(replace_pauses(pauses, 1, std::nullopt, params, {}, false, later(50)) == Error::ok);
    CHECK(pauses.until[0] == later(100));
    CHECK(pauses.until[1] == later(50));
    CHECK(pauses.in_force(later(50)) == 1);
    CHECK(replace_pauses(pauses, 3, std::nullopt, params, {}, false, later(60)) ==
          Error::pause_cooling);
    CHECK(replace_pauses(pauses, 3, later(30 * DAY), params, {}, true, later(60)) == Error::ok);
    CHECK(pauses.until[0] == later(30 * DAY));
    CHECK(pauses.in_force(later(30 * DAY - 1)) == 3);
}

TEST_CASE("pauses: an end is after now and within reach")
{
    Pauses pauses;
    const GovernanceParams params;
    CHECK(replace_pauses(pauses, 1, NOW, params, {}, false, NOW) == Error::parameter_bounds);
    CHECK(
        replace_pauses(pauses, 1, later(7 * DAY + 1), params, {}, false, NOW).parameter == "until");
    CHECK(replace_pauses(pauses, 1, later(30 * DAY + 1), params, {}, true, NOW) ==
          Error::parameter_bounds);
    CHECK(pauses.actions == 0);
    CHECK(replace_pauses(pauses, 1, later(7 * DAY), params, {}, false, NOW) == Error::ok);
    CHECK(replace_pauses(pauses, 1, later(30 * DAY), params, {}, true, NOW) == Error::ok);
}

TEST_CASE("pauses: a kind with a bound of its own keeps it, for governance too")
{
    const GovernanceParams params;
    LongestStops longest;
    longest[1] = seconds(100);
    for (const bool by_governance : {false, true}) {
        const auto stop = [&](Pauses& pauses, std::uint32_t actions, std::optional<Seconds> until,
                              std::uint64_t now = 0) {
            return replace_pauses(
                pauses, actions, until, params, longest, by_governance, later(now));
        };
        Pauses pauses;
        CHECK(stop(pauses, 3, later(101)).parameter == "until");
        CHECK(pauses.actions == 0);
        REQUIRE(stop(pauses, 3, std::nullopt) == Error::ok);
        CHECK(pauses.until[0] == later(7 * DAY));
        CHECK(pauses.until[1] == later(100));
        Pauses other;
        REQUIRE(stop(other, 3, later(100)) == Error::ok);
        // Nor can its end be put off, nor the next be at once.
        CHECK(stop(pauses, 2, later(99), 50) == Error::ok);
        CHECK(pauses.until[1] == later(by_governance ? 99 : 100));
        CHECK(stop(pauses, 2, later(101), 50) ==
              (by_governance ? Error::parameter_bounds : Error::ok));
        CHECK(pauses.until[1] == later(by_governance ? 99 : 100));
        CHECK(stop(pauses, 2, std::nullopt, 100) == Error::pause_cooling);
        CHECK(stop(pauses, 2, std::nullopt, DAY + 100) == Error::ok);
        CHECK(pauses.until[1] == later(DAY + 200));
        // A stop of before there were times gets an end like any other.
        Pauses old;
        old.actions = 2;
        CHECK(stop(old, 2, later(101)) == Error::parameter_bounds);
        CHECK(stop(old, 2, std::nullopt) == Error::ok);
        CHECK(old.until[1] == later(100));
    }
    longest[1] = Seconds::zero();
    Pauses pauses;
    CHECK(replace_pauses(pauses, 2, std::nullopt, params, longest, true, NOW) ==
          Error::parameter_bounds);
}

TEST_CASE("judge: the first offence decides, and says whose it is")
{
    const Refused none = Judge{}.bounds("a", true).agrees("b", true);
    CHECK(none == Error::ok);
    CHECK(none.parameter == "");
    const Refused first = Judge{}.bounds("a", true).agrees("b", false).bounds("c", false);
    CHECK(first == Error::parameters_disagree);
    CHECK(first.parameter == "b");
    const Refused taken = Judge{}.and_also(first).bounds("d", false);
    CHECK(taken.parameter == "b");
}
