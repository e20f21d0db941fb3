// plimsoll: tests/host-sim/prng_test.cpp                            SPDX-License-Identifier: Apache-2.0
// The simulator's source of chance: published vectors, streams, bounds, moments.
#include "host-sim/prng.hpp"

#include <catch2/catch.hpp>

namespace {

using plimsoll::num::i128;
using plimsoll::sim::name_hash;
using plimsoll::sim::Prng;
using plimsoll::sim::split_mix;

}  // namespace

TEST_CASE("SplitMix64 gives its published sequence", "[prng]")
{
    // Seed 1234567, as in the reference implementation's published test.
    std::uint64_t state = 1234567;
    CHECK(split_mix(state) == 6457827717110365317U);
    CHECK(split_mix(state) == 3203168211198807973U);
    CHECK(split_mix(state) == 9817491932198370423U);
}

TEST_CASE("FNV-1a gives its published hashes", "[prng]")
{
    CHECK(name_hash("") == 0xcbf29ce484222325U);
    CHECK(name_hash("a") == 0xaf63dc4c8601ec8cU);
    CHECK(name_hash("foobar") == 0x85944171f73967e8U);
}

TEST_CASE("a stream depends on seed and name alone", "[prng]")
{
    Prng path(7, "path");
    Prng same(7, "path");
    Prng other_name(7, "oracle");
    Prng other_seed(8, "path");
    const std::uint64_t first = path.next();
    CHECK(same.next() == first);
    CHECK(other_name.next() != first);
    CHECK(other_seed.next() != first);
}

TEST_CASE("below and between keep their bounds and reach both ends", "[prng]")
{
    Prng prng(1, "bounds");
    std::uint64_t seen = 0;
    for (int i = 0; i < 1000; ++i) {
        CHECK(prng.below(1) == 0);
        const auto draw = prng.between(10, 15);
        REQUIRE(draw >= 10);
        REQUIRE(draw <= 15);
        seen |= std::uint64_t{1} << draw;
    }
    CHECK(seen == 0xfc00U);
}

TEST_CASE("normal draws have the mean, variance and reach of Irwin-Hall", "[prng]")
{
    Prng prng(42, "normal");
    constexpr int DRAWS = 200'000;
    i128 sum_e6 = 0;
    i128 squares_e12 = 0;
    for (int i = 0; i < DRAWS; ++i) {
        const i128 draw_e6 = prng.normal_e18() / 1'000'000'000'000;
        REQUIRE(draw_e6 <= 6'000'000);
        REQUIRE(draw_e6 >= -6'000'000);
        sum_e6 += draw_e6;
        squares_e12 += draw_e6 * draw_e6;
    }
    const auto mean_e6 = static_cast<std::int64_t>(sum_e6 / DRAWS);
    const auto variance_e6 = static_cast<std::int64_t>(squares_e12 / DRAWS / 1'000'000);
    CHECK(mean_e6 > -10'000);
    CHECK(mean_e6 < 10'000);
    CHECK(variance_e6 > 985'000);
    CHECK(variance_e6 < 1'015'000);
}
