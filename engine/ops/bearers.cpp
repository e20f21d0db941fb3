// plimsoll: engine/ops/bearers.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See bearers.hpp.
#include "engine/ops/bearers.hpp"

#include "engine/mutation.hpp"
#include "engine/ops/leg.hpp"
#include "engine/ops/losses.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {
namespace {

/// What has been lost in one market, or gained. What bought options have lost nobody bears, but it nets.
struct Loss
{
    UnderlyingId underlying;
    Money loss;
    bool borne = false;
};
using Losses = List<Loss, 2 * (POSITIONS_MAX + OWED_LOSSES_MAX)>;

/// The part of its loss that a market may bear: what is lost with its underlying beyond what is gained with it.
Money netted_ceil(Money loss, UnderlyingId underlying, const Losses& all) noexcept
{
    Money net;
    Money borne;
    for (const Loss& one : all) {
        if (one.underlying != underlying)
            continue;
        net += one.loss;
        borne += one.borne ? not_negative(one.loss) : Money::zero();
    }
    const Money most = MUTANT("w4-net", not_negative(net), borne);
    return most < borne ? weigh_ceil(most, loss, borne) : loss;
}

}  // namespace

Bearers bearers_of(const Account& account, const Scene& scene) noexcept
{
    Bearers bearers;
    Losses all;
    const auto add = [&](MarketId market, Money lost, bool bought) {
        if (bought)
            CHECK(all.push(Loss{scene.market(market).params.underlying, lost}));
        const Money room = bought ? Money::zero() : lost;
        for (Bearer& bearer : bearers.markets)
            if (bearer.market == market) {
                bearer.room += room;
                return;
            }
        CHECK(bearers.markets.push(Bearer{market, room, Money::zero()}));
    };
    for (const Position& position : account.positions)
        if (!is_claim(position))
            add(position.market, lost_ceil(position, scene.mark(position.market)),
                is_bought(scene.market(position.market).params.kind, position.base));
    for (const OwedLoss& owed : account.owed_losses)
        add(owed.market, owed.loss, owed.bought);
    for (Bearer& bearer : bearers.markets) {
        bearer.room = limited(bearer.room);
        CHECK(all.push(Loss{scene.market(bearer.market).params.underlying, bearer.room, true}));
    }
    for (Bearer& bearer : bearers.markets)
        bearer.room = netted_ceil(
            not_negative(bearer.room), scene.market(bearer.market).params.underlying, all);
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
