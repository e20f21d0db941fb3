// plimsoll: tests/contract/insurance_caps_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What the insurance pays is capped, whatever way a loss takes from a market into an
// account's cash.
#include "tests/support/dated_house.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// BTC-PERP pays 1,000 of insurance a day.
say::Market capped_btc()
{
    say::Market btc;
    btc.market = 1;
    btc.symbol = "BTC-PERP";
    btc.underlying = 1;
    btc.lot = "0.0001";
    btc.open_interest_max = "10000";
    btc.insurance_cap = "1000";
    return btc;
}

/// ETH-PERP pays as much.
void cap(Clearinghouse& house)
{
    say::Market market;
    market.insurance_cap = "1000";
    REQUIRE(house.send("gov", say::set_market(market)).ok());
    house.fund_insurance(200'000);
}

Reply resolve_late(Clearinghouse& house, std::uint64_t account)
{
    static_cast<void>(house.send("anyone", say::flag(account)));
    house.wait(FAST + SLOW);
    house.refresh();
    Reply reply = house.send("anyone", say::resolve(account));
    REQUIRE(reply.ok());
    return reply;
}

Money paid(Clearinghouse& house)
{
    return money("200000") - house.house().insurance.balance;
}

}  // namespace

TEST_CASE("insurance caps: worthless calls bear nothing of a capped market's loss")
{
    DatedHouse house;
    cap(house);
    house.list(say::option(6, EXPIRY, "10000"));
    const auto x = house.trader("x", 30'000);
    const auto y = house.trader("y", 500'000);
    house.surfaces();
    house.refresh();
    REQUIRE(house.fill(0, x, y, "100", "2000").ok());
    REQUIRE(house.fill(6, x, y, "2000", "0.01").ok());
    house.price(0, "1200");  // 50,000 short
    REQUIRE(house.surface(0, EXPIRY, "1200").ok());
    static_cast<void>(house.send("anyone", say::flag(x)));
    house.wait(FAST + SLOW);
    house.refresh();
    REQUIRE(house.surface(0, EXPIRY, "1200").ok());
    REQUIRE(house.send("anyone", say::resolve(x)).ok());
    CHECK(paid(house) <= money("1001"));
}

TEST_CASE("insurance caps: the loss of a market that has ended is still that market's")
{
    DatedHouse house;
    say::Market future = say::future(DatedHouse::FUTURE, EXPIRY);
    future.insurance_cap = "1000";
    house.list(future);
    house.fund_insurance(200'000);
    const auto x = house.trader("x", 30'000);
    const auto y = house.trader("y", 30'000);
    house.surfaces();
    house.refresh();
    REQUIRE(house.fill(DatedHouse::FUTURE, x, y, "100", "2000").ok());
    house.expire_at("1200");
    REQUIRE(house.settle(DatedHouse::FUTURE) == Error::ok);
    house.touch(x);
    resolve_late(house, x);
    CHECK(paid(house) == money("1000"));
}

TEST_CASE("insurance caps: a flag that lapses forgets no loss")
{
    Clearinghouse house;
    cap(house);
    const auto x = house.trader("x", 30'000);
    const auto y = house.trader("y", 300'000);
    const auto keeper = house.trader("keeper", 300'000);
    REQUIRE(house.fill(0, x, y, "100", "2000").ok());
    house.price(0, "1200");
    REQUIRE(house.send("keeper", say::liquidate(x, 0, keeper, "100")).ok());
    const Money before = paid(house);
    house.wait(FAST + SLOW + 3'601);
    house.refresh();
    resolve_late(house, x);
    CHECK(paid(house) - before <= money("1001"));
}

TEST_CASE("insurance caps: nor does a position that others have closed")
{
    Clearinghouse house;
    cap(house);
    const auto x = house.trader("x", 30'000);
    const auto z = house.trader("z", 70'000);
    const auto v = house.trader("v", 900'000);
    REQUIRE(house.fill(0, x, z, "100", "2000").ok());
    REQUIRE(house.fill(1, z, v, "8", "50000").ok());
    house.price(0, "1200");
    house.price(1, "32000");
    static_cast<void>(house.send("anyone", say::flag(x)));
    resolve_late(house, z);
    REQUIRE(house.market(0).market.indexes.open_interest == 0);
    const Money before = paid(house);
    REQUIRE(house.send("anyone", say::resolve(x)).ok());
    CHECK(paid(house) - before <= money("1000"));
}

TEST_CASE("insurance caps: debts on collateral have one of their own, if governance sets it")
{
    for (const char* const most : {"0", "1000"}) {
        Clearinghouse house;
        REQUIRE(house.send("gov", say::set_cash({})).ok());
        say::Params params;
        params.debt_cap = most;
        REQUIRE(house.send("gov", say::set_params(params)).ok());
        house.fund_insurance(200'000);
        house.trader("supplier", 1'000'000);
        const auto x = house.trader("x", 0);
        house.deposit(x, "aeth", num::i128{50} * num::WAD);
        REQUIRE(house.send("x", say::withdraw(x, 0, "79000000000")).ok());
        house.price(0, "700");
        const Reply reply = resolve_late(house, x);
        const Money insured = money(reply.event("account_resolved", "insurance_paid").c_str());
        if (std::string(most) == "0")
            CHECK(insured > money("43000"));
        else
            CHECK(insured == money("1000"));
        CHECK(raw(reply.event("account_resolved", "open_deficit")) + insured.raw() ==
              raw(reply.event("account_resolved", "deficit")));
    }
}

TEST_CASE(
    "insurance caps: what an account owes once it is healthy again is a debt on its collateral")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_cash({})).ok());
    say::Params params;
    params.debt_cap = "500";
    REQUIRE(house.send("gov", say::set_params(params)).ok());
    say::Market btc = capped_btc();
    btc.loss_cap = "0";
    REQUIRE(house.send("gov", say::set_market(btc)).ok());
    house.fund_insurance(200'000);
    house.trader("supplier", 1'000'000);
    const auto x = house.trader("x", 0);
    const auto y = house.trader("y", 600'000);
    const auto keeper = house.trader("keeper", 600'000);
    house.deposit(x, "aeth", num::i128{20} * num::WAD);
    REQUIRE(house.fill(1, x, y, "1", "50000").ok());
    house.price(1, "14000");
    REQUIRE(house.send("keeper", say::liquidate(x, 1, keeper, "1")).ok());
    house.deposit(x, "uusdc", 3'000'000'000);
    REQUIRE_FALSE(house.account(x).account.flag.raised);
    REQUIRE(raw(house.cash(x)) < 0);
    house.price(0, "1500");  // 30,000 of ether
    const Reply reply = resolve_late(house, x);
    REQUIRE(raw(reply.event("account_resolved", "deficit")) > raw("2000"));
    CHECK(reply.event("account_resolved", "insurance_paid") == "500");
}

TEST_CASE("insurance caps: sales in alternate pieces forget nothing")
{
    Clearinghouse house;
    cap(house);
    REQUIRE(house.send("gov", say::set_market(capped_btc())).ok());
    const auto x = house.trader("x", 22'000);
    const auto y = house.trader("y", 500'000);
    const auto keeper = house.trader("keeper", 500'000);
    REQUIRE(house.fill(0, x, y, "50", "2000").ok());
    REQUIRE(house.fill(1, x, y, "2", "50000").ok());
    house.price(0, "1400");
    house.price(1, "35000");
    REQUIRE(house.send("keeper", say::flag(x)).ok());
    house.wait(FAST + 1);
    house.refresh();
    for (int i = 0; i < 20; ++i) {
        REQUIRE(house.send("keeper", say::liquidate(x, 0, keeper, "2.5")).ok());
        REQUIRE(house.send("keeper", say::liquidate(x, 1, keeper, "0.1")).ok());
    }
    const Reply reply = house.send("anyone", say::resolve(x));
    REQUIRE(reply.ok());
    CHECK(raw(reply.event("account_resolved", "deficit")) >= raw("38000"));
    CHECK(paid(house) <= money("2001"));
}

TEST_CASE("insurance caps: a market that lost nothing bears nothing, however large the position")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_cash({})).ok());
    say::Params params;
    params.debt_cap = "1000";
    REQUIRE(house.send("gov", say::set_params(params)).ok());
    house.fund_insurance(200'000);
    house.trader("supplier", 1'000'000);
    const auto x = house.trader("x", 0);
    const auto y = house.trader("y", 500'000);
    house.deposit(x, "aeth", num::i128{50} * num::WAD);
    REQUIRE(house.fill(1, x, y, "0.1", "50000").ok());
    REQUIRE(house.send("x", say::withdraw(x, 0, "70000000000")).ok());
    house.price(0, "700");
    const Reply reply = resolve_late(house, x);
    CHECK(reply.event("account_resolved", "insurance_paid") == "1000");
    CHECK(reply.event("deleveraged", "price") == "50000");
}
