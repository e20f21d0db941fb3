// plimsoll: tests/contract/halted_chain_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A chain that stands still: its users have time to act before they are sold.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t GRACE = 600;

say::Params with_grace()
{
    say::Params params;
    params.longest_block = 5;
    params.gap_min = 60;
    params.grace_max = GRACE;
    return params;
}

/// Alice is long of an ether on 250, and unhealthy below 1840.
struct Chain : Clearinghouse
{
    Number alice = trader("alice", 250);
    Number bob = trader("bob", 10'000);
    Number keeper = trader("keeper", 10'000);

    explicit Chain(const say::Params& params = with_grace())
    {
        REQUIRE(send("gov", say::set_params(params)).ok());
        REQUIRE(fill(0, alice, bob, "1", "2000").ok());
        price(0, "2000");
    }
    Error liquidate() { return send("keeper", say::liquidate(alice, 0, keeper, "0.001")).error; }
    /// The chain moves again, and the first to come says that ether has fallen.
    void halt_and_fall(Number length = 7'200)
    {
        halt(length);
        price(0, "1830");
    }
};

}  // namespace

TEST_CASE("halted chain: accounts that are not insolvent have time, and then they are sold")
{
    Chain house;
    house.halt_and_fall();
    const std::uint64_t restart = house.now;
    CHECK(house.ask(R"({"prices":{}})").at("/grace_until") == std::to_string(restart + GRACE));
    CHECK(house.liquidate() == Error::in_grace);
    CHECK(house.send("keeper", say::liquidate_slice(house.alice, house.keeper, "1")).error ==
          Error::in_grace);
    CHECK(house.ask(say::preview(house.alice, 0, "1")).error == Error::in_grace);
    CHECK(house.ask(say::preview_slice(house.alice, "1")).error == Error::in_grace);
    house.wait(GRACE - 1);
    house.price(0, "1830");
    house.now = restart + GRACE - 1;
    CHECK(house.liquidate() == Error::in_grace);
    house.now = restart + GRACE;
    CHECK(house.liquidate() == Error::ok);
    CHECK(house.ask(R"({"prices":{}})").at("/grace_until") == "absent");
}

TEST_CASE("halted chain: a batch knows of the halt as any call does, though nobody has noted it")
{
    Chain house;
    house.price(0, "1830");
    house.halt(200);
    REQUIRE(house.liquidate() == Error::in_grace);
    const Reply reply =
        house.send("keeper", say::batch({say::liquidate(house.alice, 0, house.keeper, "0.001")}));
    REQUIRE(reply.ok());
    CHECK(reply.event("batch_item", "status") == "in_grace");
}

TEST_CASE("halted chain: what helps an account is never in grace")
{
    Chain house;
    house.halt_and_fall();
    REQUIRE(house.liquidate() == Error::in_grace);
    CHECK(house.fill(0, house.bob, house.alice, "0.5", "1830").ok());
    CHECK(house.send("alice", say::deposit(house.alice), {{"uusdc", 100'000'000}}).ok());
    CHECK(house.liquidate() == Error::not_liquidatable);
    CHECK(house.send("bob", say::withdraw(house.bob, 0, "1")).ok());
    CHECK(house.send("anyone", say::fund_insurance(), {{"uusdc", 1}}).ok());
}

TEST_CASE("halted chain: an insolvent account is sold and resolved at once")
{
    Chain house;
    house.halt(7'200);
    house.price(0, "1700");
    CHECK(house.ask(R"({"prices":{}})").at("/grace_until") != "absent");
    CHECK(house.liquidate() == Error::ok);
    CHECK(house.send("anyone", say::resolve(house.alice)).ok());
}

TEST_CASE("halted chain: collateral and what is left after the curve wait likewise")
{
    Chain house;
    const auto carol = house.trader("carol", 0);
    house.deposit(carol, "aeth", 1'000'000'000'000'000'000);
    house.price(1, "50000");
    REQUIRE(house.fill(1, carol, house.bob, "0.02", "50000").ok());
    house.price(1, "30000");
    REQUIRE(house.fill(1, house.keeper, carol, "0.02", "30000").ok());
    house.price(0, "440");
    REQUIRE(house.send("anyone", say::flag(carol)).ok());
    house.wait(FAST + SLOW);
    house.price(0, "440");
    house.halt(7'200);
    house.price(0, "440");
    const auto sell = [&] {
        return house
            .send("keeper", say::liquidate_collateral(carol, 1, house.keeper, "1000000000000000"))
            .error;
    };
    CHECK(sell() == Error::in_grace);
    CHECK(house.send("anyone", say::resolve(carol)).error == Error::in_grace);
    house.wait(GRACE);
    house.price(0, "440");
    house.price(1, "30000");
    CHECK(sell() == Error::ok);
    CHECK(house.send("anyone", say::resolve(carol)).ok());
}

TEST_CASE("halted chain: it makes no difference whether the halt has been noted")
{
    // A price of just before the halt is fit for a sale five minutes later.
    Chain house;
    house.price(0, "1830");
    house.halt(200);
    const std::uint64_t restart = house.now;
    CHECK(house.liquidate() == Error::in_grace);
    CHECK(house.ask(R"({"prices":{}})").at("/grace_until") == std::to_string(restart + 195));
    // Noted by somebody, it is the same.
    REQUIRE(house.send("anyone", say::observe()).ok());
    CHECK(house.liquidate() == Error::in_grace);
    CHECK(house.ask(R"({"prices":{}})").at("/grace_until") == std::to_string(restart + 195));
}

TEST_CASE("halted chain: anybody can note it, and it is noted once")
{
    Chain house;
    house.halt(7'200);
    const std::uint64_t restart = house.now;
    REQUIRE(house.send("anyone", say::observe()).ok());
    CHECK(house.send("anyone", say::observe()).error == Error::nothing_to_do);
    for (int i = 0; i < 100; ++i) {
        house.wait(7);
        REQUIRE(house.send("anyone", say::observe()).ok());
    }
    house.now = restart + GRACE - 1;
    CHECK(house.ask(R"({"prices":{}})").at("/grace_until") == std::to_string(restart + GRACE));
}

TEST_CASE(
    "halted chain: a halt that nobody notes holds up sales for grace_max of full blocks, and no "
    "longer")
{
    Chain house;
    house.price(0, "1830");
    house.halt(200);
    Clearinghouse::Number refused = 0;
    for (int second = 0; second < 90; ++second) {
        refused += house.liquidate() == Error::in_grace ? 1U : 0U;
        house.wait(1);
    }
    // The gap shrinks by four seconds a block; at most a minute of it is none.
    CHECK(refused > 0);
    CHECK(refused < 40);
    CHECK(house.liquidate() == Error::ok);
}

TEST_CASE("halted chain: there is one grace a day")
{
    Chain house;
    house.halt_and_fall();
    REQUIRE(house.liquidate() == Error::in_grace);
    house.wait(GRACE);
    house.price(0, "1830");
    REQUIRE(house.liquidate() == Error::ok);
    house.halt(7'200);
    house.price(0, "1820");
    CHECK(house.liquidate() == Error::ok);
}

TEST_CASE(
    "halted chain: the curve of a flagged account stands still with the chain, and in its grace")
{
    Chain house;
    house.price(0, "1830");
    REQUIRE(house.send("anyone", say::flag(house.alice)).ok());
    house.wait(150);
    house.price(0, "1830");
    const auto share = [&] {
        return house.ask(say::ask("health", "account", house.alice)).at("/share");
    };
    REQUIRE(share() == "0.1");
    house.halt(7'200);
    CHECK(share() == "0.1");
    house.price(0, "1830");
    CHECK(share() == "0.1");
    CHECK(house.stage(house.alice) == "auction");
    house.wait(GRACE);
    house.price(0, "1830");
    CHECK(house.liquidate() == Error::ok);
    CHECK(house.stage(house.alice) != "resolve");
    house.wait(75);
    house.price(0, "1830");
    CHECK(ratio(share()) > ratio("0.14"));
    CHECK(ratio(share()) < ratio("0.16"));
}

TEST_CASE("halted chain: without parameters of a grace there is none, and no clock is kept")
{
    Chain house(say::Params{});
    house.halt_and_fall();
    CHECK(house.liquidate() == Error::ok);
    CHECK(house.send("anyone", say::observe()).error == Error::nothing_to_do);
    // Where it is asked for only then, the past halt is none.
    REQUIRE(house.send("gov", say::set_params(with_grace())).ok());
    CHECK(house.liquidate() == Error::ok);
    REQUIRE(house.send("gov", say::set_params({})).ok());
    house.halt(7'200);
    REQUIRE(house.send("gov", say::set_params(with_grace())).ok());
    house.price(0, "1830");
    CHECK(house.liquidate() == Error::ok);
}
