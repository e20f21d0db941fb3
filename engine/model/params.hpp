// plimsoll: engine/model/params.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What governance sets, and the bounds that it cannot set past.
// Promises: `validate` refuses every set of parameters under which a formula could overflow, initial
// margin could fall below maintenance, or a liquidation could lower an account's health.
#pragma once

#include "engine/error.hpp"
#include "engine/model/feed.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/market.hpp"
#include "engine/model/refused.hpp"
#include "engine/model/standard_params.hpp"
#include "engine/model/volatility_params.hpp"
#include "engine/units/units.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll {

/// A token accepted as collateral. Asset 0 is the quote; it has no underlying and no haircut.
struct Asset
{
    UnderlyingId underlying;  ///< Its price feed.
    std::uint8_t decimals = 0;
    Ratio initial_haircut;      ///< Share of its value that does not count towards initial health.
    Ratio maintenance_haircut;  ///< The same for maintenance; never above the initial one.
    TokenAmount deposit_cap;    ///< Most that all accounts together may hold.
    bool risk_cancelling = false;  ///< Moves with its underlying in the scenarios (F-15).
    Quantity pool_start;  ///< F-6: held by all accounts, above it the weight falls; zero: never.
    Ratio size_discount;  ///< F-6: how fast an account's own amount lowers it; zero: not at all.
    VolatilityHaircutParams volatility;  ///< F-6; not given: none.
    ConfidenceRule confidence;           ///< F-20; a factor of zero charges nothing.
};

/// A risk factor: an index feed and the margin that a position on it needs in standard mode.
struct Underlying
{
    StandardParams standard;
    ProfitRule profit;
};

/// How fast accounts may be liquidated (docs/formulas.md, "Pace").
struct PaceParams
{
    Seconds window;      ///< A bucket drains in it; zero: nothing is limited.
    Money notional_max;  ///< Of all accounts and markets together; zero: only markets are limited.
    Seconds patience;    ///< An account's limit doubles once it has been flagged for longer,
    Seconds doubling;    ///< and again with each of these.

    [[nodiscard]] constexpr bool given() const noexcept { return !window.is_zero(); }
};

/// How an unhealthy account is sold (docs/formulas.md, "Liquidation").
struct LiquidationParams
{
    Ratio buffer;       ///< Target: net collateral >= (1 + buffer) * maintenance requirement.
    Ratio share_start;  ///< The buyer's share of freed margin when the account is flagged,
    Ratio share_fast;   ///< at the end of the fast leg,
    Ratio share_max;    ///< and at the end of the slow leg.
    Ratio fee_share;    ///< The insurance's share of freed margin.
    Seconds fast;       ///< Length of the fast leg.
    Seconds slow;       ///< Length of the slow leg.
    Seconds cool;       ///< An account flagged again within this time resumes its curve.
    Money
        close_out_notional;  ///< A position no larger is sold whole, and no less collateral is sold.
    Money reward_cap;  ///< Most that the insurance adds to rewards for one account on one curve.
    /// Most that the insurance pays in a LOSS_WINDOW of deficits that fall on no market: debts on collateral. Zero: any.
    Money debt_cap;
    PaceParams pace;  ///< Not given: no limits.
};

/// When a price may be used (docs/formulas.md, "Prices").
struct OracleParams
{
    Seconds max_age_trade;        ///< Older: no fill, no withdrawal, no weight at initial.
    Seconds max_age_liquidation;  ///< Older: no liquidation at this price,
    Seconds failed_after;         ///< until it is older than this: then its last value stands.
    Ratio max_confidence;         ///< Wider than this share of the price: no fill, no withdrawal.
    Seconds
        shock_after{};  ///< Older: positions count moved against the account; zero: failed_after.
    Seconds
        longest_block{};  ///< A block takes no longer unless the chain stands still; zero: no grace.
    Seconds gap_min{};    ///< Time missing beyond this is a halt of the chain,
    Seconds grace_max{};  ///< after which solvent accounts have as long as it took, at most this.
};

[[nodiscard]] Refused validate(const Asset& asset) noexcept;
[[nodiscard]] Refused validate(const Underlying& underlying) noexcept;
[[nodiscard]] Refused validate(const LiquidationParams& params) noexcept;
[[nodiscard]] Refused validate(const OracleParams& params) noexcept;
/// Of a feed with that many sources.
[[nodiscard]] Refused validate(const FeedParams& params, std::size_t sources) noexcept;
[[nodiscard]] Refused validate(const MarketParams& params) noexcept;

}  // namespace plimsoll
