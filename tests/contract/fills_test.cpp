// plimsoll: tests/contract/fills_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Settlements: what a venue may report, and that a settlement is all or nothing.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

struct Traders
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 1'000);
    std::uint64_t bob = house.trader("bob", 1'000);
    std::uint64_t carol = house.trader("carol", 1'000);

    /// Alice buys from Bob on market 0.
    Error trade(const std::string& base, const std::string& price = "2000")
    {
        return house.fill(0, alice, bob, base, price).error;
    }
    std::string base(std::uint64_t account)
    {
        return house.ask(say::ask("account", "account", account)).at("/positions/0/base");
    }
};

}  // namespace

TEST_CASE("fills: a fill moves base one way and quote the other, and raises open interest")
{
    Traders t;
    const Reply reply = t.house.fill(0, t.alice, t.bob, "0.5", "2010");
    REQUIRE(reply.ok());
    CHECK(reply.event("filled", "base") == "0.5");
    CHECK(reply.event("filled", "price") == "2010");
    const Account alice = t.house.account(t.alice).account;
    const Account bob = t.house.account(t.bob).account;
    CHECK(text_of(alice.positions[0].base) == "0.5");
    CHECK(text_of(alice.positions[0].quote) == "-1005");
    CHECK(text_of(bob.positions[0].base) == "-0.5");
    CHECK(text_of(bob.positions[0].quote) == "1005");
    CHECK(t.house.market(0).market.indexes.open_interest == raw("0.5"));
    CHECK(alice.nonce == 2);  // the deposit and the settlement
}

TEST_CASE("fills: a fraction of a raw unit of quote stays with the house, on either side")
{
    Traders t;
    REQUIRE(t.trade("0.001", "1999.999999999999999999") == Error::ok);
    CHECK(text_of(t.house.account(t.alice).account.positions[0].quote) == "-2");
    CHECK(text_of(t.house.account(t.bob).account.positions[0].quote) == "1.999999999999999999");
    CHECK(t.house.residue(0) == 1);
}

TEST_CASE("fills: closing turns a position into cash, with its profit or loss to the unit")
{
    Traders t;
    REQUIRE(t.trade("1") == Error::ok);
    t.house.price(0, "2100");
    REQUIRE(t.house.fill(0, t.bob, t.alice, "1", "2100").ok());
    CHECK(t.house.cash(t.alice) == "1100");
    CHECK(t.house.cash(t.bob) == "900");
    CHECK(t.house.account(t.alice).account.positions.empty());
    CHECK(t.house.market(0).market.indexes.open_interest == 0);
}

TEST_CASE("fills: a position can flip from one side to the other in one fill")
{
    Traders t;
    REQUIRE(t.trade("1") == Error::ok);
    REQUIRE(t.house.fill(0, t.bob, t.alice, "1.5", "2000").ok());
    CHECK(t.base(t.alice) == "-0.5");
    CHECK(t.base(t.bob) == "0.5");
    CHECK(t.house.market(0).market.indexes.open_interest == raw("0.5"));
}

TEST_CASE("fills: the band around the index holds to the last decimal")
{
    Traders t;
    CHECK(t.trade("0.1", "2100") == Error::ok);
    CHECK(t.trade("0.1", "1900") == Error::ok);
    CHECK(t.trade("0.1", "2100.000000000000000001") == Error::outside_fill_band);
    CHECK(t.trade("0.1", "1899.999999999999999999") == Error::outside_fill_band);
    CHECK(t.trade("0.1", "100000000") == Error::outside_fill_band);
    CHECK(t.trade("0.1", "0.000000000000000001") == Error::outside_fill_band);
}

TEST_CASE("fills: sizes are whole lots, unless the fill closes one of the two")
{
    Traders t;
    CHECK(t.trade("0.0015") == Error::not_whole_lots);
    CHECK(t.trade("0.000000000000000001") == Error::not_whole_lots);
    CHECK(t.trade("0.005") == Error::ok);
    say::Market coarse;
    coarse.lot = "0.002";
    REQUIRE(t.house.send("gov", say::set_market(coarse)).ok());
    CHECK(t.house.fill(0, t.carol, t.alice, "0.001", "2000").error == Error::not_whole_lots);
    CHECK(t.house.fill(0, t.carol, t.alice, "0.005", "2000").ok());
}

TEST_CASE("fills: open interest stops at its cap, and what does not raise it goes on")
{
    Traders t;
    const auto cap = [&](const std::string& most) {
        say::Market market;
        market.open_interest_max = most;
        REQUIRE(t.house.send("gov", say::set_market(market)).ok());
    };
    cap("1");
    CHECK(t.trade("1.001") == Error::open_interest_cap);
    CHECK(t.trade("1") == Error::ok);
    CHECK(t.trade("0.001") == Error::open_interest_cap);
    CHECK(t.house.fill(0, t.carol, t.alice, "0.4", "2000").ok());
    cap("0.5");
    CHECK(t.house.fill(0, t.carol, t.alice, "0.1", "2000").ok());
    CHECK(t.house.fill(0, t.bob, t.alice, "0.4", "2000").ok());
    CHECK(t.trade("0.001") == Error::open_interest_cap);
}

TEST_CASE("fills: nobody trades with the same account, with nobody, or where there is no market")
{
    Traders t;
    CHECK(t.house.fill(0, t.alice, t.alice, "1", "2000").error == Error::self_fill);
    CHECK(t.house.fill(0, t.alice, 99, "1", "2000").error == Error::no_such_account);
    CHECK(t.house.fill(2, t.alice, t.bob, "1", "2000").error == Error::no_such_market);
    CHECK(t.house.fill(65'535, t.alice, t.bob, "1", "2000").error != Error::ok);
    CHECK(t.house.fills({}).error == Error::nothing_to_do);
    CHECK(t.house.fill(0, t.alice, t.bob, "0", "2000").error == Error::out_of_range);
    CHECK(t.house.fill(0, t.alice, t.bob, "-1", "2000").error == Error::out_of_range);
    CHECK(t.house.fill(0, t.alice, t.bob, "1", "0").error == Error::out_of_range);
}

TEST_CASE("fills: a fill is judged with the funding that is due in other markets")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 100);
    const auto bob = house.trader("bob", 100'000);
    house.wait(600);
    REQUIRE(house.send("publisher", say::push_premium(0, "20")).ok());
    house.refresh();
    REQUIRE(house.fill(0, alice, bob, "0.48", "2000").ok());
    // 100 and half of 9.6 against 96.96: 5 more fit.
    REQUIRE(house.fill(1, alice, bob, "0.001", "50000").ok());
    REQUIRE(house.fill(1, bob, alice, "0.001", "50000").ok());
    house.wait(DAY / 2);
    house.refresh();
    // On the stored index they still would. But 14.4 are due.
    const std::uint64_t since = house.market(0).market.funding_time.raw();
    CHECK(since < house.now);
    const Reply refused = house.fill(1, alice, bob, "0.001", "50000");
    CHECK(refused.error == Error::below_initial_margin);
    CHECK(refused.detail == "account " + std::to_string(alice));
    house.deposit(alice, "uusdc", 20'000'000);
    const Reply filled = house.fill(1, alice, bob, "0.001", "50000");
    REQUIRE(filled.ok());
    // What was only looked at is neither announced nor written.
    CHECK(filled.events_of("funding_accrued") == 0);
    CHECK(house.market(0).market.funding_time.raw() == since);
    CHECK(house.send("anyone", say::accrue(0)).events_of("funding_accrued") == 1);
}

TEST_CASE("fills: a reduce-only market takes only fills that reduce both sides")
{
    Traders t;
    REQUIRE(t.trade("1") == Error::ok);
    say::Market market;
    market.status = "reduce_only";
    REQUIRE(t.house.send("gov", say::set_market(market)).ok());
    CHECK(t.trade("0.1") == Error::market_not_active);
    CHECK(t.house.fill(0, t.carol, t.alice, "0.1", "2000").error == Error::market_not_active);
    CHECK(t.house.fill(0, t.bob, t.alice, "1.1", "2000").error == Error::market_not_active);
    CHECK(t.house.fill(0, t.bob, t.alice, "0.4", "2000").ok());
    CHECK(t.house.fill(0, t.bob, t.alice, "0.6", "2000").ok());
}

TEST_CASE("fills: a closed market takes none")
{
    Traders t;
    say::Market market;
    market.status = "closed";
    REQUIRE(t.house.send("gov", say::set_market(market)).ok());
    CHECK(t.trade("0.1") == Error::market_not_active);
}

TEST_CASE("fills: a price that was never published, is stale or uncertain stops fills")
{
    Traders t;
    say::Underlying sol;
    sol.underlying = 2;
    sol.symbol = "SOL";
    REQUIRE(t.house.send("gov", say::set_underlying(sol)).ok());
    say::Market market;
    market.market = 2;
    market.underlying = 2;
    REQUIRE(t.house.send("gov", say::set_market(market)).ok());
    CHECK(t.house.fill(2, t.alice, t.bob, "1", "100").error == Error::no_price);
    t.house.refresh();
    t.house.wait(60);
    CHECK(t.trade("0.1") == Error::ok);
    t.house.wait(1);
    CHECK(t.trade("0.1") == Error::stale_price);
    REQUIRE(t.house.send("publisher", say::push_price(0, "2000", t.house.now, "40.1")).ok());
    CHECK(t.trade("0.1") == Error::uncertain_price);
}

TEST_CASE("fills: both sides need their initial margin, counted with the loss of the fill itself")
{
    Traders t;
    CHECK(t.trade("5.001") == Error::below_initial_margin);
    // 1000 - 4 * 50 of loss at the edge of the band leaves 800 for 4 * 200.
    CHECK(t.trade("4.001", "2050") == Error::below_initial_margin);
    CHECK(t.trade("4", "2050") == Error::ok);
}

TEST_CASE("fills: only the weighted part of an unrealised profit carries new risk")
{
    Traders t;
    REQUIRE(t.trade("5") == Error::ok);
    t.house.price(0, "2200");
    t.house.deposit(t.bob, "uusdc", 10'000'000'000);
    // Equity 2000, of which 500 do not count; 1500 / 220 is 6.818.
    CHECK(t.trade("1.819", "2200") == Error::below_initial_margin);
    CHECK(t.trade("1.818", "2200") == Error::ok);
}

TEST_CASE("fills: an account below initial margin may do what makes it safer, and nothing else")
{
    Traders t;
    REQUIRE(t.trade("5") == Error::ok);
    t.house.deposit(t.bob, "uusdc", 10'000'000'000);
    t.house.price(0, "1950");  // alice: 750 against 975 and 487.5
    CHECK(t.trade("0.001", "1950") == Error::below_initial_margin);
    CHECK(t.trade("0.001", "1900") == Error::below_initial_margin);
    const auto sell = [&](const std::string& base, const std::string& price) {
        return t.house.fill(0, t.bob, t.alice, base, price).error;
    };
    CHECK(sell("1", "1949.999") == Error::below_initial_margin);
    CHECK(sell("1", "1950") == Error::ok);
    CHECK(sell("0.001", "1950.000000000000000001") == Error::ok);
    CHECK(sell("9", "1950") == Error::below_initial_margin);  // flips to more than before
    CHECK(sell("1", "1960") == Error::ok);
}

TEST_CASE(
    "fills: an insolvent account neither adds to its position nor closes it, however good the "
    "price")
{
    Traders t;
    REQUIRE(t.trade("5") == Error::ok);
    t.house.deposit(t.bob, "uusdc", 10'000'000'000);
    t.house.price(0, "1750");
    CHECK(t.trade("0.1", "1662.5") == Error::below_initial_margin);
    CHECK(t.house.fill(0, t.bob, t.alice, "0.1", "1837.5").error == Error::below_initial_margin);
}

TEST_CASE("fills: a liquidatable account that a fill cures loses its flag")
{
    Traders t;
    REQUIRE(t.trade("5") == Error::ok);
    t.house.deposit(t.bob, "uusdc", 10'000'000'000);
    t.house.price(0, "1890");  // 450 against 472.5
    REQUIRE(t.house.send("keeper", say::flag(t.alice)).ok());
    CHECK(t.house.fill(0, t.bob, t.alice, "0.1", "1890").events_of("account_cured") == 0);
    const Reply cured = t.house.fill(0, t.bob, t.alice, "1", "1890");
    CHECK(cured.event("account_cured", "account") == std::to_string(t.alice));
    CHECK_FALSE(t.house.account(t.alice).account.flag.raised);
}

TEST_CASE("fills: a settlement of many fills is one change, margins are looked at once at its end")
{
    Traders t;
    // Alone the first fill would be too much for Alice; together they cancel.
    CHECK(t.trade("6") == Error::below_initial_margin);
    const Reply reply = t.house.fills({{0, t.alice, t.bob, "6", "2000"},
        {0, t.carol, t.alice, "3", "2000"}, {0, t.bob, t.alice, "3", "2000"}});
    REQUIRE(reply.ok());
    CHECK(reply.events_of("filled") == 3);
    CHECK(t.house.account(t.alice).account.positions.empty());
    CHECK(t.house.account(t.alice).account.nonce == 2);
}

TEST_CASE("fills: one bad fill among many leaves nothing of the others")
{
    Traders t;
    const MemoryHost::Records before = t.house.host.records;
    std::vector<say::Fill> fills(32, say::Fill{0, t.alice, t.bob, "0.01", "2000"});
    fills[31].price = "2500";
    CHECK(t.house.fills(fills).error == Error::outside_fill_band);
    CHECK(t.house.host.records == before);
    fills[31].price = "2000";
    CHECK(t.house.fills(fills).events_of("filled") == 32);
    CHECK(t.base(t.alice) == "0.32");
    fills.push_back(fills[0]);
    CHECK(t.house.fills(fills).error == Error::too_many_items);
}

TEST_CASE("fills: forty-eight positions fit, the forty-ninth is refused")
{
    Traders t;
    std::vector<say::Fill> fills;
    for (std::uint64_t id = 2; id <= 49; ++id) {
        say::Market market;
        market.market = id;
        REQUIRE(t.house.send("gov", say::set_market(market)).ok());
        fills.push_back({id, t.alice, t.bob, "0.001", "2000"});
    }
    const std::vector<say::Fill> first(fills.begin(), fills.begin() + 30);
    const std::vector<say::Fill> second(fills.begin() + 30, fills.end());
    REQUIRE(t.house.fills(first).ok());
    REQUIRE(t.house.fills(second).ok());
    CHECK(t.trade("0.001") == Error::too_many_positions);
    CHECK(t.house.fill(2, t.bob, t.alice, "0.001", "2000").ok());
    CHECK(t.trade("0.001") == Error::ok);
}

TEST_CASE(
    "fills: a position in another market whose feed is not fit to trade on lets no risk be added")
{
    Traders t;
    REQUIRE(t.house.fill(1, t.alice, t.bob, "0.1", "50000").ok());
    t.house.wait(61);
    t.house.price(0, "2000");
    CHECK(t.trade("0.1") == Error::stale_price);
    CHECK(t.house.fill(0, t.carol, t.bob, "0.1", "2000").error == Error::stale_price);
    t.house.price(1, "50000");
    CHECK(t.trade("0.1") == Error::ok);
    t.house.wait(61);
    t.house.price(0, "2000");
    CHECK(t.trade("0.1") == Error::stale_price);
    CHECK(t.house.fill(0, t.bob, t.alice, "0.1", "2000").ok());
}
