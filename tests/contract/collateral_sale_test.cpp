// plimsoll: tests/contract/collateral_sale_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Keepers buy the collateral of accounts that owe cash.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Carol owes 400 of cash and has one ether.
struct Debtor
{
    Clearinghouse house;
    std::uint64_t carol = house.trader("carol", 0);
    std::uint64_t bob = house.trader("bob", 100'000);
    std::uint64_t keeper = house.trader("keeper", 100'000);

    Debtor()
    {
        house.deposit(carol, "aeth", 1'000'000'000'000'000'000);
        REQUIRE(house.fill(1, carol, bob, "0.02", "50000").ok());
        house.price(1, "30000");
        REQUIRE(house.fill(1, keeper, carol, "0.02", "30000").ok());
        REQUIRE(house.cash(carol) == "-400");
    }
    Reply buy(const std::string& amount_max, const say::Guards& guards = {})
    {
        return house.send(
            "keeper", say::liquidate_collateral(carol, 1, keeper, amount_max, guards));
    }
};

}  // namespace

TEST_CASE("collateral: it is sold for cash only to cure negative cash, just enough of it")
{
    Debtor d;
    say::Params params;
    params.close_out_notional = "0";
    REQUIRE(d.house.send("gov", say::set_params(params)).ok());
    CHECK(d.buy("1").error == Error::not_liquidatable);
    d.house.price(0, "440");  // equity 40; 44 do not count
    const Reply reply = d.buy("1000000000000000000");
    REQUIRE(reply.ok());
    const Account carol = d.house.account(d.carol).account;
    CHECK_FALSE(carol.flag.raised);
    CHECK(reply.event("collateral_liquidated", "whole") == "false");
    CHECK(reply.event("collateral_liquidated", "health_before") == "-4");
    const num::i128 after = raw(reply.event("collateral_liquidated", "health_after"));
    CHECK(after >= 0);
    CHECK(after < 1'000);  // a base unit of ether is worth 440 raw
    const num::i128 sold = carol.find(AssetId{1})->amount.raw();
    CHECK(d.house.account(d.keeper).account.find(AssetId{1})->amount.raw() == raw("1") - sold);
    CHECK(d.buy("1").error == Error::not_liquidatable);
}

TEST_CASE("collateral: who owes only interest is not sold in dust")
{
    Debtor d;
    REQUIRE(d.house.send("gov", say::set_cash({})).ok());
    REQUIRE(d.house.send("anyone", say::touch(d.carol)).ok());
    d.house.price(0, "444");
    const Reply reply = d.buy("1000000000000000000");
    REQUIRE(reply.ok());
    // 100 of close_out_notional, although much less makes it healthy: it stays so for more than a second.
    const num::i128 sold =
        raw("1") - d.house.account(d.carol).account.find(AssetId{1})->amount.raw();
    CHECK(sold * 444 >= raw("100"));
    CHECK((sold - 1) * 444 < raw("100"));
    d.house.wait(3'600);
    d.house.refresh();
    CHECK(d.buy("1000000000000000000").error == Error::not_liquidatable);
}

TEST_CASE("collateral: a buyer pays in cash, at most its worst price, at most what it asked for")
{
    Debtor d;
    d.house.price(0, "440");
    const auto poor = d.house.trader("poor", 1);
    const auto buy = [&](const std::string& amount) {
        return d.house.send("poor", say::liquidate_collateral(d.carol, 1, poor, amount)).error;
    };
    CHECK(buy("3000000000000000") == Error::insufficient_balance);
    CHECK(buy("2000000000000000") == Error::ok);
    CHECK(buy("0") == Error::nothing_to_do);
    CHECK(d.buy("1000", {"439.9", {}, {}}).error == Error::price_guard);
    CHECK(d.buy("1000", {"440", {}, {}}).ok());
    CHECK(d.buy("1000", {{}, 1, {}}).error == Error::nonce_moved);
    CHECK(d.buy("1000", {{}, {}, d.house.now - 1}).error == Error::deadline_passed);
    CHECK(d.buy("1000000000000000000000000000000000000").ok());
}

TEST_CASE("collateral: with cash at or above zero nothing of it is sold")
{
    Clearinghouse house;
    const auto carol = house.trader("carol", 10);
    const auto bob = house.trader("bob", 10'000);
    const auto keeper = house.trader("keeper", 10'000);
    house.deposit(carol, "aeth", 100'000'000'000'000'000);
    REQUIRE(house.fill(1, carol, bob, "0.03", "50000").ok());
    house.price(1, "44000");  // 10 - 180 + 180 against 66
    CHECK(house.send("keeper", say::liquidate_collateral(carol, 1, keeper, "1")).error ==
          Error::debt_not_due);
    CHECK(house.send("keeper", say::liquidate(carol, 1, keeper, "1")).ok());
}

TEST_CASE("collateral: a stale price of the collateral stops its sale")
{
    Debtor d;
    d.house.price(0, "440");
    d.house.wait(301);
    CHECK(d.buy("1000").error == Error::stale_price);
    d.house.price(0, "440");
    // What the buyer holds itself must have a price to trade on, too.
    const Reply blind = d.buy("1000");
    CHECK(blind.error == Error::stale_price);
    CHECK(blind.detail == "underlying 1");
    d.house.refresh();
    CHECK(d.buy("1000").ok());
}

TEST_CASE("collateral: the buyer must hold its initial margin afterwards")
{
    Debtor d;
    d.house.refresh();
    const auto poor = d.house.trader("poor", 100);
    REQUIRE(d.house.fill(1, poor, d.bob, "0.032", "30000").ok());  // needs 96 of its 100
    d.house.price(0, "440");
    const auto buy = [&](const std::string& amount) {
        return d.house.send("poor", say::liquidate_collateral(d.carol, 1, poor, amount));
    };
    // The initial haircut takes a fifth of what it buys: 17.6 of 88.
    const Reply reply = buy("90000000000000000");
    CHECK(reply.error == Error::buyer_below_initial);
    CHECK(reply.detail == "account " + std::to_string(poor));
    CHECK(buy("10000000000000000").ok());
}

TEST_CASE("collateral: an insolvent debtor's reward comes from the insurance")
{
    Debtor d;
    d.house.fund_insurance(100);
    d.house.price(0, "390");  // equity -10
    REQUIRE(d.house.send("anyone", say::flag(d.carol)).ok());
    d.house.wait(FAST + SLOW);
    d.house.refresh();
    const auto stranger = d.house.trader("stranger", 1'000);
    const Reply reply = d.house.send(
        "stranger", say::liquidate_collateral(d.carol, 1, stranger, "1000000000000000000"));
    CHECK(reply.event("collateral_liquidated", "whole") == "true");
    CHECK(reply.event("collateral_liquidated", "reward_from_insurance") == "19.5");
    CHECK(d.house.cash(d.carol) == "-10");
    CHECK(d.house.stage(d.carol) == "resolve");
}

TEST_CASE("collateral: who has traded with an insolvent debtor is paid nothing by the insurance")
{
    Debtor d;  // the keeper was the other side of its last trade
    d.house.fund_insurance(100);
    d.house.price(0, "390");
    REQUIRE(d.house.send("anyone", say::flag(d.carol)).ok());
    d.house.wait(FAST + SLOW);
    d.house.refresh();
    const Reply reply = d.buy("1000000000000000000");
    CHECK(reply.event("collateral_liquidated", "reward_from_insurance") == "0");
}
