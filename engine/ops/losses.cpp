// plimsoll: engine/ops/losses.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See losses.hpp.
#include "engine/ops/losses.hpp"

#include "engine/mutation.hpp"
#include "engine/risk/money_bracket.hpp"
#include "engine/risk/position_view.hpp"

namespace plimsoll {
namespace {

Money worth_floor(Quantity base, Money quote, Price mark) noexcept
{
    return notional_floor(base, mark) + quote;
}

/// Neither side's: no base.
int sign(Quantity base) noexcept
{
    return base.is_zero() ? 0 : base.is_negative() ? -1 : 1;
}

}  // namespace

Money lost_ceil(const Position& position, Price mark) noexcept
{
    return position.seen_worth - worth_floor(position.base, position.quote, mark);
}

void keep_lost(Position& position, Price mark, Money lost) noexcept
{
    const Money worth = worth_floor(position.base, position.quote, mark);
    position.seen_worth = limited(MUTANT("w4-traded", worth + lost, position.seen_worth));
}

void take_quote(Position& position, Money amount) noexcept
{
    position.quote -= amount;
    position.seen_worth = limited(position.seen_worth - MUTANT("w4-taken", amount, Money::zero()));
}

void note_side_ended(
    Account& account, Position& position, MarketKind kind, Quantity before, Price mark) noexcept
{
    if (before.is_zero() || sign(before) == sign(position.base))
        return;
    note_lost(account,
        OwedLoss{position.market, MUTANT("w4-ended", lost_ceil(position, mark), Money::zero()),
            MUTANT("w4-bought", is_bought(kind, before), false)});
    position.seen_worth = limited(worth_floor(position.base, position.quote, mark));
}

void note_lost(Account& account, const OwedLoss& lost) noexcept
{
    if (lost.loss.is_zero())
        return;
    for (std::size_t i = 0; i < account.owed_losses.size(); ++i) {
        OwedLoss& owed = account.owed_losses[i];
        if (owed.market != lost.market || owed.bought != lost.bought)
            continue;
        owed.loss = limited(owed.loss + lost.loss);
        if (owed.loss.is_zero())
            account.owed_losses.erase(i);
        return;
    }
    if (account.owed_losses.push(OwedLoss{lost.market, limited(lost.loss), lost.bought}) ||
        lost.bought || lost.loss.is_negative())
        return;
    const auto owed_of = [](const OwedLoss& owed) {
        return owed.bought ? Money::zero() : not_negative(owed.loss);
    };
    OwedLoss* smallest = &account.owed_losses[0];
    for (OwedLoss& owed : account.owed_losses)
        if (owed_of(owed) < owed_of(*smallest))
            smallest = &owed;
    const Money joined = MUTANT("w4-joined", owed_of(*smallest), Money::zero());
    const MarketId market = joined < lost.loss ? lost.market : smallest->market;
    *smallest = OwedLoss{market, limited(joined + lost.loss)};
}

void see_healthy(Account& account, const Scene& scene) noexcept
{
    for (Position& position : account.positions)
        if (const auto now = view(position, scene.market(position.market).indexes, scene.epochs()))
            position.seen_worth =
                limited(worth_floor(now->base, now->quote, scene.mark(position.market)));
    account.owed_losses.clear();
}

}  // namespace plimsoll
