// plimsoll: tests/contract/slice_test.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Keepers take over slices of whole books: what is previewed is done, the guards, the
// buyer's margin, and the house's own stage for such books.
#include "tests/support/dated_house.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t LATER = START + 30 * DAY;

/// Alice, in portfolio mode, has written three calls on one ether of collateral; ether has risen since.
struct Writer
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 200);
    std::uint64_t bob = house.trader("bob", 100'000);
    std::uint64_t keeper = house.trader("keeper", 100'000);

    explicit Writer(const std::string& spot = "2700")
    {
        house.allow_options(0);
        house.allow_portfolio(0);
        say::Asset ether;
        ether.risk_cancelling = true;
        REQUIRE(house.send("gov", say::set_asset(ether)).ok());
        REQUIRE(house.send("gov", say::set_market(say::option(2, LATER, "2000"))).ok());
        REQUIRE(house.surface(0, LATER).ok());
        REQUIRE(house.send("alice", say::set_mode(alice, "portfolio")).ok());
        house.deposit(alice, "aeth", 1'000'000'000'000'000'000);
        REQUIRE(house.fill(2, bob, alice, "3", "100").ok());
        rise(spot);
    }
    void rise(const std::string& spot)
    {
        house.price(0, spot);
        REQUIRE(house.surface(0, LATER, spot).ok());
    }
    Reply preview(const std::string& most = "1")
    {
        return house.ask(say::preview_slice(alice, most));
    }
    Reply liquidate(const std::string& most = "1", const say::SliceGuards& guards = {})
    {
        return house.send("keeper", say::liquidate_slice(alice, keeper, most, guards));
    }
};

/// Ann is long one future of the expiry and short the other, so that only the perpetual requires margin.
struct Hedged : DatedHouse
{
    static constexpr Number TWIN = 6;
    Number ann = 0, keeper = 0;
    Hedged()
    {
        list(say::future(TWIN, EXPIRY));
        const Number maker = trader("maker", 1'000'000);
        ann = trader("ann", 1'000);
        keeper = trader("keeper", 1'000'000);
        surfaces();
        refresh();
        REQUIRE(fills({{FUTURE, ann, maker, "5", "2000"}, {TWIN, maker, ann, "5", "2000"},
                          {0, ann, maker, "4", "2000"}})
                .ok());
        fall();
        REQUIRE(health(ann) == "-8");
    }
    void fall()
    {
        price(0, "1840");
        surfaces("1840");
    }
};

}  // namespace

TEST_CASE("slice: what is previewed is done")
{
    Writer w;
    REQUIRE(w.house.health(w.alice)[0] == '-');
    w.house.wait(90);
    w.rise("2700");
    const Reply preview = w.preview();
    REQUIRE(preview.ok());
    CHECK(preview.at("/whole") == "false");
    CHECK(preview.at("/positions/0/market") == "2");
    CHECK(preview.at("/positions/0/side") == "short");
    CHECK(preview.at("/collateral/0/asset") == "1");
    const Reply done = w.liquidate();
    REQUIRE(done.ok());
    for (const std::string field : {"fraction", "whole", "pays", "freed", "reward",
             "reward_from_insurance", "fee", "health_before", "health_after"}) {
        INFO(field);
        CHECK(preview.at("/" + field) == done.event("slice_liquidated", field));
    }
    for (const std::string field : {"market", "side", "base", "mark"})
        CHECK(preview.at("/positions/0/" + field) == done.event("position_sliced", field));
    for (const std::string field : {"asset", "amount", "price"})
        CHECK(preview.at("/collateral/0/" + field) == done.event("collateral_sliced", field));
    CHECK(w.house.health(w.alice)[0] != '-');
    CHECK(done.event("account_cured") != nullptr);
    // What moved is gone here and is there.
    const Account alice = w.house.account(w.alice).account;
    const Account keeper = w.house.account(w.keeper).account;
    CHECK(alice.positions[0].base + keeper.positions[0].base == -quantity("3"));
    CHECK(keeper.find(AssetId{1})->amount + alice.find(AssetId{1})->amount ==
          tokens("1000000000000000000"));
    CHECK(keeper.positions[0].quote.is_zero());
}

TEST_CASE("slice: such an account is sold by slices and in no other way")
{
    Writer w;
    CHECK(w.house.ask(say::preview(w.alice, 2, "1")).error == Error::sold_by_slice);
    CHECK(w.house.send("keeper", say::liquidate(w.alice, 2, w.keeper, "1")).error ==
          Error::sold_by_slice);
    CHECK(w.house.send("keeper", say::liquidate_collateral(w.alice, 1, w.keeper, "1")).error ==
          Error::sold_by_slice);
    CHECK(w.liquidate().ok());
}

TEST_CASE("slice: the guards, each at its limit and beyond")
{
    Writer w;
    const auto code = [](const say::SliceGuards& guards) {
        Writer other;  // The same story again, to the second.
        return other.liquidate("1", guards).error;
    };
    const std::string pays = w.preview().at("/pays");
    CHECK(code({pays, {}, {}}) == Error::ok);
    CHECK(code({text_of(money(pays) - Money::from_raw(1)), {}, {}}) == Error::price_guard);
    const std::uint64_t nonce = w.house.account(w.alice).account.nonce;
    CHECK(code({{}, nonce, {}}) == Error::ok);
    CHECK(code({{}, nonce + 1, {}}) == Error::nonce_moved);
    CHECK(code({{}, {}, w.house.now}) == Error::ok);
    CHECK(code({{}, {}, w.house.now - 1}) == Error::deadline_passed);
    CHECK(w.liquidate("0.0000009").error == Error::nothing_to_do);
    CHECK(w.liquidate("0.000001").event("slice_liquidated", "fraction") == "0.000001");
}

TEST_CASE("slice: who may buy, and with what")
{
    Writer w;
    CHECK(w.house.send("bob", say::liquidate_slice(w.alice, w.keeper, "1")).error ==
          Error::not_owner);
    const auto own = w.house.trader("alice", 100'000);
    CHECK(w.house.send("alice", say::liquidate_slice(w.alice, own, "1")).error ==
          Error::self_liquidation);
    CHECK(w.house.send("keeper", say::liquidate_slice(99, w.keeper, "1")).error ==
          Error::no_such_account);
    CHECK(w.house.ask(say::preview_slice(99, "1")).error == Error::no_such_account);
    CHECK(w.house.ask(say::preview_slice(w.bob, "1")).error == Error::not_liquidatable);
    CHECK(w.house.send("keeper", say::liquidate_slice(w.bob, w.keeper, "1")).error ==
          Error::not_liquidatable);
    const auto poor = w.house.trader("poor", 1);
    CHECK(w.house.send("guardian", say::set_pause(15)).ok());
    CHECK(w.house.send("poor", say::liquidate_slice(w.alice, poor, "1")).error ==
          Error::insufficient_balance);
    CHECK(w.liquidate().ok());
}

TEST_CASE("slice: standard accounts may be sold so too, and prices must be fit")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 250);
    const auto bob = house.trader("bob", 100'000);
    const auto keeper = house.trader("keeper", 100'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.price(0, "1830");
    house.wait(301);
    CHECK(house.ask(say::preview_slice(alice, "1")).error == Error::stale_price);
    CHECK(
        house.send("keeper", say::liquidate_slice(alice, keeper, "1")).error == Error::stale_price);
    house.price(0, "1830");
    const Reply done = house.send("keeper", say::liquidate_slice(alice, keeper, "1"));
    REQUIRE(done.ok());
    // 80 - 0.05 * 91.5 t >= 1.1 * 91.5 (1 - t) first at t = 0.214936
    CHECK(done.event("slice_liquidated", "fraction") == "0.214937");
    CHECK(done.event("position_sliced", "base") == "0.214937");
    CHECK(done.event("collateral_sliced") == nullptr);
}

TEST_CASE("slice: a surface that has fallen silent holds a sale up, for a bounded time")
{
    Writer w;
    w.house.wait(301);
    w.house.price(0, "2700");
    CHECK(w.liquidate().error == Error::stale_price);
    w.house.wait(3'300);
    w.house.price(0, "2700");
    CHECK(w.liquidate().ok());
}

TEST_CASE("slice: nobody bids, and the house closes such books, solvent or not")
{
    for (const char* spot : {"2700", "3400"}) {
        INFO(spot);
        Writer w(spot);
        w.house.fund_insurance(10'000);
        REQUIRE(w.house.health(w.alice)[0] == '-');
        REQUIRE(w.house.send("anyone", say::flag(w.alice)).ok());
        w.house.wait(FAST + SLOW + 1);
        w.rise(spot);
        const Reply done = w.house.send("anyone", say::resolve(w.alice));
        REQUIRE(done.ok());
        const bool insolvent = done.event("account_resolved", "insolvent") == "true";
        CHECK(insolvent == (std::string(spot) == "3400"));
        CHECK(done.event("deleveraged", "market") == "2");
        CHECK(done.event("collateral_taken_over", "asset") == "1");
        CHECK(w.house.account(w.alice).account.positions.empty() == insolvent);
        CHECK(w.house.health(w.alice)[0] != '-');
    }
}

TEST_CASE("slice: two futures of one expiry are sold by slices and in no other way")
{
    Hedged sold;
    for (const std::uint64_t market : {0U, 2U, 6U}) {
        CHECK(sold.ask(say::preview(sold.ann, market, "100")).error == Error::sold_by_slice);
        CHECK(sold.send("keeper", say::liquidate(sold.ann, market, sold.keeper, "100")).error ==
              Error::sold_by_slice);
    }
    const Reply preview = sold.ask(say::preview_slice(sold.ann, "1"));
    REQUIRE(preview.ok());
    const Reply done = sold.send("keeper", say::liquidate_slice(sold.ann, sold.keeper, "1"));
    REQUIRE(done.ok());
    CHECK(done.events_of("position_sliced") == 3);
    CHECK(done.event("slice_liquidated", "whole") == "false");
    CHECK(done.event("slice_liquidated", "health_after") == preview.at("/health_after"));
    CHECK(sold.health(sold.ann) == preview.at("/health_after"));
    CHECK(done.events_of("account_cured") == 1);
    CHECK(sold.account(sold.ann).account.positions.size() == 3);

    Hedged left;
    REQUIRE(left.send("anyone", say::flag(left.ann)).ok());
    left.wait(FAST + SLOW + 1);
    left.fall();
    const Reply resolved = left.send("anyone", say::resolve(left.ann));
    REQUIRE(resolved.ok());
    CHECK(resolved.events_of("deleveraged") == 3);
    CHECK(resolved.events_of("account_cured") == 1);
    CHECK(left.account(left.ann).account.positions.size() == 3);
}
