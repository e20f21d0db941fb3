// plimsoll: engine/risk/standard.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. Standard mode: what is required position by position, F-7 to F-11 and F-33 of
// docs/formulas.md.
// Promises: requirements round up; perpetuals and futures do not offset each other; the options of an expiry
// are required together, as the lower of their shorts one by one and their greatest loss at expiry.
#pragma once

#include "engine/model/level.hpp"
#include "engine/risk/book.hpp"
#include "engine/risk/holdings.hpp"
#include "engine/risk/legs.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// F-7: min(1, fraction * (1 + a * sqrt(r) + b * r)), r = notional / size_reference. Ceil.
[[nodiscard]] Ratio size_fraction_ceil(
    const StandardParams& params, Money notional, Level level) noexcept;

/// F-7 and F-8: with the market's open interest, at initial. Ceil.
[[nodiscard]] Ratio linear_fraction_ceil(
    const StandardParams& params, Money notional, Money open_interest, Level level) noexcept;

/// What one underlying needs at one level.
struct StandardRequirement
{
    Money linear;      ///< F-7, F-8.
    Money option;      ///< F-11.
    Money confidence;  ///< F-20, initial only.
    Money depeg;       ///< Initial only.
};

/// One underlying: what it is worth, and what it needs at both levels, in one walk of its legs.
struct StandardMargin
{
    Holdings holdings;
    PerLevel<StandardRequirement> required;
};
/// `legs`: all of the underlying's.
[[nodiscard]] StandardMargin standard_margin(
    const Book& book, std::uint16_t underlying, Legs legs) noexcept;

}  // namespace plimsoll
