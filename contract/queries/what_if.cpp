// plimsoll: contract/queries/what_if.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall. An account's margin in detail, as it is or as it would be. Works on copies: a query's
// store is never committed.
#include "contract/queries.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/ops/leg.hpp"
#include "engine/risk/liquidation_price.hpp"
#include "engine/risk/position_greeks.hpp"

namespace plimsoll::contract {
namespace {

using json::member;

/// price * to / from, floored; PRICE_MAX beyond it.
Price moved(Price price, Price to, Price from)
{
    const auto scaled = num::mul_div_floor(price.raw(), to.raw(), from.raw());
    if (!scaled || *scaled > PRICE_MAX.raw())
        return PRICE_MAX;
    return *scaled < 1 ? Price::from_raw(1) : Price::from_raw(*scaled);
}

/// The supposed price stands as if it had been published now, without doubt about it.
Error suppose(Call& call, const message::WhatIfPrice& supposed)
{
    const UnderlyingId id = supposed.underlying;
    if (id.value >= call.store.config().underlyings.size())
        return call.fail(Error::no_such_underlying, "underlying", id.value);
    const Price before = call.store.board().of(id).price;
    // What is observed rests on what was published.
    if (!call.store.change_observed() ||
        !call.store.change_price(id, FeedPrice{supposed.price, Price::zero(), call.now()}))
        return call.missing("underlying", id.value);
    Surfaces* surfaces = call.store.change_surfaces(id);
    if (surfaces == nullptr)
        return call.missing("underlying", id.value);
    if (before.is_positive())
        for (ExpirySurface& surface : *surfaces) {
            surface.forward = moved(surface.forward, supposed.price, before);
            surface.svi.forward = moved(surface.svi.forward, supposed.price, before);
        }
    return Error::ok;
}

Error suppose(Call& call, AccountId id, Account& account, const message::WhatIfTrade& trade)
{
    if (trade.base.is_zero())
        return call.fail(Error::zero_amount, "market", trade.market.value);
    MarketRecord* record = nullptr;
    if (const Error error = call.open_market(trade.market, record); error != Error::ok)
        return error;
    if (record->market.closed())
        return call.fail(Error::market_settled, "market", trade.market.value);
    if (const Error error = call.touch_market(id, account, trade.market); error != Error::ok)
        return error;
    const Result<Leg> leg =
        plan_leg(account, record->market, trade.market, trade.base, trade.price, trade.price);
    if (!leg)
        return call.fail(leg.error(), "market", trade.market.value);
    apply_leg(account, record->market, *leg);
    return Error::ok;
}

void write_level(json::Writer& json, const MarginReport& report, Level level, MarginMode mode)
{
    const LevelReport& detail = report.levels.of(level);
    const Contingencies& parts = detail.contingencies;
    json.key(level == Level::initial ? "initial" : "maintenance");
    json.begin_object();
    member(json, "health", report.health(level));
    member(json, "requirement", report.required(level));
    member(json, "haircuts", report.haircut(level));
    if (!report.required(level).is_zero())
        member(json, "margin_ratio",
            saturating_ratio_floor(report.net(level), report.required(level)));
    json.key("contingencies");
    json.begin_object();
    if (mode == MarginMode::portfolio) {
        member(json, "perp", parts.perp);
        member(json, "future", parts.future);
        member(json, "option", parts.option);
    } else {
        member(json, "depeg", parts.depeg);
    }
    member(json, "confidence", parts.confidence);
    json.end_object();
    if (mode == MarginMode::portfolio) {
        json.key("binding");
        json.text(name_of(detail.band.binding));
        member(json, "plain_sum", detail.band.plain_sum);
    }
    json.end_object();
}

/// One level of one underlying.
void write_level(json::Writer& json, std::string_view name, const UnderlyingRisk& risk, Level level,
    MarginMode mode)
{
    const UnderlyingLevel& detail = risk.levels.of(level);
    json.key(name);
    json.begin_object();
    if (mode == MarginMode::portfolio) {
        json.key("row");
        json.integer(detail.worst);
        // With orders the rows at initial are others; both end in the loss that counts.
        json.key("counted_row");
        json.integer(detail.response);
        member(json, "counted", detail.contribution);
    } else {
        member(json, "linear", detail.linear);
        member(json, "option", detail.option);
    }
    json.end_object();
}

void write_greeks(json::Writer& json, const Book& book, std::uint16_t underlying)
{
    const PositionGreeks greeks = position_greeks(book, underlying);
    json.key("greeks");
    json.begin_object();
    member(json, "delta", greeks.delta);
    member(json, "gamma", greeks.gamma);
    member(json, "vega", greeks.vega);
    member(json, "theta", greeks.theta);
    json.end_object();
}

/// A copy that is moved to other prices, and the work of its evaluations.
BookCopy copy_of(const Book& book, MarginMemory& memory)
{
    const auto copy = [](auto& list, const auto& items) {
        list.clear();
        for (const auto& item : items)
            list.push(item);
        return list.span();
    };
    return {copy(memory.underlyings, book.underlyings), copy(memory.expiries, book.expiries),
        copy(memory.legs, book.legs), copy(memory.collaterals, book.collaterals)};
}

void write_price(json::Writer& json, std::string_view name, Price price)
{
    json.key(name);
    if (price.is_zero())
        json.null();
    else
        json.decimal(price.raw());
}

void write_liquidation_prices(
    json::Writer& json, const Book& book, std::uint16_t underlying, MarginMemory& spare)
{
    const Result<LiquidationPrices> found =
        liquidation_prices(book, underlying, copy_of(book, spare), spare.work);
    json.key("liquidation_price");
    json.begin_object();
    write_price(json, "down", found ? found->down : Price::zero());
    write_price(json, "up", found ? found->up : Price::zero());
    json.end_object();
}

/// `spare` is null where liquidation prices were not asked for.
void write_underlyings(
    json::Writer& json, const Book& book, const MarginWork& work, MarginMemory* spare)
{
    json.key("underlyings");
    json.begin_array();
    for (std::uint16_t i = 0; i < book.underlyings.size(); ++i) {
        const UnderlyingRisk& risk = work.underlyings[i];
        if (!risk.levels.initial.held)
            continue;
        json.begin_object();
        json.key("underlying");
        json.integer(book.underlyings[i].id);
        member(json, "value", risk.value);
        member(json, "price_bracket", risk.bracket_charge);
        write_level(json, "initial", risk, Level::initial, book.mode);
        write_level(json, "maintenance", risk, Level::maintenance, book.mode);
        write_greeks(json, book, i);
        if (spare != nullptr)
            write_liquidation_prices(json, book, i, *spare);
        json.end_object();
    }
    json.end_array();
}

}  // namespace

Error answer(QueryCall& query, const message::WhatIfQuery& message)
{
    Call& call = query.call;
    // Prices first: a market is brought up to now, by the index, when it is loaded.
    if (message.prices)
        for (const message::WhatIfPrice& price : *message.prices)
            if (const Error error = suppose(call, price); error != Error::ok)
                return error;
    const AccountRecord* record = call.store.account(message.account);
    if (record == nullptr)
        return call.missing("account", message.account.value);
    const std::unique_ptr<Account> account(new Account(record->account));
    if (message.trades)
        for (const message::WhatIfTrade& trade : *message.trades)
            if (const Error error = suppose(call, message.account, *account, trade);
                error != Error::ok)
                return error;
    if (message.mode)
        account->mode = *message.mode;
    Scene scene = call.store.scene();
    if (!call.store.stage(scene, *account))
        return call.missing("account", message.account.value);
    const Result<Book> book = book_of(*account, scene);
    if (!book)
        return call.fail(book.error(), "account", message.account.value);
    const Result<MarginReport> report = margin(*book, scene.memory().work);
    if (!report)
        return call.fail(report.error(), "account", message.account.value);
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "account", message.account);
    member(json, "mode", account->mode);
    member(json, "cash", account->cash);
    member(json, "equity", report->equity);
    member(json, "collateral", report->collateral);
    member(json, "notional", report->notional);
    write_level(json, *report, Level::initial, account->mode);
    write_level(json, *report, Level::maintenance, account->mode);
    const std::unique_ptr<MarginMemory> spare =
        message.liquidation_prices ? fresh<MarginMemory>() : nullptr;
    write_underlyings(json, *book, scene.memory().work, spare.get());
    member(json, "time", call.now());
    json.end_object();
    return Error::ok;
}

}  // namespace plimsoll::contract
