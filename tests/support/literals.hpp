// plimsoll: tests/support/literals.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Unit values written as decimal text: price("123.45").
// Promises: exact; a text that is no decimal of 18 digits does not compile in a constant and traps elsewhere.
#pragma once

#include "engine/check.hpp"
#include "engine/num/decimal.hpp"
#include "engine/num/int128.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::test {

[[nodiscard]] constexpr num::i128 raw(std::string_view text) noexcept
{
    const Result<num::i128> value = num::parse_decimal(text, num::WAD_DECIMALS);
    CHECK(static_cast<bool>(value));
    return *value;
}

[[nodiscard]] constexpr Price price(std::string_view text) noexcept
{
    return Price::from_raw(raw(text));
}

[[nodiscard]] constexpr Quantity quantity(std::string_view text) noexcept
{
    return Quantity::from_raw(raw(text));
}

[[nodiscard]] constexpr Money money(std::string_view text) noexcept
{
    return Money::from_raw(raw(text));
}

[[nodiscard]] constexpr Ratio ratio(std::string_view text) noexcept
{
    return Ratio::from_raw(raw(text));
}

[[nodiscard]] constexpr Rate rate(std::string_view text) noexcept
{
    return Rate::from_raw(raw(text));
}

[[nodiscard]] constexpr Seconds seconds(std::uint64_t count) noexcept
{
    return Seconds::from_raw(count);
}

/// A whole number of base units.
[[nodiscard]] constexpr TokenAmount tokens(std::string_view text) noexcept
{
    const Result<num::i128> value = num::parse_integer(text);
    CHECK(static_cast<bool>(value));
    return TokenAmount::from_raw(*value);
}

/// The canonical decimal text, for messages of failed tests.
template <class Tag>
[[nodiscard]] std::string text_of(Fixed<Tag> value)
{
    return std::string(std::string_view(num::decimal_text(value.raw(), num::WAD_DECIMALS)));
}

}  // namespace plimsoll::test
