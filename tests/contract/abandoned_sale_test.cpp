// plimsoll: tests/contract/abandoned_sale_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A sale that does not do what it must is undone, and the house's next stage may run.
#include "contract/abandoned_sale.hpp"

#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#ifdef PLIMSOLL_MUTATIONS
#include "tests/mutations/mutant.hpp"
#endif

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Alice is long one ether at 2000 with 250 of cash, and ether is at 1830.
struct Sick
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 250);
    std::uint64_t bob = house.trader("bob", 100'000);
    std::uint64_t keeper = house.trader("keeper", 100'000);

    Sick()
    {
        REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
        house.price(0, "1830");
    }
};

}  // namespace

TEST_CASE("abandoned sale: the curve is over and the house may close the account at once")
{
    Sick s;
    CHECK(s.house.send("anyone", say::resolve(s.alice)).error == Error::auction_running);
    const contract::Env env{s.house.now, 1, "keeper", "clearinghouse", {}};
    contract::Address sender;
    REQUIRE(sender.try_assign("keeper"));
    contract::Outcome outcome;
    REQUIRE(contract::abandon_sale(s.house.host, env, sender,
                AccountId{static_cast<std::uint32_t>(s.alice)}, outcome) == Error::ok);
    REQUIRE(outcome.events.size() == 2);
    CHECK(outcome.events[0].type == "account_flagged");
    CHECK(outcome.events[1].type == "sale_abandoned");
    CHECK(contract::execute(s.house.host, env, say::resolve(s.alice)).error == Error::ok);
}

TEST_CASE("abandoned sale: none is where the last lots free most")
{
    // F-7 at its cap of 1, and below it as steep as can be: a short of 700 ether at 2420.
    say::Underlying underlying;
    underlying.initial_fraction = underlying.maintenance_fraction = "0.5";
    underlying.scaling = true;
    std::string steep = say::set_underlying(underlying);
    const auto replace = [&steep](const std::string& from, const std::string& to) {
        REQUIRE(steep.find(from) != std::string::npos);
        steep.replace(steep.find(from), from.size(), to);
    };
    replace(R"("size_sqrt_coefficient":"0.1")", R"("size_sqrt_coefficient":"0.5")");
    replace(R"("size_linear_coefficient":"0.02")", R"("size_linear_coefficient":"0.5")");
    for (std::uint64_t cash = 1'400'100; cash < 1'500'000; cash += 8'655) {
        Clearinghouse house;
        REQUIRE(house.send("gov", steep).ok());
        say::Market market;
        market.lot = "1";
        REQUIRE(house.send("gov", say::set_market(market)).ok());
        const auto maker = house.trader("maker", 1'000'000'000);
        const auto keeper = house.trader("keeper", 1'000'000'000);
        const auto alice = house.trader("alice", cash);
        REQUIRE(house.fill(0, maker, alice, "700", "2000").ok());
        house.price(0, "2420");
        const Reply sold = house.send("keeper", say::liquidate(alice, 0, keeper, "100000"));
        CHECK(sold.ok());
        CHECK(sold.events_of("sale_abandoned") == 0);
        CHECK(sold.event("position_liquidated", "whole") == "false");
        CHECK(sold.events_of("account_cured") == 1);
    }
}

#ifdef PLIMSOLL_MUTATIONS

TEST_CASE("abandoned sale: one that lowers health is undone, alone and in a batch")
{
    switch_off_also("l12-payment");
    Sick s;
    s.house.abandons = true;
    const std::string paid = s.house.cash(s.keeper);
    const std::string bid = say::liquidate(s.alice, 0, s.keeper, "1");
    const Reply alone = s.house.send("keeper", bid);
    CHECK(alone.ok());
    CHECK(alone.event("sale_abandoned", "account") == std::to_string(s.alice));
    CHECK(alone.transfers.empty());
    CHECK(s.house.cash(s.alice) == "250");
    CHECK(s.house.cash(s.keeper) == paid);
    CHECK(s.house.account(s.keeper).account.positions.empty());
    const Reply batch = s.house.send("keeper", say::batch({bid}));
    switch_off_also(nullptr);
    CHECK(batch.ok());
    CHECK(batch.event("batch_item", "status") == "sale_abandoned");
    CHECK(batch.event("sale_abandoned", "account") == std::to_string(s.alice));
    CHECK(s.house.account(s.alice).account.positions.size() == 1);
    CHECK(s.house.send("anyone", say::resolve(s.alice)).ok());
}

#endif
