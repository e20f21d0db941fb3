// plimsoll: engine/model/market_kind.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What is traded on a market, with the name that messages use for it.
// Promises: the numbers are stored and never change; the names are the wire form.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll {

enum class MarketKind : std::uint8_t
{
    perpetual = 0,  ///< Base against quote for ever; funding keeps it near the index.
    future = 1,     ///< Base against quote at one expiry.
    option = 2,     ///< The right to buy or to sell base at the strike, at one expiry (European).
};

/// The names in the order of the numbers.
inline constexpr std::array<std::string_view, 3> MARKET_KIND_NAMES = {
    "perpetual", "future", "option"};

/// The wire name; empty for a number that is no kind.
[[nodiscard]] constexpr std::string_view name_of(MarketKind kind) noexcept
{
    const auto index = static_cast<std::size_t>(kind);
    return index < MARKET_KIND_NAMES.size() ? MARKET_KIND_NAMES[index] : std::string_view{};
}

/// Whether the stored number is one of the kinds.
[[nodiscard]] constexpr bool is_market_kind(std::uint8_t number) noexcept
{
    return number < MARKET_KIND_NAMES.size();
}

}  // namespace plimsoll
