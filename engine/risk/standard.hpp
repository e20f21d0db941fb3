// plimsoll: engine/risk/standard.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. Standard mode: what is required position by position, F-7 to F-11 and F-33 of
// docs/formulas.md.
// Promises: requirements round up; perpetuals and futures do not offset each other; the options of an expiry
// are required together, as the lower of their shorts one by one and their greatest loss at expiry.
#pragma once

#include "engine/model/level.hpp"
#include "engine/risk/book.hpp"
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

/// `legs`: all of the underlying's. `quote`: price and confidence of the quote are the book's.
[[nodiscard]] StandardRequirement standard_requirement(
    const Book& book, std::uint16_t underlying, Legs legs, Level level) noexcept;

}  // namespace plimsoll
