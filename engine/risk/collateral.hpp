// plimsoll: engine/risk/collateral.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. What collateral is worth, and how much of that counts at each level: F-6 of
// docs/formulas.md.
// Promises: values and weights round down; a haircut is measured on the floored value, so that a deposit never
// lowers health.
#pragma once

#include "engine/model/level.hpp"
#include "engine/risk/book.hpp"
#include "engine/risk/money_bracket.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// amount * price / price of the quote. @pre the book is in its domain.
[[nodiscard]] MoneyBracket collateral_value(const BookCollateral& collateral, Price quote) noexcept;

/// The share of the value that counts at the level: the least of F-6's terms, never below zero. Floor.
[[nodiscard]] Ratio collateral_weight_floor(const BookCollateral& collateral, Level level) noexcept;

/// What of the floored value does not count. Ceil.
[[nodiscard]] Money collateral_haircut_ceil(
    const BookCollateral& collateral, Money value_floor, Level level) noexcept;

}  // namespace plimsoll
