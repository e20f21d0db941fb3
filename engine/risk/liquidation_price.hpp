// plimsoll: engine/risk/liquidation_price.hpp                       SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. At which price of one underlying an account falls below maintenance, everything
// else as it is. For reports; no decision rests on it.
// Promises: bounded work (at most 88 evaluations a side); the found price is liquidatable, and
// the neighbouring one that it was narrowed down from is not.
#pragma once

#include "engine/risk/margin.hpp"

#include <span>

namespace plimsoll {

/// Memory for one moved copy of a book, as long as the book's arrays.
struct BookCopy
{
    std::span<BookUnderlying> underlyings;
    std::span<BookExpiry> expiries;
    std::span<BookLeg> legs;
    std::span<BookCollateral> collaterals;
};

/// The book with one underlying's spot at `spot`, and in proportion its boards, its perpetual marks, the
/// forwards and their decided parts, and the price of collateral that names it. Volatilities stay. Nearest.
/// @pre spot > 0
[[nodiscard]] Book moved(
    const Book& book, std::uint16_t underlying, Price spot, const BookCopy& copy) noexcept;

struct LiquidationPrices
{
    Price down;  ///< The highest such price below spot; zero where none was found.
    Price up;    ///< The lowest above spot; zero where none was found.
};

/// Looks down to spot / 54 in steps of 8 %, up to spot * 10 in steps of 5 %, and narrows down in between: a
/// book that is liquidatable only between two steps is missed. An account that is liquidatable already has none.
/// Errors: those of margin() at the book's own prices.
[[nodiscard]] Result<LiquidationPrices> liquidation_prices(
    const Book& book, std::uint16_t underlying, const BookCopy& copy, MarginWork& work) noexcept;

}  // namespace plimsoll
