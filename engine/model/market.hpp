// plimsoll: engine/model/market.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. A market: what governance set, and what has happened to its two sides
// since.
#pragma once

#include "engine/model/bucket.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/market_kind.hpp"
#include "engine/model/market_status.hpp"
#include "engine/model/option_type.hpp"
#include "engine/num/int128.hpp"
#include "engine/units/units.hpp"

#include <cstdint>

namespace plimsoll {

enum class Side : std::uint8_t
{
    long_side = 0,
    short_side = 1,
};

[[nodiscard]] constexpr Side opposite(Side side) noexcept
{
    return side == Side::long_side ? Side::short_side : Side::long_side;
}

/// One side's running indexes (engine/solvency/side_index.hpp has the algebra).
struct SideIndex
{
    num::i128 a = 0;  ///< Share of a position that is left, 27 decimals; starts an epoch at 1.
    num::i128 k = 0;  ///< Quote per unit of base at a = 1, 27 decimals.
    std::uint32_t epoch = 0;  ///< How often the side has been emptied or rescaled.
    num::i128 dust =
        0;  ///< Bound on the base that rounding has left between sum and open interest.
};

/// How one epoch of a side ended. Kept for ever: a position may sleep through it.
struct EpochRecord
{
    num::i128 a_end = 0;
    num::i128 k_end = 0;
};

struct MarketIndexes
{
    num::i128 open_interest = 0;  ///< Base, 18 decimals. One number: both sides are equal.
    SideIndex sides[2];

    [[nodiscard]] constexpr SideIndex& of(Side side) noexcept
    {
        return sides[static_cast<std::size_t>(side)];
    }
    [[nodiscard]] constexpr const SideIndex& of(Side side) const noexcept
    {
        return sides[static_cast<std::size_t>(side)];
    }
};

struct MarketParams
{
    UnderlyingId underlying;
    MarketKind kind = MarketKind::perpetual;
    OptionType type = OptionType::call;  ///< Options.
    MarketStatus status = MarketStatus::active;
    Seconds expiry;              ///< Futures and options; zero for a perpetual.
    Price strike;                ///< Options; zero is a strike.
    Quantity lot;                ///< Sizes of fills and liquidations are whole numbers of it.
    Ratio fill_band;             ///< Greatest |fill price - index|; of what is dated - mark.
    Ratio premium_max;           ///< Perpetuals: greatest |mark - index| as a share of the index,
    Seconds premium_window;      ///< time constant of the premium's moving average,
    Seconds funding_window;      ///< a premium is paid in full, as funding, over this time,
    Rate funding_cap;            ///< and greatest funding a day, as a share of the index.
    Quantity open_interest_max;  ///< Fills that raise open interest above it are refused.
    Ratio loss_cap;         ///< Greatest socialised loss a unit and window, as a share of mark.
    Money liquidation_max;  ///< Notional that may be liquidated in a window of pace; zero: any.
    Money insurance_cap;    ///< Most that the insurance pays for it in a LOSS_WINDOW; zero: any.
    Ratio maker_fee;  ///< Of the notional of a fill, from whoever did not take, to the insurance;
    Ratio taker_fee;  ///< from whoever did; never below the maker's.
    /// A fill's index must have been published after the order was given.
    bool fill_at_oracle = false;
};

/// Socialised loss and what the insurance pays for a market are capped over windows of this length.
inline constexpr Seconds LOSS_WINDOW = Seconds::from_raw(86'400);

struct Market
{
    MarketParams params;
    MarketIndexes indexes;
    Price premium;              ///< Moving average of what publishers saw above the index; signed.
    Seconds premium_time;       ///< Publish time of the last premium.
    Seconds funding_time;       ///< Funding has been accrued up to here.
    Seconds loss_window_start;  ///< Start of the window that `loss_in_window` counts in.
    Price loss_in_window;       ///< Socialised loss a unit, summed over the window.
    /// Quote that has left positions of this market for cash (or for the house), less what has come in.
    /// With it the sum of all position quotes is known to the last unit: see `residue` in the audit. Below
    /// zero it is the market's pool: losses that have become cash and that no winner has been paid yet.
    Money paid_out;
    Bucket sold;         ///< Notional liquidated, against params.liquidation_max.
    Bucket insured;      ///< What the insurance has paid, against params.insurance_cap.
    Seconds settles_at;  ///< A perpetual that winds down: the end of its window; zero: it does not.
    Seconds settled_at;  ///< Closed markets: when that was; zero while it is open.
    Price settlement;    ///< What the underlying settled at; zero where nothing was open.

    [[nodiscard]] constexpr bool closed() const noexcept
    {
        return params.status == MarketStatus::closed;
    }
    /// When it settles: its expiry, or the end of its wind-down; zero: never.
    [[nodiscard]] constexpr Seconds end() const noexcept
    {
        return params.kind == MarketKind::perpetual ? settles_at : params.expiry;
    }
    /// Whether that time has come.
    [[nodiscard]] constexpr bool ended(Seconds now) const noexcept
    {
        return !end().is_zero() && end() <= now;
    }
    /// Its status: that of an expired market is `settling`, whatever is stored.
    [[nodiscard]] constexpr MarketStatus status_at(Seconds now) const noexcept
    {
        return !closed() && ended(now) ? MarketStatus::settling : params.status;
    }
};

/// What one unit of a market is worth once its underlying settles at that price: an option's payoff, or the
/// price. Exact.
[[nodiscard]] constexpr Price payoff_of(const MarketParams& params, Price settlement) noexcept
{
    if (params.kind != MarketKind::option)
        return settlement;
    const Price gain =
        params.type == OptionType::call ? settlement - params.strike : params.strike - settlement;
    return gain.is_positive() ? gain : Price::zero();
}

}  // namespace plimsoll
