// plimsoll: engine/num/q64.hpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. Binary fixed point with 64 fraction bits (Q64, value = raw / 2^64), in
// which the transcendental functions work, and its way to and from 18 decimals (wad).
// Promises: every rounding is exact and in the name; full 256-bit products.
// Never: holds state of an account. Q64 lives between two roundings to 18 decimals.
#pragma once

#include "engine/check.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/wide.hpp"

#include <cstdint>
#include <optional>

namespace plimsoll::num {

/// One in Q64.
inline constexpr u128 Q64_ONE = u128{1} << 64;

/// A value of 18 decimals lies below this, 2^63, for q64_from_wad_nearest().
inline constexpr i128 Q64_FROM_WAD_LIMIT =
    static_cast<i128>(u128_from(Pair<std::uint64_t>{WAD << 63, WAD >> 1}));

/// wad * 2^64 / 10^18, nearest, ties away from zero: the error is at most 2^-65.
/// @pre |wad| < 2^63 * 10^18 (Q64_FROM_WAD_LIMIT), a value below 2^63
[[nodiscard]] constexpr i128 q64_from_wad_nearest(i128 wad) noexcept
{
    const Pair<std::uint64_t> size = pair_from(magnitude(wad));
    CHECK(size.high < WAD / 2);
    const WideDivision<std::uint64_t> division =
        divide(Quad<std::uint64_t>{0, size.low, size.high, 0}, WAD_RECIPROCAL);
    Pair<std::uint64_t> quotient = division.quotient;
    if (division.remainder.low >= WAD / 2)
        quotient = add(quotient, Pair<std::uint64_t>{1, 0});
    CHECK(quotient.high >> 63 == 0);
    return i128_from({quotient, wad < 0});
}

/// |raw| * 10^18 as limbs: the upper ones are the whole part in 18 decimals, limb0 its fraction.
[[nodiscard, gnu::always_inline]] constexpr Quad<std::uint64_t> wad_parts(i128 q64) noexcept
{
    return multiply(pair_from(magnitude(q64)), Pair<std::uint64_t>{WAD, 0});
}

/// q64 * 10^18 / 2^64 rounded. Every Q64 value has a wad: no error.
[[nodiscard]] constexpr i128 wad_from_q64_rounded(i128 q64, Rounding rounding) noexcept
{
    const Quad<std::uint64_t> parts = wad_parts(q64);
    Pair<std::uint64_t> size{parts.limb1, parts.limb2};
    if (parts.limb0 != 0 && grows(rounding, q64 < 0))
        size = add(size, Pair<std::uint64_t>{1, 0});
    return i128_from({size, q64 < 0});
}

/// q64 * 10^18 / 2^64 toward minus infinity.
[[nodiscard]] constexpr i128 wad_from_q64_floor(i128 q64) noexcept
{
    return wad_from_q64_rounded(q64, Rounding::floor);
}

/// q64 * 10^18 / 2^64 toward plus infinity.
[[nodiscard]] constexpr i128 wad_from_q64_ceil(i128 q64) noexcept
{
    return wad_from_q64_rounded(q64, Rounding::ceil);
}

/// q64 * 10^18 / 2^64, nearest, ties away from zero. Non-decreasing.
[[nodiscard]] constexpr i128 wad_from_q64_nearest(i128 q64) noexcept
{
    const Quad<std::uint64_t> parts = wad_parts(q64);
    const Pair<std::uint64_t> size{parts.limb1, parts.limb2};
    return i128_from({add(size, Pair<std::uint64_t>{parts.limb0 >> 63, 0}), q64 < 0});
}

/// a * b / 2^64 toward zero, of values without a sign. @pre the result is below 2^128
[[nodiscard]] constexpr u128 umul_q64_trunc(u128 a, u128 b) noexcept
{
    const Quad<std::uint64_t> product = multiply(pair_from(a), pair_from(b));
    CHECK(product.limb3 == 0);
    return u128_from({product.limb1, product.limb2});
}

/// a * b / 2^64 toward zero. @pre the magnitude of the result is below 2^127
[[nodiscard]] constexpr i128 mul_q64_trunc(i128 a, i128 b) noexcept
{
    const u128 size = umul_q64_trunc(magnitude(a), magnitude(b));
    CHECK(size >> 127 == 0);
    return i128_from({pair_from(size), (a < 0) != (b < 0)});
}

/// n * 2^64 / d toward zero. nullopt: d == 0, or the result is outside i128.
[[nodiscard]] constexpr std::optional<i128> div_q64_trunc(i128 n, i128 d) noexcept
{
    const Pair<std::uint64_t> size = pair_from(magnitude(n));
    const WideDivision<std::uint64_t> division =
        divide(Quad<std::uint64_t>{0, size.low, size.high, 0}, pair_from(magnitude(d)));
    return optional_from(rounded(division, (n < 0) != (d < 0), Rounding::trunc));
}

}  // namespace plimsoll::num
