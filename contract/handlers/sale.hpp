// plimsoll: contract/handlers/sale.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the hall. What every sale of part of an unhealthy account begins and ends with, whatever is sold.
// Promises: guards before anything is loaded for change; after it both accounts are measured again.
#pragma once

#include "contract/call.hpp"
#include "engine/model/limits.hpp"
#include "engine/mutation.hpp"
#include "engine/ops/liquidate.hpp"

#include <cstdint>
#include <optional>

namespace plimsoll::contract {

/// The two accounts of a sale, and the guards that a keeper may have set.
struct Sale
{
    AccountRecord* seller = nullptr;
    AccountRecord* buyer = nullptr;
};

template <class Message>
[[nodiscard]] Error open_sale(Call& call, const Message& message, Sale& sale)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    if (GUARD("l7-deadline", message.deadline && call.now() > *message.deadline))
        return call.fail(Error::deadline_passed, "deadline");
    sale.seller = call.store.change_account(message.account);
    if (sale.seller == nullptr)
        return call.missing("account", message.account.value);
    if (GUARD("l7-nonce", message.nonce && *message.nonce != sale.seller->account.nonce))
        return call.fail(Error::nonce_moved, "nonce", sale.seller->account.nonce);
    if (const Error error = call.own_account(message.buyer, sale.buyer); error != Error::ok)
        return error;
    if (GUARD("l8-self", sale.seller->owner == sale.buyer->owner))
        return call.fail(Error::self_liquidation, "buyer", message.buyer.value);
    call.note_health(message.buyer, sale.buyer->account);
    return Error::ok;
}

/// Whether the buyer may be in league with the account that is sold: one's owner is the other's venue, or they
/// have traded lately. Owners can hide behind other accounts; then the caps on the insurance are what holds.
template <class Message>
[[nodiscard]] Buyer kind_of(const Call& call, const Message& message, const Sale& sale)
{
    const auto trusts = [&](const AccountRecord& one, const AccountRecord& other) {
        for (const Delegation& delegation : one.delegations)
            if (delegation.venue == other.owner)
                return true;
        return false;
    };
    const auto traded = [&](const Account& one, AccountId other) {
        for (const Counterparty& party : one.counterparties)
            if (party.account == other && elapsed(party.traded, call.now()) < LOSS_WINDOW)
                return true;
        return false;
    };
    const bool related =
        GUARD("l8-venue", trusts(*sale.seller, *sale.buyer) || trusts(*sale.buyer, *sale.seller)) ||
        GUARD("l8-traded", traded(sale.seller->account, message.buyer) ||
                               traded(sale.buyer->account, message.account));
    return related ? Buyer::related : Buyer::stranger;
}

/// The account is below maintenance, and its curve has begun: flag and first bid are one call.
[[nodiscard]] inline Error begin(
    Call& call, AccountId id, Account& seller, Scene& scene, MarginReport& before)
{
    if (const Error error = call.health_of(id, seller, scene, before); error != Error::ok)
        return error;
    if (!before.liquidatable())
        return call.fail(Error::not_liquidatable, "account", id.value);
    if (const Error error = call.require_no_grace(id, before); error != Error::ok)
        return error;
    call.ensure_flag(id, seller);
    return Error::ok;
}

/// How every event of a sale ends: who paid what, and what it did for the account.
inline void add_money(EventWriter event, const SaleMoney& money, const MarginReport& before,
    const MarginReport& after)
{
    event.decimal("freed", money.freed)
        .decimal("reward", money.reward_from_account)
        .decimal("reward_from_insurance", money.reward_from_insurance)
        .decimal("fee", money.fee)
        .decimal("health_before", before.health(Level::maintenance))
        .decimal("health_after", after.health(Level::maintenance));
}

/// A set of underlyings, a bit each.
using UnderlyingSet = std::uint32_t;
static_assert(UNDERLYINGS_MAX <= 32);
[[nodiscard]] constexpr UnderlyingSet only(UnderlyingId id) noexcept
{
    return UnderlyingSet{1} << id.value;
}

/// What was sold, as far as the end of the sale has to know.
struct Sold
{
    UnderlyingSet underlyings = 0;
    std::optional<Money> last_lot;  ///< Of SaleMoney.
};

/// After the transfer: the buyer holds its initial margin, by prices that are fit to trade on but for those
/// that were sold at; the sale has done what it must, and the seller's flag is settled.
template <class Message>
[[nodiscard]] Error close_sale(Call& call, const Message& message, Sale& sale, const Sold& sold,
    const MarginReport& before, MarginReport& seller_after)
{
    Scene scene = call.store.scene();
    MarginReport buyer_after;
    if (const Error error = call.health_of(message.buyer, sale.buyer->account, scene, buyer_after);
        error != Error::ok)
        return error;
    if (const Error error = call.require_headroom(message.buyer, sale.buyer->account, buyer_after);
        error != Error::ok)
        return error;
    for (const Position& position : sale.buyer->account.positions) {
        if (position.base.is_zero())
            continue;  // a claim needs no price
        const UnderlyingId held = scene.market(position.market).params.underlying;
        const Error error = MUTANT("l5-fit-prices", (sold.underlyings & only(held)) != 0, true)
                                ? Error::ok
                                : scene.usable(position.market, PriceUse::buyer);
        if (error != Error::ok)
            return call.fail(error, "underlying", held.value);
    }
    if (GUARD("l5-initial", buyer_after.health(Level::initial).is_negative()))
        return call.fail(Error::buyer_below_initial, "account", message.buyer.value);
    call.settle_flag(message.buyer, sale.buyer->account, scene, buyer_after);
    if (const Error error =
            call.health_of(message.account, sale.seller->account, scene, seller_after);
        error != Error::ok)
        return error;
    if (!sale_holds(before, seller_after, sold.last_lot, call.store.config().liquidation.buffer)) {
        call.abandoned = message.account;
        return call.fail(Error::sale_abandoned, "account", message.account.value);
    }
    call.settle_flag(message.account, sale.seller->account, scene, seller_after);
    return call.expect_deficit(*sale.seller, seller_after);
}

}  // namespace plimsoll::contract
