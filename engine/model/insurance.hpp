// plimsoll: engine/model/insurance.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. The house's own purse: what it can lose, what it has lost already, and
// the collateral that it took over.
// Promises: the balance is never negative; what it cannot pay is an open deficit, and what it earns
// repays the open deficit first. What the inventory will bring is the house's like the balance: only the rest
// of an open deficit is anybody's loss; what suppliers have borne meanwhile comes before the house's own gain.
#pragma once

#include "engine/check.hpp"
#include "engine/model/bucket.hpp"
#include "engine/model/limits.hpp"
#include "engine/mutation.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// A price may have fallen to a tenth when suppliers bear what inventory does not cover.
inline constexpr Ratio ADVANCE_REACH = Ratio::from_units(10);

/// Within what Money holds, and a hundred times what an account may.
inline constexpr Money OPEN_DEFICIT_MAX = Money::from_raw(MONEY_MAX.raw() * 100);

struct Insurance
{
    Money balance;
    Money open_deficit;  ///< Owed to depositors of quote; not there in quote.
    Money
        advanced;  ///< What suppliers have borne beside the inventory: the next of what it brings is theirs.
    TokenAmount inventory[ASSETS_MAX];  ///< Collateral taken over, for anyone to buy.
    Bucket sold;  ///< Notional liquidated of all accounts, against PaceParams::notional_max.
    Bucket
        debts;  ///< What it paid of deficits that fall on no market, against LiquidationParams::debt_cap.

    /// Credits `amount` >= 0: first against the open deficit.
    constexpr void receive(Money amount) noexcept
    {
        CHECK(amount >= Money::zero());
        const Money repaid = amount < open_deficit ? amount : open_deficit;
        open_deficit -= repaid;
        balance += amount - repaid;
    }

    /// Pays up to `amount` >= 0 from the balance and says how much that was.
    [[nodiscard]] constexpr Money pay_up_to(Money amount) noexcept
    {
        CHECK(amount >= Money::zero());
        const Money paid = amount < balance ? amount : balance;
        balance -= paid;
        return paid;
    }

    /// Pays all of `amount` >= 0; what the balance lacks becomes open deficit.
    constexpr void pay_all(Money amount) noexcept { owe(amount - pay_up_to(amount)); }

    /// Adds `amount` >= 0 to the open deficit. What passes OPEN_DEFICIT_MAX is forgotten: nobody could ever pay it.
    constexpr void owe(Money amount) noexcept
    {
        const Money room = OPEN_DEFICIT_MAX - open_deficit;
        open_deficit += amount < room ? amount : room;
    }

    /// Notes what suppliers have borne beside inventory of this worth. It comes back from what inventory brings, and no
    /// later piece pays for what this one never could: ADVANCE_REACH times what it is worth now is the most.
    void advance(Money borne, Money worth) noexcept
    {
        const Money reach = worth < MONEY_MAX ? scale_floor(worth, ADVANCE_REACH) : MONEY_MAX;
        const Money most = MUTANT("w10-reach", reach, MONEY_MAX);
        const Money all = advanced + borne;
        advanced = all < most ? all : advanced < most ? most : advanced;
    }

    /// What of so much that inventory brings, or would bring, is the suppliers': beyond the open deficit.
    [[nodiscard]] constexpr Money owed_back(Money proceeds) const noexcept
    {
        const Money beyond = proceeds > open_deficit ? proceeds - open_deficit : Money::zero();
        return beyond < advanced ? beyond : advanced;
    }

    [[nodiscard]] constexpr bool has_inventory() const noexcept
    {
        for (const TokenAmount& held : inventory)
            if (!held.is_zero())
                return true;
        return false;
    }

    /// What of the open deficit the inventory does not cover. `resale`: what it will bring, floor.
    [[nodiscard]] constexpr Money uncovered(Money resale) const noexcept
    {
        return resale < open_deficit ? open_deficit - resale : Money::zero();
    }
};

}  // namespace plimsoll
