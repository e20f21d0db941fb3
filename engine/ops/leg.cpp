// plimsoll: engine/ops/leg.cpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See leg.hpp.
#include "engine/ops/leg.hpp"

namespace plimsoll {

Result<Leg> plan_leg(const Position& from, const Market& market, Quantity dq, Price price) noexcept
{
    Leg leg;
    leg.after = from;
    leg.before = from.base;
    const Money quote = leg.after.quote;
    if (const Error error = trade(leg.after, market.indexes, dq, price); error != Error::ok)
        return error;
    if (market.params.kind == MarketKind::option) {
        leg.cash = leg.after.quote - quote;
        leg.after.quote = quote;
    }
    return leg;
}

Result<Leg> plan_leg(
    const Account& account, const Market& market, MarketId id, Quantity dq, Price price) noexcept
{
    if (const Position* held = account.find(id))
        return plan_leg(*held, market, dq, price);
    if (account.positions.full())
        return Error::too_many_positions;
    Position fresh;
    fresh.market = id;
    return plan_leg(fresh, market, dq, price);
}

void apply_leg(Account& account, Market& market, const Leg& leg) noexcept
{
    market.indexes.open_interest += open_interest_change(leg.before, leg.after.base);
    account.cash += leg.cash;
    market.paid_out += leg.cash;
    if (Position* held = account.find(leg.after.market))
        *held = leg.after;
    else
        CHECK(account.positions.push(leg.after));
    close_if_flat(account, market, leg.after.market);
}

Result<Touched> touch_position(
    Account& account, Market& market, MarketId id, const EpochSource& epochs) noexcept
{
    Position* held = account.find(id);
    if (held == nullptr)
        return Touched{true};
    const Result<Touched> touched = touch(*held, market.indexes, epochs);
    if (touched && touched->done)
        close_if_flat(account, market, id);
    return touched;
}

void close_if_flat(Account& account, Market& market, MarketId id) noexcept
{
    for (std::size_t i = 0; i < account.positions.size(); ++i) {
        const Position& held = account.positions[i];
        if (held.market != id)
            continue;
        if (!held.base.is_zero())
            return;
        account.cash += held.quote;
        market.paid_out += held.quote;
        account.positions.erase(i);
        return;
    }
}

}  // namespace plimsoll
