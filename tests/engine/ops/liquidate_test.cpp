// plimsoll: tests/engine/ops/liquidate_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A keeper takes over positions and collateral: who pays whom, that nothing is
// made or lost, and every rung of the two reject ladders.
#include "engine/ops/liquidate.hpp"

#include "tests/support/rng.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::COIN18;
using test::COIN8;
using test::M0;
using test::M1;
using test::money;
using test::price;
using test::quantity;
using test::ratio;
using test::Rng;
using test::tokens;
using test::U0;
using test::World;

constexpr std::size_t MAKER = 0, KEEPER = 1, VICTIM = 2;

/// The victim is long 10 from 100 with 100 of cash; the index is 92. Share 20 %, fee 10 %, buffer 10 %.
struct Fallen : World
{
    explicit Fallen(std::string_view cash = "100", bool is_long = true)
    {
        open(money("1000000"));
        open(money("1000000"));
        open(money(cash));
        liquidation.share_start = liquidation.share_fast;
        const Error filled = is_long ? fill(M0, VICTIM, MAKER, quantity("10"), price("100"))
                                     : fill(M0, MAKER, VICTIM, quantity("10"), price("100"));
        if (filled != Error::ok)
            __builtin_trap();
        set_price(U0, is_long ? price("92") : price("108"));
    }
    /// Everything anyone has: equities, insurance, residue of markets left aside.
    [[nodiscard]] Money wealth() const
    {
        Money sum = insurance.balance - insurance.open_deficit;
        for (std::size_t i = 0; i < accounts.size(); ++i)
            sum += report(i).equity;
        return sum;
    }
};

TEST_CASE("liquidate: the transfer by hand", "[ops][liquidate]")
{
    Fallen world;
    const Money owed = world.owed();
    const Result<PositionTransfer> plan = world.plan_sale(VICTIM, KEEPER, M0);
    REQUIRE(plan);
    CHECK(plan->sale.size == quantity("8.32"));
    CHECK(plan->buyer_pays == money("757.7856"));  // 8.32 * 92 - 7.6544
    CHECK(world.accounts[VICTIM].positions[0].base == quantity("10"));
    apply_position_transfer(world.accounts[VICTIM], world.accounts[KEEPER], world.market(M0),
        world.insurance, world.liquidation, world.board.now, *plan);
    const Account& victim = world.accounts[VICTIM];
    const Account& keeper = world.accounts[KEEPER];
    CHECK(victim.positions[0].base == quantity("1.68"));
    CHECK(victim.positions[0].quote == money("-234.56"));  // -1000 + 765.44
    CHECK(victim.cash == money("88.5184"));
    CHECK(keeper.positions[0].base == quantity("8.32"));
    CHECK(keeper.positions[0].quote == money("-765.44"));
    CHECK(keeper.cash == money("1000007.6544"));
    CHECK(world.insurance.balance == money("3.8272"));
    CHECK(victim.nonce == 1);
    CHECK(keeper.nonce == 1);
    CHECK((world.market(M0).indexes.open_interest == test::raw("10")));
    CHECK(world.owed() == owed);
    CHECK_FALSE(world.liquidatable(VICTIM));
    CHECK(world.health(VICTIM) == money("0.7904"));  // 8.5184 - 7.728
}

TEST_CASE("liquidate: a short is taken over likewise, and a keeper on the other side closes both",
    "[ops][liquidate]")
{
    Fallen world("100", false);
    REQUIRE(world.fill(M0, KEEPER, MAKER, quantity("20"), price("108")) == Error::ok);
    const Money owed = world.owed();
    const Result<PositionTransfer> plan = world.plan_sale(VICTIM, KEEPER, M0);
    REQUIRE(plan);
    CHECK(plan->buyer_pays.is_negative());  // a buyer of a short receives its price
    REQUIRE(world.sell(VICTIM, KEEPER, M0) == Error::ok);
    CHECK((world.market(M0).indexes.open_interest == test::raw("20") - plan->sale.size.raw()));
    CHECK(world.owed() == owed);
    CHECK(world.market_fault(M0) == "");
}

TEST_CASE("liquidate: selling the whole position turns it into cash", "[ops][liquidate]")
{
    Fallen world("85");
    REQUIRE(world.sell(VICTIM, KEEPER, M0) == Error::ok);
    CHECK(world.accounts[VICTIM].positions.empty());
    CHECK(world.accounts[VICTIM].cash == money("0"));  // 5 of equity went to the buyer
    CHECK(world.market(M0).paid_out == money("-80"));
    CHECK_FALSE(world.liquidatable(VICTIM));
}

TEST_CASE(
    "liquidate: the fee repays the open deficit before it adds to the balance", "[ops][liquidate]")
{
    Fallen world;
    world.insurance.open_deficit = money("2");
    REQUIRE(world.sell(VICTIM, KEEPER, M0) == Error::ok);
    CHECK(world.insurance.open_deficit == money("0"));
    CHECK(world.insurance.balance == money("1.8272"));
}

TEST_CASE("liquidate: the position ladder, each rung and the first that holds", "[ops][liquidate]")
{
    Fallen world;
    CHECK(world.sell(MAKER, KEEPER, M1) == Error::no_position);
    CHECK(world.sell(MAKER, KEEPER, M0) == Error::not_liquidatable);
    world.wait(601, false);
    CHECK(world.sell(MAKER, KEEPER, M0) == Error::not_liquidatable);
    CHECK(world.sell(VICTIM, KEEPER, M0, Quantity::zero()) == Error::stale_price);
    world.wait(3'000, false);
    // The feed has failed: its last value stands.
    CHECK(world.sell(VICTIM, KEEPER, M0, Quantity::zero()) == Error::nothing_to_do);
    World full = world;
    Position other;
    other.base = quantity("1");
    for (std::uint16_t m = 10; !full.accounts[KEEPER].positions.full(); ++m) {
        other.market = MarketId{m};
        REQUIRE(full.accounts[KEEPER].positions.push(other));
    }
    CHECK(full.sell(VICTIM, KEEPER, M0, Quantity::zero()) == Error::nothing_to_do);
    CHECK(full.sell(VICTIM, KEEPER, M0) == Error::too_many_positions);
    // A buyer whose position would leave its range fails for itself only.
    full = world;
    REQUIRE(trade(*full.accounts[MAKER].find(M0), full.market(M0).indexes, quantity("10"),
                price("92")) == Error::ok);
    other.market = M0;
    other.base = QUANTITY_MAX;
    REQUIRE(full.accounts[KEEPER].positions.push(other));
    full.accounts[KEEPER].positions[0].a = INDEX_ONE;
    CHECK(full.sell(VICTIM, KEEPER, M0) == Error::out_of_range);
    CHECK(world.sell(VICTIM, KEEPER, M0) == Error::ok);
}

TEST_CASE("liquidate: collateral by hand", "[ops][liquidate]")
{
    // 10 coins of 100 against a debt of 950: 7.14285715 coins at 100, reward 20 % and fee 10 % of the tenth.
    World world;
    world.open(money("0"));
    world.open(money("1000"));
    world.liquidation.share_start = world.liquidation.share_fast;
    const std::size_t debtor = world.open(money("-950"));
    world.deposit(debtor, COIN8, tokens("1000000000"));
    const Money owed = world.owed();
    REQUIRE(world.sell_collateral(debtor, KEEPER, COIN8) == Error::ok);
    CHECK(world.accounts[KEEPER].find(COIN8)->amount == tokens("714285715"));
    CHECK(world.accounts[KEEPER].cash == money("1000") - money("700.0000007"));
    CHECK(world.accounts[debtor].cash == money("-257.14285645"));
    CHECK(world.accounts[debtor].find(COIN8)->amount == tokens("285714285"));
    CHECK(world.insurance.balance == money("7.14285715"));
    CHECK(world.owed() == owed);
    CHECK((world.tokens_of(COIN8) == 1'000'000'000));
    CHECK_FALSE(world.liquidatable(debtor));
}

TEST_CASE(
    "liquidate: the collateral ladder, each rung and the first that holds", "[ops][liquidate]")
{
    World world;
    world.open(money("0"));
    world.open(money("10"));
    const std::size_t debtor = world.open(money("-950"));
    world.deposit(debtor, COIN8, tokens("1000000000"));
    world.deposit(KEEPER, COIN8, tokens("1"));
    CHECK(world.sell_collateral(debtor, KEEPER, COIN18) == Error::no_collateral);
    CHECK(world.sell_collateral(KEEPER, debtor, COIN8) == Error::not_liquidatable);
    world.wait(601, false);
    CHECK(world.sell_collateral(debtor, KEEPER, COIN8) == Error::stale_price);
    world.set_price(U0, price("100"));
    CHECK(
        world.sell_collateral(debtor, KEEPER, COIN8, TokenAmount::zero()) == Error::nothing_to_do);
    CHECK(world.sell_collateral(debtor, KEEPER, COIN8) == Error::insufficient_balance);
    CHECK(world.sell_collateral(debtor, KEEPER, COIN8, tokens("1000000")) == Error::ok);
    // With the requirement of a position it is liquidatable without owing cash.
    World other;
    other.open(money("1000000"));
    other.open(money("1000000"));
    other.open(money("0"));
    other.deposit(VICTIM, COIN8, tokens("100000000"));
    REQUIRE(other.fill(M0, VICTIM, MAKER, quantity("19"), price("100")) == Error::ok);
    CHECK(other.liquidatable(VICTIM));
    CHECK(other.sell_collateral(VICTIM, KEEPER, COIN8) == Error::debt_not_due);
    other.accounts[VICTIM].cash = money("-1");
    for (std::uint16_t a = 10; !other.accounts[KEEPER].collaterals.full(); ++a)
        REQUIRE(add_collateral(other.accounts[KEEPER], AssetId{a}, TokenAmount::zero()));
    CHECK(plan_collateral_transfer(other.accounts[VICTIM], other.accounts[KEEPER], COIN8,
              other.scene(), other.liquidation, other.insurance, tokens("100"))
              .error() == Error::too_many_collaterals);
}

TEST_CASE(
    "liquidate: tokens are added to what is there, and an empty entry goes", "[ops][liquidate]")
{
    Account account;
    CHECK(add_collateral(account, COIN8, tokens("5")));
    CHECK(add_collateral(account, COIN8, tokens("2")));
    CHECK(account.collaterals.size() == 1);
    take_collateral(account, COIN8, tokens("6"));
    CHECK(account.find(COIN8)->amount == tokens("1"));
    take_collateral(account, COIN8, tokens("1"));
    CHECK(account.collaterals.empty());
}

TEST_CASE("liquidate: no transfer makes or loses value, seller's health never falls, at random",
    "[ops][liquidate]")
{
    Rng rng(43);
    int sales = 0;
    for (int run = 0; run < 1'500; ++run) {
        const bool is_long = rng.chance(50);
        Fallen world(
            rng.pick<std::string_view>({"100", "97.3", "88.1", "60", "40", "10"}), is_long);
        world.insurance.balance =
            Money::from_raw(rng.chance(30) ? 0 : rng.between(0, 20 * i128{num::WAD}));
        world.insurance.open_deficit =
            Money::from_raw(rng.chance(50) ? 0 : rng.between(0, num::WAD));
        world.deposit(VICTIM, COIN8, TokenAmount::from_raw(rng.between(1, 30'000'000)));
        world.market(M0).premium =
            Price::from_raw(rng.between(-5 * i128{num::WAD}, 5 * i128{num::WAD}));
        world.flag(VICTIM);
        world.wait(rng.below(700));
        for (int step = 0; step < 4 && world.liquidatable(VICTIM); ++step) {
            const Money owed = world.owed();
            const Money wealth = world.wealth();
            const Money before = world.health(VICTIM);
            const Money maker = world.report(MAKER).equity;
            const Quantity most = rng.chance(50)
                                      ? QUANTITY_MAX
                                      : Quantity::from_raw(rng.between(1, 5 * i128{num::WAD}));
            Error error = world.sell(VICTIM, KEEPER, M0, most);
            if (error == Error::no_position)
                error = world.sell_collateral(VICTIM, KEEPER, COIN8);
            if (error != Error::ok)
                break;
            ++sales;
            REQUIRE(world.owed() == owed);
            // Two legs and two values, a raw unit each.
            REQUIRE((world.wealth() - wealth).abs() <= Money::from_raw(4));
            REQUIRE(world.report(MAKER).equity == maker);
            REQUIRE(world.health(VICTIM) >= before);
            REQUIRE(!world.insurance.balance.is_negative());
            REQUIRE(world.market_fault(M0) == "");
        }
    }
    CHECK(sales > 1'500);
}

}  // namespace
}  // namespace plimsoll
