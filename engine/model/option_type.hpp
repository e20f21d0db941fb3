// plimsoll: engine/model/option_type.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. Which of the two European options a series is, with the names that messages
// use for them.
// Promises: the numbers are stored and never change; the names are the wire form.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace plimsoll {

enum class OptionType : std::uint8_t
{
    call = 0,  ///< Pays max(0, price - strike) at its expiry.
    put = 1,   ///< Pays max(0, strike - price) at its expiry.
};

/// The names in the order of the numbers.
inline constexpr std::array<std::string_view, 2> OPTION_TYPE_NAMES = {"call", "put"};

/// Whether the stored number is one of the types.
[[nodiscard]] constexpr bool is_option_type(std::uint8_t number) noexcept
{
    return number < OPTION_TYPE_NAMES.size();
}

}  // namespace plimsoll
