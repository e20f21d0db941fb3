// plimsoll: engine/risk/holdings.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. What the legs of an underlying are by themselves, before any requirement: F-4 and
// F-5 of docs/formulas.md, and the notional that reports state.
// Promises: an amount is multiplied by its price once for all of it.
#pragma once

#include "engine/risk/book.hpp"
#include "engine/risk/legs.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

struct Holdings
{
    Money value;           ///< Floor a leg.
    Money profit_haircut;  ///< F-5. Ceil.
    Money notional;  ///< Sum of |net base| * mark, forward or spot, instrument by instrument. Ceil.
};

/// F-5: what of a linear position's value does not count at initial. The value is floored, so this is the
/// ceiling of what the rule takes from it.
[[nodiscard]] Money profit_haircut(const ProfitRule& rule, Money value_floor) noexcept;

/// Adds the legs of one perpetual or future. @return the notional of its net amount
Money add_linear(const BookUnderlying& u, Legs instrument, Price price, Holdings& sum) noexcept;

/// Adds the notional of options; their value is for whoever prices them.
void add_option_notional(const BookUnderlying& u, Legs options, Holdings& sum) noexcept;

/// All of an underlying's legs, options without their value.
[[nodiscard]] Holdings holdings_of(const Book& book, const BookUnderlying& u, Legs legs) noexcept;

}  // namespace plimsoll
