// plimsoll: engine/solvency/slice.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. How large a slice of the whole book of an unhealthy account is sold. A
// slice is the same fraction of every position and of the collateral that goes with them; other collateral
// and cash stay. docs/formulas.md, "Liquidation".
//
// Margin is homogeneous but for rounding and for charges that grow with size, so a slice always frees its
// part of what is required, hedged or not, which no single leg of a hedge does. What it frees is still found
// by evaluating the account that is left, never by multiplying.
//
// Promises: the fraction is the least whole number of lots of it that reaches the target, or all where none
// does. Health never falls. A fee never takes an account's equity below zero. At most 25 evaluations.
#pragma once

#include "engine/risk/sliced_book.hpp"
#include "engine/solvency/sale.hpp"

namespace plimsoll {

/// Fractions are whole numbers of a millionth.
inline constexpr std::int64_t SLICE_LOTS = 1'000'000;
inline constexpr Ratio SLICE_LOT = Ratio::from_raw(num::WAD / SLICE_LOTS);

struct SliceSale
{
    Ratio fraction;  ///< > 0; a whole number of lots.
    SaleMoney money;

    [[nodiscard]] constexpr bool whole() const noexcept { return fraction == Ratio::one(); }
};

/// The slice that keepers are offered: the least that reaches the target, but no more than `fraction_max`
/// rounded down to lots; all at once if the book is no larger than the terms' close_out_notional.
/// @pre `report` is the account's, and it is liquidatable; every position has been touched.
/// Error nothing_to_do if there is nothing to slice, if fraction_max is below a lot, or if a part that is
/// not the whole frees nothing; and those of evaluate().
[[nodiscard]] Result<SliceSale> plan_slice(const MarginReport& report, const Account& account,
    const Scene& scene, const SaleTerms& terms, Ratio fraction_max) noexcept;

}  // namespace plimsoll
