// plimsoll: tests/engine/oracle/chain_gap_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Chains that stand still, and the time that is left to act afterwards.
#include "engine/oracle/chain_gap.hpp"

#include "tests/support/literals.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Blocks take at most 10 s; a minute is missed; ten minutes are the most.
OracleParams params()
{
    OracleParams params = default_oracle();
    params.longest_block = seconds(10);
    params.gap_min = seconds(60);
    params.grace_max = seconds(600);
    return params;
}

constexpr std::uint64_t T = 1'000'000;
const ChainClock CLOCK{seconds(T), 500, {}};

ChainClock after(std::uint64_t time, std::uint64_t blocks, const ChainClock& clock = CLOCK)
{
    return noted(clock, params(), seconds(clock.time.raw() + time), clock.height + blocks);
}

}  // namespace

TEST_CASE("chain gap: it is the time that the blocks do not account for")
{
    const auto gap = [](std::uint64_t time, std::uint64_t height) {
        return chain_gap(CLOCK, params(), seconds(time), height).raw();
    };
    CHECK(gap(T + 100, 501) == 90);
    CHECK(gap(T + 100, 510) == 0);
    CHECK(gap(T + 100, 600) == 0);
    CHECK(gap(T + 100, 500) == 100);
    CHECK(gap(T + 100, 400) == 100);
    CHECK(gap(T - 1, 501) == 0);
    CHECK(gap(T + 100, 18'446'744'073'709'551'615U) == 0);
    CHECK(chain_gap(ChainClock{}, params(), seconds(T), 1).is_zero());
    CHECK(chain_gap(CLOCK, default_oracle(), seconds(T + 9'999), 501).is_zero());
}

TEST_CASE("chain gap: a halt leaves as much time as it took, at most grace_max")
{
    const ChainClock small = after(80, 1);
    CHECK(small.grace.until == seconds(T + 80 + 70));
    CHECK(small.grace.halted == seconds(T));
    CHECK(small.grace.from == seconds(T + 80));
    CHECK(small.grace.holds(seconds(T + 149)));
    CHECK_FALSE(small.grace.holds(seconds(T + 150)));
    CHECK(after(100'000, 1).grace.until == seconds(T + 100'000 + 600));
    CHECK(after(70, 1).grace.until.is_zero());
    CHECK(after(71, 1).grace.until == seconds(T + 71 + 61));
}

TEST_CASE(
    "chain gap: the clock is noted whether there is a gap or not, and not at all without "
    "parameters")
{
    CHECK(after(20, 2).time == seconds(T + 20));
    CHECK(after(20, 2).height == 502);
    const ChainClock off = noted(CLOCK, default_oracle(), seconds(T + 20), 502);
    CHECK(off.time == seconds(T));
    CHECK(off.height == 500);
    const ChainClock first = noted(ChainClock{}, params(), seconds(T), 9);
    CHECK(first.time == seconds(T));
    CHECK(first.grace.until.is_zero());
}

TEST_CASE("chain gap: a halt that nobody notes is forgotten after grace_max of full blocks")
{
    CHECK_FALSE(after(10'000, 60).grace.until.is_zero());
    CHECK(after(10'000, 61).grace.until.is_zero());
}

TEST_CASE("chain gap: there is one grace a day")
{
    const ChainClock first = after(3'600, 1);
    const std::uint64_t from = first.grace.from.raw();
    ChainClock again = after(3'600, 1, first);
    CHECK(again.grace.from.raw() == from);
    CHECK(again.grace.until == first.grace.until);
    again = after(GRACE_EVERY.raw() - 3'600 - 1, 1, again);
    CHECK(again.grace.from.raw() == from);
    again = after(100, 1, again);
    CHECK(again.grace.from.raw() == from + GRACE_EVERY.raw() + 99);
}

TEST_CASE(
    "chain gap: whoever notes the clock, however often, sales of one halt wait at most twice "
    "grace_max")
{
    rc::prop("after the halt blocks come every b seconds, some of which note the clock", [] {
        const OracleParams rules = params();
        const auto halt = *rc::gen::inRange<std::uint64_t>(1, 20'000);
        const auto block = *rc::gen::inRange<std::uint64_t>(1, 11);
        ChainClock clock = CLOCK;
        std::uint64_t now = T + halt;
        std::uint64_t height = 501;
        const std::uint64_t moves = now;
        for (int i = 0; i < 2'000; ++i) {
            const ChainClock seen = noted(clock, rules, seconds(now), height);
            if (seen.grace.holds(seconds(now)))
                RC_ASSERT(now - moves <= 2 * rules.grace_max.raw() + 10);
            if (*rc::gen::inRange(0, 30) == 0)
                clock = seen;
            now += block;
            ++height;
        }
    });
}
