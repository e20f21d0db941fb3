// plimsoll: engine/units/token_amount.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, unit shelf. Tokens in their own base units, and the way between them and 18 decimals.
// Promises: never negative; into 18 decimals exact, out of them floor (the fraction stays in the house).
// Never: rounds on the way in; knows which token it counts.
#pragma once

#include "engine/check.hpp"
#include "engine/num/decimal.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/units/fixed.hpp"
#include "engine/units/products.hpp"

#include <cstdint>

namespace plimsoll {

/// The greatest number of decimals of a listed token.
inline constexpr int TOKEN_DECIMALS_MAX = num::WAD_DECIMALS;

/// A number of a token's base units, at least zero.
class TokenAmount
{
public:
    constexpr TokenAmount() noexcept = default;

    /// @pre raw >= 0
    [[nodiscard]] static constexpr TokenAmount from_raw(num::i128 raw) noexcept
    {
        CHECK(raw >= 0);
        TokenAmount value;
        value.m_raw = raw;
        return value;
    }
    [[nodiscard]] static constexpr TokenAmount zero() noexcept { return TokenAmount{}; }

    [[nodiscard]] constexpr num::i128 raw() const noexcept { return m_raw; }
    [[nodiscard]] constexpr bool is_zero() const noexcept { return m_raw == 0; }

    /// Traps beyond I128_MAX.
    constexpr TokenAmount& operator+=(TokenAmount other) noexcept
    {
        CHECK(!__builtin_add_overflow(m_raw, other.m_raw, &m_raw));
        return *this;
    }
    /// Traps below zero.
    constexpr TokenAmount& operator-=(TokenAmount other) noexcept
    {
        CHECK(other.m_raw <= m_raw);
        m_raw -= other.m_raw;
        return *this;
    }
    [[nodiscard]] friend constexpr TokenAmount operator+(TokenAmount a, TokenAmount b) noexcept
    {
        return a += b;
    }
    [[nodiscard]] friend constexpr TokenAmount operator-(TokenAmount a, TokenAmount b) noexcept
    {
        return a -= b;
    }
    [[nodiscard]] friend constexpr bool operator==(TokenAmount a, TokenAmount b) noexcept
    {
        return a.m_raw == b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator<(TokenAmount a, TokenAmount b) noexcept
    {
        return a.m_raw < b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator>(TokenAmount a, TokenAmount b) noexcept
    {
        return a.m_raw > b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator<=(TokenAmount a, TokenAmount b) noexcept
    {
        return a.m_raw <= b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator>=(TokenAmount a, TokenAmount b) noexcept
    {
        return a.m_raw >= b.m_raw;
    }

private:
    num::i128 m_raw = 0;
};

/// How many 18th decimals one base unit of a token is. @pre 0 <= decimals <= 18
[[nodiscard]] constexpr num::i128 raw_per_base_unit(int decimals) noexcept
{
    CHECK(decimals >= 0);
    CHECK(decimals <= TOKEN_DECIMALS_MAX);
    return num::power_of_ten(TOKEN_DECIMALS_MAX - decimals);
}

/// The raw 18-decimal value of an amount, exact. Traps outside i128: check quantity_in_range() or
/// money_in_range() at the door.
[[nodiscard]] constexpr num::i128 raw_from_tokens(TokenAmount amount, int decimals) noexcept
{
    return checked(num::mul_div_floor(amount.raw(), raw_per_base_unit(decimals), 1));
}

/// The whole base units in a raw 18-decimal value. @pre raw >= 0
[[nodiscard]] constexpr TokenAmount tokens_from_raw_floor(num::i128 raw, int decimals) noexcept
{
    CHECK(raw >= 0);
    return TokenAmount::from_raw(checked(num::mul_div_floor(raw, 1, raw_per_base_unit(decimals))));
}

/// Exact. @pre quantity_in_range(amount, decimals)
[[nodiscard]] constexpr Quantity quantity_from_tokens(TokenAmount amount, int decimals) noexcept
{
    return Quantity::from_raw(raw_from_tokens(amount, decimals));
}

/// floor: the fraction of a base unit stays in the house. @pre quantity >= 0
[[nodiscard]] constexpr TokenAmount tokens_from_quantity_floor(
    Quantity quantity, int decimals) noexcept
{
    return tokens_from_raw_floor(quantity.raw(), decimals);
}

/// Exact. @pre money_in_range(amount, decimals)
[[nodiscard]] constexpr Money money_from_tokens(TokenAmount amount, int decimals) noexcept
{
    return Money::from_raw(raw_from_tokens(amount, decimals));
}

/// floor: the fraction of a base unit stays in the house. @pre money >= 0
[[nodiscard]] constexpr TokenAmount tokens_from_money_floor(Money money, int decimals) noexcept
{
    return tokens_from_raw_floor(money.raw(), decimals);
}

}  // namespace plimsoll
