// plimsoll: tests/engine/solvency/collateral_sale_test.cpp          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Collateral sold to cure negative cash: by hand, minimal, and harmless.
#include "engine/solvency/sale.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::COIN18;
using test::COIN8;
using test::money;
using test::ratio;
using test::Rng;
using test::tokens;
using test::World;

const TokenAmount ALL = TokenAmount::from_raw(num::I128_MAX);

SaleTerms terms(std::string_view share, std::string_view fee, std::string_view available = "1000")
{
    SaleTerms made;
    made.share = ratio(share);
    made.fee_share = ratio(fee);
    made.buffer = ratio("0.1");
    made.reward_available = money(available);
    return made;
}

Result<CollateralSale> plan(
    const World& world, std::size_t i, AssetId id, const SaleTerms& with, TokenAmount most = ALL)
{
    const Account& account = world.accounts[i];
    return plan_collateral_sale(
        world.report(i), account.cash, *account.find(id), world.scene(), with, most);
}

TEST_CASE("collateral sale: only for an account that owes cash", "[solvency][collateral]")
{
    World world;
    const std::size_t i = world.open(money("0"));
    world.deposit(i, COIN8, tokens("100000000"));
    CHECK(plan(world, i, COIN8, terms("0.2", "0.1")).error() == Error::debt_not_due);
    world.accounts[i].cash = Money::from_raw(-1);
    CHECK(plan(world, i, COIN8, terms("0.2", "0.1")));
    CHECK(plan(world, i, COIN8, terms("0.2", "0.1"), TokenAmount::zero()).error() ==
          Error::nothing_to_do);
}

TEST_CASE("collateral sale: reaches the target before it cures all debt", "[solvency][collateral]")
{
    // 10 coins of 100, haircut 10 %, against a debt of 950: health -50. A coin frees 10, costs 3.
    World world;
    const std::size_t i = world.open(money("-950"));
    world.deposit(i, COIN8, tokens("1000000000"));
    const Result<CollateralSale> sale = plan(world, i, COIN8, terms("0.2", "0.1"));
    REQUIRE(sale);
    // 50 / 7 = 7.14285714.. coins, in eighth decimals, up.
    CHECK(sale->amount == tokens("714285715"));
    CHECK_FALSE(sale->whole);
    CHECK(sale->payment == money("714.285715"));
    CHECK(sale->money.freed == money("71.4285715"));
    CHECK(sale->money.reward_from_account == money("14.2857143"));
    CHECK(sale->money.fee == money("7.14285715"));
    CHECK(sale->money.reached);
    CHECK(plan(world, i, COIN8, terms("0.2", "0.1"), tokens("5"))->amount == tokens("5"));
}

TEST_CASE(
    "collateral sale: what counts nothing adds all that is paid for it", "[solvency][collateral]")
{
    // Its feed has failed, so it has no value and no haircut: the last unit frees nothing, and brings 0.000001.
    World world;
    const std::size_t i = world.open(money("-250.0000005"));
    world.deposit(i, COIN8, tokens("1000000000"));
    world.wait(world.oracle.failed_after.raw() + 1, false);
    const MarginReport before = world.report(i);
    const SaleTerms with = terms("0.2", "0.1");
    const Result<CollateralSale> sale = plan(world, i, COIN8, with);
    REQUIRE(sale);
    CHECK(sale->amount == tokens("250000001"));
    CHECK(sale->money.freed.is_zero());
    CHECK(sale->money.reached);
    CHECK(sale->money.last_lot == money("0.000001"));
    take_collateral(world.accounts[i], COIN8, sale->amount);
    world.accounts[i].cash += sale->payment;
    CHECK(world.health(i) == money("0.0000005"));
    CHECK(sale_holds(before, world.report(i), sale->money.last_lot, with.buffer));
}

TEST_CASE("collateral sale: as much as is worth a sale, but no more than is owed",
    "[solvency][collateral]")
{
    // 10 coins of 100, haircut 10 %, against a debt of 900.7: health -0.7. A coin frees 10, costs 3.
    World world;
    const std::size_t i = world.open(money("-900.7"));
    world.deposit(i, COIN8, tokens("1000000000"));
    SaleTerms with = terms("0.2", "0.1");
    CHECK(plan(world, i, COIN8, with)->amount == tokens("10000000"));
    CHECK(plan(world, i, COIN8, with)->money.last_lot == money("0.0000001"));
    with.close_out_notional = money("10");
    CHECK(plan(world, i, COIN8, with)->amount == tokens("10000000"));
    with.close_out_notional = money("200");
    const Result<CollateralSale> sale = plan(world, i, COIN8, with);
    CHECK(sale->amount == tokens("200000000"));
    CHECK_FALSE(sale->money.last_lot);
    CHECK(plan(world, i, COIN8, with, tokens("5"))->amount == tokens("5"));
    // 900.7 are cured by 9.28557.. coins of which each brings 97.
    with.close_out_notional = money("5000");
    CHECK(plan(world, i, COIN8, with)->amount == tokens("928556702"));
}

TEST_CASE("collateral sale: stops where the debt is cured", "[solvency][collateral]")
{
    // A second collateral with a full haircut keeps the target out of reach.
    World world;
    world.assets[COIN18.value].maintenance_haircut = Ratio::one();
    world.assets[COIN18.value].initial_haircut = Ratio::one();
    const std::size_t i = world.open(money("-97"));
    world.deposit(i, COIN8, tokens("200000000"));
    world.assets[COIN8.value].maintenance_haircut = ratio("0.1");
    // Health 180 - 97 > 0; another 100 required elsewhere makes it negative.
    MarginReport report = world.report(i);
    report.levels.maintenance.requirement += money("100");
    const Account& account = world.accounts[i];
    const Result<CollateralSale> sale = plan_collateral_sale(
        report, account.cash, *account.find(COIN8), world.scene(), terms("0.2", "0.1"), ALL);
    REQUIRE(sale);
    // A coin brings 100 - 3: exactly one.
    CHECK(sale->amount == tokens("100000000"));
    CHECK_FALSE(sale->money.reached);
}

TEST_CASE("collateral sale: all of it where nothing is enough, and the insurance rewards the buyer",
    "[solvency][collateral]")
{
    World world;
    const std::size_t i = world.open(money("-500"));
    world.deposit(i, COIN8, tokens("100000000"));
    const Result<CollateralSale> sale = plan(world, i, COIN8, terms("0.2", "0.1"));
    REQUIRE(sale);
    CHECK(sale->whole);
    CHECK(sale->payment == money("100"));
    CHECK(sale->money.reward_from_account == money("0"));
    CHECK(sale->money.reward_from_insurance == money("2"));
    CHECK(sale->money.fee == money("0"));
    CHECK(plan(world, i, COIN8, terms("0.2", "0.1", "1.5"))->money.reward() == money("1.5"));
}

TEST_CASE("collateral sale: collateral without a price has no buyer", "[solvency][collateral]")
{
    World world;
    const std::size_t i = world.open(money("-1"));
    world.deposit(i, COIN8, tokens("100000000"));
    world.board.feeds[0] = FeedPrice{};
    CHECK(plan(world, i, COIN8, terms("0.2", "0.1")).error() == Error::nothing_to_do);
}

TEST_CASE("collateral sale: minimal, never harmful, never below zero equity, at random",
    "[solvency][collateral]")
{
    Rng rng(31);
    int partial = 0;
    for (int run = 0; run < 5'000; ++run) {
        World world;
        Asset& asset = world.assets[COIN8.value];
        asset.decimals = static_cast<std::uint8_t>(rng.below(19));
        asset.maintenance_haircut = Ratio::from_raw(rng.between(0, num::WAD));
        asset.initial_haircut = Ratio::one();
        world.set_price(test::U0, Price::from_raw(rng.between(1, 1'000 * i128{num::WAD})));
        const std::size_t i = world.open(Money::zero());
        const i128 held = rng.between(1, 1'000) * num::power_of_ten(asset.decimals) / 7 + 1;
        world.deposit(i, COIN8, TokenAmount::from_raw(held));
        const Money value = world.report(i).collateral;
        world.accounts[i].cash = -Money::from_raw(rng.between(1, value.raw() * 5 / 4 + 2));
        SaleTerms with = terms("0", "0");
        with.share = Ratio::from_raw(rng.between(0, num::WAD / 2));
        with.fee_share = Ratio::from_raw(rng.between(0, num::WAD / 2 - 1));
        with.reward_available = Money::from_raw(rng.between(0, value.raw()));
        const MarginReport before = world.report(i);
        if (!before.liquidatable())
            continue;
        const Result<CollateralSale> sale = plan(world, i, COIN8, with);
        REQUIRE(sale);
        const Money cash = world.accounts[i].cash;
        const auto cured = [&](const CollateralSale& s) {
            return s.money.reached ||
                   cash + s.payment - s.money.reward_from_account - s.money.fee >= Money::zero();
        };
        REQUIRE(sale->money.health_after() >= before.health(Level::maintenance));
        REQUIRE(sale->whole == (sale->amount.raw() == held));
        if (!sale->whole)
            REQUIRE(cured(*sale));
        if (sale->amount.raw() > 1) {
            const Result<CollateralSale> less =
                plan(world, i, COIN8, with, TokenAmount::from_raw(sale->amount.raw() - 1));
            REQUIRE(less);
            REQUIRE_FALSE(cured(*less));
            partial += sale->whole ? 0 : 1;
        }
        const Money equity_after =
            sale->money.net_after + before.haircut(Level::maintenance) - sale->money.freed;
        if (!before.equity.is_negative())
            REQUIRE(!equity_after.is_negative());
        else
            REQUIRE((sale->money.reward_from_account + sale->money.fee) <= Money::from_raw(1));
    }
    CHECK(partial > 300);
}

}  // namespace
}  // namespace plimsoll
