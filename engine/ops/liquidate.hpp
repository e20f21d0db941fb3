// plimsoll: engine/ops/liquidate.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. A keeper's account takes over part of an unhealthy account: of one
// position, of one collateral, or a slice of the whole book. Sizes and money: engine/solvency/sale.hpp and
// slice.hpp.
// Promises: planned without a change, applied without failing. That the buyer holds its initial margin
// afterwards is the caller's check on the applied copies, because a keeper may do several things at once.
#pragma once

#include "engine/model/insurance.hpp"
#include "engine/ops/leg.hpp"
#include "engine/ops/market_set.hpp"
#include "engine/result.hpp"
#include "engine/solvency/sale.hpp"
#include "engine/solvency/slice.hpp"
#include "engine/solvency/unit_order.hpp"

#include <cstdint>

namespace plimsoll {

struct PositionTransfer
{
    MarketId market;
    PositionSale sale;
    Price mark;
    Money notional;  ///< What counts against the limits of pace.
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

struct SliceTransfer
{
    SliceSale sale;
    /// Cost of everything that moves, at mark and index, less the reward; negative when the buyer receives.
    Money buyer_pays;
};

/// Who buys, as far as the insurance is concerned.
enum class Buyer : std::uint8_t
{
    stranger,
    related,  ///< To the account that is sold: the insurance pays it nothing.
};

/// What keepers are offered of a position now, whoever buys it but for what the insurance pays a related one.
struct PositionOffer
{
    Price mark;
    SaleTerms terms;
    PositionSale sale;
};

/// The offer that a preview shows and a transfer takes. Errors: not_first_unit (only in the fast leg),
/// pace_reached, nothing_to_do.
/// @pre `report` is the seller's, it is liquidatable and not sold by slices, its position has base and is touched,
/// and the market's price may be used for liquidation.
[[nodiscard]] Result<PositionOffer> offer_position(const MarginReport& report,
    const Account& seller, MarketId id, const Scene& scene, const LiquidationParams& params,
    const Insurance& insurance, Quantity size_max, Buyer who = Buyer::stranger) noexcept;

/// Which position goes first now; NO_MARKET where none can be sold. @pre as of offer_position()
[[nodiscard]] MarketId first_offer(const MarginReport& report, const Account& seller,
    const Scene& scene, const LiquidationParams& params, const Insurance& insurance) noexcept;

/// The same of the whole book.
struct SliceOffer
{
    SaleTerms terms;
    SliceSale sale;
};

/// Errors: pace_reached, nothing_to_do, and those of evaluate().
/// @pre `report` is the seller's, it is liquidatable, slice_usable(), and every position has been touched.
[[nodiscard]] Result<SliceOffer> offer_slice(const MarginReport& report, const Account& seller,
    const Scene& scene, const LiquidationParams& params, const Insurance& insurance,
    Ratio fraction_max, Buyer who = Buyer::stranger) noexcept;

/// Reject ladder: no_position, not_liquidatable, sold_by_slice (the account is in portfolio mode, or holds
/// options or two futures of one expiry), stale_price or no_price, not_first_unit (only in the fast leg), pace_reached,
/// then nothing_to_do, then the buyer's leg (too_many_positions, out_of_range).
/// @pre both accounts' positions in this market have been touched.
[[nodiscard]] Result<PositionTransfer> plan_position_transfer(const Account& seller,
    const Account& buyer, MarketId id, const Scene& scene, const LiquidationParams& params,
    const Insurance& insurance, Quantity size_max, Buyer who = Buyer::stranger) noexcept;

void apply_position_transfer(Account& seller, Account& buyer, Market& market, Insurance& insurance,
    const LiquidationParams& params, Seconds now, const PositionTransfer& transfer) noexcept;

/// Reject ladder: no_collateral, not_liquidatable, sold_by_slice (it moves with the account's positions),
/// stale_price or no_price, debt_not_due, nothing_to_do, then the buyer: insufficient_balance (it pays in cash),
/// too_many_collaterals.
[[nodiscard]] Result<CollateralTransfer> plan_collateral_transfer(const Account& seller,
    const Account& buyer, AssetId id, const Scene& scene, const LiquidationParams& params,
    const Insurance& insurance, TokenAmount amount_max, Buyer who = Buyer::stranger) noexcept;

void apply_collateral_transfer(Account& seller, Account& buyer, Insurance& insurance,
    const LiquidationParams& params, Seconds now, const CollateralTransfer& transfer) noexcept;

/// Whether every price that a slice of the account is sold at may be used for it: stale_price, no_price.
[[nodiscard]] Error slice_usable(const Account& account, const Scene& scene) noexcept;

/// What a buyer of the slice pays for all that it takes over, at mark and index, before its reward. Ceil: for
/// the house; negative where it receives. @pre every position has been touched.
[[nodiscard]] Money slice_cost_ceil(
    const Account& seller, const Scene& scene, Ratio fraction) noexcept;

/// Any account may be sold so. Reject ladder: not_liquidatable, stale_price or no_price (of any market that
/// it is in, or of collateral that goes with slices), pace_reached, nothing_to_do, the seller's out_of_range, then the
/// buyer: too_many_positions (less those of its own that the slice closes), too_many_collaterals, out_of_range,
/// insufficient_balance (it pays for options and collateral in cash).
/// @pre every position of the seller, and the buyer's in these markets, has been touched; `scene` has all
/// that either holds in them.
[[nodiscard]] Result<SliceTransfer> plan_slice_transfer(const Account& seller, const Account& buyer,
    const Scene& scene, const LiquidationParams& params, const Insurance& insurance,
    Ratio fraction_max, Buyer who = Buyer::stranger) noexcept;

/// `markets`: those of the seller. `scene` is the plan's.
void apply_slice_transfer(Account& seller, Account& buyer, const MarketSet& markets,
    Insurance& insurance, const LiquidationParams& params, const Scene& scene,
    const SliceTransfer& transfer) noexcept;

/// Most of the book that the limits let go as a slice now; zero if it is less than a lot of a slice. A book that
/// is closed out whole for its smallness is not held up.
[[nodiscard]] Ratio paced_fraction_floor(const MarginReport& report, const Account& account,
    const Scene& scene, const LiquidationParams& params, const Insurance& insurance) noexcept;

/// What the insurance may pay for all of an account's markets in one, so that each one's part by notional stays within
/// its own cap: a market without a cap opens no other's. MONEY_MAX where none has one.
[[nodiscard]] Money insured_room_floor(const Account& account, const Scene& scene) noexcept;

/// Adds tokens to an account's collateral. False, with nothing changed, if the list is full.
[[nodiscard]] bool add_collateral(Account& account, AssetId id, TokenAmount amount) noexcept;
/// Takes tokens from it; the entry goes when it is empty. @pre the account holds at least `amount`.
void take_collateral(Account& account, AssetId id, TokenAmount amount) noexcept;

}  // namespace plimsoll
