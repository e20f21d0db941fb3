// plimsoll: engine/solvency/staking.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See staking.hpp.
#include "engine/solvency/staking.hpp"

#include "engine/mutation.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/risk/money_bracket.hpp"

#include <optional>

namespace plimsoll {

namespace {

/// Above it the house's own shares would pass SHARES_MAX.
constexpr num::i128 FIRST_ASSETS_MAX = SHARES_MAX / VIRTUAL_SHARES;

void begin_epoch(Staking& staking) noexcept
{
    ++staking.epoch;
    staking.shares = 0;
}

}  // namespace

InventoryWorth less_advanced(
    const Insurance& insurance, Money index_ceil, Money resale_floor) noexcept
{
    return {index_ceil - MUTANT("w10-joining", insurance.owed_back(index_ceil), Money::zero()),
        resale_floor - MUTANT("w10-leaving", insurance.owed_back(resale_floor), Money::zero())};
}

Result<num::i128> add_stake(
    Staking& staking, Insurance& insurance, Money amount, const InventoryWorth& inventory) noexcept
{
    const Money assets = net_assets(insurance, staking, inventory);
    // What a stake repays of the deficit the inventory would bring for suppliers, as far as it has not brought them
    // what they have advanced.
    const bool beside = insurance.open_deficit.is_positive() && insurance.advanced.is_positive() &&
                        inventory.resale_floor <= insurance.open_deficit;
    if (GUARD("w7-closed", insurance.uncovered(inventory.resale_floor).is_positive()) ||
        GUARD("w10-beside", beside) || GUARD("w7-worthless", worthless(assets, staking.shares)))
        return Error::staking_closed;
    const Money whole = MUTANT("w7-inventory",
        insurance.balance + inventory.index_ceil - insurance.open_deficit, insurance.balance);
    const Money price = not_negative(MUTANT("w7-estimate", whole, assets));
    num::i128 all = staking.shares;
    if (all == 0) {
        // At the price that the first staker of an empty insurance pays.
        if (price.raw() > FIRST_ASSETS_MAX)
            return Error::out_of_range;
        all = price.raw() * VIRTUAL_SHARES;
    }
    const std::optional<num::i128> bought =
        num::mul_div_floor(amount.raw(), all + VIRTUAL_SHARES, price.raw() + 1);
    if (!bought || *bought > SHARES_MAX - all)
        return Error::out_of_range;
    if (*bought == 0)
        return Error::zero_amount;
    staking.shares = all + *bought;
    if (MUTANT("w7-repays", true, false))
        insurance.receive(amount);
    else
        insurance.balance += amount;
    return *bought;
}

Money worth_floor(const Staking& staking, const Insurance& insurance, num::i128 shares,
    const InventoryWorth& inventory) noexcept
{
    const Money assets = net_assets(insurance, staking, inventory);
    if (!assets.is_positive() || shares <= 0)
        return Money::zero();
    const Money worth = Money::from_raw(
        checked(num::mul_div_floor(shares, assets.raw() + 1, staking.shares + VIRTUAL_SHARES)));
    return worth < assets ? worth : assets;
}

bool end_worthless_epoch(
    Staking& staking, const Insurance& insurance, Money inventory_ceil) noexcept
{
    if (staking.shares == 0 || !worthless(insurance.balance, staking.shares) ||
        GUARD("w7-epoch", !inventory_ceil.is_zero()) ||
        GUARD("w7-sleep", insurance.open_deficit.is_positive()))
        return false;
    begin_epoch(staking);
    return true;
}

bool end_borne_epoch(Staking& staking, const Insurance& insurance, Money from_suppliers) noexcept
{
    if (staking.shares == 0 || !insurance.balance.is_zero() ||
        GUARD("w7-borne", !from_suppliers.is_positive()))
        return false;
    begin_epoch(staking);
    return true;
}

Seconds unbonding_length(const CashParams& cash, const LiquidationParams& liquidation) noexcept
{
    const Seconds least = liquidation.fast + liquidation.slow + cash.gate.closed_max;
    return cash.staking.unbonding < least ? least : cash.staking.unbonding;
}

Stake current(const Stake& stake, const Staking& staking, Seconds unbonding, Seconds now) noexcept
{
    if (stake.epoch != staking.epoch)
        return Stake{staking.epoch, 0, 0, Seconds::zero()};
    Stake held = stake;
    if (GUARD("w7-window", elapsed(stake.since, now) >= unbonding + STAKE_CLAIM_WINDOW)) {
        held.shares += held.unbonding;
        held.unbonding = 0;
    }
    return held;
}

}  // namespace plimsoll
