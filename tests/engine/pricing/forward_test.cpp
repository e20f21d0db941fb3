// plimsoll: tests/engine/pricing/forward_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Shocked and scaled forwards: one rounding, to nearest, that is known.
#include "engine/pricing/forward.hpp"

#include "engine/num/ln.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <cstdint>

namespace plimsoll {
namespace {

using pricing::forward_at;
using pricing::FORWARD_MAX;
using pricing::forward_scaled;
using pricing::ForwardPoint;
using pricing::settlement_fixed_nearest;
using test::price;
using test::ratio;
using test::seconds;

TEST_CASE("forward_at: only what is not fixed moves", "[pricing]")
{
    const ForwardPoint up = forward_at(price("2000"), price("500"), ratio("1.2"));
    CHECK(up.price == price("2300"));
    CHECK((up.error_raw == 0));
    CHECK((up.ln_q64 == num::ln_q64(static_cast<num::u128>(price("2300").raw()))));
    CHECK(forward_at(price("2000"), price("2000"), ratio("3")).price == price("2000"));
    CHECK(forward_at(price("2000"), price("500"), Ratio::zero()).price == price("500"));
    CHECK(forward_at(price("2000"), Price::zero(), Ratio::zero()).price == Price::zero());
    CHECK((forward_at(price("2000"), Price::zero(), Ratio::zero()).error_raw == 0));
}

TEST_CASE("forward_at: to nearest, and says so", "[pricing]")
{
    const ForwardPoint below = forward_at(Price::from_raw(10), Price::from_raw(3), ratio("0.2"));
    CHECK(below.price == Price::from_raw(4));  // 1.4
    CHECK((below.error_raw == 1));
    const ForwardPoint half = forward_at(Price::from_raw(8), Price::from_raw(3), ratio("0.5"));
    CHECK(half.price == Price::from_raw(6));  // 2.5
    const ForwardPoint above = forward_at(Price::from_raw(9), Price::zero(), ratio("0.2"));
    CHECK(above.price == Price::from_raw(2));  // 1.8
    CHECK((above.error_raw == 1));
}

TEST_CASE("forward_scaled: multiplies first and divides last", "[pricing]")
{
    const ForwardPoint third = forward_scaled(price("3000"), price("1"), price("3"));
    CHECK(third.price == price("1000"));
    CHECK((third.error_raw == 0));
    const ForwardPoint rounded = forward_scaled(price("2"), price("1"), price("3"));
    CHECK(rounded.price == price("0.666666666666666667"));
    CHECK((rounded.error_raw == 1));
    CHECK(
        forward_scaled(price("1"), price("1"), price("3")).price == price("0.333333333333333333"));
    CHECK(forward_scaled(PRICE_MAX, PRICE_MAX, PRICE_MAX).price == PRICE_MAX);
}

TEST_CASE("forwards stop at the greatest that is priced", "[pricing]")
{
    CHECK(forward_at(PRICE_MAX, Price::zero(), RATIO_MAX).price == FORWARD_MAX);
    CHECK(forward_at(PRICE_MAX, Price::from_raw(1), Ratio::max()).price == FORWARD_MAX);
    CHECK(forward_scaled(PRICE_MAX, PRICE_MAX, Price::from_raw(1)).price == FORWARD_MAX);
    CHECK((forward_scaled(PRICE_MAX, PRICE_MAX, Price::from_raw(1)).error_raw == 1));
}

TEST_CASE(
    "settlement: what is decided grows to the whole forward as the window passes", "[pricing]")
{
    const Seconds window = seconds(1'800);
    CHECK(settlement_fixed_nearest(price("2000"), seconds(1'800), window) == Price::zero());
    CHECK(settlement_fixed_nearest(price("2000"), seconds(90'000), window) == Price::zero());
    CHECK(settlement_fixed_nearest(price("2000"), seconds(900), window) == price("1000"));
    CHECK(settlement_fixed_nearest(price("2000"), Seconds::zero(), window) == price("2000"));
    CHECK(
        settlement_fixed_nearest(price("2000"), Seconds::zero(), Seconds::zero()) == Price::zero());
    CHECK(settlement_fixed_nearest(price("1"), seconds(600), window) ==
          price("0.666666666666666667"));
    Price last;
    for (std::uint64_t left = 2'000; left-- > 0;) {
        const Price fixed = settlement_fixed_nearest(price("1777.7"), seconds(left), window);
        REQUIRE(fixed >= last);
        REQUIRE(fixed <= price("1777.7"));
        last = fixed;
    }
}

}  // namespace
}  // namespace plimsoll
