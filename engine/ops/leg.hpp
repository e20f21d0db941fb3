// plimsoll: engine/ops/leg.hpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. One account's half of a trade: planned first, applied when both
// halves are known to be possible.
// Promises: a plan changes nothing; applying a plan cannot fail. Bases of the legs of a trade sum to
// zero, quotes and cash together to zero or less by at most a raw unit a leg (I5), and the market's open
// interest follows. The price of an option is paid in cash; that of a perpetual or future is owed as quote.
//
// Profit is not cash before the loss is: a position that ends flat with a loss becomes cash at once; one
// that ends with a profit becomes cash as far as the market has realised losses (its pool), and no further even
// where the account owes cash: paper would free the collateral under a debt. What is left stays where it was, as
// a position without base: a claim.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/market.hpp"
#include "engine/result.hpp"
#include "engine/solvency/side_index.hpp"

namespace plimsoll {

struct Leg
{
    Position after;
    Quantity before;  ///< Base before, touched.
    Price mark;       ///< At which it was planned.
    Money cash;       ///< Options: the premium, signed; what it adds to the account's cash.
};

/// Plans adding `dq` at `price` to the account's touched position in the market (or to a new one), which is marked at
/// `mark`. Errors: too_many_positions, out_of_range.
[[nodiscard]] Result<Leg> plan_leg(const Account& account, const Market& market, MarketId id,
    Quantity dq, Price price, Price mark) noexcept;

/// The same from a touched position, or a new one of that market, wherever there is room for it. Error:
/// out_of_range.
[[nodiscard]] Result<Leg> plan_leg(
    const Position& from, const Market& market, Quantity dq, Price price, Price mark) noexcept;

/// Writes the leg into account and market. A position that ends flat becomes cash, or a claim.
void apply_leg(Account& account, Market& market, const Leg& leg) noexcept;

/// Touches the account's position in the market, if it has one; a position that deleveraging has closed
/// becomes cash or a claim, and a claim cash as far as the market's pool now allows. `done` is false when it
/// still sleeps behind: call again.
[[nodiscard]] Result<Touched> touch_position(
    Account& account, Market& market, MarketId id, const EpochSource& epochs) noexcept;

/// Makes cash of `amount` of the position's quote, whichever way.
void move_to_cash(Account& account, Market& market, Position& position, Money amount) noexcept;

/// Turns a flat position into cash as far as profit may; the rest stays as a claim. Nothing happens while it has base.
/// @return what has become cash, signed
Money close_if_flat(Account& account, Market& market, MarketId id) noexcept;

/// Losses of the market that have become cash and that nobody has been paid, >= 0.
[[nodiscard]] constexpr Money pool_of(const Market& market) noexcept
{
    return market.paid_out.is_negative() ? -market.paid_out : Money::zero();
}

/// How much of a profit may become cash: what the market's pool holds.
[[nodiscard]] Money payable_profit(const Market& market, Money profit) noexcept;

/// Whether the position is a claim: profit that waits to become cash. @pre it has been touched
[[nodiscard]] constexpr bool is_claim(const Position& position) noexcept
{
    return position.base.is_zero();
}

/// Whether any touched position still has base.
[[nodiscard]] bool has_open_position(const Account& account) noexcept;

/// Whether nobody is owed anything by the account at any price: no open position, no debt. @pre touched
[[nodiscard]] bool owes_nothing(const Account& account) noexcept;

/// Realises what an open position has lost at `mark`, as far as the account has cash. Of an option only what
/// its quote owes. Ceil of the value: never more than was lost, so that no profit arises. Equity, and with it
/// health at both levels, stays as it is to the raw unit.
/// @pre the position has been touched. @return what has become cash, <= 0
Money settle_loss(Account& account, Market& market, Position& position, Price mark) noexcept;

/// Takes what an open position has gained at `mark` as cash, as far as profit may (payable_profit). Of an
/// option only what its quote holds. Floor of the value: never more than was gained.
/// @pre the position has been touched. @return what has become cash, >= 0
Money take_profit(Account& account, Market& market, Position& position, Price mark) noexcept;

}  // namespace plimsoll
