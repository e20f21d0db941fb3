// plimsoll: engine/risk/sliced_book.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. The margin of an account of which the same part of everything has been sold at
// its mark: what a liquidation by slices looks at, many times over.
// Promises: what it says of a part at maintenance is what evaluate() says of the account afterwards, to the
// raw unit; the book is made once, in the scene's memory. Never: changes the account.
#pragma once

#include "engine/model/account.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/result.hpp"
#include "engine/risk/margin.hpp"
#include "engine/risk/scene.hpp"

namespace plimsoll {

/// What a slice moves of a position, with its sign: towards zero, so never more than is there, and all of it
/// when `part` is one. @pre 0 <= part <= 1
[[nodiscard]] constexpr Quantity sliced_trunc(Quantity base, Ratio part) noexcept
{
    const Quantity size = scale_floor(base.abs(), part);
    return base.is_negative() ? -size : size;
}
/// The same of collateral.
[[nodiscard]] constexpr TokenAmount sliced_floor(TokenAmount amount, Ratio part) noexcept
{
    return TokenAmount::from_raw(checked(num::mul_wad_floor(amount.raw(), part.raw())));
}

/// Whether no position of the account can be judged by itself: in portfolio mode they stand together, and in
/// either mode so do the options of an expiry, and two futures of one, of which only the net amount requires
/// margin. Such an account is sold by slices of its whole book. What deleveraging has closed is no position, whether
/// it has been touched or not. @pre its markets are on the scene
[[nodiscard]] bool is_sold_by_slices(const Account& account, const Scene& scene) noexcept;

/// Whether a slice of the account takes its part of this collateral: it moves with the positions in the
/// account's scenarios, so that without it a slice of a hedged book could need more.
[[nodiscard]] bool goes_with_slices(
    const Account& account, const Collateral& held, const Scene& scene) noexcept;
/// Whether any of its collateral does.
[[nodiscard]] bool any_goes_with_slices(const Account& account, const Scene& scene) noexcept;

/// What `amount` of an asset costs at its index. Ceil: for the one who sells it.
[[nodiscard]] Money collateral_cost_ceil(
    AssetId asset, TokenAmount amount, const Scene& scene) noexcept;

class SlicedBook
{
public:
    /// Makes the account's book in the scene's memory; nothing else may make one there until this one is no
    /// longer asked. @pre every position has been touched; all that the account holds is set in the scene.
    SlicedBook(const Account& account, const Scene& scene) noexcept;

    /// The margin after `part` of every position has gone at mark, and of the collateral that goes with
    /// slices at its index, and nobody has been paid for it. @pre 0 <= part <= 1
    /// Errors: those of evaluate().
    [[nodiscard]] Result<MarginReport> without(Ratio part) noexcept;

private:
    const Account& m_account;
    const Scene& m_scene;
    Result<Book> m_book;
    Money m_cash;  ///< Before anything is sold; what settled markets have left counts in it.
};

}  // namespace plimsoll
