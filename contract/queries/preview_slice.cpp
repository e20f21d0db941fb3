// plimsoll: contract/queries/preview_slice.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the hall. What a slice of an unhealthy account would be now, for a buyer who has room for it.
#include "contract/queries.hpp"
#include "engine/ops/liquidate.hpp"
#include "engine/solvency/auction.hpp"

#include <memory>

namespace plimsoll::contract {
namespace {

using json::member;

void write_legs(json::Writer& json, const Account& account, const Scene& scene, Ratio fraction)
{
    json.key("positions");
    json.begin_array();
    for (const Position& position : account.positions) {
        const Quantity base = sliced_trunc(position.base, fraction);
        if (base.is_zero())
            continue;
        json.begin_object();
        member(json, "market", position.market);
        json.key("side");
        json.text(base.is_positive() ? "long" : "short");
        member(json, "base", base.abs());
        member(json, "mark", scene.mark(position.market));
        json.end_object();
    }
    json.end_array();
    json.key("collateral");
    json.begin_array();
    for (const Collateral& held : account.collaterals) {
        const TokenAmount amount = sliced_floor(held.amount, fraction);
        if (!goes_with_slices(account, held, scene) || amount.is_zero())
            continue;
        json.begin_object();
        member(json, "asset", held.asset);
        member(json, "amount", amount);
        member(json, "price", scene.index(scene.asset(held.asset).underlying));
        json.end_object();
    }
    json.end_array();
}

}  // namespace

Error answer(QueryCall& query, const message::PreviewSliceQuery& message)
{
    Call& call = query.call;
    const AccountRecord* record = call.store.account(message.account);
    if (record == nullptr)
        return call.missing("account", message.account.value);
    const House* house = call.store.house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    // The call would touch every position first: so does its preview, on a copy.
    const auto account = std::make_unique<Account>(record->account);
    for (std::size_t i = account->positions.size(); i-- > 0;)
        if (const Error error =
                call.touch_market(message.account, *account, account->positions[i].market);
            error != Error::ok)
            return error;
    Scene scene = call.store.scene();
    MarginReport report;
    if (const Error error = call.health_of(message.account, *account, scene, report);
        error != Error::ok)
        return error;
    if (!report.liquidatable())
        return call.fail(Error::not_liquidatable, "account", message.account.value);
    if (const Error error = call.require_no_grace(message.account, report); error != Error::ok)
        return error;
    if (const Error error = slice_usable(*account, scene); error != Error::ok)
        return call.fail(error, "account", message.account.value);
    const LiquidationParams& params = call.store.config().liquidation;
    raise_flag(account->flag, params, call.now());
    const Result<SliceOffer> offer =
        offer_slice(report, *account, scene, params, house->insurance, message.fraction_max);
    if (!offer)
        return call.fail(offer.error(), "account", message.account.value);

    const SliceSale& sale = offer->sale;
    const SaleMoney& money = sale.money;
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "account", message.account);
    member(json, "fraction", sale.fraction);
    member(json, "whole", sale.whole());
    write_legs(json, *account, scene, sale.fraction);
    member(json, "pays", slice_cost_ceil(*account, scene, sale.fraction) - money.reward());
    member(json, "share", offer->terms.share);
    member(json, "freed", money.freed);
    member(json, "reward", money.reward_from_account);
    member(json, "reward_from_insurance", money.reward_from_insurance);
    member(json, "fee", money.fee);
    member(json, "health_before", report.health(Level::maintenance));
    member(json, "health_after", money.health_after());
    member(json, "nonce", record->account.nonce);
    member(json, "time", call.now());
    json.end_object();
    return Error::ok;
}

}  // namespace plimsoll::contract
