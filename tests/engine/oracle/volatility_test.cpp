// plimsoll: tests/engine/oracle/volatility_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Volatility and correlation by hand: the grid, silence, clips, what a manipulator can do
// with a price or with a call, and the sweep over many pairs.
#include "engine/oracle/volatility.hpp"

#include "tests/engine/oracle/volatility_world.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace plimsoll {
namespace {

using num::i128;
using test::price;
using test::Push;
using test::ratio;
using test::Rng;
using test::seconds;
using test::VolatilityWorld;

constexpr std::uint64_t T = test::VOLATILITY_START;
constexpr std::uint64_t STEP = 300;

/// One underlying, first sampled at T.
VolatilityWorld started()
{
    VolatilityWorld world;
    world.count = 1;
    world.push(T - 10, 0, price("100"));
    world.look(T);
    return world;
}

Ratio variance_of(const VolatilityWorld& world)
{
    return world.state->underlyings[0].fine.variance;
}

TEST_CASE("volatility: before the first sample it is governance's start", "[oracle][volatility]")
{
    VolatilityWorld world;
    CHECK(world.volatility(0) == world.params.start);
    CHECK(world.look(T));
    CHECK(world.volatility(0) == world.params.start);
    world.push(T + 10, 0, price("100"));
    world.look(T + STEP);
    CHECK(world.state->underlyings[0].fine.price == price("100"));
    CHECK(world.volatility(0) == world.params.start);
}

TEST_CASE("volatility: the price at the instant counts, not those before or after it",
    "[oracle][volatility]")
{
    VolatilityWorld world = started();
    const Ratio before = variance_of(world);
    // Up and back between two instants is nothing but a return of zero.
    world.push(T + 50, 0, price("300"));
    world.push(T + 100, 0, price("5"));
    world.push(T + 290, 0, price("100"));
    CHECK(variance_of(world) == before);
    world.push(T + 300, 0, price("700"));  // pushed at the instant: after it
    CHECK(variance_of(world) == scale_ceil(before, world.params.decay));
    CHECK(world.state->underlyings[0].fine.price == price("100"));
    world.look(T + 599);
    CHECK(world.state->underlyings[0].fine.price == price("100"));
    world.look(T + 600);
    CHECK(world.state->underlyings[0].fine.price == price("700"));
}

TEST_CASE("volatility: calls between two instants change nothing", "[oracle][volatility]")
{
    VolatilityWorld world = started();
    const Ratio before = variance_of(world);
    for (std::uint64_t t = T; t < T + STEP; t += 7) {
        CHECK_FALSE(world.look(t));
        CHECK(variance_of(world) == before);
        CHECK(world.state->instant == seconds(T));
    }
    CHECK(world.look(T + STEP));
}

TEST_CASE("volatility: a clock that goes back changes nothing", "[oracle][volatility]")
{
    VolatilityWorld world = started();
    const Ratio before = variance_of(world);
    CHECK_FALSE(world.look(T - 10'000));
    CHECK(variance_of(world) == before);
    CHECK(world.state->instant == seconds(T));
}

TEST_CASE("volatility: a silent feed keeps its variance for ever", "[oracle][volatility]")
{
    VolatilityWorld world = started();
    world.push(T + 10, 0, price("101"));
    world.look(T + STEP);
    // The price of T + 10 stays fresh until T + 910: three instants, the last two without a return.
    world.look(T + 3 * STEP);
    const Ratio kept = variance_of(world);
    for (std::uint64_t t = T + 4 * STEP; t < T + 400 * STEP; t += STEP)
        world.look(t);
    CHECK(variance_of(world) == kept);
    // And all the others, whatever the call was late.
    VolatilityWorld late = started();
    late.push(T + 10, 0, price("101"));
    late.look(T + 400 * STEP);
    CHECK((variance_of(late) - kept).abs() <= Ratio::from_raw(4));
}

TEST_CASE(
    "volatility: the return after a silence counts as that of one step", "[oracle][volatility]")
{
    VolatilityWorld silent = started();
    silent.push(T + 100 * STEP + 10, 0, price("100.2"));
    silent.look(T + 101 * STEP);
    VolatilityWorld brisk = started();
    brisk.look(T + 3 * STEP);
    brisk.push(T + 3 * STEP + 10, 0, price("100.2"));
    brisk.look(T + 4 * STEP);
    // Both were fresh, and unmoved, for three instants.
    CHECK((variance_of(silent) - variance_of(brisk)).abs() <= Ratio::from_raw(4));
}

TEST_CASE("volatility: one absurd print moves a variance by the clip at most",
    "[oracle][volatility][property]")
{
    rc::prop("variance <= before * (1 + (1 - decay) * (clip^2 - 1))", [] {
        VolatilityWorld world = started();
        world.params.clip = Ratio::from_units(*rc::gen::inRange(2, 21));
        world.params.decay = Ratio::from_raw(
            static_cast<i128>(*rc::gen::inRange(5'000, 10'000)) * (num::WAD / 10'000));
        const Ratio before = variance_of(world);
        const i128 absurd = Rng(*rc::gen::arbitrary<std::uint64_t>()).between(1, PRICE_MAX.raw());
        world.push(T + 10, 0, Price::from_raw(absurd));
        world.look(T + STEP);
        const Ratio grown =
            scale_ceil(scale_ceil(world.params.clip, world.params.clip) - Ratio::one(),
                Ratio::one() - world.params.decay);
        RC_ASSERT(variance_of(world) <= before + scale_ceil(before, grown) + Ratio::from_raw(1));
        // Nor does it fall by more than the decay.
        RC_ASSERT(variance_of(world) >= scale_floor(before, world.params.decay));
    });
}

TEST_CASE("volatility: whatever is pushed, it stays between floor and cap",
    "[oracle][volatility][property]")
{
    rc::prop("floor <= volatility <= cap", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        VolatilityWorld world;
        world.params.floor = ratio("0.3");
        world.params.cap = ratio("1.5");
        world.params.decay = ratio("0.5");
        for (const Push& push : test::random_pushes(rng, 2, 100, 400, 20'000)) {
            world.push(push);
            for (std::uint16_t i = 0; i < 2; ++i) {
                RC_ASSERT(world.volatility(i) >= world.params.floor);
                RC_ASSERT(world.volatility(i) <= world.params.cap);
            }
            RC_ASSERT(world.rho(0, 1).abs() <= Ratio::one());
        }
    });
}

TEST_CASE("volatility: it reaches its cap under wild prices and its floor under none",
    "[oracle][volatility]")
{
    VolatilityWorld world = started();
    for (std::uint64_t n = 1; n < 2'000; ++n)
        world.push(T + n * STEP - 10, 0, n % 2 == 0 ? price("100") : price("300"));
    CHECK(world.volatility(0) == world.params.cap);
    for (std::uint64_t n = 2'000; n < 5'000; ++n)
        world.push(T + n * STEP - 10, 0, price("100"));
    CHECK(world.volatility(0) == world.params.floor);
}

TEST_CASE(
    "volatility: a change of the grid leaves annual figures as they are", "[oracle][volatility]")
{
    VolatilityWorld world = started();
    const Ratio before = world.volatility(0);
    world.params.step = seconds(450);
    CHECK(world.volatility(0) == before);
    world.push(T + 10, 0, price("100"));
    CHECK(world.look(T + 600));
    CHECK(world.state->instant == seconds((T + 600) / 450 * 450));
}

TEST_CASE("volatility: the end of time does not wrap", "[oracle][volatility]")
{
    VolatilityWorld world;
    constexpr std::uint64_t END = ~std::uint64_t{0};
    world.push(END - 10'000, 0, price("100"));
    world.look(END);
    CHECK(world.state->underlyings[0].fine.price == price("100"));
    CHECK_FALSE(world.look(END));
}

/// What extra calls must not change, but for the last digits of what is rounded.
void check_alike(const VolatilityWorld& a, const VolatilityWorld& b)
{
    // Annual variances go up to 400 here.
    const auto near = [](Ratio left, Ratio right) {
        return (left - right).abs() <= Ratio::from_raw(1'000'000);
    };
    for (std::size_t i = 0; i < a.count; ++i) {
        const UnderlyingVolatility& left = a.state->underlyings[i];
        const UnderlyingVolatility& right = b.state->underlyings[i];
        REQUIRE(left.fine.price == right.fine.price);
        REQUIRE(left.coarse.price == right.coarse.price);
        REQUIRE(near(left.fine.variance, right.fine.variance));
        REQUIRE(near(left.coarse.variance, right.coarse.variance));
        for (std::size_t j = 0; j < i; ++j) {
            REQUIRE(a.pair(i, j).started == b.pair(i, j).started);
            REQUIRE(near(a.pair(i, j).covariance, b.pair(i, j).covariance));
            REQUIRE(a.pair(i, j).stepped_e4 == b.pair(i, j).stepped_e4);
        }
    }
}

TEST_CASE("volatility: nobody changes it by choosing when to call", "[oracle][volatility]")
{
    Rng rng(77);
    for (int run = 0; run < 40; ++run) {
        VolatilityWorld lazy;
        lazy.count = 2 + rng.below(7);
        VolatilityWorld busy;
        busy.count = lazy.count;
        const std::vector<Push> pushes = test::random_pushes(rng, lazy.count, 200, 700, 20'000);
        std::uint64_t last = pushes.front().at;
        for (const Push& push : pushes) {
            lazy.push(push);
            for (std::uint64_t t = last; t < push.at; t += 1 + rng.below(200))
                busy.look(t);
            busy.push(push);
            last = push.at;
        }
        check_alike(lazy, busy);
    }
}

TEST_CASE("volatility: nor with 32 underlyings, as long as some call comes each step",
    "[oracle][volatility]")
{
    Rng rng(78);
    VolatilityWorld lazy;
    lazy.count = UNDERLYINGS_MAX;
    VolatilityWorld busy;
    busy.count = UNDERLYINGS_MAX;
    const std::vector<Push> pushes =
        test::random_pushes(rng, UNDERLYINGS_MAX, 2'000, STEP - 1, STEP - 1);
    std::uint64_t last = pushes.front().at;
    for (const Push& push : pushes) {
        lazy.push(push);
        for (std::uint64_t t = last; t < push.at; t += 1 + rng.below(200))
            busy.look(t);
        busy.push(push);
        last = push.at;
    }
    // Let both finish the sweep that is open.
    for (std::uint64_t n = 0; n < 16; ++n) {
        lazy.look(last);
        busy.look(last);
    }
    check_alike(lazy, busy);
    for (std::size_t slot = 0; slot < PAIRS_MAX; ++slot)
        REQUIRE(lazy.state->pairs[slot].started);
}

TEST_CASE("volatility: a call brings 32 pairs up to date, in order, all of one instant",
    "[oracle][volatility]")
{
    VolatilityWorld world;
    world.count = UNDERLYINGS_MAX;
    Push first{T - 10, {}};
    for (std::size_t i = 0; i < world.count; ++i)
        first.feeds.push_back({i, FeedPrice{price("100"), Price::zero(), seconds(T - 10)}});
    world.look(T - STEP);
    for (int call = 0; call < 16; ++call)
        world.look(T - STEP);
    REQUIRE(world.state->cursor == PAIRS_MAX);
    world.push(first);
    for (std::size_t call = 1; call <= 16; ++call) {
        CHECK(world.look(T + call));
        CHECK(world.state->cursor == std::min<std::size_t>(32 * call, PAIRS_MAX));
        std::size_t count = 0;
        for (const PairCorrelation& pair : world.state->pairs)
            count += pair.started ? 1 : 0;
        CHECK(count == world.state->cursor);
        CHECK(world.state->sweep == seconds(T));
    }
    CHECK_FALSE(world.look(T + 17));
    // A sweep starts every sixteenth instant.
    for (std::uint64_t n = 1; n < 16; ++n) {
        world.look(T + n * STEP);
        CHECK(world.state->cursor == PAIRS_MAX);
    }
    world.look(T + 16 * STEP);
    CHECK(world.state->cursor == PAIRS_PER_CALL);
    CHECK(world.state->sweep == seconds(T + 16 * STEP));
    // Not finished when the next is due: that one is left out, and the returns after it are longer.
    world.look(T + 32 * STEP);
    CHECK(world.state->cursor == 2 * PAIRS_PER_CALL);
    CHECK(world.state->sweep == seconds(T + 16 * STEP));
}

TEST_CASE("volatility: prices that move together correlate, and those that do not, do not",
    "[oracle][volatility][correlation]")
{
    VolatilityWorld world;
    world.count = 4;
    world.governed = test::governed_at(Ratio::zero());
    Rng rng(5);
    i128 level = i128{100} * num::WAD;
    i128 other = level;
    for (std::uint64_t n = 1; n < 3'000; ++n) {
        level += level / 10'000 * rng.between(-50, 50);
        other += other / 10'000 * rng.between(-50, 50);
        const Price up = Price::from_raw(level);
        // The inverse moves the other way by the same logarithm.
        const Price down = Price::from_raw(
            checked(num::mul_div_floor(i128{100} * num::WAD, i128{100} * num::WAD, level)));
        Push push{T + n * STEP - 20, {}};
        for (const auto& [index, value] : {std::pair<std::size_t, Price>{0, up},
                 {1, scale_floor(up, ratio("7"))}, {2, down}, {3, Price::from_raw(other)}})
            push.feeds.push_back({index, FeedPrice{value, Price::zero(), seconds(push.at)}});
        world.push(push);
    }
    CHECK(world.rho(0, 1) > ratio("0.999999"));
    CHECK(world.pair(0, 1).stepped_e4 == 10'000);
    CHECK(world.rho(0, 2) < ratio("-0.999999"));
    CHECK(world.pair(0, 2).stepped_e4 == -10'000);
    CHECK(world.rho(0, 3).abs() < ratio("0.3"));
}

TEST_CASE(
    "volatility: a pair starts where governance thinks it is", "[oracle][volatility][correlation]")
{
    for (const char* rho : {"0.6", "-0.85", "0", "1", "-1"}) {
        VolatilityWorld world;
        world.governed = test::governed_at(ratio(rho));
        world.push({T - 10, {{0, {price("100"), Price::zero(), seconds(T - 10)}},
                                {1, {price("3"), Price::zero(), seconds(T - 10)}}}});
        CHECK(world.rho(0, 1) == Ratio::zero());
        CHECK_FALSE(world.pair(0, 1).started);
        world.look(T);
        CHECK((world.rho(0, 1) - ratio(rho)).abs() <= Ratio::from_raw(10));
        const CorrelationPair hull =
            correlation_hull(world.governed.of(0, 1), world.pair(0, 1), Level::initial);
        CHECK(hull.low == ratio(rho));
        CHECK(hull.high == ratio(rho));
    }
}

TEST_CASE("volatility: a pair with a silent side keeps its correlation",
    "[oracle][volatility][correlation]")
{
    VolatilityWorld world;
    world.push({T - 10, {{0, {price("100"), Price::zero(), seconds(T - 10)}},
                            {1, {price("3"), Price::zero(), seconds(T - 10)}}}});
    world.look(T + 3 * STEP);
    const Ratio covariance = world.pair(0, 1).covariance;
    for (std::uint64_t n = 4; n < 50; ++n)
        world.push(T + n * STEP - 10, 0, n % 2 == 0 ? price("100") : price("104"));
    CHECK(world.pair(0, 1).covariance == covariance);
}

}  // namespace
}  // namespace plimsoll
