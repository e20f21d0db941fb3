// plimsoll: contract/handlers/settle_fills.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the hall. Trades that a venue has matched: all of them or none.
#include "contract/handlers.hpp"
#include "engine/mutation.hpp"
#include "engine/ops/credit.hpp"
#include "engine/ops/fill.hpp"
#include "engine/ops/orders.hpp"
#include "engine/ops/trading_fee.hpp"

namespace plimsoll::contract {
namespace {

/// An account of this settlement, once, however many fills it is in.
struct Party
{
    AccountId id;
    AccountRecord* record = nullptr;
    Delegation* delegation = nullptr;
    MarginReport before;
    std::uint32_t legs = 0;
    Money fees;     ///< Paid in this settlement.
    Money premium;  ///< What its option fills have added to its cash.
};

/// Of one fill, for each side.
struct Fees
{
    Money buyer;
    Money seller;
};

class Settlement
{
public:
    /// While fills are stopped, only those that reduce both positions go through.
    Settlement(Call& call, const message::SettleFills& message, bool stopped)
      : m_call(call), m_message(message), m_stopped(stopped)
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
        for (Delegation& delegation : party.record->delegations)
            if (delegation.venue == m_call.sender)
                party.delegation = &delegation;
        m_parties.push_back(party);
        return Error::ok;
    }

    /// @pre it has joined
    Party& party(AccountId id)
    {
        for (Party& joined : m_parties)
            if (joined.id == id)
                return joined;
        CHECK(false);
        return m_parties.front();
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
            if (const Error error = require_later_price(fill, market->market.params);
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

    /// Where fills are at the oracle's price, nobody may order when it is known already.
    Error require_later_price(const message::Fill& fill, const MarketParams& params)
    {
        if (!params.fill_at_oracle)
            return Error::ok;
        if (!fill.ordered)
            return m_call.fail(Error::missing_field, "ordered");
        return m_call.store.board().of(params.underlying).published > *fill.ordered
                   ? Error::ok
                   : m_call.fail(Error::stale_price, "underlying", params.underlying.value);
    }

    Party& party_of(AccountId id)
    {
        for (Party& party : m_parties)
            if (party.id == id)
                return party;
        CHECK(false);
        return m_parties.front();
    }

    /// The fill as a venue may make it: an active market is as one that only reduces while fills are stopped.
    Result<FillPlan> plan(const Account& buyer, const Account& seller, const Market& market,
        const message::Fill& fill, Price index, Price mark)
    {
        const bool restricted = m_stopped && market.params.status == MarketStatus::active;
        if (!restricted)
            return plan_fill(
                buyer, seller, market, fill.market, fill.base, fill.price, index, mark);
        Market reducing = market;
        reducing.params.status = MarketStatus::reduce_only;
        const Result<FillPlan> plan =
            plan_fill(buyer, seller, reducing, fill.market, fill.base, fill.price, index, mark);
        if (!plan && plan.error() == Error::market_not_active)
            return Error::paused;
        return plan;
    }

    /// What one side pays: nothing while it can be liquidated, so that no fee keeps it from closing. Counts
    /// the leg against its delegation.
    Error charge(const message::Fill& fill, const MarketParams& params, AccountId id, bool takes,
        Price index, Price mark, Money& fee)
    {
        Party& party = party_of(id);
        const Ratio rate =
            party.before.liquidatable() ? Ratio::zero() : trading_fee_rate(params, takes);
        fee = trading_fee_ceil(params, rate, fill.base, fill.price, index);
        if (party.delegation->limits.given()) {
            const Price worse = id == fill.buyer ? fill.price - mark : mark - fill.price;
            const Money loss =
                worse.is_positive() ? notional_ceil(fill.base, worse) : Money::zero();
            // An option's premium says little of what it may move.
            const Price counted =
                MUTANT("g9-delegated-option", params.kind == MarketKind::option, false)
                    ? index
                    : fill.price;
            const DelegatedLeg leg{fill.market, notional_ceil(fill.base, counted), rate, loss};
            if (const Refused refused = charge_delegation(
                    party.delegation->limits, party.delegation->use, leg, m_call.now());
                refused != Error::ok)
                return m_call.fail(
                    refused.error, std::string(refused.parameter) + ", account", id.value);
        }
        if (fee.is_zero())
            return Error::ok;
        Account& account = party.record->account;
        if (!in_range(account.cash - fee))
            return m_call.fail(Error::out_of_range, "account", id.value);
        House* house = m_call.store.change_house();
        if (house == nullptr)
            return m_call.fail(m_call.store.error(), "house");
        account.cash -= fee;
        party.fees += fee;
        house->insurance.receive(fee);
        return Error::ok;
    }

    Error charge_both(
        const message::Fill& fill, const MarketParams& params, Price index, Price mark, Fees& fees)
    {
        if (const Error error = charge(
                fill, params, fill.buyer, fill.taker == Taker::buyer, index, mark, fees.buyer);
            error != Error::ok)
            return error;
        return charge(
            fill, params, fill.seller, fill.taker == Taker::seller, index, mark, fees.seller);
    }

    void announce(const message::Fill& fill, const Fees& fees)
    {
        EventWriter event = m_call.emit("filled");
        event.number("market", fill.market.value)
            .number("buyer", fill.buyer.value)
            .number("seller", fill.seller.value)
            .decimal("base", fill.base)
            .decimal("price", fill.price);
        if (!fees.buyer.is_zero() || !fees.seller.is_zero())
            event.decimal("buyer_fee", fees.buyer).decimal("seller_fee", fees.seller);
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
            const Price mark = scene.mark(fill.market);
            const Result<FillPlan> planned = plan(buyer, seller, market, fill, index, mark);
            if (!planned && planned.error() == Error::paused)
                return m_call.fail(Error::paused, "paused");
            if (!planned)
                return m_call.fail(planned.error(), "market", fill.market.value);
            party(fill.buyer).premium += planned->buyer.cash;
            party(fill.seller).premium += planned->seller.cash;
            apply_fill(buyer, seller, market, *planned);
            note_counterparty(buyer, fill.seller, m_call.now());
            note_counterparty(seller, fill.buyer, m_call.now());
            Fees fees;
            if (const Error error = charge_both(fill, market.params, index, mark, fees);
                error != Error::ok)
                return error;
            // What is filled no longer rests, so that it does not count twice.
            reduce_orders(buyer, fill.market, fill.base, Quantity::zero());
            reduce_orders(seller, fill.market, Quantity::zero(), fill.base);
            announce(fill, fees);
        }
        return Error::ok;
    }

    /// What the party's fills in option markets have added to what it holds there below mark: margin takes the
    /// worse end of a price's bracket, while fills are at the mark.
    Money below_mark_added(const Party& party, Scene scene)
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
        if (GUARD("m14-fill", after.health(Level::initial).is_negative()))
            return m_call.fail(Error::below_initial_margin, "account", party.id.value);
        // A premium that is paid on credit is borrowed like what is withdrawn: not against profit.
        const Account& account = party.record->account;
        if (party.premium.is_negative() && account.cash.is_negative() &&
            m_call.store.config().cash.borrow.given())
            if (const Error error = stands_on_collateral(account, scene, after); error != Error::ok)
                return m_call.fail(error, "account", party.id.value);
        return m_call.require_fit_prices(account, scene);
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
                // Who owes more than it has would choose by its fills who bears the rest.
                if (GUARD("w3-insolvent-fill", party.before.equity.is_negative()))
                    return error;
                // A leg may round its quote and the position's value against the account, a raw unit each.
                const Allowance allowance{party.fees,
                    Money::from_raw(2 * static_cast<num::i128>(party.legs)),
                    below_mark_added(party, scene)};
                if (!improves(party.before, after, allowance))
                    return error;
                m_call.outcome.detail.clear();
            }
            m_call.note_health(account, party.before);
            m_call.settle_flag(party.id, account, scene, after);
            ++account.nonce;
        }
        return Error::ok;
    }

    Call& m_call;
    const message::SettleFills& m_message;
    const bool m_stopped;
    std::vector<Party> m_parties;
};

}  // namespace

Error handle(Call& call, const message::SettleFills& message)
{
    const bool stopped = call.require_unpaused(pause::SETTLE_FILLS) != Error::ok;
    call.outcome.detail.clear();
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
    return Settlement(call, message, stopped).run();
}

}  // namespace plimsoll::contract
