// plimsoll: engine/solvency/unit_order.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. Which position of an unhealthy account is sold first: the one that closes
// most of the gap to the target for its notional. docs/formulas.md, "Order".
//
// Promises: where requirements are separable and linear, selling in this order brings the account to its
// target with the least total notional but for the last lot. Never: names a position that cannot be sold now.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/insurance.hpp"
#include "engine/risk/scene.hpp"
#include "engine/solvency/pace.hpp"
#include "engine/solvency/sale.hpp"

namespace plimsoll {

/// The market of the position to be sold first; the least number of equals; NO_MARKET if none can be sold.
/// @pre the account is liquidatable, is not sold by slices, and `scene` has all that it holds.
[[nodiscard]] MarketId first_unit(const MarginReport& report, const Account& account,
    const Scene& scene, const LiquidationParams& params, const Insurance& insurance,
    const Pace& pace) noexcept;

/// Whether keepers are bound to the order: during the fast leg. After it they may take any position, so that
/// none that nobody wants stands before the others.
[[nodiscard]] bool order_binds(
    const Flag& flag, const LiquidationParams& params, Seconds now) noexcept;

/// Size on which the limits count: |base| at mark, an option at its underlying's index. ceil: against whoever
/// sells.
[[nodiscard]] Money limited_notional_ceil(MarketId id, Quantity base, const Scene& scene) noexcept;

/// Most of the position that the limits let go now, whole lots where it is not all; zero if it is less than a
/// lot. A position that is closed out whole for its smallness is not held up.
[[nodiscard]] Quantity paced_size_floor(MarketId id, Quantity base, const Scene& scene,
    const LiquidationParams& params, const Pace& pace) noexcept;

}  // namespace plimsoll
