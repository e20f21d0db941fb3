// plimsoll: tests/contract/who_pays_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Nobody chooses who bears a loss: not the account by its fills, not a keeper by what it
// buys last, not a lot in another market, not a feed that has failed.
#include "tests/support/dated_house.hpp"
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

TEST_CASE("who pays: tokens of a failed feed do not stay with who owed, at the last price")
{
    for (const char* borrowed : {"20000000000", "79000000000"}) {
        Silent s(borrowed);
        s.house.fund_insurance(100'000);
        const Reply reply = s.resolve_late();
        REQUIRE(reply.ok());
        const num::i128 owed = raw(borrowed) / 1'000'000;
        // The insurance pays and gets the tokens for it.
        CHECK(raw(reply.event("account_resolved", "insurance_paid")) ==
              raw(reply.event("account_resolved", "deficit")));
        CHECK(reply.event("account_resolved", "open_deficit") == "0");
        CHECK(reply.event("collateral_taken_over", "credit") == "0");
        const num::i128 left = s.house.account(s.alice).account.find(AssetId{1})->amount.raw();
        CHECK((Silent::ether(50) - left) * 2'000 >= owed);
        CHECK((Silent::ether(50) - left) * 2'000 < owed + owed / 100);
        CHECK(s.house.cash(s.alice) == "0");
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

TEST_CASE("who pays: what keepers leave falls on the market that lost it, whatever they buy last")
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
        for (const contract::Event& event : reply.events)
            CHECK_FALSE((event.type == "loss_socialised" && event.attributes[2].value == "1"));
    }
}

TEST_CASE("who pays: nor does the other side of a market pay what tokens of a failed feed cover")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_market(capped_market())).ok());
    house.fund_insurance(200'000);
    const auto x = house.trader("x", 60'000);
    const auto y = house.trader("y", 600'000);
    house.deposit(x, "aeth", num::i128{100} * num::WAD);
    house.wait(3'601);
    house.price(1, "50000");  // ether has failed
    REQUIRE(house.fill(1, x, y, "10", "50000").ok());
    house.price(1, "35000");  // 90,000 short, and 200,000 of ether
    REQUIRE(house.send("anyone", say::flag(x)).ok());
    house.wait(FAST + SLOW);
    house.price(1, "35000");
    const Reply reply = house.send("anyone", say::resolve(x));
    REQUIRE(reply.ok());
    CHECK(reply.event("deleveraged", "price") == "35000");
    CHECK(reply.event("account_resolved", "insurance_paid") == "100");
    CHECK(reply.event("account_resolved", "open_deficit") == "89900");
    // The insurance buys none of them past its cap; they are there for the open deficit.
    CHECK(money("200000") - house.house().insurance.balance == money("100"));
    CHECK(house.house().insurance.inventory[1].raw() == num::i128{45} * num::WAD);
    CHECK(house.account(x).account.find(AssetId{1})->amount.raw() == num::i128{55} * num::WAD);
}

TEST_CASE("who pays: a lot beside a debt on collateral bears no more than the lot is worth")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_cash({})).ok());
    REQUIRE(house.send("gov", say::set_market(capped_market())).ok());
    house.fund_insurance(100'000);
    house.trader("supplier", 1'000'000);
    const auto p = house.trader("p", 100'000);
    const auto q = house.trader("q", 100'000);
    REQUIRE(house.fill(1, p, q, "10", "50000").ok());
    const auto x = house.trader("x", 0);
    house.deposit(x, "aeth", num::i128{50} * num::WAD);
    REQUIRE(house.fill(1, x, q, "0.0001", "50000").ok());
    REQUIRE(house.send("x", say::withdraw(x, 0, "79000000000")).ok());
    house.price(1, "49000");  // the lot has lost a tenth
    house.price(0, "700");    // 35,000 of ether against 79,000
    REQUIRE(house.send("anyone", say::flag(x)).ok());
    house.wait(FAST + SLOW);
    house.refresh();
    const Reply reply = house.send("anyone", say::resolve(x));
    REQUIRE(reply.ok());
    CHECK(raw(reply.event("account_resolved", "insurance_paid")) > raw("43990"));
    CHECK(reply.events_of("loss_socialised") == 0);
}

TEST_CASE("who pays: nor a lot beside a large loss in another market")
{
    Clearinghouse house;
    say::Market eth;
    eth.loss_cap = "0.05";
    REQUIRE(house.send("gov", say::set_market(eth)).ok());
    const auto p = house.trader("p", 1'000'000);
    const auto q = house.trader("q", 1'000'000);
    REQUIRE(house.fill(1, p, q, "20", "50000").ok());
    const auto x = house.trader("x", 30'000);
    const auto y = house.trader("y", 900'000);
    REQUIRE(house.fill(0, y, x, "100", "2000").ok());
    REQUIRE(house.fill(1, q, x, "0.0001", "50000").ok());
    house.price(0, "4000");  // 170,000 short
    const Reply reply = house.send("anyone", say::resolve(x));
    REQUIRE(reply.ok());
    for (const contract::Event& event : reply.events)
        if (event.type == "loss_socialised" && event.attributes[2].value == "1")
            CHECK(raw(event.attributes[3].value.c_str()) <= raw("5"));
    CHECK(raw(reply.event("account_resolved", "open_deficit")) > raw("149000"));
}

TEST_CASE("who pays: nor a lot beside the loss of a market that has ended")
{
    DatedHouse house;
    const auto p = house.trader("p", 1'000'000);
    const auto q = house.trader("q", 1'000'000);
    const auto x = house.trader("x", 30'000);
    const auto y = house.trader("y", 30'000);
    house.surfaces();
    house.refresh();
    REQUIRE(house.fill(1, p, q, "20", "50000").ok());
    REQUIRE(house.fill(DatedHouse::FUTURE, x, y, "100", "2000").ok());
    REQUIRE(house.fill(1, x, q, "0.0001", "50000").ok());
    house.expire_at("1200");  // 50,000 short
    REQUIRE(house.settle(DatedHouse::FUTURE) == Error::ok);
    house.refresh();
    REQUIRE(house.send("anyone", say::flag(x)).ok());
    house.wait(FAST + SLOW);
    house.refresh();
    const Reply reply = house.send("anyone", say::resolve(x));
    REQUIRE(reply.ok());
    for (const contract::Event& event : reply.events)
        if (event.type == "loss_socialised")
            CHECK(raw(event.attributes[3].value.c_str()) <= raw("5"));
    CHECK(raw(reply.event("account_resolved", "open_deficit")) > raw("49000"));
}
