// plimsoll: tests/engine/num/q64_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Binary fixed point to and from 18 decimals, products and quotients: exact
// to the stated rounding, by cross-multiplication in numbers wide enough to hold every product.
#include "engine/num/q64.hpp"

#include "engine/num/multiply_high.hpp"
#include "tests/engine/num/operands.hpp"
#include "tests/engine/num/real.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>

namespace plimsoll {
namespace {

using num::i128;
using num::u128;
using test::Draw;
using test::Real;

constexpr int COUNT = 100'000;
constexpr i128 ONE_WAD = num::WAD;
constexpr i128 ONE_Q64 = static_cast<i128>(num::Q64_ONE);

static_assert(num::q64_from_wad_nearest(ONE_WAD) == ONE_Q64);
static_assert(num::q64_from_wad_nearest(-ONE_WAD / 2) == -ONE_Q64 / 2);
static_assert(num::wad_from_q64_floor(1) == 0 && num::wad_from_q64_ceil(1) == 1);
static_assert(num::wad_from_q64_floor(-1) == -1 && num::wad_from_q64_ceil(-1) == 0);
static_assert(num::wad_from_q64_nearest(ONE_Q64 * 3) == ONE_WAD * 3);
static_assert(num::mul_q64_trunc(-ONE_Q64 * 3, ONE_Q64 / 2) == -ONE_Q64 * 3 / 2);
static_assert(num::mul_q64_trunc(-1, 1) == 0);
static_assert(num::umul_q64_trunc(~u128{0}, num::Q64_ONE) == ~u128{0});
static_assert(num::div_q64_trunc(ONE_Q64, ONE_Q64 * 4) == ONE_Q64 / 4);
static_assert(!num::div_q64_trunc(1, 0));
static_assert(!num::div_q64_trunc(num::I128_MAX, 1));

bool is_within_half(const Real& difference)
{
    return !(Real(1) < abs(difference).scaled(1));
}

bool is_fraction(const Real& difference)
{
    return !(difference < Real(0)) && difference < Real(1);
}

TEST_CASE("q64: from 18 decimals and back are rounded as their names say", "[num][q64]")
{
    Draw draw(31);
    const Real wad = Real::of(u128{num::WAD});
    int failures = 0;
    const auto check_wad = [&](i128 value) {
        if (num::magnitude(value) < static_cast<u128>(num::Q64_FROM_WAD_LIMIT)) {
            const Real scaled = Real::of(num::q64_from_wad_nearest(value)) * wad;
            failures += !is_within_half((scaled - Real::of(value).scaled(64)) / wad);
        }
    };
    const auto check_q64 = [&](i128 value) {
        const Real exact = Real::of(value, 64) * wad;
        failures += !is_fraction(exact - Real::of(num::wad_from_q64_floor(value)));
        failures += !is_fraction(Real::of(num::wad_from_q64_ceil(value)) - exact);
        failures += !is_within_half(exact - Real::of(num::wad_from_q64_nearest(value)));
    };
    for (int i = 0; i < COUNT; ++i) {
        check_wad(draw.value());
        check_q64(draw.value());
    }
    for (const i128 edge : test::edges()) {
        check_wad(edge);
        check_q64(edge);
    }
    for (int offset = 1; offset <= 3; ++offset) {
        check_wad(num::Q64_FROM_WAD_LIMIT - offset);
        check_wad(offset - num::Q64_FROM_WAD_LIMIT);
    }
    CHECK(failures == 0);
}

TEST_CASE("q64: a value of 18 decimals below 2^63 comes back from Q64", "[num][q64]")
{
    Draw draw(32);
    for (int i = 0; i < COUNT; ++i) {
        const i128 value = draw.value_within(122);
        REQUIRE((num::wad_from_q64_nearest(num::q64_from_wad_nearest(value)) == value));
    }
}

TEST_CASE("q64: products and quotients go toward zero", "[num][q64]")
{
    Draw draw(33);
    int failures = 0;
    int quotients = 0;
    for (int i = 0; i < COUNT; ++i) {
        const i128 a = draw.value_within(95);
        const i128 b = draw.value_within(95);
        const Real product = (Real::of(a) * Real::of(b)).scaled(-64);
        failures += !is_fraction(abs(product) - abs(Real::of(num::mul_q64_trunc(a, b))));
        failures += num::mul_q64_trunc(a, b) != -num::mul_q64_trunc(-a, b);
        const auto quotient = num::div_q64_trunc(a, b);
        if (!quotient)
            continue;
        ++quotients;
        failures +=
            !is_fraction(abs(Real::of(a).scaled(64) / Real::of(b)) - abs(Real::of(*quotient)));
        failures += *quotient != 0 && (*quotient < 0) != ((a < 0) != (b < 0));
    }
    CHECK(failures == 0);
    CHECK(quotients > COUNT / 4);
}

TEST_CASE("multiply_high_below is at most two below the exact product", "[num][q64]")
{
    Draw draw(34);
    std::uint64_t most = 0;
    for (int i = 0; i < 10 * COUNT; ++i) {
        const std::uint64_t a = static_cast<std::uint64_t>(draw.unsigned_value());
        const std::uint64_t b = static_cast<std::uint64_t>(draw.unsigned_value());
        const std::uint64_t exact = num::multiply_high_floor(a, b);
        const std::uint64_t below = num::multiply_high_below(a, b);
        REQUIRE(exact - below <= 2);
        most = std::max(most, exact - below);
        if (a + 1 != 0)
            REQUIRE(num::multiply_high_below(a + 1, b) >= below);
        if (b + 1 != 0)
            REQUIRE(num::multiply_high_below(a, b + 1) >= below);
    }
    CHECK(most == 2);
}

}  // namespace
}  // namespace plimsoll
