// plimsoll: engine/units/ranges.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the vault, unit shelf. How large a value may be, decided once and checked at the door.
// Promises: no product or sum of LEGS_MAX products of values in range leaves i128; the assertions below
// prove it when this file compiles.
// Never: clamps. Outside the range is Error::out_of_range at the door, a trap further in.
#pragma once

#include "engine/num/int128.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/units/fixed.hpp"
#include "engine/units/token_amount.hpp"

#include <cstdint>

namespace plimsoll {

inline constexpr Price PRICE_MAX = Price::from_units(100'000'000);
inline constexpr Quantity QUANTITY_MAX = Quantity::from_units(10'000'000'000);
inline constexpr Money MONEY_MAX = Money::from_units(1'000'000'000'000'000'000);
inline constexpr Ratio RATIO_MAX = Ratio::from_units(100);
inline constexpr Rate RATE_MAX = Rate::from_units(100);

/// The most terms that one sum has: positions and collaterals of an account, legs of a batch.
inline constexpr int LEGS_MAX = 64;

// The largest position is worth exactly the largest money.
static_assert(num::mul_wad_ceil(QUANTITY_MAX.raw(), PRICE_MAX.raw()) == MONEY_MAX.raw());
// A sum of the largest legs fits, and so does one more of the kind.
static_assert(MONEY_MAX.raw() <= num::I128_MAX / (LEGS_MAX + 1));
// Any money, price or quantity can be scaled by any ratio.
static_assert(num::mul_wad_ceil(MONEY_MAX.raw(), RATIO_MAX.raw()).has_value());
static_assert(num::mul_wad_ceil(PRICE_MAX.raw(), RATIO_MAX.raw()).has_value());
static_assert(num::mul_wad_ceil(QUANTITY_MAX.raw(), RATIO_MAX.raw()).has_value());
// A sum of legs can be scaled by any ratio that does not enlarge it, and by 2.
static_assert(num::mul_wad_ceil(MONEY_MAX.raw() * LEGS_MAX, 2 * num::i128{num::WAD}).has_value());
// Money divided by the least quantity or price leaves i128: quotients are bounded by their callers.
static_assert(!num::mul_div_floor(MONEY_MAX.raw(), num::WAD, 1).has_value());
// The largest money divided by at least a hundredth of a unit fits.
static_assert(num::mul_div_ceil(MONEY_MAX.raw(), num::WAD, num::WAD / 100).has_value());
// A century at the largest rate fits.
static_assert(num::mul_div_ceil(RATE_MAX.raw(), 36'525LL * 86'400, 86'400).has_value());

/// -limit <= value <= limit.
template <class Tag>
[[nodiscard]] constexpr bool is_within(Fixed<Tag> value, Fixed<Tag> limit) noexcept
{
    return value <= limit && value >= -limit;
}

[[nodiscard]] constexpr bool in_range(Price price) noexcept
{
    return is_within(price, PRICE_MAX);
}
[[nodiscard]] constexpr bool in_range(Quantity quantity) noexcept
{
    return is_within(quantity, QUANTITY_MAX);
}
[[nodiscard]] constexpr bool in_range(Money money) noexcept
{
    return is_within(money, MONEY_MAX);
}
[[nodiscard]] constexpr bool in_range(Ratio ratio) noexcept
{
    return is_within(ratio, RATIO_MAX);
}
[[nodiscard]] constexpr bool in_range(Rate rate) noexcept
{
    return is_within(rate, RATE_MAX);
}

/// Whether quantity_from_tokens() gives a quantity in range. @pre 0 <= decimals <= 18
[[nodiscard]] constexpr bool quantity_in_range(TokenAmount amount, int decimals) noexcept
{
    return amount <= tokens_from_quantity_floor(QUANTITY_MAX, decimals);
}
/// Whether money_from_tokens() gives money in range. @pre 0 <= decimals <= 18
[[nodiscard]] constexpr bool money_in_range(TokenAmount amount, int decimals) noexcept
{
    return amount <= tokens_from_money_floor(MONEY_MAX, decimals);
}

}  // namespace plimsoll
