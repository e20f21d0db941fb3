// plimsoll: engine/ops/resolve.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. The house's own stage for an account that keepers have not cured:
// insurance, deleveraging, taking over collateral, socialised loss, open deficit, in this order.
// docs/formulas.md, "Waterfall".
//
// A solvent account is deleveraged at mark, unit by unit, only until its target is met. An insolvent one
// is closed: the insurance pays what it can of the deficit, the rest moves the deleveraging prices against
// the other side (by at most the maintenance fraction), what is still missing is charged to both sides of
// the account's markets up to their caps, and the remainder is an open deficit.
//
// A book that prices have moved beyond what margin can value is closed at mark, whoever it belongs to, and
// what it owes then is covered in the same way: nobody could say whether it is healthy, and it must not
// become impossible to liquidate. Fills keep books BOOK_HEADROOM times away from that.
//
// Promises: cannot fail on account of money, size or missing counterparties: whenever its conditions hold,
// the account is healthy or empty afterwards. Conserves: every unit of cash that appears here leaves the
// insurance, a market's positions, or is recorded as open deficit.
// Never: picks a victim. Everybody on a side loses the same fraction.
#pragma once

#include "engine/model/insurance.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/ops/leg.hpp"
#include "engine/ops/market_set.hpp"
#include "engine/result.hpp"
#include "engine/solvency/sale.hpp"

namespace plimsoll {

struct Deleveraged
{
    MarketId market;
    Side side = Side::long_side;  ///< The closed account's side; the other one was deleveraged.
    Quantity quantity;
    Price price;
    EndedEpoch ended;  ///< For the caller to store.
};

struct TakenOver
{
    AssetId asset;
    TokenAmount amount;
    Money credit;  ///< What the account got for it.
};

struct SocialisedLoss
{
    MarketId market;
    Money loss;
};

/// What was done, for events and reports.
struct Resolution
{
    bool insolvent = false;
    Money deficit;         ///< -equity when the call began, if insolvent.
    Money insurance_paid;  ///< Towards the deficit.
    Money open_deficit;    ///< Added to the open deficit for want of anybody to charge.
    /// At most twice a market: a slice, and what it left where that was not enough.
    List<Deleveraged, 2 * POSITIONS_MAX> deleveraged;
    List<TakenOver, 2 * COLLATERALS_MAX> taken_over;  ///< Likewise.
    List<SocialisedLoss, POSITIONS_MAX + OWED_LOSSES_MAX> socialised;
};

/// Whether the house's stage may run for a liquidatable account: keepers have had their whole curve, or
/// there is nothing left to sell, or the account is insolvent and the insurance has next to nothing for a buyer.
[[nodiscard]] bool resolve_due(const Account& account, const MarginReport& report,
    const Insurance& insurance, const LiquidationParams& params, Seconds now) noexcept;

/// Works on the caller's copies, which are to be dropped on an error.
/// Reject ladder: not_liquidatable, auction_running, stale_price (a held feed is between its limits).
/// @pre every position has been touched. `markets` and `scene` have the account's, and those of its owed
/// losses.
[[nodiscard]] Error resolve(Account& account, Insurance& insurance, const MarketSet& markets,
    const Scene& scene, const LiquidationParams& params, Resolution& done) noexcept;

}  // namespace plimsoll
