// plimsoll: tests/contract/conservation_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Long random lives of a clearinghouse. After every call the books balance
// (tests/support/audit.hpp); a liquidation makes nobody else liquidatable; and in the end, when time passes
// and prices hold, every unhealthy account is resolved by a bounded number of calls that anyone can make.
#include "tests/support/audit.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/stories.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// How often each event has been seen, over all lives.
using Seen = std::map<std::string, int>;

class Life
{
public:
    Life(std::uint64_t seed, Seen& seen) : m_random(seed), m_seen(seen)
    {
        for (int i = 0; i < 8; ++i)
            m_accounts.push_back(m_house.trader(OWNERS[i / 2], 0));
        for (const std::uint64_t id : m_accounts)
            if (chance(3))
                m_house.deposit(id, "sat", 1 + static_cast<num::i128>(below(4'000'000)));
            else
                m_house.deposit(id, "uusdc", 1 + static_cast<num::i128>(below(3'000'000'000)));
        if (chance(2))
            m_house.fund_insurance(1 + below(300));
        m_prices = {raw("2000"), raw("50000")};
    }

    void live(int calls)
    {
        for (int i = 0; i < calls; ++i)
            step();
    }

    /// Time passes, prices hold: how many rounds of flagging, waiting and resolving everybody it took.
    int come_to_rest()
    {
        for (int i = 0; i < 2; ++i) {
            m_house.refresh();
            for (std::uint64_t market = 0; market < 2; ++market)
                static_cast<void>(send("publisher", say::push_premium(market, "0")));
            m_house.wait(700);
        }
        for (int round = 0; round < 12; ++round) {
            m_house.refresh();
            accrue();
            for (const std::uint64_t id : m_accounts)
                for (int i = 0; i < 5; ++i)
                    static_cast<void>(send("anyone", say::touch(id)));
            const std::vector<std::uint64_t> unhealthy = liquidatable();
            if (unhealthy.empty())
                return round;
            for (const std::uint64_t id : unhealthy)
                static_cast<void>(send("anyone", say::flag(id)));
            m_house.wait(FAST + SLOW);
            m_house.refresh();
            for (const std::uint64_t id : unhealthy) {
                const Error error = send("anyone", say::resolve(id)).error;
                if (error != Error::ok && error != Error::not_liquidatable)
                    FAIL("resolving was refused: " << name_of(error));
            }
        }
        FAIL("accounts stay unhealthy");
        return -1;
    }

    [[nodiscard]] num::i128 residue() const
    {
        const Audit books = audit(m_house.host, m_house.bank);
        return std::max(books.residue[0], books.residue[1]);
    }

private:
    std::uint64_t below(std::uint64_t limit) { return m_random() % limit; }
    bool chance(std::uint64_t one_in) { return below(one_in) == 0; }
    std::uint64_t anybody() { return m_accounts[below(m_accounts.size())]; }

    /// Base units, of every size, the ends often.
    num::i128 amount()
    {
        static const num::i128 SCALES[] = {1, 1'000, 1'000'000, 100'000'000, 1'000'000'000};
        return SCALES[below(5)] * static_cast<num::i128>(1 + below(999));
    }
    std::string any_size()
    {
        static const char* const SCALES[] = {"0.000", "0.00", "0.0", "0.", "", "1"};
        switch (below(12)) {
        case 0:
            return "0.000000000000000001";
        case 1:
            return "10000000000";
        default:
            return SCALES[below(6)] + std::to_string(1 + below(99));
        }
    }
    /// A size that the account may just about carry, up to eleven times what it has in cash.
    std::string size_for(std::uint64_t account, std::uint64_t market)
    {
        if (chance(8))
            return any_size();
        const num::i128 cash = m_house.account(account).account.cash.raw();
        const num::i128 means = std::max(cash, raw("300")) / 10;
        const num::i128 lot = raw("0.001");
        const num::i128 base = checked(num::mul_div_floor(
            means * static_cast<num::i128>(1 + below(110)), num::WAD, m_prices[market]));
        return text_of(Quantity::from_raw(std::max(base / lot, num::i128{1}) * lot));
    }
    std::string near_index(std::uint64_t market)
    {
        const num::i128 index = m_prices[market];
        const num::i128 step = index / 2'000;
        return text_of(Price::from_raw(index + step * (static_cast<num::i128>(below(41)) - 20)));
    }

    void move_price()
    {
        const std::uint64_t id = below(2);
        static const int RANGE[] = {10, 40, 80, 150, 300};
        const auto range = static_cast<std::uint64_t>(RANGE[below(5)]);
        const num::i128 start = id == 0 ? raw("2000") : raw("50000");
        num::i128 next =
            m_prices[id] *
            (1'000 - static_cast<num::i128>(range) + static_cast<num::i128>(below(2 * range + 1))) /
            1'000;
        if (next < start / 20 || next > start * 20)
            next = start;
        m_prices[id] = next + static_cast<num::i128>(below(1'000));
        m_house.price(id, text_of(Price::from_raw(m_prices[id])));
    }
    void refresh() { m_house.refresh(); }
    void accrue()
    {
        for (std::uint64_t market = 0; market < 2; ++market)
            REQUIRE(send("anyone", say::accrue(market)).ok());
    }

    Reply send(const std::string& sender, const std::string& json, const Coins& funds = {})
    {
        Reply reply = m_house.send(sender, json, funds);
        ++m_seen[reply.ok() ? "ok" : "refused"];
        for (const contract::Event& event : reply.events)
            ++m_seen[event.type];
        if (reply.event("deleveraged") != nullptr &&
            reply.event("deleveraged", "epoch_ended") == "true")
            ++m_seen["epoch_ended"];
        if (reply.event("position_liquidated") != nullptr)
            ++m_seen["whole " + reply.event("position_liquidated", "whole")];
        return reply;
    }

    std::vector<std::uint64_t> liquidatable()
    {
        const Reply list = m_house.ask(R"({"liquidatable":{"cursor":0,"limit":100}})");
        std::vector<std::uint64_t> ids;
        for (int i = 0;; ++i) {
            const std::string at = "/accounts/" + std::to_string(i);
            if (list.at(at) == "absent")
                return ids;
            ids.push_back(std::stoull(list.at(at + "/account")));
        }
    }

    /// A call that closes part of one account at unchanged prices: who else was healthy stays so.
    void relieve(std::uint64_t account, const std::string& sender, const std::string& json)
    {
        accrue();
        const std::vector<std::uint64_t> before = liquidatable();
        const Reply reply = send(sender, json);
        if (!reply.ok() || reply.event("loss_socialised") != nullptr)
            return;
        for (const std::uint64_t id : liquidatable())
            if (id != account && std::find(before.begin(), before.end(), id) == before.end())
                FAIL("account " << id << " became liquidatable by " << json << ": "
                                << m_house.health(id));
    }

    void trade()
    {
        std::vector<say::Fill> fills;
        for (std::uint64_t i = chance(4) ? 3 : 1; i > 0; --i) {
            const std::uint64_t market = below(2);
            const std::uint64_t buyer = anybody();
            fills.push_back({market, buyer, anybody(), size_for(buyer, market),
                chance(3) ? near_index(market) : text_of(Price::from_raw(m_prices[market]))});
        }
        static_cast<void>(send("venue", say::settle_fills(++m_house.venue_nonce, fills)));
    }

    void keep()
    {
        const std::vector<std::uint64_t> unhealthy = liquidatable();
        const std::uint64_t account =
            unhealthy.empty() || chance(10) ? anybody() : unhealthy[below(unhealthy.size())];
        const std::uint64_t buyer = anybody();
        const std::string owner = m_house.owner(buyer);
        switch (below(9)) {
        case 0:
            static_cast<void>(send("anyone", say::flag(account)));
            return;
        case 1:
        case 2:
            relieve(account, "anyone", say::resolve(account));
            return;
        case 3:
        case 4:
            relieve(account, owner,
                say::liquidate_collateral(account, 1 + below(2), buyer,
                    integer(chance(2) ? raw("1000000000") : amount() * amount())));
            return;
        case 5:
            relieve(account, owner, say::liquidate_slice(account, buyer, chance(3) ? "0.3" : "1"));
            return;
        default:
            relieve(account, owner,
                say::liquidate(account, below(2), buyer, chance(3) ? any_size() : "10000000000"));
        }
    }

    void govern()
    {
        static const char* const STATUS[] = {"active", "active", "reduce_only", "closed"};
        static const char* const FRACTIONS[] = {"0.02", "0.05", "0.08"};
        if (chance(2)) {
            say::Market market;
            market.status = STATUS[below(4)];
            market.loss_cap = chance(2) ? "0.05" : "0";
            market.lot = chance(3) ? "0.007" : "0.001";
            static_cast<void>(send("gov", say::set_market(market)));
        } else {
            say::Underlying underlying;
            underlying.underlying = below(2);
            underlying.maintenance_fraction = FRACTIONS[below(3)];
            static_cast<void>(send("gov", say::set_underlying(underlying)));
        }
    }

    void step()
    {
        const std::uint64_t account = anybody();
        const std::string owner = m_house.owner(account);
        switch (below(26)) {
        case 0: {
            const num::i128 coins = chance(4) ? amount() : 1 + amount() % 1'000'000'000;
            static_cast<void>(send(owner, say::deposit(account), {{"uusdc", coins}}));
            return;
        }
        case 1:
            static_cast<void>(send(owner, say::deposit(account),
                {{"aeth", amount() * amount()}, {"sat", amount() % 1'000'000 + 1}}));
            return;
        case 2: {
            const std::uint64_t asset = below(3);
            static_cast<void>(send(owner, say::withdraw(account, asset, integer(amount()))));
            return;
        }
        case 3:
        case 4:
        case 5:
            m_house.wait(below(2'000));
            if (!chance(4))
                m_house.refresh();
            return;
        case 6: {
            const std::uint64_t market = below(2);
            const num::i128 premium =
                m_prices[market] / 1'000 * (static_cast<num::i128>(below(41)) - 20);
            static_cast<void>(
                send("publisher", say::push_premium(market, text_of(Price::from_raw(premium)))));
            return;
        }
        case 7:
            switch (below(4)) {
            case 0:
                static_cast<void>(send("anyone", say::accrue(below(2))));
                return;
            case 1:
                static_cast<void>(send("anyone", say::settle(account, below(2))));
                return;
            case 2:
                static_cast<void>(send(owner, say::claim(account, below(2))));
                return;
            default:
                static_cast<void>(send("anyone", say::touch(account)));
            }
            return;
        case 8:
            static_cast<void>(chance(3) ? send("gov", say::fund_insurance(),
                                              {{"uusdc", amount() % 100'000'000 + 1}})
                                        : send(owner, say::buy_inventory(1 + below(2), account,
                                                          integer(amount() * amount()))));
            return;
        case 9:
            if (chance(4))
                govern();
            return;
        case 10:
        case 11:
        case 12:
        case 13:
            move_price();
            return;
        case 14:
        case 15:
        case 16:
        case 17:
        case 18:
            keep();
            return;
        default:
            trade();
        }
    }

    static std::string integer(num::i128 value)
    {
        return std::string(std::string_view(num::decimal_text(value, 0)));
    }

    static constexpr const char* OWNERS[] = {"alice", "bob", "carol", "dave"};

    std::mt19937_64 m_random;
    Seen& m_seen;
    Clearinghouse m_house;
    std::vector<std::uint64_t> m_accounts;
    std::vector<num::i128> m_prices;
};

}  // namespace

TEST_CASE("conservation: three hundred random lives of two hundred calls, and each comes to rest")
{
    Seen seen;
    int most_rounds = 0;
    num::i128 most_residue = 0;
    const std::uint64_t last = stories(300);
    for (std::uint64_t seed = 1; seed <= last; ++seed) {
        INFO("seed " << seed);
        Life life(seed, seen);
        life.live(200);
        most_rounds = std::max(most_rounds, life.come_to_rest());
        most_residue = std::max(most_residue, life.residue());
    }
    // What such lives must have met, or they prove nothing.
    for (const char* event : {"ok", "refused", "filled", "position_liquidated", "whole true",
             "whole false", "collateral_liquidated", "slice_liquidated", "account_flagged",
             "account_cured", "account_resolved", "deleveraged", "epoch_ended",
             "collateral_taken_over", "loss_socialised", "inventory_sold", "funding_accrued",
             "withdrawn", "loss_settled", "profit_claimed"}) {
        INFO(event);
        CHECK(seen[event] > 0);
    }
    INFO("residue " << text_of(Money::from_raw(most_residue)));
    CHECK(most_residue < raw("0.000000001"));
    CHECK(most_rounds <= 4);
}
