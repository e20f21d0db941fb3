// plimsoll: tests/engine/oracle/stable_price_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The stable price: Mango v4's published figures, its speed, and that calls do not move it.
#include "engine/oracle/stable_price.hpp"

#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace plimsoll {
namespace {

using num::i128;
using test::price;
using test::ratio;
using test::Rng;
using test::seconds;

constexpr std::uint64_t HOUR = 3'600;
constexpr std::uint64_t T = 472'000 * HOUR;

/// Mango's: an interval an hour, 6 % a delay price, 0.0003 a second.
const StablePriceParams PARAMS{seconds(HOUR), ratio("0.06"), ratio("1.08")};

StablePrice started(Price at)
{
    StablePrice stable;
    stable_advance(stable, PARAMS, at, seconds(T));
    return stable;
}

bool between(const char* low, Price value, const char* high)
{
    return price(low) <= value && value <= price(high);
}

TEST_CASE("stable price: starts at the first price, and a feed without one does nothing",
    "[oracle][stable_price]")
{
    StablePrice stable;
    stable_advance(stable, PARAMS, Price::zero(), seconds(T));
    CHECK(stable.price == Price::zero());
    stable_advance(stable, PARAMS, price("7"), seconds(T + 5));
    CHECK(stable.price == price("7"));
    stable_advance(stable, PARAMS, Price::zero(), seconds(T + 5'000));
    CHECK(stable.time == seconds(T + 5));
    stable_advance(stable, PARAMS, price("7"), seconds(T + 1'000'000));
    CHECK(stable.price == price("7"));
}

TEST_CASE("stable price: a tenfold jump takes the time that Mango v4's own tests state",
    "[oracle][stable_price]")
{
    // mango-v4, programs/mango-v4/src/state/stable_price.rs, steps of a minute: 1.8 after an hour, 2.3 after two,
    // 7.4 after twenty-five; one decimal.
    StablePrice stable = started(price("1"));
    const auto after = [&stable](std::uint64_t hours) {
        return stable_at(stable, PARAMS, price("10"), seconds(T + hours * HOUR));
    };
    CHECK(between("1.75", after(1), "1.85"));
    CHECK(between("2.25", after(2), "2.35"));
    for (std::uint64_t minute = 1; minute <= 25 * 60; ++minute) {
        stable_advance(stable, PARAMS, price("10"), seconds(T + 60 * minute));
        if (minute == 60)
            CHECK(between("1.75", stable.price, "1.85"));
        if (minute == 120)
            CHECK(between("2.25", stable.price, "2.35"));
    }
    CHECK(between("7.35", stable.price, "7.45"));
    // One call a day later is no slower.
    CHECK(stable_at(stable, PARAMS, price("10"), seconds(T + 49 * HOUR)) == price("10"));
}

TEST_CASE("stable price: the exact solution within one interval", "[oracle][stable_price]")
{
    // Away from the delay price of 1: S^2 = 1 + 2 * 1.08 * t. After 25 minutes sqrt(1.9), after 50 sqrt(2.8).
    const StablePrice stable = started(price("1"));
    CHECK(
        stable_at(stable, PARAMS, price("9"), seconds(T + 1'500)) == price("1.378404875209022176"));
    CHECK(
        stable_at(stable, PARAMS, price("9"), seconds(T + 3'000)) == price("1.673320053068151095"));
    // Downward the inverse: 1 / sqrt(1.9), with the root floored: up to two units slow.
    const Price down = stable_at(stable, PARAMS, price("0.1"), seconds(T + 1'500));
    CHECK(between("0.725476250110011672", down, "0.725476250110011673"));
}

TEST_CASE("stable price: toward the delay price it speeds up, and stops at the published one",
    "[oracle][stable_price]")
{
    StablePrice stable = started(price("1"));
    stable.price = price("0.5");
    // 1/S^2 falls from 4 by 2.16 an hour: sqrt(1 / 2.92) at half an hour.
    const Price half = stable_at(stable, PARAMS, price("3"), seconds(T + 1'800));
    CHECK(between("0.585205", half, "0.585206"));
    // It crosses 1 at 3 / 2.16 hours when the delay stays: here after the ring has turned once, at 1 still.
    StablePrice later = stable;
    stable_advance(later, PARAMS, price("3"), seconds(T + 5'000 - 1));
    CHECK(later.price < price("1.0001"));
    CHECK(later.price > price("0.999"));
    CHECK(stable_at(stable, PARAMS, price("0.51"), seconds(T + 1'800)) == price("0.51"));
}

TEST_CASE("stable price: a jump counts only for as long as it stands", "[oracle][stable_price]")
{
    StablePrice stable = started(price("100"));
    // An hour of 100, then a print of 1000 that stands for ten seconds.
    stable_advance(stable, PARAMS, price("100"), seconds(T + HOUR));
    CHECK(stable.price == price("100"));
    stable_advance(stable, PARAMS, price("1000"), seconds(T + HOUR + 10));
    CHECK(stable.price > price("100.29"));
    CHECK(stable.price < price("100.31"));
}

TEST_CASE("stable price: a delay price moves by its growth at most, each interval",
    "[oracle][stable_price]")
{
    StablePrice stable = started(price("100"));
    for (std::uint64_t hour = 1; hour <= 40; ++hour) {
        const Price before = stable.delays[stable.latest];
        stable_advance(stable, PARAMS, price("100000"), seconds(T + hour * HOUR));
        CHECK(stable.delays[stable.latest] == scale_floor(before, ratio("1.06")));
    }
    for (std::uint64_t hour = 41; hour <= 80; ++hour) {
        const Price before = stable.delays[stable.latest];
        stable_advance(stable, PARAMS, price("0.001"), seconds(T + hour * HOUR));
        CHECK(scale_ceil(stable.delays[stable.latest], ratio("1.06")) >= before);
        CHECK(stable.delays[stable.latest] < before);
    }
}

TEST_CASE(
    "stable price: a delay price is the average over time, gaps included", "[oracle][stable_price]")
{
    StablePrice stable = started(price("100"));
    stable_advance(stable, PARAMS, price("100"), seconds(T + 900));
    stable_advance(stable, PARAMS, price("104"), seconds(T + 2'700));
    stable_advance(stable, PARAMS, price("102"), seconds(T + HOUR));
    CHECK(stable.delays[stable.latest] == price("102.5"));
    CHECK(stable.summed == Seconds::zero());
}

TEST_CASE(
    "stable price: a silence longer than the ring counts as one ring", "[oracle][stable_price]")
{
    StablePrice stable = started(price("1"));
    const Price day = stable_at(stable, PARAMS, price("1000"), seconds(T + 24 * HOUR));
    const Price year = stable_at(stable, PARAMS, price("1000"), seconds(T + 8'760 * HOUR));
    CHECK(year == day);
    const Price end = stable_at(stable, PARAMS, price("1000"), seconds(~std::uint64_t{0} - HOUR));
    CHECK(end >= day);
    CHECK(end < price("1000"));
}

TEST_CASE(
    "stable price: no time is no motion, nor is a clock that goes back", "[oracle][stable_price]")
{
    StablePrice stable = started(price("1"));
    for (int call = 0; call < 1'000; ++call)
        stable_advance(stable, PARAMS, price("10"), seconds(T));
    stable_advance(stable, PARAMS, price("10"), seconds(T - 10'000));
    CHECK(stable.price == price("1"));
    CHECK(stable.time == seconds(T));
}

/// Both ends of prices and all speeds, with a price that changes at random times.
struct Story
{
    StablePriceParams params;
    std::vector<std::pair<std::uint64_t, Price>> changes;  ///< The price that stands until then.
};

Story story(Rng& rng, std::size_t length)
{
    Story told;
    // A ring is longer than any gap below: what lies further back is forgotten.
    told.params.interval = seconds(600 + rng.below(7'200));
    told.params.delay_growth = Ratio::from_raw(rng.between(num::WAD / 1'000, num::WAD));
    told.params.growth_per_hour = Ratio::from_raw(rng.between(num::WAD / 100, i128{10} * num::WAD));
    std::uint64_t now = T + rng.below(10'000);
    i128 value = rng.between(num::WAD / 1'000, i128{1'000} * num::WAD);
    for (std::size_t n = 0; n < length; ++n) {
        told.changes.push_back({now, Price::from_raw(value)});
        now += rng.chance(70) ? rng.below(300) : rng.below(10'000);
        value = rng.chance(20) ? rng.between(1'000'000'000'000, i128{1'000} * num::WAD)
                               : value + value / 1'000 * rng.between(-30, 30) + 1;
    }
    return told;
}

TEST_CASE("stable price: splitting time does not speed it up, nor much down",
    "[oracle][stable_price][property]")
{
    rc::prop("extra calls", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        const Story told = story(rng, 30);
        StablePrice whole;
        StablePrice split;
        std::uint64_t last = 0;
        for (const auto& [until, standing] : told.changes) {
            stable_advance(whole, told.params, standing, seconds(until));
            for (std::uint64_t t = last; last != 0 && t < until; t += 1 + rng.below(400))
                stable_advance(split, told.params, standing, seconds(t));
            stable_advance(split, told.params, standing, seconds(until));
            last = until;
            // A few units of the 18th digit of the ratio to the delay price for each call.
            const Price gap = (whole.price - split.price).abs();
            RC_ASSERT(
                gap <= scale_ceil(whole.price, ratio("0.000000000001")) + Price::from_raw(10'000));
            for (std::size_t i = 0; i < STABLE_DELAYS; ++i)
                RC_ASSERT((whole.delays[i] - split.delays[i]).abs() <= Price::from_raw(1));
            RC_ASSERT(whole.sum == split.sum);
        }
    });
}

TEST_CASE("stable price: on the way to a price that stands, many calls are never ahead of one",
    "[oracle][stable_price][property]")
{
    rc::prop("one direction, within an interval", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        StablePrice whole = started(Price::from_raw(rng.between(1'000'000, i128{100} * num::WAD)));
        const Price from = whole.price;
        // The delay price somewhere else.
        for (Price& delay : whole.delays)
            delay = Price::from_raw(rng.between(from.raw() / 20 + 1, from.raw() * 20));
        StablePrice split = whole;
        const Price to = Price::from_raw(rng.between(from.raw() / 1'000 + 1, from.raw() * 1'000));
        std::uint64_t now = T;
        while (now < T + HOUR) {
            now += 1 + rng.below(200);
            now = now < T + HOUR ? now : T + HOUR;
            stable_advance(split, PARAMS, to, seconds(now));
        }
        stable_advance(whole, PARAMS, to, seconds(now));
        RC_ASSERT((split.price - from).abs() <= (whole.price - from).abs());
        // Neither has passed the price.
        RC_ASSERT((to > from ? whole.price <= to : whole.price >= to));
    });
}

TEST_CASE(
    "stable price: its logarithm moves no faster than stated", "[oracle][stable_price][property]")
{
    // |ln(S1/S0)| <= L t follows from S1/S0 <= e^(L t); with x <= 1 e^x >= 1 + x + x^2/2 is within x^3/2.
    rc::prop("ratio of two prices", [] {
        Rng rng(*rc::gen::arbitrary<std::uint64_t>());
        const Story told = story(rng, 30);
        StablePrice stable;
        Price before;
        std::uint64_t last = 0;
        for (const auto& [until, standing] : told.changes) {
            stable_advance(stable, told.params, standing, seconds(until));
            const Ratio way = Ratio::from_raw(checked(num::mul_div_ceil(
                told.params.growth_per_hour.raw(), static_cast<i128>(until - last), 3'600)));
            if (last != 0 && way < Ratio::one()) {
                const Ratio square = scale_ceil(way, way);
                const Ratio most = Ratio::one() + way + square + Ratio::from_raw(10);
                const Price high = stable.price > before ? stable.price : before;
                const Price low = stable.price > before ? before : stable.price;
                RC_ASSERT(high <= scale_ceil(low, most) + Price::from_raw(1));
            }
            before = stable.price;
            last = until;
        }
    });
}

TEST_CASE("stable price: the ends of the range of prices", "[oracle][stable_price]")
{
    for (const Price from : {Price::from_raw(1), Price::from_raw(1'000), PRICE_MAX}) {
        for (const Price to : {Price::from_raw(1), price("1"), PRICE_MAX}) {
            StablePrice stable = started(from);
            for (std::uint64_t hour = 1; hour < 200; ++hour) {
                stable_advance(stable, PARAMS, to, seconds(T + hour * HOUR));
                REQUIRE(stable.price.is_positive());
                REQUIRE(stable.price <= PRICE_MAX);
                REQUIRE(stable.delays[stable.latest].is_positive());
            }
        }
    }
}

}  // namespace
}  // namespace plimsoll
