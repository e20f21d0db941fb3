// plimsoll: tests/contract/termination_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. How long an account stays below maintenance at most, measured. Everybody but governance works
// against it: owners with dust, transfers, modes and fills among themselves, publishers with prices that flicker, jump
// or stop, the venue with orders, the guardian with stops, accomplices who buy slivers, a chain that halts. Against them
// stands a keeper that sends what may be sent, with money to buy or without. The bound is the sum that docs/keepers.md
// declares, "How long at most".
#include "tests/support/full_house.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/stories.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

using Number = std::uint64_t;
using Text = std::string;

say::Params short_curve()
{
    say::Params p = FullHouse::params();
    p.fast = 60;
    p.slow = 240;
    p.failed_after = 700;
    return p;
}
/// A feed may hold up for longer than the curve runs; no halts are recognised and nothing is paced.
say::Params long_wait()
{
    say::Params p;
    p.fast = 100;
    p.slow = 200;
    p.failed_after = 1'500;
    p.cool = 1'200;
    return p;
}

/// How long one account has been below maintenance, with the pauses that are too short to end its curve.
struct Watch
{
    bool unhealthy = false;
    Number since = 0;   ///< Of this stretch,
    Number before = 0;  ///< and the length of those before it.
    Number stretches = 0;
    Number healthy_since = 0;
    Number halted = 0;  ///< How long the chain has stood still in it.
    bool grace = false;
};

struct Seen
{
    double longest_share = 0;
    int stretches = 0;
    int resumed = 0;
    std::map<Text, int> events;
};

class Siege
{
public:
    Siege(const FullHouse& start, const say::Params& params, Number seed, Seen& seen)
      : m_house(start), m_params(params), m_rng(seed), m_seen(seen)
    {
        m_house.audited = false;  // whole_life_test.cpp audits
        m_poll = 1 + bound_without_polling() / 14;
        m_buys = m_rng.chance(40);
        m_halts = m_params.grace_max && m_rng.chance(40);
        for (const Number account : m_house.ids)
            if (m_rng.chance(60))
                m_house.deposit(account, "uusdc", m_rng.between(100'000'000, 1'500'000'000));
            else {
                m_house.deposit(account, "sat", m_rng.between(500'000, 4'000'000));
                m_house.deposit(account, "uusdc", m_rng.between(1, 200'000'000));
            }
        if (m_rng.chance(60))
            m_house.fund_insurance(1 + m_rng.below(500));
        m_keeper = m_house.trader("keeper", 5'000'000);
        m_house.now += m_rng.chance(70) ? m_rng.below(DAY / 2) : DAY - 3'600;
        m_house.publish_all();
        for (int i = 0; i < 24; ++i)
            trade(90);
        for (Number underlying = 0; underlying < FullHouse::UNDERLYINGS; ++underlying)
            crash(underlying);
    }

    void run(int steps)
    {
        for (int i = 0; i < steps; ++i)
            step(true);
        // Nobody works against it any more; what has begun comes to its end.
        for (int i = 0; i < 400 && !watched().empty(); ++i)
            step(false);
        if (!watched().empty())
            FAIL("accounts stay unhealthy");
        for (const auto& [type, count] : m_house.events)
            m_seen.events[type] += count;
    }

private:
    Number below(Number limit) { return m_rng.below(limit); }
    Number anybody() { return m_house.ids[below(m_house.ids.size())]; }
    Number any_market() { return below(FullHouse::MARKETS); }
    Reply send(const Text& sender, const Text& json, const Coins& funds = {})
    {
        return m_house.send(sender, json, funds);
    }
    Reply own(Number account, const Text& json, const Coins& funds = {})
    {
        return send(m_house.owner(account), json, funds);
    }

    /// Both legs, and what silent feeds may hold up in all.
    [[nodiscard]] Number bound_without_polling() const
    {
        return m_params.fast + m_params.slow + m_params.failed_after - m_params.max_age_liquidation;
    }
    /// Each stretch is seen a poll late, and each call comes a poll late.
    [[nodiscard]] Number bound(const Watch& watch) const
    {
        const Number grace =
            watch.grace ? 2 * *m_params.grace_max + *m_params.longest_block : Number{0};
        return bound_without_polling() + 2 * m_poll * watch.stretches + watch.halted + grace;
    }

    /// Who is below maintenance now, and that nobody is for longer than may be.
    void observe()
    {
        const std::vector<Number> unhealthy = m_house.unhealthy();
        for (Number id = 1; id <= m_house.accounts(); ++id) {
            Watch& watch = m_watches[id];
            const bool is = std::find(unhealthy.begin(), unhealthy.end(), id) != unhealthy.end();
            if (is && !watch.unhealthy)
                begin(watch);
            else if (!is && watch.unhealthy) {
                watch.before += m_house.now - watch.since;
                watch.unhealthy = false;
                watch.healthy_since = m_house.now;
            }
            if (watch.stretches == 0)
                continue;
            const Number length =
                watch.before + (watch.unhealthy ? m_house.now - watch.since : Number{0});
            const double share = static_cast<double>(length) / static_cast<double>(bound(watch));
            m_seen.longest_share = std::max(m_seen.longest_share, share);
            if (length > bound(watch))
                FAIL("account " << id << " was unhealthy for " << length << " s in "
                                << watch.stretches << " stretches; at most " << bound(watch)
                                << " were declared");
        }
    }
    void begin(Watch& watch)
    {
        // The curve goes on after a pause of at most `cool`, which the keeper measures a poll late.
        const bool resumes =
            watch.stretches > 0 && m_house.now - watch.healthy_since + 2 * m_poll <= m_params.cool;
        if (!resumes)
            watch = Watch{};
        watch.unhealthy = true;
        watch.since = m_house.now;
        ++watch.stretches;
        watch.grace = watch.grace || m_house.now < m_grace_until;
        ++m_seen.stretches;
        m_seen.resumed += resumes ? 1 : 0;
    }
    [[nodiscard]] std::vector<Number> watched() const
    {
        std::vector<Number> ids;
        for (const auto& [id, watch] : m_watches)
            if (watch.unhealthy)
                ids.push_back(id);
        return ids;
    }

    /// What may be sent for an unhealthy account, in any order.
    void keep(Number id)
    {
        send("keeper", say::flag(id));
        if (send("keeper", say::resolve(id)).ok())
            return;
        send("keeper", say::touch(id));
        if (!m_buys)
            return;
        const Reply first = m_house.ask(R"({"preview_liquidation":{"account":)" +
                                        std::to_string(id) + R"(,"base_max":"100000"}})");
        if (first.ok())
            send(
                "keeper", say::liquidate(id, std::stoull(first.at("/market")), m_keeper, "100000"));
        else
            send("keeper", say::liquidate_slice(id, m_keeper, "1"));
        for (Number asset = 1; asset <= 2; ++asset)
            send("keeper",
                say::liquidate_collateral(id, asset, m_keeper, "1000000000000000000000000"));
    }

    void step(bool against)
    {
        if (against)
            for (int i = 0; i < 3; ++i) {
                work_against();
                observe();
            }
        pass_time(against);
        observe();
        for (const Number id : watched())
            if (id != m_keeper)
                keep(id);
        observe();
    }
    void pass_time(bool against)
    {
        const Number length = 1 + below(m_poll);
        if (against && m_halts && m_rng.chance(30)) {
            const Number halt = 61 + below(300);
            m_house.halt(halt);
            // One grace a day: further halts only last as long as they do.
            m_grace_until = m_house.now + 2 * *m_params.grace_max + *m_params.longest_block;
            for (auto& [id, watch] : m_watches) {
                watch.halted += halt;
                watch.grace = true;
            }
        } else {
            m_house.wait(length);
        }
        publish();
    }
    void publish()
    {
        for (Number underlying = 0; underlying < FullHouse::UNDERLYINGS; ++underlying)
            if (!m_dead[underlying]) {
                m_house.publish(underlying);
                m_house.publish_surface(underlying);
            }
    }
    void crash(Number underlying)
    {
        num::i128& price = m_house.index[underlying];
        price = price / 1'000 * (1'000 + m_rng.pick<num::i128>({-1, 1}) * m_rng.between(30, 300));
    }

    void trade(Number percent)
    {
        const Number market = m_house.now < EXPIRY ? any_market() : below(2);
        const Number underlying = FullHouse::underlying_of(market);
        const Number buyer = anybody();
        const Number seller = m_house.ids[(buyer + below(7)) % m_house.ids.size()];
        const num::i128 cash = m_house.account(buyer).account.cash.raw();
        const num::i128 means = std::max(cash, raw("100")) / 10 * m_rng.between(1, 65);
        const num::i128 lot = raw("0.001");
        const num::i128 base =
            checked(num::mul_div_floor(means, num::WAD, m_house.index[underlying]));
        const Text price =
            m_house.price_near(market, m_rng.chance(percent) ? 0 : m_rng.between(-45, 45));
        send("venue", say::settle_fills(++m_house.venue_nonce,
                          {{market, buyer, seller,
                              text_of(Quantity::from_raw(std::max(base / lot, num::i128{1}) * lot)),
                              price}}));
    }
    /// What anybody but governance may do.
    void work_against()
    {
        const std::vector<Number> unhealthy = watched();
        if (unhealthy.empty() && m_rng.chance(30)) {
            crash(below(FullHouse::UNDERLYINGS));
            return publish();
        }
        const Number id = unhealthy.empty() ? anybody() : unhealthy[below(unhealthy.size())];
        if (id == m_keeper)
            return;
        switch (below(18)) {
        case 0:
            send("anyone", say::touch(id));
            return;
        case 1: {
            const num::i128 coins = m_rng.chance(50) ? 1 : m_rng.between(1, 200) * 1'000'000;
            own(id, say::deposit(id), {{"uusdc", coins}});
            return;
        }
        case 2:
            own(id, say::withdraw(id, below(3), integer_text(m_rng.between(1, 100'000'000))));
            return;
        case 3: {
            const Number twin = m_rng.chance(50) ? id + 6 : id > 6 ? id - 6 : id;
            own(id, say::transfer(id, twin, 0, integer_text(m_rng.between(1, 50'000'000))));
            own(id, say::transfer(twin, id, 0, integer_text(m_rng.between(1, 50'000'000))));
            return;
        }
        case 4:
            own(id, say::set_mode(id, m_rng.pick<const char*>({"standard", "portfolio"})));
            return;
        case 5:
            send("anyone", say::flag(id));
            return;
        case 6:
            send("venue", say::report_orders(++m_house.venue_nonce,
                              {{id, any_market(), m_rng.pick<const char*>({"0", "0.01", "1"}),
                                  m_rng.pick<const char*>({"0", "0.01", "1"})}}));
            return;
        case 7:
        case 8:
            return trade(30);
        case 9:
            // An accomplice, a sliver at a time.
            own(m_house.alice,
                say::liquidate(id, any_market(), m_house.alice, m_rng.chance(70) ? "0.001" : "10"));
            own(m_house.bob, say::liquidate_slice(id, m_house.bob, "0.000001"));
            return;
        case 10:
            send("guardian", say::set_pause(below(16), m_house.now + 1 + below(600)));
            return;
        case 11: {
            bool& dead = m_dead[below(FullHouse::UNDERLYINGS)];
            dead = !dead;
            return;
        }
        case 12:
            send("donor", say::fund_insurance(), {{"uusdc", 1}});
            return;
        case 13:
            // A jump, which is held back, or a price that nobody is sure of.
            send(m_house.source == Source::publisher ? "publisher" : "feeder0",
                say::push_price(0,
                    text_of(Price::from_raw(m_house.index[0] * m_rng.pick<num::i128>({1, 3, 7}))),
                    m_house.now, m_rng.pick<const char*>({"0", "400"})));
            send("publisher", say::push_price(1, "150000", m_house.now));
            return;
        case 14:
            crash(below(FullHouse::UNDERLYINGS));
            m_house.wait(1);
            return publish();
        default:
            return flicker(id);
        }
    }
    /// A price at which the account is just healthy again, or just not any more.
    void flicker(Number id)
    {
        const std::vector<Number> held = underlyings_of(id);
        if (held.empty())
            return;
        const Number underlying = held[below(held.size())];
        num::i128& price = m_house.index[underlying];
        const num::i128 stood = price;
        price = price / 1'000 * (1'000 + m_rng.between(-40, 40));
        m_house.wait(1);
        publish();
        observe();
        if (m_rng.chance(70)) {
            send("anyone", say::flag(id));
            m_house.wait(1);
            price = stood;
            publish();
        }
    }
    std::vector<Number> underlyings_of(Number id)
    {
        std::vector<Number> found;
        for (const Position& position : m_house.account(id).account.positions)
            found.push_back(FullHouse::underlying_of(position.market.value));
        return found;
    }

    FullHouse m_house;
    say::Params m_params;
    Rng m_rng;
    Seen& m_seen;
    std::map<Number, Watch> m_watches;
    Number m_poll = 1;
    Number m_keeper = 0;
    Number m_grace_until = 0;
    bool m_buys = false;
    bool m_halts = false;
    bool m_dead[FullHouse::UNDERLYINGS] = {};
};

}  // namespace

TEST_CASE("termination: nobody keeps an account below maintenance for longer than is declared")
{
    const say::Params params[] = {short_curve(), long_wait()};
    std::vector<FullHouse> starts;
    for (const say::Params& terms : params)
        for (const Source source : {Source::publisher, Source::feeders, Source::pyth})
            starts.emplace_back(source, terms);
    Seen seen;
    for (Number seed = 1; seed <= stories(60); ++seed) {
        INFO("seed " << seed);
        const std::size_t start = seed % starts.size();
        Siege siege(starts[start], params[start / 3], seed, seen);
        siege.run(40);
    }
    WARN("the longest took " << seen.longest_share << " of its bound, of " << seen.stretches
                             << " stretches, " << seen.resumed << " resumed");
    CHECK(seen.stretches > 300);
    CHECK(seen.resumed > 100);
    CHECK(seen.longest_share > 0.6);
    for (const char* const event : {"account_resolved", "account_cured", "position_liquidated",
             "slice_liquidated", "deleveraged", "price_held", "paused"}) {
        INFO(event);
        CHECK(seen.events[event] > 0);
    }
}
