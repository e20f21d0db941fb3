// plimsoll: tests/contract/who_pays_hedges_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What other positions gain and lose beside a loss neither hides it nor makes it: spreads, hedges of
// collateral, options that were bought. And no loss that has been paid is held back for later.
#include "tests/support/dated_house.hpp"
#include "tests/support/incident.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Ether's perpetual has a cap of 1,000; markets 6 and 7 are deep calls on ether.
struct Hedges : DatedHouse
{
    Hedges()
    {
        must(*this, say::set_cash({}));
        say::Market ether;
        ether.insurance_cap = "1000";
        must(*this, say::set_market(ether));
        list(say::option(6, EXPIRY, "200"));
        list(say::option(7, EXPIRY, "210"));
        fund_insurance(200'000);
        trader("supplier", 1'000'000);
        move("2000", "50000");
    }
    void trade(const std::vector<say::Fill>& trades)
    {
        const Reply reply = fills(trades);
        INFO(name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
    }
    /// What the insurance pays for the account's end, at these prices.
    Money insured(std::uint64_t account, const char* ether, const char* coin)
    {
        const Reply reply = resolve_at(account, ether, coin);
        REQUIRE(money(reply.event("account_resolved", "deficit")) > money("10000"));
        return money(reply.event("account_resolved", "insurance_paid"));
    }
};

}  // namespace

TEST_CASE("who pays: what one leg of a spread gains hides no other market's loss")
{
    Hedges house;
    const auto x = house.trader("x", 60'000);
    const auto y = house.trader("y", 900'000);
    house.trade({{0, x, y, "100", "2000"}, {6, y, x, "100", house.mark(6)},
        {7, x, y, "100", house.mark(7)}});
    CHECK(house.insured(x, "1200", "50000") < money("1001"));
}

TEST_CASE("who pays: nor does what hedges collateral of another underlying")
{
    Hedges house;
    const auto x = house.trader("x", 0);
    const auto y = house.trader("y", 900'000);
    house.deposit(x, "sat", 400'000'000);  // 200,000
    house.trade({{1, y, x, "4", "50000"}});
    must(house, say::withdraw(x, 0, "125000000000"), "x");
    house.trade({{0, x, y, "100", "2000"}});
    CHECK(house.insured(x, "1000", "20000") < money("1001"));
}

TEST_CASE("who pays: a hedge with an option that was bought makes no loss of a market")
{
    for (const bool option : {false, true}) {
        Hedges house;
        say::Params params;
        params.debt_cap = "1000";
        must(house, say::set_params(params));
        const auto x = house.trader("x", 0);
        const auto y = house.trader("y", 900'000);
        house.deposit(x, "sat", 600'000'000);  // 300,000
        const std::uint64_t hedge = option ? 6 : DatedHouse::FUTURE;
        house.trade({{hedge, x, y, "40", house.mark(hedge)}});
        house.trade({{0, y, x, "40", "2000"}});
        must(house, say::withdraw(x, 0, option ? "60000000000" : "130000000000"), "x");
        CHECK(house.insured(x, "2800", "7000") < money("1010"));
    }
}

TEST_CASE("who pays: what an option has brought, left standing, hides no loss of selling it")
{
    for (const bool claimed : {false, true}) {
        DatedHouse house;
        must(house, say::set_cash({}));
        say::Market call = say::option(6, EXPIRY, "200");
        call.insurance_cap = "1000";
        call.loss_cap = "0";
        house.list(call);
        house.fund_insurance(300'000);
        house.move("2000", "50000");
        const auto x = house.trader("x", 300'000);
        const auto d = house.trader("x", 330'000);
        const auto y = house.trader("x", 900'000);
        REQUIRE(house.fill(6, x, y, "40", house.mark(6)).ok());
        REQUIRE(house.fill(6, x, d, "60", house.mark(6)).ok());
        REQUIRE(house.fill(1, d, y, "40", "50000").ok());
        static_cast<void>(house.resolve_at(d, "2000", "42000"));  // what x is long of is cut
        house.touch(x);
        REQUIRE(house.account(x).account.find(MarketId{6})->quote.is_positive());
        if (claimed)
            must(house, say::claim(x, 6), "x");
        REQUIRE(house.fill(6, y, x, "120", house.mark(6)).ok());
        static_cast<void>(drain(house, x));
        house.expire_at("4000");
        REQUIRE(house.settle(6) == Error::ok);
        house.touch(x);
        const Reply reply = house.send("anyone", say::resolve(x));
        REQUIRE(reply.ok());
        REQUIRE(money(reply.event("account_resolved", "deficit")) > money("10000"));
        CHECK(reply.event("account_resolved", "insurance_paid") == "1000");
    }
}

TEST_CASE(
    "who pays: no loss is held back that a transfer has paid for, nor one that anybody has touched")
{
    for (const bool transferred : {false, true}) {
        Clearinghouse house;
        must(house, say::set_cash({}));
        const auto honest = house.trader("honest", 900'000);
        const auto other = house.trader("other", 900'000);
        REQUIRE(house.fill(0, honest, other, "200", "2000").ok());
        const auto x = house.trader("x", transferred ? 30'000 : 130'000);
        const auto y = house.trader("x", 30'000);
        const auto z = house.trader("z", 200'000);
        REQUIRE(house.fill(0, x, y, "100", "2000").ok());
        REQUIRE(house.fill(1, x, z, "2", "50000").ok());
        for (int ether = 1'900; ether >= 1'000; ether -= 100) {
            house.price(0, std::to_string(ether));
            house.refresh();
            must(house, say::settle(x, 0), "anyone");
            must(house, say::claim(y, 0), "x");
            if (transferred)
                must(house, say::transfer(y, x, 0, "10000000000"), "x");
        }
        if (!transferred)
            must(house, say::touch(x), "anyone");
        const Money before = equity_of(house, honest) + equity_of(house, other);
        house.price(1, "15000");
        house.refresh();
        const Reply reply = house.send("anyone", say::resolve(x));
        REQUIRE(reply.ok());
        REQUIRE(money(reply.event("account_resolved", "deficit")) > money("10000"));
        CHECK(before - equity_of(house, honest) - equity_of(house, other) < money("0.001"));
    }
}

TEST_CASE("who pays: no reward for collateral comes of a loss whose market still owes profit")
{
    for (const bool waits : {false, true}) {
        Clearinghouse house;
        must(house, say::set_cash({}));
        say::Params params;
        params.reward_cap = params.debt_cap = "100000";
        must(house, say::set_params(params));
        say::Market market;
        market.insurance_cap = "10";
        must(house, say::set_market(market));
        house.fund_insurance(200'000);
        house.trader("supplier", 1'000'000);
        const auto x = house.trader("x", 0);
        const auto y = house.trader("x", 900'000);
        const auto k = house.trader("k", 900'000);
        house.deposit(x, "sat", 400'000'000);
        REQUIRE(house.fill(0, y, x, "500", "2100").ok());  // 50,000 beside the mark
        must(house, say::withdraw(x, 0, "50000000000"), "x");
        house.price(0, "2080");  // and 40,000 lost
        house.price(1, "9500");
        house.refresh();
        if (!waits)
            must(house, say::settle(y, 0), "anyone");
        must(house, say::flag(x), "k");
        house.wait(FAST + SLOW - 1);
        house.refresh();
        must(house, say::liquidate(x, 0, k, "100000"), "k");
        REQUIRE((house.account(x).account.find(MarketId{0}) != nullptr) == waits);
        const Money before = house.house().insurance.balance;
        must(house, say::liquidate_collateral(x, 2, k, "1000000000"), "k");
        CHECK(house.house().insurance.balance >= before);
    }
}
