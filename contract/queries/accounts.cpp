// plimsoll: contract/queries/accounts.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the hall. Queries about accounts: what keepers, traders and front ends ask.
#include "contract/queries.hpp"
#include "engine/ops/liquidate.hpp"
#include "engine/ops/resolve.hpp"
#include "engine/risk/sliced_book.hpp"
#include "engine/solvency/auction.hpp"
#include "engine/solvency/sale.hpp"

namespace plimsoll::contract {
namespace {

using json::member;

/// Where a liquidatable account stands: nobody has flagged it or the flag has lapsed, keepers have the right
/// to it, or the house's stage may run.
std::string_view stage_of(const Account& account, const MarginReport& report,
    const Insurance& insurance, const LiquidationParams& params, Seconds now)
{
    if (!report.liquidatable())
        return "healthy";
    if (resolve_due(account, report, insurance, params, now))
        return "resolve";
    return account.flag.raised && !flag_lapsed(account.flag, params, now) ? "auction" : "unflagged";
}

/// The buyer's share of freed margin now: a sale would raise the flag first.
Ratio share_floor(const Account& account, const MarginReport& report,
    const LiquidationParams& params, Seconds now)
{
    Flag flag = account.flag;
    if (report.liquidatable())
        raise_flag(flag, params, now);
    return buyer_share_floor(
        params, flag_lapsed(flag, params, now) ? Seconds::zero() : auction_elapsed(flag, now));
}

void write_level(json::Writer& json, std::string_view name, const MarginReport& report, Level level)
{
    json.key(name);
    json.begin_object();
    member(json, "health", report.health(level));
    member(json, "requirement", report.required(level));
    member(json, "haircuts", report.haircut(level));
    json.end_object();
}

/// Limits of a delegation, and what of this window is used.
void write_limits(json::Writer& json, const Delegation& delegation, Seconds now)
{
    const DelegationLimits& limits = delegation.limits;
    if (!limits.markets.empty())
        member(json, "markets", limits.markets);
    if (limits.notional_max < MONEY_MAX)
        member(json, "notional_max", limits.notional_max);
    if (limits.fee_max < Ratio::one())
        member(json, "fee_max", limits.fee_max);
    if (limits.loss_max < MONEY_MAX)
        member(json, "loss_max", limits.loss_max);
    const bool current = elapsed(delegation.use.window_start, now) < DELEGATION_WINDOW;
    member(json, "notional_used", current ? delegation.use.notional : Money::zero());
    member(json, "loss_used", current ? delegation.use.loss : Money::zero());
}

}  // namespace

Error answer(QueryCall& query, const message::AccountQuery& message)
{
    Call& call = query.call;
    const AccountRecord* record = call.store.account(message.account);
    if (record == nullptr)
        return call.missing("account", message.account.value);
    const Account& account = record->account;
    Scene scene = call.store.scene();
    if (!call.store.stage(scene, account))
        return call.missing("account", message.account.value);
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "account", message.account);
    member(json, "owner", record->owner);
    member(json, "mode", account.mode);
    member(json, "cash", account.cash);
    json.key("collateral");
    json.begin_array();
    for (const Collateral& held : account.collaterals) {
        json.begin_object();
        member(json, "asset", held.asset);
        member(json, "amount", held.amount);
        json.end_object();
    }
    json.end_array();
    json.key("positions");
    json.begin_array();
    for (const Position& position : account.positions) {
        if (is_claim(position))
            continue;
        const Market& market = scene.market(position.market);
        const Result<PositionView> now = view(position, market.indexes, call.store);
        if (!now)
            return call.fail(now.error(), "account", message.account.value);
        json.begin_object();
        member(json, "market", position.market);
        member(json, "base", now->base);
        member(json, "quote", now->quote);
        member(json, "value", notional_floor(now->base, scene.mark(position.market)) + now->quote);
        json.end_object();
    }
    json.end_array();
    json.key("claims");
    json.begin_array();
    for (const Position& position : account.positions) {
        if (!is_claim(position))
            continue;
        json.begin_object();
        member(json, "market", position.market);
        member(json, "quote", position.quote);
        json.end_object();
    }
    json.end_array();
    json.key("orders");
    json.begin_array();
    for (const OpenOrder& order : account.orders) {
        json.begin_object();
        member(json, "market", order.market);
        member(json, "bid", order.bid);
        member(json, "ask", order.ask);
        json.end_object();
    }
    json.end_array();
    json.key("delegations");
    json.begin_array();
    for (const Delegation& delegation : record->delegations) {
        json.begin_object();
        member(json, "venue", delegation.venue);
        member(json, "expires", delegation.expires);
        if (delegation.limits.given())
            write_limits(json, delegation, call.now());
        json.end_object();
    }
    json.end_array();
    member(json, "nonce", account.nonce);
    member(json, "flagged_at", account.flag.since);
    json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::HealthQuery& message)
{
    Call& call = query.call;
    const AccountRecord* record = call.store.account(message.account);
    if (record == nullptr)
        return call.missing("account", message.account.value);
    const House* house = call.store.house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    Scene scene = call.store.scene();
    MarginReport report;
    if (const Error error = call.health_of(message.account, record->account, scene, report);
        error != Error::ok)
        return error;
    const LiquidationParams& params = call.store.config().liquidation;
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "account", message.account);
    member(json, "equity", report.equity);
    member(json, "collateral", report.collateral);
    member(json, "notional", report.notional);
    write_level(json, "initial", report, Level::initial);
    write_level(json, "maintenance", report, Level::maintenance);
    json.key("stage");
    json.text(stage_of(record->account, report, house->insurance, params, call.now()));
    member(json, "flagged_at", record->account.flag.since);
    member(json, "share", share_floor(record->account, report, params, call.now()));
    member(json, "nonce", record->account.nonce);
    member(json, "time", call.now());
    json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::LiquidatableQuery& message)
{
    Call& call = query.call;
    const House* house = call.store.house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    const LiquidationParams& params = call.store.config().liquidation;
    const std::uint64_t first = message.cursor.value == 0 ? 1 : message.cursor.value;
    const std::uint64_t last = call.store.accounts();
    Scene scene = call.store.scene();
    json::Writer& json = query.json;
    json.begin_object();
    json.key("accounts");
    json.begin_array();
    std::uint64_t next = first;
    for (; next <= last && next - first < message.limit; ++next) {
        const AccountId id{next};
        const AccountRecord* record = call.store.account(id);
        if (record == nullptr)
            return call.missing("account", next);
        const Account& account = record->account;
        // What owes nothing cannot be below maintenance, but for collateral that moves in scenarios.
        const bool moves = account.mode == MarginMode::portfolio && !account.collaterals.empty();
        if (owes_nothing(account) && !moves)
            continue;
        if (!call.store.stage(scene, account))
            return call.missing("account", next);
        const Result<MarginReport> report = evaluate(account, scene);
        if (report && !report->liquidatable())
            continue;
        json.begin_object();
        member(json, "account", id);
        json.key("stage");
        if (report) {
            json.text(stage_of(account, *report, house->insurance, params, call.now()));
            member(json, "maintenance_health", report->health(Level::maintenance));
            member(json, "equity", report->equity);
        } else {
            json.text(name_of(report.error()));
        }
        member(json, "flagged_at", account.flag.since);
        member(json, "nonce", account.nonce);
        json.end_object();
    }
    json.end_array();
    write_next(json, next, last + 1);
    member(json, "time", call.now());
    json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::AccountsQuery& message)
{
    Call& call = query.call;
    const std::uint64_t first = message.cursor.value == 0 ? 1 : message.cursor.value;
    const std::uint64_t last = call.store.accounts();
    json::Writer& json = query.json;
    json.begin_object();
    json.key("accounts");
    json.begin_array();
    std::uint64_t next = first;
    for (; next <= last && next - first < message.limit; ++next) {
        const AccountRecord* record = call.store.account(AccountId{next});
        if (record == nullptr)
            return call.missing("account", next);
        if (record->owner == message.owner)
            json.integer(next);
    }
    json.end_array();
    write_next(json, next, last + 1);
    member(json, "time", call.now());
    json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::PreviewLiquidationQuery& message)
{
    Call& call = query.call;
    const AccountRecord* record = call.store.account(message.account);
    if (record == nullptr)
        return call.missing("account", message.account.value);
    if (message.market && call.store.market(*message.market) == nullptr)
        return call.missing("market", message.market->value);
    const House* house = call.store.house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    // The call would accrue the market and touch the position first: so does its preview, on a copy.
    const auto account = std::make_unique<Account>(record->account);
    for (std::size_t i = account->positions.size(); i-- > 0;) {
        const MarketId id = account->positions[i].market;
        if (message.market && !(id == *message.market))
            continue;
        if (const Error error = call.touch_market(message.account, *account, id);
            error != Error::ok)
            return error;
    }
    Scene scene = call.store.scene();
    MarginReport report;
    if (const Error error = call.health_of(message.account, *account, scene, report);
        error != Error::ok)
        return error;
    if (!report.liquidatable())
        return call.fail(Error::not_liquidatable, "account", message.account.value);
    if (const Error error = call.require_no_grace(message.account, report); error != Error::ok)
        return error;
    const auto refuse = [&](Error error, MarketId id) {
        return call.refuse_sale(error, message.account, *account, id, report, scene);
    };
    if (message.market) {
        const Position* position = account->find(*message.market);
        if (position == nullptr || position->base.is_zero())
            return refuse(Error::no_position, *message.market);
    }
    if (is_sold_by_slices(*account, scene))
        return call.fail(Error::sold_by_slice, "account", message.account.value);
    if (message.market)
        if (const Error error = scene.usable(*message.market, PriceUse::liquidation);
            error != Error::ok)
            return refuse(error, *message.market);
    const LiquidationParams& params = call.store.config().liquidation;
    raise_flag(account->flag, params, call.now());
    const MarketId id = message.market
                            ? *message.market
                            : first_offer(report, *account, scene, params, house->insurance);
    if (id == NO_MARKET)
        return call.fail(Error::nothing_to_do, "account", message.account.value);
    const Result<PositionOffer> offer =
        offer_position(report, *account, id, scene, params, house->insurance, message.base_max);
    if (!offer)
        return refuse(offer.error(), id);
    const PositionSale& sale = offer->sale;
    const Price mark = offer->mark;

    // What a unit costs the buyer after its reward (a short: what it brings), rounded against the buyer:
    // as worst_price it passes, and nothing tighter does but by less than a raw unit of the payment.
    const bool is_long = account->find(id)->base.is_positive();
    const Money reward = sale.money.reward();
    const Price price = is_long ? price_ceil(notional_ceil(sale.size, mark) - reward, sale.size)
                                : price_floor(notional_floor(sale.size, mark) + reward, sale.size);

    json::Writer& json = query.json;
    json.begin_object();
    member(json, "account", message.account);
    member(json, "market", id);
    json.key("side");
    json.text(is_long ? "long" : "short");
    member(json, "base", sale.size);
    member(json, "whole", sale.whole);
    member(json, "mark", mark);
    member(json, "price", price);
    member(json, "share", offer->terms.share);
    member(json, "freed", sale.money.freed);
    member(json, "reward", sale.money.reward_from_account);
    member(json, "reward_from_insurance", sale.money.reward_from_insurance);
    member(json, "fee", sale.money.fee);
    member(json, "health_before", report.health(Level::maintenance));
    member(json, "health_after", sale.money.health_after());
    member(json, "nonce", record->account.nonce);
    member(json, "time", call.now());
    json.end_object();
    return Error::ok;
}

}  // namespace plimsoll::contract
