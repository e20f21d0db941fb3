// plimsoll: engine/solvency/sale.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. How much of one position, or of one collateral, of an unhealthy
// account is sold, and what the buyer, the insurance and the account get. docs/formulas.md, "Liquidation".
//
// A sale is quoted in the maintenance margin that it frees: the unit changes hands at mark (collateral:
// at its index), and the buyer receives share * freed on top, the insurance fee_share * freed. Both come
// from the account while it has equity; once it has none, the insurance pays the buyer's gain, up to its
// cap, and earns nothing.
//
// Promises: the size is the least whole number of lots that reaches the target (exactly, rounding
// included), or all of it where no size does. Health never falls. A fee never takes an account's equity
// below zero. Never: refuses a unit of a liquidatable account that still frees margin.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/insurance.hpp"
#include "engine/model/params.hpp"
#include "engine/result.hpp"
#include "engine/risk/health.hpp"

#include <optional>

namespace plimsoll {

/// The terms of one sale: where the curve stands and what the insurance may add.
struct SaleTerms
{
    Ratio share;             ///< The buyer's share of freed margin now.
    Ratio fee_share;         ///< The insurance's.
    Ratio buffer;            ///< Target: net >= (1 + buffer) * requirement.
    Money reward_available;  ///< Most that the insurance can pay towards this sale's reward.
    Money close_out_notional;
    /// Of a position whose feed has failed: what it requires is a haircut too.
    bool shocked = false;
};

/// `insured_room`: what caps on the insurance leave for this sale; zero for a buyer that it pays nothing.
[[nodiscard]] SaleTerms sale_terms(const LiquidationParams& params, const Flag& flag,
    const Insurance& insurance, Money insured_room, Seconds now) noexcept;

/// Terms of a transfer that pays nobody: for deleveraging a solvent account just to its target.
[[nodiscard]] SaleTerms plain_terms(const LiquidationParams& params) noexcept;

/// Who pays what for a sale, and where it leaves the account at maintenance.
struct SaleMoney
{
    Money freed;                  ///< Maintenance margin that the sale frees.
    Money reward_from_account;    ///< To the buyer.
    Money reward_from_insurance;  ///< To the buyer.
    Money fee;                    ///< From the account to the insurance.
    Money net_after;              ///< equity - maintenance haircuts, afterwards.
    Money required_after;         ///< Maintenance requirement, afterwards.
    bool reached = false;         ///< The target is met.
    /// What the last lot adds to health before anyone is paid for it; zero where the target is not met, and so
    /// not passed. None where the size was not to be the least: all was sold, or more because that is little.
    std::optional<Money> last_lot;

    [[nodiscard]] constexpr Money reward() const noexcept
    {
        return reward_from_account + reward_from_insurance;
    }
    [[nodiscard]] constexpr Money health_after() const noexcept
    {
        return net_after - required_after;
    }
    [[nodiscard]] constexpr Money health_unpaid() const noexcept
    {
        return health_after() + reward_from_account + fee;
    }
};

/// Splits what a sale frees. All but `freed` and `terms` are as after the transfer at mark, before anyone
/// is paid for it: floors of both shares, for the account.
[[nodiscard]] SaleMoney split_freed(Money equity, Money haircuts_after, Money required_after,
    Money freed, const SaleTerms& terms) noexcept;

/// The sale of nothing.
[[nodiscard]] SaleMoney unsold(const MarginReport& report) noexcept;

/// `last_lot` of a sale of the least size; `less`: of the sale of one lot less.
[[nodiscard]] Money last_lot_of(const SaleMoney& money, const SaleMoney& less) noexcept;

/// What rounding can take from health, or add to what a sale frees, at the largest account (docs/rounding.md).
inline constexpr Money SALE_ROUNDING = Money::from_raw(10'000);

/// Whether a sale has left behind what it must (L12), asked of the account as it then is, whatever was planned:
/// health has not fallen; and where the size was to be the least, the target is passed by no more than the last
/// lot adds (SaleMoney).
[[nodiscard]] bool sale_holds(const MarginReport& before, const MarginReport& after,
    std::optional<Money> last_lot, Ratio buffer) noexcept;

struct PositionSale
{
    Quantity size;       ///< > 0; how much of |base| is sold.
    bool whole = false;  ///< All of it.
    SaleMoney money;
};

struct CollateralSale
{
    TokenAmount amount;  ///< > 0.
    Money payment;       ///< What the buyer pays for it before its reward: ceil(amount * index).
    bool whole = false;  ///< All of it.
    SaleMoney money;
};

/// What selling `size` of the position would do. The position must be part of the evaluated account.
/// @pre 0 < size <= |base|.
[[nodiscard]] SaleMoney position_sale_money(const MarginReport& report, Quantity base, Money quote,
    Price mark, const Underlying& underlying, const SaleTerms& terms, Quantity size) noexcept;

/// The sale that keepers are offered: the least size that reaches the target, but no more than
/// `size_max` rounded down to lots. @pre the account is liquidatable, base != 0.
/// Error nothing_to_do if size_max is below one lot (and below the whole position).
[[nodiscard]] Result<PositionSale> plan_position_sale(const MarginReport& report, Quantity base,
    Money quote, Price mark, const Underlying& underlying, Quantity lot, const SaleTerms& terms,
    Quantity size_max) noexcept;

/// The same for collateral, which is sold only to cure negative cash: the least amount that brings cash to zero, or
/// reaches the target and is worth close_out_notional, whichever comes first, but no more than `amount_max`. Where
/// nothing is required the target is health of zero, which the next second's interest would undo: without a least
/// amount such an account would be sold in dust for ever.
/// Errors: debt_not_due while cash >= 0; nothing_to_do if the amount comes out as zero.
[[nodiscard]] Result<CollateralSale> plan_collateral_sale(const MarginReport& report, Money cash,
    const Collateral& collateral, const Scene& scene, const SaleTerms& terms,
    TokenAmount amount_max) noexcept;

}  // namespace plimsoll
