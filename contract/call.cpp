// plimsoll: contract/call.cpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the hall. See call.hpp.
#include "contract/call.hpp"

#include "contract/message.hpp"
#include "engine/mutation.hpp"
#include "engine/ops/credit.hpp"
#include "engine/ops/leg.hpp"
#include "engine/ops/liquidate.hpp"
#include "engine/ops/losses.hpp"
#include "engine/solvency/auction.hpp"

namespace plimsoll::contract {

std::string decimal_string(num::i128 raw)
{
    return std::string(std::string_view(num::decimal_text(raw, num::WAD_DECIMALS)));
}

std::string integer_string(num::i128 value)
{
    return std::string(std::string_view(num::decimal_text(value, 0)));
}

Error Call::require_role(std::uint32_t role)
{
    const RoleRecord* record = store.role(sender);
    if (record == nullptr)
        return fail(store.error(), "role");
    return MUTANT("g9-role", (record->roles & role) != 0, true)
               ? Error::ok
               : fail(Error::unauthorized, sender.view());
}

Error Call::require_unpaused(std::uint32_t action)
{
    return (store.config().pauses.in_force(now()) & action) == 0 ? Error::ok
                                                                 : fail(Error::paused, "paused");
}

Error Call::require_no_funds()
{
    return env.funds.empty() ? Error::ok : fail(Error::funds_not_accepted, env.funds[0].denom);
}

Error Call::require_governor()
{
    if (const Error error = require_role(role::GOVERNANCE); error != Error::ok)
        return error;
    return require_no_funds();
}

Error Call::require_governance()
{
    if (by_proposal)
        return Error::ok;
    if (const Error error = require_governor(); error != Error::ok)
        return error;
    return MUTANT("g3-timelock", store.config().governance.timelock.is_zero(), true)
               ? Error::ok
               : fail(Error::timelocked, "propose");
}

Error Call::require_delegation(AccountId id, const AccountRecord& record)
{
    for (const Delegation& delegation : record.delegations) {
        if (!(delegation.venue == sender))
            continue;
        return delegation.holds(now()) ? Error::ok
                                       : fail(Error::delegation_expired, "account", id.value);
    }
    return GUARD("g9-delegated", true) ? fail(Error::not_delegated, "account", id.value)
                                       : Error::ok;
}

Error Call::require_tradable(MarketId id, const Market& market)
{
    const UnderlyingId underlying = market.params.underlying;
    if (const Error error =
            usable(store.board().of(underlying), now(), store.config().oracle, PriceUse::fill);
        error != Error::ok)
        return fail(error, "underlying", underlying.value);
    if (market.ended(now()))
        return fail(Error::expired, "market", id.value);
    if (market.params.kind == MarketKind::perpetual)
        return Error::ok;
    const Surfaces* surfaces = store.surfaces(underlying);
    if (surfaces == nullptr)
        return missing("underlying", underlying.value);
    return surface_at(*surfaces, market.params.expiry) != nullptr
               ? Error::ok
               : fail(Error::no_surface, "market", id.value);
}

Error Call::own_account(AccountId id, AccountRecord*& out)
{
    out = store.change_account(id);
    if (out == nullptr)
        return missing("account", id.value);
    return MUTANT("g9-owner", out->owner == sender, true)
               ? Error::ok
               : fail(Error::not_owner, "account", id.value);
}

Error Call::open_market(MarketId id, MarketRecord*& out)
{
    out = store.change_market(id);
    return out == nullptr ? missing("market", id.value) : Error::ok;
}

void Call::announce_funding()
{
    store.each_changed_market([&](const LoadedMarket& market) {
        if (!market.funding.is_zero())
            emit("funding_accrued").number("market", market.id).decimal("charge", market.funding);
        if (market.stopped)
            emit("market_reduce_only").number("market", market.id);
    });
}

Error Call::touch_market(AccountId id, Account& account, MarketId market)
{
    MarketRecord* record = store.change_market(market);
    if (record == nullptr)
        return missing("market", market.value);
    const Result<Touched> touched = touch_position(account, record->market, market, store);
    if (!touched)
        return fail(touched.error(), "account", id.value);
    return touched->done ? Error::ok : fail(Error::touch_first, "account", id.value);
}

Error Call::health_of(AccountId id, const Account& account, Scene& scene, MarginReport& out)
{
    if (!store.stage(scene, account))
        return missing("account", id.value);
    const Result<MarginReport> report = evaluate(account, scene);
    if (!report)
        return fail(report.error(), "account", id.value);
    out = *report;
    return Error::ok;
}

Error Call::require_fit_prices(const Account& account, const Scene& scene)
{
    for (const Position& position : account.positions) {
        // What has no base is worth its quote at any price.
        if (position.base.is_zero())
            continue;
        const UnderlyingId underlying = scene.market(position.market).params.underlying;
        if (const Error error = scene.usable(position.market, PriceUse::withdraw);
            GUARD("o5-withdraw", error != Error::ok))
            return fail(error, "underlying", underlying.value);
    }
    return Error::ok;
}

Error Call::require_may_give(AccountId id, const Account& account, Scene& scene, MarginReport& out)
{
    if (const Error error = health_of(id, account, scene, out); error != Error::ok)
        return error;
    if (const Error error = require_fit_prices(account, scene); error != Error::ok)
        return error;
    if (GUARD("m14-give", out.health(Level::initial).is_negative()))
        return fail(Error::below_initial_margin, "account", id.value);
    if (!account.cash.is_negative() || !store.config().cash.borrow.given())
        return Error::ok;
    const Error error = stands_on_collateral(account, scene, out);
    return GUARD("a1-give", error != Error::ok) ? fail(error, "account", id.value) : Error::ok;
}

Error Call::require_no_grace(AccountId id, const MarginReport& report)
{
    return GUARD("o6-grace", report.liquidatable() &&
                                 MUTANT("o6-insolvent", !report.equity.is_negative(), true) &&
                                 store.grace().holds(now()))
               ? fail(Error::in_grace, "account", id.value)
               : Error::ok;
}

Error Call::require_headroom(AccountId id, const Account& account, const MarginReport& report)
{
    return MUTANT("l11-headroom", has_headroom(report.sums, account.mode), true)
               ? Error::ok
               : fail(Error::gross_limit, "account", id.value);
}

bool Call::raise(Account& account)
{
    return raise_flag(account.flag, store.config().liquidation, now());
}

void Call::note_health(Account& account, const MarginReport& before)
{
    if (account.flag.raised && before.liquidatable())
        static_cast<void>(raise(account));
}

void Call::note_health(AccountId id, Account& account)
{
    if (!account.flag.raised)
        return;
    Scene scene = store.scene();
    MarginReport before;
    if (GUARD("l4-buyer", health_of(id, account, scene, before) == Error::ok))
        note_health(account, before);
    outcome.detail.clear();
}

void Call::settle_flag(
    AccountId id, Account& account, const Scene& scene, const MarginReport& report)
{
    if (report.liquidatable())
        return;
    if (MUTANT("w4-seen", true, false))
        see_healthy(account, scene);
    if (lower_flag(account.flag, now()))
        emit("account_cured").number("account", id.value);
}

void Call::look(AccountId id, Account& account)
{
    if (!account.flag.raised && account.positions.empty() && account.owed_losses.empty())
        return;
    Scene scene = store.scene();
    MarginReport report;
    if (GUARD("w4-looked", health_of(id, account, scene, report) == Error::ok))
        settle_flag(id, account, scene, report);
    outcome.detail.clear();
}

void Call::ensure_flag(AccountId id, Account& account)
{
    if (raise(account))
        emit("account_flagged")
            .number("account", id.value)
            .number("since", account.flag.since.raw());
}

Error Call::refuse_sale(Error error, AccountId id, const Account& account, MarketId market,
    const MarginReport& report, const Scene& scene)
{
    switch (error) {
    case Error::no_position:
        return fail(error, "market", market.value);
    case Error::no_price:
    case Error::stale_price:
    case Error::volatile_price:
        return fail(error, "underlying", scene.market(market).params.underlying.value);
    case Error::not_first_unit:
        if (const House* house = store.house())
            return fail(error, "market",
                first_offer(report, account, scene, store.config().liquidation, house->insurance)
                    .value);
        return fail(store.error(), "house");
    default:
        return fail(error, "account", id.value);
    }
}

Error Call::expect_deficit(AccountRecord& record, const MarginReport& report)
{
    if (!store.config().cash.staking.given())
        return Error::ok;
    const bool short_of = record.account.flag.raised && report.equity.is_negative();
    const Money expected = short_of ? -report.equity : Money::zero();
    if (expected == record.share.expected_deficit)
        return Error::ok;
    House* house = store.change_house();
    if (house == nullptr)
        return fail(store.error(), "house");
    house->staking.expected_deficits += expected - record.share.expected_deficit;
    record.share.expected_deficit = expected;
    return Error::ok;
}

}  // namespace plimsoll::contract
