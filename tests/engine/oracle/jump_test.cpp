// plimsoll: tests/engine/oracle/jump_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Prices that jump, by mistake, by malice and in truth.
#include "engine/oracle/jump.hpp"

#include "engine/oracle/validity.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t WAIT = 300;

/// A feed that stands at 100, and its quarantine.
struct Feed
{
    JumpParams params{ratio("5"), seconds(WAIT)};
    JumpState state;
    std::uint64_t now = 10'000;
    FeedPrice feed{price("100"), Price::zero(), seconds(10'000), Seconds::zero()};
    Price stable;

    /// What stands after a report of now.
    Price push(std::string_view value)
    {
        const PriceReport report{price(value), price("0"), seconds(now)};
        feed = judge_jump(state, params, report, feed, stable, seconds(now));
        return feed.price;
    }
    Price push_in(std::uint64_t later, std::string_view value)
    {
        now += later;
        return push(value);
    }
    [[nodiscard]] bool held() const { return !feed.held_until.is_zero(); }
    /// Whether a sale would be refused now.
    [[nodiscard]] bool blocks() const
    {
        return usable(feed, seconds(now), default_oracle(), PriceUse::liquidation) ==
               Error::volatile_price;
    }
};

}  // namespace

TEST_CASE(
    "jump: a price within the factor is taken, either way, and one raw unit further is held back")
{
    for (const std::string_view value : {"500", "20", "100", "99"}) {
        Feed feed;
        CHECK(feed.push(value) == price(value));
        CHECK_FALSE(feed.held());
    }
    for (const std::string_view value : {"500.000000000000000001", "19.999999999999999999"}) {
        Feed feed;
        CHECK(feed.push(value) == price("100"));
        CHECK(feed.held());
        CHECK(feed.blocks());
        CHECK(feed.feed.published == seconds(10'000));
    }
}

TEST_CASE("jump: without a limit, or without a price that stands, any price is taken")
{
    Feed feed;
    feed.params = {};
    CHECK(feed.push("1000000") == price("1000000"));
    Feed fresh;
    fresh.feed = {};
    CHECK(fresh.push("1000000") == price("1000000"));
}

TEST_CASE("jump: a price that is near again drops what was held back at once")
{
    Feed feed;
    feed.push("100000");
    CHECK(feed.push_in(1, "101") == price("101"));
    CHECK_FALSE(feed.held());
    CHECK(feed.state.pending.price.is_zero());
    // What was dropped confirms nothing later.
    CHECK(feed.push_in(2 * WAIT, "100000") == price("101"));
}

TEST_CASE("jump: it is taken when it is confirmed after its wait, and not before")
{
    Feed feed;
    feed.push("1000");
    CHECK(feed.push_in(WAIT - 1, "1100") == price("100"));
    CHECK(feed.blocks());
    CHECK(feed.push_in(1, "1200") == price("1200"));
    CHECK_FALSE(feed.held());
    CHECK(feed.push_in(1, "1250") == price("1250"));
}

TEST_CASE("jump: another jump in place of the first has to wait anew, and blocks nothing anew")
{
    Feed feed;
    feed.push("1000");
    feed.push_in(WAIT - 1, "100000");
    CHECK(feed.blocks());
    CHECK(feed.push_in(1, "100000") == price("100"));
    CHECK_FALSE(feed.blocks());
    CHECK(feed.held());
    CHECK(feed.push_in(WAIT - 1, "100000") == price("100000"));
}

TEST_CASE("jump: nobody confirms it: sales wait for its length and no longer")
{
    Feed feed;
    feed.push("100000");
    feed.now += WAIT - 1;
    CHECK(feed.blocks());
    ++feed.now;
    CHECK_FALSE(feed.blocks());
    CHECK(usable(feed.feed, seconds(feed.now), default_oracle(), PriceUse::fill) ==
          Error::stale_price);
}

TEST_CASE("jump: jumps in turn with good prices block sales for at most half of the time")
{
    Feed feed;
    std::uint64_t blocked = 0;
    for (int i = 0; i < 4 * static_cast<int>(WAIT); ++i) {
        feed.push_in(1, i % 2 == 0 ? "100000" : "100");
        blocked += feed.blocks() ? 1U : 0U;
    }
    CHECK(blocked > 0);
    CHECK(blocked <= 2 * WAIT);
}

TEST_CASE("jump: whatever is published, in any time of two waits sales are blocked for at most one")
{
    rc::prop("any prices at any times", [] {
        Feed feed;
        feed.params.wait = seconds(20);
        if (*rc::gen::arbitrary<bool>())
            feed.stable = price("120");
        std::vector<bool> blocked;
        const auto steps = *rc::gen::inRange(10, 60);
        for (int i = 0; i < steps; ++i) {
            const auto pause = *rc::gen::inRange(1, 15);
            for (int second = 0; second < pause; ++second) {
                ++feed.now;
                blocked.push_back(feed.blocks());
            }
            feed.push(*rc::gen::elementOf(std::vector<std::string>{
                "100", "3", "1000", "1001", "100000", "30000000", "0.001"}));
        }
        for (std::size_t from = 0; from + 40 <= blocked.size(); ++from)
            RC_ASSERT(std::count(blocked.begin() + static_cast<std::ptrdiff_t>(from),
                          blocked.begin() + static_cast<std::ptrdiff_t>(from + 40), true) <= 20);
    });
}

TEST_CASE("jump: the stable price is the reference, so that small steps do not lead far away")
{
    Feed feed;
    feed.stable = price("100");
    CHECK(feed.push("400") == price("400"));
    CHECK(feed.push_in(1, "501") == price("400"));
    CHECK(feed.held());
    Feed plain;
    CHECK(plain.push("400") == price("400"));
    CHECK(plain.push_in(1, "501") == price("501"));
}

TEST_CASE("jump: what was confirmed is a reference too until the stable price has come near")
{
    Feed feed;
    feed.stable = price("100");
    feed.push("1000");
    CHECK(feed.push_in(WAIT, "1000") == price("1000"));
    CHECK(feed.push_in(1, "1300") == price("1300"));
    CHECK(feed.push_in(1, "4000") == price("4000"));
    CHECK(feed.push_in(1, "5001") == price("4000"));
    CHECK(feed.push_in(1, "1000") == price("1000"));
    feed.stable = price("250");
    CHECK(feed.push_in(1, "1250") == price("1250"));
    CHECK(feed.state.trusted.is_zero());
    CHECK(feed.push_in(1, "4000") == price("1250"));
}
