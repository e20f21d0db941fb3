// plimsoll: tests/contract/transfer_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Tokens between accounts of one owner.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

struct Two
{
    Clearinghouse house;
    std::uint64_t first = house.trader("alice", 1'000);
    std::uint64_t second = house.trader("alice", 0);
    std::uint64_t bob = house.trader("bob", 1'000);

    Reply move(std::uint64_t from, std::uint64_t to, std::uint64_t asset, const std::string& amount)
    {
        return house.send("alice", say::transfer(from, to, asset, amount));
    }
};

}  // namespace

TEST_CASE("transfer: cash and collateral go from one account to the other, and no token leaves")
{
    Two t;
    t.house.deposit(t.first, "aeth", num::WAD);
    const Reply cash = t.move(t.first, t.second, 0, "400000000");
    REQUIRE(cash.ok());
    CHECK(cash.transfers.empty());
    CHECK(cash.event("transferred", "amount") == "400000000");
    CHECK(t.house.cash(t.first) == "600");
    CHECK(t.house.cash(t.second) == "400");
    REQUIRE(t.move(t.first, t.second, 1, "1000000000000000000").ok());
    CHECK(t.house.account(t.first).account.collaterals.empty());
    CHECK(t.house.account(t.second).account.collaterals[0].amount.raw() == num::WAD);
    CHECK(t.house.account(t.first).account.nonce == t.house.account(t.second).account.nonce + 2);
}

TEST_CASE("transfer: only between accounts of the sender, and only what is there")
{
    Two t;
    CHECK(t.move(t.first, t.bob, 0, "1").error == Error::not_owner);
    CHECK(t.move(t.bob, t.first, 0, "1").error == Error::not_owner);
    CHECK(t.house.send("bob", say::transfer(t.first, t.bob, 0, "1")).error == Error::not_owner);
    CHECK(t.move(t.first, t.first, 0, "1").error == Error::nothing_to_do);
    CHECK(t.move(t.first, t.second, 9, "1").error == Error::no_such_asset);
    CHECK(t.move(t.first, t.second, 0, "0").error == Error::zero_amount);
    CHECK(t.move(t.first, t.second, 0, "1000000001").error == Error::insufficient_balance);
    CHECK(t.move(t.first, t.second, 0, "1000000000000000000000000000000000000").error ==
          Error::insufficient_balance);
    CHECK(t.move(t.first, t.second, 1, "1").error == Error::no_collateral);
    t.house.deposit(t.first, "aeth", 5);
    CHECK(t.move(t.first, t.second, 1, "6").error == Error::insufficient_balance);
    CHECK(t.house.send("alice", say::transfer(t.first, t.second, 0, "1"), {{"uusdc", 1}}).error ==
          Error::funds_not_accepted);
    CHECK(t.move(9, t.second, 0, "1").error == Error::no_such_account);
}

TEST_CASE("transfer: the account that pays keeps its initial margin, at prices that are fit")
{
    Two t;
    REQUIRE(t.house.fill(0, t.first, t.bob, "1", "2000").ok());
    CHECK(t.move(t.first, t.second, 0, "800000001").error == Error::below_initial_margin);
    CHECK(t.move(t.first, t.second, 0, "800000000").ok());
    t.house.wait(61);
    CHECK(t.move(t.second, t.first, 0, "100000000").ok());  // no position there
    CHECK(t.move(t.first, t.second, 0, "1").error == Error::stale_price);
    t.house.refresh();
    t.house.deposit(t.second, "aeth", num::WAD);
    t.house.wait(61);
    CHECK(t.move(t.second, t.first, 1, "1").error == Error::stale_price);
}

TEST_CASE("transfer: it lowers the flag of an account that it makes healthy")
{
    Two t;
    const auto poor = t.house.trader("alice", 250);
    REQUIRE(t.house.fill(0, poor, t.bob, "1", "2000").ok());
    t.house.price(0, "1830");
    REQUIRE(t.house.send("anyone", say::flag(poor)).ok());
    CHECK(t.house.send("alice", say::transfer(poor, t.first, 0, "1")).error ==
          Error::below_initial_margin);
    const Reply cured = t.move(t.first, poor, 0, "500000000");
    REQUIRE(cured.ok());
    CHECK(cured.event("account_cured", "account") == std::to_string(poor));
    CHECK(t.house.stage(poor) == "healthy");
}

TEST_CASE("transfer: the account that receives has room for a collateral or is refused")
{
    Two t;
    for (std::uint64_t asset = 3; asset < 20; ++asset) {
        say::Asset listed;
        listed.asset = asset;
        listed.denom = "token" + std::to_string(asset);
        REQUIRE(t.house.send("gov", say::set_asset(listed)).ok());
        t.house.deposit(asset < 19 ? t.second : t.first, listed.denom, 5);
        if (asset == 18)
            break;
    }
    t.house.deposit(t.first, "aeth", 5);
    CHECK(t.move(t.first, t.second, 1, "5").error == Error::too_many_collaterals);
    CHECK(t.move(t.second, t.first, 3, "5").ok());
    CHECK(t.move(t.first, t.second, 1, "5").ok());
}
