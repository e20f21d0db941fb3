// plimsoll: tests/contract/pause_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What the guardian may stop, for how long, and what goes on meanwhile.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t WITHDRAW = 2;
constexpr std::uint64_t FILLS = 4;
constexpr std::uint64_t PRICES = 8;

std::string config_at(Clearinghouse& house, const std::string& pointer)
{
    return house.ask(R"({"config":{}})").at(pointer);
}

}  // namespace

TEST_CASE("pause: what is stopped goes on by itself, and is then open for a while")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 1'000);
    const auto take = [&] { return house.send("alice", say::withdraw(alice, 0, "1")).error; };
    REQUIRE(house.send("guardian", say::set_pause(WITHDRAW)).ok());
    CHECK(take() == Error::paused);
    // Saying it again does not make it longer.
    house.wait(6 * DAY);
    REQUIRE(house.send("guardian", say::set_pause(WITHDRAW)).ok());
    house.wait(DAY - 1);
    CHECK(take() == Error::paused);
    CHECK(config_at(house, "/paused") == "2");
    house.wait(1);
    CHECK(config_at(house, "/paused") == "0");
    CHECK(take() == Error::ok);
    house.wait(DAY - 1);
    const Reply again = house.send("guardian", say::set_pause(WITHDRAW));
    CHECK(again.error == Error::pause_cooling);
    CHECK(again.detail == "actions");
    // Another action is another matter.
    CHECK(house.send("guardian", say::set_pause(FILLS)).ok());
    house.wait(1);
    CHECK(house.send("guardian", say::set_pause(FILLS | WITHDRAW)).ok());
    CHECK(take() == Error::paused);
}

TEST_CASE("pause: letting go early does not make the next stop come sooner")
{
    Clearinghouse house;
    REQUIRE(house.send("guardian", say::set_pause(WITHDRAW)).ok());
    house.wait(100);
    REQUIRE(house.send("guardian", say::set_pause(0)).ok());
    CHECK(config_at(house, "/paused") == "0");
    CHECK(house.send("guardian", say::set_pause(WITHDRAW)).error == Error::pause_cooling);
    house.wait(DAY - 1);
    CHECK(house.send("guardian", say::set_pause(WITHDRAW)).error == Error::pause_cooling);
    house.wait(1);
    CHECK(house.send("guardian", say::set_pause(WITHDRAW)).ok());
}

TEST_CASE("pause: the guardian says an earlier end, governance proposes a later one")
{
    Clearinghouse house;
    const std::uint64_t now = house.now;
    for (const std::uint64_t until : {now, now - 1, now + 7 * DAY + 1}) {
        const Reply reply = house.send("guardian", say::set_pause(WITHDRAW, until));
        CHECK(reply.error == Error::parameter_bounds);
        CHECK(reply.detail == "until");
    }
    REQUIRE(house.send("guardian", say::set_pause(WITHDRAW, now + 100)).ok());
    CHECK(config_at(house, "/paused_until/1") == std::to_string(now + 100));
    CHECK(house.send("gov", say::set_pause(WITHDRAW, now + 20 * DAY)).error == Error::unauthorized);
    REQUIRE(house.send("gov", say::propose(say::set_pause(WITHDRAW, now + 30 * DAY))).ok());
    REQUIRE(house.send("gov", say::propose(say::set_pause(WITHDRAW, now + 30 * DAY + 1))).ok());
    REQUIRE(house.send("gov", say::execute_proposal(1)).ok());
    CHECK(house.send("gov", say::execute_proposal(2)).error == Error::parameter_bounds);
    house.wait(30 * DAY - 1);
    CHECK(config_at(house, "/paused") == "2");
    house.wait(1);
    CHECK(config_at(house, "/paused") == "0");
    // Nor does the cooling hold governance.
    REQUIRE(house.send("gov", say::propose(say::set_pause(WITHDRAW))).ok());
    CHECK(house.send("gov", say::execute_proposal(3)).ok());
    CHECK(config_at(house, "/paused") == "2");
}

TEST_CASE("pause: a stop from before there were times holds until somebody lets go")
{
    Clearinghouse house;
    contract::Config config = house.config();
    config.pauses.actions = WITHDRAW;
    house.host.write(contract::config_key(), contract::encode(config));
    house.wait(100 * DAY);
    CHECK(config_at(house, "/paused") == "2");
    REQUIRE(house.send("guardian", say::set_pause(WITHDRAW)).ok());
    CHECK(config_at(house, "/paused_until/1") == std::to_string(house.now + 7 * DAY));
}

TEST_CASE("pause: while fills are stopped, those that reduce both positions go through")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    const auto carol = house.trader("carol", 1'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    REQUIRE(house.send("guardian", say::set_pause(15)).ok());
    CHECK(house.fill(0, alice, bob, "0.1", "2000").error == Error::paused);
    CHECK(house.fill(0, carol, alice, "0.1", "2000").error == Error::paused);
    CHECK(house.fill(0, bob, alice, "1.1", "2000").error == Error::paused);
    CHECK(house.fill(0, bob, alice, "0.4", "2000").ok());
    CHECK(house.fill(0, bob, alice, "0.6", "2000").ok());
    CHECK(house.orders({{alice, 0, "1", "0"}}).error == Error::paused);
}

TEST_CASE("pause: no stop holds up a deposit, a transfer or the way of liquidation")
{
    // Every combination of bits, and every message that helps an account or the house.
    for (std::uint64_t bits = 0; bits <= 15; ++bits) {
        INFO(bits);
        Clearinghouse house;
        const auto alice = house.trader("alice", 250);
        const auto spare = house.trader("alice", 1'000);
        const auto bob = house.trader("bob", 1'000);
        const auto keeper = house.trader("keeper", 10'000);
        house.fund_insurance(1'000);
        REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
        house.price(0, "1830");
        REQUIRE(house.send("guardian", say::set_pause(bits)).ok());
        CHECK(house.send("anyone", say::flag(alice)).ok());
        CHECK(house.send("bob", say::deposit(bob), {{"uusdc", 1'000'000}}).ok());
        CHECK(house.send("keeper", say::liquidate(alice, 0, keeper, "0.001")).ok());
        CHECK(house.send("alice", say::transfer(spare, alice, 0, "1000000")).ok());
        CHECK(house.send("anyone", say::touch(alice)).error != Error::paused);
        CHECK(house.send("anyone", say::accrue(0)).error != Error::paused);
        CHECK(house.send("anyone", say::resolve(alice)).error != Error::paused);
        CHECK(house.send("anyone", say::batch({say::accrue(0)})).ok());
        CHECK(house.send("gov", say::fund_insurance(), {{"uusdc", 1}}).ok());
        CHECK(house.send("alice", say::revoke_delegate(alice, "venue")).ok());
    }
}

TEST_CASE(
    "pause: stopped prices grow stale, and liquidation goes on at the last one once they have "
    "failed")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 250);
    const auto bob = house.trader("bob", 1'000);
    const auto keeper = house.trader("keeper", 10'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.price(0, "1830");
    REQUIRE(house.send("guardian", say::set_pause(PRICES)).ok());
    CHECK(house.send("publisher", say::push_price(0, "1800", house.now)).error == Error::paused);
    house.wait(301);
    CHECK(house.send("keeper", say::liquidate(alice, 0, keeper, "1")).error == Error::stale_price);
    house.wait(3'600);
    CHECK(house.send("keeper", say::liquidate(alice, 0, keeper, "1")).ok());
}

TEST_CASE("pause: a stop of prices ends at half of what makes a feed fail, whoever orders it")
{
    constexpr std::uint64_t HALF = 1'800;
    Clearinghouse house;
    const auto ends = [&] { return config_at(house, "/paused_until/3"); };
    const auto propose = [&](std::uint64_t actions, std::optional<std::uint64_t> until) {
        const Reply reply = house.send("gov", say::propose(say::set_pause(actions, until)));
        const std::uint64_t id = std::stoull(reply.event("proposed", "id"));
        return house.send("gov", say::execute_proposal(id)).error;
    };
    std::uint64_t begun = house.now;
    for (const std::uint64_t actions : {PRICES, PRICES | FILLS}) {
        const Reply reply = house.send("guardian", say::set_pause(actions, begun + HALF + 1));
        CHECK(reply.error == Error::parameter_bounds);
        CHECK(reply.detail == "until");
    }
    // Without an end each kind has its own.
    REQUIRE(house.send("guardian", say::set_pause(15)).ok());
    CHECK(ends() == std::to_string(begun + HALF));
    CHECK(config_at(house, "/paused_until/2") == std::to_string(begun + 7 * DAY));
    house.wait(HALF - 1);
    CHECK(house.send("publisher", say::push_price(0, "2001", house.now)).error == Error::paused);
    // Governance cannot put it off; the same message does move what has no bound of its own.
    CHECK(propose(15, begun + HALF + 1) == Error::parameter_bounds);
    CHECK(propose(15, std::nullopt) == Error::ok);
    CHECK(ends() == std::to_string(begun + HALF));
    CHECK(propose(7, begun + 20 * DAY) == Error::ok);
    house.wait(1);
    CHECK(house.send("publisher", say::push_price(0, "2001", house.now)).ok());
    // Letting go and waiting come first, for governance too.
    CHECK(propose(PRICES, std::nullopt) == Error::pause_cooling);
    CHECK(house.send("guardian", say::set_pause(PRICES)).error == Error::pause_cooling);
    house.wait(DAY - 2);
    CHECK(propose(PRICES, std::nullopt) == Error::pause_cooling);
    house.wait(1);
    begun = house.now;
    CHECK(propose(PRICES, begun + HALF + 1) == Error::parameter_bounds);
    CHECK(propose(PRICES, begun + HALF) == Error::ok);
    CHECK(ends() == std::to_string(begun + HALF));
    // An earlier end is no harm.
    CHECK(propose(PRICES, begun + 100) == Error::ok);
    CHECK(ends() == std::to_string(begun + 100));
}

TEST_CASE("pause: no stop of prices makes a healthy account liquidatable")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_cash({})).ok());
    house.trader("lender", 100'000);
    const auto keeper = house.trader("keeper", 100'000);
    const auto maker = house.trader("maker", 1'000'000);
    // Alice owes cash on her ether, Carol holds a position on hers.
    const auto alice = house.trader("alice", 1);
    const auto carol = house.trader("carol", 1);
    for (const auto account : {alice, carol})
        house.deposit(account, "aeth", num::i128{10} * 1'000'000'000'000'000'000);
    house.refresh();
    REQUIRE(house.send("alice", say::withdraw(alice, 0, "4001000000")).ok());
    REQUIRE(house.fill(1, carol, maker, "0.05", "50000").ok());
    for (int stop = 0; stop < 3; ++stop) {
        // The last prices are as old as they may be to trade on.
        house.wait(60);
        REQUIRE(house.send("guardian", say::set_pause(15)).ok());
        for (std::uint64_t ended = std::stoull(config_at(house, "/paused_until/3"));
            house.now < ended; house.now = std::min(house.now + 300, ended))
            for (const auto account : {alice, carol}) {
                CHECK(house.health(account)[0] != '-');
                CHECK(house.send("anyone", say::flag(account)).error == Error::not_liquidatable);
                CHECK_FALSE(
                    house.send("keeper", say::liquidate_collateral(account, 1, keeper, "1")).ok());
            }
        for (const auto account : {alice, carol})
            CHECK(house.health(account)[0] != '-');
        house.refresh();
        REQUIRE(house.send("guardian", say::set_pause(0)).ok());
        house.wait(DAY);
        house.refresh();
    }
}

TEST_CASE("pause: while prices are stopped feeds do not fail any sooner than when it began")
{
    Clearinghouse house;
    REQUIRE(house.send("guardian", say::set_pause(PRICES)).ok());
    say::Params params;
    params.failed_after = 3'599;
    const Reply lowered = house.send("gov", say::set_params(params));
    CHECK(lowered.error == Error::parameters_disagree);
    CHECK(lowered.detail == "failed_after_s");
    params.failed_after = 3'601;
    CHECK(house.send("gov", say::set_params(params)).ok());
    CHECK(config_at(house, "/paused_until/3") == std::to_string(house.now + 1'800));
    house.wait(1'800);
    params.failed_after = 3'599;
    CHECK(house.send("gov", say::set_params(params)).ok());
    // Where a feed fails at once nobody may stop it at all.
    params.max_age_trade = params.max_age_liquidation = params.failed_after = 1;
    REQUIRE(house.send("gov", say::set_params(params)).ok());
    house.wait(DAY);
    CHECK(house.send("guardian", say::set_pause(PRICES)).error == Error::parameter_bounds);
    CHECK(house.send("guardian", say::set_pause(FILLS)).ok());
}
