// plimsoll: engine/ops/owed_losses.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. Which markets the losses were made in that have become cash: a deficit asks it.
// Promises: gains and losses of one market are one sum. While the account is flagged all of it counts, whoever paid for
// it, so that what is sold on the way into insolvency bears what it would have borne if it had been kept. Else only
// what cash has not paid counts, and all together no more than is owed.
// Never: moves money.
#pragma once

#include "engine/model/account.hpp"

namespace plimsoll {

/// Notes what the market has taken from cash, or below zero has given back. Where there is no room a gain takes a loss's
/// place, the least loss joins it, and a gain is forgotten.
void note_lost(Account& account, MarketId id, Money lost) noexcept;

/// Once a call is done: what cash has paid is forgotten, of each market in proportion, and gains with it when nothing is
/// owed. Ceil.
void forget_paid(Account& account) noexcept;

/// The same when a flag has lapsed that another follows: what was lost under it was not on the way into this one.
void forget_lapsed(Account& account) noexcept;

}  // namespace plimsoll
