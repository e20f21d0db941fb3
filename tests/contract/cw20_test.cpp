// plimsoll: tests/contract/cw20_test.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Tokens of a CW20 contract: who may announce them, what they may be sent for, and how
// they leave.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr const char* TOKEN = "wethtoken";
constexpr const char* DENOM = "cw20:wethtoken";
constexpr num::i128 ONE = num::WAD;

/// The house, with a token of its own contract as asset 3, worth an ether.
struct TokenHouse
{
    Clearinghouse house;
    std::uint64_t alice = 0;

    TokenHouse()
    {
        REQUIRE(house.send("gov", say::set_asset(weth())).ok());
        alice = house.trader("alice", 1'000);
    }
    static say::Asset weth()
    {
        say::Asset asset;
        asset.asset = 3;
        asset.denom = DENOM;
        asset.symbol = "WETH";
        return asset;
    }
    Reply send(const char* owner, num::i128 amount, const std::string& wanted)
    {
        return house.send_cw20(TOKEN, owner, amount, wanted);
    }
};

/// What comes of a house with that quote.
Error set_up(MemoryHost& host, const std::string& denom)
{
    contract::Env env;
    env.time_s = START;
    env.sender = "deployer";
    return contract::instantiate(host, env, say::instantiate("gov", {}, denom)).error;
}

contract::Outcome say_to(MemoryHost& host, const char* sender, const std::string& message)
{
    contract::Env env;
    env.time_s = START;
    env.height = 1;
    env.sender = sender;
    return contract::execute(host, env, message);
}

}  // namespace

TEST_CASE(
    "cw20: sent tokens become collateral of the sender's account, and leave as a transfer of the "
    "token")
{
    TokenHouse world;
    const Reply in = world.send("alice", 3 * ONE, say::deposit(world.alice));
    INFO(name_of(in.error) << " " << in.detail);
    REQUIRE(in.ok());
    CHECK(in.event("deposited", "account") == std::to_string(world.alice));
    CHECK(in.event("deposited", "asset") == "3");
    CHECK(in.event("deposited", "amount") == "3000000000000000000");
    CHECK(in.transfers.empty());
    const Reply out =
        world.house.send("alice", say::withdraw(world.alice, 3, "1000000000000000000"));
    INFO(name_of(out.error) << " " << out.detail);
    REQUIRE(out.ok());
    REQUIRE(out.transfers.size() == 1);
    CHECK(out.transfers[0].to == "alice");
    CHECK(out.transfers[0].denom == DENOM);
    CHECK((out.transfers[0].amount == ONE));
    CHECK((world.house.house().held[3].raw() == 2 * ONE));
}

TEST_CASE("cw20: only the contract of a listed token says that its tokens have come")
{
    TokenHouse world;
    const std::string deposit = say::receive("alice", "1000000", say::deposit(world.alice));
    for (const char* who : {"alice", "gov", "othertoken", "uusdc", "wethtoken1", "wethtoke"}) {
        const Reply reply = world.house.send(who, deposit);
        INFO(who);
        CHECK(reply.error == Error::unauthorized);
        CHECK(reply.detail == who);
    }
}

TEST_CASE("cw20: the sender of the tokens owns the account that they go to")
{
    TokenHouse world;
    const auto bob = world.house.trader("bob", 1'000);
    CHECK(world.send("alice", ONE, say::deposit(bob)).error == Error::not_owner);
    CHECK(world.send(TOKEN, ONE, say::deposit(world.alice)).error == Error::not_owner);
    CHECK(world.send("alice", ONE, say::deposit(99)).error == Error::no_such_account);
    CHECK(world.send("bob", ONE, say::deposit(bob)).ok());
}

TEST_CASE("cw20: a native coin whose denom reads like a token's is taken for nothing")
{
    TokenHouse world;
    const Coins faked = {{DENOM, ONE}};
    for (const std::string& message : {say::deposit(world.alice), say::fund_insurance(),
             say::stake(), say::withdraw(world.alice, 0, "1"),
             say::receive("alice", "1", say::deposit(world.alice))}) {
        INFO(message);
        const Reply reply = world.house.send("alice", message, faked);
        CHECK(reply.error == Error::unknown_denom);
        CHECK(reply.detail == DENOM);
    }
    CHECK(world.house.send(TOKEN, say::receive("alice", "1", say::deposit(world.alice)), faked)
              .error == Error::unknown_denom);
    CHECK((world.house.house().held[3].raw() == 0));
}

TEST_CASE("cw20: no native coins come with a token's message")
{
    TokenHouse world;
    CHECK(world.house
              .send(TOKEN, say::receive("alice", "1", say::deposit(world.alice)), {{"uusdc", 1}})
              .error == Error::funds_not_accepted);
}

TEST_CASE("cw20: a deposit of tokens obeys the asset's cap, price and amount as a coin's does")
{
    TokenHouse world;
    say::Asset capped = TokenHouse::weth();
    capped.deposit_cap = "2000000000000000000";
    REQUIRE(world.house.send("gov", say::set_asset(capped)).ok());
    CHECK(world.send("alice", 2 * ONE + 1, say::deposit(world.alice)).error == Error::deposit_cap);
    CHECK(world.send("alice", 2 * ONE, say::deposit(world.alice)).ok());
    CHECK(world.send("alice", 0, say::deposit(world.alice)).error == Error::zero_amount);
    world.house.wait(DAY);
    CHECK(world.send("alice", 1, say::deposit(world.alice)).error == Error::stale_price);
}

TEST_CASE("cw20: collateral does not fund or back the insurance, which is quote")
{
    TokenHouse world;
    say::Cash cash;
    cash.unbonding = 7 * DAY;
    REQUIRE(world.house.send("gov", say::set_cash(cash)).ok());
    for (const std::string& wanted : {say::fund_insurance(), say::stake()}) {
        const Reply reply = world.send("alice", ONE, wanted);
        CHECK(reply.error == Error::unknown_denom);
        CHECK(reply.detail == DENOM);
    }
}

TEST_CASE("cw20: what does not read as one of the three messages is refused by name")
{
    TokenHouse world;
    const auto raw = [&](const std::string& msg) {
        return world.house.send(
            TOKEN, R"({"receive":{"sender":"alice","amount":"1","msg":")" + msg + R"("}})");
    };
    CHECK(raw("").error == Error::out_of_range);
    for (const char* msg : {"e30", "e3=0", "!!!!"})
        CHECK(raw(msg).error == Error::malformed_json);
    CHECK(raw("e3=0").detail == "receive.msg");
    CHECK(world.send("alice", 1, "{}").error == Error::unknown_message);
    const Reply other = world.send("alice", 1, say::withdraw(world.alice, 0, "1"));
    CHECK(other.error == Error::unknown_message);
    CHECK(other.detail.rfind("receive.msg: ", 0) == 0);
    CHECK(world.send("alice", 1, R"({"deposit":{"account":1,"to":2}})").error ==
          Error::unknown_field);
    const Reply longer = raw(std::string(256, 'A'));
    CHECK(longer.error == Error::out_of_range);
    CHECK(longer.detail == "receive.msg");
    CHECK(raw(std::string(252, 'A')).error == Error::malformed_json);
}

TEST_CASE("cw20: a listed token's denom holds an address of the chain, and stays")
{
    TokenHouse world;
    say::Asset bad = TokenHouse::weth();
    bad.asset = 4;
    for (const char* denom : {"cw20:", "cw20:ab", "cw20:WETH", "cw20:cw20:weth"}) {
        bad.denom = denom;
        const Reply reply = world.house.send("gov", say::set_asset(bad));
        INFO(denom);
        CHECK(reply.error == Error::bad_address);
        CHECK(reply.detail == "denom");
    }
    bad.denom = DENOM;
    CHECK(world.house.send("gov", say::set_asset(bad)).error == Error::parameters_disagree);
    say::Asset moved = TokenHouse::weth();
    moved.denom = "cw20:newweth";
    CHECK(world.house.send("gov", say::set_asset(moved)).error == Error::fixed_field);
}

TEST_CASE("cw20: a raised flag falls when sent tokens make the account healthy, as with coins")
{
    TokenHouse world;
    const auto maker = world.house.trader("maker", 100'000);
    REQUIRE(world.house.fill(0, world.alice, maker, "4", "2000").ok());
    world.house.price(0, "1800");
    REQUIRE(world.house.send("anyone", say::flag(world.alice)).ok());
    const Reply in = world.send("alice", ONE, say::deposit(world.alice));
    INFO(name_of(in.error) << " " << in.detail);
    REQUIRE(in.ok());
    CHECK(in.event("account_cured") != nullptr);
}

TEST_CASE(
    "cw20: a quote that a contract keeps is deposited, funds the insurance, is staked and paid out")
{
    MemoryHost host;
    CHECK(set_up(host, "cw20:") == Error::bad_address);
    CHECK(set_up(host, "cw20:US DC") == Error::bad_address);
    REQUIRE(set_up(host, "cw20:usdctoken") == Error::ok);
    say::Cash cash;
    cash.unbonding = 7 * DAY;
    CHECK(say_to(host, "gov", say::set_cash(cash)).error == Error::ok);
    CHECK(say_to(host, "alice", say::open_account()).error == Error::ok);
    for (const std::string& wanted : {say::deposit(1), say::fund_insurance(), say::stake()}) {
        const contract::Outcome outcome =
            say_to(host, "usdctoken", say::receive("alice", "5000000", wanted));
        INFO(wanted << " " << name_of(outcome.error) << " " << outcome.detail);
        CHECK(outcome.error == Error::ok);
    }
    const contract::Outcome paid = say_to(host, "alice", say::withdraw(1, 0, "5000000"));
    REQUIRE(paid.transfers.size() == 1);
    CHECK(paid.transfers[0].denom == "cw20:usdctoken");
}
