// plimsoll: engine/ops/bearers.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See bearers.hpp.
#include "engine/ops/bearers.hpp"

#include "engine/mutation.hpp"
#include "engine/ops/leg.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {
namespace {

/// What a position has lost and not paid, below zero what it has gained. In a perpetual or a future that is all there
/// is to see: a loss stays in the quote until the position ends. Of an option the price is cash: one that was sold owes
/// what it has come to be worth since, one that was bought owes nothing, and has gained nothing that was not paid for.
Money lost_ceil(const Position& position, const Scene& scene) noexcept
{
    const Money worth = notional_floor(position.base, scene.mark(position.market)) + position.quote;
    const bool option = scene.market(position.market).params.kind == MarketKind::option;
    if (option && !position.base.is_negative())
        return not_negative(-worth);
    return -worth - position.not_lost;
}

}  // namespace

Bearers bearers_of(const Account& account, const Scene& scene) noexcept
{
    Bearers bearers;
    for (const Position& position : account.positions)
        if (!is_claim(position))
            CHECK(bearers.markets.push(
                Bearer{position.market, lost_ceil(position, scene), Money::zero()}));
    for (const OwedLoss& owed : account.owed_losses) {
        bool open = false;
        for (Bearer& bearer : bearers.markets)
            if (bearer.market == owed.market) {
                bearer.room += owed.loss;
                open = true;
            }
        if (!open)
            CHECK(bearers.markets.push(Bearer{owed.market, owed.loss, Money::zero()}));
    }
    for (Bearer& bearer : bearers.markets) {
        // Profit that waits to become cash was made there too.
        const Position* held = account.find(bearer.market);
        if (held != nullptr && MUTANT("w4-claims", is_claim(*held), false))
            bearer.room -= held->quote;
        bearer.room = least(not_negative(bearer.room), MONEY_MAX);
    }
    return bearers;
}

void fall_on(Bearers& bearers, Money amount) noexcept
{
    Money room;
    for (const Bearer& bearer : bearers.markets)
        room += bearer.room;
    const Money most = MUTANT("w4-room", least(amount, room), amount);
    Money left = most;
    for (Bearer& bearer : bearers.markets) {
        if (!left.is_positive() || !room.is_positive())
            break;
        const Money part = least(left, weigh_ceil(most, bearer.room, room));
        bearer.part += part;
        bearer.room = not_negative(bearer.room - part);
        left -= part;
    }
    bearers.rest += amount - most + left;
}

void pledge(Bearers& bearers, Money most) noexcept
{
    const Money parts = bearers.parts();
    bearers.pledged = least(MUTANT("w2-pledged", most, Money::zero()), bearers.rest + parts);
    Money left = bearers.pledged;
    const Money of_rest = least(left, bearers.rest);
    bearers.rest -= of_rest;
    left -= of_rest;
    const Money of_parts = left;
    for (Bearer& bearer : bearers.markets) {
        if (!left.is_positive())
            break;
        const Money part =
            least(left, least(bearer.part, weigh_ceil(of_parts, bearer.part, parts)));
        bearer.part -= part;
        left -= part;
    }
}

}  // namespace plimsoll
