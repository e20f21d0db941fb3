// plimsoll: tests/engine/num/normal_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Mills' ratio, density and cumulative against MPFR, and the order of
// neighbours.
// Greatest errors seen: mills_q64 2.0 units of 2^-64 (stated 4), density_q64 1.6 (stated 2); in units of
// the 18th decimal the cumulative 0.69 and the density 0.59 (stated 1).
#include "engine/num/normal.hpp"

#include "engine/num/q64.hpp"
#include "tests/engine/num/operands.hpp"
#include "tests/engine/num/real.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <rapidcheck/catch.h>
#include <vector>

namespace plimsoll {
namespace {

using num::i128;
using num::u128;
using test::Draw;
using test::Real;
using test::Worst;

constexpr int COUNT = 10'000;
constexpr i128 ONE = num::WAD;

Real density(const Real& x)
{
    return exp(-(x * x).scaled(-1)) / sqrt(Real::pi().scaled(1));
}

/// 1 - N(x).
Real tail(const Real& x)
{
    return erfc(x / sqrt(Real(2))).scaled(-1);
}

Real mills_error(u128 raw)
{
    const Real x = Real::of(raw, 64);
    return (tail(x) / density(x)).scaled(64) - Real::of(num::mills_q64(raw));
}

/// x below 2^bits of a random width.
u128 draw_x(Draw& draw, int bits)
{
    const u128 raw = ((u128{draw.word()} << 64) | draw.word()) >> (64 - bits);
    return (draw.word() & 1) != 0 ? raw
                                  : raw >> (draw.word() % static_cast<std::uint64_t>(bits + 60));
}

std::vector<u128> seams()
{
    std::vector<u128> places;
    for (u128 quarter = 0; quarter <= 68; ++quarter)
        places.push_back(quarter << 62);
    return places;
}

TEST_CASE(
    "normal: the error of Mills' ratio is below the bound, also at every seam", "[num][normal]")
{
    Draw draw(71);
    Worst worst;
    for (int i = 0; i < COUNT; ++i) {
        worst.see(mills_error(draw_x(draw, 4)));
        if (i % 8 == 0)
            worst.see(mills_error(draw_x(draw, 6)));
    }
    for (const u128 seam : seams()) {
        for (int offset = -3; offset <= 3; ++offset) {
            if (seam != 0 || offset >= 0)
                worst.see(mills_error(seam + static_cast<u128>(offset)));
        }
    }
    // A grid of the first two segments, where the fit is the least sharp.
    for (u128 i = 0; i < 2'048; ++i)
        worst.see(mills_error((i << 52) + 1));
    INFO(worst.units() << " units");
    CHECK(worst.units() < 2.5);
}

TEST_CASE("normal: for great x Mills' ratio is 1/x less 1/x^3", "[num][normal]")
{
    Draw draw(72);
    Worst worst;
    for (int i = 0; i < COUNT; ++i) {
        const u128 raw = draw.unsigned_value();
        if (raw >> 64 < 8'192)
            continue;
        const Real x = Real::of(raw, 64);
        // The next term, 3 / x^5, is below 2^-63.
        worst.see((Real(1) / x - Real(1) / (x * x * x)).scaled(64) - Real::of(num::mills_q64(raw)));
    }
    INFO(worst.units() << " units");
    CHECK(worst.units() < 2);
    CHECK((num::mills_q64(~u128{0}) == 1));
}

int rises(u128 begin, int count)
{
    int found = 0;
    u128 mills = num::mills_q64(begin);
    u128 height = num::density_q64(begin);
    for (int i = 0; i < count; ++i) {
        const u128 next = num::mills_q64(++begin);
        const u128 next_height = num::density_q64(begin);
        found += next > mills;
        found += next_height > height;
        mills = next;
        height = next_height;
    }
    return found;
}

TEST_CASE("normal: Mills' ratio and density never rise, across every seam and at random places",
    "[num][normal]")
{
    Draw draw(73);
    int found = 0;
    for (const u128 seam : seams())
        found += rises(seam == 0 ? 0 : seam - 1'000, 2'000);
    for (int i = 0; i < 5'000; ++i) {
        found += rises(draw_x(draw, 5), 150);
        found += rises(draw.unsigned_value() >> 1, 10);
    }
    CHECK(found == 0);
}

TEST_CASE("normal: two or four of Mills' ratios side by side are the single ones", "[num][normal]")
{
    rc::prop("also where one of them is far out", [] {
        u128 x[4];
        for (u128& each : x)
            each = (static_cast<u128>(*rc::gen::inRange<std::uint64_t>(0, 20)) << 64) |
                   *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
        const num::FourMills four = num::mills_four_q64(x);
        const num::TwoMills two = num::mills_two_q64({x[0], x[1]});
        for (int i = 0; i < 4; ++i)
            RC_ASSERT(four.of[i] == num::mills_q64(x[i]));
        for (int i = 0; i < 2; ++i)
            RC_ASSERT(two.of[i] == num::mills_q64(x[i]));
    });
}

TEST_CASE("normal: the error of the density is below the bound", "[num][normal]")
{
    Draw draw(74);
    Worst worst;
    const auto see = [&worst](u128 raw) {
        worst.see(density(Real::of(raw, 64)).scaled(64) - Real::of(num::density_q64(raw)));
    };
    for (int i = 0; i < 2 * COUNT; ++i)
        see(draw_x(draw, 4));
    for (const u128 seam : seams())
        see(seam);
    INFO(worst.units() << " units");
    CHECK(worst.units() < 1.9);
    CHECK((num::density_q64(~u128{0}) == 0));
}

TEST_CASE("normal: N and n in 18 decimals are within a unit", "[num][normal]")
{
    Draw draw(75);
    Worst cumulative;
    Worst height;
    const Real wad = Real::of(u128{num::WAD});
    for (int i = 0; i < COUNT; ++i) {
        const i128 x = draw.value_within(64);
        cumulative.see(tail(-Real::of_wad(x)) * wad - Real::of(num::normal_cdf_wad_nearest(x)));
        height.see(density(Real::of_wad(x)) * wad - Real::of(num::normal_density_wad_nearest(x)));
    }
    INFO(cumulative.units() << " units, " << height.units() << " units");
    CHECK(cumulative.units() < 0.9);
    CHECK(height.units() < 0.7);
    CHECK((num::normal_cdf_wad_nearest(0) == ONE / 2));
    CHECK((num::normal_cdf_wad_nearest(ONE) == i128{841'344'746'068'542'949}));
    CHECK((num::normal_density_wad_nearest(0) == i128{398'942'280'401'432'678}));
    for (const i128 edge : test::edges()) {
        const i128 value = num::normal_cdf_wad_nearest(edge);
        CHECK((value >= 0 && value <= ONE));
        const i128 density_value = num::normal_density_wad_nearest(edge);
        CHECK((density_value >= 0 && density_value < ONE / 2));
    }
}

TEST_CASE("normal: N(x) and N(-x) sum to one, n is even", "[num][normal]")
{
    rc::prop("symmetry", [](std::int64_t bits, std::uint8_t shift) {
        const i128 x = static_cast<i128>(bits) * 8 / (i128{1} << (shift % 64));
        RC_ASSERT((num::normal_cdf_wad_nearest(x) + num::normal_cdf_wad_nearest(-x) == ONE));
        RC_ASSERT((num::normal_density_wad_nearest(x) == num::normal_density_wad_nearest(-x)));
    });
}

TEST_CASE("normal: N never falls", "[num][normal]")
{
    Draw draw(76);
    int falls = 0;
    for (int i = 0; i < 4'000; ++i) {
        i128 x = draw.value_within(65);
        i128 before = num::normal_cdf_wad_nearest(x);
        for (int step = 0; step < 50; ++step) {
            const i128 after = num::normal_cdf_wad_nearest(++x);
            falls += after < before;
            before = after;
        }
    }
    for (i128 x = -200; x < 200; ++x)
        falls += num::normal_cdf_wad_nearest(x + 1) < num::normal_cdf_wad_nearest(x);
    CHECK(falls == 0);
}

}  // namespace
}  // namespace plimsoll
