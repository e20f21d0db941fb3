// plimsoll: engine/units/products.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, unit shelf. The only legal products and quotients of units.
// Promises: one rounding each, stated in the name; a result outside i128 traps. Products of values in
// range (ranges.hpp) cannot trap; a quotient cannot when its caller bounds the divisor from below, and
// the saturating_ forms never do.
// Never: chooses the direction for the caller. Who gains is the caller's row in docs/rounding.md.
#pragma once

#include "engine/check.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/units/fixed.hpp"
#include "engine/units/seconds.hpp"

#include <optional>

namespace plimsoll {

/// The value of a result whose overflow the ranges exclude.
[[nodiscard]] constexpr num::i128 checked(std::optional<num::i128> value) noexcept
{
    CHECK(value.has_value());
    return *value;
}

/// quantity * price.
[[nodiscard]] constexpr Money notional_floor(Quantity quantity, Price price) noexcept
{
    return Money::from_raw(checked(num::mul_wad_floor(quantity.raw(), price.raw())));
}
[[nodiscard]] constexpr Money notional_ceil(Quantity quantity, Price price) noexcept
{
    return Money::from_raw(checked(num::mul_wad_ceil(quantity.raw(), price.raw())));
}

/// What a position is worth to its account, and the size on which its requirement is computed.
struct ValueAndNotional
{
    Money value_floor;    // floor(quantity * price): the account's, so down
    Money notional_ceil;  // ceil(|quantity| * price): the requirement's, so up
};

/// Both by one multiplication.
[[nodiscard]] constexpr ValueAndNotional value_and_notional(Quantity quantity, Price price) noexcept
{
    const std::optional<num::WadProduct> product = num::mul_wad(quantity.raw(), price.raw());
    CHECK(product.has_value());
    const Money floor = Money::from_raw(product->floor);
    // ceil(-x) = -floor(x)
    return {floor, quantity.is_negative() ? -floor : Money::from_raw(product->ceil())};
}

/// value * ratio, in the value's own unit.
[[nodiscard]] constexpr Money scale_floor(Money value, Ratio ratio) noexcept
{
    return Money::from_raw(checked(num::mul_wad_floor(value.raw(), ratio.raw())));
}
[[nodiscard]] constexpr Money scale_ceil(Money value, Ratio ratio) noexcept
{
    return Money::from_raw(checked(num::mul_wad_ceil(value.raw(), ratio.raw())));
}
[[nodiscard]] constexpr Price scale_floor(Price value, Ratio ratio) noexcept
{
    return Price::from_raw(checked(num::mul_wad_floor(value.raw(), ratio.raw())));
}
[[nodiscard]] constexpr Price scale_ceil(Price value, Ratio ratio) noexcept
{
    return Price::from_raw(checked(num::mul_wad_ceil(value.raw(), ratio.raw())));
}
[[nodiscard]] constexpr Quantity scale_floor(Quantity value, Ratio ratio) noexcept
{
    return Quantity::from_raw(checked(num::mul_wad_floor(value.raw(), ratio.raw())));
}
[[nodiscard]] constexpr Quantity scale_ceil(Quantity value, Ratio ratio) noexcept
{
    return Quantity::from_raw(checked(num::mul_wad_ceil(value.raw(), ratio.raw())));
}
[[nodiscard]] constexpr Ratio scale_floor(Ratio value, Ratio ratio) noexcept
{
    return Ratio::from_raw(checked(num::mul_wad_floor(value.raw(), ratio.raw())));
}
[[nodiscard]] constexpr Ratio scale_ceil(Ratio value, Ratio ratio) noexcept
{
    return Ratio::from_raw(checked(num::mul_wad_ceil(value.raw(), ratio.raw())));
}

/// The ratio that a rate makes over a length of time: rate * length / one day.
[[nodiscard]] constexpr Ratio accrued_floor(Rate rate, Seconds length) noexcept
{
    return Ratio::from_raw(
        checked(num::mul_div_floor(rate.raw(), length.raw(), SECONDS_PER_DAY.raw())));
}
[[nodiscard]] constexpr Ratio accrued_ceil(Rate rate, Seconds length) noexcept
{
    return Ratio::from_raw(
        checked(num::mul_div_ceil(rate.raw(), length.raw(), SECONDS_PER_DAY.raw())));
}

/// part / whole. Traps for whole == 0 or a quotient outside i128: the caller bounds `whole`.
[[nodiscard]] constexpr Ratio ratio_floor(Money part, Money whole) noexcept
{
    return Ratio::from_raw(checked(num::mul_div_floor(part.raw(), num::WAD, whole.raw())));
}
[[nodiscard]] constexpr Ratio ratio_ceil(Money part, Money whole) noexcept
{
    return Ratio::from_raw(checked(num::mul_div_ceil(part.raw(), num::WAD, whole.raw())));
}
[[nodiscard]] constexpr Ratio ratio_floor(Price part, Price whole) noexcept
{
    return Ratio::from_raw(checked(num::mul_div_floor(part.raw(), num::WAD, whole.raw())));
}
[[nodiscard]] constexpr Ratio ratio_ceil(Price part, Price whole) noexcept
{
    return Ratio::from_raw(checked(num::mul_div_ceil(part.raw(), num::WAD, whole.raw())));
}
[[nodiscard]] constexpr Ratio ratio_floor(Quantity part, Quantity whole) noexcept
{
    return Ratio::from_raw(checked(num::mul_div_floor(part.raw(), num::WAD, whole.raw())));
}
[[nodiscard]] constexpr Ratio ratio_ceil(Quantity part, Quantity whole) noexcept
{
    return Ratio::from_raw(checked(num::mul_div_ceil(part.raw(), num::WAD, whole.raw())));
}

/// part / whole where a quotient outside i128 is Ratio::max() or Ratio::min() by its sign.
/// @pre whole != 0
[[nodiscard]] constexpr Ratio saturating_ratio_floor(Money part, Money whole) noexcept
{
    CHECK(!whole.is_zero());
    const std::optional<num::i128> raw = num::mul_div_floor(part.raw(), num::WAD, whole.raw());
    if (raw)
        return Ratio::from_raw(*raw);
    return part.is_negative() == whole.is_negative() ? Ratio::max() : Ratio::min();
}
[[nodiscard]] constexpr Ratio saturating_ratio_ceil(Money part, Money whole) noexcept
{
    CHECK(!whole.is_zero());
    const std::optional<num::i128> raw = num::mul_div_ceil(part.raw(), num::WAD, whole.raw());
    if (raw)
        return Ratio::from_raw(*raw);
    return part.is_negative() == whole.is_negative() ? Ratio::max() : Ratio::min();
}

[[nodiscard]] constexpr Ratio saturating_ratio_floor(Price part, Price whole) noexcept
{
    return saturating_ratio_floor(Money::from_raw(part.raw()), Money::from_raw(whole.raw()));
}
[[nodiscard]] constexpr Ratio saturating_ratio_ceil(Price part, Price whole) noexcept
{
    return saturating_ratio_ceil(Money::from_raw(part.raw()), Money::from_raw(whole.raw()));
}

/// money / quantity. Traps for quantity == 0 or a price outside i128: the caller bounds `quantity`.
[[nodiscard]] constexpr Price price_floor(Money money, Quantity quantity) noexcept
{
    return Price::from_raw(checked(num::mul_div_floor(money.raw(), num::WAD, quantity.raw())));
}
[[nodiscard]] constexpr Price price_ceil(Money money, Quantity quantity) noexcept
{
    return Price::from_raw(checked(num::mul_div_ceil(money.raw(), num::WAD, quantity.raw())));
}

/// money / price. Traps for price == 0 or a quantity outside i128: the caller bounds `price`.
[[nodiscard]] constexpr Quantity quantity_floor(Money money, Price price) noexcept
{
    return Quantity::from_raw(checked(num::mul_div_floor(money.raw(), num::WAD, price.raw())));
}
[[nodiscard]] constexpr Quantity quantity_ceil(Money money, Price price) noexcept
{
    return Quantity::from_raw(checked(num::mul_div_ceil(money.raw(), num::WAD, price.raw())));
}

/// A share pro rata: money * numerator / denominator, rounded once.
/// Traps for denominator == 0; cannot overflow where |numerator| <= |denominator|.
[[nodiscard]] constexpr Money weigh_floor(Money money, Money numerator, Money denominator) noexcept
{
    return Money::from_raw(
        checked(num::mul_div_floor(money.raw(), numerator.raw(), denominator.raw())));
}
[[nodiscard]] constexpr Money weigh_ceil(Money money, Money numerator, Money denominator) noexcept
{
    return Money::from_raw(
        checked(num::mul_div_ceil(money.raw(), numerator.raw(), denominator.raw())));
}
[[nodiscard]] constexpr Money weigh_floor(
    Money money, Quantity numerator, Quantity denominator) noexcept
{
    return Money::from_raw(
        checked(num::mul_div_floor(money.raw(), numerator.raw(), denominator.raw())));
}
[[nodiscard]] constexpr Money weigh_ceil(
    Money money, Quantity numerator, Quantity denominator) noexcept
{
    return Money::from_raw(
        checked(num::mul_div_ceil(money.raw(), numerator.raw(), denominator.raw())));
}

}  // namespace plimsoll
