// plimsoll: tests/engine/oracle/mark_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Mark, premium and funding: by hand, at their caps, and as properties.
#include "engine/oracle/mark.hpp"

#include "tests/support/rng.hpp"
#include "tests/support/wide_int.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::price;
using test::rate;
using test::ratio;
using test::Rng;
using test::seconds;
using test::wide;

constexpr std::uint64_t T = 1'000'000;

/// Premium at most 5 % over 600 s; funding over 8 h, at most 3 % a day.
Market quiet()
{
    return test::default_market(test::U0, seconds(T));
}

TEST_CASE("mark: index plus premium, at most premium_max away", "[oracle][mark]")
{
    Market market = quiet();
    CHECK(mark_price(market, price("100")) == price("100"));
    market.premium = price("2");
    CHECK(mark_price(market, price("100")) == price("102"));
    market.premium = price("5");
    CHECK(mark_price(market, price("100")) == price("105"));
    market.premium = price("5.1");
    CHECK(mark_price(market, price("100")) == price("105"));
    market.premium = price("-80");
    CHECK(mark_price(market, price("100")) == price("95"));
    // The same premium on another index: the clamp moves with it.
    market.premium = price("5");
    CHECK(mark_price(market, price("10")) == price("10.5"));
    CHECK(mark_price(market, PRICE_MAX) == PRICE_MAX);
}

TEST_CASE("mark: a sample counts for the time since the last, against the window", "[oracle][mark]")
{
    Market market = quiet();
    observe_premium(market, price("4"), price("100"), seconds(T + 150));
    CHECK(market.premium == price("1"));
    CHECK(market.premium_time == seconds(T + 150));
    observe_premium(market, price("-3"), price("100"), seconds(T + 450));
    CHECK(market.premium == price("-1"));
    // Nothing in no time, all of it after a window.
    observe_premium(market, price("4"), price("100"), seconds(T + 450));
    CHECK(market.premium == price("-1"));
    observe_premium(market, price("3"), price("100"), seconds(T + 450 + 600));
    CHECK(market.premium == price("3"));
    observe_premium(market, price("-3"), price("100"), seconds(T + 100'000));
    CHECK(market.premium == price("-3"));
}

TEST_CASE("mark: a sample is clamped before it counts", "[oracle][mark]")
{
    Market market = quiet();
    observe_premium(market, price("1000"), price("100"), seconds(T + 600));
    CHECK(market.premium == price("5"));
    observe_premium(market, price("-1000"), price("100"), seconds(T + 1'200));
    CHECK(market.premium == price("-5"));
}

TEST_CASE("mark: whatever is observed, the mark stays in its band and positive", "[oracle][mark]")
{
    Rng rng(11);
    for (int run = 0; run < 200; ++run) {
        Market market = quiet();
        market.params.premium_max = Ratio::from_raw(rng.between(0, num::WAD / 2));
        std::uint64_t now = T;
        for (int step = 0; step < 50; ++step) {
            now += rng.below(1'200);
            const Price index = Price::from_raw(rng.between(1, PRICE_MAX.raw()));
            const Price sample = Price::from_raw(rng.between(-PRICE_MAX.raw(), PRICE_MAX.raw()));
            observe_premium(market, sample, index, seconds(now));
            for (const Price at : {index, Price::from_raw(rng.between(1, PRICE_MAX.raw()))}) {
                const Price mark = mark_price(market, at);
                REQUIRE(mark.is_positive());
                REQUIRE(mark <= PRICE_MAX);
                REQUIRE(wide((mark - at).abs().raw()) * wide(num::WAD) <=
                        wide(at.raw()) * wide(market.params.premium_max.raw()));
            }
        }
    }
}

TEST_CASE("funding: the premium over its window, pro rata", "[oracle][funding]")
{
    Market market = quiet();
    market.params.funding_cap = Rate::one();
    market.premium = price("2");
    CHECK(funding_due(market, price("100"), seconds(T)) == Price::zero());
    CHECK(funding_due(market, price("100"), seconds(T + 28'800)) == price("2"));
    CHECK(funding_due(market, price("100"), seconds(T + 7'200)) == price("0.5"));
    market.premium = price("-2");
    CHECK(funding_due(market, price("100"), seconds(T + 7'200)) == price("-0.5"));
    // An earlier clock owes nothing.
    CHECK(funding_due(market, price("100"), seconds(T - 5)) == Price::zero());
}

TEST_CASE("funding: never more than its cap a day, either way", "[oracle][funding]")
{
    Market market = quiet();
    for (const int sign : {1, -1}) {
        market.premium = sign > 0 ? price("5") : price("-5");
        // 5 in 8 h would be 15 a day; the cap is 3 % of 100 a day.
        const Price day = funding_due(market, price("100"), seconds(T + 86'400));
        CHECK(day == (sign > 0 ? price("3") : price("-3")));
        const Price hour = funding_due(market, price("100"), seconds(T + 3'600));
        CHECK(hour == (sign > 0 ? price("0.125") : price("-0.125")));
    }
    market.params.funding_cap = Rate::zero();
    CHECK(funding_due(market, price("100"), seconds(T + 86'400)) == Price::zero());
}

TEST_CASE(
    "funding: a premium is owed for a day after its last sample, no longer", "[oracle][funding]")
{
    Market market = quiet();
    market.premium = price("5");
    const Price most = funding_due(market, price("100"), seconds(T + 86'400));
    CHECK(most == price("3"));
    CHECK(funding_due(market, price("100"), seconds(T + 86'400 + 1)) == most);
    CHECK(funding_due(market, price("100"), seconds(T + 1'000 * 86'400)) == most);
    CHECK(funding_due(market, price("100"), seconds(~std::uint64_t{0})) == most);
}

TEST_CASE("funding: none is owed for what comes after the market's end", "[oracle][funding]")
{
    Market market = quiet();
    market.params.funding_cap = Rate::one();
    market.premium = price("2");
    market.settles_at = seconds(T + 7'200);
    CHECK(funding_due(market, price("100"), seconds(T + 3'600)) == price("0.25"));
    CHECK(funding_due(market, price("100"), seconds(T + 7'200)) == price("0.5"));
    CHECK(funding_due(market, price("100"), seconds(T + 28'800)) == price("0.5"));
    market.funding_time = seconds(T + 10'000);
    CHECK(funding_due(market, price("100"), seconds(T + 28'800)) == Price::zero());
}

TEST_CASE("funding: splitting a time into two never charges more than a raw unit or two otherwise",
    "[oracle][funding]")
{
    Rng rng(3);
    for (int run = 0; run < 2'000; ++run) {
        Market market = quiet();
        market.premium =
            Price::from_raw(rng.between(-num::i128{num::WAD} * 6, num::i128{num::WAD} * 6));
        const std::uint64_t first = rng.below(86'400);
        const std::uint64_t second = rng.below(86'400);
        const Price whole = funding_due(market, price("100"), seconds(T + first + second));
        Price parts = funding_due(market, price("100"), seconds(T + first));
        market.funding_time = seconds(T + first);
        parts += funding_due(market, price("100"), seconds(T + first + second));
        // The cap is floored twice: as a ratio of the time, then times the index of 100.
        REQUIRE((whole - parts).abs() <= Price::from_raw(202));
    }
}

}  // namespace
}  // namespace plimsoll
