// plimsoll: engine/ops/bearers.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See bearers.hpp.
#include "engine/ops/bearers.hpp"

#include "engine/mutation.hpp"
#include "engine/ops/losses.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {
Bearers bearers_of(const Account& account, const Scene& scene) noexcept
{
    Bearers bearers;
    for (const Position& position : account.positions) {
        const MarketKind kind = scene.market(position.market).params.kind;
        const Money lost = lost_ceil(position, kind, scene.mark(position.market));
        CHECK(bearers.markets.push(Bearer{position.market, lost, Money::zero()}));
    }
    for (const OwedLoss& owed : account.owed_losses) {
        Bearer* open = nullptr;
        for (Bearer& bearer : bearers.markets)
            if (bearer.market == owed.market)
                open = &bearer;
        if (open != nullptr)
            open->room += owed.loss;
        else
            CHECK(bearers.markets.push(Bearer{owed.market, owed.loss, Money::zero()}));
    }
    Money net;
    Money losses;
    for (Bearer& bearer : bearers.markets) {
        bearer.room = limited(bearer.room);
        net += bearer.room;
        bearer.room = not_negative(bearer.room);
        losses += bearer.room;
    }
    // What one market has given is no more lost with what another has taken.
    const Money most = MUTANT("w4-net", not_negative(net), losses);
    if (most < losses)
        for (Bearer& bearer : bearers.markets)
            bearer.room = weigh_ceil(most, bearer.room, losses);
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
