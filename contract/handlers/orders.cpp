// plimsoll: contract/handlers/orders.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall. What venues say that rests in their books.
#include "engine/ops/orders.hpp"

#include "contract/handlers.hpp"
#include "engine/model/market_rules.hpp"
#include "engine/mutation.hpp"

namespace plimsoll::contract {
namespace {

/// Whether the report lets more be filled than the last one did.
bool raises(const Account& account, const message::OrderReport& report)
{
    OpenOrder before{report.market, {}, {}};
    for (const OpenOrder& order : account.orders)
        if (order.market == report.market)
            before = order;
    return report.bid > before.bid || report.ask > before.ask;
}

/// What a report must meet that lets more be filled.
Error check_raise(Call& call, const message::OrderReport& report)
{
    if (const Error error = call.require_unpaused(pause::SETTLE_FILLS); error != Error::ok)
        return error;
    const MarketRecord* market = call.store.market(report.market);
    if (market == nullptr)
        return call.missing("market", report.market.value);
    if (!rules_of(market->market.params.status).orders)
        return call.fail(Error::market_not_active, "market", report.market.value);
    return call.require_tradable(report.market, market->market);
}

/// Whether the sender's delegation reaches the market: what rests there takes up margin of the account.
Error check_reach(Call& call, AccountId id, const AccountRecord& record, MarketId market)
{
    for (const Delegation& delegation : record.delegations) {
        if (!(delegation.venue == call.sender))
            continue;
        DelegationUse use;  // nothing is traded yet
        const DelegatedLeg nothing{market, Money::zero(), Ratio::zero(), Money::zero()};
        if (const Refused refused = charge_delegation(delegation.limits, use, nothing, call.now());
            refused != Error::ok)
            return call.fail(refused.error, std::string(refused.parameter) + ", account", id.value);
    }
    return Error::ok;
}

/// Initial margin with everything that is now reported, by prices that are fit to trade on.
Error check_account(Call& call, AccountId id, const Account& account)
{
    Scene scene = call.store.scene();
    MarginReport health;
    if (const Error error = call.health_of(id, account, scene, health); error != Error::ok)
        return error;
    if (const Error error = call.require_headroom(id, account, health); error != Error::ok)
        return error;
    if (GUARD("m14-orders", health.health(Level::initial).is_negative()))
        return call.fail(Error::below_initial_margin, "account", id.value);
    return call.require_fit_prices(account, scene);
}

}  // namespace

Error handle(Call& call, const message::ReportOrders& message)
{
    if (const Error error = call.require_role(role::VENUE); error != Error::ok)
        return error;
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    RoleRecord* venue = call.store.change_role(call.sender);
    if (message.nonce <= venue->nonce)
        return call.fail(Error::nonce_not_increasing, "nonce", venue->nonce);
    if (message.orders.empty())
        return call.fail(Error::nothing_to_do, "orders");
    venue->nonce = message.nonce;

    List<AccountId, REPORTS_MAX> raised;
    for (const message::OrderReport& report : message.orders) {
        AccountRecord* record = call.store.change_account(report.account);
        if (record == nullptr)
            return call.missing("account", report.account.value);
        if (const Error error = call.require_delegation(report.account, *record);
            error != Error::ok)
            return error;
        if (raises(record->account, report)) {
            if (const Error error = check_raise(call, report); error != Error::ok)
                return error;
            if (const Error error = check_reach(call, report.account, *record, report.market);
                error != Error::ok)
                return error;
            CHECK(raised.push(report.account));
        }
        if (!report_orders(record->account, report.market, report.bid, report.ask))
            return call.fail(Error::too_many_orders, "account", report.account.value);
        call.emit("orders_reported")
            .number("account", report.account.value)
            .number("market", report.market.value)
            .decimal("bid", report.bid)
            .decimal("ask", report.ask);
    }
    for (std::size_t i = 0; i < raised.size(); ++i) {
        bool seen = false;
        for (std::size_t j = 0; j < i; ++j)
            seen = seen || raised[j] == raised[i];
        if (seen)
            continue;
        if (const Error error =
                check_account(call, raised[i], call.store.change_account(raised[i])->account);
            error != Error::ok)
            return error;
    }
    return Error::ok;
}

}  // namespace plimsoll::contract
