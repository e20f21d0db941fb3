// plimsoll: tests/engine/solvency/grace_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Curves of accounts while the chain stands still.
#include "engine/solvency/grace.hpp"

#include "engine/solvency/auction.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

const LiquidationParams PARAMS = default_liquidation();

/// Halted at 1000, noticed at 5000, over at 5600.
const Grace GRACE{seconds(1'000), seconds(5'000), seconds(5'600)};

Flag raised(std::uint64_t since, std::uint64_t seen)
{
    Flag flag;
    flag.raised = true;
    flag.since = seconds(since);
    flag.seen = seconds(seen);
    return flag;
}

std::uint64_t ran(Flag flag, std::uint64_t now)
{
    skip_grace(flag, GRACE, seconds(now));
    return auction_elapsed(flag, seconds(now)).raw();
}

}  // namespace

TEST_CASE("grace: a curve goes on where it was when the chain stood still")
{
    const Flag flag = raised(900, 950);
    CHECK(ran(flag, 5'100) == 100);
    CHECK(ran(flag, 5'600) == 100);
    CHECK(ran(flag, 5'700) == 200);
}

TEST_CASE("grace: a curve that begins in it runs from its end")
{
    CHECK(ran(raised(5'200, 5'200), 5'300) == 0);
    CHECK(ran(raised(5'200, 5'200), 5'650) == 50);
}

TEST_CASE("grace: what was seen in it is not taken off twice")
{
    Flag flag = raised(900, 950);
    for (std::uint64_t now = 5'000; now < 6'000; now += 7) {
        skip_grace(flag, GRACE, seconds(now));
        skip_grace(flag, GRACE, seconds(now));
        CHECK(auction_elapsed(flag, seconds(now)).raw() == (now < 5'600 ? 100 : now - 5'500));
        static_cast<void>(raise_flag(flag, PARAMS, seconds(now)));
    }
}

TEST_CASE("grace: a flag does not lapse while nobody could see the account")
{
    Flag flag = raised(900, 950);
    CHECK(flag_lapsed(flag, PARAMS, seconds(5'600)));
    skip_grace(flag, GRACE, seconds(5'600));
    CHECK_FALSE(flag_lapsed(flag, PARAMS, seconds(5'600)));
}

TEST_CASE("grace: it leaves alone what is not flagged, and what was flagged after it")
{
    Flag down;
    skip_grace(down, GRACE, seconds(5'700));
    CHECK(down.since.is_zero());
    CHECK(down.seen.is_zero());
    CHECK(ran(raised(5'650, 5'650), 5'700) == 50);
    Flag flag = raised(900, 950);
    skip_grace(flag, Grace{}, seconds(5'700));
    CHECK(flag.since == seconds(900));
}
