// plimsoll: engine/num/mul_div.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. a * b / d on signed 128-bit values through an exact 256-bit product.
// Promises: the quotient is exact up to the rounding that the name states, over the whole range of i128;
// a result outside i128 is nullopt, never a wrapped value.
// Never: rounds without saying so; there is no mul_div of integers without a direction.
#pragma once

#include "engine/check.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/wide.hpp"

#include <cstdint>
#include <optional>

namespace plimsoll::num {

/// floor: toward minus infinity; ceil: toward plus infinity; trunc: toward zero.
enum class Rounding : std::uint8_t
{
    floor,
    ceil,
    trunc
};

/// Whether a truncated magnitude with a remainder must grow by one unit.
[[nodiscard, gnu::always_inline]] constexpr bool grows(Rounding rounding, bool negative) noexcept
{
    return negative ? rounding == Rounding::floor : rounding == Rounding::ceil;
}

/// A rounded signed quotient. `fits` is false when it lies outside the signed range of two limbs.
template <class Limb>
struct SignedQuotient
{
    Signed<Limb> value{};
    bool exact = false;
    bool fits = false;
};

/// Rounds the truncated division and checks it against the signed range of two limbs.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr SignedQuotient<Limb> rounded(
    const WideDivision<Limb>& division, bool negative, Rounding rounding) noexcept
{
    if (!division.fits)
        return {};
    const bool exact = is_zero(division.remainder);
    Pair<Limb> quotient = division.quotient;
    if (!exact && grows(rounding, negative)) {
        // A quotient of all ones wraps to zero here.
        quotient = add(quotient, Pair<Limb>{Limb{1}, Limb{0}});
        if (is_zero(quotient))
            return {};
    }
    const Limb sign_bit = quotient.high >> (LimbTraits<Limb>::BITS - 1);
    if (sign_bit != Limb{0}) {
        // The least signed value is the only one whose magnitude has the top bit.
        const bool is_least =
            negative && quotient.low == Limb{0} && (quotient.high << 1) == Limb{0};
        if (!is_least)
            return {};
    }
    return {{quotient, negative}, exact, true};
}

/// a * b / d rounded; does not fit for d == 0 either.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr SignedQuotient<Limb> mul_div(
    const Signed<Limb>& a, const Signed<Limb>& b, const Signed<Limb>& d, Rounding rounding) noexcept
{
    const bool negative = (a.negative != b.negative) != d.negative;
    return rounded(divide(multiply(a.magnitude, b.magnitude), d.magnitude), negative, rounding);
}

/// a * b / by.divisor rounded, without a division.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr SignedQuotient<Limb> mul_div(const Signed<Limb>& a,
    const Signed<Limb>& b, const Reciprocal<Limb>& by, Rounding rounding) noexcept
{
    return rounded(
        divide(multiply(a.magnitude, b.magnitude), by), a.negative != b.negative, rounding);
}

inline constexpr Reciprocal<std::uint64_t> WAD_RECIPROCAL = reciprocal_of(WAD);

/// @pre quotient.fits
[[nodiscard, gnu::always_inline]] constexpr i128 i128_from(
    const Signed<std::uint64_t>& value) noexcept
{
    const u128 bits = u128_from(value.magnitude);
    return static_cast<i128>(value.negative ? ~bits + 1 : bits);
}

[[nodiscard, gnu::always_inline]] constexpr std::optional<i128> optional_from(
    const SignedQuotient<std::uint64_t>& quotient) noexcept
{
    if (!quotient.fits)
        return std::nullopt;
    return i128_from(quotient.value);
}

/// a * b / d. One function for the three directions, so that a module holds one copy.
[[nodiscard]] constexpr std::optional<i128> mul_div_rounded(
    i128 a, i128 b, i128 d, Rounding rounding) noexcept
{
    return optional_from(mul_div(signed_from(a), signed_from(b), signed_from(d), rounding));
}

/// a * b / 10^18, likewise.
[[nodiscard]] constexpr std::optional<i128> mul_wad_rounded(
    i128 a, i128 b, Rounding rounding) noexcept
{
    return optional_from(mul_div(signed_from(a), signed_from(b), WAD_RECIPROCAL, rounding));
}

/// a * b / d toward minus infinity. nullopt: d == 0, or the result is outside i128.
[[nodiscard]] constexpr std::optional<i128> mul_div_floor(i128 a, i128 b, i128 d) noexcept
{
    return mul_div_rounded(a, b, d, Rounding::floor);
}

/// a * b / d toward plus infinity. nullopt: d == 0, or the result is outside i128.
[[nodiscard]] constexpr std::optional<i128> mul_div_ceil(i128 a, i128 b, i128 d) noexcept
{
    return mul_div_rounded(a, b, d, Rounding::ceil);
}

/// a * b / d toward zero. nullopt: d == 0, or the result is outside i128.
[[nodiscard]] constexpr std::optional<i128> mul_div_trunc(i128 a, i128 b, i128 d) noexcept
{
    return mul_div_rounded(a, b, d, Rounding::trunc);
}

/// a * b / 10^18 toward minus infinity: the product of two 18-decimal values. nullopt: outside
/// i128.
[[nodiscard]] constexpr std::optional<i128> mul_wad_floor(i128 a, i128 b) noexcept
{
    return mul_wad_rounded(a, b, Rounding::floor);
}

/// a * b / 10^18 toward plus infinity. nullopt: outside i128.
[[nodiscard]] constexpr std::optional<i128> mul_wad_ceil(i128 a, i128 b) noexcept
{
    return mul_wad_rounded(a, b, Rounding::ceil);
}

/// a * b / 10^18 toward zero. nullopt: outside i128.
[[nodiscard]] constexpr std::optional<i128> mul_wad_trunc(i128 a, i128 b) noexcept
{
    return mul_wad_rounded(a, b, Rounding::trunc);
}

/// Both roundings of a * b / 10^18. `exact`: there was no remainder.
struct WadProduct
{
    i128 floor = 0;
    bool exact = true;

    /// Cannot overflow: mul_wad() gives no product whose ceiling is outside i128.
    [[nodiscard]] constexpr i128 ceil() const noexcept { return exact ? floor : floor + 1; }
};

/// a * b / 10^18 in both roundings by one multiplication. nullopt: either is outside i128.
[[nodiscard]] constexpr std::optional<WadProduct> mul_wad(i128 a, i128 b) noexcept
{
    const SignedQuotient<std::uint64_t> quotient =
        mul_div(signed_from(a), signed_from(b), WAD_RECIPROCAL, Rounding::floor);
    if (!quotient.fits)
        return std::nullopt;
    const WadProduct product{i128_from(quotient.value), quotient.exact};
    if (product.floor == I128_MAX && !product.exact)
        return std::nullopt;
    return product;
}

/// The ends of a product of which one factor is known to an interval only.
struct WadInterval
{
    i128 floor = 0;  ///< Of the least product, rounded down,
    i128 ceil = 0;   ///< and of the greatest, rounded up.
};

/// a * [low, high] / 10^18, the same as by two multiplications. Where the interval is narrow, what the second
/// end adds to the first is a small number divided by 10^18. nullopt: the size of an end is
/// above I128_MAX.
/// @pre 0 <= low <= high
[[nodiscard]] constexpr std::optional<WadInterval> mul_wad_interval(
    i128 a, i128 low, i128 high) noexcept
{
    CHECK(low >= 0);
    CHECK(low <= high);
    const Pair<std::uint64_t> size = pair_from(magnitude(a));
    const WideDivision<std::uint64_t> near =
        divide(multiply(size, pair_from(static_cast<u128>(low))), WAD_RECIPROCAL);
    const Quad<std::uint64_t> more = multiply(size, pair_from(static_cast<u128>(high - low)));
    if (!near.fits || (more.limb2 | more.limb3) != 0 || more.limb1 >= WAD) {
        const auto floor = mul_wad_rounded(a, a < 0 ? high : low, Rounding::floor);
        const auto ceil = mul_wad_rounded(a, a < 0 ? low : high, Rounding::ceil);
        if (!floor || !ceil || *floor == I128_MIN)
            return std::nullopt;
        return WadInterval{*floor, *ceil};
    }
    const WideDivision<std::uint64_t> rest =
        divide(add(Pair<std::uint64_t>{more.limb0, more.limb1}, near.remainder), WAD_RECIPROCAL);
    const u128 least = u128_from(near.quotient);
    const u128 greatest = least + u128_from(rest.quotient) + (is_zero(rest.remainder) ? 0U : 1U);
    if (greatest < least || greatest > static_cast<u128>(I128_MAX))
        return std::nullopt;
    if (a < 0)
        return WadInterval{-static_cast<i128>(greatest), -static_cast<i128>(least)};
    return WadInterval{static_cast<i128>(least), static_cast<i128>(greatest)};
}

}  // namespace plimsoll::num
