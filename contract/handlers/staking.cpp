// plimsoll: contract/handlers/staking.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the hall. Shares of the insurance. No pause stops it: shares only leave after they have waited.
#include "contract/handlers.hpp"
#include "engine/mutation.hpp"

namespace plimsoll::contract {
namespace {

Seconds unbonding_of(const Config& config)
{
    return unbonding_length(config.cash, config.liquidation);
}

/// The sender's stake as of now, and the house; both for change.
Error open_stake(Call& call, Stake*& stake, House*& house)
{
    house = call.store.change_house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    stake = call.store.change_stake(call.sender);
    if (stake == nullptr)
        return call.fail(call.store.error(), "stake");
    *stake = current(*stake, house->staking, unbonding_of(call.store.config()), call.now());
    return Error::ok;
}

/// Whether all inventory has a price that it could be bought at: at another, who joins would know better than the
/// house. For who leaves such inventory counts as nothing.
Error require_fit_inventory(Call& call, const Insurance& insurance)
{
    const Config& config = call.store.config();
    for (std::size_t i = 1; i < config.assets.size(); ++i) {
        if (insurance.inventory[i].is_zero())
            continue;
        const UnderlyingId id = config.assets[i].params.underlying;
        const FeedPrice& feed = call.store.board().of(id);
        if (const Error error = usable(feed, call.now(), config.oracle, PriceUse::buyer);
            error != Error::ok)
            return call.fail(error, "underlying", id.value);
    }
    return Error::ok;
}

}  // namespace

Error handle(Call& call, const message::StakeInsurance&)
{
    if (!call.store.config().cash.staking.given())
        return call.fail(Error::staking_closed, "unbonding_s");
    if (call.env.funds.empty())
        return call.fail(Error::funds_missing, "funds");
    const ListedAsset& quote = call.store.config().assets[0];
    const Coin& coin = call.env.funds[0];
    if (call.env.funds.size() > 1 || coin.denom != quote.denom.view())
        return call.fail(Error::unknown_denom, coin.denom);
    if (coin.amount == 0)
        return call.fail(Error::zero_amount, coin.denom);
    Stake* stake = nullptr;
    House* house = nullptr;
    if (const Error error = open_stake(call, stake, house); error != Error::ok)
        return error;
    const int decimals = quote.params.decimals;
    if (coin.amount < 0 || !money_in_range(TokenAmount::from_raw(coin.amount), decimals) ||
        !money_in_range(house->held[0] + TokenAmount::from_raw(coin.amount), decimals))
        return call.fail(Error::out_of_range, coin.denom);
    const TokenAmount amount = TokenAmount::from_raw(coin.amount);
    if (const Error error = require_fit_inventory(call, house->insurance);
        GUARD("w7-fit-joining", error != Error::ok))
        return error;
    const Result<InventoryWorth> inventory = call.store.inventory_worth(house->insurance);
    if (!inventory)
        return call.fail(inventory.error(), "stable");
    const Result<num::i128> bought = add_stake(
        house->staking, house->insurance, money_from_tokens(amount, decimals), *inventory);
    if (!bought)
        return call.fail(bought.error(), "funds");
    house->held[0] += amount;
    stake->shares += *bought;
    call.emit("staked")
        .text("staker", call.sender.view())
        .tokens("amount", amount)
        .tokens("shares", TokenAmount::from_raw(*bought));
    return Error::ok;
}

Error handle(Call& call, const message::UnstakeInsurance& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    if (message.shares.is_zero())
        return call.fail(Error::zero_amount, "shares");
    Stake* stake = nullptr;
    House* house = nullptr;
    if (const Error error = open_stake(call, stake, house); error != Error::ok)
        return error;
    const num::i128 shares = message.shares.raw();
    if (shares > stake->shares)
        return call.fail(Error::insufficient_balance, "shares");
    stake->shares -= shares;
    stake->unbonding += shares;
    stake->since = call.now();
    call.emit("unstaked")
        .text("staker", call.sender.view())
        .tokens("shares", message.shares)
        .number("claimable_at", (stake->since + unbonding_of(call.store.config())).raw());
    return Error::ok;
}

Error handle(Call& call, const message::ClaimUnstaked& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    Stake* stake = nullptr;
    House* house = nullptr;
    if (const Error error = open_stake(call, stake, house); error != Error::ok)
        return error;
    const Config& config = call.store.config();
    if (stake->unbonding == 0 || elapsed(stake->since, call.now()) < unbonding_of(config))
        return call.fail(Error::still_unbonding, "stake");
    const Result<InventoryWorth> inventory = call.store.inventory_worth(house->insurance);
    if (!inventory)
        return call.fail(inventory.error(), "stable");
    const ListedAsset& quote = config.assets[0];
    const Money worth = worth_floor(house->staking, house->insurance, stake->unbonding, *inventory);
    const TokenAmount paid = tokens_from_money_floor(worth, quote.params.decimals);
    // Worthless for now, which an estimate can be wrong about: the shares stay.
    if (paid.is_zero())
        return call.fail(Error::staking_closed, "stake");
    // Estimates of losses come and go: whoever leaves says what is too little.
    if (message.min_amount && paid < *message.min_amount)
        return call.fail(Error::price_guard, "min_amount");
    // What is still inventory has to be sold first, by anybody.
    const Money money = money_from_tokens(paid, quote.params.decimals);
    if (house->held[0] < paid || GUARD("w7-balance", house->insurance.balance < money))
        return call.fail(Error::insufficient_liquidity, "stake");
    const num::i128 shares = stake->unbonding;
    stake->unbonding = 0;
    house->staking.shares -= shares;
    house->held[0] -= paid;
    house->insurance.balance -= money;
    call.outcome.transfers.push_back(
        Transfer{std::string(call.sender.view()), std::string(quote.denom.view()), paid.raw()});
    call.emit("unstaked_paid")
        .text("staker", call.sender.view())
        .tokens("shares", TokenAmount::from_raw(shares))
        .tokens("amount", paid);
    return Error::ok;
}

}  // namespace plimsoll::contract
