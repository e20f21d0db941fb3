// plimsoll: tests/contract/who_pays_order_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Who bears a loss does not depend on what is paid, sold or opened first, nor on losses that
// have been paid.
#include "tests/support/dated_house.hpp"
#include "tests/support/incident.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// a has 20,000, is short of 40 ether to b and of 1.6 bitcoin to c, and has lost 16,000 in each: 12,000 are missing.
struct Two : Clearinghouse
{
    std::uint64_t b = trader("b", 200'000);
    std::uint64_t c = trader("c", 200'000);
    std::uint64_t k = trader("k", 500'000);
    std::uint64_t a = trader("a", 20'000);

    explicit Two(bool bitcoin_first = false)
    {
        if (bitcoin_first)
            REQUIRE(fill(1, c, a, "1.6", "50000").ok());
        REQUIRE(fill(0, b, a, "40", "2000").ok());
        if (!bitcoin_first)
            REQUIRE(fill(1, c, a, "1.6", "50000").ok());
        price(0, "2400");
        price(1, "60000");
    }
    void flag_for(std::uint64_t seconds)
    {
        REQUIRE(send("anyone", say::flag(a)).ok());
        wait(seconds);
        refresh();
    }
    Money equity(std::uint64_t account) { return equity_of(*this, account); }
    Money apart()
    {
        const Money apart = equity(b) - equity(c);
        return apart.is_negative() ? -apart : apart;
    }
};

}  // namespace

TEST_CASE("who pays: not the market whose losses are settled first")
{
    for (const bool flagged : {false, true}) {
        Two house;
        if (flagged)
            house.flag_for(1);
        REQUIRE(house.send("b", say::settle(house.a, 0)).ok());
        if (!flagged)
            house.flag_for(1);
        REQUIRE(house.send("anyone", say::resolve(house.a)).ok());
        CHECK(house.apart() < money("0.001"));
        CHECK(house.equity(house.b) < money("213000"));
    }
}

TEST_CASE("who pays: not the market that has given back what was settled")
{
    enum class Then
    {
        left,
        claimed,
        bought,
    };
    for (const Then then : {Then::left, Then::claimed, Then::bought}) {
        Two house;
        house.flag_for(1);
        REQUIRE(house.send("b", say::settle(house.a, 0)).ok());
        house.price(0, "2000");
        if (then == Then::claimed)
            REQUIRE(house.send("a", say::claim(house.a, 0)).ok());
        house.price(1, "77500");  // 44,000 lost
        if (then == Then::bought) {
            house.wait(FAST);
            house.refresh();
            REQUIRE(house.send("k", say::liquidate(house.a, 0, house.k, "100")).ok());
        }
        REQUIRE(house.send("anyone", say::resolve(house.a)).ok());
        CHECK(house.equity(house.b) == money("200000"));
        CHECK(house.equity(house.c) < money("244000"));
    }
}

TEST_CASE("who pays: not the market whose profit still waits to become cash")
{
    Two house;
    house.flag_for(1);
    REQUIRE(house.send("b", say::settle(house.a, 0)).ok());
    REQUIRE(house.send("b", say::claim(house.b, 0)).ok());  // all that a has paid
    house.price(0, "2000");
    house.price(1, "77500");  // 44,000 lost
    house.wait(FAST);
    house.refresh();
    REQUIRE(house.send("k", say::liquidate(house.a, 0, house.k, "100")).ok());
    REQUIRE(house.account(house.a).account.find(MarketId{0}) != nullptr);
    REQUIRE(house.send("anyone", say::resolve(house.a)).ok());
    CHECK(house.equity(house.b) == money("200000"));
}

TEST_CASE("who pays: not the market of a loss that the account has paid, seen healthy since")
{
    for (const bool flagged : {false, true}) {
        Two house;
        house.flag_for(1);
        REQUIRE(house.send("b", say::settle(house.a, 0)).ok());
        house.deposit(house.a, "uusdc", 60'000'000'000);  // its flag falls
        REQUIRE_FALSE(house.account(house.a).account.flag.raised);
        house.price(1, "115000");  // 48,000 are left, and 88,000 more are lost
        if (flagged)
            REQUIRE(house.send("anyone", say::flag(house.a)).ok());
        REQUIRE(house.send("anyone", say::resolve(house.a)).ok());
        CHECK(house.equity(house.b) == money("216000"));
        CHECK(house.equity(house.c) < money("304000"));
    }
}

TEST_CASE("who pays: not the market whose position a keeper leaves")
{
    for (const std::uint64_t market : {0U, 1U}) {
        Two house;
        house.flag_for(FAST);
        REQUIRE(house.send("k", say::liquidate(house.a, market, house.k, "100")).ok());
        CHECK(house.account(house.a).account.cash.is_positive());
        const Reply reply = house.send("anyone", say::resolve(house.a));
        REQUIRE(reply.ok());
        // Half of it is of the market that was bought out, and its traders share it.
        CHECK(house.equity(market == 0 ? house.b : house.c) < money("216000"));
        CHECK(house.equity(market == 0 ? house.c : house.b) < money("216000"));
        CHECK(house.account(house.a).account.owed_losses.empty());
    }
}

TEST_CASE("who pays: the insurance pays every market its part, whichever was opened first")
{
    for (const bool bitcoin_first : {false, true}) {
        Two house(bitcoin_first);
        house.fund_insurance(6'000);
        house.flag_for(FAST + SLOW);
        const Reply reply = house.send("anyone", say::resolve(house.a));
        REQUIRE(reply.ok());
        CHECK(reply.event("account_resolved", "insurance_paid") == "6000");
        CHECK(house.apart() < money("0.001"));
    }
}

TEST_CASE("who pays: a sold option's market bears its loss, though a keeper has bought it")
{
    for (const bool bought : {false, true}) {
        DatedHouse house;
        house.allow_options(0);
        say::Market market = say::option(6, EXPIRY, "2000");
        market.insurance_cap = "1000";
        house.list(market);
        house.fund_insurance(200'000);
        const auto x = house.trader("x", 30'000);
        const auto y = house.trader("y", 500'000);
        const auto k = house.trader("k", 500'000);
        const auto move = [&](const char* price) {
            house.refresh();
            REQUIRE(house.surface(0, EXPIRY, price).ok());
        };
        house.surfaces();
        house.refresh();
        REQUIRE(house.fill(6, y, x, "50", "20").ok());
        house.price(0, "3500");
        REQUIRE(house.surface(0, EXPIRY, "3500").ok());
        REQUIRE(house.send("anyone", say::flag(x)).ok());
        house.wait(FAST);
        move("3500");
        if (bought)
            REQUIRE(house.send("k", say::liquidate_slice(x, k, "1")).ok());
        house.wait(SLOW);
        move("3500");
        REQUIRE(house.send("anyone", say::resolve(x)).ok());
        // A keeper's reward counts against the cap too; a second's part of a day is back.
        CHECK(house.house().insurance.balance >= money("198900"));
    }
}

TEST_CASE("who pays: no market of a debt on collateral, whatever was lost before it was taken")
{
    for (const bool loser_first : {false, true}) {
        Clearinghouse house;
        REQUIRE(house.send("gov", say::set_cash({})).ok());
        say::Params params;
        params.debt_cap = "1000";
        REQUIRE(house.send("gov", say::set_params(params)).ok());
        house.fund_insurance(200'000);
        house.trader("supplier", 1'000'000);
        const auto x = house.trader("x", 0);
        const auto y = house.trader("x", 500'000);
        house.deposit(x, "sat", 400'000'000);  // 200,000
        REQUIRE(house.send("x", say::withdraw(x, 0, "100000000")).ok());
        // Long of one, short of the other: what the one loses the other has gained.
        REQUIRE(house.fill(0, y, x, "40", "2000").ok());
        REQUIRE(house.fill(1, x, y, "1", "50000").ok());
        house.price(0, "2500");
        house.price(1, "70000");
        for (const std::uint64_t market : {loser_first ? 0U : 1U, loser_first ? 1U : 0U}) {
            const bool ether = market == 0;
            REQUIRE(house
                    .fill(market, ether ? x : y, ether ? y : x, ether ? "40" : "1",
                        ether ? "2500" : "70000")
                    .ok());
        }
        REQUIRE(house.send("x", say::withdraw(x, 0, "100000000000")).ok());
        house.price(1, "20000");
        REQUIRE(house.send("anyone", say::flag(x)).ok());
        house.wait(FAST + SLOW);
        house.refresh();
        const Reply reply = house.send("anyone", say::resolve(x));
        REQUIRE(reply.ok());
        REQUIRE(money(reply.event("account_resolved", "deficit")) > money("10000"));
        CHECK(reply.event("account_resolved", "insurance_paid") == "1000");
    }
}

TEST_CASE("who pays: a reward for collateral counts against the cap of debts")
{
    for (const bool position_first : {true, false}) {
        Clearinghouse house;
        say::Params params;
        params.debt_cap = "1000";
        params.reward_cap = "100000";
        REQUIRE(house.send("gov", say::set_params(params)).ok());
        say::Market market;
        market.insurance_cap = position_first ? "1000" : "0";
        REQUIRE(house.send("gov", say::set_market(market)).ok());
        house.fund_insurance(200'000);
        const auto x = house.trader("x", 0);
        const auto y = house.trader("y", 500'000);
        const auto k = house.trader("k", 900'000);
        house.deposit(x, "sat", 400'000'000);  // 200,000
        house.price(1, "50000");
        REQUIRE(house.fill(0, y, x, "500", "2000").ok());
        house.price(0, "2420");
        REQUIRE(house.send("k", say::flag(x)).ok());
        house.wait(FAST + SLOW);
        house.refresh();
        REQUIRE(house.send("k", say::liquidate(x, 0, k, "100000")).ok());
        const Money before = house.house().insurance.balance;
        REQUIRE(house.send("k", say::liquidate_collateral(x, 2, k, "1000000000")).ok());
        // Of a market with a cap nobody could say which cap it would be.
        const Money paid = before - house.house().insurance.balance;
        CHECK(paid == (position_first ? Money::zero() : money("1000")));
        CHECK(house.house().insurance.debts.used == paid);
    }
}

TEST_CASE("who pays: what is owed beyond all ranges stops nothing")
{
    Clearinghouse house;
    house.audited = false;  // what passes the end is forgotten
    say::Cash cash;
    cash.gate = true;
    cash.unbonding = 200'000;
    REQUIRE(house.send("gov", say::set_cash(cash)).ok());
    house.price(0, "0.0000001");
    std::vector<std::uint64_t> shorts;
    for (int i = 0; i < 4; ++i) {
        shorts.push_back(house.trader("x", 1'000'000));
        const auto longs = house.trader("y", 1'000'000);
        for (int m = 2 + 48 * i; m < 50 + 48 * i; ++m) {
            say::Market market;
            market.market = static_cast<std::uint64_t>(m);
            market.symbol = "M" + std::to_string(m);
            market.open_interest_max = "10000000000";
            market.loss_cap = "0";
            market.lot = "1";
            REQUIRE(house.send("gov", say::set_market(market)).ok());
            REQUIRE(house
                    .fill(static_cast<std::uint64_t>(m), longs, shorts.back(), "9900000000",
                        "0.0000001")
                    .ok());
        }
    }
    house.price(0, "100000000");
    for (const std::uint64_t account : shorts)
        REQUIRE(house.send("anyone", say::resolve(account)).ok());
    CHECK(house.house().insurance.open_deficit == OPEN_DEFICIT_MAX);
    CHECK(house.send("anyone", say::cover_deficit()).ok());
    CHECK(house.ask(R"({"insurance":{}})").ok());
    CHECK(house.send("sue", say::stake(), {{"uusdc", 1'000'000}}).error == Error::staking_closed);
    CHECK(house.ask(R"({"cash":{}})").at("/gate/closed") == "true");
}
