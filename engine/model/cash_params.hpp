// plimsoll: engine/model/cash_params.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What governance sets for borrowed and supplied quote, for the withdrawal gate
// and for the staking of insurance (docs/formulas.md, "Cash").
// Promises: `validate` refuses every set under which an index could leave its range between two calls, the
// rate could fall as utilisation rises, one window could take all that suppliers have, or the gate could
// close all the way or for ever.
#pragma once

#include "engine/model/params.hpp"
#include "engine/model/refused.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// Interest on negative cash and what positive cash gets of it. Rates are a day, simple between two calls.
struct BorrowParams
{
    Rate base;              ///< At a utilisation of zero,
    Rate slope_low;         ///< what the rate has gained at the kink,
    Rate slope_high;        ///< and what it gains from there to a utilisation of one.
    Ratio kink;             ///< The utilisation where the slope changes.
    Ratio reserve_factor;   ///< The insurance's share of interest.
    Ratio utilisation_max;  ///< No withdrawal on credit above it.
    Money borrow_cap;       ///< Most that withdrawals on credit may bring negative cash to, in all.
    Ratio supply_loss_cap;  ///< Most that suppliers lose of an uncovered deficit, a window.

    /// Without them nobody pays interest, and no withdrawal goes on credit.
    [[nodiscard]] constexpr bool given() const noexcept { return !kink.is_zero(); }
};

/// When quote may leave only slowly, because a deficit is uncovered.
struct GateParams
{
    Money absolute;  ///< Closed while the uncovered deficit is above this
    Ratio relative;  ///< and above this share of what is supplied.
    Ratio
        outflow_share;  ///< Of an account's cash at a window's start: what may leave in that window.
    Seconds window;
    Seconds closed_max;  ///< It never stays closed longer for one deficit.

    [[nodiscard]] constexpr bool given() const noexcept { return !closed_max.is_zero(); }
};

/// Staking of insurance.
struct StakingParams
{
    Seconds unbonding;  ///< From unstaking to payment; losses are borne until then.

    [[nodiscard]] constexpr bool given() const noexcept { return !unbonding.is_zero(); }
};

/// All of it, as governance sets it in one message.
struct CashParams
{
    BorrowParams borrow;
    GateParams gate;        ///< Only with borrow: it needs to know what is supplied.
    StakingParams staking;  ///< Only with borrow, likewise.
};

/// Most that an index grows in one call: what passed beyond is not charged.
inline constexpr Seconds INTEREST_ELAPSED_MAX = Seconds::from_raw(30 * std::uint64_t{86'400});

[[nodiscard]] Refused validate(const BorrowParams& params) noexcept;
[[nodiscard]] Refused validate(const GateParams& params) noexcept;
/// Also what the parts say of one another, and that shares wait at least until an account that was flagged when
/// they were unstaked has been resolved, and the gate has opened.
[[nodiscard]] Refused validate(
    const CashParams& params, const LiquidationParams& liquidation) noexcept;

}  // namespace plimsoll
