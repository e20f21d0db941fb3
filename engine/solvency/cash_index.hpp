// plimsoll: engine/solvency/cash_index.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. Interest between accounts that owe quote and accounts that have it, for all
// of them at once: negative cash grows with the borrow index, positive cash follows the supply index. Each
// costs O(1), whoever holds whatever.
//
// An account remembers the index of its side as of its last change; what its cash is now follows from the
// quotient. The pool of all cash keeps bounds of the two sums, never the sums: the supply index rises by what
// the growth of the debts provably collects, over what suppliers have at most; it falls, when suppliers share a
// deficit, by what provably covers it, and rises again by what they get back of that.
//
// Promises: with every account brought up to now, what borrowers have paid covers what suppliers and the
// insurance have got, however calls interleave; the difference is `residue`, a few raw units a call
// (docs/rounding.md, "Cash"). The borrow index never falls; the supply index falls only by sharing a deficit.
// Never: loops over accounts; traps on money of any size.
#pragma once

#include "engine/model/cash_params.hpp"
#include "engine/num/int128.hpp"
#include "engine/risk/position_view.hpp"
#include "engine/solvency/withdrawal_gate.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// Neither index leaves [1e-9, 1e9]: there the supply index falls no further, and interest stops.
inline constexpr num::i128 CASH_INDEX_MIN = num::WAD;
inline constexpr num::i128 CASH_INDEX_MAX = static_cast<num::i128>(1'000'000'000) * INDEX_ONE;

/// Where cash saturates that indexes carry: sums of a few of them stay in 128 bits.
inline constexpr Money CASH_MAX = Money::from_raw(MONEY_MAX.raw() * 16);
/// Suppliers' loss is capped over windows of this length, like socialised loss.
inline constexpr Seconds SUPPLY_LOSS_WINDOW = Seconds::from_raw(86'400);
/// What is given back comes over this time, of what is left as much a second: who supplies for a moment gets nothing.
inline constexpr Seconds RETURN_TIME = Seconds::from_raw(86'400);

/// All cash of the accounts that take part, 27 decimals an index.
struct CashPool
{
    num::i128 borrow_index = INDEX_ONE;
    num::i128 supply_index = INDEX_ONE;
    Seconds accrued;       ///< Interest has been taken in up to here.
    Money supplied_floor;  ///< At most the sum of positive cash, brought up to the index.
    Money supplied_ceil;   ///< At least that sum.
    Money borrowed_floor;  ///< At most the sum of what negative cash owes.
    Money claims;          ///< Profit of closed positions that waits for its market's pool.
    Money reserve;         ///< The insurance's share of interest, until it is moved there.
    Money residue;    ///< Paid by accounts that were brought up to an index, less what they got.
    Money returning;  ///< Of it, what comes back to suppliers over RETURN_TIME.
    Seconds loss_window;       ///< Start of the window that the supply loss is capped in,
    num::i128 loss_floor = 0;  ///< and the least supply index in it.
    GateState gate;
};

/// The bounds of an account's cash now: its cash becomes the floor. Both ends are equal where nothing is cut.
struct CashView
{
    Money floor;
    Money ceil;
};

/// borrowed / supplied, at most one: what the rate follows. Claims are not in it, or a winner's waiting profit
/// would be paid for by whoever borrows. Ceil: against the borrower.
[[nodiscard]] Ratio lent_ceil(const CashPool& pool) noexcept;

/// (borrowed + claims) / supplied, at most one: what may not be lent again. Ceil: against the borrower.
[[nodiscard]] Ratio utilisation_ceil(const CashPool& pool) noexcept;

/// The kinked rate, a day. Ceil. @pre params are valid
[[nodiscard]] Rate borrow_rate_ceil(const BorrowParams& params, Ratio utilisation) noexcept;

/// Takes in the interest until `now`, at the rate of what was lent; at most INTEREST_ELAPSED_MAX of it.
void accrue_cash(CashPool& pool, const BorrowParams& params, Seconds now) noexcept;

/// The index that cash of this sign follows.
[[nodiscard]] constexpr num::i128 index_of(const CashPool& pool, Money cash) noexcept
{
    return cash.is_negative() ? pool.borrow_index : pool.supply_index;
}

/// Cash as of `snapshot`, now. Floor: a supplier has less, a borrower owes more. @pre snapshot > 0
[[nodiscard]] CashView cash_now(const CashPool& pool, Money cash, num::i128 snapshot) noexcept;

/// One account's cash has gone from what it was now to `after`. @pre `before` is zero for an account that takes
/// part from here on
void replace_cash(CashPool& pool, const CashView& before, Money after) noexcept;

/// Charges suppliers with as much of `deficit` >= 0 as this window has room for. Floor of what is covered:
/// suppliers give at least that. @return what is covered, and belongs off the open deficit
[[nodiscard]] Money share_deficit(
    CashPool& pool, const BorrowParams& params, Money deficit, Seconds now) noexcept;

/// Gives suppliers `amount` >= 0, in proportion to what each has while it comes back: accrue_cash() raises the supply index
/// by it. Floor, over what they have at most: the rest is residue.
void give_back(CashPool& pool, Money amount) noexcept;

}  // namespace plimsoll
