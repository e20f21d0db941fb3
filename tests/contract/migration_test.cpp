// plimsoll: tests/contract/migration_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. State that an older contract has stored goes on living under this one: a file of
// tests/contract/states for every schema that was ever deployed, with what queries answered then.
//
// A new schema's file is written by: PLIMSOLL_STATE=FILE build/native/contract_tests "[write-state]"
#include "tests/support/house.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

using Json = nlohmann::json;

std::string to_hex(const std::string& bytes)
{
    static const char* const DIGITS = "0123456789abcdef";
    std::string text;
    for (const char byte : bytes) {
        text.push_back(DIGITS[static_cast<unsigned char>(byte) >> 4]);
        text.push_back(DIGITS[static_cast<unsigned char>(byte) & 15]);
    }
    return text;
}

std::string from_hex(const std::string& text)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        bytes.push_back(static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16)));
    return bytes;
}

/// The kind that a key begins with.
std::string kind_of(const std::string& key)
{
    return key.substr(1, static_cast<unsigned char>(key[0]));
}

const std::vector<std::string>& questions()
{
    static const std::vector<std::string> ALL = {say::ask("config", "", 0),
        say::ask("markets", "", 0), say::ask("correlation", "", 0), say::ask("prices", "", 0),
        say::ask("insurance", "", 0), say::ask("state", "", 0), say::ask("asset", "asset", 1),
        say::ask("asset", "asset", 2), say::ask("underlying", "underlying", 0),
        say::ask("underlying", "underlying", 1), say::ask("portfolio_risk", "underlying", 0),
        say::ask("observed", "underlying", 0), say::ask("surface", "underlying", 0),
        say::ask("market", "market", 0), say::ask("market", "market", 1),
        say::ask("market", "market", 2), say::ask("account", "account", 1),
        say::ask("account", "account", 2), say::ask("account", "account", 3),
        say::ask("account", "account", 4), say::ask("account", "account", 5),
        say::ask("health", "account", 1), say::ask("health", "account", 2),
        say::ask("health", "account", 3), say::ask("health", "account", 4),
        say::ask("what_if", "account", 4), R"({"roles":{"address":"venue"}})",
        R"({"liquidatable":{"cursor":0,"limit":100}})"};
    return ALL;
}

/// A house with a record of every kind.
void furnish(Clearinghouse& house)
{
    constexpr std::uint64_t EXPIRY = START + 30 * DAY;
    const auto take = [](const Reply& reply) {
        INFO(name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
    };
    house.allow_options(0);
    house.allow_portfolio(0);
    take(house.send("gov", say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}})));
    say::PortfolioRisk bitcoin;
    bitcoin.underlying = 1;
    take(house.send("gov", say::set_portfolio_risk(bitcoin)));
    say::Asset ether;
    ether.risk_cancelling = true;
    ether.volatility_multiple = "3";
    ether.horizon = DAY;
    ether.volatility_cap = "0.5";
    ether.confidence = "0.6/0.5";
    take(house.send("gov", say::set_asset(ether)));
    take(house.send("gov", say::set_market(say::option(2, EXPIRY, "2000"))));
    take(house.send("gov", say::set_observation({})));
    take(house.surface(0, EXPIRY));
    const auto alice = house.trader("alice", 250);
    const auto bob = house.trader("bob", 100'000);
    const auto erin = house.trader("erin", 160);
    const auto carol = house.trader("carol", 20'000);
    const auto dave = house.trader("dave", 20'000);
    take(house.send("carol", say::set_mode(carol, "portfolio")));
    house.deposit(carol, "aeth", 1'000'000'000'000'000'000);
    take(house.fill(2, bob, carol, "3", "100"));
    take(house.fill(0, carol, dave, "1", "2000"));
    take(house.orders({{dave, 0, "0.5", "1"}}));
    // All of a market, so that its sides end their epochs.
    take(house.fill(1, erin, dave, "0.03", "50000"));
    house.wait(600);
    house.refresh();
    take(house.send("publisher", say::push_premium(0, "10")));
    house.price(1, "44000");
    take(house.send("anyone", say::resolve(erin)));
    house.fund_insurance(20);
    house.wait(3'600);
    house.refresh();
    take(house.surface(0, EXPIRY));
    take(house.fill(0, alice, bob, "1", "2000"));
    house.price(0, "1820");
    take(house.send("anyone", say::flag(alice)));
    house.wait(30);
}

/// Everything that was there is there, unchanged. What is new may stand beside it.
void still_says(const Json& before, const Json& now)
{
    INFO(before.dump() << " | " << now.dump());
    REQUIRE(before.type() == now.type());
    if (before.is_object()) {
        for (const auto& [key, value] : before.items()) {
            INFO(key);
            REQUIRE(now.contains(key));
            still_says(value, now.at(key));
        }
    } else if (before.is_array()) {
        REQUIRE(before.size() == now.size());
        for (std::size_t i = 0; i < before.size(); ++i)
            still_says(before[i], now[i]);
    } else {
        REQUIRE(before == now);
    }
}

}  // namespace

TEST_CASE("migration: a state of this schema is written", "[.][write-state]")
{
    const char* const path = std::getenv("PLIMSOLL_STATE");
    REQUIRE(path != nullptr);
    Clearinghouse house;
    furnish(house);
    Json state;
    state["schema"] = contract::SCHEMA;
    state["time"] = house.now;
    for (const auto& [key, value] : house.host.records)
        state["records"][to_hex(key)] = to_hex(value);
    for (const std::string& question : questions())
        state["answers"][question] = Json::parse(house.ask(question).data);
    std::ofstream(path) << state.dump(1) << '\n';
}

TEST_CASE("migration: a state of every schema says what it said, and lives on")
{
    int states = 0;
    for (const auto& entry :
        std::filesystem::directory_iterator(PLIMSOLL_SOURCE_DIR "/tests/contract/states")) {
        INFO(entry.path());
        ++states;
        const Json state = Json::parse(std::ifstream(entry.path()));
        MemoryHost host;
        std::set<std::string> kinds;
        for (const auto& [key, value] : state.at("records").items()) {
            host.records[from_hex(key)] = from_hex(value.get<std::string>());
            kinds.insert(kind_of(from_hex(key)));
        }
        // Every kind of record that there was.
        for (const char* kind :
            {"config", "counters", "house", "prices", "risk", "surface", "correlation", "observed",
                "pairs", "stable", "delays", "market", "epoch", "account", "role"})
            CHECK(kinds.count(kind) == 1);

        contract::Env env;
        env.time_s = state.at("time").get<std::uint64_t>();
        const contract::Outcome migrated = contract::migrate(host, env, "{}");
        INFO(name_of(migrated.error) << " " << migrated.detail);
        REQUIRE(migrated.error == Error::ok);
        REQUIRE(migrated.events.size() == 1);
        CHECK(migrated.events[0].attributes[1].value ==
              std::to_string(state.at("schema").get<int>()));
        CHECK(host.records.at(contract::config_key())[0] == contract::SCHEMA);

        for (const auto& [question, answer] : state.at("answers").items()) {
            INFO(question);
            const contract::Outcome reply = contract::query(host, env, question);
            REQUIRE(reply.error == Error::ok);
            Json before = answer;
            if (before.contains("events"))  // migrate() has announced itself
                before.erase("events");
            still_says(before, Json::parse(reply.data));
        }

        // And it goes on: tokens in and out, a trade, a price, and the flagged account's end.
        const auto send = [&](const char* sender, const std::string& message,
                              std::vector<contract::Coin> funds = {}) {
            env.sender = sender;
            env.funds = funds;
            const contract::Outcome reply = contract::execute(host, env, message);
            INFO(message << ": " << name_of(reply.error) << " " << reply.detail);
            REQUIRE(reply.error == Error::ok);
        };
        send("bob", say::deposit(2), {{"uusdc", 1'000'000}});
        send("bob", say::withdraw(2, 0, "1000000"));
        send("venue", say::settle_fills(1'000'000, {{0, 2, 5, "0.1", "1820"}}));
        env.time_s += 2'000;
        send("publisher", say::push_price(0, "1700", env.time_s));
        send("publisher", say::push_price(1, "44000", env.time_s));
        send("anyone", say::resolve(1));
        for (const auto& [key, value] : host.records)
            if (kind_of(key) == "account" && (key.back() == 1 || key.back() == 2))
                CHECK(value[0] == contract::SCHEMA);
    }
    CHECK(states >= contract::SCHEMA - contract::SCHEMA_OLDEST);
}

TEST_CASE("migration: where nothing is stored, or more than this code knows, it is refused")
{
    MemoryHost host;
    contract::Env env;
    env.time_s = START;
    CHECK(contract::migrate(host, env, "{}").error == Error::not_instantiated);
    CHECK(contract::migrate(host, env, "[]").error == Error::wrong_type);
    Clearinghouse house;
    house.host.records.at(contract::config_key())[0] = contract::SCHEMA + 1;
    const MemoryHost::Records before = house.host.records;
    CHECK(contract::migrate(house.host, env, "{}").error == Error::unsupported_schema);
    CHECK(house.host.records == before);
}
