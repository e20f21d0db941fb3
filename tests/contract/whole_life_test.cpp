// plimsoll: tests/contract/whole_life_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Short random lives in which every message takes part, with everything switched on
// (tests/support/full_house.hpp). After every call the books balance, an error has changed nothing and a query has
// written nothing (tests/support/house.hpp). Only who is below maintenance is sold or resolved; a sale never lowers its
// health, never sells a lot more than it needs, and makes nobody else liquidatable; resolving leaves it healthy. In the
// end every kind of message has succeeded.
#include "contract/message.hpp"
#include "engine/solvency/slice.hpp"
#include "tests/support/any_message.hpp"
#include "tests/support/audit.hpp"
#include "tests/support/full_house.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/stories.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <variant>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

using Number = std::uint64_t;
using Text = std::string;
using Tally = std::map<Text, int>;

/// Margin at maintenance, as the contract says it.
struct Margin
{
    bool known = false;
    num::i128 health = 0;
    num::i128 net = 0;
    num::i128 required = 0;
};

class Life
{
public:
    Life(const FullHouse& start, Number seed, Tally& asked)
      : m_house(start), m_rng(seed), m_asked(asked)
    {
        for (const Number account : m_house.ids)
            if (m_rng.chance(70))
                m_house.deposit(account, "uusdc", m_rng.between(50'000'000, 3'000'000'000));
            else
                m_house.deposit(account, "sat", m_rng.between(500'000, 4'000'000));
        if (m_rng.chance(50))
            m_house.fund_insurance(1 + m_rng.below(300));
        // Half of the lives see the expiry.
        m_house.now = m_rng.chance(50) ? m_house.now + m_rng.below(DAY / 2)
                                       : EXPIRY - 1 - m_rng.below(2 * WINDOW);
        m_timelock = m_rng.chance(30);
        if (m_timelock)
            send("gov", say::set_timelock(3'600));
        refresh();
        for (const Number account : m_house.ids)
            if (const auto& held = m_house.account(account).account.collaterals; !held.empty())
                own(account, say::withdraw(account, 0,
                                 integer_text(held[0].amount.raw() * m_rng.between(100, 400))));
        m_dead[0] = m_house.now > EXPIRY - DAY / 2 && m_rng.chance(60);
    }

    void live(int steps)
    {
        for (int i = 0; i < 12; ++i)
            trade();
        for (int i = 0; i < steps; ++i) {
            step();
            for (int query = 0; query < 2; ++query)
                static_cast<void>(ask(any_query(m_rng, m_house)));
        }
    }

    [[nodiscard]] const FullHouse& house() const { return m_house; }

private:
    Number below(Number limit) { return m_rng.below(limit); }
    Number anybody() { return m_house.ids[below(m_house.ids.size())]; }
    /// Anybody but that account.
    Number another(Number account)
    {
        const Number id = anybody();
        return id == account ? m_house.ids[account % m_house.ids.size()] : id;
    }
    Number any_market() { return below(FullHouse::MARKETS); }

    Reply send(const Text& sender, const Text& json, const Coins& funds = {})
    {
        return m_house.send(sender, json, funds);
    }
    Reply own(Number account, const Text& json, const Coins& funds = {})
    {
        return send(m_house.owner(account), json, funds);
    }

    /// Base units of a token with six or eight decimals, of every size.
    num::i128 amount()
    {
        return m_rng.pick<num::i128>({1, 1'000, 1'000'000, 10'000'000}) * m_rng.between(1, 999);
    }
    /// Both prices, and surfaces, as far as their feeds live.
    void refresh()
    {
        for (Number underlying = 0; underlying < FullHouse::UNDERLYINGS; ++underlying)
            if (!m_dead[underlying]) {
                m_house.publish(underlying);
                m_house.publish_surface(underlying);
            }
    }

    /// A size that the account may just about carry, up to nine times what it has in cash.
    Text size_for(Number account, Number market)
    {
        if (m_rng.chance(5))
            return m_rng.pick<const char*>({"0.001", "0.000000000000000001", "7", "10000000000"});
        const num::i128 cash = m_house.account(account).account.cash.raw();
        const num::i128 means = std::max(cash, raw("300")) / 10 * m_rng.between(1, 65);
        const num::i128 lot = raw("0.001");
        const num::i128 base = checked(
            num::mul_div_floor(means, num::WAD, m_house.index[FullHouse::underlying_of(market)]));
        return text_of(Quantity::from_raw(std::max(base / lot, num::i128{1}) * lot));
    }
    void trade()
    {
        if (m_rng.chance(90))
            refresh();
        const Text venue = m_rng.chance(93) ? "venue" : "venue2";
        std::vector<say::Fill> fills;
        for (Number i = m_rng.chance(20) ? 3 : 1; i > 0; --i) {
            const Number market =
                m_house.now < EXPIRY ? any_market() : below(FullHouse::UNDERLYINGS);
            const Number buyer = anybody();
            const Number seller = m_rng.chance(97) ? another(buyer) : buyer;
            const Text size = size_for(m_rng.chance(50) ? buyer : seller, market);
            fills.push_back({market, buyer, seller, size,
                m_house.price_near(market, m_rng.chance(60) ? 0 : m_rng.between(-12, 12))});
            if (m_rng.chance(20))
                fills.back().taker = m_rng.pick<const char*>({"buyer", "seller"});
            if (m_rng.chance(20))
                fills.back().ordered = m_house.now - below(5);
        }
        send(venue, say::settle_fills(++m_house.venue_nonce, fills));
    }
    void order()
    {
        if (m_rng.chance(70))
            refresh();
        const Number account = anybody();
        const Number market = any_market();
        const Text size = size_for(account, market);
        send(m_rng.chance(90) ? "venue" : "venue2",
            say::report_orders(++m_house.venue_nonce,
                {{account, market, m_rng.chance(70) ? size : "0", m_rng.chance(70) ? size : "0"}}));
    }

    void move_cash()
    {
        const Number account = anybody();
        switch (below(8)) {
        case 0:
        case 1:
            own(account, say::deposit(account), {{"uusdc", amount()}});
            return;
        case 2:
            own(account, say::deposit(account),
                {{"aeth", amount() * amount()}, {"sat", amount() % 1'000'000 + 1}});
            return;
        case 3:
            m_house.receive(m_house.owner(account), amount() * amount(), say::deposit(account));
            return;
        case 4: {
            const Number twin = account <= 2 ? account + 6 : anybody();
            own(account, say::transfer(account, twin, below(4), integer_text(amount())));
            return;
        }
        default:
            own(account,
                say::withdraw(account, m_rng.chance(60) ? 0 : below(4), integer_text(amount())));
        }
    }
    void join()
    {
        if (m_house.ids.size() >= 10 || !send("gary", say::open_account("standard")).ok())
            return;
        const Number account = m_house.accounts();
        m_house.ids.push_back(account);
        send("gary", say::delegate(account, "venue"));
        send("gary", say::deposit(account), {{"uusdc", m_rng.between(1, 2'000'000'000)}});
    }
    void delegate()
    {
        const Number account = anybody();
        say::Limits limits;
        if (m_rng.chance(40))
            limits.markets = {0, 1, any_market()};
        std::sort(limits.markets.begin(), limits.markets.end());
        limits.notional_max = m_rng.pick<const char*>({"500", "100000"});
        limits.fee_max = "0.01";
        limits.loss_max = m_rng.pick<const char*>({"5", "10000"});
        switch (below(6)) {
        case 0:
            own(account, say::revoke_delegate(account, m_rng.chance(80) ? "venue2" : "venue"));
            return;
        case 1:
            own(account, say::delegate(account, "venue", m_house.now + 1 + below(DAY)));
            return;
        case 2:
            own(account, say::delegate(account, "venue", limits));
            return;
        default:
            own(account, say::delegate(account, "venue2", limits));
            own(account, say::delegate(account, "venue"));
        }
    }

    void move_price()
    {
        const Number id = below(FullHouse::UNDERLYINGS);
        const num::i128 range = m_rng.pick<num::i128>({5, 15, 40, 80, 200, 450});
        num::i128& price = m_house.index[id];
        const num::i128 start = id == 0 ? raw("2000") : raw("50000");
        price = price / 1'000 * (1'000 + m_rng.between(-range, range)) + m_rng.between(0, 999);
        if (price < start / 20 || price > start * 20)
            price = start;
        m_house.wait(1);
        if (!m_dead[id])
            m_house.publish(id, m_rng.chance(90) ? "0" : decimal_text(price / 20));
        if (m_rng.chance(30))
            send(m_house.feed(id).publishers.front(),
                say::push_premium(id, decimal_text(price / 2'000 * m_rng.between(-20, 20))));
    }
    void pass_time()
    {
        if (m_rng.chance(20)) {
            bool& dead = m_dead[below(FullHouse::UNDERLYINGS)];
            dead = !dead;
        }
        static constexpr Number LENGTHS[] = {3, 20, 100, 400, 400, 1'900, 1'900, 4'000, DAY / 4};
        const Number length = 1 + below(LENGTHS[below(std::size(LENGTHS))]);
        if (m_rng.chance(10))
            m_house.halt(length);
        else
            m_house.wait(length);
        if (m_rng.chance(60))
            refresh();
    }

    Margin margin(Number account)
    {
        const Reply reply = m_house.ask(say::ask("health", "account", account));
        Margin found;
        if (!reply.ok())
            return found;
        const auto get = [&](const char* at) { return raw(reply.at(at)); };
        found.known = true;
        found.health = get("/maintenance/health");
        found.required = get("/maintenance/requirement");
        found.net = found.health + found.required;
        return found;
    }
    /// What a sale may do, and may not.
    void sell(Number account, const Text& sender, const Text& json)
    {
        const Margin before = margin(account);
        const std::vector<Number> unhealthy = m_house.unhealthy();
        const Text notional = m_house.ask(say::ask("health", "account", account)).at("/notional");
        const Reply reply = send(sender, json);
        if (!reply.ok())
            return;
        const Margin after = margin(account);
        INFO("account " << account << ": " << json);
        REQUIRE(before.known);
        REQUIRE(after.known);
        REQUIRE(before.health < 0);
        if (after.health < before.health)
            FAIL("health fell from " << decimal_text(before.health) << " to "
                                     << decimal_text(after.health));
        const Ratio buffer = m_house.config().liquidation.buffer;
        const auto over = [&](const Margin& at) {
            return at.net - at.required - scale_ceil(Money::from_raw(at.required), buffer).raw();
        };
        // A small book goes as a whole, or as much of it as was asked for.
        const bool small = notional == "absent" ||
                           raw(notional) <= m_house.config().liquidation.close_out_notional.raw();
        const num::i128 lots = small ? 0 : lots_of(reply);
        // What is over the target is less than the last lot has done, but for what the lots differ by.
        if (lots > 0 && over(after) > 0 &&
            over(after) > 2 * ((over(after) - over(before)) / lots) + 1'000)
            FAIL("oversold by " << decimal_text(over(after)) << " in " << integer_text(lots)
                                << " lots from " << decimal_text(over(before)));
        for (const Number id : m_house.unhealthy())
            if (id != account &&
                std::find(unhealthy.begin(), unhealthy.end(), id) == unhealthy.end())
                FAIL("account " << id << " became liquidatable");
    }
    /// How many of the least units were sold; 0 where all was sold, or as much as is worth a sale: that was no choice
    /// of size.
    num::i128 lots_of(const Reply& reply)
    {
        for (const char* const type :
            {"position_liquidated", "slice_liquidated", "collateral_liquidated"}) {
            if (reply.event(type) == nullptr)
                continue;
            if (reply.event(type, "whole") == "true")
                return 0;
            if (Text(type) == "slice_liquidated")
                return raw(reply.event(type, "fraction")) / SLICE_LOT.raw();
            const Money least = m_house.config().liquidation.close_out_notional + money("1");
            if (Text(type) == "collateral_liquidated" &&
                raw(reply.event(type, "paid")) < least.raw())
                return 0;
            if (Text(type) == "collateral_liquidated")
                return tokens(reply.event(type, "amount")).raw();
            const Number market = std::stoull(reply.event(type, "market"));
            return raw(reply.event(type, "base")) / m_house.market(market).market.params.lot.raw();
        }
        return 0;
    }
    void resolve(Number account)
    {
        const Margin before = margin(account);
        if (!send("anyone", say::resolve(account)).ok())
            return;
        const Margin after = margin(account);
        INFO("account " << account);
        REQUIRE((!before.known || before.health < 0));
        REQUIRE((!after.known || after.health >= 0));
        recover();
    }
    void keep()
    {
        if (m_rng.chance(60))
            refresh();
        const std::vector<Number> unhealthy = m_house.unhealthy();
        const Number account =
            unhealthy.empty() || m_rng.chance(5) ? anybody() : unhealthy[below(unhealthy.size())];
        const Number buyer = m_rng.chance(70) ? m_house.ids[below(2)] : anybody();
        const Text sender = m_house.owner(buyer);
        switch (below(10)) {
        case 0:
            send("anyone", say::flag(account));
            return;
        case 1:
        case 2:
            return resolve(account);
        case 3:
            sell(account, sender,
                say::liquidate_collateral(
                    account, 1 + below(3), buyer, integer_text(amount() * amount())));
            return;
        case 4:
        case 5:
            sell(account, sender,
                say::liquidate_slice(account, buyer, m_rng.chance(30) ? "0.3" : "1"));
            return;
        case 6:
            send(sender, say::batch({say::flag(account), say::liquidate(account, 0, buyer, "10"),
                             say::resolve(account), say::touch(account), say::accrue(1)}));
            return;
        default: {
            const Reply first = ask(R"({"preview_liquidation":{"account":)" +
                                    std::to_string(account) + R"(,"base_max":"1000"}})");
            const Number market =
                first.ok() && m_rng.chance(70) ? std::stoull(first.at("/market")) : any_market();
            sell(account, sender,
                say::liquidate(
                    account, market, buyer, m_rng.chance(30) ? size_for(buyer, market) : "10000"));
        }
        }
    }
    /// What some have lost becomes cash, and others get what they have gained.
    void settle_cash()
    {
        for (const Number id : m_house.ids)
            for (const Position& position : m_house.account(id).account.positions)
                send("anyone", say::settle(id, position.market.value));
        for (const Number id : m_house.ids)
            for (const Position& position : m_house.account(id).account.positions)
                own(id, say::claim(id, position.market.value));
    }
    void recover()
    {
        send("anyone", say::cover_deficit());
        m_dead[0] = m_dead[1] = false;
        refresh();
        const Number buyer = m_rng.chance(70) ? m_house.alice : anybody();
        for (Number asset = 1; asset <= FullHouse::TOKEN_ASSET; ++asset)
            own(buyer, say::buy_inventory(asset, buyer, integer_text(amount() * amount())));
    }
    void upkeep()
    {
        const Number account = anybody();
        switch (below(10)) {
        case 0:
            send("anyone", say::touch(account));
            return;
        case 1:
            send("anyone", say::accrue(any_market()));
            return;
        case 2:
            send("anyone", say::observe());
            return;
        case 3:
        case 4:
            return settle_cash();
        case 5:
            send("anyone", say::cover_deficit());
            return;
        case 6:
            return recover();
        case 7:
            send("donor", say::fund_insurance(), {{"uusdc", amount() % 50'000'000 + 1}});
            return;
        case 8:
            send("anyone", say::pull_prices({0}));
            return;
        default:
            for (Number market = 0; market < FullHouse::MARKETS; ++market)
                if (m_house.status(market) == "settling")
                    send("anyone", say::settle_market(market));
            send("anyone", say::touch(account));
        }
    }
    void stake()
    {
        const Text who = m_rng.chance(70) ? "sue" : "tom";
        switch (below(5)) {
        case 0:
        case 1:
            send(who, say::stake(), {{"uusdc", amount()}});
            return;
        case 2:
            send(who,
                say::unstake(m_house.ask(R"({"stake":{"address":")" + who + "\"}}").at("/shares")));
            if (m_rng.chance(40))
                m_house.wait(FAST + SLOW + 3'600);
            [[fallthrough]];
        default:
            send(who, say::claim_unstaked());
        }
    }

    void guard()
    {
        if (m_rng.chance(10))
            send("guardian", say::set_reduce_only(any_market()));
        else if (m_rng.chance(50))
            send("guardian", say::set_pause(below(16), m_house.now + 1 + below(100)));
        else
            send("guardian", say::set_pause(0));
    }
    void govern()
    {
        if (m_rng.chance(30))
            send("dao", say::accept_role());
        if (m_rng.chance(m_timelock ? 30 : 70))
            send("gov", any_governance(m_rng, m_house));
        else if (send("gov", say::propose(any_governance(m_rng, m_house))).ok())
            ++m_proposed;
        if (m_proposed == 0)
            return;
        const Number id = 1 + below(m_proposed);
        if (m_rng.chance(10))
            send("guardian", say::cancel_proposal(id));
        else
            send("gov", say::execute_proposal(m_rng.chance(30) ? m_proposed : id));
    }

    Reply ask(const Text& json)
    {
        Reply reply = m_house.ask(json);
        ++m_asked[kind_of(json) + (reply.ok() ? "" : " refused")];
        return reply;
    }
    void step()
    {
        if (m_rng.chance(50) && !m_house.unhealthy().empty())
            return keep();
        switch (below(40)) {
        case 0:
            return join();
        case 1:
        case 2: {
            refresh();
            const Number account = anybody();
            own(account,
                say::set_mode(account, m_rng.pick<const char*>({"standard", "portfolio"})));
            return;
        }
        case 3:
        case 4:
            return order();
        case 5:
            return delegate();
        case 6:
            return guard();
        case 7:
        case 8:
        case 9:
            return govern();
        case 10:
        case 11:
            return stake();
        case 12:
        case 13:
        case 14:
            return upkeep();
        case 15:
        case 16:
        case 17:
        case 18:
            return move_cash();
        case 19:
        case 20:
        case 21:
        case 22:
            return pass_time();
        case 23:
        case 24:
        case 25:
        case 26:
            return move_price();
        case 27:
        case 28:
        case 29:
        case 30:
        case 31:
            return keep();
        default:
            return trade();
        }
    }

    FullHouse m_house;
    Rng m_rng;
    Tally& m_asked;
    bool m_dead[FullHouse::UNDERLYINGS] = {};
    bool m_timelock = false;
    Number m_proposed = 0;
};

template <class... Ts>
std::vector<Text> names_of(const std::variant<Ts...>*)
{
    return {Text(Ts::NAME)...};
}

}  // namespace

TEST_CASE("whole life: every message takes part, and every promise holds after every call")
{
    const FullHouse starts[] = {
        FullHouse(Source::publisher), FullHouse(Source::feeders), FullHouse(Source::pyth)};
    Tally done;
    Tally refused;
    Tally asked;
    Tally events;
    num::i128 most_residue = 0;
    for (Number seed = first_story(); seed <= stories(200); ++seed) {
        INFO("seed " << seed);
        Life life(starts[seed % std::size(starts)], seed, asked);
        life.live(60);
        for (const auto& [kind, count] : life.house().done)
            done[kind] += count;
        for (const auto& [kind, count] : life.house().refused)
            refused[kind] += count;
        for (const auto& [type, count] : life.house().events)
            events[type] += count;
        for (const num::i128 residue : audit(life.house().host, life.house().bank).residue)
            most_residue = std::max(most_residue, residue);
    }
    // A life that has quietly died out proves nothing.
    for (const Text& kind : names_of(static_cast<const contract::ExecuteMessage*>(nullptr))) {
        INFO(kind << ": " << done[kind] << " done, " << refused[kind] << " refused");
        CHECK(done[kind] > 0);
    }
    for (const Text& kind : names_of(static_cast<const contract::QueryMessage*>(nullptr))) {
        INFO(kind << ": " << asked[kind] << " answered");
        CHECK(asked[kind] > 0);
    }
    for (const char* const event : {"position_liquidated", "slice_liquidated",
             "collateral_liquidated", "account_cured", "account_resolved", "deleveraged",
             "collateral_taken_over", "loss_socialised", "market_settled", "price_held"}) {
        INFO(event);
        CHECK(events[event] > 0);
    }
    INFO("residue " << text_of(Money::from_raw(most_residue)));
    CHECK(most_residue < raw("0.000000001"));
}
