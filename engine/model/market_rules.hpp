// plimsoll: engine/model/market_rules.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. The states of a market as data: what each permits, and what may lead from one
// to another.
// Promises: `closed` is final, and only a market in which nothing is open, or whose positions are settled,
// gets there. Liquidation, resolve and touch ask no state: an account can always be sold, closed, settled.
// Never: knows the time or a market. The hall says what happens and asks whether it may.
#pragma once

#include "engine/model/market_status.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace plimsoll {

inline constexpr std::size_t MARKET_STATUSES = MARKET_STATUS_NAMES.size();

/// What a state permits.
struct StatusRules
{
    bool adds = false;     ///< Fills that make a position larger.
    bool reduces = false;  ///< Fills that make no position of either side larger.
    bool orders = false;   ///< Reports that let more be filled.
    bool funding = false;  ///< Funding accrues.
};

/// In the order of the numbers.
inline constexpr std::array<StatusRules, MARKET_STATUSES> STATUS_RULES = {{
    {true, true, true, true},      // active
    {false, true, true, true},     // reduce_only
    {false, false, false, false},  // closed
    {false, true, true, true},     // settling
}};

[[nodiscard]] constexpr const StatusRules& rules_of(MarketStatus status) noexcept
{
    return STATUS_RULES[static_cast<std::size_t>(status)];
}

/// What may change a state.
enum class StatusCause : std::uint8_t
{
    governance = 1,   ///< Its parameters are set.
    guardian = 2,     ///< Somebody who may stop but not start things.
    index_limit = 4,  ///< A side index is at the end of its range.
    wind_down = 8,    ///< Governance has said that it will end.
    settlement = 16,  ///< Its positions become quote.
    emptied = 32,     ///< Governance closes it while nothing is open.
};

namespace status_causes {
inline constexpr std::uint8_t NONE = 0;
inline constexpr auto SET = static_cast<std::uint8_t>(StatusCause::governance);
inline constexpr std::uint8_t STOP = 1 | 2 | 4;  // governance, guardian, index_limit
inline constexpr auto WIND = static_cast<std::uint8_t>(StatusCause::wind_down);
inline constexpr auto EMPTY = static_cast<std::uint8_t>(StatusCause::emptied);
inline constexpr std::uint8_t END = 16 | 32;  // settlement, emptied
}  // namespace status_causes

/// STATUS_CHANGES[from][to]: the causes for which it may, in the order of the numbers: active, reduce_only,
/// closed, settling. A state that is set to itself keeps it.
inline constexpr std::array<std::array<std::uint8_t, MARKET_STATUSES>, MARKET_STATUSES>
    STATUS_CHANGES = {{
        {status_causes::SET, status_causes::STOP, status_causes::EMPTY, status_causes::WIND},
        {status_causes::SET, status_causes::SET, status_causes::EMPTY, status_causes::WIND},
        {status_causes::NONE, status_causes::NONE, status_causes::NONE, status_causes::NONE},
        {status_causes::NONE, status_causes::NONE, status_causes::END, status_causes::SET},
    }};

[[nodiscard]] constexpr bool may_become(
    MarketStatus from, MarketStatus to, StatusCause cause) noexcept
{
    const std::uint8_t causes =
        STATUS_CHANGES[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
    return (causes & static_cast<std::uint8_t>(cause)) != 0;
}

}  // namespace plimsoll
