// plimsoll: contract/handlers/resolve.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the hall. The house's stage for an account that keepers have not cured. Permissionless, and no
// pause stops it.
#include "engine/ops/resolve.hpp"

#include "contract/handlers.hpp"

namespace plimsoll::contract {
namespace {

void announce(Call& call, AccountId id, const Resolution& done)
{
    for (const Deleveraged& entry : done.deleveraged) {
        call.store.add_epoch(entry.market, entry.ended);
        call.emit("deleveraged")
            .number("account", id.value)
            .number("market", entry.market.value)
            .text("side", entry.side == Side::long_side ? "long" : "short")
            .decimal("base", entry.quantity)
            .decimal("price", entry.price)
            .text("epoch_ended", entry.ended.ended ? "true" : "false");
    }
    for (const TakenOver& entry : done.taken_over)
        call.emit("collateral_taken_over")
            .number("account", id.value)
            .number("asset", entry.asset.value)
            .tokens("amount", entry.amount)
            .decimal("credit", entry.credit);
    for (const SocialisedLoss& entry : done.socialised)
        call.emit("loss_socialised")
            .number("account", id.value)
            .number("market", entry.market.value)
            .decimal("loss", entry.loss);
    call.emit("account_resolved")
        .number("account", id.value)
        .text("insolvent", done.insolvent ? "true" : "false")
        .decimal("deficit", done.deficit)
        .decimal("insurance_paid", done.insurance_paid)
        .decimal("open_deficit", done.open_deficit);
}

}  // namespace

Error handle(Call& call, const message::Resolve& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    AccountRecord* record = call.store.change_account(message.account);
    if (record == nullptr)
        return call.missing("account", message.account.value);
    Account& account = record->account;
    // Touching may close a position and shift the rest, so the list is walked from its end.
    for (std::size_t i = account.positions.size(); i-- > 0;)
        if (const Error error =
                call.touch_market(message.account, account, account.positions[i].market);
            error != Error::ok)
            return error;
    House* house = call.store.change_house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    Scene scene = call.store.scene();
    if (!call.store.stage(scene, account))
        return call.missing("account", message.account.value);
    if (call.store.grace().holds(call.now())) {
        // A book that cannot be valued is nobody's to save.
        const Result<MarginReport> before = evaluate(account, scene);
        if (before)
            if (const Error error = call.require_no_grace(message.account, *before);
                error != Error::ok)
                return error;
    }
    MarketSet markets;
    for (const Position& position : account.positions) {
        MarketRecord* market = call.store.change_market(position.market);
        if (market == nullptr)
            return call.missing("market", position.market.value);
        markets.set(position.market, market->market);
    }
    // Markets that it has left with a loss bear their part of what is owed.
    for (const OwedLoss& owed : account.owed_losses) {
        if (markets.find(owed.market) != nullptr)
            continue;
        MarketRecord* market = call.store.change_market(owed.market);
        if (market == nullptr)
            return call.missing("market", owed.market.value);
        markets.set(owed.market, market->market);
    }
    const auto done = std::make_unique<Resolution>();
    if (const Error error = resolve(
            account, house->insurance, markets, scene, call.store.config().liquidation, *done);
        error != Error::ok)
        return call.fail(error, "account", message.account.value);
    announce(call, message.account, *done);
    MarginReport report;
    const Error error = call.health_of(message.account, account, scene, report);
    // What it holds may still be more than can be valued, but an account that owes nothing is healthy.
    if (error != Error::ok && !(error == Error::arithmetic_range && owes_nothing(account)))
        return error;
    call.outcome.detail.clear();
    call.settle_flag(message.account, account, scene, report);
    return call.expect_deficit(*record, report);
}

}  // namespace plimsoll::contract
