// plimsoll: tests/engine/num/wide_exhaustive_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The templates of engine/num on every input of a tiny limb.
#include "engine/num/isqrt.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/wide.hpp"
#include "tests/engine/num/small_limb.hpp"

#include <catch2/catch.hpp>
#include <cstdint>

namespace plimsoll {
namespace {

using num::LimbTraits;
using num::Pair;
using num::Quad;
using num::Rounding;
using test::Machine;
using test::pair_of;
using test::quad_of;
using test::signed_of;
using test::SmallLimb;
using test::value_of;

using Crumb = SmallLimb<2, Machine::portable>;
using Nibble = SmallLimb<4, Machine::portable>;
using WideNibble = SmallLimb<4, Machine::wide>;
using Byte = SmallLimb<8, Machine::portable>;
using HalfWord = SmallLimb<16, Machine::portable>;

template <class Limb>
constexpr std::uint64_t LIMB_COUNT = std::uint64_t{1} << LimbTraits<Limb>::BITS;
template <class Limb>
constexpr std::uint64_t PAIR_COUNT = std::uint64_t{1} << (2 * LimbTraits<Limb>::BITS);

// The checks below count failures instead of asserting each: Catch takes a microsecond an assertion.

template <class Limb>
int failures_of_limb_multiply()
{
    int failures = 0;
    for (std::uint64_t a = 0; a < LIMB_COUNT<Limb>; ++a) {
        for (std::uint64_t b = 0; b < LIMB_COUNT<Limb>; ++b) {
            failures += value_of(num::multiply_by_halves(Limb(a), Limb(b))) != a * b;
            failures += value_of(num::multiply(Limb(a), Limb(b))) != a * b;
            if (num::high_half(Limb(b)) == Limb(0))
                failures += value_of(num::multiply_by_half(Limb(a), Limb(b))) != a * b;
        }
    }
    return failures;
}

template <class Limb>
int failures_of_limb_divide()
{
    int failures = 0;
    for (std::uint64_t divisor = LIMB_COUNT<Limb> / 2; divisor < LIMB_COUNT<Limb>; ++divisor) {
        const auto reciprocal = num::reciprocal_of(Limb(divisor));
        for (std::uint64_t dividend = 0; dividend < divisor * LIMB_COUNT<Limb>; ++dividend) {
            const Pair<Limb> u = pair_of<Limb>(dividend);
            const auto by_halves = num::divide_by_halves(u.high, u.low, Limb(divisor));
            failures += by_halves.quotient.value() != dividend / divisor;
            failures += by_halves.remainder.value() != dividend % divisor;
            const auto by_reciprocal = num::divide_2by1(u.high, u.low, reciprocal);
            failures += by_reciprocal.quotient.value() != dividend / divisor;
            failures += by_reciprocal.remainder.value() != dividend % divisor;
        }
    }
    return failures;
}

template <class Limb>
int failures_of_pair_arithmetic()
{
    int failures = 0;
    for (std::uint64_t a = 0; a < PAIR_COUNT<Limb>; ++a) {
        for (std::uint64_t b = 0; b < PAIR_COUNT<Limb>; ++b) {
            const Pair<Limb> x = pair_of<Limb>(a);
            const Pair<Limb> y = pair_of<Limb>(b);
            failures += value_of(num::multiply(x, y)) != a * b;
            failures += value_of(num::add(x, y)) != (a + b) % PAIR_COUNT<Limb>;
            failures += value_of(num::subtract(x, y)) != (a - b) % PAIR_COUNT<Limb>;
            failures += num::less(x, y) != (a < b);
        }
    }
    return failures;
}

template <class Limb>
int failures_of_wide_divide()
{
    int failures = 0;
    const std::uint64_t quad_count = PAIR_COUNT<Limb> * PAIR_COUNT<Limb>;
    for (std::uint64_t divisor = 0; divisor < PAIR_COUNT<Limb>; ++divisor) {
        for (std::uint64_t dividend = 0; dividend < quad_count; ++dividend) {
            const auto result = num::divide(quad_of<Limb>(dividend), pair_of<Limb>(divisor));
            const bool fits = divisor != 0 && dividend / divisor < PAIR_COUNT<Limb>;
            failures += result.fits != fits;
            failures += value_of(result.quotient) != (fits ? dividend / divisor : 0);
            failures += value_of(result.remainder) != (fits ? dividend % divisor : 0);
        }
    }
    return failures;
}

template <class Limb>
int failures_of_reciprocal_divide()
{
    int failures = 0;
    const std::uint64_t quad_count = PAIR_COUNT<Limb> * PAIR_COUNT<Limb>;
    for (std::uint64_t divisor = 1; divisor < LIMB_COUNT<Limb>; ++divisor) {
        const auto reciprocal = num::reciprocal_of(Limb(divisor));
        for (std::uint64_t dividend = 0; dividend < quad_count; ++dividend) {
            const auto result = num::divide(quad_of<Limb>(dividend), reciprocal);
            const bool fits = dividend / divisor < PAIR_COUNT<Limb>;
            failures += result.fits != fits;
            failures += value_of(result.quotient) != (fits ? dividend / divisor : 0);
            failures += value_of(result.remainder) != (fits ? dividend % divisor : 0);
        }
    }
    return failures;
}

int divided(int numerator, int denominator, Rounding rounding)
{
    const int quotient = numerator / denominator;
    const int remainder = numerator % denominator;
    const bool negative = (remainder < 0) != (denominator < 0);
    if (remainder == 0 || rounding == Rounding::trunc)
        return quotient;
    if (rounding == Rounding::floor)
        return quotient - (negative ? 1 : 0);
    return quotient + (negative ? 0 : 1);
}

template <class Limb>
int failures_of_one(
    const num::SignedQuotient<Limb>& result, int numerator, int denominator, Rounding rounding)
{
    const int half = static_cast<int>(PAIR_COUNT<Limb> / 2);
    const int expected = denominator == 0 ? half : divided(numerator, denominator, rounding);
    const bool fits = expected >= -half && expected < half;
    if (result.fits != fits)
        return 1;
    if (!fits)
        return 0;
    const int size = static_cast<int>(value_of(result.value.magnitude));
    const bool is_exact = numerator % denominator == 0;
    return ((result.value.negative ? -size : size) != expected || result.exact != is_exact) ? 1 : 0;
}

/// Every signed (a, b, d) of two limbs, in the three directions.
template <class Limb>
int failures_of_mul_div()
{
    int failures = 0;
    const int half = static_cast<int>(PAIR_COUNT<Limb> / 2);
    for (int a = -half; a < half; ++a) {
        for (int b = -half; b < half; ++b) {
            for (int d = -half; d < half; ++d) {
                for (const Rounding rounding : {Rounding::floor, Rounding::ceil, Rounding::trunc}) {
                    const auto result = num::mul_div(
                        signed_of<Limb>(a), signed_of<Limb>(b), signed_of<Limb>(d), rounding);
                    failures += failures_of_one(result, a * b, d, rounding);
                }
            }
        }
    }
    return failures;
}

/// Every signed (a, b) and every constant divisor of one limb.
template <class Limb>
int failures_of_mul_div_by_reciprocal()
{
    int failures = 0;
    const int half = static_cast<int>(PAIR_COUNT<Limb> / 2);
    for (int d = 1; d < static_cast<int>(LIMB_COUNT<Limb>); ++d) {
        const auto reciprocal = num::reciprocal_of(Limb(static_cast<std::uint64_t>(d)));
        for (int a = -half; a < half; ++a) {
            for (int b = -half; b < half; ++b) {
                for (const Rounding rounding : {Rounding::floor, Rounding::ceil, Rounding::trunc}) {
                    const auto result =
                        num::mul_div(signed_of<Limb>(a), signed_of<Limb>(b), reciprocal, rounding);
                    failures += failures_of_one(result, a * b, d, rounding);
                }
            }
        }
    }
    return failures;
}

template <class Limb>
int failures_of_compare_products()
{
    int failures = 0;
    const int half = static_cast<int>(PAIR_COUNT<Limb> / 2);
    for (int a = -half; a < half; ++a) {
        for (int b = -half; b < half; ++b) {
            for (int c = -half; c < half; ++c) {
                for (int d = -half; d < half; ++d) {
                    const int difference = a * b - c * d;
                    const int expected = difference == 0 ? 0 : (difference < 0 ? -1 : 1);
                    failures += num::compare_products(signed_of<Limb>(a), signed_of<Limb>(b),
                                    signed_of<Limb>(c), signed_of<Limb>(d)) != expected;
                }
            }
        }
    }
    return failures;
}

template <class Limb>
int failures_of_isqrt()
{
    int failures = 0;
    std::uint64_t root = 0;
    for (std::uint64_t n = 0; n < PAIR_COUNT<Limb>; ++n) {
        while ((root + 1) * (root + 1) <= n)
            ++root;
        failures += num::isqrt_pair_floor(pair_of<Limb>(n)).value() != root;
        if (n < LIMB_COUNT<Limb>)
            failures += num::isqrt_limb_floor(Limb(n)).value() != root;
    }
    return failures;
}

TEST_CASE("wide: the product of limbs is right for every input", "[num][exhaustive]")
{
    CHECK(failures_of_limb_multiply<Crumb>() == 0);
    CHECK(failures_of_limb_multiply<Nibble>() == 0);
    CHECK(failures_of_limb_multiply<WideNibble>() == 0);
    CHECK(failures_of_limb_multiply<Byte>() == 0);
}

TEST_CASE("wide: division of two limbs by one is right for every input", "[num][exhaustive]")
{
    CHECK(failures_of_limb_divide<Crumb>() == 0);
    CHECK(failures_of_limb_divide<Nibble>() == 0);
    CHECK(failures_of_limb_divide<WideNibble>() == 0);
    CHECK(failures_of_limb_divide<Byte>() == 0);
}

TEST_CASE("wide: pair arithmetic is right for every input", "[num][exhaustive]")
{
    CHECK(failures_of_pair_arithmetic<Crumb>() == 0);
    CHECK(failures_of_pair_arithmetic<Nibble>() == 0);
    CHECK(failures_of_pair_arithmetic<WideNibble>() == 0);
}

TEST_CASE("wide: division of four limbs by two is right for every input", "[num][exhaustive]")
{
    CHECK(failures_of_wide_divide<Crumb>() == 0);
    CHECK(failures_of_wide_divide<Nibble>() == 0);
    CHECK(failures_of_wide_divide<WideNibble>() == 0);
}

TEST_CASE("wide: division by a reciprocal is right for every input", "[num][exhaustive]")
{
    CHECK(failures_of_reciprocal_divide<Crumb>() == 0);
    CHECK(failures_of_reciprocal_divide<Nibble>() == 0);
    CHECK(failures_of_reciprocal_divide<WideNibble>() == 0);
}

TEST_CASE("mul_div: floor, ceil and trunc are right for every signed triple", "[num][exhaustive]")
{
    CHECK(failures_of_mul_div<Crumb>() == 0);
    CHECK(failures_of_mul_div<Nibble>() == 0);
}

TEST_CASE("mul_div: a constant divisor is right for every signed pair", "[num][exhaustive]")
{
    CHECK(failures_of_mul_div_by_reciprocal<Crumb>() == 0);
    CHECK(failures_of_mul_div_by_reciprocal<Nibble>() == 0);
    CHECK(failures_of_mul_div_by_reciprocal<WideNibble>() == 0);
}

TEST_CASE("compare_products is right for every signed quadruple", "[num][exhaustive]")
{
    CHECK(failures_of_compare_products<Crumb>() == 0);
}

TEST_CASE("isqrt is right for every input", "[num][exhaustive]")
{
    CHECK(failures_of_isqrt<Nibble>() == 0);
    CHECK(failures_of_isqrt<Byte>() == 0);
}

TEST_CASE("isqrt is right on both sides of every square of 16-bit limbs", "[num]")
{
    int failures = 0;
    for (std::uint64_t root = 1; root < 65'536; ++root) {
        const std::uint64_t square = root * root;
        failures += num::isqrt_pair_floor(pair_of<HalfWord>(square)).value() != root;
        failures += num::isqrt_pair_floor(pair_of<HalfWord>(square - 1)).value() != root - 1;
        failures += num::isqrt_pair_floor(pair_of<HalfWord>(square + 2 * root)).value() != root;
    }
    CHECK(failures == 0);
}

}  // namespace
}  // namespace plimsoll
