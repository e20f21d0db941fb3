// plimsoll: engine/risk/account_book.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. From an account and the scene around it to the book that margin is computed on.
// Promises: positions enter as their side indexes have made them; a price that is not fit to rely on lends
// nothing and hides nothing (docs/formulas.md, "Prices"); no heap, all memory is the scene's.
// Never: changes the account.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/limits.hpp"
#include "engine/result.hpp"
#include "engine/risk/book.hpp"
#include "engine/risk/margin.hpp"
#include "engine/risk/raw_list.hpp"

namespace plimsoll {

class Scene;

/// What one evaluation of an account works in. About 77 KiB; nobody clears it.
struct MarginMemory
{
    RawList<BookUnderlying, UNDERLYINGS_MAX> underlyings;
    RawList<BookExpiry, POSITIONS_MAX + ORDERS_MAX> expiries;
    RawList<BookLeg, POSITIONS_MAX + ORDERS_MAX> legs;
    RawList<BookCollateral, COLLATERALS_MAX> collaterals;
    MarginWork work;
};

/// The account's book, in the scene's memory until the next one is made there.
/// @pre everything that the account holds has been set in the scene.
/// Errors: touch_first, corrupt_record (from the positions' views).
[[nodiscard]] Result<Book> book_of(const Account& account, const Scene& scene) noexcept;

/// One collateral of an account, as its book has it.
[[nodiscard]] BookCollateral book_collateral(
    AssetId asset, TokenAmount amount, const Scene& scene) noexcept;

}  // namespace plimsoll
