// plimsoll: tests/contract/upkeep_test.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What anyone may do for the house: touch, accrue, fund, buy the inventory.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// The house has taken over 0.01 BTC of an insolvent account.
struct Inventory
{
    Clearinghouse house;
    std::uint64_t buyer = house.trader("buyer", 1'000);

    Inventory()
    {
        const auto erin = house.trader("erin", 0);
        const auto bob = house.trader("bob", 10'000);
        house.deposit(erin, "sat", 1'000'000);
        REQUIRE(house.fill(0, erin, bob, "2", "2000").ok());
        house.price(0, "1740");
        REQUIRE(house.send("anyone", say::resolve(erin)).ok());
        REQUIRE(house.house().insurance.inventory[2] == TokenAmount::from_raw(1'000'000));
    }
    Reply buy(const std::string& amount, std::optional<std::string> worst = std::nullopt)
    {
        return house.send("buyer", say::buy_inventory(2, buyer, amount, std::move(worst)));
    }
};

}  // namespace

TEST_CASE("upkeep: touching needs an account with positions and changes no value")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    CHECK(house.send("anyone", say::touch(alice)).error == Error::nothing_to_do);
    CHECK(house.send("anyone", say::touch(99)).error == Error::no_such_account);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    const std::string before = house.health(alice);
    CHECK(house.send("anyone", say::touch(alice)).event("touched", "done") == "true");
    CHECK(house.health(alice) == before);
}

TEST_CASE("upkeep: accruing needs a market, and twice at one time is the same as once")
{
    Clearinghouse house;
    CHECK(house.send("anyone", say::accrue(2)).error == Error::no_such_market);
    CHECK(house.send("anyone", say::accrue(1)).ok());
    const MemoryHost::Records before = house.host.records;
    CHECK(house.send("anyone", say::accrue(1)).ok());
    CHECK(house.host.records == before);
}

TEST_CASE("upkeep: the insurance takes quote tokens from anyone, and nothing else")
{
    Clearinghouse house;
    const auto fund = [&](const Coins& coins) {
        return house.send("anyone", say::fund_insurance(), coins);
    };
    CHECK(fund({}).error == Error::funds_missing);
    CHECK(fund({{"aeth", 1}}).error == Error::unknown_denom);
    CHECK(fund({{"uusdc", 1}, {"sat", 1}}).error == Error::unknown_denom);
    CHECK(fund({{"uusdc", 0}}).error == Error::zero_amount);
    CHECK(fund({{"uusdc", -5}}).error == Error::out_of_range);
    CHECK(fund({{"uusdc", num::I128_MAX}}).error == Error::out_of_range);
    CHECK(fund({{"uusdc", 3}}).event("insurance_funded", "amount") == "3");
    CHECK(text_of(house.house().insurance.balance) == "0.000003");
}

TEST_CASE("inventory: it is sold at its index less the greatest discount of an auction")
{
    Inventory i;
    const Reply reply = i.buy("250000");
    CHECK(reply.event("inventory_sold", "amount") == "250000");
    CHECK(reply.event("inventory_sold", "paid") == "120");  // 125 less 0.5 * 0.08 of it
    CHECK(i.house.cash(i.buyer) == "880");
    CHECK(i.house.account(i.buyer).account.find(AssetId{2})->amount ==
          TokenAmount::from_raw(250'000));
    CHECK(text_of(i.house.house().insurance.open_deficit) == "380");
    // Asking for more than there is buys what there is.
    CHECK(i.buy("1000000000000000000000000000000000000").event("inventory_sold", "amount") ==
          "750000");
    CHECK(i.buy("1").error == Error::nothing_to_do);
    CHECK(i.house.send("buyer", say::withdraw(i.buyer, 2, "1000000")).ok());
}

TEST_CASE("inventory: a buyer is guarded by its worst price, its cash and its own margin")
{
    Inventory i;
    CHECK(i.buy("0").error == Error::nothing_to_do);
    CHECK(i.buy("1000", "47999.9").error == Error::price_guard);
    CHECK(i.buy("1000", "48000").ok());
    i.house.price(1, "49999.999999999999999999");
    CHECK(i.buy("1", "49999.999999999999999999").ok());
    i.house.price(1, "50000");
    CHECK(i.house.send("buyer", say::buy_inventory(1, i.buyer, "1")).error == Error::nothing_to_do);
    CHECK(i.house.send("buyer", say::buy_inventory(0, i.buyer, "1")).error == Error::no_such_asset);
    CHECK(i.house.send("buyer", say::buy_inventory(3, i.buyer, "1")).error == Error::no_such_asset);
    CHECK(i.house.send("buyer", say::buy_inventory(2, 99, "1")).error == Error::no_such_account);
    REQUIRE(i.house.send("buyer", say::withdraw(i.buyer, 0, "900000000")).ok());
    CHECK(i.buy("998999").error == Error::insufficient_balance);

    // 99.52 of cash and a position that needs 97.44. Buying 50 for 48 brings 42.5 of margin.
    const auto bob = i.house.trader("bob2", 10'000);
    REQUIRE(i.house.fill(0, i.buyer, bob, "0.56", "1740").ok());
    CHECK(i.buy("40000").ok());
    CHECK(i.buy("100000").error == Error::buyer_below_initial);
}

TEST_CASE("inventory: a buyer with no room for one more collateral gets none")
{
    Inventory i;
    Coins coins{{"aeth", 1}};
    for (std::uint64_t id = 3; id <= 17; ++id) {
        say::Asset asset;
        asset.asset = id;
        asset.denom = "token" + std::to_string(id);
        REQUIRE(i.house.send("gov", say::set_asset(asset)).ok());
        coins.emplace_back(asset.denom, 1);
    }
    REQUIRE(i.house.send("buyer", say::deposit(i.buyer), coins).ok());
    const Reply reply = i.buy("1000");
    CHECK(reply.error == Error::too_many_collaterals);
    CHECK(reply.detail == "account " + std::to_string(i.buyer));
    REQUIRE(i.house.send("buyer", say::withdraw(i.buyer, 1, "1")).ok());
    CHECK(i.buy("1000").ok());
}

TEST_CASE("inventory: a buyer is not judged by a price of its own that is not fit to trade on")
{
    Inventory i;
    const auto bob = i.house.trader("bob2", 10'000);
    REQUIRE(i.house.fill(0, i.buyer, bob, "0.5", "1740").ok());
    i.house.wait(61);
    i.house.price(1, "50000");
    const Reply reply = i.buy("1000");
    CHECK(reply.error == Error::stale_price);
    CHECK(reply.detail == "underlying 0");
    i.house.refresh();
    CHECK(i.buy("1000").ok());
}

TEST_CASE("inventory: it is not sold at a stale or uncertain price")
{
    Inventory i;
    i.house.wait(61);
    CHECK(i.buy("1").error == Error::stale_price);
    REQUIRE(i.house.send("publisher", say::push_price(1, "50000", i.house.now, "1001")).ok());
    CHECK(i.buy("1").error == Error::uncertain_price);
}
