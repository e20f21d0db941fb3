// plimsoll: engine/ops/orders.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. What venues say that they may still fill for an account (F-31).
// Promises: at most one entry a market, and none of nothing.
#pragma once

#include "engine/model/account.hpp"

namespace plimsoll {

/// Puts the amounts in place of what was said of the market before. False, and nothing changed, when the
/// account has orders in ORDERS_MAX other markets. @pre bid, ask >= 0
[[nodiscard]] bool report_orders(
    Account& account, MarketId market, Quantity bid, Quantity ask) noexcept;

/// Takes amounts that have been filled off the market's entry, down to zero. @pre bid, ask >= 0
void reduce_orders(Account& account, MarketId market, Quantity bid, Quantity ask) noexcept;

}  // namespace plimsoll
