// plimsoll: engine/ops/owed_losses.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. Which markets the losses were made in that have become cash: a deficit asks it.
// Promises: while the account is flagged every loss counts whole, whoever paid for it, so that what is sold on the way
// into insolvency bears what it would have borne if it had been kept. Else only what cash has not paid counts, and
// all together no more than is owed.
// Never: moves money.
#pragma once

#include "engine/model/account.hpp"

namespace plimsoll {

/// Notes a loss of the market that has just been taken from cash. Where there is no room the least joins it.
void note_owed(Account& account, MarketId id, Money loss) noexcept;

/// What the market has given back, profit or an option's price, comes off what was lost there.
void note_earned(Account& account, MarketId id, Money earned) noexcept;

/// After cash may have risen: what it has paid is forgotten, of each market in proportion. Ceil.
void forget_paid(Account& account) noexcept;

/// The same when a flag has lapsed that another follows: what was lost under it was not on the way into this one.
void forget_lapsed(Account& account) noexcept;

}  // namespace plimsoll
