// plimsoll: tests/engine/num/mul_div_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What mul_div promises: hand-made cases and properties.
#include "engine/num/mul_div.hpp"

#include "engine/num/int128.hpp"
#include "engine/num/wide.hpp"
#include "tests/engine/num/operands.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <rapidcheck/catch.h>
#include <tuple>

namespace plimsoll {
namespace {

using num::i128;
using num::I128_MAX;
using num::I128_MIN;
using num::WAD;

i128 any_value()
{
    return test::Draw(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>())).value();
}

i128 any_nonzero()
{
    const i128 value = any_value();
    return value == 0 ? 1 : value;
}

constexpr i128 UNIT = WAD;

// In constant expressions too: the portable division is then used in place of the machine's.
static_assert(num::mul_div_floor(7, 1, 2) == 3);
static_assert(num::mul_div_ceil(7, 1, 2) == 4);
static_assert(num::mul_div_floor(I128_MIN, I128_MIN, I128_MIN) == I128_MIN);
static_assert(num::mul_wad_floor(UNIT / 2, 3 * UNIT) == UNIT + UNIT / 2);

TEST_CASE("mul_div: the suffix is the direction, for each sign", "[num]")
{
    CHECK((num::mul_div_floor(7, 1, 2) == 3));
    CHECK((num::mul_div_ceil(7, 1, 2) == 4));
    CHECK((num::mul_div_trunc(7, 1, 2) == 3));
    for (const auto& [a, b, d] : {std::tuple{-7, 1, 2}, std::tuple{7, -1, 2}, std::tuple{7, 1, -2},
             std::tuple{-7, -1, -2}}) {
        CHECK((num::mul_div_floor(a, b, d) == -4));
        CHECK((num::mul_div_ceil(a, b, d) == -3));
        CHECK((num::mul_div_trunc(a, b, d) == -3));
    }
    CHECK((num::mul_div_floor(-7, -1, 2) == 3));
    CHECK((num::mul_div_ceil(-7, 1, -2) == 4));
}

TEST_CASE("mul_div: a division by zero is nullopt", "[num]")
{
    for (const i128 a : {i128{0}, i128{1}, I128_MIN}) {
        CHECK(!num::mul_div_floor(a, 1, 0));
        CHECK(!num::mul_div_ceil(a, 1, 0));
        CHECK(!num::mul_div_trunc(a, 1, 0));
    }
}

TEST_CASE("mul_div: a result outside i128 is nullopt, the ends are not", "[num]")
{
    CHECK((num::mul_div_floor(I128_MAX, I128_MAX, I128_MAX) == I128_MAX));
    CHECK((num::mul_div_floor(I128_MIN, 1, 1) == I128_MIN));
    CHECK((num::mul_div_floor(I128_MAX, I128_MIN, I128_MAX) == I128_MIN));
    CHECK(!num::mul_div_floor(I128_MIN, -1, 1));
    CHECK(!num::mul_div_trunc(I128_MIN, 1, -1));
    CHECK(!num::mul_div_floor(I128_MAX, 2, 1));
    CHECK(!num::mul_div_floor(I128_MIN, I128_MIN, 1));
    // The floor fits and the ceiling does not, and the other way below.
    CHECK((num::mul_div_floor(I128_MAX, 4, 4) == I128_MAX));
    CHECK((num::mul_div_ceil(I128_MIN, 4, 4) == I128_MIN));
    CHECK(!num::mul_div_ceil(I128_MAX, I128_MAX, I128_MAX - 1));
}

TEST_CASE("mul_wad: the ends of i128", "[num]")
{
    CHECK((num::mul_wad_floor(I128_MIN, UNIT) == I128_MIN));
    CHECK(!num::mul_wad_floor(I128_MIN, -UNIT));
    CHECK(!num::mul_wad_floor(I128_MIN, UNIT + 1));
    CHECK(!num::mul_wad(I128_MIN, UNIT + 1));
    CHECK((num::mul_wad(I128_MAX, UNIT)->ceil() == I128_MAX));
    CHECK((num::mul_wad(I128_MIN, UNIT)->ceil() == I128_MIN));
}

TEST_CASE(
    "mul_wad: where the floor is the last i128 and there is a remainder, only ceil fails", "[num]")
{
    const i128 a = 3 * UNIT + 3;
    const i128 b = (i128{3074457345618258599} << 64) |
                   10924333783445278738U;  // a * b is between I128_MAX and I128_MAX + 1
    CHECK((num::mul_wad_floor(a, b) == I128_MAX));
    CHECK((num::mul_wad_trunc(a, b) == I128_MAX));
    CHECK(!num::mul_wad_ceil(a, b));
    CHECK(!num::mul_wad(a, b));
    CHECK((num::mul_wad_ceil(-a, b) == -I128_MAX));
    CHECK((num::mul_wad_floor(-a, b) == I128_MIN));
}

TEST_CASE("mul_wad_interval: both ends are those of two multiplications", "[num][property]")
{
    rc::prop("for any factor and any interval from zero on", [] {
        const i128 a = any_value();
        const i128 low = static_cast<i128>(num::magnitude(any_value()) >> 1);
        const i128 width =
            static_cast<i128>(num::magnitude(any_value()) >> *rc::gen::inRange(1, 128));
        const i128 high = low > I128_MAX - width ? I128_MAX : low + width;
        const auto both = num::mul_wad_interval(a, low, high);
        const auto floor = num::mul_wad_floor(a, a < 0 ? high : low);
        const auto ceil = num::mul_wad_ceil(a, a < 0 ? low : high);
        RC_ASSERT(both.has_value() == (floor && ceil && *floor != I128_MIN));
        if (both)
            RC_ASSERT(both->floor == *floor && both->ceil == *ceil);
    });
    rc::prop("for amounts and prices as options have them", [] {
        const i128 a = any_value() >> 40;
        const i128 low = static_cast<i128>(num::magnitude(any_value()) >> 41);
        const i128 high = low + *rc::gen::inRange(0, 1'000'000);
        const auto both = num::mul_wad_interval(a, low, high);
        const auto floor = num::mul_wad_floor(a, a < 0 ? high : low);
        const auto ceil = num::mul_wad_ceil(a, a < 0 ? low : high);
        RC_ASSERT(both.has_value() == (floor && ceil && *floor != I128_MIN));
        if (both)
            RC_ASSERT(both->floor == *floor && both->ceil == *ceil);
    });
    // An interval of one point, and one that is far wider than its lower end.
    CHECK(num::mul_wad_interval(-3, 1, 1)->floor == -1);
    CHECK(num::mul_wad_interval(-3, 1, 1)->ceil == 0);
    CHECK(num::mul_wad_interval(3 * UNIT, 0, 2 * UNIT)->floor == 0);
    CHECK(num::mul_wad_interval(3 * UNIT, 0, 2 * UNIT)->ceil == 6 * UNIT);
    CHECK(!num::mul_wad_interval(I128_MAX, 0, 2 * UNIT));
}

TEST_CASE("compare_products: ties, zeros and signs at the ends of i128", "[num]")
{
    CHECK(num::compare_products(I128_MIN, I128_MIN, I128_MIN, I128_MIN) == 0);
    CHECK(num::compare_products(I128_MIN, I128_MIN, I128_MAX, I128_MAX) == 1);
    CHECK(num::compare_products(I128_MAX, I128_MAX, I128_MIN, I128_MIN) == -1);
    CHECK(num::compare_products(I128_MIN, I128_MAX, I128_MAX, I128_MIN) == 0);
    CHECK(num::compare_products(0, I128_MIN, -1, 0) == 0);
    CHECK(num::compare_products(0, I128_MIN, -1, 1) == 1);
    CHECK(num::compare_products(-1, 1, 0, 5) == -1);
    CHECK(num::compare_products(3, -4, -2, 6) == 0);
    CHECK(num::compare_products(3, -4, -2, 5) == -1);
}

TEST_CASE("mul_div: properties", "[num][property]")
{
    rc::prop("quotient and remainder give the product back", [] {
        const num::Signed<std::uint64_t> a = num::signed_from(any_value());
        const num::Signed<std::uint64_t> b = num::signed_from(any_value());
        const num::Signed<std::uint64_t> d = num::signed_from(any_nonzero());
        const auto product = num::multiply(a.magnitude, b.magnitude);
        const auto division = num::divide(product, d.magnitude);
        RC_PRE(division.fits);
        RC_ASSERT(num::less(division.remainder, d.magnitude));
        auto back = num::multiply(division.quotient, d.magnitude);
        const auto low =
            num::add(num::Pair<std::uint64_t>{back.limb0, back.limb1}, division.remainder);
        const bool carry = num::less(low, division.remainder);
        const auto high = num::add(num::Pair<std::uint64_t>{back.limb2, back.limb3},
            num::Pair<std::uint64_t>{carry ? 1U : 0U, 0});
        back = {low.low, low.high, high.low, high.high};
        RC_ASSERT(num::compare(back, product) == 0);
    });

    rc::prop("floor <= trunc <= ceil, and ceil - floor is 0 or 1", [] {
        const i128 a = any_value();
        const i128 b = any_value();
        const i128 d = any_nonzero();
        const auto floor = num::mul_div_floor(a, b, d);
        const auto trunc = num::mul_div_trunc(a, b, d);
        const auto ceil = num::mul_div_ceil(a, b, d);
        RC_PRE(floor.has_value() && trunc.has_value() && ceil.has_value());
        RC_ASSERT(*floor <= *trunc);
        RC_ASSERT(*trunc <= *ceil);
        RC_ASSERT(*ceil - *floor <= 1);
        RC_ASSERT(*trunc == (*floor < 0 ? *ceil : *floor));
    });

    rc::prop("floor is exact when, and only when, it equals ceil", [] {
        const i128 a = any_value();
        const i128 b = any_value();
        const auto both = num::mul_wad(a, b);
        RC_PRE(both.has_value());
        RC_ASSERT(both->exact == (num::mul_wad_floor(a, b) == num::mul_wad_ceil(a, b)));
        RC_ASSERT(num::mul_wad_floor(a, b) == both->floor);
        RC_ASSERT(num::mul_wad_ceil(a, b) == both->ceil());
    });

    rc::prop("negating an operand mirrors the direction", [] {
        const i128 a = any_value();
        const i128 b = any_value();
        const i128 d = any_nonzero();
        RC_PRE(a != I128_MIN && b != I128_MIN && d != I128_MIN);
        const auto floor = num::mul_div_floor(a, b, d);
        RC_PRE(floor.has_value() && *floor != I128_MIN);
        RC_ASSERT(num::mul_div_ceil(-a, b, d) == -*floor);
        RC_ASSERT(num::mul_div_ceil(a, -b, d) == -*floor);
        RC_ASSERT(num::mul_div_ceil(a, b, -d) == -*floor);
        RC_ASSERT(num::mul_div_floor(-a, -b, d) == floor);
        RC_ASSERT(num::mul_div_floor(b, a, d) == floor);
        const auto trunc = num::mul_div_trunc(a, b, d);
        RC_PRE(trunc.has_value());
        RC_ASSERT(num::mul_div_trunc(-a, b, d) == -*trunc);
    });

    rc::prop("monotone in the first operand", [] {
        const i128 a = any_value();
        const i128 step = num::I128_MAX & any_value();
        const i128 b = I128_MAX & any_value();
        i128 d = I128_MAX & any_nonzero();
        d = d == 0 ? 1 : d;
        RC_PRE(a <= I128_MAX - step);
        const auto lower = num::mul_div_floor(a, b, d);
        const auto upper = num::mul_div_floor(a + step, b, d);
        RC_PRE(lower.has_value() && upper.has_value());
        RC_ASSERT(*lower <= *upper);
        RC_ASSERT(*num::mul_div_ceil(a, 0, d) == 0);
    });

    rc::prop("mul_wad is mul_div by 10^18", [] {
        const i128 a = any_value();
        const i128 b = any_value();
        RC_ASSERT(num::mul_wad_floor(a, b) == num::mul_div_floor(a, b, WAD));
        RC_ASSERT(num::mul_wad_ceil(a, b) == num::mul_div_ceil(a, b, WAD));
        RC_ASSERT(num::mul_wad_trunc(a, b) == num::mul_div_trunc(a, b, WAD));
    });

    rc::prop("compare_products is antisymmetric and agrees with the quotient", [] {
        const i128 a = any_value();
        const i128 b = any_value();
        const i128 c = any_value();
        const i128 d = I128_MAX & any_nonzero();
        RC_ASSERT(num::compare_products(a, b, c, d) == -num::compare_products(c, d, a, b));
        RC_PRE(d > 0);
        const auto floor = num::mul_div_floor(a, b, d);
        RC_PRE(floor.has_value());
        // floor(a b / d) <= a b / d
        RC_ASSERT(num::compare_products(*floor, d, a, b) <= 0);
    });
}

}  // namespace
}  // namespace plimsoll
