// plimsoll: engine/risk/money_bracket.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. An amount of money that is known to lie between two: what prices that are
// known to a bracket become when they are multiplied and added up.
// Promises: the exact amount stays inside, whatever is done with it here.
#pragma once

#include "engine/check.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/pricing/bracket.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

struct MoneyBracket
{
    Money floor;
    Money ceil;

    constexpr MoneyBracket& operator+=(const MoneyBracket& other) noexcept
    {
        floor += other.floor;
        ceil += other.ceil;
        return *this;
    }
};

[[nodiscard]] constexpr Money least(Money a, Money b) noexcept
{
    return a < b ? a : b;
}
[[nodiscard]] constexpr Money greatest(Money a, Money b) noexcept
{
    return a > b ? a : b;
}
[[nodiscard]] constexpr Money not_negative(Money a) noexcept
{
    return a.is_negative() ? Money::zero() : a;
}

/// The nearest that is in range.
[[nodiscard]] constexpr Money limited(Money a) noexcept
{
    return a > MONEY_MAX ? MONEY_MAX : a < -MONEY_MAX ? -MONEY_MAX : a;
}

/// quantity * price: a long takes the floor down and the ceil up, a short the other way round.
/// @pre price.floor >= 0
[[nodiscard]] constexpr MoneyBracket value_of(
    Quantity quantity, const pricing::PriceBracket& price) noexcept
{
    const auto value = num::mul_wad_interval(quantity.raw(), price.floor.raw(), price.ceil.raw());
    CHECK(value.has_value());
    return {Money::from_raw(value->floor), Money::from_raw(value->ceil)};
}

/// The difference of two prices, as a bracket of money for one unit; may be negative.
[[nodiscard]] constexpr pricing::PriceBracket difference(
    const pricing::PriceBracket& a, const pricing::PriceBracket& b) noexcept
{
    return {a.floor - b.ceil, a.ceil - b.floor};
}

/// amount * factor for a signed factor that is exact.
[[nodiscard]] constexpr Money scale_floor(const MoneyBracket& amount, Ratio factor) noexcept
{
    return plimsoll::scale_floor(factor.is_negative() ? amount.ceil : amount.floor, factor);
}
[[nodiscard]] constexpr Money scale_ceil(const MoneyBracket& amount, Ratio factor) noexcept
{
    return plimsoll::scale_ceil(factor.is_negative() ? amount.floor : amount.ceil, factor);
}

/// F-31: the least P&L of any fill of an instrument's orders when a unit moves by `move`. Floor, <= 0.
[[nodiscard]] constexpr Money worst_fill_floor(
    Quantity bid, Quantity ask, const pricing::PriceBracket& move) noexcept
{
    const Money bought = bid.is_zero() ? Money::zero() : notional_floor(bid, move.floor);
    const Money sold = ask.is_zero() ? Money::zero() : -notional_ceil(ask, move.ceil);
    return least(Money::zero(), least(bought, sold));
}

/// The greatest one. Ceil, >= 0.
[[nodiscard]] constexpr Money best_fill_ceil(
    Quantity bid, Quantity ask, const pricing::PriceBracket& move) noexcept
{
    const Money bought = bid.is_zero() ? Money::zero() : notional_ceil(bid, move.ceil);
    const Money sold = ask.is_zero() ? Money::zero() : -notional_floor(ask, move.floor);
    return greatest(Money::zero(), greatest(bought, sold));
}

}  // namespace plimsoll
