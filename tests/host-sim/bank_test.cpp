// plimsoll: tests/host-sim/bank_test.cpp                            SPDX-License-Identifier: Apache-2.0
// The simulated bank: nothing appears, nothing is lost, nothing goes below zero.
#include "host-sim/bank.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <string>

using plimsoll::sim::Bank;

TEST_CASE("a move takes from one and gives to the other", "[bank]")
{
    Bank bank;
    bank.endow("alice", "usdc", 100);
    CHECK(bank.move("alice", "bob", "usdc", 30));
    CHECK(bank.balance("alice", "usdc") == 70);
    CHECK(bank.balance("bob", "usdc") == 30);
    CHECK(bank.move("alice", "alice", "usdc", 70));
    CHECK(bank.balance("alice", "usdc") == 70);
}

TEST_CASE("what is not there does not move", "[bank]")
{
    Bank bank;
    bank.endow("alice", "usdc", 100);
    CHECK_FALSE(bank.move("alice", "bob", "usdc", 101));
    CHECK_FALSE(bank.move("alice", "bob", "usdc", -1));
    CHECK_FALSE(bank.move("alice", "bob", "eth", 1));
    CHECK_FALSE(bank.move("carol", "bob", "usdc", 1));
    CHECK(bank.balance("alice", "usdc") == 100);
    CHECK(bank.balance("bob", "usdc") == 0);
}

TEST_CASE("any moves conserve the supply", "[bank][property]")
{
    rc::prop("sum of balances = supply", [] {
        const std::string names[] = {"a", "b", "c"};
        Bank bank;
        for (const auto& name : names)
            bank.endow(name, "usdc", *rc::gen::inRange(0, 1000));
        for (const auto& [from, to, amount] :
            *rc::gen::container<std::vector<std::tuple<int, int, int>>>(rc::gen::tuple(
                rc::gen::inRange(0, 3), rc::gen::inRange(0, 3), rc::gen::inRange(-5, 1500))))
            (void)bank.move(names[from], names[to], "usdc", amount);
        plimsoll::num::i128 sum = 0;
        for (const auto& name : names) {
            RC_ASSERT(bank.balance(name, "usdc") >= 0);
            sum += bank.balance(name, "usdc");
        }
        RC_ASSERT(sum == bank.supply("usdc"));
    });
}
