// plimsoll: engine/units/fixed.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, unit shelf. Signed 128-bit fixed-point values of 18 decimals, one type a unit.
// Promises: values of different units neither mix nor compare; a value is made from a raw integer only by
// name; sums and differences that leave i128 trap (the ranges of ranges.hpp make that impossible).
// Never: multiplies or divides. The legal products are in products.hpp.
#pragma once

#include "engine/check.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/wide.hpp"

#include <cstdint>

namespace plimsoll {

/// A value of the unit `Tag`: raw() / 10^18 units.
template <class Tag>
class Fixed
{
public:
    /// Zero.
    constexpr Fixed() noexcept = default;

    /// The value of which `raw` counts the 18th decimals.
    [[nodiscard]] static constexpr Fixed from_raw(num::i128 raw) noexcept
    {
        Fixed value;
        value.m_raw = raw;
        return value;
    }
    /// A whole number of units; every int64 fits.
    [[nodiscard]] static constexpr Fixed from_units(std::int64_t units) noexcept
    {
        const num::u128 size = num::u128_from(
            num::multiply(static_cast<std::uint64_t>(num::magnitude(units)), num::WAD));
        return from_raw(static_cast<num::i128>(units < 0 ? ~size + 1 : size));
    }
    [[nodiscard]] static constexpr Fixed zero() noexcept { return Fixed{}; }
    [[nodiscard]] static constexpr Fixed one() noexcept { return from_raw(num::WAD); }
    /// The ends of i128, for saturation; outside every declared range.
    [[nodiscard]] static constexpr Fixed max() noexcept { return from_raw(num::I128_MAX); }
    [[nodiscard]] static constexpr Fixed min() noexcept { return from_raw(num::I128_MIN); }

    [[nodiscard]] constexpr num::i128 raw() const noexcept { return m_raw; }
    [[nodiscard]] constexpr bool is_zero() const noexcept { return m_raw == 0; }
    [[nodiscard]] constexpr bool is_positive() const noexcept { return m_raw > 0; }
    [[nodiscard]] constexpr bool is_negative() const noexcept { return m_raw < 0; }
    /// The absolute value.
    [[nodiscard]] constexpr Fixed abs() const noexcept { return m_raw < 0 ? -*this : *this; }

    constexpr Fixed& operator+=(Fixed other) noexcept
    {
        CHECK(!__builtin_add_overflow(m_raw, other.m_raw, &m_raw));
        return *this;
    }
    constexpr Fixed& operator-=(Fixed other) noexcept
    {
        CHECK(!__builtin_sub_overflow(m_raw, other.m_raw, &m_raw));
        return *this;
    }
    [[nodiscard]] constexpr Fixed operator-() const noexcept { return Fixed{} -= *this; }

    [[nodiscard]] friend constexpr Fixed operator+(Fixed a, Fixed b) noexcept { return a += b; }
    [[nodiscard]] friend constexpr Fixed operator-(Fixed a, Fixed b) noexcept { return a -= b; }
    // Written out because each is one comparison of two limbs; <=> would make three answers first.
    [[nodiscard]] friend constexpr bool operator==(Fixed a, Fixed b) noexcept
    {
        return a.m_raw == b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator<(Fixed a, Fixed b) noexcept
    {
        return a.m_raw < b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator>(Fixed a, Fixed b) noexcept
    {
        return a.m_raw > b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator<=(Fixed a, Fixed b) noexcept
    {
        return a.m_raw <= b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator>=(Fixed a, Fixed b) noexcept
    {
        return a.m_raw >= b.m_raw;
    }

private:
    num::i128 m_raw = 0;
};

/// Quote per unit of base.
using Price = Fixed<struct PriceTag>;
/// An amount of base: negative is short.
using Quantity = Fixed<struct QuantityTag>;
/// An amount of the quote asset.
using Money = Fixed<struct MoneyTag>;
/// A pure number; 1 is 100 %.
using Ratio = Fixed<struct RatioTag>;
/// A ratio per day of 86,400 seconds.
using Rate = Fixed<struct RateTag>;

}  // namespace plimsoll
