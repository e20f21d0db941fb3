// plimsoll: tests/contract/expiry_life_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Random lives of a clearinghouse through expiries and a wind-down: trades, sales,
// deleveraging, feeds that fail, markets settled in any order, accounts touched or not. After every call the books
// balance (tests/support/audit.hpp); in the end everything that anybody was in is settled and paid, and what
// the house has kept of it is rounding.
#include "tests/support/audit.hpp"
#include "tests/support/dated_house.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/stories.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

using Number = std::uint64_t;

class Life
{
public:
    Life(Number seed, std::map<std::string, int>& seen) : m_rng(seed), m_seen(seen)
    {
        m_dies = m_rng.chance(40);
        m_house.fund_insurance(1 + m_rng.below(400));
        for (int i = 0; i < 6; ++i)
            m_accounts.push_back(m_house.trader(
                "owner" + std::string(1, static_cast<char>('a' + i)), 50 + m_rng.below(1'500)));
        m_accounts.push_back(m_house.alice);
        m_accounts.push_back(m_house.bob);
        m_house.now = EXPIRY - 3 * WINDOW;
    }

    void live()
    {
        if (m_rng.chance(50))
            note(m_house.send("gov", say::wind_down(0)));
        while (m_house.now < EXPIRY) {
            step();
            m_house.wait(5 + m_rng.below(60));
        }
        // Sales and resolutions go on while markets wait for their price, or for somebody to settle them.
        for (int i = 0; i < 10; ++i) {
            step();
            if (m_rng.chance(30))
                settle_some();
            m_house.wait(1 + m_rng.below(200));
        }
        m_house.now += WAIT;
        settle_some();
        for (int i = 0; i < 10; ++i)
            step();
    }

    /// All that can settle does; all accounts are touched. Empty, or what is left that should not be.
    std::string end()
    {
        for (const Number market : MARKETS)
            if (m_house.status(market) == "settling")
                if (note(m_house.send("anyone", say::settle_market(market))) != Error::ok)
                    return "a market does not settle";
        // Winners are paid once losers have paid.
        for (int i = 0; i < 3; ++i)
            for (const Number id : m_accounts)
                note(m_house.send("anyone", say::touch(id)));
        for (const Number id : m_accounts)
            for (const Position& position : m_house.account(id).account.positions)
                if (m_house.market(position.market.value).market.closed())
                    return "a position of a settled market is still there";
        const Audit books = audit(m_house.host, m_house.bank);
        for (const Number market : MARKETS) {
            const Market& closed = m_house.market(market).market;
            if (!closed.closed())
                continue;
            // Nobody is in it: what longs and shorts have not got of each other is the house's rounding.
            if (books.residue[market] < 0 || books.residue[market] > 2'000'000)
                return "the residue of market " + std::to_string(market) + " is " +
                       text_of(Money::from_raw(books.residue[market]));
            if (books.dust[market] != 0)
                return "a settled market has dust";
        }
        return {};
    }

private:
    static constexpr Number MARKETS[] = {
        0, DatedHouse::FUTURE, DatedHouse::CALL, DatedHouse::PUT, DatedHouse::BTC_FUTURE};

    Error note(const Reply& reply)
    {
        for (const contract::Event& event : reply.events)
            ++m_seen[event.type];
        if (!reply.ok())
            ++m_seen[std::string(name_of(reply.error))];
        return reply.error;
    }
    Number anybody() { return m_accounts[m_rng.below(m_accounts.size())]; }
    Number any_market() { return MARKETS[m_rng.below(std::size(MARKETS))]; }

    void step()
    {
        switch (m_rng.below(12)) {
        case 0:
        case 1:
        case 2:
            // A feed that fails now and then.
            if (!m_rng.chance(m_failing ? 5 : 97)) {
                m_failing = !m_failing;
                return;
            }
            push();
            return;
        case 3:
        case 4:
        case 5:
        case 6:
            trade();
            return;
        case 7:
        case 8:
            relieve();
            return;
        case 9:
            note(m_house.send("anyone", say::touch(anybody())));
            return;
        case 10:
            note(m_house.send("anyone", say::settle_market(any_market())));
            return;
        default:
            note(
                m_house.send("gov", say::set_settlement_price(0, EXPIRY, std::to_string(m_price))));
        }
    }
    void push()
    {
        if (m_dies && m_house.now > EXPIRY - WINDOW && m_house.now < EXPIRY)
            return;
        m_price = m_price * (940 + m_rng.below(125)) / 1'000;
        m_price = m_price < 400 ? 400 : m_price > 8'000 ? 8'000 : m_price;
        note(m_house.send("publisher", say::push_price(0, std::to_string(m_price), m_house.now)));
        note(m_house.send("publisher", say::push_price(1, "50000", m_house.now)));
        note(m_house.surface(0, EXPIRY, std::to_string(m_price)));
        note(m_house.surface(1, EXPIRY, "50000"));
    }
    void trade()
    {
        if (!m_failing)
            push();
        const Number market = any_market();
        const char* const scale = market == DatedHouse::BTC_FUTURE ? "0.0"
                                  : m_rng.chance(30)               ? ""
                                                                   : "0.";
        const std::string size = scale + std::to_string(1 + m_rng.below(9));
        note(m_house.fill(market, anybody(), anybody(), size, m_house.mark(market)));
    }
    void relieve()
    {
        if (!m_failing)
            push();
        for (const Number id : m_accounts) {
            if (note(m_house.send("anyone", say::flag(id))) != Error::ok)
                continue;
            if (m_rng.chance(30))
                note(m_house.send("alice", say::liquidate(id, any_market(), m_house.alice,
                                               m_rng.chance(50) ? "0.1" : "10")));
            else
                note(m_house.send("anyone", say::resolve(id)));
        }
    }
    void settle_some()
    {
        for (const Number market : MARKETS)
            if (m_rng.chance(60))
                note(m_house.send("anyone", say::settle_market(market)));
    }

    DatedHouse m_house;
    Rng m_rng;
    std::map<std::string, int>& m_seen;
    std::vector<Number> m_accounts;
    Number m_price = 2'000;
    bool m_failing = false;
    bool m_dies = false;  ///< The feed is silent over the whole window.
};

}  // namespace

TEST_CASE("expiry: through random lives the books balance, and everything settles and is paid")
{
    std::map<std::string, int> seen;
    for (Number seed = 1; seed <= stories(40); ++seed) {
        INFO("seed " << seed);
        Life life(seed, seen);
        life.live();
        REQUIRE(life.end() == "");
    }
    // Where the lives went.
    for (const std::string event : {"filled", "market_settled", "market_winding_down",
             "position_liquidated", "deleveraged", "settlement_price_set", "settlement_waits",
             "settlement_known", "expired", "not_expired", "market_settled"}) {
        INFO(event);
        CHECK(seen[event] >= 5);
    }
}
