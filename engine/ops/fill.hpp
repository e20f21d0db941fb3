// plimsoll: engine/ops/fill.hpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. One fill between two accounts, at a price that a venue reports.
// Promises: planned on touched positions, applied without failing. Margin of the accounts is checked by
// the caller once all fills of a settlement are in, because a settlement stands or falls as a whole.
#pragma once

#include "engine/ops/leg.hpp"
#include "engine/result.hpp"

namespace plimsoll {

struct FillPlan
{
    Leg buyer;
    Leg seller;
};

/// Reject ladder, in this order: market_not_active, outside_fill_band, then per leg too_many_positions
/// and out_of_range, not_whole_lots (unless the fill closes one of the two positions),
/// market_not_active (a leg that adds in a reduce-only market), open_interest_cap (only where open
/// interest rises).
/// The band stands around the index for a perpetual, around the mark (its forward) for a future; for an
/// option around the mark too, with a width in units of the index. No price is below zero.
/// @pre size > 0, index > 0; both positions in this market have been touched.
[[nodiscard]] Result<FillPlan> plan_fill(const Account& buyer, const Account& seller,
    const Market& market, MarketId id, Quantity size, Price price, Price index,
    Price mark) noexcept;

void apply_fill(Account& buyer, Account& seller, Market& market, const FillPlan& plan) noexcept;

}  // namespace plimsoll
