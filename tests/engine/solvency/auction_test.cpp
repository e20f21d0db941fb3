// plimsoll: tests/engine/solvency/auction_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The Dutch curve: its corners, its monotony, and that nobody resets it.
#include "engine/solvency/auction.hpp"

#include "tests/support/rng.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::ratio;
using test::Rng;
using test::seconds;

// 5 % to 20 % in 60 s, to 50 % in 540 s more, resumes within 300 s.
const LiquidationParams PARAMS = test::default_liquidation();

TEST_CASE("auction: the curve's corners", "[solvency][auction]")
{
    CHECK(buyer_share_floor(PARAMS, seconds(0)) == ratio("0.05"));
    CHECK(buyer_share_floor(PARAMS, seconds(30)) == ratio("0.125"));
    CHECK(buyer_share_floor(PARAMS, seconds(60)) == ratio("0.2"));
    CHECK(buyer_share_floor(PARAMS, seconds(330)) == ratio("0.35"));
    CHECK(buyer_share_floor(PARAMS, seconds(600)) == ratio("0.5"));
    CHECK(buyer_share_floor(PARAMS, seconds(~std::uint64_t{0})) == ratio("0.5"));
}

TEST_CASE(
    "auction: the share never falls with time and stays within its corners", "[solvency][auction]")
{
    Rng rng(1);
    for (int run = 0; run < 300; ++run) {
        LiquidationParams params = PARAMS;
        params.share_max = Ratio::from_raw(rng.between(0, num::WAD - 1));
        params.share_fast = Ratio::from_raw(rng.between(0, params.share_max.raw()));
        params.share_start = Ratio::from_raw(rng.between(0, params.share_fast.raw()));
        params.fee_share = Ratio::zero();
        params.fast = seconds(1 + rng.below(86'400));
        params.slow = seconds(1 + rng.below(86'400));
        REQUIRE(validate(params) == Error::ok);
        Ratio last = params.share_start;
        CHECK(buyer_share_floor(params, seconds(0)) == params.share_start);
        for (std::uint64_t t = 0; t < 180'000; t += 1 + rng.below(3'000)) {
            const Ratio share = buyer_share_floor(params, seconds(t));
            REQUIRE(share >= last);
            REQUIRE(share <= params.share_max);
            last = share;
        }
        CHECK(last == params.share_max);
    }
}

TEST_CASE("auction: runs from the flag and is over at its end", "[solvency][auction]")
{
    Flag flag;
    CHECK(auction_elapsed(flag, seconds(1'000)) == Seconds::zero());
    CHECK_FALSE(auction_over(flag, PARAMS, seconds(1'000'000)));
    CHECK(raise_flag(flag, PARAMS, seconds(1'000)));
    CHECK_FALSE(raise_flag(flag, PARAMS, seconds(1'100)));
    CHECK(auction_elapsed(flag, seconds(1'100)) == seconds(100));
    CHECK_FALSE(auction_over(flag, PARAMS, seconds(1'599)));
    CHECK(auction_over(flag, PARAMS, seconds(1'600)));
}

TEST_CASE("auction: flagged again within the cool time, it goes on where it stopped",
    "[solvency][auction]")
{
    Flag flag;
    raise_flag(flag, PARAMS, seconds(1'000));
    raise_flag(flag, PARAMS, seconds(1'200));  // seen again
    CHECK(lower_flag(flag, seconds(1'200)));
    CHECK_FALSE(lower_flag(flag, seconds(1'210)));
    CHECK(auction_elapsed(flag, seconds(1'400)) == Seconds::zero());
    CHECK(raise_flag(flag, PARAMS, seconds(1'500)));
    CHECK(auction_elapsed(flag, seconds(1'500)) == seconds(200));
    // Again and again: time on the curve only adds up.
    raise_flag(flag, PARAMS, seconds(1'600));
    lower_flag(flag, seconds(1'600));
    raise_flag(flag, PARAMS, seconds(1'601));
    CHECK(auction_elapsed(flag, seconds(1'601)) == seconds(300));
}

TEST_CASE("auction: the curve does not run while nobody sees the account unhealthy",
    "[solvency][auction]")
{
    Flag flag;
    raise_flag(flag, PARAMS, seconds(1'000));
    raise_flag(flag, PARAMS, seconds(1'010));
    // Left up until one cool time after a whole curve: the old curve still counts.
    Flag kept = flag;
    CHECK_FALSE(flag_lapsed(kept, PARAMS, seconds(1'910)));
    CHECK(auction_over(kept, PARAMS, seconds(1'910)));
    CHECK_FALSE(raise_flag(kept, PARAMS, seconds(1'910)));
    // A second later it has lapsed: no next stage, and a new curve.
    CHECK(flag_lapsed(flag, PARAMS, seconds(1'911)));
    CHECK_FALSE(auction_over(flag, PARAMS, seconds(1'911)));
    CHECK(raise_flag(flag, PARAMS, seconds(1'911)));
    CHECK(auction_elapsed(flag, seconds(1'911)) == Seconds::zero());
    // Cured long after it was last seen: only what was seen is remembered.
    lower_flag(flag, seconds(2'400));
    raise_flag(flag, PARAMS, seconds(2'401));
    CHECK(auction_elapsed(flag, seconds(2'401)) == Seconds::zero());
}

TEST_CASE("auction: a second after the cool time a new curve begins", "[solvency][auction]")
{
    Flag flag;
    raise_flag(flag, PARAMS, seconds(1'000));
    lower_flag(flag, seconds(1'200));
    Flag late = flag;
    raise_flag(late, PARAMS, seconds(1'501));
    CHECK(auction_elapsed(late, seconds(1'501)) == Seconds::zero());
}

TEST_CASE("auction: no sequence of cures and flags within the cool time lowers the share",
    "[solvency][auction]")
{
    Rng rng(2);
    for (int run = 0; run < 200; ++run) {
        Flag flag;
        std::uint64_t now = 5'000;
        raise_flag(flag, PARAMS, seconds(now));
        Ratio last = Ratio::zero();
        for (int step = 0; step < 30; ++step) {
            now += rng.below(60);
            const Ratio share = buyer_share_floor(PARAMS, auction_elapsed(flag, seconds(now)));
            REQUIRE(share >= last);
            last = share;
            raise_flag(flag, PARAMS, seconds(now));
            lower_flag(flag, seconds(now));
            now += rng.below(301);
            raise_flag(flag, PARAMS, seconds(now));
        }
    }
}

}  // namespace
}  // namespace plimsoll
