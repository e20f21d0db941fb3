// plimsoll: engine/ops/losses.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. What an account has lost in each market since it was last seen healthy: a deficit
// asks it. What was lost before its own margin has paid for.
// Promises: gains and losses of one market are one sum at its marks. Neither trades, at whatever price, nor losses and
// profit that become cash, nor a sale by a keeper change it, so no order of them decides who bears a deficit. Of an
// option only what is short counts: who sold it owes what it has come to be worth, who bought it has paid for all of it.
// Never: moves money.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/market.hpp"
#include "engine/risk/scene.hpp"

namespace plimsoll {

/// What of the position counts at `mark`: all of it, of an option what it owes. Floor. @pre touched
[[nodiscard]] Money counted_worth_floor(
    Quantity base, Money quote, MarketKind kind, Price mark) noexcept;

/// What the position has lost since then, below zero gained. Ceil. @pre touched
[[nodiscard]] Money lost_ceil(const Position& position, MarketKind kind, Price mark) noexcept;

/// Makes that what the position has lost, whatever has been done to it since it was asked.
void keep_lost(Position& position, MarketKind kind, Price mark, Money lost) noexcept;

/// Takes `amount`, signed, from the position's quote. What it has lost stays.
void take_quote(Position& position, MarketKind kind, Money amount) noexcept;

/// Remembers what a position has lost that is no more. Where there is no room a loss joins the least of them, and a
/// gain is forgotten.
void note_lost(Account& account, MarketId id, Money lost) noexcept;

/// The account is healthy now: nothing has been lost from here on. @pre its markets are on the scene
void see_healthy(Account& account, const Scene& scene) noexcept;

}  // namespace plimsoll
