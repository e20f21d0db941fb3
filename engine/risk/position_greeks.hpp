// plimsoll: engine/risk/position_greeks.hpp                         SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. How the value of an underlying's positions changes. For reports; margin does
// not rest on it.
// Promises: open orders and collateral apart; what leaves the range of its type stops at its end.
#pragma once

#include "engine/risk/book.hpp"

#include <cstdint>

namespace plimsoll {

/// Forwards and the perpetual's mark move in proportion to spot, but for the part of a forward that is
/// fixed. Nearest.
struct PositionGreeks
{
    Quantity delta;  ///< For a quote unit of spot.
    Ratio gamma;     ///< Of delta, for a quote unit of spot.
    Money vega;      ///< For a point of volatility (0.01) on every option.
    Money theta;     ///< For a day that passes.
};

/// @pre margin() has accepted the book
[[nodiscard]] PositionGreeks position_greeks(const Book& book, std::uint16_t underlying) noexcept;

}  // namespace plimsoll
