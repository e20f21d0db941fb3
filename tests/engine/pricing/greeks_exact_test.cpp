// plimsoll: tests/engine/pricing/greeks_exact_test.cpp              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Greeks against 60 digits within their stated bounds, and at their limits.
#include "engine/pricing/black76.hpp"
#include "tests/engine/pricing/exact.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <cstdint>

namespace plimsoll {
namespace {

using pricing::Greeks;
using test::price;
using test::ratio;
using test::Real;
using test::real;
using test::seconds;

constexpr std::uint64_t DAY = 86'400;

struct Case
{
    Price forward;
    Price strike;
    Ratio volatility;
    Seconds length;
    Ratio rate;
};

Greeks greeks_of(const Case& c, OptionType type)
{
    return pricing::greeks(pricing::forward_point(c.forward), pricing::strike_point(c.strike),
        {c.volatility, {}}, pricing::tenor_of(c.length),
        pricing::discount_of(c.rate, Ratio::one(), c.length), type);
}

void require_near(const Case& c)
{
    CAPTURE(real(c.forward).str(20), real(c.strike).str(20), real(c.volatility).str(20),
        c.length.raw());
    const Real time = test::years(c.length);
    const Real root = sqrt(time);
    const Real f = real(c.forward);
    const Real v = real(c.volatility) * root;
    const Real d1 = v / 2 - log(real(c.strike) / f) / v;
    const Real discount = test::exact_discount(c.rate, Ratio::one(), c.length);
    const Real density = test::normal_density(d1);
    const test::ExactPrices prices =
        test::exact_black76(f, real(c.strike), real(c.volatility), time);
    const Real raw = Real(1e-18);
    const Real u = 1e-17 * (1 + 0.1 / v);
    for (const OptionType type : {OptionType::call, OptionType::put}) {
        const bool is_call = type == OptionType::call;
        const Greeks greeks = greeks_of(c, type);
        const Real delta = discount * (test::normal_cdf(d1) - (is_call ? 0 : 1));
        REQUIRE(abs(real(greeks.delta) - delta) <= u + raw);
        REQUIRE(abs(real(greeks.gamma) - discount * density / (f * v)) <= u / (f * v) + raw);
        REQUIRE(abs(real(greeks.vega) - f * discount * density * root) <= u * f * root + raw);
        const Real carry = real(c.rate) * (is_call ? prices.call : prices.put);
        const Real theta = discount * (carry - f * density * real(c.volatility) / (2 * root)) / 365;
        const Real scale = f > real(c.strike) ? f : real(c.strike);
        REQUIRE(abs(real(greeks.theta) - theta) <= (1 + 1 / (365 * time)) * u * scale + raw);
    }
}

TEST_CASE("greeks: within their bounds of 60 digits", "[pricing]")
{
    for (const char* forward : {"0.75", "2000", "100000000"}) {
        for (const char* moneyness : {"0.01", "0.6", "0.95", "1", "1.02", "1.7", "50"}) {
            for (const char* volatility : {"0.01", "0.3", "0.9", "4"}) {
                for (const std::uint64_t length : {60UL, DAY, 45 * DAY, 730 * DAY}) {
                    const Price strike = scale_floor(price(forward), ratio(moneyness));
                    require_near({price(forward), strike, ratio(volatility), seconds(length), {}});
                    require_near({price(forward), strike, ratio(volatility), seconds(length),
                        ratio("0.06")});
                }
            }
        }
    }
}

TEST_CASE("greeks: limits without time value", "[pricing]")
{
    const Case at_expiry{
        price("2000"), price("1900"), ratio("0.8"), Seconds::zero(), ratio("0.05")};
    CHECK(greeks_of(at_expiry, OptionType::call).delta == Ratio::one());
    CHECK(greeks_of(at_expiry, OptionType::put).delta == Ratio::zero());
    CHECK(greeks_of(at_expiry, OptionType::call).gamma == Ratio::zero());
    CHECK(greeks_of(at_expiry, OptionType::call).vega == Money::zero());
    CHECK(greeks_of(at_expiry, OptionType::call).theta == Money::zero());
    const Case at_the_money{price("2000"), price("2000"), Ratio::zero(), seconds(DAY), {}};
    CHECK(greeks_of(at_the_money, OptionType::call).delta == ratio("0.5"));
    CHECK(greeks_of(at_the_money, OptionType::put).delta == ratio("-0.5"));
    const Case no_strike{price("2000"), Price::zero(), ratio("0.8"), seconds(DAY), {}};
    CHECK(greeks_of(no_strike, OptionType::call).delta == Ratio::one());
    CHECK(greeks_of(no_strike, OptionType::call).gamma == Ratio::zero());
    const Case no_forward{Price::zero(), price("2000"), ratio("0.8"), seconds(DAY), {}};
    CHECK(greeks_of(no_forward, OptionType::put).delta == -Ratio::one());
    CHECK(greeks_of(no_forward, OptionType::put).vega == Money::zero());
    const Case all_time_value{price("2000"), price("3000"), ratio("1000"), seconds(365 * DAY), {}};
    CHECK(greeks_of(all_time_value, OptionType::call).delta == Ratio::one());
    const Case far{price("2000"), price("9000"), ratio("0.1"), seconds(DAY), {}};
    CHECK(greeks_of(far, OptionType::call).delta == Ratio::zero());
    CHECK(greeks_of(far, OptionType::put).delta == -Ratio::one());
    // Nothing traps at the ends of the ranges.
    for (const Price forward : {Price::from_raw(1), pricing::FORWARD_MAX}) {
        for (const Ratio volatility : {Ratio::from_raw(1), ratio("0.000001"), Ratio::max()}) {
            for (const std::uint64_t length : {std::uint64_t{1}, ~std::uint64_t{0}}) {
                const Case c{forward, forward, volatility, seconds(length), ratio("100")};
                CHECK(greeks_of(c, OptionType::call).delta >= Ratio::zero());
                CHECK(greeks_of(c, OptionType::put).delta <= Ratio::zero());
            }
        }
    }
}

}  // namespace
}  // namespace plimsoll
