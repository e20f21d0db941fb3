// plimsoll: contract/handlers/liquidation.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the hall. Keepers: flag an account, take over part of a position, buy collateral. Permissionless:
// whoever owns the buying account may call, and no pause stops it.
#include "contract/handlers.hpp"
#include "contract/handlers/sale.hpp"
#include "engine/mutation.hpp"
#include "engine/ops/liquidate.hpp"

namespace plimsoll::contract {

Error handle(Call& call, const message::Flag& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    AccountRecord* record = call.store.change_account(message.account);
    if (record == nullptr)
        return call.missing("account", message.account.value);
    Scene scene = call.store.scene();
    MarginReport report;
    if (const Error error = call.health_of(message.account, record->account, scene, report);
        error != Error::ok)
        return error;
    const bool raised = record->account.flag.raised;
    if (report.liquidatable()) {
        // On a flag that is up this says: still below maintenance, so that it does not lapse.
        static_cast<void>(call.raise(record->account));
        call.emit("account_flagged")
            .number("account", message.account.value)
            .number("since", record->account.flag.since.raw());
    } else {
        if (!raised)
            return call.fail(Error::not_liquidatable, "account", message.account.value);
        call.settle_flag(message.account, record->account, scene, report);
    }
    return call.expect_deficit(*record, report);
}

Error handle(Call& call, const message::Liquidate& message)
{
    Sale sale;
    if (const Error error = open_sale(call, message, sale); error != Error::ok)
        return error;
    MarketRecord* market = nullptr;
    if (const Error error = call.open_market(message.market, market); error != Error::ok)
        return error;
    Account& seller = sale.seller->account;
    Account& buyer = sale.buyer->account;
    if (const Error error = call.touch_market(message.account, seller, message.market);
        error != Error::ok)
        return error;
    if (const Error error = call.touch_market(message.buyer, buyer, message.market);
        error != Error::ok)
        return error;

    House* house = call.store.change_house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    Scene scene = call.store.scene();
    MarginReport before;
    if (const Error error = begin(call, message.account, seller, scene, before); error != Error::ok)
        return error;
    scene.set(message.market, market->market);
    const LiquidationParams& params = call.store.config().liquidation;
    const Result<PositionTransfer> plan = plan_position_transfer(seller, buyer, message.market,
        scene, params, house->insurance, message.base_max, kind_of(call, message, sale));
    if (!plan)
        return call.refuse_sale(
            plan.error(), message.account, seller, message.market, before, scene);
    if (message.worst_price) {
        // A buyer of a long pays at most worst_price a unit; a buyer of a short receives at least that.
        // ceil, as what is paid: a mark equal to the limit passes.
        const Quantity dq = plan->seller.before.is_positive() ? plan->sale.size : -plan->sale.size;
        if (GUARD("l7-worst-price", plan->buyer_pays > notional_ceil(dq, *message.worst_price)))
            return call.fail(Error::price_guard, "worst_price");
    }
    apply_position_transfer(
        seller, buyer, market->market, house->insurance, params, call.now(), *plan);
    const Sold sold{only(market->market.params.underlying), plan->sale.money.last_lot};
    MarginReport after;
    if (const Error error = close_sale(call, message, sale, sold, before, after);
        error != Error::ok)
        return error;

    EventWriter event = call.emit("position_liquidated");
    event.number("account", message.account.value)
        .number("buyer", message.buyer.value)
        .number("market", message.market.value)
        .text("side", plan->seller.before.is_positive() ? "long" : "short")
        .decimal("base", plan->sale.size)
        .text("whole", plan->sale.whole ? "true" : "false")
        .decimal("mark", plan->mark);
    add_money(event, plan->sale.money, before, after);
    return Error::ok;
}

Error handle(Call& call, const message::LiquidateCollateral& message)
{
    Sale sale;
    if (const Error error = open_sale(call, message, sale); error != Error::ok)
        return error;
    if (message.asset.value >= call.store.config().assets.size())
        return call.fail(Error::no_such_asset, "asset", message.asset.value);
    House* house = call.store.change_house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    Account& seller = sale.seller->account;
    Account& buyer = sale.buyer->account;
    Scene scene = call.store.scene();
    MarginReport before;
    if (const Error error = begin(call, message.account, seller, scene, before); error != Error::ok)
        return error;
    const Result<CollateralTransfer> plan = plan_collateral_transfer(seller, buyer, message.asset,
        scene, call.store.config().liquidation, house->insurance, message.amount_max,
        kind_of(call, message, sale));
    if (!plan)
        return call.fail(plan.error(), "account", message.account.value);
    const Asset& asset = scene.asset(message.asset);
    if (message.worst_price) {
        const Quantity bought = quantity_from_tokens(plan->sale.amount, asset.decimals);
        if (GUARD("l7-collateral-price",
                plan->buyer_pays > notional_ceil(bought, *message.worst_price)))
            return call.fail(Error::price_guard, "worst_price");
    }
    apply_collateral_transfer(
        seller, buyer, house->insurance, call.store.config().liquidation, call.now(), *plan);
    MarginReport after;
    const Sold sold{only(asset.underlying), plan->sale.money.last_lot};
    if (const Error error = close_sale(call, message, sale, sold, before, after);
        error != Error::ok)
        return error;

    EventWriter event = call.emit("collateral_liquidated");
    event.number("account", message.account.value)
        .number("buyer", message.buyer.value)
        .number("asset", message.asset.value)
        .tokens("amount", plan->sale.amount)
        .text("whole", plan->sale.whole ? "true" : "false")
        .decimal("price", scene.index(asset.underlying))
        .decimal("paid", plan->buyer_pays);
    add_money(event, plan->sale.money, before, after);
    return Error::ok;
}

}  // namespace plimsoll::contract
