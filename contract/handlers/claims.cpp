// plimsoll: contract/handlers/claims.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall. Losses and profit that become cash, outside of trades. No pause stops it: nothing here moves a
// token, adds a risk or changes an account's equity.
#include "contract/handlers.hpp"
#include "engine/ops/leg.hpp"

namespace plimsoll::contract {
namespace {

/// The account's position in the market, touched, and the market; both for change.
struct Held
{
    AccountRecord* record = nullptr;
    MarketRecord* market = nullptr;
    Position* position = nullptr;  ///< Null: touching has turned all of it into cash.
    Money touched;                 ///< What touching has turned into cash.
};

Error open_position(Call& call, AccountId account, MarketId market, Held& held)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    held.record = call.store.change_account(account);
    if (held.record == nullptr)
        return call.missing("account", account.value);
    if (const Error error = call.open_market(market, held.market); error != Error::ok)
        return error;
    if (held.record->account.find(market) == nullptr)
        return call.fail(Error::no_position, "market", market.value);
    const Money before = held.record->account.cash;
    if (const Error error = call.touch_market(account, held.record->account, market);
        error != Error::ok)
        return error;
    held.touched = held.record->account.cash - before;
    held.position = held.record->account.find(market);
    return Error::ok;
}

/// What the market is marked at, where that is fit to trade on.
Error fit_mark(Call& call, MarketId id, const Market& market, Price& mark)
{
    if (const Error error = call.require_tradable(id, market); error != Error::ok)
        return error;
    Scene scene = call.store.scene();
    if (!call.store.stage(scene, id))
        return call.missing("market", id.value);
    mark = scene.mark(id);
    return Error::ok;
}

}  // namespace

Error handle(Call& call, const message::Settle& message)
{
    Held held;
    if (const Error error = open_position(call, message.account, message.market, held);
        error != Error::ok)
        return error;
    Money settled = held.touched.is_negative() ? -held.touched : Money::zero();
    if (held.position != nullptr && !is_claim(*held.position)) {
        Price mark;
        if (const Error error = fit_mark(call, message.market, held.market->market, mark);
            error != Error::ok)
            return error;
        settled -= settle_loss(held.record->account, held.market->market, *held.position, mark);
    }
    if (settled.is_zero())
        return call.fail(Error::nothing_to_do, "account", message.account.value);
    call.emit("loss_settled")
        .number("account", message.account.value)
        .number("market", message.market.value)
        .decimal("amount", settled);
    return Error::ok;
}

Error handle(Call& call, const message::Claim& message)
{
    Held held;
    if (const Error error = open_position(call, message.account, message.market, held);
        error != Error::ok)
        return error;
    Money claimed = held.touched;
    if (held.position != nullptr && !is_claim(*held.position)) {
        if (!(held.record->owner == call.sender))
            return call.fail(Error::not_owner, "account", message.account.value);
        Price mark;
        if (const Error error = fit_mark(call, message.market, held.market->market, mark);
            error != Error::ok)
            return error;
        claimed += take_profit(held.record->account, held.market->market, *held.position, mark);
    }
    if (!claimed.is_positive())
        return call.fail(Error::nothing_to_do, "account", message.account.value);
    call.emit("profit_claimed")
        .number("account", message.account.value)
        .number("market", message.market.value)
        .decimal("amount", claimed);
    return Error::ok;
}

}  // namespace plimsoll::contract
