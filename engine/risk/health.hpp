// plimsoll: engine/risk/health.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. The one evaluation of an account that fills, withdrawals, liquidation,
// queries and the simulator all use: its book (account_book.hpp) and that book's margin (margin.hpp).
// Promises: those of margin(); the two parts of an account that can be sold by themselves are seen here
// exactly as margin() sees them.
// Never: changes anything; decides anything.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/level.hpp"
#include "engine/result.hpp"
#include "engine/risk/margin.hpp"
#include "engine/risk/scene.hpp"

namespace plimsoll {

/// One perpetual or future in standard mode, as a sale of part of it sees it.
struct PositionRisk
{
    Money value;        ///< base * mark + quote, floored (F-4).
    Money requirement;  ///< Maintenance: notional * fraction, ceiled (F-7).
};
[[nodiscard]] PositionRisk position_risk(
    Quantity base, Money quote, Price mark, const Underlying& underlying) noexcept;

/// One collateral at maintenance, as a sale of part of it sees it.
struct CollateralRisk
{
    Money value;    ///< amount * price, floored; zero once its feed has failed.
    Money haircut;  ///< Ceiled.
};
[[nodiscard]] CollateralRisk collateral_risk(
    const Collateral& collateral, const Scene& scene) noexcept;

/// @pre everything that the account holds has been set in the scene.
/// Errors: touch_first, corrupt_record (from the positions' views).
[[nodiscard]] Result<MarginReport> evaluate(const Account& account, const Scene& scene) noexcept;

/// Whether a change leaves prices the room that BOOK_HEADROOM demands, or takes up none of it.
[[nodiscard]] constexpr bool keeps_headroom(
    const MarginReport& before, const MarginReport& after, MarginMode mode) noexcept
{
    return has_headroom(after.sums, mode) ||
           (after.sums.gross <= before.sums.gross && after.sums.need <= before.sums.need);
}

/// By how much less than at its mark margin counts this much of an option market: a long is worth the
/// floor of its price's bracket, a short owes the ceiling (F-4), and the mark stands between. Never negative.
/// @pre the market is an option's and set in the scene.
[[nodiscard]] Money below_mark(Quantity base, MarketId option, const Scene& scene) noexcept;

/// By how much the net of an account below initial margin may fall in a change that improves it.
struct Allowance
{
    Money fees;      ///< What the account was told that it pays.
    Money rounding;  ///< What rounding can have cost it: a few raw units.
    /// below_mark() of what was traded, after less before: the account lost it to no one, and gets it back by
    /// closing. Negative after a close, so that nobody is let down by it twice.
    Money bracket = Money::zero();
};

/// Whether a change of an account below initial margin is one that it may make (M14): (a) the
/// maintenance requirement does not rise, (b) net, that is equity less maintenance haircuts, does not
/// fall by more than the allowance, and (c) the ratio of net to requirement does not fall, compared
/// exactly; where net is negative, it does not fall by more than rounding. And (d) initial health does not
/// fall by more than the allowance: a swap of one risk for another must not deepen the shortfall. What the
/// bracket allows is added to the net and the health that are compared, in (c) too.
[[nodiscard]] bool improves(
    const MarginReport& before, const MarginReport& after, const Allowance& allowance) noexcept;

}  // namespace plimsoll
