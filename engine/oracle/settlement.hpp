// plimsoll: engine/oracle/settlement.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. The price at which markets settle: the average over time of what an
// underlying's feed said in the last window. Formulas: docs/formulas.md, "Expiry".
// Promises: the average lies between the least and the greatest price that counted; a price counts for exactly
// the seconds for which it stood and was fresh, so that one update moves the average by at most its share of
// them. Once the window has closed nothing that is published changes it. It is known at once where enough of
// the window had a price, and in any case after the wait: a market can always end.
// Never: asks the time. It comes with the price that stood until then.
#pragma once

#include "engine/model/board.hpp"
#include "engine/model/settlement.hpp"
#include "engine/result.hpp"

namespace plimsoll {

/// Takes in the price that has stood since the last time this was called. Call it before a price changes.
/// Exact. @param max_age a price older than this says nothing
void settlement_advance(
    Settlement& settlement, const FeedPrice& standing, Seconds max_age, Seconds now) noexcept;

/// Whether the price is final once the window has closed: enough of it is covered, or governance has chosen.
[[nodiscard]] bool settlement_known(const Settlement& settlement) noexcept;

/// What it would settle at if no more came: what governance chose, else the average of what is covered, floor
/// (the only rounding of a settlement price), else the last price that stood before the end. Zero only where
/// nothing was ever published.
[[nodiscard]] Price settlement_floor(const Settlement& settlement) noexcept;

/// The price that markets settle at now. @pre advanced to now
/// Reject ladder: not_expired before the end; settlement_waits until the wait is over while it is not known.
[[nodiscard]] Result<Price> settle(const Settlement& settlement, Seconds now) noexcept;

/// Takes governance's price where the feed failed, once: markets may have settled at it. @pre advanced to now
/// Reject ladder: not_expired before the end; settlement_known where the feed worked, it was chosen before, or the
/// wait is over; parameter_bounds further than price_bound from what it would settle at otherwise, and at zero.
[[nodiscard]] Error choose_settlement(Settlement& settlement, Price price, Seconds now) noexcept;

}  // namespace plimsoll
