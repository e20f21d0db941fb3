// plimsoll: engine/ops/owed_losses.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See owed_losses.hpp.
#include "engine/ops/owed_losses.hpp"

#include "engine/mutation.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {
namespace {

/// Losses beyond gains are no more than `debt`.
void hold_to(Account& account, Money debt) noexcept
{
    if (!debt.is_positive())
        return account.owed_losses.clear();
    Money losses;
    Money most = debt;
    for (const OwedLoss& owed : account.owed_losses) {
        losses += not_negative(owed.loss);
        most += not_negative(-owed.loss);
    }
    if (losses <= most)
        return;
    for (OwedLoss& owed : account.owed_losses)
        if (owed.loss.is_positive())
            owed.loss = weigh_ceil(most, owed.loss, losses);
}

}  // namespace

void note_lost(Account& account, MarketId id, Money lost) noexcept
{
    if (lost.is_zero() || MUTANT("w4-earned", false, lost.is_negative()))
        return;
    for (std::size_t i = 0; i < account.owed_losses.size(); ++i) {
        OwedLoss& owed = account.owed_losses[i];
        if (owed.market != id)
            continue;
        owed.loss = limited(owed.loss + lost);
        if (owed.loss.is_zero())
            account.owed_losses.erase(i);
        return;
    }
    if (account.owed_losses.push(OwedLoss{id, limited(lost)}) || lost.is_negative())
        return;
    OwedLoss* smallest = &account.owed_losses[0];
    for (OwedLoss& owed : account.owed_losses)
        if (owed.loss < smallest->loss)
            smallest = &owed;
    const Money both = MUTANT("w4-joined", not_negative(smallest->loss), Money::zero()) + lost;
    *smallest = OwedLoss{smallest->loss < lost ? id : smallest->market, limited(both)};
}

void forget_lapsed(Account& account) noexcept
{
    hold_to(account, MUTANT("w4-lapsed", -account.cash, MONEY_MAX));
}

void forget_paid(Account& account) noexcept
{
    if (!MUTANT("w4-flagged", account.flag.raised, false))
        hold_to(account,
            MUTANT("w4-paid", MUTANT("w4-forgets", -account.cash, Money::zero()), MONEY_MAX));
}

}  // namespace plimsoll
