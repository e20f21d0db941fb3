// plimsoll: engine/ops/credit.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. What a withdrawal on credit must leave behind.
// Promises: nobody borrows against profit that is not cash: what an account may owe for withdrawals stands on
// its collateral alone.
#pragma once

#include "engine/error.hpp"
#include "engine/model/account.hpp"
#include "engine/model/cash_params.hpp"
#include "engine/result.hpp"
#include "engine/risk/margin.hpp"
#include "engine/risk/scene.hpp"
#include "engine/solvency/cash_index.hpp"

namespace plimsoll {

/// What initial health counts of positions that are worth more than nothing: unrealised profit after its weight
/// and cap, claims, and options held. Ceil: so much is not lent against. @pre the account is on the scene
/// Errors: those of view().
[[nodiscard]] Result<Money> counted_profit_ceil(
    const Account& account, const Scene& scene) noexcept;

/// Whether an account that owes quote may let go of anything: below_initial_margin where its initial health
/// stands on profit. @pre the account is on the scene
[[nodiscard]] Error stands_on_collateral(
    const Account& account, const Scene& scene, const MarginReport& report) noexcept;

/// Whether so much may be borrowed in all: borrow_limit where a withdrawal has brought utilisation or the sum
/// above its limit. `after`: the pool with the withdrawal in it.
[[nodiscard]] Error check_borrow_limits(const CashPool& after, const BorrowParams& params) noexcept;

}  // namespace plimsoll
