// plimsoll: engine/num/product_sum.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. An exact sum of products of 128-bit values, rounded once at the end.
// Promises: terms that cancel cancel to the last bit, whatever their order; a sum that leaves 256 bits or a
// result outside i128 traps, which the ranges of units/ranges.hpp exclude.
#pragma once

#include "engine/check.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/wide.hpp"

#include <cstdint>

namespace plimsoll::num {

class ProductSum
{
public:
    /// Adds a * b.
    constexpr void add(i128 a, i128 b) noexcept
    {
        const Quad<std::uint64_t> product =
            multiply(pair_from(magnitude(a)), pair_from(magnitude(b)));
        accumulate((a < 0) != (b < 0) ? m_negative : m_positive, product);
    }

    [[nodiscard]] constexpr bool is_zero() const noexcept
    {
        return compare(m_positive, m_negative) == 0;
    }

    /// The sum divided by 10^18: the sum of products of 18-decimal values, with 18 decimals.
    [[nodiscard]] constexpr i128 wad_floor() const noexcept { return wad(Rounding::floor); }
    [[nodiscard]] constexpr i128 wad_ceil() const noexcept { return wad(Rounding::ceil); }

private:
    using Limbs = Quad<std::uint64_t>;

    /// a + b + carry; carry becomes what leaves the limb.
    static constexpr std::uint64_t add_limb(
        std::uint64_t a, std::uint64_t b, std::uint64_t& carry) noexcept
    {
        const std::uint64_t partial = a + b;
        const std::uint64_t sum = partial + carry;
        carry = (partial < a ? 1U : 0U) + (sum < partial ? 1U : 0U);
        return sum;
    }
    /// a - b - borrow; borrow becomes what the limb lacks.
    static constexpr std::uint64_t subtract_limb(
        std::uint64_t a, std::uint64_t b, std::uint64_t& borrow) noexcept
    {
        const std::uint64_t partial = a - b;
        const std::uint64_t difference = partial - borrow;
        borrow = (a < b ? 1U : 0U) + (partial < borrow ? 1U : 0U);
        return difference;
    }

    static constexpr void accumulate(Limbs& sum, const Limbs& term) noexcept
    {
        std::uint64_t carry = 0;
        sum.limb0 = add_limb(sum.limb0, term.limb0, carry);
        sum.limb1 = add_limb(sum.limb1, term.limb1, carry);
        sum.limb2 = add_limb(sum.limb2, term.limb2, carry);
        sum.limb3 = add_limb(sum.limb3, term.limb3, carry);
        CHECK(carry == 0);
    }

    [[nodiscard]] constexpr i128 wad(Rounding rounding) const noexcept
    {
        const bool negative = compare(m_positive, m_negative) < 0;
        const Limbs& large = negative ? m_negative : m_positive;
        const Limbs& small = negative ? m_positive : m_negative;
        std::uint64_t borrow = 0;
        Limbs rest;
        rest.limb0 = subtract_limb(large.limb0, small.limb0, borrow);
        rest.limb1 = subtract_limb(large.limb1, small.limb1, borrow);
        rest.limb2 = subtract_limb(large.limb2, small.limb2, borrow);
        rest.limb3 = subtract_limb(large.limb3, small.limb3, borrow);
        const SignedQuotient<std::uint64_t> quotient =
            rounded(divide(rest, WAD_RECIPROCAL), negative, rounding);
        CHECK(quotient.fits);
        return i128_from(quotient.value);
    }

    Limbs m_positive{};
    Limbs m_negative{};
};

}  // namespace plimsoll::num
