// plimsoll: engine/solvency/staking.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. Shares of the insurance: who stakes quote owns a part of what the insurance
// has, its inventory too, less what it will have to pay as far as that is known.
// Promises: what a stake buys and what shares are worth round against the staker; virtual shares make it
// worthless to move the price before somebody else's stake; an estimate of losses makes leaving dearer, never
// joining cheaper, and who joins pays the inventory's index, who leaves gets its resale price; shares that are on
// their way out bear losses until they are paid, and are staked again when they are not fetched. While a deficit
// is uncovered shares sleep: nobody joins, and who leaves gets nothing. A new epoch begins, and older shares are
// worth nothing, only when suppliers have borne a part of it, or all has been used up and nothing is owed.
#pragma once

#include "engine/model/cash_params.hpp"
#include "engine/model/insurance.hpp"
#include "engine/model/params.hpp"
#include "engine/num/int128.hpp"
#include "engine/result.hpp"
#include "engine/units/units.hpp"

#include <cstdint>

namespace plimsoll {

/// Shares that nobody owns, so that the price has a floor to move from.
inline constexpr num::i128 VIRTUAL_SHARES = 1'000'000;
/// How long shares that have waited can be fetched. Kept longer, a matured wait would be leave to go at sight of
/// the next loss.
inline constexpr Seconds STAKE_CLAIM_WINDOW = Seconds::from_raw(86'400);
/// No more shares than a message can name.
inline constexpr num::i128 SHARES_MAX = MONEY_MAX.raw();

/// Shares are worthless below a millionth of par, of VIRTUAL_SHARES a raw unit of money: so many of them stand
/// against less than a raw unit. At such a price a trifle could buy all shares that there may be.
inline constexpr num::i128 WORTHLESS_SHARES = VIRTUAL_SHARES * 1'000'000;

/// Of the house.
struct Staking
{
    std::uint32_t epoch = 0;
    num::i128 shares = 0;     ///< Of this epoch, with those that are unbonding and the house's own.
    Money expected_deficits;  ///< Estimated deficits of flagged accounts, summed.
};

/// Of one staker.
struct Stake
{
    std::uint32_t epoch = 0;
    num::i128 shares = 0;     ///< Staked.
    num::i128 unbonding = 0;  ///< On their way out,
    Seconds since;            ///< since then.
};

/// What the house took over and has not sold yet, as the house's asset: less what of it is the suppliers'.
struct InventoryWorth
{
    Money index_ceil;    ///< For who joins.
    Money resale_floor;  ///< For who leaves; never above the other.
};

/// The two where the inventory is worth so much in all. @pre resale_floor <= index_ceil
[[nodiscard]] InventoryWorth less_advanced(
    const Insurance& insurance, Money index_ceil, Money resale_floor) noexcept;

/// Whether shares are worthless that have so much behind them. None are not, unless something is owed.
[[nodiscard]] constexpr bool worthless(Money assets, num::i128 shares) noexcept
{
    // assets * WORTHLESS_SHARES < shares
    return assets.raw() < shares / WORTHLESS_SHARES + (shares % WORTHLESS_SHARES != 0 ? 1 : 0);
}

/// What all shares together are worth to who leaves; below zero when more is owed than there is.
[[nodiscard]] constexpr Money net_assets(
    const Insurance& insurance, const Staking& staking, const InventoryWorth& inventory) noexcept
{
    return insurance.balance + inventory.resale_floor - insurance.open_deficit -
           staking.expected_deficits;
}

/// Adds `amount` > 0 and the shares that it buys at balance and inventory less the open deficit: an estimated
/// deficit may be somebody's own and come to nothing, so no stake gets cheaper by it. What the insurance had
/// before anybody staked stays the house's: it gets shares for it. Floor. The stake repays the open deficit first:
/// beside it, the inventory could gain for the stakers and lose for the suppliers. @return the staker's new shares
/// Errors: staking_closed while a deficit is uncovered, or open beside an advance that the inventory would not repay
/// too, or shares are worthless, zero_amount (too little for a
/// share), out_of_range. Nothing changes after an error.
[[nodiscard]] Result<num::i128> add_stake(
    Staking& staking, Insurance& insurance, Money amount, const InventoryWorth& inventory) noexcept;

/// What so many shares are worth now. Floor. With an inventory it may be more than the balance.
[[nodiscard]] Money worth_floor(const Staking& staking, const Insurance& insurance,
    num::i128 shares, const InventoryWorth& inventory) noexcept;

/// Begins a new epoch where shares are worthless, nothing is owed, and there is no inventory of any worth. Estimates
/// do not count. @return whether it did
bool end_worthless_epoch(
    Staking& staking, const Insurance& insurance, Money inventory_ceil) noexcept;

/// Begins a new epoch where suppliers have borne something and the insurance has nothing: what its inventory gains
/// later is no longer the stakers'. @return whether it did
bool end_borne_epoch(Staking& staking, const Insurance& insurance, Money from_suppliers) noexcept;

/// How long shares wait before they can be fetched. Never less than a flagged account may take to be resolved and
/// the gate to open, whatever governance has changed since.
[[nodiscard]] Seconds unbonding_length(
    const CashParams& cash, const LiquidationParams& liquidation) noexcept;

/// The stake as of now: shares of an older epoch are gone; those that have waited for `unbonding` and were not
/// fetched within STAKE_CLAIM_WINDOW are staked again.
[[nodiscard]] Stake current(
    const Stake& stake, const Staking& staking, Seconds unbonding, Seconds now) noexcept;

}  // namespace plimsoll
