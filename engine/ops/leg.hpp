// plimsoll: engine/ops/leg.hpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. One account's half of a trade: planned first, applied when both
// halves are known to be possible.
// Promises: a plan changes nothing; applying a plan cannot fail. Bases of the legs of a trade sum to
// zero, quotes and cash together to zero or less by at most a raw unit a leg (I5), and the market's open
// interest follows. The price of an option is paid in cash; that of a perpetual or future is owed as quote.
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
    Money cash;       ///< Options: the premium, signed; what it adds to the account's cash.
};

/// Plans adding `dq` at `price` to the account's touched position in the market (or to a new one).
/// Errors: too_many_positions, out_of_range.
[[nodiscard]] Result<Leg> plan_leg(
    const Account& account, const Market& market, MarketId id, Quantity dq, Price price) noexcept;

/// The same from a touched position, or a new one of that market, wherever there is room for it. Error:
/// out_of_range.
[[nodiscard]] Result<Leg> plan_leg(
    const Position& from, const Market& market, Quantity dq, Price price) noexcept;

/// Writes the leg into account and market. A position that ends flat becomes cash.
void apply_leg(Account& account, Market& market, const Leg& leg) noexcept;

/// Touches the account's position in the market, if it has one; a position that deleveraging has closed
/// becomes cash. `done` is false when it still sleeps behind: call again.
[[nodiscard]] Result<Touched> touch_position(
    Account& account, Market& market, MarketId id, const EpochSource& epochs) noexcept;

/// Turns a flat position into cash. Does nothing while it has base.
void close_if_flat(Account& account, Market& market, MarketId id) noexcept;

}  // namespace plimsoll
