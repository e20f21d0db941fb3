// plimsoll: engine/num/multiply_high.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. The upper halves of products of fractions, from which the functions of
// ln.cpp, exp.cpp and normal.cpp are built, and shifts by a variable distance.
// Promises: the same bits on every machine; never above the exact product; non-decreasing in each factor.
// Never: calls a library function for 128-bit values.
#pragma once

#include "engine/check.hpp"
#include "engine/num/wide.hpp"

#include <cstdint>

namespace plimsoll::num {

/// floor(a * b / 2^64).
[[nodiscard, gnu::always_inline]] constexpr std::uint64_t multiply_high_floor(
    std::uint64_t a, std::uint64_t b) noexcept
{
    return multiply(a, b).high;
}

/// floor(a * b / 2^64) or up to two below it, by three products of halves instead of four.
/// Non-decreasing in a and in b: a carry out of a low half adds more to the upper product than the
/// two cut terms can lose.
[[nodiscard, gnu::always_inline]] constexpr std::uint64_t multiply_high_below(
    std::uint64_t a, std::uint64_t b) noexcept
{
    const std::uint64_t a0 = low_half(a);
    const std::uint64_t a1 = high_half(a);
    const std::uint64_t b0 = low_half(b);
    const std::uint64_t b1 = high_half(b);
    // a1 * b / 2^32 is the first two terms with the same cut: one product where the machine has a wide one.
    if constexpr (LimbTraits<std::uint64_t>::WIDE_MULTIPLY)
        return multiply(a1 << 32, b).high + ((a0 * b1) >> 32);
    else
        return a1 * b1 + ((a1 * b0) >> 32) + ((a0 * b1) >> 32);
}

/// floor(a * b / 2^128).
[[nodiscard, gnu::always_inline]] constexpr Pair<std::uint64_t> multiply_high_floor(
    Pair<std::uint64_t> a, Pair<std::uint64_t> b) noexcept
{
    const Quad<std::uint64_t> product = multiply(a, b);
    return {product.limb2, product.limb3};
}

/// value / 2^shift toward zero. @pre 0 <= shift < 64
[[nodiscard, gnu::always_inline]] constexpr Pair<std::uint64_t> shift_right(
    Pair<std::uint64_t> value, int shift) noexcept
{
    return {shift_right_low(value.high, value.low, shift), value.high >> shift};
}

/// value * 2^shift modulo 2^128. @pre 0 <= shift < 64
[[nodiscard, gnu::always_inline]] constexpr Pair<std::uint64_t> shift_left(
    Pair<std::uint64_t> value, int shift) noexcept
{
    return {value.low << shift, shift_left_high(value.high, value.low, shift)};
}

/// A value of two limbs shifted left until its top bit is set.
struct Normalised
{
    Pair<std::uint64_t> bits;
    int exponent = 0;  // value = bits * 2^(exponent - 127)
};

/// @pre value is not zero
[[nodiscard, gnu::always_inline]] constexpr Normalised normalised(
    Pair<std::uint64_t> value) noexcept
{
    CHECK(!is_zero(value));
    int exponent = 127;
    if (value.high == 0) {
        value = {0, value.low};
        exponent = 63;
    }
    const int shift = LimbTraits<std::uint64_t>::leading_zeros(value.high);
    return {shift_left(value, shift), exponent - shift};
}

}  // namespace plimsoll::num
