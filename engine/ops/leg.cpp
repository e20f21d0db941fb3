// plimsoll: engine/ops/leg.cpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See leg.hpp.
#include "engine/ops/leg.hpp"

#include "engine/mutation.hpp"
#include "engine/ops/losses.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {

Result<Leg> plan_leg(
    const Position& from, const Market& market, Quantity dq, Price price, Price mark) noexcept
{
    Leg leg;
    leg.after = from;
    leg.before = from.base;
    leg.mark = mark;
    const Money lost = lost_ceil(from, mark);
    const Money quote = leg.after.quote;
    if (const Error error = trade(leg.after, market.indexes, dq, price); error != Error::ok)
        return error;
    if (market.params.kind == MarketKind::option) {
        leg.cash = leg.after.quote - quote;
        leg.after.quote = quote;
    }
    keep_lost(leg.after, mark, lost);
    return leg;
}

Result<Leg> plan_leg(const Account& account, const Market& market, MarketId id, Quantity dq,
    Price price, Price mark) noexcept
{
    if (const Position* held = account.find(id))
        return plan_leg(*held, market, dq, price, mark);
    if (account.positions.full())
        return Error::too_many_positions;
    Position fresh;
    fresh.market = id;
    return plan_leg(fresh, market, dq, price, mark);
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
    note_side_ended(
        account, *account.find(leg.after.market), market.params.kind, leg.before, leg.mark);
    close_if_flat(account, market, leg.after.market);
}

Result<Touched> touch_position(
    Account& account, Market& market, MarketId id, const EpochSource& epochs) noexcept
{
    Position* held = account.find(id);
    if (held == nullptr)
        return Touched{true};
    const Quantity before = held->base;
    const Result<Touched> touched = touch(*held, market.indexes, epochs);
    // A touch may end a position, never turn it: no mark is asked for.
    if (touched)
        note_side_ended(account, *held, market.params.kind, before, Price::zero());
    if (touched && touched->done)
        close_if_flat(account, market, id);
    return touched;
}

Money payable_profit(const Market& market, Money profit) noexcept
{
    return profit.is_positive() ? least(profit, MUTANT("a3-pool", pool_of(market), MONEY_MAX))
                                : Money::zero();
}

void move_to_cash(Account& account, Market& market, Position& position, Money amount) noexcept
{
    account.cash += amount;
    market.paid_out += amount;
    take_quote(position, amount);
}

Money close_if_flat(Account& account, Market& market, MarketId id) noexcept
{
    for (std::size_t i = 0; i < account.positions.size(); ++i) {
        Position& held = account.positions[i];
        if (held.market != id)
            continue;
        if (!held.base.is_zero())
            return Money::zero();
        const Money moved =
            held.quote.is_positive() ? payable_profit(market, held.quote) : held.quote;
        move_to_cash(account, market, held, moved);
        if (held.quote.is_zero())
            account.positions.erase(i);
        return moved;
    }
    return Money::zero();
}

bool has_open_position(const Account& account) noexcept
{
    for (const Position& position : account.positions)
        if (!position.base.is_zero())
            return true;
    return false;
}

bool owes_nothing(const Account& account) noexcept
{
    if (account.cash.is_negative())
        return false;
    for (const Position& position : account.positions)
        if (!position.base.is_zero() || position.quote.is_negative())
            return false;
    return true;
}

Money settle_loss(Account& account, Market& market, Position& position, Price mark) noexcept
{
    const Money value = market.params.kind == MarketKind::option
                            ? position.quote
                            : notional_ceil(position.base, mark) + position.quote;
    if (position.base.is_zero() || !value.is_negative() || !account.cash.is_positive())
        return Money::zero();
    const Money settled = least(-value, MUTANT("a3-settle-cash", account.cash, MONEY_MAX));
    move_to_cash(account, market, position, -settled);
    return -settled;
}

Money take_profit(Account& account, Market& market, Position& position, Price mark) noexcept
{
    const Money value = market.params.kind == MarketKind::option
                            ? position.quote
                            : notional_floor(position.base, mark) + position.quote;
    if (position.base.is_zero())
        return Money::zero();
    const Money taken = payable_profit(market, value);
    move_to_cash(account, market, position, taken);
    return taken;
}

}  // namespace plimsoll
