// plimsoll: engine/model/market_status.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What a market may still do, with the name that messages use for it.
// Promises: the numbers are stored and never change; the names are the wire form.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace plimsoll {

enum class MarketStatus : std::uint8_t
{
    active = 0,       ///< Takes every fill.
    reduce_only = 1,  ///< Takes only fills that make no position of either side larger.
    closed = 2,       ///< Settled: it takes nothing, and its positions are quote. Final.
    settling = 3,     ///< Waits for its settlement price; until then it takes fills that reduce.
};

/// The names in the order of the numbers.
inline constexpr std::array<std::string_view, 4> MARKET_STATUS_NAMES = {
    "active", "reduce_only", "closed", "settling"};

/// The wire name; empty for a number that is no status.
[[nodiscard]] constexpr std::string_view name_of(MarketStatus status) noexcept
{
    const auto index = static_cast<std::size_t>(status);
    return index < MARKET_STATUS_NAMES.size() ? MARKET_STATUS_NAMES[index] : std::string_view{};
}

/// Whether the stored number is one of the statuses.
[[nodiscard]] constexpr bool is_market_status(std::uint8_t number) noexcept
{
    return number < MARKET_STATUS_NAMES.size();
}

}  // namespace plimsoll
