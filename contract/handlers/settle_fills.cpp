// plimsoll: contract/handlers/settle_fills.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the hall. Trades that a venue has matched: all of them or none.
#include "contract/handlers.hpp"
#include "engine/ops/fill.hpp"
#include "engine/ops/orders.hpp"

namespace plimsoll::contract {
namespace {

/// An account of this settlement, once, however many fills it is in.
struct Party
{
    AccountId id;
    AccountRecord* record = nullptr;
    MarginReport before;
    std::uint32_t legs = 0;
};

class Settlement
{
public:
    Settlement(Call& call, const message::SettleFills& message) : m_call(call), m_message(message)
    {}

    Error run()
    {
        if (const Error error = load(); error != Error::ok)
            return error;
        if (const Error error = evaluate_before(); error != Error::ok)
            return error;
        if (const Error error = apply(); error != Error::ok)
            return error;
        return check_after();
    }

private:
    Error join(AccountId id)
    {
        for (Party& party : m_parties)
            if (party.id == id) {
                ++party.legs;
                return Error::ok;
            }
        Party party;
        party.id = id;
        party.legs = 1;
        party.record = m_call.store.change_account(id);
        if (party.record == nullptr)
            return m_call.missing("account", id.value);
        if (const Error error = m_call.require_delegation(id, *party.record); error != Error::ok)
            return error;
        m_parties.push_back(party);
        return Error::ok;
    }

    /// Accounts, delegations, prices; then every market up to now and every position touched, so that
    /// margins before and after are measured on the same indexes.
    Error load()
    {
        for (const message::Fill& fill : m_message.fills) {
            if (fill.buyer == fill.seller)
                return m_call.fail(Error::self_fill, "account", fill.buyer.value);
            if (const Error error = join(fill.buyer); error != Error::ok)
                return error;
            if (const Error error = join(fill.seller); error != Error::ok)
                return error;
            MarketRecord* market = nullptr;
            if (const Error error = m_call.open_market(fill.market, market); error != Error::ok)
                return error;
            if (const Error error = m_call.require_tradable(fill.market, market->market);
                error != Error::ok)
                return error;
        }
        for (const message::Fill& fill : m_message.fills)
            for (const AccountId id : {fill.buyer, fill.seller})
                if (const Error error = m_call.touch_market(
                        id, m_call.store.change_account(id)->account, fill.market);
                    error != Error::ok)
                    return error;
        return Error::ok;
    }

    Error evaluate_before()
    {
        Scene scene = m_call.store.scene();
        for (Party& party : m_parties)
            if (const Error error =
                    m_call.health_of(party.id, party.record->account, scene, party.before);
                error != Error::ok)
                return error;
        return Error::ok;
    }

    Error apply()
    {
        Scene scene = m_call.store.scene();
        for (const message::Fill& fill : m_message.fills) {
            Account& buyer = m_call.store.change_account(fill.buyer)->account;
            Account& seller = m_call.store.change_account(fill.seller)->account;
            Market& market = m_call.store.change_market(fill.market)->market;
            const Price index = m_call.store.board().of(market.params.underlying).price;
            scene.clear_markets();
            if (!m_call.store.set_market(scene, fill.market, false))
                return m_call.missing("market", fill.market.value);
            const Result<FillPlan> plan = plan_fill(buyer, seller, market, fill.market, fill.base,
                fill.price, index, scene.mark(fill.market));
            if (!plan)
                return m_call.fail(plan.error(), "market", fill.market.value);
            apply_fill(buyer, seller, market, *plan);
            note_counterparty(buyer, fill.seller, m_call.now());
            note_counterparty(seller, fill.buyer, m_call.now());
            // What is filled no longer rests, so that it does not count twice.
            reduce_orders(buyer, fill.market, fill.base, Quantity::zero());
            reduce_orders(seller, fill.market, Quantity::zero(), fill.base);
            m_call.emit("filled")
                .number("market", fill.market.value)
                .number("buyer", fill.buyer.value)
                .number("seller", fill.seller.value)
                .decimal("base", fill.base)
                .decimal("price", fill.price);
        }
        return Error::ok;
    }

    /// What the party's fills in option markets have added to what it holds there below mark: margin takes the
    /// worse end of a price's bracket, while fills are at the mark. Leaves another market on the scene.
    Money below_mark_added(const Party& party, Scene& scene)
    {
        Money added;
        for (std::size_t i = 0; i < m_message.fills.size(); ++i) {
            const MarketId id = m_message.fills[i].market;
            Quantity bought;
            bool seen = false;  // by an earlier fill of the market, which counted this one
            for (std::size_t j = 0; j < m_message.fills.size(); ++j) {
                const message::Fill& fill = m_message.fills[j];
                if (!(fill.market == id))
                    continue;
                seen = seen || j < i;
                bought += fill.buyer == party.id ? fill.base : Quantity::zero();
                bought -= fill.seller == party.id ? fill.base : Quantity::zero();
            }
            const MarketRecord* market = m_call.store.market(id);
            if (seen || bought.is_zero() || market->market.params.kind != MarketKind::option)
                continue;
            // By itself: what the account holds and what it has closed together may be too many.
            CHECK(m_call.store.stage(scene, id));
            const Position* held = party.record->account.find(id);
            const Quantity after = held == nullptr ? Quantity::zero() : held->base;
            added += below_mark(after, id, scene) - below_mark(after - bought, id, scene);
        }
        return added;
    }

    /// Initial margin, by prices that are fit to trade on: what is worth less than its old price says must
    /// not carry new risk elsewhere.
    Error require_margin(const Party& party, const MarginReport& after, const Scene& scene)
    {
        if (after.health(Level::initial).is_negative())
            return m_call.fail(Error::below_initial_margin, "account", party.id.value);
        return m_call.require_fit_prices(party.record->account, scene);
    }

    Error check_after()
    {
        Scene scene = m_call.store.scene();
        for (Party& party : m_parties) {
            Account& account = party.record->account;
            MarginReport after;
            if (const Error error = m_call.health_of(party.id, account, scene, after);
                error != Error::ok)
                return error;
            if (!keeps_headroom(party.before, after, account.mode))
                return m_call.fail(Error::gross_limit, "account", party.id.value);
            if (const Error error = require_margin(party, after, scene); error != Error::ok) {
                // A leg may round its quote and the position's value against the account, a raw unit each.
                const Allowance allowance{Money::zero(),
                    Money::from_raw(2 * static_cast<num::i128>(party.legs)),
                    below_mark_added(party, scene)};
                if (!improves(party.before, after, allowance))
                    return error;
                m_call.outcome.detail.clear();
            }
            m_call.note_health(account, party.before);
            m_call.settle_flag(party.id, account, after);
            ++account.nonce;
        }
        return Error::ok;
    }

    Call& m_call;
    const message::SettleFills& m_message;
    std::vector<Party> m_parties;
};

}  // namespace

Error handle(Call& call, const message::SettleFills& message)
{
    if (const Error error = call.require_unpaused(pause::SETTLE_FILLS); error != Error::ok)
        return error;
    if (const Error error = call.require_role(role::VENUE); error != Error::ok)
        return error;
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    RoleRecord* venue = call.store.change_role(call.sender);
    if (message.nonce <= venue->nonce)
        return call.fail(Error::nonce_not_increasing, "nonce", venue->nonce);
    if (message.fills.empty())
        return call.fail(Error::nothing_to_do, "fills");
    venue->nonce = message.nonce;
    return Settlement(call, message).run();
}

}  // namespace plimsoll::contract
