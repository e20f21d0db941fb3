// plimsoll: engine/num/wide.hpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. Unsigned arithmetic of two and four limbs: product, division, exact
// comparison. Everything is a template over the limb, so that the very code that multiplies 128-bit
// values is also checked on every input with a limb of 4 bits.
// Promises: exact; no library call for 128-bit multiplication or division in wasm, where the product of
// limbs is built from halves; the same bits on every machine and in a constant expression.
// Never: knows decimals or rounding directions (mul_div.hpp does).
//
// The templates are always inlined: a Pair that crosses a call goes through memory in wasm. What
// should be one function a module is a plain function of i128, in mul_div.hpp and at the end of
// this file.
#pragma once

#include "engine/check.hpp"
#include "engine/num/int128.hpp"

#include <bit>
#include <cstdint>
#include <type_traits>

namespace plimsoll::num {

/// Two limbs: high * 2^BITS + low.
template <class Limb>
struct Pair
{
    Limb low{};
    Limb high{};
};

/// Four limbs, least significant first.
template <class Limb>
struct Quad
{
    Limb limb0{};
    Limb limb1{};
    Limb limb2{};
    Limb limb3{};
};

/// Quotient and remainder of a division whose quotient is one limb.
template <class Limb>
struct LimbDivision
{
    Limb quotient{};
    Limb remainder{};
};

/// What the machine gives for a limb. BITS is even. WIDE_MULTIPLY: multiply() is one instruction,
/// else the product is built from halves. WIDE_DIVIDE: likewise divide(), which then needs no
/// normalisation.
template <class Limb>
struct LimbTraits;

template <>
struct LimbTraits<std::uint64_t>
{
    static constexpr int BITS = 64;
#if defined(__wasm__)
    // wasm has no 64 x 64 -> 128 instruction; u128 would call __multi3 and __udivti3.
    static constexpr bool WIDE_MULTIPLY = false;
#else
    static constexpr bool WIDE_MULTIPLY = true;
#endif
#if defined(__x86_64__)
    static constexpr bool WIDE_DIVIDE = true;
#else
    static constexpr bool WIDE_DIVIDE = false;
#endif

    [[nodiscard, gnu::always_inline]] static constexpr int leading_zeros(
        std::uint64_t limb) noexcept
    {
        return std::countl_zero(limb);
    }

    [[nodiscard, gnu::always_inline]] static constexpr Pair<std::uint64_t> multiply(
        std::uint64_t a, std::uint64_t b) noexcept
    {
        const u128 product = static_cast<u128>(a) * b;
        return {static_cast<std::uint64_t>(product), static_cast<std::uint64_t>(product >> 64)};
    }

    /// @pre high < divisor, or the quotient would not fit.
    [[nodiscard, gnu::always_inline]] static constexpr LimbDivision<std::uint64_t> divide(
        std::uint64_t high, std::uint64_t low, std::uint64_t divisor) noexcept
    {
#if defined(__x86_64__)
        if (!std::is_constant_evaluated()) {
            std::uint64_t quotient = 0;
            std::uint64_t remainder = 0;
            asm("divq %4"
                : "=a"(quotient), "=d"(remainder)
                : "0"(low), "1"(high), "r"(divisor)
                : "cc");
            return {quotient, remainder};
        }
#endif
        const u128 dividend = (static_cast<u128>(high) << 64) | low;
        return {static_cast<std::uint64_t>(dividend / divisor),
            static_cast<std::uint64_t>(dividend % divisor)};
    }
};

[[nodiscard, gnu::always_inline]] constexpr Pair<std::uint64_t> pair_from(u128 value) noexcept
{
    return {static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64)};
}

[[nodiscard, gnu::always_inline]] constexpr u128 u128_from(Pair<std::uint64_t> value) noexcept
{
    return (static_cast<u128>(value.high) << 64) | value.low;
}

template <class Limb>
inline constexpr int HALF_BITS = LimbTraits<Limb>::BITS / 2;

template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Limb low_half(Limb limb) noexcept
{
    return limb & ((Limb{1} << HALF_BITS<Limb>)-Limb{1});
}

template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Limb high_half(Limb limb) noexcept
{
    return limb >> HALF_BITS<Limb>;
}

/// 1 or 0.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Limb carry_of(bool condition) noexcept
{
    return condition ? Limb{1} : Limb{0};
}

/// a * b from four products of halves, none of which can overflow a limb.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Pair<Limb> multiply_by_halves(Limb a, Limb b) noexcept
{
    const Limb a0 = low_half(a);
    const Limb a1 = high_half(a);
    const Limb b0 = low_half(b);
    const Limb b1 = high_half(b);
    const Limb p00 = a0 * b0;
    const Limb p01 = a0 * b1;
    // (2^h - 1)^2 + 2 (2^h - 1) = 2^2h - 1: neither sum below can overflow.
    const Limb lower = a1 * b0 + high_half(p00);
    const Limb middle = p01 + low_half(lower);
    return {(middle << HALF_BITS<Limb>) | low_half(p00),
        a1 * b1 + high_half(lower) + high_half(middle)};
}

/// a * b where b is known to fit half a limb: two products instead of four.
/// @pre high_half(b) == 0
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Pair<Limb> multiply_by_half(Limb a, Limb b) noexcept
{
    const Limb lower = low_half(a) * b;
    const Limb upper = high_half(a) * b + high_half(lower);
    return {(upper << HALF_BITS<Limb>) | low_half(lower), high_half(upper)};
}

/// a * b, exact.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Pair<Limb> multiply(Limb a, Limb b) noexcept
{
    if constexpr (LimbTraits<Limb>::WIDE_MULTIPLY)
        return LimbTraits<Limb>::multiply(a, b);
    else
        return multiply_by_halves(a, b);
}

/// (high:low) / divisor by two quotient halves, each estimated from the top half of the divisor and
/// corrected at most twice. After Knuth, TAOCP 4.3.1 D, and Warren, Hacker's Delight, divlu.
/// @pre the top bit of the divisor is set; high < divisor
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr LimbDivision<Limb> divide_by_halves(
    Limb high, Limb low, Limb divisor) noexcept
{
    constexpr int HALF = HALF_BITS<Limb>;
    const Limb divisor_high = high_half(divisor);
    const Limb divisor_low = low_half(divisor);
    const auto step = [&](Limb rest, Limb next) constexpr noexcept -> LimbDivision<Limb> {
        Limb quotient = rest / divisor_high;
        Limb partial = rest - quotient * divisor_high;
        while (
            high_half(quotient) != Limb{0} || quotient * divisor_low > ((partial << HALF) | next)) {
            quotient = quotient - Limb{1};
            partial = partial + divisor_high;
            // Once the partial remainder leaves its half, the estimate cannot be too large.
            if (high_half(partial) != Limb{0})
                break;
        }
        // The true remainder is below the divisor, so wrapping arithmetic gives it exactly.
        return {quotient, ((rest << HALF) | next) - quotient * divisor};
    };
    const LimbDivision<Limb> first = step(high, high_half(low));
    const LimbDivision<Limb> second = step(first.remainder, low_half(low));
    return {(first.quotient << HALF) | second.quotient, second.remainder};
}

/// (high:low) / divisor.
/// @pre high < divisor; the top bit of the divisor is set, unless the machine divides (WIDE_DIVIDE)
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr LimbDivision<Limb> divide_2by1(
    Limb high, Limb low, Limb divisor) noexcept
{
    if constexpr (LimbTraits<Limb>::WIDE_DIVIDE)
        return LimbTraits<Limb>::divide(high, low, divisor);
    else
        return divide_by_halves(high, low, divisor);
}

/// The high limb of (high:low) << shift. @pre 0 <= shift < BITS
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Limb shift_left_high(
    Limb high, Limb low, int shift) noexcept
{
    // Two shifts, because a shift by BITS is undefined and shift may be 0.
    return (high << shift) | ((low >> 1) >> (LimbTraits<Limb>::BITS - 1 - shift));
}

/// The low limb of (high:low) >> shift. @pre 0 <= shift < BITS
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Limb shift_right_low(
    Limb high, Limb low, int shift) noexcept
{
    return (low >> shift) | ((high << 1) << (LimbTraits<Limb>::BITS - 1 - shift));
}

template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr bool is_zero(Pair<Limb> a) noexcept
{
    return (a.low | a.high) == Limb{0};
}

template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr bool less(Pair<Limb> a, Pair<Limb> b) noexcept
{
    return a.high < b.high || (a.high == b.high && a.low < b.low);
}

/// a + b modulo two limbs.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Pair<Limb> add(Pair<Limb> a, Pair<Limb> b) noexcept
{
    const Limb low = a.low + b.low;
    return {low, a.high + b.high + carry_of<Limb>(low < b.low)};
}

/// a - b modulo two limbs.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Pair<Limb> subtract(Pair<Limb> a, Pair<Limb> b) noexcept
{
    return {a.low - b.low, a.high - b.high - carry_of<Limb>(a.low < b.low)};
}

/// a * b, exact.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Quad<Limb> multiply(Pair<Limb> a, Pair<Limb> b) noexcept
{
    if constexpr (!LimbTraits<Limb>::WIDE_MULTIPLY) {
        // Engine values in range have small high limbs: three products by a half are then enough.
        if (high_half(a.high | b.high) == Limb{0}) {
            const Pair<Limb> low = multiply_by_halves(a.low, b.low);
            if ((a.high | b.high) == Limb{0})
                return {low.low, low.high, Limb{0}, Limb{0}};
            // Each cross product is below 2^(3h), so their sum's high limb is below 2^(h + 1), and
            // the whole product is below 2^(6h): limb3 is 0 and limb2 cannot overflow.
            const Pair<Limb> cross =
                add(multiply_by_half(a.low, b.high), multiply_by_half(b.low, a.high));
            const Limb limb1 = low.high + cross.low;
            return {low.low, limb1,
                a.high * b.high + cross.high + carry_of<Limb>(limb1 < cross.low), Limb{0}};
        }
    }
    const Pair<Limb> low = multiply(a.low, b.low);
    if ((a.high | b.high) == Limb{0})
        return {low.low, low.high, Limb{0}, Limb{0}};
    const Pair<Limb> cross_a = multiply(a.low, b.high);
    const Pair<Limb> cross_b = multiply(a.high, b.low);
    const Pair<Limb> high = multiply(a.high, b.high);
    const Limb partial1 = low.high + cross_a.low;
    const Limb limb1 = partial1 + cross_b.low;
    // The high limb of a product is at most 2^BITS - 2, so one carry fits.
    const Limb carried_a = cross_a.high + carry_of<Limb>(partial1 < cross_a.low);
    const Limb carried_b = cross_b.high + carry_of<Limb>(limb1 < cross_b.low);
    const Limb partial2 = high.low + carried_a;
    const Limb limb2 = partial2 + carried_b;
    const Limb limb3 =
        high.high + carry_of<Limb>(partial2 < carried_a) + carry_of<Limb>(limb2 < carried_b);
    return {low.low, limb1, limb2, limb3};
}

/// -1, 0 or 1 as a is less than, equal to or greater than b.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr int compare(
    const Quad<Limb>& a, const Quad<Limb>& b) noexcept
{
    if (a.limb3 != b.limb3)
        return a.limb3 < b.limb3 ? -1 : 1;
    if (a.limb2 != b.limb2)
        return a.limb2 < b.limb2 ? -1 : 1;
    if (a.limb1 != b.limb1)
        return a.limb1 < b.limb1 ? -1 : 1;
    if (a.limb0 != b.limb0)
        return a.limb0 < b.limb0 ? -1 : 1;
    return 0;
}

/// Quotient and remainder of a division of four limbs by one or two. `fits` is false, and the rest
/// zero, when the quotient needs more than two limbs or the divisor is zero.
template <class Limb>
struct WideDivision
{
    Pair<Limb> quotient{};
    Pair<Limb> remainder{};
    bool fits = false;
};

/// One limb of a quotient and the remainder of two limbs.
template <class Limb>
struct KnuthStep
{
    Limb quotient{};
    Pair<Limb> remainder{};
};

/// One step of Knuth's algorithm D for a divisor of two limbs: (high:low) / divisor. The estimate
/// from the top limbs is corrected with the low limb, after which it is exact: no add-back is ever
/// needed.
/// @pre the top bit of divisor is set; high < divisor
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr KnuthStep<Limb> divide_3by2(
    Pair<Limb> high, Limb low, Pair<Limb> divisor) noexcept
{
    Limb quotient{};
    Limb partial{};
    bool is_exact =
        false;  // the partial remainder has left its limb, so the estimate is not too large
    if (high.high == divisor.high) {
        quotient = ~Limb{0};
        partial = high.low + divisor.high;
        is_exact = partial < divisor.high;
    } else {
        const LimbDivision<Limb> estimate = divide_2by1(high.high, high.low, divisor.high);
        quotient = estimate.quotient;
        partial = estimate.remainder;
    }
    Pair<Limb> excess = multiply(quotient, divisor.low);
    while (!is_exact && less(Pair<Limb>{low, partial}, excess)) {
        quotient = quotient - Limb{1};
        excess = subtract(excess, Pair<Limb>{divisor.low, Limb{0}});
        partial = partial + divisor.high;
        is_exact = partial < divisor.high;
    }
    return {quotient, subtract(Pair<Limb>{low, partial}, excess)};
}

/// dividend / divisor, for any divisor.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr WideDivision<Limb> divide(
    const Quad<Limb>& dividend, Pair<Limb> divisor) noexcept
{
    const Pair<Limb> top{dividend.limb2, dividend.limb3};
    // The quotient fits two limbs exactly when the upper half of the dividend is below the divisor.
    if (!less(top, divisor))
        return {};
    if (divisor.high == Limb{0}) {
        const Limb by = divisor.low;
        if ((dividend.limb1 | dividend.limb2) == Limb{0}) {
            const Limb quotient = dividend.limb0 / by;
            return {{quotient, Limb{0}}, {dividend.limb0 - quotient * by, Limb{0}}, true};
        }
        const int shift = LimbTraits<Limb>::WIDE_DIVIDE ? 0 : LimbTraits<Limb>::leading_zeros(by);
        const Limb scaled_by = by << shift;
        const Limb u2 = shift_left_high(dividend.limb2, dividend.limb1, shift);
        const Limb u1 = shift_left_high(dividend.limb1, dividend.limb0, shift);
        const Limb u0 = dividend.limb0 << shift;
        LimbDivision<Limb> first{Limb{0}, u1};
        if (u2 != Limb{0} || u1 >= scaled_by)
            first = divide_2by1(u2, u1, scaled_by);
        const LimbDivision<Limb> second = divide_2by1(first.remainder, u0, scaled_by);
        return {{second.quotient, first.quotient}, {second.remainder >> shift, Limb{0}}, true};
    }
    // The estimates of the quotient's limbs are sharp only for a divisor with its top bit set.
    const int shift = LimbTraits<Limb>::leading_zeros(divisor.high);
    const Pair<Limb> scaled{
        divisor.low << shift, shift_left_high(divisor.high, divisor.low, shift)};
    const Pair<Limb> upper{shift_left_high(dividend.limb2, dividend.limb1, shift),
        shift_left_high(dividend.limb3, dividend.limb2, shift)};
    const Limb middle = shift_left_high(dividend.limb1, dividend.limb0, shift);
    const KnuthStep<Limb> first = divide_3by2(upper, middle, scaled);
    const KnuthStep<Limb> second = divide_3by2(first.remainder, dividend.limb0 << shift, scaled);
    const Pair<Limb> remainder{shift_right_low(second.remainder.high, second.remainder.low, shift),
        second.remainder.high >> shift};
    return {{second.quotient, first.quotient}, remainder, true};
}

/// A constant divisor of one limb prepared for division by multiplication.
/// After Moller and Granlund, Improved division by invariant integers, 2011, algorithm 4.
template <class Limb>
struct Reciprocal
{
    Limb divisor{};  // as given
    Limb scaled{};   // shifted left until its top bit is set
    Limb inverse{};  // floor((2^(2 BITS) - 1) / scaled) - 2^BITS
    int shift = 0;
};

/// @pre divisor > 0
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr Reciprocal<Limb> reciprocal_of(Limb divisor) noexcept
{
    CHECK(divisor != Limb{0});
    const int shift = LimbTraits<Limb>::leading_zeros(divisor);
    const Limb scaled = divisor << shift;
    // (2^2B - 1) - 2^B * scaled is the pair (~scaled : ~0), and ~scaled < scaled.
    return {divisor, scaled, divide_2by1<Limb>(~scaled, ~Limb{0}, scaled).quotient, shift};
}

/// (high:low) / by.scaled. @pre high < by.scaled
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr LimbDivision<Limb> divide_2by1(
    Limb high, Limb low, const Reciprocal<Limb>& by) noexcept
{
    const Pair<Limb> estimate = add(multiply(by.inverse, high), Pair<Limb>{low, high + Limb{1}});
    Limb quotient = estimate.high;
    Limb remainder = low - quotient * by.scaled;
    if (remainder > estimate.low) {
        quotient = quotient - Limb{1};
        remainder = remainder + by.scaled;
    }
    if (remainder >= by.scaled) [[unlikely]] {
        quotient = quotient + Limb{1};
        remainder = remainder - by.scaled;
    }
    return {quotient, remainder};
}

/// dividend / by.divisor, without a division.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr WideDivision<Limb> divide(
    const Quad<Limb>& dividend, const Reciprocal<Limb>& by) noexcept
{
    if (dividend.limb3 != Limb{0} || dividend.limb2 >= by.divisor)
        return {};
    const Limb u1 = shift_left_high(dividend.limb1, dividend.limb0, by.shift);
    const Limb u0 = dividend.limb0 << by.shift;
    // A quotient of one limb, the common case of small values, needs one step only.
    LimbDivision<Limb> first{Limb{0}, u1};
    if (dividend.limb2 != Limb{0} || dividend.limb1 >= by.divisor) {
        const Limb u2 = shift_left_high(dividend.limb2, dividend.limb1, by.shift);
        first = divide_2by1(u2, u1, by);
    }
    const LimbDivision<Limb> second = divide_2by1(first.remainder, u0, by);
    return {{second.quotient, first.quotient}, {second.remainder >> by.shift, Limb{0}}, true};
}

/// dividend / divisor of two limbs by one prepared limb.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr WideDivision<Limb> divide(
    Pair<Limb> dividend, const Reciprocal<Limb>& by) noexcept
{
    return divide(Quad<Limb>{dividend.low, dividend.high, Limb{0}, Limb{0}}, by);
}

/// A sign and a magnitude. Zero is never negative in a result.
template <class Limb>
struct Signed
{
    Pair<Limb> magnitude{};
    bool negative = false;
};

/// Sign of a*b - c*d, exact: -1, 0 or 1. The products are never rounded nor cut.
template <class Limb>
[[nodiscard, gnu::always_inline]] constexpr int compare_products(const Signed<Limb>& a,
    const Signed<Limb>& b, const Signed<Limb>& c, const Signed<Limb>& d) noexcept
{
    const Quad<Limb> left = multiply(a.magnitude, b.magnitude);
    const Quad<Limb> right = multiply(c.magnitude, d.magnitude);
    const bool left_negative = a.negative != b.negative;
    const bool right_negative = c.negative != d.negative;
    if (left_negative == right_negative) {
        const int order = compare(left, right);
        return left_negative ? -order : order;
    }
    // The signs differ, so only two zeros are equal ("negative" zeros included).
    const Limb any = left.limb0 | left.limb1 | left.limb2 | left.limb3 | right.limb0 | right.limb1 |
                     right.limb2 | right.limb3;
    if (any == Limb{0})
        return 0;
    return left_negative ? -1 : 1;
}

[[nodiscard, gnu::always_inline]] constexpr Signed<std::uint64_t> signed_from(i128 value) noexcept
{
    return {pair_from(magnitude(value)), value < 0};
}

/// Sign of a*b - c*d, exact: -1, 0 or 1, over the whole range of i128.
[[nodiscard]] constexpr int compare_products(i128 a, i128 b, i128 c, i128 d) noexcept
{
    return compare_products(signed_from(a), signed_from(b), signed_from(c), signed_from(d));
}

}  // namespace plimsoll::num
