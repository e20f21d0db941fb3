// plimsoll: contract/handlers/liquidate_slice.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the hall. A keeper takes over a slice of a whole book. Permissionless, and no pause stops it.
#include "contract/handlers.hpp"
#include "contract/handlers/sale.hpp"
#include "engine/mutation.hpp"
#include "engine/ops/liquidate.hpp"

namespace plimsoll::contract {
namespace {

/// Brings every position of the seller, and the buyer's in the same markets, up to now. Touching may close
/// a position and shift the rest, so the list is walked from its end.
Error touch_both(
    Call& call, const message::LiquidateSlice& message, Account& seller, Account& buyer)
{
    for (std::size_t i = seller.positions.size(); i-- > 0;) {
        const MarketId id = seller.positions[i].market;
        if (const Error error = call.touch_market(message.account, seller, id); error != Error::ok)
            return error;
        if (const Error error = call.touch_market(message.buyer, buyer, id); error != Error::ok)
            return error;
    }
    return Error::ok;
}

/// One event a position and a collateral, before they move; says which underlyings they are on.
UnderlyingSet announce_legs(Call& call, const message::LiquidateSlice& message,
    const Account& seller, const Scene& scene, Ratio fraction)
{
    UnderlyingSet sold = 0;
    for (const Position& position : seller.positions) {
        const Quantity base = sliced_trunc(position.base, fraction);
        if (base.is_zero())
            continue;
        sold |= only(scene.market(position.market).params.underlying);
        call.emit("position_sliced")
            .number("account", message.account.value)
            .number("buyer", message.buyer.value)
            .number("market", position.market.value)
            .text("side", base.is_positive() ? "long" : "short")
            .decimal("base", base.abs())
            .decimal("mark", scene.mark(position.market));
    }
    for (const Collateral& held : seller.collaterals) {
        const TokenAmount amount = sliced_floor(held.amount, fraction);
        if (!goes_with_slices(seller, held, scene) || amount.is_zero())
            continue;
        const UnderlyingId underlying = scene.asset(held.asset).underlying;
        sold |= only(underlying);
        call.emit("collateral_sliced")
            .number("account", message.account.value)
            .number("buyer", message.buyer.value)
            .number("asset", held.asset.value)
            .tokens("amount", amount)
            .decimal("price", scene.index(underlying));
    }
    return sold;
}

}  // namespace

Error handle(Call& call, const message::LiquidateSlice& message)
{
    Sale sale;
    if (const Error error = open_sale(call, message, sale); error != Error::ok)
        return error;
    Account& seller = sale.seller->account;
    Account& buyer = sale.buyer->account;
    if (const Error error = touch_both(call, message, seller, buyer); error != Error::ok)
        return error;
    House* house = call.store.change_house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    Scene scene = call.store.scene();
    MarginReport before;
    if (const Error error = begin(call, message.account, seller, scene, before); error != Error::ok)
        return error;
    MarketSet markets;
    for (const Position& position : seller.positions) {
        MarketRecord* market = call.store.change_market(position.market);
        if (market == nullptr)
            return call.missing("market", position.market.value);
        markets.set(position.market, market->market);
    }
    const LiquidationParams& params = call.store.config().liquidation;
    const Result<SliceTransfer> plan = plan_slice_transfer(seller, buyer, scene, params,
        house->insurance, message.fraction_max, kind_of(call, message, sale));
    if (!plan)
        return call.fail(plan.error(), "account", message.account.value);
    if (GUARD("l7-pay-max", message.pay_max && plan->buyer_pays > *message.pay_max))
        return call.fail(Error::price_guard, "pay_max");
    const SliceSale& sliced = plan->sale;
    const Sold sold{
        announce_legs(call, message, seller, scene, sliced.fraction), sliced.money.last_lot};
    apply_slice_transfer(seller, buyer, markets, house->insurance, params, scene, *plan);
    MarginReport after;
    if (const Error error = close_sale(call, message, sale, sold, before, after);
        error != Error::ok)
        return error;

    EventWriter event = call.emit("slice_liquidated");
    event.number("account", message.account.value)
        .number("buyer", message.buyer.value)
        .decimal("fraction", sliced.fraction)
        .text("whole", sliced.whole() ? "true" : "false")
        .decimal("pays", plan->buyer_pays);
    add_money(event, sliced.money, before, after);
    return Error::ok;
}

}  // namespace plimsoll::contract
