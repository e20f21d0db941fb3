// plimsoll: engine/num/decimal.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. Decimal text to raw 128-bit values and back.
// Promises: exact in both directions or an Error, never a rounding; one canonical text for each value;
// every byte of the input is checked before its size is; no 128-bit division, no heap.
// Never: exponents, plus signs, separators, spaces, locale.
#pragma once

#include "engine/check.hpp"
#include "engine/error.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/wide.hpp"
#include "engine/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll::num {

/// The decimals of every fixed-point value of the engine.
inline constexpr int WAD_DECIMALS = 18;

/// 10^exponent. @pre 0 <= exponent <= 19
[[nodiscard]] constexpr std::uint64_t power_of_ten(int exponent) noexcept
{
    CHECK(exponent >= 0);
    CHECK(exponent <= 19);
    constexpr std::uint64_t POWERS[] = {1U, 10U, 100U, 1'000U, 10'000U, 100'000U, 1'000'000U,
        10'000'000U, 100'000'000U, 1'000'000'000U, 10'000'000'000U, 100'000'000'000U,
        1'000'000'000'000U, 10'000'000'000'000U, 100'000'000'000'000U, 1'000'000'000'000'000U,
        10'000'000'000'000'000U, 100'000'000'000'000'000U, 1'000'000'000'000'000'000U,
        10'000'000'000'000'000'000U};
    return POWERS[exponent];
}

[[nodiscard]] constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

/// value * factor + addend, or nullopt beyond u128.
[[nodiscard]] constexpr std::optional<Pair<std::uint64_t>> multiply_add(
    Pair<std::uint64_t> value, std::uint64_t factor, std::uint64_t addend) noexcept
{
    if (is_zero(value))
        return Pair<std::uint64_t>{addend, 0};
    const Quad<std::uint64_t> product = multiply(value, Pair<std::uint64_t>{factor, 0});
    const Pair<std::uint64_t> low{product.limb0, product.limb1};
    const Pair<std::uint64_t> sum = add(low, Pair<std::uint64_t>{addend, 0});
    if ((product.limb2 | product.limb3) != 0 || less(sum, low))
        return std::nullopt;
    return sum;
}

/// The value of at most 18 digits. @pre every byte is a digit
[[nodiscard]] constexpr std::uint64_t chunk_value(std::string_view digits) noexcept
{
    CHECK(digits.size() <= WAD_DECIMALS);
    std::uint64_t value = 0;
    for (const char digit : digits)
        value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    return value;
}

/// The value of a run of digits, 18 at a time, or nullopt beyond u128. @pre every byte is a digit
[[nodiscard]] constexpr std::optional<Pair<std::uint64_t>> digits_value(
    std::string_view digits) noexcept
{
    Pair<std::uint64_t> value{};
    while (!digits.empty()) {
        const std::string_view chunk = digits.substr(0, WAD_DECIMALS);
        const auto next =
            multiply_add(value, power_of_ten(static_cast<int>(chunk.size())), chunk_value(chunk));
        if (!next)
            return std::nullopt;
        value = *next;
        digits.remove_prefix(chunk.size());
    }
    return value;
}

/// The bytes before the first that is no digit.
[[nodiscard]] constexpr std::string_view leading_digits(std::string_view text) noexcept
{
    std::size_t size = 0;
    while (size < text.size() && is_digit(text[size]))
        ++size;
    return text.substr(0, size);
}

/// Whether the digits are a whole number in its only form: at least one, no leading zero but "0"
/// itself.
[[nodiscard]] constexpr bool is_whole_number(std::string_view digits) noexcept
{
    if (digits.empty())
        return false;
    return digits.size() == 1 || digits.front() != '0';
}

/// "-12.5" to the raw value -12.5 * 10^18. The form is -?(0|[1-9][0-9]*)(\.[0-9]+)? with at most
/// `decimals_max` digits behind the point (trailing zeros count), and zero has no sign.
/// bad_number: any other form. out_of_range: the raw value is outside i128.
/// @pre 0 <= decimals_max <= 18
[[nodiscard]] constexpr Result<i128> parse_decimal(std::string_view text, int decimals_max) noexcept
{
    CHECK(decimals_max >= 0);
    CHECK(decimals_max <= WAD_DECIMALS);
    const bool negative = !text.empty() && text.front() == '-';
    if (negative)
        text.remove_prefix(1);
    const std::string_view whole = leading_digits(text);
    if (!is_whole_number(whole))
        return Error::bad_number;
    text.remove_prefix(whole.size());
    std::string_view fraction;
    if (!text.empty()) {
        if (text.front() != '.')
            return Error::bad_number;
        text.remove_prefix(1);
        fraction = leading_digits(text);
        if (fraction.empty() || fraction.size() != text.size())
            return Error::bad_number;
        if (fraction.size() > static_cast<std::size_t>(decimals_max))
            return Error::bad_number;
    }
    const std::uint64_t fraction_raw =
        chunk_value(fraction) * power_of_ten(WAD_DECIMALS - static_cast<int>(fraction.size()));
    const auto whole_value = digits_value(whole);
    if (!whole_value)
        return Error::out_of_range;
    const auto raw = multiply_add(*whole_value, WAD, fraction_raw);
    if (!raw)
        return Error::out_of_range;
    if (negative && is_zero(*raw))
        return Error::bad_number;
    const u128 limit = static_cast<u128>(I128_MAX) + (negative ? 1U : 0U);
    if (u128_from(*raw) > limit)
        return Error::out_of_range;
    return i128_from({*raw, negative});
}

/// A whole number without a sign, such as a token amount in base units: 0|[1-9][0-9]*.
/// bad_number: any other form. out_of_range: above I128_MAX.
[[nodiscard]] constexpr Result<i128> parse_integer(std::string_view text) noexcept
{
    const std::string_view digits = leading_digits(text);
    if (digits.size() != text.size() || !is_whole_number(digits))
        return Error::bad_number;
    const auto value = digits_value(digits);
    if (!value)
        return Error::out_of_range;
    if (u128_from(*value) > static_cast<u128>(I128_MAX))
        return Error::out_of_range;
    return i128_from({*value, false});
}

/// Text of at most 48 bytes, not terminated by a zero byte.
struct DecimalText
{
    static constexpr std::size_t CAPACITY = 48;

    char data[CAPACITY] = {};
    std::size_t size = 0;

    // NOLINTNEXTLINE: implicit on purpose
    [[nodiscard]] constexpr operator std::string_view() const noexcept { return {data, size}; }
};

/// The greatest `decimals` of decimal_text().
inline constexpr int TEXT_DECIMALS_MAX = 38;

/// The value raw / 10^decimals in its only canonical form: no trailing zeros behind the point, no
/// point without digits, no "-0". parse_decimal() gives the value back for decimals == 18.
/// @pre 0 <= decimals <= 38
[[nodiscard]] constexpr DecimalText decimal_text(i128 raw, int decimals) noexcept
{
    CHECK(decimals >= 0);
    CHECK(decimals <= TEXT_DECIMALS_MAX);
    // Digits, least significant first; 2^127 has 39.
    constexpr int DIGITS_MAX = 39;
    char digits[DIGITS_MAX] = {};
    int count = 0;
    Pair<std::uint64_t> rest = pair_from(magnitude(raw));
    while (!is_zero(rest)) {
        std::uint64_t chunk = rest.low;
        int chunk_end = 0;
        if (rest.high != 0 || rest.low >= WAD) {
            const WideDivision<std::uint64_t> split = divide(rest, WAD_RECIPROCAL);
            rest = split.quotient;
            chunk = split.remainder.low;
            // Every chunk but the topmost has all its 18 digits.
            chunk_end = count + WAD_DECIMALS;
        } else {
            rest = {};
        }
        for (; chunk != 0; ++count) {
            digits[count] = static_cast<char>('0' + chunk % 10);
            chunk /= 10;
        }
        for (; count < chunk_end; ++count)
            digits[count] = '0';
    }
    // At least one digit before the point.
    for (; count < decimals + 1; ++count)
        digits[count] = '0';
    int first = 0;
    while (first < decimals && digits[first] == '0')
        ++first;
    DecimalText text;
    char* end = text.data;
    if (raw < 0)
        *end++ = '-';
    for (int i = count - 1; i >= decimals; --i)
        *end++ = digits[i];
    if (first < decimals)
        *end++ = '.';
    for (int i = decimals - 1; i >= first; --i)
        *end++ = digits[i];
    // A sign, a point and 39 digits at most.
    static_assert(DIGITS_MAX + 2 <= DecimalText::CAPACITY);
    text.size = static_cast<std::size_t>(end - text.data);
    return text;
}

}  // namespace plimsoll::num
