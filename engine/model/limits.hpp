// plimsoll: engine/model/limits.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. How many of each thing there may be. Every loop in the engine ends at
// one of these, so every call has a step bound.
#pragma once

#include <cstddef>

namespace plimsoll {

inline constexpr std::size_t ASSETS_MAX = 32;
inline constexpr std::size_t UNDERLYINGS_MAX = 32;
inline constexpr std::size_t MARKETS_MAX = 1'024;   ///< Each option series is one.
inline constexpr std::size_t COLLATERALS_MAX = 16;  ///< Assets other than the quote in one account.
inline constexpr std::size_t POSITIONS_MAX = 48;    ///< Positions in one account.
inline constexpr std::size_t ORDERS_MAX = 16;  ///< Markets in which one account has open orders.
inline constexpr std::size_t EXPIRIES_MAX =
    16;  ///< Expiries of one underlying that have a surface.
/// Times at which markets of one underlying are to settle: those of surfaces, and as many that have passed or
/// wind down.
inline constexpr std::size_t SETTLEMENTS_MAX = 2 * EXPIRIES_MAX;
inline constexpr std::size_t SCENARIOS_MAX = 40;            ///< Listed scenarios of one underlying.
inline constexpr std::size_t ROWS_MAX = SCENARIOS_MAX + 1;  ///< And, last, its basis.
inline constexpr int STAGES_MAX = 8;  ///< Epochs that one view or touch of a position may cross.

}  // namespace plimsoll
