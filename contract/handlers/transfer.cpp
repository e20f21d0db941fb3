// plimsoll: contract/handlers/transfer.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the hall. Tokens between two accounts of one owner: nothing leaves the house.
#include "contract/handlers.hpp"
#include "engine/ops/liquidate.hpp"

namespace plimsoll::contract {
namespace {

/// Takes the tokens from one account and gives them to the other.
Error move_tokens(Call& call, const message::Transfer& message, Account& from, Account& to)
{
    const ListedAsset& asset = call.store.config().assets[message.asset.value];
    if (message.asset.value == 0) {
        if (!money_in_range(message.amount, asset.params.decimals))
            return call.fail(Error::insufficient_balance, "amount");
        const Money money = money_from_tokens(message.amount, asset.params.decimals);
        if (from.cash < money)
            return call.fail(Error::insufficient_balance, "amount");
        from.cash -= money;
        to.cash += money;
        return Error::ok;
    }
    // A token whose price is not fit to trade on could shield what it is not worth.
    if (const Error error = usable(call.store.board().of(asset.params.underlying), call.now(),
            call.store.config().oracle, PriceUse::trade);
        error != Error::ok)
        return call.fail(error, "asset", message.asset.value);
    const Collateral* held = from.find(message.asset);
    if (held == nullptr)
        return call.fail(Error::no_collateral, "asset", message.asset.value);
    if (held->amount < message.amount)
        return call.fail(Error::insufficient_balance, "amount");
    take_collateral(from, message.asset, message.amount);
    return add_collateral(to, message.asset, message.amount)
               ? Error::ok
               : call.fail(Error::too_many_collaterals, "account", message.to.value);
}

}  // namespace

Error handle(Call& call, const message::Transfer& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    if (message.from == message.to)
        return call.fail(Error::nothing_to_do, "to");
    AccountRecord* from = nullptr;
    AccountRecord* to = nullptr;
    if (const Error error = call.own_account(message.from, from); error != Error::ok)
        return error;
    if (const Error error = call.own_account(message.to, to); error != Error::ok)
        return error;
    if (message.asset.value >= call.store.config().assets.size())
        return call.fail(Error::no_such_asset, "asset", message.asset.value);
    if (message.amount.is_zero())
        return call.fail(Error::zero_amount, "amount");
    Scene scene = call.store.scene();
    MarginReport report;
    // As with a deposit: an account that cannot be valued can receive, and its flag just stays.
    call.note_health(message.to, to->account);
    if (const Error error = move_tokens(call, message, from->account, to->account);
        error != Error::ok)
        return error;
    call.look(message.to, to->account);

    if (const Error error = call.require_may_give(message.from, from->account, scene, report);
        error != Error::ok)
        return error;
    call.settle_flag(message.from, from->account, scene, report);
    ++from->account.nonce;
    ++to->account.nonce;
    call.outcome.detail.clear();
    call.emit("transferred")
        .number("from", message.from.value)
        .number("to", message.to.value)
        .number("asset", message.asset.value)
        .tokens("amount", message.amount);
    return Error::ok;
}

}  // namespace plimsoll::contract
