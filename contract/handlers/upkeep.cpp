// plimsoll: contract/handlers/upkeep.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall. What anyone may do to keep the house in order: touch, accrue, fund the insurance, buy
// what it took over.
#include "contract/handlers.hpp"
#include "engine/mutation.hpp"
#include "engine/ops/leg.hpp"
#include "engine/ops/liquidate.hpp"
#include "engine/solvency/inventory.hpp"

namespace plimsoll::contract {

Error handle(Call& call, const message::Touch& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    AccountRecord* record = call.store.change_account(message.account);
    if (record == nullptr)
        return call.missing("account", message.account.value);
    Account& account = record->account;
    // It also brings an account into the pool of all cash that was there before the pool.
    const bool joins = call.store.config().cash.borrow.given() && record->share.index == 0;
    if (account.positions.empty() && account.owed_losses.empty() && !joins)
        return call.fail(Error::nothing_to_do, "account", message.account.value);
    bool done = true;
    for (std::size_t i = account.positions.size(); i-- > 0;) {
        const MarketId id = account.positions[i].market;
        MarketRecord* market = call.store.change_market(id);
        if (market == nullptr)
            return call.missing("market", id.value);
        const Result<Touched> touched = touch_position(account, market->market, id, call.store);
        if (!touched)
            return call.fail(touched.error(), "account", message.account.value);
        done = done && touched->done;
    }
    call.emit("touched")
        .number("account", message.account.value)
        .text("done", done ? "true" : "false");
    call.look(message.account, account);
    return Error::ok;
}

Error handle(Call& call, const message::Accrue& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    MarketRecord* market = nullptr;
    return call.open_market(message.market, market);
}

Error handle(Call& call, const message::FundInsurance&)
{
    if (call.env.funds.empty())
        return call.fail(Error::funds_missing, "funds");
    House* house = call.store.change_house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    const ListedAsset& quote = call.store.config().assets[0];
    for (const Coin& coin : call.env.funds) {
        if (coin.denom != quote.denom.view())
            return call.fail(Error::unknown_denom, coin.denom);
        if (coin.amount == 0)
            return call.fail(Error::zero_amount, coin.denom);
        const int decimals = quote.params.decimals;
        if (coin.amount < 0 || !money_in_range(TokenAmount::from_raw(coin.amount), decimals) ||
            !money_in_range(house->held[0] + TokenAmount::from_raw(coin.amount), decimals))
            return call.fail(Error::out_of_range, coin.denom);
        const TokenAmount amount = TokenAmount::from_raw(coin.amount);
        house->held[0] += amount;
        house->insurance.receive(money_from_tokens(amount, decimals));
        call.emit("insurance_funded").tokens("amount", amount);
    }
    return Error::ok;
}

Error handle(Call& call, const message::BuyInventory& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    const Config& config = call.store.config();
    if (message.asset.value == 0 || message.asset.value >= config.assets.size())
        return call.fail(Error::no_such_asset, "asset", message.asset.value);
    AccountRecord* buyer = nullptr;
    if (const Error error = call.own_account(message.buyer, buyer); error != Error::ok)
        return error;
    House* house = call.store.change_house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    TokenAmount& inventory = house->insurance.inventory[message.asset.value];
    const TokenAmount amount = message.amount_max < inventory ? message.amount_max : inventory;
    if (amount.is_zero())
        return call.fail(Error::nothing_to_do, "asset", message.asset.value);
    Scene scene = call.store.scene();
    const Asset& asset = scene.asset(message.asset);
    if (const Error error = scene.usable(asset.underlying, PriceUse::buyer); error != Error::ok)
        return call.fail(error, "underlying", asset.underlying.value);

    const Quantity bought = quantity_from_tokens(amount, asset.decimals);
    const Money pays = resale_price_ceil(
        asset, bought, scene.index(asset.underlying), config.liquidation.share_max);
    if (message.worst_price && pays > notional_ceil(bought, *message.worst_price))
        return call.fail(Error::price_guard, "worst_price");
    if (buyer->account.cash < pays)
        return call.fail(Error::insufficient_balance, "account", message.buyer.value);
    call.note_health(message.buyer, buyer->account);
    if (!add_collateral(buyer->account, message.asset, amount))
        return call.fail(Error::too_many_collaterals, "account", message.buyer.value);
    buyer->account.cash -= pays;
    ++buyer->account.nonce;
    inventory -= amount;
    const Money owed = house->insurance.owed_back(pays);
    house->insurance.receive(pays);
    if (owed.is_positive()) {
        CashPool* pool = call.store.change_cash_pool();
        if (pool == nullptr)
            return call.fail(call.store.error(), "cash");
        give_back(*pool, owed);
        house->insurance.balance -= owed;
        house->insurance.advanced -= owed;
    }
    if (GUARD("w10-last", !house->insurance.has_inventory()))
        house->insurance.advanced = Money::zero();
    MarginReport after;
    if (const Error error = call.health_of(message.buyer, buyer->account, scene, after);
        error != Error::ok)
        return error;
    if (const Error error = call.require_headroom(message.buyer, buyer->account, after);
        error != Error::ok)
        return error;
    if (const Error error = call.require_fit_prices(buyer->account, scene); error != Error::ok)
        return error;
    if (GUARD("m14-inventory", after.health(Level::initial).is_negative()))
        return call.fail(Error::buyer_below_initial, "account", message.buyer.value);
    call.settle_flag(message.buyer, buyer->account, scene, after);
    call.emit("inventory_sold")
        .number("asset", message.asset.value)
        .number("buyer", message.buyer.value)
        .tokens("amount", amount)
        .decimal("paid", pays)
        .decimal("to_suppliers", owed);
    return Error::ok;
}

}  // namespace plimsoll::contract
