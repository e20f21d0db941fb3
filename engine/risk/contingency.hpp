// plimsoll: engine/risk/contingency.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. Portfolio mode: what is required beside the scenarios, F-19, F-20 and F-33 of
// docs/formulas.md.
#pragma once

#include "engine/model/level.hpp"
#include "engine/risk/legs.hpp"
#include "engine/risk/margin.hpp"

namespace plimsoll {

/// Sum over strikes of the net short amount of calls and puts together; with `orders`, every ask filled.
[[nodiscard]] Quantity naked_shorts(Legs options, bool orders) noexcept;

/// Adds one underlying's contingencies at one level. Ceil.
void add_contingencies(const Book& book, std::uint16_t underlying, Legs legs, Level level,
    Contingencies& sum) noexcept;

}  // namespace plimsoll
