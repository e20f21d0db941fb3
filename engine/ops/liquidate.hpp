// plimsoll: engine/ops/liquidate.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. A keeper's account takes over part of an unhealthy account: of one
// position, or of one collateral. Sizes and money: engine/solvency/sale.hpp.
// Promises: planned without a change, applied without failing. That the buyer holds its initial margin
// afterwards is the caller's check on the applied copies, because a keeper may do several things at once.
#pragma once

#include "engine/model/insurance.hpp"
#include "engine/ops/leg.hpp"
#include "engine/result.hpp"
#include "engine/solvency/sale.hpp"

namespace plimsoll {

struct PositionTransfer
{
    MarketId market;
    PositionSale sale;
    Price mark;
    Leg seller;
    Leg buyer;
    Money
        buyer_pays;  ///< Cost of the size at mark, less the reward; negative when the buyer receives.
};

struct CollateralTransfer
{
    CollateralSale sale;
    AssetId asset;
    Money buyer_pays;  ///< Payment less the reward.
};

/// Reject ladder: no_position, not_liquidatable, stale_price or no_price, then nothing_to_do, then the
/// buyer's leg (too_many_positions, out_of_range).
/// @pre both accounts' positions in this market have been touched.
[[nodiscard]] Result<PositionTransfer> plan_position_transfer(const Account& seller,
    const Account& buyer, MarketId id, const Scene& scene, const LiquidationParams& params,
    const Insurance& insurance, Quantity size_max) noexcept;

void apply_position_transfer(Account& seller, Account& buyer, Market& market, Insurance& insurance,
    const PositionTransfer& transfer) noexcept;

/// Reject ladder: no_collateral, not_liquidatable, stale_price or no_price, debt_not_due, nothing_to_do,
/// then the buyer: insufficient_balance (it pays in cash), too_many_collaterals.
[[nodiscard]] Result<CollateralTransfer> plan_collateral_transfer(const Account& seller,
    const Account& buyer, AssetId id, const Scene& scene, const LiquidationParams& params,
    const Insurance& insurance, TokenAmount amount_max) noexcept;

void apply_collateral_transfer(Account& seller, Account& buyer, Insurance& insurance,
    const CollateralTransfer& transfer) noexcept;

/// Adds tokens to an account's collateral. False, with nothing changed, if the list is full.
[[nodiscard]] bool add_collateral(Account& account, AssetId id, TokenAmount amount) noexcept;
/// Takes tokens from it; the entry goes when it is empty. @pre the account holds at least `amount`.
void take_collateral(Account& account, AssetId id, TokenAmount amount) noexcept;

}  // namespace plimsoll
