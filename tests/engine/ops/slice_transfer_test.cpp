// plimsoll: tests/engine/ops/slice_transfer_test.cpp                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A keeper takes over a slice of a book: by hand, the reject ladder, and what can
// be sold otherwise. What random slices cost and leave is in solvency/slice_test.cpp.
#include "tests/support/option_world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::CALL_100;
using test::CALL_2000;
using test::COIN18;
using test::COIN8;
using test::FUTURE;
using test::M0;
using test::M1;
using test::money;
using test::OptionWorld;
using test::price;
using test::PUT_100;
using test::quantity;
using test::ratio;
using test::tokens;
using test::U0;
using test::U1;

constexpr std::size_t MAKER = 0, KEEPER = 1, VICTIM = 2;

/// The victim holds a perpetual, short calls and coins that cover them; it is below maintenance, solvent.
struct Fallen : OptionWorld
{
    explicit Fallen(MarginMode mode = MarginMode::portfolio)
    {
        open(money("1000000"));
        open(money("1000000"));
        open_in(mode, money("0"));
        must(fill_at_mark(M0, VICTIM, MAKER, quantity("10")));
        must(fill_at_mark(CALL_100, MAKER, VICTIM, quantity("20")));
        deposit(VICTIM, COIN8, tokens("500000000"));
        liquidation.share_start = liquidation.share_fast;
        const MarginReport now = report(VICTIM);
        const Money net = scale_floor(now.required(Level::maintenance), ratio("0.8"));
        accounts[VICTIM].cash += net - now.net(Level::maintenance);
    }
    static void must(Error error)
    {
        if (error != Error::ok)
            __builtin_trap();
    }
};

TEST_CASE("slice transfer: the same part of everything that goes", "[ops][slice]")
{
    Fallen world;
    world.deposit(VICTIM, COIN18, tokens("1000000000000000"));  // stands aside
    world.accounts[VICTIM].cash -= money("2");
    REQUIRE(world.liquidatable(VICTIM));
    const Money cash = world.accounts[VICTIM].cash;
    const Money keeper_cash = world.accounts[KEEPER].cash;
    const Result<SliceTransfer> plan = world.plan_slice_sale(VICTIM, KEEPER, ratio("0.1"));
    REQUIRE(plan);
    REQUIRE(plan->sale.fraction == ratio("0.1"));
    CHECK(world.accounts[VICTIM].nonce == 0);
    REQUIRE(world.sell_slice(VICTIM, KEEPER, ratio("0.1")) == Error::ok);
    const Account& victim = world.accounts[VICTIM];
    const Account& keeper = world.accounts[KEEPER];
    CHECK(victim.find(M0)->base == quantity("9"));
    CHECK(victim.find(CALL_100)->base == quantity("-18"));
    CHECK(victim.find(COIN8)->amount == tokens("450000000"));
    CHECK(victim.find(COIN18)->amount == tokens("1000000000000000"));
    CHECK(keeper.find(M0)->base == quantity("1"));
    CHECK(keeper.find(CALL_100)->base == quantity("-2"));
    CHECK(keeper.find(CALL_100)->quote.is_zero());
    CHECK(keeper.find(COIN8)->amount == tokens("50000000"));
    CHECK(keeper.find(COIN18) == nullptr);
    // Coins are paid for, calls come with what they are worth, the perpetual's price is its quote.
    const Money calls = notional_floor(quantity("2"), world.mark(CALL_100));
    const SaleMoney& money_of = plan->sale.money;
    CHECK(keeper.cash == keeper_cash - money("50") + calls + money_of.reward());
    CHECK(plan->buyer_pays == money("100") + money("50") - calls - money_of.reward());
    const Money rounding =
        victim.cash - (cash + money("50") - calls - money_of.reward_from_account - money_of.fee);
    CHECK(rounding.abs() <= Money::from_raw(1));
    CHECK(victim.nonce == 1);
    CHECK(keeper.nonce == 1);
    CHECK(world.faults() == "");
}

TEST_CASE("slice transfer: all of a book leaves cash and what stands aside", "[ops][slice]")
{
    Fallen world;
    world.liquidation.close_out_notional = money("100000");
    const Money owed = world.owed();
    REQUIRE(world.sell_slice(VICTIM, KEEPER) == Error::ok);
    CHECK(world.accounts[VICTIM].positions.empty());
    CHECK(world.accounts[VICTIM].collaterals.empty());
    CHECK(world.accounts[VICTIM].cash.is_positive());
    CHECK_FALSE(world.liquidatable(VICTIM));
    CHECK(world.owed() == owed);
    CHECK(world.faults() == "");
}

TEST_CASE("slice transfer: nothing that stands together is sold by itself", "[ops][slice]")
{
    Fallen world;
    CHECK(world.sell(MAKER, KEEPER, M0) == Error::not_liquidatable);
    CHECK(world.sell(VICTIM, KEEPER, M0) == Error::sold_by_slice);
    CHECK(world.sell(VICTIM, KEEPER, CALL_100) == Error::sold_by_slice);
    CHECK(world.sell(VICTIM, KEEPER, M1) == Error::no_position);
    CHECK(world.sell_collateral(VICTIM, KEEPER, COIN8) == Error::sold_by_slice);

    // In standard mode options stand together, and collateral by itself.
    Fallen standard(MarginMode::standard);
    CHECK(standard.sell(VICTIM, KEEPER, M0) == Error::sold_by_slice);
    const Error due =
        standard.accounts[VICTIM].cash.is_negative() ? Error::ok : Error::debt_not_due;
    CHECK(standard.sell_collateral(VICTIM, KEEPER, COIN8) == due);
    // Without options each position does, and a slice may be sold all the same.
    Fallen linear(MarginMode::standard);
    linear.touch_all(VICTIM);
    Fallen::must(linear.fill_at_mark(CALL_100, VICTIM, MAKER, quantity("20")));
    linear.accounts[VICTIM].cash -= linear.health(VICTIM) + money("1");
    OptionWorld by_position = linear;
    CHECK(by_position.sell(VICTIM, KEEPER, M0) == Error::ok);
    CHECK(linear.sell_slice(VICTIM, KEEPER) == Error::ok);
}

TEST_CASE(
    "slice transfer: collateral that does not move in scenarios is sold by itself", "[ops][slice]")
{
    OptionWorld world;
    world.open(money("0"));
    world.open(money("100000"));
    world.open_in(MarginMode::portfolio, money("-950"));
    world.deposit(VICTIM, COIN18, tokens("500000000000000000"));
    REQUIRE(world.liquidatable(VICTIM));
    CHECK(world.sell_slice(VICTIM, KEEPER) == Error::nothing_to_do);
    CHECK(world.sell_collateral(VICTIM, KEEPER, COIN18) == Error::ok);
    CHECK_FALSE(world.liquidatable(VICTIM));
}

TEST_CASE(
    "slice transfer: coins that move in scenarios are sold by slices, debt or not", "[ops][slice]")
{
    OptionWorld world;
    world.open(money("0"));
    world.open(money("100000"));
    world.open_in(MarginMode::portfolio, money("-850"));
    world.deposit(VICTIM, COIN8, tokens("1000000000"));
    REQUIRE(world.liquidatable(VICTIM));
    CHECK(world.sell_collateral(VICTIM, KEEPER, COIN8) == Error::sold_by_slice);
    CHECK(world.sell_slice(VICTIM, KEEPER) == Error::ok);
    CHECK_FALSE(world.liquidatable(VICTIM));
    CHECK(world.accounts[VICTIM].find(COIN8) != nullptr);
    CHECK(world.accounts[VICTIM].cash.is_negative());
}

TEST_CASE("slice transfer: the ladder, each rung and the first that holds", "[ops][slice]")
{
    Fallen world;
    CHECK(world.sell_slice(MAKER, KEEPER) == Error::not_liquidatable);
    {
        Fallen silent;
        silent.wait(601, false);
        silent.accounts[VICTIM].cash -= money("50");  // time value has gone
        REQUIRE(silent.liquidatable(VICTIM));
        CHECK(silent.sell_slice(VICTIM, KEEPER, Ratio::zero()) == Error::stale_price);
        silent.set_price(U0, price("100"));
        // The feed is back, the surface is still silent.
        CHECK(silent.sell_slice(VICTIM, KEEPER, Ratio::zero()) == Error::stale_price);
        silent.wait(3'000, false);
        silent.set_price(U0, price("100"));
        CHECK(silent.sell_slice(VICTIM, KEEPER, Ratio::zero()) == Error::nothing_to_do);
        CHECK(silent.sell_slice(VICTIM, KEEPER) == Error::ok);
    }
    CHECK(world.sell_slice(VICTIM, KEEPER, Ratio::zero()) == Error::nothing_to_do);
    Position other;
    other.base = quantity("1");
    Fallen full = world;
    for (std::uint16_t m = 20; full.accounts[KEEPER].positions.size() < POSITIONS_MAX - 1; ++m) {
        other.market = MarketId{m};
        REQUIRE(full.accounts[KEEPER].positions.push(other));
    }
    CHECK(full.sell_slice(VICTIM, KEEPER, Ratio::zero()) == Error::nothing_to_do);
    CHECK(full.sell_slice(VICTIM, KEEPER) == Error::too_many_positions);
    full.accounts[KEEPER].positions.erase(0);
    REQUIRE(full.plan_slice_sale(VICTIM, KEEPER));

    // What the slice closes of the keeper's own makes room, though the seller lists it last.
    full = world;
    const Ratio fraction = full.plan_slice_sale(VICTIM, KEEPER)->sale.fraction;
    const Quantity sold = sliced_trunc(-full.accounts[VICTIM].find(CALL_100)->base, fraction);
    REQUIRE(full.fill_at_mark(CALL_100, KEEPER, MAKER, sold) == Error::ok);
    for (std::uint16_t m = 20; !full.accounts[KEEPER].positions.full(); ++m) {
        other.market = MarketId{m};
        REQUIRE(full.accounts[KEEPER].positions.push(other));
    }
    Fallen fuller = full;
    CHECK(full.sell_slice(VICTIM, KEEPER) == Error::ok);
    CHECK(full.accounts[KEEPER].positions.size() == POSITIONS_MAX);
    CHECK(full.accounts[KEEPER].find(CALL_100) == nullptr);
    CHECK(full.accounts[KEEPER].find(M0) != nullptr);
    // A part of it closes nothing, and then there is no room.
    CHECK(fuller.sell_slice(VICTIM, KEEPER, ratio("0.001")) == Error::too_many_positions);

    full = world;
    for (std::uint16_t a = 10; !full.accounts[KEEPER].collaterals.full(); ++a)
        REQUIRE(add_collateral(full.accounts[KEEPER], AssetId{a}, tokens("1")));
    CHECK(full.sell_slice(VICTIM, KEEPER) == Error::too_many_collaterals);

    full = world;
    other.market = M0;
    other.base = QUANTITY_MAX;
    REQUIRE(full.accounts[KEEPER].positions.push(other));
    full.accounts[KEEPER].positions[0].a = INDEX_ONE;
    CHECK(full.sell_slice(VICTIM, KEEPER) == Error::out_of_range);

    // The coins and the calls are paid in cash; a keeper that has less than that cannot buy them.
    full = world;
    full.deposit(VICTIM, COIN8, tokens("100000000000"));
    full.accounts[VICTIM].cash -= money("80000");
    const MarginReport now = full.report(VICTIM);
    full.accounts[VICTIM].cash +=
        scale_floor(now.required(Level::maintenance), ratio("0.9")) - now.net(Level::maintenance);
    const Result<SliceTransfer> plan = full.plan_slice_sale(VICTIM, KEEPER);
    REQUIRE(plan);
    const Money before = full.accounts[KEEPER].cash;
    {
        Fallen buying = full;
        REQUIRE(buying.sell_slice(VICTIM, KEEPER) == Error::ok);
        full.accounts[KEEPER].cash = before - buying.accounts[KEEPER].cash;
        CHECK(full.sell_slice(VICTIM, KEEPER) == Error::ok);
        CHECK(full.accounts[KEEPER].cash.is_zero());
    }
    full = world;
    CHECK(full.sell_slice(VICTIM, KEEPER) == Error::ok);
}

TEST_CASE("slice transfer: a keeper on the other side closes both", "[ops][slice]")
{
    Fallen world;
    Fallen::must(world.fill_at_mark(CALL_100, KEEPER, MAKER, quantity("20")));
    world.liquidation.close_out_notional = money("100000");
    const num::i128 open = world.market(CALL_100).indexes.open_interest;
    REQUIRE(world.sell_slice(VICTIM, KEEPER) == Error::ok);
    CHECK(world.accounts[KEEPER].find(CALL_100) == nullptr);
    CHECK((world.market(CALL_100).indexes.open_interest == open - test::raw("20")));
    CHECK(world.faults() == "");
}

TEST_CASE(
    "slice transfer: an insolvent book is paid for by the insurance, up to its cap", "[ops][slice]")
{
    Fallen world;
    world.accounts[VICTIM].cash -= world.report(VICTIM).equity + money("5");
    world.insurance.balance = money("3");
    world.liquidation.reward_cap = money("1");
    const Money equity = world.report(VICTIM).equity;
    const Result<SliceTransfer> plan = world.plan_slice_sale(VICTIM, KEEPER);
    REQUIRE(plan);
    CHECK(plan->sale.whole());
    CHECK(plan->sale.money.reward_from_account.is_zero());
    CHECK(plan->sale.money.fee.is_zero());
    CHECK(plan->sale.money.reward_from_insurance == money("1"));
    REQUIRE(world.sell_slice(VICTIM, KEEPER) == Error::ok);
    CHECK(world.insurance.balance == money("2"));
    CHECK((world.report(VICTIM).equity - equity).abs() < money("0.000000000001"));
}

}  // namespace
}  // namespace plimsoll
