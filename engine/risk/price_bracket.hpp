// plimsoll: engine/risk/price_bracket.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. What an underlying's whole book loses at initial on the worst of the boards that
// the oracle's confidence and its stable price suggest: F-4a of docs/formulas.md.
// Promises: never below zero; a linear book whose notionals cancel is charged nothing, exactly.
#pragma once

#include "engine/risk/book.hpp"
#include "engine/risk/legs.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {

/// Whether the underlying states a board besides its spot.
[[nodiscard]] constexpr bool has_boards(const BookUnderlying& u) noexcept
{
    return !u.price_low.is_zero() || !u.price_high.is_zero() || !u.stable.is_zero();
}

/// V(1) - min V(x) over the boards given, open orders included. Ceil. `named`: the value of all collateral
/// that names the underlying.
[[nodiscard]] Money bracket_charge_ceil(
    const Book& book, std::uint16_t underlying, Legs legs, const MoneyBracket& named) noexcept;

}  // namespace plimsoll
