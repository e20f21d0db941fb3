// plimsoll: tests/contract/batch_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Several calls of a keeper in one message.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// alice can be liquidated, bob cannot.
struct Falling
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 250);
    std::uint64_t bob = house.trader("bob", 1'000);
    std::uint64_t keeper = house.trader("keeper", 10'000);

    Falling()
    {
        house.fund_insurance(1'000);
        REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
        house.price(0, "1830");
    }
};

/// The statuses of a batch's calls.
std::vector<std::string> statuses(const Reply& reply)
{
    std::vector<std::string> all;
    for (const contract::Event& event : reply.events)
        if (event.type == "batch_item") {
            CHECK(event.attributes.at(1).value == std::to_string(all.size()));
            all.push_back(event.attributes.at(2).value);
        }
    return all;
}

}  // namespace

TEST_CASE("batch: every call runs by itself, and one that fails leaves no trace")
{
    Falling together;
    Falling alone;
    const std::vector<std::string> calls{say::flag(together.bob), say::flag(together.alice),
        say::liquidate(together.alice, 0, together.keeper, "0.2"), say::touch(99),
        say::liquidate(together.alice, 0, together.bob, "0.2"), say::accrue(0)};
    const Reply reply = together.house.send("keeper", say::batch(calls));
    INFO(name_of(reply.error) << " " << reply.detail);
    REQUIRE(reply.ok());
    CHECK(statuses(reply) == std::vector<std::string>{"not_liquidatable", "ok", "ok",
                                 "no_such_account", "not_owner", "ok"});
    CHECK(reply.events_of("position_liquidated") == 1);
    CHECK(reply.event("batch_item", "detail") == "account " + std::to_string(together.bob));

    // The same calls one by one, those that fail left out, leave the same records but for the events' count.
    for (const std::size_t i : {1U, 2U, 5U})
        REQUIRE(alone.house.send("keeper", calls[i]).ok());
    MemoryHost::Records left = together.house.host.records;
    MemoryHost::Records right = alone.house.host.records;
    left.erase(contract::counters_key());
    right.erase(contract::counters_key());
    CHECK(left == right);
}

TEST_CASE("batch: a call sees what those before it have written")
{
    Falling f;
    say::Guards guards;
    guards.nonce = f.house.account(f.alice).account.nonce;
    const std::string sale = say::liquidate(f.alice, 0, f.keeper, "0.2", guards);
    const Reply reply = f.house.send("keeper", say::batch({sale, sale}));
    REQUIRE(reply.ok());
    CHECK(statuses(reply) == std::vector<std::string>{"ok", "nonce_moved"});
}

TEST_CASE("batch: nothing is done when a call cannot be read, and only keepers' calls can")
{
    Falling f;
    const auto refused = [&](const std::string& json) {
        const Reply reply = f.house.send("keeper", json);
        return std::string(name_of(reply.error)) + " " + reply.detail;
    };
    CHECK(refused(say::batch({say::flag(f.alice), say::withdraw(f.keeper, 0, "1")})) ==
          "unknown_message batch.calls[1]: withdraw");
    CHECK(refused(say::batch({say::batch({say::flag(f.alice)})})) ==
          "unknown_message batch.calls[0]: batch");
    CHECK(refused(say::batch({say::set_pause(1)})) == "unknown_message batch.calls[0]: set_pause");
    CHECK(refused(say::batch({R"({"flag":{"account":"1"}})"})) ==
          "wrong_type batch.calls[0]: flag.account");
    CHECK(refused(say::batch({})) == "nothing_to_do calls");
    CHECK(refused(say::batch(std::vector<std::string>(17, say::accrue(0)))) ==
          "too_many_items batch.calls");
    CHECK(refused(R"({"batch":{"calls":[{"flag":{"account":1})" + std::string(1'024, ' ') +
                  "}]}}") == "out_of_range batch.calls[0]");
    CHECK(f.house.send("keeper", say::batch({say::accrue(0)}), {{"uusdc", 1}}).error ==
          Error::funds_not_accepted);
    MemoryHost empty;
    contract::Env env;
    env.time_s = START;
    env.sender = "keeper";
    CHECK(contract::execute(empty, env, say::batch({say::accrue(0)})).error ==
          Error::not_instantiated);
    CHECK(empty.records.empty());
}

TEST_CASE("batch: with every call failing, only the announcements remain")
{
    Falling f;
    MemoryHost::Records before = f.house.host.records;
    const Reply reply =
        f.house.send("keeper", say::batch(std::vector<std::string>(16, say::flag(f.bob))));
    REQUIRE(reply.ok());
    CHECK(statuses(reply).size() == 16);
    MemoryHost::Records after = f.house.host.records;
    before.erase(contract::counters_key());
    after.erase(contract::counters_key());
    CHECK(before == after);
}
