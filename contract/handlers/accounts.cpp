// plimsoll: contract/handlers/accounts.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the hall. Opening accounts, moving tokens in and out, and letting venues trade.
#include "contract/handlers.hpp"
#include "engine/mutation.hpp"
#include "engine/ops/credit.hpp"
#include "engine/ops/liquidate.hpp"

namespace plimsoll::contract {
namespace {

const ListedAsset* find_asset(const Config& config, std::string_view denom, AssetId& id)
{
    for (std::uint16_t i = 0; i < config.assets.size(); ++i)
        if (config.assets[i].denom.view() == denom) {
            id = AssetId{i};
            return &config.assets[i];
        }
    return nullptr;
}

/// One coin of a deposit.
Error deposit_coin(
    Call& call, AccountId account_id, Account& account, House& house, const Coin& coin)
{
    AssetId id;
    const ListedAsset* asset = find_asset(call.store.config(), coin.denom, id);
    if (asset == nullptr)
        return call.fail(Error::unknown_denom, coin.denom);
    if (coin.amount == 0)
        return call.fail(Error::zero_amount, coin.denom);
    if (coin.amount < 0)
        return call.fail(Error::out_of_range, coin.denom);
    const TokenAmount amount = TokenAmount::from_raw(coin.amount);
    const int decimals = asset->params.decimals;
    const auto in_bounds = [&](TokenAmount tokens) {
        return id.value == 0 ? money_in_range(tokens, decimals)
                             : quantity_in_range(tokens, decimals);
    };
    if (!in_bounds(amount) || !in_bounds(house.held[id.value] + amount))
        return call.fail(Error::out_of_range, coin.denom);
    if (id.value == 0) {
        account.cash += money_from_tokens(amount, decimals);
    } else {
        // A token whose price is not fit to trade on could shield what it is not worth.
        if (const Error error = usable(call.store.board().of(asset->params.underlying), call.now(),
                call.store.config().oracle, PriceUse::deposit);
            error != Error::ok)
            return call.fail(error, coin.denom);
        if (house.held[id.value] + amount > asset->params.deposit_cap)
            return call.fail(Error::deposit_cap, coin.denom);
        if (!add_collateral(account, id, amount))
            return call.fail(Error::too_many_collaterals, coin.denom);
    }
    house.held[id.value] += amount;
    call.emit("deposited")
        .number("account", account_id.value)
        .number("asset", id.value)
        .tokens("amount", amount);
    return Error::ok;
}

/// While a deficit is uncovered quote leaves at the gate's pace; what passes is counted. Prices may have closed it
/// since it was written: who comes first after a fall waits like the others. So may what leaves: the gate is judged
/// by what is supplied afterwards, or a deposit would open it for itself and for everything else. `cash`: the
/// account's, with what it pays. @pre the account's record has it without
Error pass_gate(Call& call, GateShare& share, Money cash, Money paid)
{
    const GateParams& params = call.store.config().cash.gate;
    if (!params.given())
        return Error::ok;
    CashPool* pool = MUTANT("w6-refresh", true, false) ? call.store.refresh_gate()
                                                       : call.store.change_cash_pool();
    if (pool == nullptr)
        return call.fail(call.store.error(), "cash");
    if (!is_closed(pool->gate, params, call.now()))
        return Error::ok;
    enter_window(share, pool->gate, cash);
    if (GUARD("w6-gate", paid > allowance_floor(share, pool->gate, params)))
        return call.fail(Error::withdrawal_gate, "amount");
    share.withdrawn += paid;
    pool->gate.outflow += paid;
    return Error::ok;
}

}  // namespace

Error handle(Call& call, const message::OpenAccount& message)
{
    if (const Error error = call.require_unpaused(pause::OPEN_ACCOUNT); error != Error::ok)
        return error;
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    AccountRecord& record = call.store.add_account();
    record.owner = call.sender;
    record.account.mode = message.mode;
    call.emit("account_opened")
        .number("account", call.store.accounts())
        .text("owner", call.sender.view())
        .text("mode", name_of(message.mode));
    return Error::ok;
}

Error handle(Call& call, const message::Deposit& message)
{
    if (call.env.funds.empty())
        return call.fail(Error::funds_missing, "funds");
    AccountRecord* record = nullptr;
    if (const Error error = call.own_account(message.account, record); error != Error::ok)
        return error;
    House* house = call.store.change_house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    // A deposit never fails because the account cannot be valued: the flag just stays as it is then.
    call.note_health(message.account, record->account);
    for (const Coin& coin : call.env.funds)
        if (const Error error = deposit_coin(call, message.account, record->account, *house, coin);
            error != Error::ok)
            return error;
    ++record->account.nonce;
    call.look(message.account, record->account);
    return Error::ok;
}

Error handle(Call& call, const message::Withdraw& message)
{
    if (const Error error = call.require_unpaused(pause::WITHDRAW); error != Error::ok)
        return error;
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    AccountRecord* record = nullptr;
    if (const Error error = call.own_account(message.account, record); error != Error::ok)
        return error;
    const Config& config = call.store.config();
    if (message.asset.value >= config.assets.size())
        return call.fail(Error::no_such_asset, "asset", message.asset.value);
    if (message.amount.is_zero())
        return call.fail(Error::zero_amount, "amount");
    const ListedAsset& asset = config.assets[message.asset.value];
    House* house = call.store.change_house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");

    Account& account = record->account;
    const CashParams& cash = config.cash;
    if (message.asset.value == 0) {
        if (!money_in_range(message.amount, asset.params.decimals) ||
            (account.cash < money_from_tokens(message.amount, asset.params.decimals) &&
                !cash.borrow.given()))
            return call.fail(Error::insufficient_balance, "amount");
        const Money paid = money_from_tokens(message.amount, asset.params.decimals);
        const Money whole = account.cash;
        account.cash -= paid;
        if (const Error error = pass_gate(call, record->share.gate, whole, paid);
            error != Error::ok)
            return error;
    } else {
        const Collateral* held = account.find(message.asset);
        if (held == nullptr)
            return call.fail(Error::no_collateral, "asset", message.asset.value);
        if (held->amount < message.amount)
            return call.fail(Error::insufficient_balance, "amount");
        take_collateral(account, message.asset, message.amount);
    }
    if (GUARD("w6-held", house->held[message.asset.value] < message.amount))
        return call.fail(Error::insufficient_liquidity, "amount");
    house->held[message.asset.value] -= message.amount;

    Scene scene = call.store.scene();
    MarginReport report;
    if (const Error error = call.require_may_give(message.account, account, scene, report);
        error != Error::ok)
        return error;
    if (message.asset.value == 0 && account.cash.is_negative() && cash.borrow.given())
        if (const Error error = check_borrow_limits(call.store.cash_pool_after(), cash.borrow);
            error != Error::ok)
            return call.fail(error, "amount");

    call.settle_flag(message.account, account, scene, report);
    ++account.nonce;
    call.outcome.transfers.push_back(Transfer{
        std::string(call.sender.view()), std::string(asset.denom.view()), message.amount.raw()});
    call.emit("withdrawn")
        .number("account", message.account.value)
        .number("asset", message.asset.value)
        .tokens("amount", message.amount);
    return Error::ok;
}

Error handle(Call& call, const message::Delegate& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    AccountRecord* record = nullptr;
    if (const Error error = call.own_account(message.account, record); error != Error::ok)
        return error;
    if (!call.host.valid_address(message.venue.view()))
        return call.fail(Error::bad_address, "venue");
    if (message.expires && *message.expires <= call.now())
        return call.fail(Error::delegation_expired, "expires");
    Delegation delegation;
    delegation.venue = message.venue;
    delegation.expires = message.expires ? *message.expires : Seconds::zero();
    delegation.limits = message.limits;
    bool replaced = false;
    for (Delegation& held : record->delegations)
        if (held.venue == message.venue) {
            held = delegation;
            replaced = true;
        }
    if (!replaced && !record->delegations.push(delegation))
        return call.fail(Error::too_many_delegations, "account", message.account.value);
    call.emit("delegated")
        .number("account", message.account.value)
        .text("venue", message.venue.view())
        .number("expires", delegation.expires.raw());
    return Error::ok;
}

Error handle(Call& call, const message::RevokeDelegate& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    AccountRecord* record = nullptr;
    if (const Error error = call.own_account(message.account, record); error != Error::ok)
        return error;
    for (std::size_t i = 0; i < record->delegations.size(); ++i)
        if (record->delegations[i].venue == message.venue) {
            record->delegations.erase(i);
            // Nobody is left who could fill or take back what rests.
            bool held = false;
            for (const Delegation& delegation : record->delegations)
                held = held || delegation.holds(call.now());
            if (!held)
                record->account.orders.clear();
            call.emit("delegation_revoked")
                .number("account", message.account.value)
                .text("venue", message.venue.view());
            return Error::ok;
        }
    return call.fail(Error::not_delegated, "venue");
}

Error handle(Call& call, const message::SetMode& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    AccountRecord* record = nullptr;
    if (const Error error = call.own_account(message.account, record); error != Error::ok)
        return error;
    Account& account = record->account;
    if (account.mode == message.mode)
        return call.fail(Error::nothing_to_do, "mode");
    call.note_health(message.account, account);
    account.mode = message.mode;
    Scene scene = call.store.scene();
    MarginReport report;
    if (const Error error = call.health_of(message.account, account, scene, report);
        error != Error::ok)
        return error;
    if (const Error error = call.require_headroom(message.account, account, report);
        error != Error::ok)
        return error;
    if (const Error error = call.require_fit_prices(account, scene); error != Error::ok)
        return error;
    if (GUARD("m14-mode", report.health(Level::initial).is_negative()))
        return call.fail(Error::below_initial_margin, "account", message.account.value);
    call.settle_flag(message.account, account, scene, report);
    ++account.nonce;
    call.outcome.detail.clear();
    call.emit("mode_set")
        .number("account", message.account.value)
        .text("mode", name_of(account.mode));
    return Error::ok;
}

}  // namespace plimsoll::contract
