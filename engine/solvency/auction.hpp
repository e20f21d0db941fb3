// plimsoll: engine/solvency/auction.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. The Dutch curve of one flagged account: how much of the margin that a
// sale frees goes to the buyer, as time passes.
// Promises: the share never falls while the flag is up and never passes share_max; an account that is
// cured and flagged again within `cool` goes on where it stopped, so that nobody resets the curve.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/params.hpp"
#include "engine/units/fixed.hpp"

namespace plimsoll {

/// The buyer's share of freed margin after `t` of the curve: share_start to share_fast over the fast leg,
/// then to share_max over the slow leg, then share_max. floor: the fraction stays with the account.
[[nodiscard]] Ratio buyer_share_floor(const LiquidationParams& params, Seconds t) noexcept;

/// How long the account has been on its curve. Zero while the flag is down.
[[nodiscard]] Seconds auction_elapsed(const Flag& flag, Seconds now) noexcept;

/// Whether nobody has seen the account unhealthy for longer than a whole curve and `cool`: its flag was
/// left up, and the next call that finds it liquidatable starts the curve anew.
[[nodiscard]] bool flag_lapsed(
    const Flag& flag, const LiquidationParams& params, Seconds now) noexcept;

/// Whether keepers have had their whole curve and the house's next stage may run.
[[nodiscard]] bool auction_over(
    const Flag& flag, const LiquidationParams& params, Seconds now) noexcept;

/// Raises the flag unless it is up, and notes that the account was seen unhealthy. True if a curve begins
/// or resumes: the flag was down, or had lapsed.
bool raise_flag(Flag& flag, const LiquidationParams& params, Seconds now) noexcept;

/// Ends the curve of a raised flag: the house's next stage may run. @pre the flag is raised
void end_curve(Flag& flag, const LiquidationParams& params, Seconds now) noexcept;

/// Lowers the flag and remembers how far the curve had run when the account was last seen unhealthy. True
/// if it was up.
bool lower_flag(Flag& flag, Seconds now) noexcept;

}  // namespace plimsoll
