// plimsoll: engine/risk/scenario.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. Portfolio mode, one underlying: the P&L of its positions under each listed
// scenario and its basis, F-15, F-16 and F-32 of docs/formulas.md.
// Promises: every row rounds down; legs that offset each other under a scenario do so before any rounding of
// their sum; expiries are taken one after another, so that nothing but the rows is kept.
#pragma once

#include "engine/risk/book.hpp"
#include "engine/risk/legs.hpp"
#include "engine/risk/margin.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {

/// Fills the rows of `risk` and the value of its positions (F-4). `legs`: all of the underlying's;
/// `cancelling`: its risk-cancelling collateral. With `orders`, rows[1] counts open orders at their worst
/// fills; else it is left as it is. Works in `work`.
void scenario_rows(const Book& book, std::uint16_t underlying, Legs legs,
    const MoneyBracket& cancelling, bool orders, ExpiryWork& work, UnderlyingRisk& risk) noexcept;

}  // namespace plimsoll
