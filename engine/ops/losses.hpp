// plimsoll: engine/ops/losses.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. What an account has lost in each market since it was last seen healthy: a deficit
// asks it. What was lost before its own margin has paid for.
// Promises: gains and losses of one market are one sum at its marks. Neither trades, at whatever price, nor losses and
// profit that become cash, nor a sale by a keeper change it, so no order of them decides who bears a deficit. What bought
// options lose stands apart: they have been paid for.
// Never: moves money.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/market.hpp"
#include "engine/risk/scene.hpp"

namespace plimsoll {

/// Whether a position of that base stands for options that have been bought.
[[nodiscard]] constexpr bool is_bought(MarketKind kind, Quantity base) noexcept
{
    return kind == MarketKind::option && base > Quantity::zero();
}

/// What the position has lost since then, below zero gained. Ceil. @pre touched
[[nodiscard]] Money lost_ceil(const Position& position, Price mark) noexcept;

/// Makes that what the position has lost, whatever has been done to it since it was asked.
void keep_lost(Position& position, Price mark, Money lost) noexcept;

/// Takes `amount`, signed, from the position's quote. What it has lost stays.
void take_quote(Position& position, Money amount) noexcept;

/// Once a position of base `before` has become flat, or one of the other side: what it has lost until now is
/// remembered of the market, and the position begins anew.
void note_side_ended(
    Account& account, Position& position, MarketKind kind, Quantity before, Price mark) noexcept;

/// Remembers what a position has lost that is no more. Where there is no room a loss joins the least of them, and a
/// gain, or what a bought option has lost, is forgotten.
void note_lost(Account& account, const OwedLoss& lost) noexcept;

/// The account is healthy now: nothing has been lost from here on. @pre its markets are on the scene
void see_healthy(Account& account, const Scene& scene) noexcept;

}  // namespace plimsoll
