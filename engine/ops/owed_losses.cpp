// plimsoll: engine/ops/owed_losses.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See owed_losses.hpp.
#include "engine/ops/owed_losses.hpp"

#include "engine/mutation.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {
namespace {

void hold_to(Account& account, Money debt) noexcept
{
    if (!debt.is_positive())
        return account.owed_losses.clear();
    Money all;
    for (const OwedLoss& owed : account.owed_losses)
        all += owed.loss;
    if (all <= debt)
        return;
    for (OwedLoss& owed : account.owed_losses)
        owed.loss = weigh_ceil(debt, owed.loss, all);
}

}  // namespace

void note_owed(Account& account, MarketId id, Money loss) noexcept
{
    if (!MUTANT("w4-flagged", account.flag.raised, false)) {
        // What cash could still pay before.
        hold_to(account, -account.cash - loss);
        loss = least(loss, -account.cash);
    }
    if (!loss.is_positive())
        return;
    for (OwedLoss& owed : account.owed_losses)
        if (owed.market == id) {
            owed.loss = least(owed.loss + loss, MONEY_MAX);
            return;
        }
    if (account.owed_losses.push(OwedLoss{id, least(loss, MONEY_MAX)}))
        return;
    OwedLoss* smallest = &account.owed_losses[0];
    for (OwedLoss& owed : account.owed_losses)
        if (owed.loss < smallest->loss)
            smallest = &owed;
    const Money both = least(MUTANT("w4-joined", smallest->loss, Money::zero()) + loss, MONEY_MAX);
    *smallest = OwedLoss{smallest->loss < loss ? id : smallest->market, both};
}

void note_earned(Account& account, MarketId id, Money earned) noexcept
{
    for (std::size_t i = 0; i < account.owed_losses.size(); ++i) {
        OwedLoss& owed = account.owed_losses[i];
        if (owed.market != id)
            continue;
        owed.loss -= MUTANT("w4-earned", least(earned, owed.loss), Money::zero());
        if (owed.loss.is_zero())
            account.owed_losses.erase(i);
        return;
    }
}

void forget_lapsed(Account& account) noexcept
{
    hold_to(account, MUTANT("w4-lapsed", -account.cash, MONEY_MAX));
}

void forget_paid(Account& account) noexcept
{
    if (!account.flag.raised)
        hold_to(account,
            MUTANT("w4-paid", MUTANT("w4-forgets", -account.cash, Money::zero()), MONEY_MAX));
}

}  // namespace plimsoll
