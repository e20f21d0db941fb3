// plimsoll: tests/engine/solvency/pace_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Limits on how fast accounts are sold and the insurance is spent: what goes through
// in any stretch of time, who comes first, and that nobody is kept for ever.
#include "engine/solvency/pace.hpp"

#include "engine/num/mul_div.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace plimsoll {
namespace {

using test::M0;
using test::M1;
using test::money;
using test::price;
using test::quantity;
using test::ratio;
using test::Rng;
using test::seconds;
using test::U0;
using test::World;

constexpr std::size_t MAKER = 0, KEEPER = 1, VICTIM = 2;

TEST_CASE("pace: a bucket drains evenly and rounds against whoever wants more", "[solvency][pace]")
{
    const Seconds window = seconds(3);
    Bucket bucket;
    CHECK(bucket_room_floor(bucket, money("10"), window, seconds(100)) == money("10"));
    bucket_use(bucket, money("10"), window, seconds(100), money("7"));
    CHECK(bucket_room_floor(bucket, money("10"), window, seconds(100)) == money("3"));
    // A third of ten has drained: 3.33.. floored.
    CHECK(bucket_room_floor(bucket, money("10"), window, seconds(101)) ==
          money("6.333333333333333333"));
    CHECK(bucket_room_floor(bucket, money("10"), window, seconds(103)) == money("10"));
    // What went beyond the capacity drains at the same speed.
    bucket_use(bucket, money("10"), window, seconds(103), money("25"));
    CHECK(bucket_room_floor(bucket, money("10"), window, seconds(106)) == Money::zero());
    CHECK(bucket_room_floor(bucket, money("10"), window, seconds(109)) == money("5"));
    // Time that has gone backwards drains nothing.
    CHECK(bucket_room_floor(bucket, money("10"), window, seconds(50)) == Money::zero());
}

TEST_CASE("pace: in any stretch of time no more goes through than a capacity and its share",
    "[solvency][pace]")
{
    rc::prop("random uses", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        const Money capacity = Money::from_raw(static_cast<num::i128>(rng.below(1'000'000)) + 1);
        const Seconds window = seconds(1 + rng.below(1'000));
        Bucket bucket;
        std::uint64_t now = 1 + rng.below(1'000);
        std::vector<std::pair<std::uint64_t, num::i128>> used;
        for (int i = 0; i < 60; ++i) {
            now += rng.below(100);
            const Money room = bucket_room_floor(bucket, capacity, window, seconds(now));
            RC_ASSERT(room <= capacity && !room.is_negative());
            const Money amount =
                Money::from_raw(static_cast<num::i128>(rng.below(1'000'000)) % (room.raw() + 1));
            bucket_use(bucket, capacity, window, seconds(now), amount);
            RC_ASSERT(bucket_room_floor(bucket, capacity, window, seconds(now)) == room - amount);
            used.emplace_back(now, amount.raw());
        }
        for (std::size_t a = 0; a < used.size(); ++a) {
            num::i128 sum = 0;
            for (std::size_t b = a; b < used.size(); ++b) {
                sum += used[b].second;
                // capacity * (1 + t / window), and a raw unit for each rounding.
                const auto t = static_cast<num::i128>(used[b].first - used[a].first);
                const auto bound =
                    capacity.raw() + capacity.raw() * t / static_cast<num::i128>(window.raw());
                RC_ASSERT(sum <= bound + 1);
            }
        }
    });
}

/// Long 10 from 100 with `cash`; the index falls to 92: 920 of notional, 46 required. Net is 80 below cash.
struct Paced : World
{
    explicit Paced(std::string_view cash)
    {
        open(money("1000000"));
        open(money("1000000"));
        open(money(cash));
        if (fill(M0, VICTIM, MAKER, quantity("10"), price("100")) != Error::ok)
            __builtin_trap();
        set_price(U0, price("92"));
        liquidation.pace.window = seconds(600);
        liquidation.pace.patience = seconds(100);
        liquidation.pace.doubling = seconds(50);
        raise_flag(accounts[VICTIM].flag, liquidation, board.now);
    }
    /// How much a keeper is offered now.
    Quantity offered()
    {
        const Result<PositionTransfer> plan = plan_sale(VICTIM, KEEPER, M0);
        return plan ? plan->sale.size : Quantity::zero();
    }
};

TEST_CASE(
    "pace: an account that is not badly off gets half of a market's limit", "[solvency][pace]")
{
    Paced world("105");  // net 25 of 46
    const Quantity unlimited = world.offered();
    REQUIRE(unlimited > quantity("2"));
    world.market(M0).params.liquidation_max = money("368");
    CHECK(world.offered() == quantity("2"));  // 184 / 92
    REQUIRE(world.sell(VICTIM, KEEPER, M0) == Error::ok);
    CHECK(world.offered() == Quantity::zero());
    CHECK(world.sell(VICTIM, KEEPER, M0) == Error::pace_reached);
    // Half a window later the bucket has drained by half of 368.
    world.wait(300);
    world.liquidation.pace.patience = seconds(10'000);
    CHECK(world.offered() == quantity("2"));
}

TEST_CASE("pace: the reserved half is for accounts below half of maintenance", "[solvency][pace]")
{
    Paced world("102");  // net 22 of 46
    world.market(M0).params.liquidation_max = money("368");
    CHECK(world.offered() == quantity("4"));
    Paced edge("103");  // net 23 is half of 46: not below it
    edge.market(M0).params.liquidation_max = money("368");
    CHECK(edge.offered() == quantity("2"));
}

TEST_CASE("pace: all markets together have a limit of their own", "[solvency][pace]")
{
    Paced world("105");
    world.liquidation.pace.notional_max = money("184");
    CHECK(world.offered() == quantity("1"));
    REQUIRE(world.sell(VICTIM, KEEPER, M0) == Error::ok);
    CHECK(world.insurance.sold.used == money("92"));
    CHECK(world.sell(VICTIM, KEEPER, M0) == Error::pace_reached);
}

TEST_CASE("pace: the limit doubles the longer an account has been flagged", "[solvency][pace]")
{
    Paced world("105");
    world.market(M0).params.liquidation_max = money("184");
    CHECK(world.offered() == quantity("1"));
    world.wait(100);
    CHECK(world.offered() == quantity("1"));  // patience is not over yet
    world.wait(1);
    CHECK(world.offered() == quantity("2"));
    world.wait(48);
    CHECK(world.offered() == quantity("2"));
    world.wait(1);
    CHECK(world.offered() == quantity("4"));
}

TEST_CASE("pace: a limit below one lot gives way in time", "[solvency][pace]")
{
    Paced world("105");
    world.market(M0).params.liquidation_max = Money::from_raw(2);
    CHECK(world.sell(VICTIM, KEEPER, M0) == Error::pace_reached);
    world.wait(101 + 50 * 80);
    world.accounts[VICTIM].flag.seen = world.board.now;
    // Its curve is long over; keepers may still buy, and the house's stage never waited for a limit.
    CHECK(world.offered() > quantity("2"));
    CHECK(world.resolve_account(VICTIM) == Error::ok);
}

TEST_CASE("pace: an account without equity is not held up", "[solvency][pace]")
{
    Paced world("79");
    world.insurance.balance = money("1000");
    world.market(M0).params.liquidation_max = Money::from_raw(2);
    world.liquidation.pace.notional_max = Money::from_raw(2);
    CHECK(world.offered() == quantity("10"));
}

TEST_CASE("pace: what is closed out for its smallness is not held up", "[solvency][pace]")
{
    Paced world("105");
    world.market(M0).params.liquidation_max = Money::from_raw(2);
    world.liquidation.close_out_notional = money("920");
    CHECK(world.offered() == quantity("10"));
    world.liquidation.close_out_notional = money("919");
    CHECK(world.offered() == Quantity::zero());
}

TEST_CASE("pace: what is not held up fills a limit, and others wait for no more than that",
    "[solvency][pace]")
{
    // Insolvent: 920 goes at once, five times the limit of its market and ten times that of all.
    Paced world("79");
    world.market(M0).params.liquidation_max = money("184");
    world.liquidation.pace.notional_max = money("92");
    REQUIRE(world.sell(VICTIM, KEEPER, M0) == Error::ok);
    CHECK(world.market(M0).sold.used == money("184"));
    CHECK(world.insurance.sold.used == money("92"));

    Paced close_out("105");
    close_out.liquidation.close_out_notional = money("920");
    close_out.market(M0).params.liquidation_max = money("184");
    REQUIRE(close_out.sell(VICTIM, KEEPER, M0) == Error::ok);
    CHECK(close_out.market(M0).sold.used == money("184"));

    Paced sliced("79");
    sliced.market(M0).params.liquidation_max = money("184");
    REQUIRE(sliced.sell_slice(VICTIM, KEEPER) == Error::ok);
    CHECK(sliced.market(M0).sold.used == money("184"));
}

TEST_CASE("pace: what is held up counts in full, also beyond a limit that has doubled",
    "[solvency][pace]")
{
    Paced world("105");
    world.market(M0).params.liquidation_max = money("92");
    world.wait(101 + 50);  // doubled twice: half of 368
    REQUIRE(world.sell(VICTIM, KEEPER, M0) == Error::ok);
    CHECK(world.market(M0).sold.used == money("184"));
    CHECK(world.sell(VICTIM, KEEPER, M0) == Error::pace_reached);
    // Nor does a later sale that nothing holds up take anything off it.
    Bucket bucket = world.market(M0).sold;
    bucket_use(bucket, money("92"), seconds(600), world.board.now, money("920"), money("92"));
    CHECK(bucket.used == money("184"));
}

TEST_CASE("pace: slices keep to the limits of every market they touch", "[solvency][pace]")
{
    Paced world("105");
    world.market(M0).params.liquidation_max = money("368");
    CHECK(world.plan_slice_sale(VICTIM, KEEPER)->sale.fraction == ratio("0.2"));
    world.liquidation.pace.notional_max = money("184");
    CHECK(world.plan_slice_sale(VICTIM, KEEPER)->sale.fraction == ratio("0.1"));
    REQUIRE(world.sell_slice(VICTIM, KEEPER) == Error::ok);
    CHECK(world.market(M0).sold.used == money("92"));
    CHECK(world.insurance.sold.used == money("92"));
    CHECK(world.sell_slice(VICTIM, KEEPER) == Error::pace_reached);
}

TEST_CASE("insurance: rewards count against the market's cap, and the house's stage too",
    "[solvency][pace]")
{
    // Equity -80: what a buyer gains comes from the insurance.
    Paced world("0");
    world.insurance.balance = money("1000");
    world.liquidation.share_start = world.liquidation.share_fast = ratio("0.5");
    const Money reward = world.plan_sale(VICTIM, KEEPER, M0)->sale.money.reward_from_insurance;
    REQUIRE(reward == money("23"));  // half of 46
    world.market(M0).params.insurance_cap = money("10");
    CHECK(world.plan_sale(VICTIM, KEEPER, M0)->sale.money.reward_from_insurance == money("10"));
    REQUIRE(world.sell(VICTIM, KEEPER, M0, quantity("2")) == Error::ok);
    CHECK(world.market(M0).insured.used == money("4.6"));
    CHECK(world.plan_sale(VICTIM, KEEPER, M0)->sale.money.reward_from_insurance == money("5.4"));

    world.run_out_auctions();
    world.accounts[VICTIM].flag.seen = world.board.now;
    Resolution done;
    const Money room = insured_room_floor(world.market(M0), world.board.now);
    REQUIRE(room < money("5.5"));
    REQUIRE(world.resolve_account(VICTIM, done) == Error::ok);
    CHECK(done.insurance_paid == room);
    CHECK(insured_room_floor(world.market(M0), world.board.now) == Money::zero());
}

TEST_CASE("insurance: slices of a sale do not collect the cap on rewards again", "[solvency][pace]")
{
    Paced world("0");
    world.insurance.balance = money("1000");
    world.liquidation.share_start = world.liquidation.share_fast = ratio("0.5");
    world.liquidation.reward_cap = money("5");
    Money spent;
    const Money before = world.insurance.balance;
    for (int i = 0; i < 5; ++i)
        REQUIRE(world.sell(VICTIM, KEEPER, M0, quantity("2")) == Error::ok);
    spent = before - world.insurance.balance;
    CHECK(spent == money("5"));
    CHECK(world.accounts[VICTIM].flag.insured == money("5"));
}

TEST_CASE("insurance: a new curve has its own cap on rewards", "[solvency][pace]")
{
    Paced world("0");
    world.insurance.balance = money("1000");
    world.liquidation.share_start = world.liquidation.share_fast = ratio("0.5");
    world.liquidation.reward_cap = money("5");
    REQUIRE(world.sell(VICTIM, KEEPER, M0, quantity("4")) == Error::ok);
    Flag& flag = world.accounts[VICTIM].flag;
    REQUIRE(flag.insured == money("5"));
    // Resumed, it goes on under the old cap.
    REQUIRE(lower_flag(flag, world.board.now));
    REQUIRE(raise_flag(flag, world.liquidation, world.board.now));
    CHECK(flag.insured == money("5"));
    REQUIRE(lower_flag(flag, world.board.now));
    world.wait(world.liquidation.cool.raw() + 1);
    REQUIRE(raise_flag(flag, world.liquidation, world.board.now));
    CHECK(flag.insured.is_zero());
    CHECK(world.plan_sale(VICTIM, KEEPER, M0)->sale.money.reward_from_insurance == money("5"));
}

TEST_CASE("insurance: a related buyer is paid by the account alone", "[solvency][pace]")
{
    Paced world("0");
    world.insurance.balance = money("1000");
    const auto plan = [&](Buyer who) {
        return plan_position_transfer(world.accounts[VICTIM], world.accounts[KEEPER], M0,
            world.scene(), world.liquidation, world.insurance, quantity("10"), who);
    };
    CHECK(plan(Buyer::stranger)->sale.money.reward_from_insurance.is_positive());
    CHECK(plan(Buyer::related)->sale.money.reward().is_zero());
    // It may buy nevertheless: nobody is refused who takes risk off.
    CHECK(plan(Buyer::related)->sale.size == quantity("10"));
}

TEST_CASE("insurance: one unit of it does not put off the house's stage", "[solvency][pace]")
{
    Paced world("0");
    CHECK(world.resolve_account(VICTIM) == Error::ok);
    Paced teased("0");
    teased.insurance.balance = Money::from_raw(1);
    CHECK(teased.resolve_account(VICTIM) == Error::ok);
    Paced insured("0");
    insured.insurance.balance = money("0.23");  // a hundredth of half of 46
    CHECK(insured.resolve_account(VICTIM) == Error::auction_running);
}

TEST_CASE("insurance: what positions have left behind falls on the market of the last one",
    "[solvency][pace]")
{
    Paced world("0");
    REQUIRE(world.sell(VICTIM, KEEPER, M0) == Error::ok);
    REQUIRE(world.accounts[VICTIM].positions.empty());
    REQUIRE(world.accounts[VICTIM].cash.is_negative());
    Resolution done;
    REQUIRE(world.resolve_account(VICTIM, done) == Error::ok);
    CHECK(world.accounts[VICTIM].cash.is_zero());
    REQUIRE(done.socialised.size() == 1);
    CHECK(done.socialised[0].market == M0);
    CHECK(done.socialised[0].loss.is_positive());
}

}  // namespace
}  // namespace plimsoll
