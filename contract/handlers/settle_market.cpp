// plimsoll: contract/handlers/settle_market.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the hall. How markets end. Settling is permissionless and no pause stops it.
#include "contract/handlers.hpp"
#include "contract/handlers/close_market.hpp"
#include "engine/mutation.hpp"
#include "engine/oracle/settlement.hpp"
#include "engine/solvency/side_index.hpp"

namespace plimsoll::contract {

namespace {

/// What the market settles by. One that was listed before there were averages has none: it settles by the
/// price that stands, after the wait.
Settlement settlement_of(Call& call, const Market& market, const Settlements& settlements)
{
    if (const Settlement* found = settlement_at(settlements, market.end()))
        return *found;
    Settlement none;
    none.end = market.end();
    none.terms = call.store.config().settlement;
    none.standing = call.store.board().of(market.params.underlying).price;
    return none;
}

/// Where the window that opens now ends; a second later where another window ends then, so that none begins
/// before it was announced.
Seconds end_of_window(Call& call, const Settlements& settlements)
{
    Seconds end = call.now() + call.store.config().settlement.window;
    for (const Settlement* there = settlement_at(settlements, end);
        there != nullptr && !(there->start() == call.now());
        there = settlement_at(settlements, end))
        end = end + Seconds::from_raw(1);
    return end;
}

}  // namespace

Error close_market(Call& call, MarketId id, Market& market, Price settlement, StatusCause cause)
{
    if (!may_become(market.status_at(call.now()), MarketStatus::closed, cause))
        return call.fail(Error::status_transition, "market", id.value);
    const UnderlyingId underlying = market.params.underlying;
    const Price payoff = payoff_of(market.params, settlement);
    const Result<ExpiredMarket> expired = expire(market.indexes, payoff);
    if (!expired)
        return call.fail(expired.error(), "market", id.value);
    call.store.add_epoch(id, expired->longs);
    call.store.add_epoch(id, expired->shorts);
    if (!market.settles_at.is_zero() && !call.store.leave_settlement(underlying, market.settles_at))
        return call.missing("underlying", underlying.value);
    market.params.status = MarketStatus::closed;
    market.settled_at = call.now();
    market.settlement = settlement;
    call.emit("market_settled")
        .number("market", id.value)
        .decimal("settlement", settlement)
        .decimal("payoff", payoff);
    return Error::ok;
}

Error handle(Call& call, const message::SettleMarket& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    MarketRecord* record = nullptr;
    if (const Error error = call.open_market(message.market, record); error != Error::ok)
        return error;
    Market& market = record->market;
    if (GUARD("g2-settled-twice", market.closed()))
        return call.fail(Error::market_settled, "market", message.market.value);
    if (!market.ended(call.now()))
        return call.fail(Error::not_expired, "market", message.market.value);
    const Settlements* settlements = call.store.settlements(market.params.underlying);
    if (settlements == nullptr)
        return call.missing("underlying", market.params.underlying.value);
    const Result<Price> price = settle(settlement_of(call, market, *settlements), call.now());
    if (!price)
        return call.fail(price.error(), "market", message.market.value);
    return close_market(call, message.market, market, *price, StatusCause::settlement);
}

Error handle(Call& call, const message::WindDown& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    MarketRecord* record = nullptr;
    if (const Error error = call.open_market(message.market, record); error != Error::ok)
        return error;
    Market& market = record->market;
    if (!may_become(market.status_at(call.now()), MarketStatus::settling, StatusCause::wind_down))
        return call.fail(Error::status_transition, "market", message.market.value);
    const UnderlyingId underlying = market.params.underlying;
    const Settlements* settlements = call.store.settlements(underlying);
    if (settlements == nullptr)
        return call.missing("underlying", underlying.value);
    if (market.settles_at.is_zero()) {
        const Seconds end = market.params.kind == MarketKind::perpetual
                                ? end_of_window(call, *settlements)
                                : market.params.expiry;
        if (const Error error = call.store.join_settlement(underlying, end); error != Error::ok)
            return call.fail(error, "underlying", underlying.value);
        market.settles_at = end;
    }
    market.params.status = MarketStatus::settling;
    call.emit("market_winding_down")
        .number("market", message.market.value)
        .number("settles_at", market.settles_at.raw());
    return Error::ok;
}

Error handle(Call& call, const message::SetReduceOnly& message)
{
    if (const Error error = call.require_role(role::GUARDIAN); error != Error::ok)
        return error;
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    MarketRecord* record = nullptr;
    if (const Error error = call.open_market(message.market, record); error != Error::ok)
        return error;
    Market& market = record->market;
    if (!may_become(market.status_at(call.now()), MarketStatus::reduce_only, StatusCause::guardian))
        return call.fail(Error::status_transition, "market", message.market.value);
    market.params.status = MarketStatus::reduce_only;
    call.emit("market_reduce_only").number("market", message.market.value);
    return Error::ok;
}

Error handle(Call& call, const message::SetSettlement& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    if (const Refused refused = validate(message.params); refused != Error::ok)
        return call.refuse(refused);
    call.store.change_config().settlement = message.params;
    call.emit("settlement_set");
    return Error::ok;
}

Error handle(Call& call, const message::SetSettlementPrice& message)
{
    // It is wanted within the wait, which a timelock outlasts; and it is held within the bound of its terms.
    if (!call.by_proposal)
        if (const Error error = call.require_governor(); error != Error::ok)
            return error;
    Settlements* settlements = call.store.change_settlements(message.underlying);
    if (settlements == nullptr)
        return call.missing("underlying", message.underlying.value);
    for (Settlement& settlement : *settlements) {
        if (!(settlement.end == message.expiry))
            continue;
        if (const Error error = choose_settlement(settlement, message.price, call.now());
            error != Error::ok)
            return call.fail(error, "price");
        call.emit("settlement_price_set")
            .number("underlying", message.underlying.value)
            .number("expiry", message.expiry.raw())
            .decimal("price", message.price);
        return Error::ok;
    }
    return call.fail(Error::no_settlement, "underlying", message.underlying.value);
}

}  // namespace plimsoll::contract
