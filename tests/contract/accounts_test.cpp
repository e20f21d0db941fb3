// plimsoll: tests/contract/accounts_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Opening accounts, moving tokens in and out: exact to the base unit.
#include "engine/units/units.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

TEST_CASE("accounts: opening numbers them from one and says whose they are")
{
    Clearinghouse house;
    const Reply first = house.send("alice", say::open_account());
    REQUIRE(first.ok());
    CHECK(first.event("account_opened", "account") == "1");
    CHECK(first.event("account_opened", "owner") == "alice");
    CHECK(house.send("bob", say::open_account()).event("account_opened", "account") == "2");
    CHECK(house.send("alice", say::open_account()).event("account_opened", "account") == "3");
    CHECK(house.owner(3) == "alice");
    CHECK(house.account(1).account.nonce == 0);
}

TEST_CASE("accounts: a deposit of quote raises cash by exactly what came")
{
    Clearinghouse house;
    const auto account = house.trader("alice", 0);
    const Reply reply = house.send("alice", say::deposit(account), {{"uusdc", 1}});
    REQUIRE(reply.ok());
    CHECK(house.cash(account) == "0.000001");
    CHECK(reply.event("deposited", "amount") == "1");
    CHECK(reply.event("deposited", "asset") == "0");
    house.deposit(account, "uusdc", 123'456'789);
    CHECK(house.cash(account) == "123.45679");
    CHECK(house.house().held[0] == TokenAmount::from_raw(123'456'790));
    CHECK(house.account(account).account.nonce == 2);
}

TEST_CASE("accounts: a deposit of other tokens lies in the account in their base units")
{
    Clearinghouse house;
    const auto account = house.trader("alice", 0);
    const Coins coins{{"aeth", 1'500'000'000'000'000'001}, {"sat", 3}, {"uusdc", 7}};
    REQUIRE(house.send("alice", say::deposit(account), coins).events_of("deposited") == 3);
    const Account stored = house.account(account).account;
    REQUIRE(stored.collaterals.size() == 2);
    CHECK(stored.find(AssetId{1})->amount == TokenAmount::from_raw(1'500'000'000'000'000'001));
    CHECK(stored.find(AssetId{2})->amount == TokenAmount::from_raw(3));
    CHECK(house.cash(account) == "0.000007");
}

TEST_CASE("accounts: the same denom twice in one deposit counts twice")
{
    Clearinghouse house;
    const auto account = house.trader("alice", 0);
    REQUIRE(house.send("alice", say::deposit(account), {{"sat", 3}, {"sat", 4}}).ok());
    CHECK(house.account(account).account.find(AssetId{2})->amount == TokenAmount::from_raw(7));
}

TEST_CASE("accounts: a deposit without tokens, of nothing, or of an unknown token is refused whole")
{
    Clearinghouse house;
    const auto account = house.trader("alice", 0);
    const auto deposit = [&](const Coins& coins) {
        return house.send("alice", say::deposit(account), coins).error;
    };
    CHECK(deposit({}) == Error::funds_missing);
    CHECK(deposit({{"uusdc", 0}}) == Error::zero_amount);
    CHECK(deposit({{"uusdc", -1}}) == Error::out_of_range);
    CHECK(deposit({{"uusd", 5}}) == Error::unknown_denom);
    CHECK(deposit({{"uusdc", 5}, {"doge", 5}}) == Error::unknown_denom);
    CHECK(deposit({{"", 5}}) == Error::unknown_denom);
    CHECK(house.cash(account) == "0");
}

TEST_CASE(
    "accounts: a deposit up to the range of money and of quantity is taken, one unit more is not")
{
    Clearinghouse house;
    const auto account = house.trader("alice", 0);
    const num::i128 most = tokens_from_money_floor(MONEY_MAX, 6).raw();
    const auto error = [&](num::i128 amount) {
        return house.send("alice", say::deposit(account), {{"uusdc", amount}}).error;
    };
    CHECK(error(most + 1) == Error::out_of_range);
    CHECK(error(num::I128_MAX) == Error::out_of_range);
    CHECK(error(most) == Error::ok);
    CHECK(error(1) == Error::out_of_range);
    const auto sat = [&](num::i128 amount) {
        return house.send("alice", say::deposit(account), {{"sat", amount}}).error;
    };
    CHECK(sat(num::I128_MAX) == Error::out_of_range);
    CHECK(house.send("gov", say::fund_insurance(), {{"uusdc", 1}}).error == Error::out_of_range);
}

TEST_CASE("accounts: an asset's deposit cap counts what all accounts hold")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 0);
    const auto bob = house.trader("bob", 0);
    house.deposit(alice, "sat", 600'000'000'000);
    const auto error = [&](num::i128 amount) {
        return house.send("bob", say::deposit(bob), {{"sat", amount}}).error;
    };
    CHECK(error(400'000'000'001) == Error::deposit_cap);
    CHECK(error(400'000'000'000) == Error::ok);
    CHECK(error(1) == Error::deposit_cap);
    REQUIRE(house.send("alice", say::withdraw(alice, 2, "10")).ok());
    CHECK(error(10) == Error::ok);
}

TEST_CASE("accounts: a withdrawal sends exactly what was asked to the owner")
{
    Clearinghouse house;
    const auto account = house.trader("alice", 10);
    house.deposit(account, "aeth", 5);
    const Reply quote = house.send("alice", say::withdraw(account, 0, "9999999"));
    REQUIRE(quote.ok());
    REQUIRE(quote.transfers.size() == 1);
    CHECK(quote.transfers[0].to == "alice");
    CHECK(quote.transfers[0].denom == "uusdc");
    CHECK(quote.transfers[0].amount == 9'999'999);
    CHECK(quote.event("withdrawn", "amount") == "9999999");
    CHECK(house.cash(account) == "0.000001");
    const Reply eth = house.send("alice", say::withdraw(account, 1, "5"));
    REQUIRE(eth.transfers.size() == 1);
    CHECK(eth.transfers[0].denom == "aeth");
    CHECK(house.account(account).account.collaterals.empty());
    CHECK(house.send("alice", say::withdraw(account, 0, "1")).ok());
    CHECK(house.bank["uusdc"] == 0);
    CHECK(house.bank["aeth"] == 0);
}

TEST_CASE("accounts: nobody withdraws more than there is, or nothing, or of what is not there")
{
    Clearinghouse house;
    const auto account = house.trader("alice", 10);
    house.trader("bob", 10);
    house.deposit(account, "aeth", 5);
    const auto error = [&](std::uint64_t asset, const std::string& amount) {
        return house.send("alice", say::withdraw(account, asset, amount)).error;
    };
    CHECK(error(0, "10000001") == Error::insufficient_balance);
    CHECK(error(0, "1000000000000000000000000000000000000") == Error::insufficient_balance);
    CHECK(error(0, "170141183460469231731687303715884105727") == Error::out_of_range);
    CHECK(error(1, "6") == Error::insufficient_balance);
    CHECK(error(1, "1000000000000000000000000000000000000") == Error::insufficient_balance);
    CHECK(error(0, "0") == Error::zero_amount);
    CHECK(error(1, "0") == Error::zero_amount);
    CHECK(error(2, "1") == Error::no_collateral);
    CHECK(error(3, "1") == Error::no_such_asset);
    CHECK(error(0, "-1") != Error::ok);
    CHECK(error(0, "1.5") != Error::ok);
    CHECK(house.send("alice", say::withdraw(99, 0, "1")).error == Error::no_such_account);
    CHECK(house.send("alice", say::withdraw(0, 0, "1")).error == Error::no_such_account);
}

TEST_CASE("accounts: a withdrawal stops at initial margin, to the base unit")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    // 0.1 of 2000 must stay.
    CHECK(house.send("alice", say::withdraw(alice, 0, "800000001")).error ==
          Error::below_initial_margin);
    CHECK(house.send("alice", say::withdraw(alice, 0, "800000000")).ok());
    CHECK(house.send("alice", say::withdraw(alice, 0, "1")).error == Error::below_initial_margin);
}

TEST_CASE("accounts: collateral counts by its haircut when it is withdrawn")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 100);
    const auto bob = house.trader("bob", 1'000);
    house.deposit(alice, "sat", 1'000'000);  // 0.01 BTC: 500, of which 425 count at first
    REQUIRE(house.fill(0, alice, bob, "2", "2000").ok());
    // 100 + 425 - 400: 125 too much, which are 294117.6 satoshis at 0.85.
    CHECK(house.send("alice", say::withdraw(alice, 2, "294118")).error ==
          Error::below_initial_margin);
    CHECK(house.send("alice", say::withdraw(alice, 2, "294117")).ok());
}

TEST_CASE("accounts: unrealised profit cannot be withdrawn before it is cash")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.price(0, "2500");
    CHECK(house.send("alice", say::withdraw(alice, 0, "1000000001")).error ==
          Error::insufficient_balance);
    // Half of the 500 counts, and 250 must stay: all of the cash may go.
    CHECK(house.send("alice", say::withdraw(alice, 0, "1000000000")).ok());
}

TEST_CASE("accounts: profit that has become cash leaves only as far as the house holds tokens")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 0);
    const auto carol = house.trader("carol", 0);
    house.deposit(bob, "sat", 10'000'000);
    house.deposit(carol, "sat", 10'000'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.price(0, "3000");
    REQUIRE(house.fill(0, carol, alice, "1", "3000").ok());
    CHECK(house.cash(alice) == "1000");
    // Bob's loss is cash that he owes: his collateral stands for it.
    REQUIRE(house.fill(0, bob, carol, "1", "3000").ok());
    CHECK(house.cash(bob) == "-1000");
    REQUIRE(house.send("anyone", say::claim(alice, 0)).ok());
    CHECK(house.cash(alice) == "2000");
    CHECK(house.send("alice", say::withdraw(alice, 0, "1000000001")).error ==
          Error::insufficient_liquidity);
    CHECK(house.send("alice", say::withdraw(alice, 0, "1000000000")).ok());
    house.fund_insurance(500);
    CHECK(house.send("alice", say::withdraw(alice, 0, "500000000")).ok());
    CHECK(house.send("alice", say::withdraw(alice, 0, "1")).error == Error::insufficient_liquidity);
}

TEST_CASE("accounts: funding that is due is charged before a withdrawal is judged")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    house.wait(600);
    REQUIRE(house.send("publisher", say::push_premium(0, "10")).ok());
    house.refresh();
    REQUIRE(house.fill(0, alice, bob, "1", "2010").ok());
    house.wait(2'880);  // alice owes 1
    house.price(0, "2000");
    const num::i128 due = house.now - house.market(0).market.funding_time.raw();
    CHECK(due >= 2'880);
    // 1000 - 201, less the funding.
    CHECK(house.send("alice", say::withdraw(alice, 0, "799000000")).error ==
          Error::below_initial_margin);
    CHECK(house.send("alice", say::withdraw(alice, 0, "797990000")).ok());
}

TEST_CASE("accounts: with a stale or uncertain price of a position nothing leaves")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.refresh();
    house.wait(60);
    CHECK(house.send("alice", say::withdraw(alice, 0, "1")).ok());
    house.wait(1);
    const Reply stale = house.send("alice", say::withdraw(alice, 0, "1"));
    CHECK(stale.error == Error::stale_price);
    CHECK(stale.detail == "underlying 0");
    REQUIRE(house.send("publisher", say::push_price(0, "2000", house.now, "40")).ok());
    CHECK(house.send("alice", say::withdraw(alice, 0, "1")).ok());
    house.wait(1);
    REQUIRE(house.send("publisher", say::push_price(0, "2000", house.now, "40.000000000000000001"))
            .ok());
    CHECK(house.send("alice", say::withdraw(alice, 0, "1")).error == Error::uncertain_price);
}

TEST_CASE(
    "accounts: collateral with a stale price lends nothing, but leaves an account without debts")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 100);
    const auto bob = house.trader("bob", 1'000);
    house.deposit(alice, "sat", 1'000'000);
    REQUIRE(house.fill(0, alice, bob, "0.5", "2000").ok());
    house.wait(61);
    house.price(0, "2000");
    // Cash alone is exactly enough without the satoshis.
    CHECK(house.send("alice", say::withdraw(alice, 0, "1")).error == Error::below_initial_margin);
    CHECK(house.send("alice", say::withdraw(alice, 2, "1000000")).ok());
}

TEST_CASE("accounts: a token is taken in only while its price is fit to trade on")
{
    Clearinghouse house;
    say::Underlying never;
    never.underlying = 2;
    never.symbol = "NEW";
    REQUIRE(house.send("gov", say::set_underlying(never)).ok());
    say::Asset fresh;
    fresh.asset = 3;
    fresh.denom = "fresh";
    fresh.underlying = 2;
    REQUIRE(house.send("gov", say::set_asset(fresh)).ok());
    const auto carol = house.trader("carol", 0);
    const auto refused = [&](const Coins& coins, Error error, const std::string& denom) {
        const Reply reply = house.send("carol", say::deposit(carol), coins);
        CHECK(reply.error == error);
        CHECK(reply.detail == denom);
    };
    refused({{"fresh", 1}}, Error::no_price, "fresh");
    refused({{"uusdc", 5}, {"fresh", 1}}, Error::no_price, "fresh");
    house.refresh();
    house.deposit(carol, "sat", 7);
    house.wait(60);
    house.deposit(carol, "sat", 7);
    house.wait(1);
    refused({{"sat", 1}}, Error::stale_price, "sat");
    REQUIRE(house.send("publisher", say::push_price(1, "50000", house.now, "1000.000001")).ok());
    refused({{"sat", 1}}, Error::uncertain_price, "sat");
    // Quote needs no price, and who owes nothing may leave without one.
    house.deposit(carol, "uusdc", 1);
    house.wait(61);
    CHECK(house.send("carol", say::withdraw(carol, 2, "14")).ok());
}

TEST_CASE("accounts: a deposit that cures the account lowers its flag, a smaller one leaves it up")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 250);
    const auto bob = house.trader("bob", 1'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.price(0, "1840");  // 250 - 160 = 90 against 92
    REQUIRE(house.send("carol", say::flag(alice)).ok());
    CHECK(house.send("alice", say::deposit(alice), {{"uusdc", 1'999'999}})
              .events_of("account_cured") == 0);
    CHECK(house.account(alice).account.flag.raised);
    CHECK(house.send("alice", say::deposit(alice), {{"uusdc", 1}}).events_of("account_cured") == 1);
    CHECK_FALSE(house.account(alice).account.flag.raised);
    CHECK(house.health(alice) == "0");
}

TEST_CASE("accounts: sixteen collaterals fit, the seventeenth is refused")
{
    Clearinghouse house;
    for (std::uint64_t id = 3; id <= 17; ++id) {
        say::Asset asset;
        asset.asset = id;
        asset.denom = "token" + std::to_string(id);
        REQUIRE(house.send("gov", say::set_asset(asset)).ok());
    }
    const auto alice = house.trader("alice", 0);
    Coins coins;
    for (std::uint64_t id = 3; id <= 17; ++id)
        coins.emplace_back("token" + std::to_string(id), id);
    coins.emplace_back("aeth", 1);
    REQUIRE(house.send("alice", say::deposit(alice), coins).ok());
    CHECK(house.send("alice", say::deposit(alice), {{"sat", 1}}).error ==
          Error::too_many_collaterals);
    CHECK(house.send("alice", say::deposit(alice), {{"aeth", 1}}).ok());
}
