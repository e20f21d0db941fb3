// plimsoll: engine/ops/losses.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See losses.hpp.
#include "engine/ops/losses.hpp"

#include "engine/mutation.hpp"
#include "engine/risk/money_bracket.hpp"
#include "engine/risk/position_view.hpp"

namespace plimsoll {

Money counted_worth_floor(Quantity base, Money quote, MarketKind kind, Price mark) noexcept
{
    if (MUTANT("w4-bought", kind == MarketKind::option, false)) {
        base = base.is_negative() ? base : Quantity::zero();
        quote = least(quote, Money::zero());
    }
    return notional_floor(base, mark) + quote;
}

Money lost_ceil(const Position& position, MarketKind kind, Price mark) noexcept
{
    return position.seen_worth - counted_worth_floor(position.base, position.quote, kind, mark);
}

void keep_lost(Position& position, MarketKind kind, Price mark, Money lost) noexcept
{
    const Money worth = counted_worth_floor(position.base, position.quote, kind, mark);
    position.seen_worth = limited(MUTANT("w4-traded", worth + lost, position.seen_worth));
}

void take_quote(Position& position, MarketKind kind, Money amount) noexcept
{
    // Of what it is worth only the quote changes, so any price shows by how much.
    const Money lost = lost_ceil(position, kind, Price::zero());
    position.quote -= amount;
    keep_lost(position, kind, Price::zero(),
        MUTANT("w4-taken", lost, lost_ceil(position, kind, Price::zero())));
}

void note_lost(Account& account, MarketId id, Money lost) noexcept
{
    if (lost.is_zero())
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

void see_healthy(Account& account, const Scene& scene) noexcept
{
    for (Position& position : account.positions) {
        const Market& market = scene.market(position.market);
        if (const auto now = view(position, market.indexes, scene.epochs()))
            position.seen_worth = limited(counted_worth_floor(
                now->base, now->quote, market.params.kind, scene.mark(position.market)));
    }
    account.owed_losses.clear();
}

}  // namespace plimsoll
