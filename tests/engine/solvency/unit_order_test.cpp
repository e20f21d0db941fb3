// plimsoll: tests/engine/solvency/unit_order_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Which position is sold first, and that the order sells least.
#include "engine/solvency/unit_order.hpp"

#include "tests/support/rng.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace plimsoll {
namespace {

using test::M0;
using test::M1;
using test::M2;
using test::money;
using test::price;
using test::quantity;
using test::ratio;
using test::Rng;
using test::seconds;
using test::U0;
using test::U1;
using test::World;

constexpr std::size_t MAKER = 0, KEEPER = 1, VICTIM = 2;

MarketId first_of(World& world)
{
    world.touch_all(VICTIM);
    const Account& account = world.accounts[VICTIM];
    const Scene scene = world.scene();
    const Result<MarginReport> report = evaluate(account, scene);
    REQUIRE(report);
    const Pace pace(world.liquidation, world.insurance.sold, account, *report, world.board.now);
    return first_unit(*report, account, scene, world.liquidation, world.insurance, pace);
}

/// Long 10 of M0 at 100 (5 % at maintenance) and 0.5 of M1 at 2000 (4 %): 90 required. Cash 85.
struct Two : World
{
    Two()
    {
        open(money("1000000"));
        open(money("1000000"));
        open(money("200"));
        if (fill(M1, VICTIM, MAKER, quantity("0.5"), price("2000")) != Error::ok ||
            fill(M0, VICTIM, MAKER, quantity("10"), price("100")) != Error::ok)
            __builtin_trap();
        accounts[VICTIM].cash = money("85");
    }
};

TEST_CASE("order: the position that frees most for its notional goes first", "[solvency][order]")
{
    Two world;
    CHECK(first_of(world) == M0);
    CHECK(world.sell(VICTIM, KEEPER, M1) == Error::not_first_unit);
    // Equal requirements: the lower number.
    world.underlyings[0].standard.fraction.maintenance = ratio("0.04");
    world.accounts[VICTIM].cash = money("75");
    CHECK(first_of(world) == M0);
    world.underlyings[0].standard.fraction.maintenance = ratio("0.039");
    CHECK(first_of(world) == M1);
}

TEST_CASE("order: it binds while the curve is fast, and no longer", "[solvency][order]")
{
    Two world;
    raise_flag(world.accounts[VICTIM].flag, world.liquidation, world.board.now);
    world.wait(59);
    CHECK(world.sell(VICTIM, KEEPER, M1) == Error::not_first_unit);
    world.wait(1);
    CHECK(world.sell(VICTIM, KEEPER, M1) == Error::ok);
}

TEST_CASE("order: what cannot be sold now does not stand in the way", "[solvency][order]")
{
    Two world;
    // The feed of M0 is too old to liquidate at, that of M1 is not.
    world.board.now = world.board.now + seconds(700);
    world.board.feeds[U1.value].published = world.board.now;
    CHECK(first_of(world) == M1);
    CHECK(world.sell(VICTIM, KEEPER, M1) == Error::ok);
    // Nor does a market whose limit is reached.
    Two paced;
    paced.liquidation.pace.window = seconds(600);
    paced.liquidation.pace.doubling = seconds(60);
    paced.market(M0).params.liquidation_max = Money::from_raw(1);
    CHECK(first_of(paced) == M1);
}

TEST_CASE("order: a position that has not been touched counts as it is now", "[solvency][order]")
{
    Two world;
    // Half of the longs of M0 go: they are still first, with the size that is left.
    const std::size_t other = world.open(money("100000"));
    REQUIRE(world.fill(M0, other, MAKER, quantity("10"), price("100")) == Error::ok);
    Position& gone = *world.accounts[other].find(M0);
    static_cast<void>(gone);
    const Scene scene = world.scene();
    const Result<MarginReport> report = evaluate(world.accounts[VICTIM], scene);
    REQUIRE(report);
    const Pace pace(
        world.liquidation, world.insurance.sold, world.accounts[VICTIM], *report, world.board.now);
    CHECK(first_unit(*report, world.accounts[VICTIM], scene, world.liquidation, world.insurance,
              pace) == M0);
}

/// Sells in the order until the account is no longer liquidatable; the notional that went.
Money sell_in_order(World& world)
{
    Money sold;
    for (int sales = 0; world.liquidatable(VICTIM); ++sales) {
        REQUIRE(sales < 10);
        const MarketId id = first_of(world);
        REQUIRE(!(id == NO_MARKET));
        const Result<PositionTransfer> plan = world.plan_sale(VICTIM, KEEPER, id);
        REQUIRE(plan);
        sold += notional_ceil(plan->sale.size, plan->mark);
        REQUIRE(world.sell(VICTIM, KEEPER, id) == Error::ok);
    }
    return sold;
}

TEST_CASE("order: no other amounts of the positions reach the target with less notional",
    "[solvency][order]")
{
    // Separable and linear: fractions of notional. Lots are coarse enough to try all amounts.
    rc::prop("three positions, all amounts", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        World world;
        world.open(money("100000000"));
        world.open(money("100000000"));
        world.open(money("1000000"));
        world.underlyings.push_back(world.underlyings[0]);
        world.set_price(UnderlyingId{2}, price("10"));
        world.market(M2).params.underlying = UnderlyingId{2};
        for (std::size_t u = 0; u < 3; ++u) {
            auto& fraction = world.underlyings[u].standard.fraction;
            fraction.maintenance =
                Ratio::from_raw(static_cast<num::i128>(2 + rng.below(10)) * (num::WAD / 100));
            fraction.initial = fraction.maintenance + fraction.maintenance;
        }
        world.liquidation.close_out_notional = Money::zero();
        const Price marks[] = {price("100"), price("2000"), price("10")};
        const Quantity lots[] = {quantity("1"), quantity("0.05"), quantity("10")};
        num::i128 held[3];
        for (std::uint16_t m = 0; m < 3; ++m) {
            world.markets[m].params.lot = lots[m];
            held[m] = static_cast<num::i128>(1 + rng.below(8));
            const Quantity size = Quantity::from_raw(lots[m].raw() * held[m]);
            const bool is_long = rng.below(2) == 0;
            RC_ASSERT(world.fill(MarketId{m}, is_long ? VICTIM : MAKER, is_long ? MAKER : VICTIM,
                          size, marks[m]) == Error::ok);
        }
        const Money required = world.report(VICTIM).required(Level::maintenance);
        world.accounts[VICTIM].cash = scale_floor(required,
            Ratio::from_raw(
                static_cast<num::i128>((40 + rng.below(60)) * 10'000'000'000'000'000ULL)));
        RC_PRE(world.liquidatable(VICTIM));
        const World start = world;
        const Money sold = sell_in_order(world);

        // A lot of notional is what the last, partial one may cost more than the optimum.
        const Money lot = notional_ceil(lots[0], marks[0]);
        const Ratio share = world.liquidation.share_start + world.liquidation.fee_share;
        Money least = MONEY_MAX;
        for (num::i128 a = 0; a <= held[0]; ++a)
            for (num::i128 b = 0; b <= held[1]; ++b)
                for (num::i128 c = 0; c <= held[2]; ++c) {
                    const num::i128 sizes[] = {a, b, c};
                    Money freed, notional;
                    for (std::size_t m = 0; m < 3; ++m) {
                        const Money part =
                            notional_ceil(Quantity::from_raw(lots[m].raw() * sizes[m]), marks[m]);
                        notional += part;
                        freed +=
                            scale_ceil(part, start.underlyings[m].standard.fraction.maintenance);
                    }
                    const Money net = start.accounts[VICTIM].cash - scale_floor(freed, share);
                    const Money left = required - freed;
                    if (net >= left + scale_ceil(left, start.liquidation.buffer) &&
                        notional < least)
                        least = notional;
                }
        if (least == MONEY_MAX)
            return;  // Only all of it, at the account's expense.
        RC_ASSERT(sold <= least + lot);
    });
}

}  // namespace
}  // namespace plimsoll
