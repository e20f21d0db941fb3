// plimsoll: contract/call.hpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the hall. What every handler works with: the store, the sender, the answer under construction;
// and the few questions that all of them ask.
// Promises: detail names what an error is about; every event carries the next sequence number.
#pragma once

#include "contract/address.hpp"
#include "contract/contract.hpp"
#include "contract/json/shapes.hpp"
#include "contract/store.hpp"
#include "engine/num/decimal.hpp"
#include "engine/units/units.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::contract {

[[nodiscard]] std::string decimal_string(num::i128 raw);
[[nodiscard]] std::string integer_string(num::i128 value);

/// Adds attributes to one event.
class EventWriter
{
public:
    explicit EventWriter(Event& event) noexcept : m_event(event) {}

    EventWriter& text(std::string_view key, std::string_view value)
    {
        m_event.attributes.push_back({std::string(key), std::string(value)});
        return *this;
    }
    EventWriter& number(std::string_view key, std::uint64_t value)
    {
        return text(key, integer_string(static_cast<num::i128>(value)));
    }
    EventWriter& tokens(std::string_view key, TokenAmount value)
    {
        return text(key, integer_string(value.raw()));
    }
    template <class Tag>
    EventWriter& decimal(std::string_view key, Fixed<Tag> value)
    {
        return text(key, decimal_string(value.raw()));
    }

private:
    Event& m_event;
};

struct Call
{
    Store& store;
    const Host& host;
    const Env& env;
    Address sender;
    Outcome& outcome;
    bool by_proposal = false;  ///< The message was proposed and has waited: it acts for governance.
    /// With Error::sale_abandoned: whose sale has failed its post-condition. See abandoned_sale.hpp.
    std::optional<AccountId> abandoned = std::nullopt;

    /// The chain's clock. None comes near the end of what a message can name; one that does stands still there,
    /// so that sums of it stay in range.
    [[nodiscard]] Seconds now() const noexcept
    {
        return Seconds::from_raw(env.time_s < json::SECONDS_MAX ? env.time_s : json::SECONDS_MAX);
    }

    /// The error, with what it is about.
    Error fail(Error error, std::string_view about)
    {
        outcome.detail = about;
        return error;
    }
    Error fail(Error error, std::string_view about, std::uint64_t id)
    {
        outcome.detail = std::string(about) + " " + integer_string(static_cast<num::i128>(id));
        return error;
    }
    /// Why the store gave null for this thing.
    Error missing(std::string_view about, std::uint64_t id)
    {
        return fail(store.error(), about, id);
    }

    EventWriter emit(std::string_view type)
    {
        outcome.events.push_back(Event{std::string(type), {}});
        EventWriter writer(outcome.events.back());
        writer.number("seq", store.next_event());
        return writer;
    }

    [[nodiscard]] Error require_role(std::uint32_t role);
    [[nodiscard]] Error require_unpaused(std::uint32_t action);
    [[nodiscard]] Error require_no_funds();
    /// The role governance, no tokens, and no timelock; or a message that was proposed and has waited.
    [[nodiscard]] Error require_governance();
    /// The role governance and no tokens, whether there is a timelock or not.
    [[nodiscard]] Error require_governor();
    /// Says which parameter it is that validate() refuses.
    Error refuse(const Refused& refused) { return fail(refused.error, refused.parameter); }
    /// That the account's owner has delegated to the sender, and that it still holds.
    [[nodiscard]] Error require_delegation(AccountId id, const AccountRecord& record);
    /// That what is traded on the market has a price: a feed that is fit to trade on and, for futures and
    /// options, an expiry to come with a surface.
    [[nodiscard]] Error require_tradable(MarketId id, const Market& market);
    /// Loads the account for change and checks that the sender owns it.
    [[nodiscard]] Error own_account(AccountId id, AccountRecord*& out);

    /// Loads the market for change.
    [[nodiscard]] Error open_market(MarketId id, MarketRecord*& out);
    /// Announces the funding of every market that will be written.
    void announce_funding();
    /// Touches the account's position in the market. Error touch_first if it sleeps too far behind.
    [[nodiscard]] Error touch_market(AccountId id, Account& account, MarketId market);

    /// The account's health on the scene, which it is put on first.
    [[nodiscard]] Error health_of(
        AccountId id, const Account& account, Scene& scene, MarginReport& out);
    /// Whether every feed that values one of its positions is fit to trade on: otherwise nothing leaves
    /// the account and no risk is added to it. @pre the account is on the scene
    [[nodiscard]] Error require_fit_prices(const Account& account, const Scene& scene);
    /// What an account must leave behind when it has let go of something: initial margin at prices that are fit,
    /// and collateral, not profit, under what it owes.
    [[nodiscard]] Error require_may_give(
        AccountId id, const Account& account, Scene& scene, MarginReport& out);
    /// in_grace where a halt of the chain has left a liquidatable account that is not insolvent time to act.
    [[nodiscard]] Error require_no_grace(AccountId id, const MarginReport& report);
    /// Whether the book leaves prices room to move (BOOK_HEADROOM), asked of whatever makes a book larger.
    [[nodiscard]] Error require_headroom(
        AccountId id, const Account& account, const MarginReport& report);
    /// Notes on a raised flag that the account was unhealthy when the call began, so that what the call
    /// does cannot take time off its curve.
    void note_health(Account& account, const MarginReport& before);
    /// The same of an account that the call has not changed yet. One that cannot be valued: its flag just stays.
    void note_health(AccountId id, Account& account);
    /// Measures an account that has been given something, or touched: if it can be valued and is healthy, as settle_flag()
    /// does. Nothing to see where it has neither positions nor lost any.
    void look(AccountId id, Account& account);
    /// What is known once a call has measured the account: of a healthy one, that what it has lost until now it has paid
    /// for itself. Lowers its flag, and announces it. @pre the account is on the scene
    void settle_flag(
        AccountId id, Account& account, const Scene& scene, const MarginReport& report);
    /// Raises the flag of a liquidatable account, and announces it.
    void ensure_flag(AccountId id, Account& account);
    /// Raises it, begins its curve anew where it has lapsed, or notes that it has been seen. @return as raise_flag()
    [[nodiscard]] bool raise(Account& account);
    /// Why a position of the account is not sold, and what that is about: of not_first_unit the market to take.
    /// @pre `report` is the account's, whose flag is up; its markets are on the scene
    Error refuse_sale(Error error, AccountId id, const Account& account, MarketId market,
        const MarginReport& report, const Scene& scene);
    /// Tells the stakers of insurance what a flagged account will probably cost them.
    [[nodiscard]] Error expect_deficit(AccountRecord& record, const MarginReport& report);
};

}  // namespace plimsoll::contract
