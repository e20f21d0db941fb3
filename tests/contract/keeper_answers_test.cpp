// plimsoll: tests/contract/keeper_answers_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What keepers are told is what happens to them: previews and calls agree on what is sold
// and on what stands in the way, and stages and shares are those of the next call.
#include "tests/support/dated_house.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

std::string said(const Reply& reply)
{
    return std::string(name_of(reply.error)) + " " + reply.detail;
}

std::string any_preview(std::uint64_t account)
{
    return R"({"preview_liquidation":{"account":)" + std::to_string(account) +
           R"(,"base_max":"100"}})";
}

/// Ann is long four ether and has sold a call, which the resolution of its buyer then closes.
struct Deleveraged : DatedHouse
{
    Number maker = trader("maker", 1'000'000);
    Number keeper = trader("keeper", 1'000'000);
    Number ann = trader("ann", 1'200);

    Deleveraged()
    {
        const Number ben = trader("ben", 1'100);
        surfaces();
        refresh();
        REQUIRE(fill(0, ann, maker, "4", "2000").ok());
        REQUIRE(fill(CALL, ben, ann, "0.1", mark(CALL)).ok());
        REQUIRE(fill(0, ben, maker, "5", "2000").ok());
        price(0, "1760");
        refresh();
        surfaces("1760");
        REQUIRE(health(ann)[0] == '-');
        CHECK(said(ask(any_preview(ann))) == "sold_by_slice account " + std::to_string(ann));
        CHECK(send("keeper", say::liquidate(ann, 0, keeper, "100")).error == Error::sold_by_slice);
        const Reply resolved = send("anyone", say::resolve(ben));
        REQUIRE(resolved.ok());
        REQUIRE(resolved.events_of("deleveraged") > 0);
        // Nobody has touched her, so the call stands in her record still.
        REQUIRE(!account(ann).account.find(MarketId{CALL})->base.is_zero());
    }
};

void same_sale(const Reply& preview, const Reply& done)
{
    INFO(said(preview) << ", " << said(done));
    REQUIRE(preview.ok());
    REQUIRE(done.ok());
    for (const std::string field : {"market", "side", "base", "whole", "mark", "freed", "reward",
             "reward_from_insurance", "fee", "health_before", "health_after"}) {
        INFO(field);
        CHECK(preview.at("/" + field) == done.event("position_liquidated", field));
    }
}

}  // namespace

TEST_CASE("keeper answers: an option that deleveraging has closed is no reason to sell by slices")
{
    Deleveraged house;
    const Reply any = house.ask(any_preview(house.ann));
    const Reply one = house.ask(say::preview(house.ann, 0, "100"));
    CHECK(any.data == one.data);
    CHECK(house.ask(say::preview(house.ann, DatedHouse::CALL, "100")).error == Error::no_position);
    CHECK(house.send("keeper", say::liquidate(house.ann, DatedHouse::CALL, house.keeper, "100"))
              .error == Error::no_position);
    same_sale(any, house.send("keeper", say::liquidate(house.ann, 0, house.keeper, "100")));
}

TEST_CASE("keeper answers: touched or not, what deleveraging has closed is sold the same way")
{
    Deleveraged house;
    const Reply before = house.ask(any_preview(house.ann));
    REQUIRE(house.send("anyone", say::touch(house.ann)).ok());
    REQUIRE(house.account(house.ann).account.find(MarketId{DatedHouse::CALL}) == nullptr);
    CHECK(house.ask(any_preview(house.ann)).data == before.data);
}

TEST_CASE(
    "keeper answers: a call that is refused says what its preview says, and the market to take")
{
    Clearinghouse house;
    say::Underlying btc;
    btc.underlying = 1;
    btc.symbol = "BTC";
    btc.initial_fraction = "0.2";
    btc.maintenance_fraction = "0.1";
    REQUIRE(house.send("gov", say::set_underlying(btc)).ok());
    const auto ann = house.trader("ann", 6'000);
    const auto maker = house.trader("maker", 1'000'000);
    const auto keeper = house.trader("keeper", 1'000'000);
    const auto call = [&](std::uint64_t market, const std::string& most = "100") {
        return said(house.send("keeper", say::liquidate(ann, market, keeper, most)));
    };
    const auto preview = [&](std::uint64_t market, const std::string& most = "100") {
        return said(house.ask(say::preview(ann, market, most)));
    };
    REQUIRE(house.fill(0, ann, maker, "10", "2000").ok());
    CHECK(call(1) == preview(1));  // healthy, and without that position
    CHECK(call(1) == "not_liquidatable account " + std::to_string(ann));
    REQUIRE(house.fill(1, ann, maker, "0.4", "50000").ok());
    house.price(0, "1600");
    house.refresh();
    REQUIRE(house.health(ann)[0] == '-');

    CHECK(call(0) == "not_first_unit market 1");
    CHECK(preview(0) == call(0));
    CHECK(house.ask(any_preview(ann)).at("/market") == "1");
    CHECK(call(1, "0.00001") == "nothing_to_do account " + std::to_string(ann));
    CHECK(preview(1, "0.00001") == call(1, "0.00001"));
    const auto lone = house.trader("lone", 250);
    REQUIRE(house.fill(0, lone, maker, "0.5", "1600").ok());
    house.price(0, "1150");
    const auto other = house.ask(say::preview(lone, 1, "1"));
    CHECK(said(other) == "no_position market 1");
    CHECK(said(house.send("keeper", say::liquidate(lone, 1, keeper, "1"))) == said(other));
    house.wait(301);
    CHECK(call(1) == "stale_price underlying 1");
    CHECK(preview(1) == call(1));
}

TEST_CASE("keeper answers: a flagged owner who cures itself by buying keeps the time it has had")
{
    Clearinghouse house;
    const auto maker = house.trader("maker", 1'000'000);
    const auto xavier = house.trader("xavier", 2'100);
    const auto yvonne = house.trader("yvonne", 4'400);
    REQUIRE(house.fill(0, xavier, maker, "10", "2000").ok());
    REQUIRE(house.fill(0, maker, yvonne, "6", "2000").ok());
    REQUIRE(house.fill(1, maker, yvonne, "0.45", "50000").ok());
    house.price(0, "1870");
    house.price(1, "60000");
    REQUIRE(house.send("anyone", say::flag(xavier)).ok());
    const std::uint64_t begun = house.account(xavier).account.flag.since.raw();
    for (int i = 0; i < 10; ++i) {
        house.wait(50);
        house.refresh();
    }
    // What he takes over closes his own position.
    const Reply bought = house.send("xavier", say::liquidate(yvonne, 0, xavier, "100"));
    INFO(said(bought));
    REQUIRE(bought.ok());
    CHECK(bought.detail.empty());
    REQUIRE(bought.events_of("account_cured") == 1);
    const Flag flag = house.account(xavier).account.flag;
    CHECK_FALSE(flag.raised);
    CHECK(flag.elapsed.raw() == house.now - begun);
}

TEST_CASE("keeper answers: a flagged owner who hedges with inventory keeps the time it has had")
{
    Clearinghouse house;
    house.allow_portfolio(0);
    say::Asset ether;
    ether.risk_cancelling = true;
    ether.initial_haircut = ether.maintenance_haircut;
    REQUIRE(house.send("gov", say::set_asset(ether)).ok());
    REQUIRE(house.send("gov", say::set_cash({})).ok());
    house.trader("supplier", 1'000'000);
    const auto maker = house.trader("maker", 1'000'000);
    const auto alice = house.trader("alice", 0);
    const auto sam = house.trader("sam", 26'000);
    REQUIRE(house.send("sam", say::set_mode(sam, "portfolio")).ok());
    REQUIRE(house.fill(0, maker, sam, "10", "2000").ok());
    house.deposit(alice, "aeth", num::i128{10} * num::WAD);
    REQUIRE(house.send("alice", say::withdraw(alice, 0, "15800000000")).ok());
    house.price(0, "1570");
    REQUIRE(house.send("anyone", say::flag(alice)).ok());
    house.wait(FAST + SLOW);
    house.refresh();
    REQUIRE(house.send("anyone", say::resolve(alice)).ok());
    for (const int ether_price : {1'570, 2'000, 2'500, 3'000, 3'500, 3'900})
        house.price(0, std::to_string(ether_price));
    REQUIRE(house.health(sam)[0] == '-');
    REQUIRE(house.send("anyone", say::flag(sam)).ok());
    const std::uint64_t begun = house.account(sam).account.flag.since.raw();
    for (int i = 0; i < 10; ++i) {
        house.wait(50);
        house.refresh();
    }
    const Reply bought = house.send("sam", say::buy_inventory(1, sam, "6000000000000000000"));
    INFO(said(bought));
    REQUIRE(bought.ok());
    CHECK(bought.detail.empty());
    REQUIRE(bought.events_of("account_cured") == 1);
    CHECK(house.account(sam).account.flag.elapsed.raw() == house.now - begun);
}

TEST_CASE("keeper answers: the share of an account that resumes its curve is that of the next sale")
{
    Clearinghouse house;
    const auto maker = house.trader("maker", 1'000'000);
    const auto ann = house.trader("ann", 500);
    REQUIRE(house.fill(0, ann, maker, "2", "2000").ok());
    const auto health = [&](const char* field) {
        return house.ask(say::ask("health", "account", ann)).at(field);
    };
    house.price(0, "1790");
    REQUIRE(house.send("anyone", say::flag(ann)).ok());
    for (int i = 0; i < 6; ++i) {
        house.wait(50);
        house.refresh();
    }
    house.deposit(ann, "uusdc", 150'000'000);
    CHECK(health("/share") == "0");
    house.price(0, "1700");
    CHECK(health("/stage") == "unflagged");
    const std::string share = house.ask(any_preview(ann)).at("/share");
    CHECK(share != "0");
    CHECK(health("/share") == share);
    // One that has lapsed begins anew, and nobody need ask when it was seen.
    REQUIRE(house.send("anyone", say::flag(ann)).ok());
    CHECK(health("/stage") == "auction");
    house.wait(7 * DAY);
    house.refresh();
    CHECK(health("/stage") == "unflagged");
    CHECK(health("/share") == "0");
    CHECK(house.ask(R"({"liquidatable":{"cursor":0,"limit":10}})").at("/accounts/0/stage") ==
          "unflagged");
    CHECK(house.ask(any_preview(ann)).at("/share") == "0");
}
