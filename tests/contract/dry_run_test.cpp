// plimsoll: tests/contract/dry_run_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What a change of parameters would do, against what it then does.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// alice has 150 of margin for one ether, bob 240, carol plenty.
struct Traders
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 210);
    std::uint64_t bob = house.trader("bob", 260);
    std::uint64_t carol = house.trader("carol", 5'000);

    Traders()
    {
        REQUIRE(house.fills({{0, alice, carol, "1", "2000"}, {0, bob, carol, "1", "2000"}}).ok());
    }

    std::string level(std::uint64_t id, const std::string& level)
    {
        return house.ask(say::ask("health", "account", id)).at("/" + level + "/health");
    }
};

std::string stricter(const std::string& initial, const std::string& maintenance)
{
    say::Underlying message;
    message.initial_fraction = initial;
    message.maintenance_fraction = maintenance;
    return say::set_underlying(message);
}

}  // namespace

TEST_CASE("dry run: it names whom a change would put below a level, with what is asked afterwards")
{
    Traders t;
    const std::string change = stricter("0.14", "0.12");
    const Reply dry = t.house.ask(say::dry_run(change));
    INFO(dry.detail);
    REQUIRE(dry.ok());
    CHECK(dry.at("/next") == "null");
    REQUIRE(dry.at("/accounts/0/account") == std::to_string(t.alice));
    CHECK(dry.at("/accounts/0/liquidatable") == "true");
    CHECK(dry.at("/accounts/0/initial_before") == t.level(t.alice, "initial"));
    CHECK(dry.at("/accounts/0/maintenance_before") == t.level(t.alice, "maintenance"));
    REQUIRE(dry.at("/accounts/1/account") == std::to_string(t.bob));
    CHECK(dry.at("/accounts/1/liquidatable") == "false");
    CHECK(dry.at("/accounts/2") == "absent");

    REQUIRE(t.house.send("gov", change).ok());
    for (const char* index : {"0", "1"}) {
        const std::string at = std::string("/accounts/") + index;
        const std::uint64_t id = index[0] == '0' ? t.alice : t.bob;
        CHECK(dry.at(at + "/initial_after") == t.level(id, "initial"));
        CHECK(dry.at(at + "/maintenance_after") == t.level(id, "maintenance"));
    }
    CHECK(t.house.stage(t.alice) == "unflagged");
    CHECK(t.house.stage(t.bob) == "healthy");
    // Who was below before is not put there.
    CHECK(t.house.ask(say::dry_run(stricter("0.15", "0.131"))).at("/accounts/0/account") ==
          std::to_string(t.bob));
}

TEST_CASE("dry run: the query writes nothing and takes a proposal as well, page by page")
{
    Traders t;
    REQUIRE(t.house.send("gov", say::set_timelock(DAY)).ok());
    REQUIRE(t.house.send("gov", say::propose(stricter("0.14", "0.12"))).ok());
    const MemoryHost::Records before = t.house.host.records;
    const int changes = t.house.host.changes;
    const Reply first = t.house.ask(R"({"dry_run":{"proposal":1,"cursor":0,"limit":1}})");
    REQUIRE(first.ok());
    CHECK(first.at("/accounts/0/account") == std::to_string(t.alice));
    CHECK(first.at("/next") == std::to_string(t.bob));
    const Reply second = t.house.ask(R"({"dry_run":{"proposal":1,"cursor":2,"limit":50}})");
    CHECK(second.at("/accounts/0/account") == std::to_string(t.bob));
    CHECK(second.at("/accounts/1") == "absent");
    CHECK(second.at("/next") == "null");
    CHECK(t.house.host.records == before);
    CHECK(t.house.host.changes == changes);
    CHECK(t.level(t.alice, "initial") != "absent");
}

TEST_CASE("dry run: what cannot be executed is answered with its error")
{
    Traders t;
    const auto asked = [&](const std::string& json) {
        const Reply reply = t.house.ask(json);
        return std::string(name_of(reply.error)) + " " + reply.detail;
    };
    CHECK(
        asked(say::dry_run(stricter("0.1", "0.11"))) == "parameters_disagree maintenance_fraction");
    CHECK(asked(say::dry_run(say::deposit(1))) == "unknown_message message: deposit");
    CHECK(asked(R"({"dry_run":{"cursor":0,"limit":1}})") == "parameters_disagree proposal");
    CHECK(asked(R"({"dry_run":{"message":{"set_role":{}},"proposal":1,"cursor":0,"limit":1}})") ==
          "parameters_disagree proposal");
    CHECK(asked(R"({"dry_run":{"proposal":1,"cursor":0,"limit":1}})") ==
          "no_such_proposal proposal 1");
    CHECK(asked(R"({"dry_run":{"proposal":1,"cursor":0,"limit":51}})") ==
          "out_of_range dry_run.limit");
}

TEST_CASE(
    "dry run: scenarios are the new ones, and an account that could no longer be valued is named")
{
    Clearinghouse house;
    house.allow_portfolio(0);
    REQUIRE(house.send("alice", say::open_account("portfolio")).ok());
    const auto alice = house.accounts();
    house.deposit(alice, "uusdc", 400'000'000);
    REQUIRE(house.send("alice", say::delegate(alice, "venue")).ok());
    const auto carol = house.trader("carol", 5'000);
    REQUIRE(house.fill(0, alice, carol, "1", "2000").ok());
    say::PortfolioRisk wider;
    wider.scenarios = {"1.25/none/1", "0.75/none/1"};
    const Reply dry = house.ask(say::dry_run(say::set_portfolio_risk(wider)));
    REQUIRE(dry.ok());
    REQUIRE(dry.at("/accounts/0/account") == std::to_string(alice));
    REQUIRE(house.send("gov", say::set_portfolio_risk(wider)).ok());
    const Reply after = house.ask(say::ask("health", "account", alice));
    CHECK(dry.at("/accounts/0/initial_after") == after.at("/initial/health"));
    CHECK(dry.at("/accounts/0/maintenance_after") == after.at("/maintenance/health"));
}
