// plimsoll: tests/contract/store_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. One call's dealings with storage: what it reads and writes, and what happens
// when a record is missing or broken.
#include "tests/support/house.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

struct Traders
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 1'000);
    std::uint64_t bob = house.trader("bob", 1'000);

    Traders() { REQUIRE(house.fill(0, alice, bob, "1", "2000").ok()); }

    /// The keys whose bytes a call changes.
    std::set<std::string> changed(
        const std::string& sender, const std::string& json, const Coins& funds = {})
    {
        const MemoryHost::Records before = house.host.records;
        const int changes = house.host.changes;
        REQUIRE(house.send(sender, json, funds).ok());
        std::set<std::string> keys;
        for (const auto& [key, value] : house.host.records) {
            const auto found = before.find(key);
            if (found == before.end() || found->second != value)
                keys.insert(key);
        }
        // At most the records of what took part were written over with the same bytes.
        CHECK(house.host.changes - changes <= static_cast<int>(keys.size()) + 2);
        return keys;
    }
    std::string account(std::uint64_t id) { return contract::account_key(AccountId{id}); }
};

}  // namespace

TEST_CASE("store: a call writes the records of what it changes and no others")
{
    Traders t;
    const std::string counters = contract::counters_key();
    const std::string house = contract::house_key();
    const std::string market = contract::market_key(MarketId{0});
    t.house.wait(1);
    using Keys = std::set<std::string>;
    CHECK(t.changed("publisher", say::push_price(0, "2001", t.house.now)) ==
          Keys{counters, contract::prices_key()});
    CHECK(t.changed("alice", say::deposit(t.alice), {{"uusdc", 5}}) ==
          Keys{counters, house, t.account(t.alice)});
    CHECK(
        t.changed("alice", say::delegate(t.alice, "venue2")) == Keys{counters, t.account(t.alice)});
    CHECK(
        t.changed("venue", say::settle_fills(2, {{0, t.alice, t.bob, "0.1", "2000"}})) ==
        Keys{counters, market, t.account(t.alice), t.account(t.bob), contract::role_key("venue")});
    CHECK(t.changed("guardian", say::set_pause(1)) == Keys{counters, contract::config_key()});
    CHECK(t.changed("gov", say::set_role("dao", 1)) == Keys{counters, contract::role_key("dao")});
    CHECK(t.changed("anyone", say::touch(t.alice)) == Keys{counters});
    t.house.venue_nonce = 2;
    // What was only looked at is not written at all.
    REQUIRE(t.house.fill(0, t.alice, t.bob, "3", "2000").ok());
    t.house.price(0, "1780");
    const int changes = t.house.host.changes;
    CHECK(t.changed("anyone", say::flag(t.alice)) == Keys{counters, t.account(t.alice)});
    CHECK(t.house.host.changes == changes + 2);
}

TEST_CASE("store: a record is read at most once in a call")
{
    Traders t;
    const auto keeper = t.house.trader("keeper", 100'000);
    REQUIRE(t.house.fill(0, t.alice, t.bob, "3", "2000").ok());
    t.house.price(0, "1780");
    t.house.audited = false;  // it reads too
    t.house.host.log_reads = true;
    std::vector<say::Fill> fills(5, say::Fill{0, keeper, t.bob, "0.01", "1780"});
    REQUIRE(t.house.fills(fills).ok());
    REQUIRE(t.house.host.reads.size() == 7);
    for (const auto& [key, times] : t.house.host.reads) {
        INFO(key);
        CHECK(times == 1);
    }
    t.house.host.reads.clear();
    REQUIRE(t.house.send("keeper", say::liquidate(t.alice, 0, keeper, "1")).ok());
    for (const auto& [key, times] : t.house.host.reads) {
        INFO(key);
        CHECK(times == 1);
    }
}

TEST_CASE("store: a missing record is an error with a name, and nothing is written")
{
    const auto without = [](const std::string& key, const std::string& sender,
                             const std::string& json) {
        Traders t;
        REQUIRE(t.house.host.records.erase(key) == 1);
        return t.house.send(sender, json).error;
    };
    const std::string fill = say::settle_fills(2, {{0, 1, 2, "0.1", "2000"}});
    CHECK(without(contract::config_key(), "venue", fill) == Error::not_instantiated);
    CHECK(without(contract::counters_key(), "venue", fill) == Error::corrupt_record);
    CHECK(without(contract::prices_key(), "venue", fill) == Error::corrupt_record);
    CHECK(without(contract::market_key(MarketId{0}), "venue", fill) == Error::corrupt_record);
    CHECK(without(contract::account_key(AccountId{1}), "venue", fill) == Error::corrupt_record);
    CHECK(without(contract::account_key(AccountId{2}), "venue", fill) == Error::corrupt_record);
    CHECK(
        without(contract::house_key(), "alice", say::withdraw(1, 0, "1")) == Error::corrupt_record);
}

TEST_CASE("store: a broken record is an error in every message and query that needs it")
{
    Traders t;
    const MemoryHost::Records good = t.house.host.records;
    const std::vector<std::pair<std::string, std::string>> messages{
        {"venue", say::settle_fills(2, {{0, 1, 2, "0.1", "2000"}})},
        {"alice", say::withdraw(1, 0, "1")}, {"anyone", say::touch(1)}, {"anyone", say::accrue(0)},
        {"anyone", say::flag(1)}, {"anyone", say::resolve(1)},
        {"bob", say::liquidate(1, 0, 2, "1")}, {"gov", say::set_market({})},
        {"guardian", say::set_pause(1)}, {"alice", say::buy_inventory(1, 1, "1")},
        {"bob", say::liquidate_collateral(1, 1, 2, "1")}};
    const std::vector<std::string> queries{R"({"config":{}})", R"({"state":{}})",
        R"({"markets":{}})", R"({"insurance":{}})", say::ask("account", "account", 1),
        say::ask("health", "account", 1), say::preview(1, 0, "1"),
        R"({"liquidatable":{"cursor":0,"limit":10}})", R"({"roles":{"address":"venue"}})"};
    for (const auto& [key, bytes] : good) {
        for (const bool schema : {false, true}) {
            const std::string broken =
                schema ? '\x7f' + bytes.substr(1) : bytes.substr(0, bytes.size() - 1);
            const Error expected = schema ? Error::unsupported_schema : Error::corrupt_record;
            int refused = 0;
            for (const auto& [sender, json] : messages) {
                MemoryHost host;
                host.records = good;
                host.records[key] = broken;
                contract::Env env;
                env.time_s = t.house.now;
                env.sender = sender;
                const contract::Outcome outcome = contract::execute(host, env, json);
                if (host.records[key] != broken)
                    FAIL("a broken record was overwritten by " << json);
                if (outcome.error == expected)
                    ++refused;
                else
                    CHECK(outcome.error !=
                          (schema ? Error::corrupt_record : Error::unsupported_schema));
                if (outcome.error != Error::ok)
                    CHECK(host.changes == 0);
                for (const std::string& query : queries)
                    static_cast<void>(contract::query(host, env, query));
            }
            INFO(key);
            CHECK((refused > 0 || key == contract::market_key(MarketId{1}) ||
                   key == contract::role_key("publisher")));
        }
    }
}
