// plimsoll: engine/num/sqrt.hpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. Square roots of fixed-point values, through the root of four limbs.
// Promises: exact floor or ceiling over the whole range; no floating point, no 128-bit division.
// Never: the root of a negative value.
#pragma once

#include "engine/check.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/isqrt.hpp"
#include "engine/num/wide.hpp"

#include <cstdint>

namespace plimsoll::num {

/// Four limbs shifted left. @pre 0 <= shift < BITS
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Quad<Limb> shift_left(
    const Quad<Limb>& n, int shift) noexcept
{
    return {n.limb0 << shift, shift_left_high(n.limb1, n.limb0, shift),
        shift_left_high(n.limb2, n.limb1, shift), shift_left_high(n.limb3, n.limb2, shift)};
}

/// floor(sqrt(n)) of four limbs: the root of the upper two gives the high limb, one division the low
/// limb. After Zimmermann, Karatsuba Square Root, 1999, as isqrt_pair_floor() is.
template <class Limb>
[[nodiscard]] constexpr Pair<Limb> isqrt_quad_floor(Quad<Limb> n) noexcept
{
    if ((n.limb2 | n.limb3) == Limb{0})
        return {isqrt_pair_floor(Pair<Limb>{n.limb0, n.limb1}), Limb{0}};
    // Shifts by an even number of bits, after which one of the two top bits is set; the root then
    // shifts by half as much.
    const bool is_short = n.limb3 == Limb{0};
    if (is_short)
        n = {Limb{0}, n.limb0, n.limb1, n.limb2};
    const int shift = LimbTraits<Limb>::leading_zeros(n.limb3) & ~1;
    n = shift_left(n, shift);
    const Pair<Limb> upper{n.limb2, n.limb3};
    const Limb root_high = isqrt_pair_floor(upper);
    const Pair<Limb> rest = subtract(upper, multiply(root_high, root_high));  // at most 2 root_high
    // (rest : limb1) / (2 root_high), halved on both sides. The top bit of root_high is set.
    const Limb half_rest = shift_right_low(rest.high, rest.low, 1);
    Pair<Limb> root{~Limb{0}, ~Limb{0}};
    if (half_rest < root_high)
        root = {divide_2by1(half_rest, shift_right_low(rest.low, n.limb1, 1), root_high).quotient,
            root_high};
    else if (root_high != ~Limb{0})
        root = {Limb{0}, root_high + Limb{1}};
    // The estimate is the root or one above it.
    if (compare(n, multiply(root, root)) < 0)
        root = subtract(root, Pair<Limb>{Limb{1}, Limb{0}});
    const int half_shift = shift / 2;
    root = {shift_right_low(root.high, root.low, half_shift), root.high >> half_shift};
    if (!is_short)
        return root;
    // A whole limb of shift is half a limb of the root.
    constexpr int HALF = HALF_BITS<Limb>;
    return {shift_right_low(root.high, root.low, HALF), root.high >> HALF};
}

/// The root of a Q64 value without a sign, toward zero: exact floor in Q64, so below the true root
/// by less than 2^-64, and never above it. 0 -> 0.
[[nodiscard]] constexpr u128 sqrt_q64_floor(u128 value_q64) noexcept
{
    const Pair<std::uint64_t> value = pair_from(value_q64);
    return u128_from(isqrt_quad_floor(Quad<std::uint64_t>{0, value.low, value.high, 0}));
}

/// raw * 10^18, of which the root of a wad is the integer root. @pre raw >= 0
[[nodiscard, gnu::always_inline]] constexpr Quad<std::uint64_t> sqrt_wad_square(i128 wad) noexcept
{
    CHECK(wad >= 0);
    return multiply(pair_from(static_cast<u128>(wad)), Pair<std::uint64_t>{WAD, 0});
}

/// The root of an 18-decimal value in 18 decimals, toward zero, exact. @pre wad >= 0
[[nodiscard]] constexpr i128 sqrt_wad_floor(i128 wad) noexcept
{
    return static_cast<i128>(u128_from(isqrt_quad_floor(sqrt_wad_square(wad))));
}

/// The root of an 18-decimal value in 18 decimals, away from zero, exact. @pre wad >= 0
[[nodiscard]] constexpr i128 sqrt_wad_ceil(i128 wad) noexcept
{
    const Quad<std::uint64_t> square = sqrt_wad_square(wad);
    const Pair<std::uint64_t> root = isqrt_quad_floor(square);
    const i128 floor = static_cast<i128>(u128_from(root));
    return compare(multiply(root, root), square) == 0 ? floor : floor + 1;
}

}  // namespace plimsoll::num
