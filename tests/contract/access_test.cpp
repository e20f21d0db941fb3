// plimsoll: tests/contract/access_test.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Who may say what. That a refusal changes nothing is checked on every call
// by tests/support/house.hpp.
#include "tests/support/house.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// A house with two traders who are short and long of one ether.
struct Traders
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 1'000);
    std::uint64_t bob = house.trader("bob", 1'000);

    Error settle(const std::string& sender, std::uint64_t nonce)
    {
        return house.send(sender, say::settle_fills(nonce, {{0, alice, bob, "0.1", "2000"}})).error;
    }
};

const Coins SOME_QUOTE{{"uusdc", 1'000'000}};

}  // namespace

TEST_CASE("access: what only an owner may do is refused to everybody else")
{
    Traders t;
    const std::vector<std::string> others{
        "bob", "gov", "guardian", "publisher", "venue", "mallory"};
    for (const std::string& sender : others) {
        INFO(sender);
        CHECK(t.house.send(sender, say::deposit(t.alice), SOME_QUOTE).error == Error::not_owner);
        CHECK(t.house.send(sender, say::withdraw(t.alice, 0, "1")).error == Error::not_owner);
        CHECK(t.house.send(sender, say::delegate(t.alice, "venue")).error == Error::not_owner);
        CHECK(
            t.house.send(sender, say::revoke_delegate(t.alice, "venue")).error == Error::not_owner);
        CHECK(
            t.house.send(sender, say::liquidate(t.bob, 0, t.alice, "1")).error == Error::not_owner);
        CHECK(t.house.send(sender, say::liquidate_collateral(t.bob, 1, t.alice, "1")).error ==
              Error::not_owner);
        CHECK(t.house.send(sender, say::liquidate_slice(t.bob, t.alice, "1")).error ==
              Error::not_owner);
        CHECK(t.house.send(sender, say::buy_inventory(1, t.alice, "1")).error == Error::not_owner);
    }
}

TEST_CASE("access: what needs a role is refused to every other role")
{
    Traders t;
    struct Guarded
    {
        std::string holder;
        std::string json;
    };
    const std::vector<Guarded> messages{
        {"venue", say::settle_fills(1, {{0, t.alice, t.bob, "0.1", "2000"}})},
        {"publisher", say::push_price(0, "2000", t.house.now + 1)},
        {"publisher", say::push_premium(0, "1")}, {"guardian", say::set_pause(2)},
        {"gov", say::set_role("dao", 15)}, {"gov", say::set_asset({})},
        {"gov", say::set_underlying({})}, {"gov", say::set_market({})},
        {"gov", say::set_params({})}};
    t.house.wait(1);
    for (const Guarded& guarded : messages) {
        for (const std::string sender :
            {"gov", "guardian", "publisher", "venue", "alice", "mallory", "deployer"}) {
            if (sender == guarded.holder)
                continue;
            INFO(sender << ": " << guarded.json);
            CHECK(t.house.send(sender, guarded.json).error == Error::unauthorized);
        }
        INFO(guarded.json);
        CHECK(t.house.send(guarded.holder, guarded.json).error == Error::ok);
    }
}

TEST_CASE("access: a role that is taken away is gone at once")
{
    Traders t;
    REQUIRE(t.settle("venue", 1) == Error::ok);
    REQUIRE(t.house.send("gov", say::set_role("venue", 4)).ok());
    CHECK(t.settle("venue", 2) == Error::unauthorized);
    CHECK(t.house.send("venue", say::push_price(0, "2001", t.house.now)).error ==
          Error::publish_time);
    REQUIRE(t.house.send("gov", say::set_role("venue", 0)).ok());
    CHECK(t.house.send("venue", say::push_price(0, "2001", t.house.now)).error ==
          Error::unauthorized);
}

TEST_CASE("access: governance cannot drop its own role, another holder can take it away")
{
    Traders t;
    CHECK(t.house.send("gov", say::set_role("gov", 0)).error == Error::parameters_disagree);
    CHECK(t.house.send("gov", say::set_role("gov", 14)).error == Error::parameters_disagree);
    CHECK(t.house.send("gov", say::set_role("gov", 15)).ok());
    CHECK(t.house.send("gov", say::set_role("dao", 1)).ok());
    CHECK(t.house.send("dao", say::accept_role()).ok());
    CHECK(t.house.send("dao", say::set_role("gov", 0)).ok());
    CHECK(t.house.send("gov", say::set_role("gov", 1)).error == Error::unauthorized);
}

TEST_CASE("access: addresses that the chain would not take are refused")
{
    Traders t;
    CHECK(t.house.send("gov", say::set_role("Not An Address", 2)).error == Error::bad_address);
    CHECK(t.house.send("alice", say::delegate(t.alice, "UPPER")).error == Error::bad_address);
    CHECK(t.house.send(std::string(91, 'a'), say::open_account()).error == Error::bad_address);
    MemoryHost empty;
    const contract::Outcome made =
        contract::instantiate(empty, contract::Env{}, say::instantiate("NO"));
    CHECK(made.error == Error::bad_address);
    CHECK(empty.changes == 0);
}

TEST_CASE("access: a fill needs the delegation of both sides to that very venue")
{
    Traders t;
    REQUIRE(t.house.send("gov", say::set_role("venue2", 8)).ok());
    CHECK(t.settle("venue2", 1) == Error::not_delegated);
    REQUIRE(t.house.send("alice", say::delegate(t.alice, "venue2")).ok());
    CHECK(t.settle("venue2", 1) == Error::not_delegated);
    REQUIRE(t.house.send("bob", say::delegate(t.bob, "venue2")).ok());
    CHECK(t.settle("venue2", 1) == Error::ok);
    REQUIRE(t.house.send("alice", say::revoke_delegate(t.alice, "venue2")).ok());
    CHECK(t.settle("venue2", 2) == Error::not_delegated);
    CHECK(t.settle("venue", 1) == Error::ok);
    CHECK(t.house.send("alice", say::revoke_delegate(t.alice, "venue2")).error ==
          Error::not_delegated);
}

TEST_CASE("access: a delegation ends at its second of expiry and can be renewed")
{
    Traders t;
    const std::uint64_t expires = t.house.now + 10;
    REQUIRE(t.house.send("bob", say::delegate(t.bob, "venue", expires)).ok());
    t.house.wait(9);
    CHECK(t.settle("venue", 1) == Error::ok);
    t.house.wait(1);
    CHECK(t.settle("venue", 2) == Error::delegation_expired);
    CHECK(t.house.send("bob", say::delegate(t.bob, "venue", t.house.now)).error ==
          Error::delegation_expired);
    REQUIRE(t.house.send("bob", say::delegate(t.bob, "venue", t.house.now + 1)).ok());
    CHECK(t.settle("venue", 2) == Error::ok);
    CHECK(t.house.account(t.bob).delegations.size() == 1);
}

TEST_CASE("access: eight delegations fit, the ninth is refused")
{
    Traders t;
    for (int i = 2; i <= 8; ++i)
        REQUIRE(t.house.send("alice", say::delegate(t.alice, "venue" + std::to_string(i))).ok());
    CHECK(t.house.send("alice", say::delegate(t.alice, "venue9")).error ==
          Error::too_many_delegations);
    CHECK(t.house.send("alice", say::delegate(t.alice, "venue3", t.house.now + 5)).ok());
}

TEST_CASE("access: a venue's nonce must rise; each venue has its own")
{
    Traders t;
    REQUIRE(t.house.send("gov", say::set_role("venue2", 8)).ok());
    for (const auto id : {t.alice, t.bob})
        REQUIRE(t.house.send(t.house.owner(id), say::delegate(id, "venue2")).ok());
    CHECK(t.settle("venue", 0) == Error::nonce_not_increasing);
    CHECK(t.settle("venue", 5) == Error::ok);
    CHECK(t.settle("venue", 5) == Error::nonce_not_increasing);
    CHECK(t.settle("venue", 4) == Error::nonce_not_increasing);
    CHECK(t.settle("venue2", 1) == Error::ok);
    CHECK(t.settle("venue", 6) == Error::ok);
    // Losing the role and getting it back does not open the door for a replay.
    REQUIRE(t.house.send("gov", say::set_role("venue", 0)).ok());
    REQUIRE(t.house.send("gov", say::set_role("venue", 8)).ok());
    CHECK(t.settle("venue", 6) == Error::nonce_not_increasing);
    CHECK(t.settle("venue", 18'446'744'073'709'551'615U) == Error::ok);
    CHECK(t.settle("venue", 18'446'744'073'709'551'615U) == Error::nonce_not_increasing);
}

TEST_CASE("access: a settlement that was refused has not used up its nonce")
{
    Traders t;
    CHECK(t.house.send("venue", say::settle_fills(1, {{0, t.alice, t.bob, "0.1", "9000"}})).error ==
          Error::outside_fill_band);
    CHECK(t.settle("venue", 1) == Error::ok);
}

TEST_CASE("access: messages that take no tokens refuse those that come with them")
{
    Traders t;
    const std::uint64_t a = t.alice;
    struct Spoken
    {
        std::string sender;
        std::string json;
    };
    const std::vector<Spoken> messages{{"alice", say::open_account()},
        {"alice", say::withdraw(a, 0, "1")}, {"alice", say::delegate(a, "venue")},
        {"alice", say::revoke_delegate(a, "venue")},
        {"venue", say::settle_fills(1, {{0, a, t.bob, "0.1", "2000"}})},
        {"publisher", say::push_price(0, "1", t.house.now + 1)}, {"alice", say::flag(a)},
        {"alice", say::liquidate(t.bob, 0, a, "1")},
        {"alice", say::liquidate_collateral(t.bob, 1, a, "1")}, {"alice", say::resolve(a)},
        {"alice", say::liquidate_slice(t.bob, a, "1")}, {"alice", say::touch(a)},
        {"alice", say::accrue(0)}, {"alice", say::buy_inventory(1, a, "1")},
        {"guardian", say::set_pause(0)}, {"gov", say::set_role("dao", 1)},
        {"gov", say::set_asset({})}, {"gov", say::set_underlying({})}, {"gov", say::set_market({})},
        {"gov", say::set_params({})}};
    for (const Spoken& spoken : messages) {
        INFO(spoken.json);
        CHECK(t.house.send(spoken.sender, spoken.json, SOME_QUOTE).error ==
              Error::funds_not_accepted);
    }
}

TEST_CASE("access: a pause stops the messages of its bits and no others")
{
    Traders t;
    Clearinghouse& house = t.house;
    const auto stopped = [&](std::uint32_t actions) {
        // A stop has ended by itself, and the guardian may stop again.
        house.wait(8 * DAY);
        house.refresh();
        REQUIRE(house.send("guardian", say::set_pause(actions)).ok());
        house.wait(1);
        std::uint32_t found = 0;
        if (house.send("alice", say::open_account()).error == Error::paused)
            found |= 1;
        if (house.send("alice", say::withdraw(t.alice, 0, "1")).error == Error::paused)
            found |= 2;
        if (house.fill(0, t.alice, t.bob, "0.001", "2000").error == Error::paused)
            found |= 4;
        if (house.send("publisher", say::push_price(0, "2000", house.now)).error == Error::paused)
            found |= 8;
        return found;
    };
    for (std::uint32_t actions = 0; actions <= 15; ++actions) {
        INFO(actions);
        CHECK(stopped(actions) == actions);
    }
    CHECK(house.send("guardian", say::set_pause(16)).error == Error::out_of_range);
}

TEST_CASE("access: with everything paused, deposits and the whole way of liquidation stay open")
{
    Traders t;
    Clearinghouse& house = t.house;
    const auto keeper = house.trader("keeper", 100'000);
    const auto carol = house.trader("carol", 0);
    house.deposit(carol, "aeth", 1'000'000'000'000'000'000);
    REQUIRE(house.fill(0, t.alice, t.bob, "4", "2000").ok());
    REQUIRE(house.fill(1, carol, t.bob, "0.02", "50000").ok());
    house.price(1, "30000");  // carol: 2000 * 0.9 - 400 is still fine
    REQUIRE(house.fill(1, keeper, carol, "0.02", "30000").ok());
    CHECK(house.cash(carol) == "-400");
    house.price(0, "1790");
    REQUIRE(house.send("guardian", say::set_pause(15)).ok());

    CHECK(house.send("alice", say::deposit(t.alice), {{"uusdc", 1}}).ok());
    CHECK(house.send("mallory", say::flag(t.alice)).ok());
    CHECK(house.send("mallory", say::touch(t.alice)).ok());
    CHECK(house.send("mallory", say::accrue(0)).ok());
    CHECK(house.send("gov", say::fund_insurance(), SOME_QUOTE).ok());
    CHECK(house.send("keeper", say::liquidate(t.alice, 0, keeper, "0.5")).ok());
    house.wait(FAST + SLOW);
    REQUIRE(house.send("guardian", say::set_pause(7)).ok());
    house.refresh();
    house.price(0, "430");  // carol's ether no longer covers her debt
    CHECK(house.send("guardian", say::set_pause(15)).error == Error::pause_cooling);
    CHECK(house.send("keeper", say::liquidate_collateral(carol, 1, keeper, "1000")).ok());
    CHECK(house.send("mallory", say::resolve(t.alice)).ok());
    CHECK(house.send("keeper", say::buy_inventory(1, keeper, "1")).error == Error::nothing_to_do);
}
