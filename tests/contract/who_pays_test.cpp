// plimsoll: tests/contract/who_pays_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Nobody chooses who bears a loss: not the account by its fills, not a keeper by what it
// buys last, not a lot in another market, not a feed that has failed.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Alice has 50 ether of 2000, and has borrowed; then the feed is silent until it has failed.
struct Silent
{
    Clearinghouse house;
    std::uint64_t alice = 0;

    explicit Silent(const char* borrowed)
    {
        REQUIRE(house.send("gov", say::set_cash({})).ok());
        house.trader("supplier", 1'000'000);
        alice = house.trader("alice", 0);
        house.deposit(alice, "aeth", ether(50));
        REQUIRE(house.send("alice", say::withdraw(alice, 0, borrowed)).ok());
        house.wait(3'601);
    }
    static num::i128 ether(int n) { return num::i128{n} * num::WAD; }
    Reply resolve_late()
    {
        REQUIRE(house.send("anyone", say::flag(alice)).ok());
        house.wait(FAST + SLOW);
        return house.send("anyone", say::resolve(alice));
    }
};

say::Market capped_market()
{
    say::Market market;
    market.market = 1;
    market.symbol = "BTC-PERP";
    market.underlying = 1;
    market.lot = "0.0001";
    market.open_interest_max = "10000";
    market.insurance_cap = "100";
    return market;
}

/// BTC-PERP pays 100 of insurance a day; who is short of a bitcoin at 50,000 with 6,000 owes 4,000 at 60,000.
struct Capped : Clearinghouse
{
    std::uint64_t a = trader("a", 6'000);
    std::uint64_t b = trader("b", 100'000);

    Capped()
    {
        REQUIRE(send("gov", say::set_market(capped_market())).ok());
        fund_insurance(20'000);
        REQUIRE(fill(1, b, a, "1", "50000").ok());
    }
    Money paid() const { return money("20000") - house().insurance.balance; }
};

}  // namespace

TEST_CASE(
    "who pays: a debt is paid with tokens of a failed feed, at the last price, before by anybody")
{
    for (const char* borrowed : {"20000000000", "79000000000"}) {
        Silent s(borrowed);
        s.house.fund_insurance(100'000);
        const Reply reply = s.resolve_late();
        REQUIRE(reply.ok());
        CHECK(reply.event("account_resolved", "insurance_paid") == "0");
        CHECK(reply.event("account_resolved", "open_deficit") == "0");
        const num::i128 left = s.house.account(s.alice).account.find(AssetId{1})->amount.raw();
        const num::i128 owed = raw(borrowed) / 1'000'000;
        CHECK((Silent::ether(50) - left) * 2'000 >= owed);
        CHECK((Silent::ether(50) - left) * 2'000 < owed + owed / 100);
        CHECK(raw(s.house.cash(s.alice)) >= 0);
        CHECK(raw(s.house.cash(s.alice)) < 10'000);  // a base unit of ether
    }
}

TEST_CASE("who pays: tokens with a price are taken before tokens of a failed feed")
{
    Silent s("20000000000");
    s.house.price(1, "50000");
    s.house.deposit(s.alice, "sat", 10'000'000);  // 5,000
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).ok());
    s.house.wait(FAST + SLOW);
    s.house.price(1, "50000");
    const Reply reply = s.house.send("anyone", say::resolve(s.alice));
    REQUIRE(reply.ok());
    CHECK(s.house.account(s.alice).account.find(AssetId{2}) == nullptr);
    CHECK(s.house.account(s.alice).account.find(AssetId{1})->amount.raw() > Silent::ether(42));
}

TEST_CASE("who pays: a lot in a market without a cap does not open another's")
{
    Capped house;
    REQUIRE(house.fill(0, house.b, house.a, "0.001", "2000").ok());
    house.price(1, "60000");
    REQUIRE(house.send("x", say::flag(house.a)).ok());
    house.wait(FAST + SLOW);
    house.refresh();
    REQUIRE(house.send("x", say::resolve(house.a)).ok());
    // 100, and of 4,000 what two of sixty thousand are.
    CHECK(house.paid() >= money("100"));
    CHECK(house.paid() < money("100.5"));
}

TEST_CASE("who pays: nor for the reward of a slice")
{
    for (const bool beside : {false, true}) {
        Clearinghouse house;
        REQUIRE(house.send("gov", say::set_correlation("0.25", "0.6", {{0, 1, "0.8", {}}})).ok());
        house.allow_portfolio(0);
        house.allow_portfolio(1);
        REQUIRE(house.send("gov", say::set_market(capped_market())).ok());
        house.fund_insurance(50'000);
        const auto a = house.trader("a", 40'000);
        const auto b = house.trader("b", 500'000);
        const auto keeper = house.trader("keeper", 500'000);
        REQUIRE(house.send("a", say::set_mode(a, "portfolio")).ok());
        REQUIRE(house.fill(1, b, a, "2", "50000").ok());
        if (beside)
            REQUIRE(house.fill(0, b, a, "0.001", "2000").ok());
        house.price(1, "72000");
        REQUIRE(house.send("x", say::flag(a)).ok());
        house.wait(FAST);
        house.refresh();
        const Reply sold = house.send("keeper", say::liquidate_slice(a, keeper, "1"));
        REQUIRE(sold.ok());
        const num::i128 reward = raw(sold.event("slice_liquidated", "reward_from_insurance"));
        CHECK(reward > raw("99"));
        CHECK(reward < raw("100.1"));
    }
}

TEST_CASE("who pays: an insolvent account does not close, or change markets, by its own fills")
{
    Clearinghouse house;
    const auto a = house.trader("a", 6'000);
    const auto b = house.trader("b", 10'000);
    const auto c = house.trader("c", 10'000);
    REQUIRE(house.fill(0, b, a, "20", "2000").ok());
    house.price(0, "2500");  // 4,000 short
    CHECK(house.fill(0, a, b, "20", "2500").error == Error::below_initial_margin);
    CHECK(house.fills({{0, a, b, "20", "2500"}, {1, a, c, "1", "50000"}}).error ==
          Error::below_initial_margin);
    // With what it lacks it may.
    house.deposit(a, "uusdc", 4'001'000'000);
    CHECK(house.fill(0, a, b, "20", "2500").ok());
}

TEST_CASE(
    "who pays: what keepers leave falls on the market that counted most, whatever they buy last")
{
    for (const bool all : {false, true}) {
        Clearinghouse house;
        const auto x = house.trader("x", 100'000);
        const auto y = house.trader("y", 100'000);
        const auto a = house.trader("a", 6'000);
        const auto b = house.trader("b", 100'000);
        const auto keeper = house.trader("keeper", 100'000);
        REQUIRE(house.fill(1, x, y, "1", "50000").ok());
        REQUIRE(house.fill(0, b, a, "20", "2000").ok());
        REQUIRE(house.fill(1, x, a, "0.0001", "50000").ok());
        house.price(0, "2500");
        REQUIRE(house.send("keeper", say::flag(a)).ok());
        house.wait(FAST);
        house.refresh();
        REQUIRE(house.send("keeper", say::liquidate(a, 0, keeper, "100")).ok());
        if (all)
            REQUIRE(house.send("keeper", say::liquidate(a, 1, keeper, "100")).ok());
        house.wait(SLOW);
        house.refresh();
        const Reply reply = house.send("keeper", say::resolve(a));
        REQUIRE(reply.ok());
        num::i128 in_btc = 0;
        for (const contract::Event& event : reply.events)
            if (event.type == "loss_socialised" && event.attributes[2].value == "1")
                in_btc += raw(event.attributes[3].value.c_str());
        CHECK(in_btc < raw("1"));
    }
}
