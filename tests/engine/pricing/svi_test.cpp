// plimsoll: tests/engine/pricing/svi_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Where a volatility surface has no value, and which slices a market may use.
#include "engine/pricing/svi.hpp"

#include "engine/pricing/forward.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using pricing::svi_volatility;
using pricing::validate;
using test::price;
using test::ratio;

const Svi SLICE{ratio("0.04"), ratio("0.2"), ratio("-0.4"), ratio("0.1"), ratio("0.3"),
    price("2000"), ratio("0.25")};

Svi with(Ratio Svi::* field, const char* value)
{
    Svi svi = SLICE;
    svi.*field = ratio(value);
    return svi;
}

Error error_at(const Svi& svi, const char* strike = "2000")
{
    return svi_volatility(svi, price(strike)).error();
}

TEST_CASE("svi: a flat slice is its level", "[pricing]")
{
    const Svi flat{ratio("0.09"), {}, {}, {}, {}, price("2000"), ratio("0.25")};
    const auto volatility = svi_volatility(flat, price("1234.5"));
    REQUIRE(volatility);
    CHECK(volatility->value == ratio("0.6"));
    CHECK(volatility->error == Ratio::from_raw(1));
}

TEST_CASE("svi: outside its domain there is an error, never a clamp", "[pricing]")
{
    REQUIRE(error_at(SLICE) == Error::ok);
    CHECK(error_at(with(&Svi::tau, "0")) == Error::surface_domain);
    CHECK(error_at(with(&Svi::tau, "-1")) == Error::surface_domain);
    Svi svi = SLICE;
    svi.forward = Price::zero();
    CHECK(error_at(svi) == Error::surface_domain);
    // a + b * sigma is -1e-36.
    svi = SLICE;
    svi.a = -Ratio::from_raw(1);
    svi.b = Ratio::from_raw(1);
    svi.sigma = ratio("0.999999999999999999");
    CHECK(error_at(svi) == Error::surface_domain);
    svi.sigma = Ratio::one();
    svi.m = Ratio::zero();
    CHECK(error_at(svi) == Error::ok);
    // a + b * sigma > 0, but the variance where the smile turns is not.
    svi = with(&Svi::a, "-0.059");
    svi.m = ratio("-0.13");
    CHECK(error_at(svi) == Error::surface_domain);
}

TEST_CASE("svi: a strike of zero has no volatility, whatever the slice", "[pricing]")
{
    const auto volatility = svi_volatility(with(&Svi::tau, "0"), Price::zero());
    REQUIRE(volatility);
    CHECK(volatility->value.is_zero());
    CHECK(volatility->error.is_zero());
}

TEST_CASE("svi: total variance counts up to 144", "[pricing]")
{
    Svi svi = with(&Svi::b, "100");
    svi.a = ratio("100");
    svi.rho = ratio("1");
    const auto volatility = svi_volatility(svi, price("9000000000"));
    REQUIRE(volatility);
    CHECK(volatility->value == ratio("24"));
}

TEST_CASE("svi: parameters out of bounds are an error and never a trap", "[pricing]")
{
    for (Ratio Svi::* const field :
        {&Svi::a, &Svi::b, &Svi::rho, &Svi::m, &Svi::sigma, &Svi::tau}) {
        for (const Ratio value : {Ratio::max(), Ratio::min() + Ratio::from_raw(1),
                 ratio("100.000000000000000001"), ratio("-100.000000000000000001")}) {
            Svi svi = SLICE;
            svi.*field = value;
            for (const char* strike : {"0.000000000000000001", "2000", "10000000000"})
                CHECK(error_at(svi, strike) == Error::surface_domain);
            CHECK(validate(svi) == Error::surface_domain);
        }
        // At the bounds it is computed or refused, but it does not trap.
        for (const char* value : {"100", "-100"}) {
            const Svi svi = with(field, value);
            for (const char* strike : {"0.000000000000000001", "2000", "10000000000"}) {
                const Error error = error_at(svi, strike);
                CHECK((error == Error::ok || error == Error::surface_domain));
            }
        }
    }
    Svi svi = SLICE;
    svi.forward = Price::max();
    CHECK(error_at(svi) == Error::surface_domain);
}

TEST_CASE(
    "svi: a market may use slices without negative variance or arbitrage in the wings", "[pricing]")
{
    CHECK(validate(SLICE) == Error::ok);
    CHECK(validate(with(&Svi::b, "0")) == Error::ok);
    CHECK(validate(with(&Svi::b, "-0.000000000000000001")) == Error::surface_domain);
    CHECK(validate(with(&Svi::rho, "1")) == Error::ok);
    CHECK(validate(with(&Svi::rho, "-1")) == Error::ok);
    CHECK(validate(with(&Svi::rho, "1.000000000000000001")) == Error::surface_domain);
    CHECK(validate(with(&Svi::rho, "-1.000000000000000001")) == Error::surface_domain);
    CHECK(validate(with(&Svi::sigma, "0")) == Error::ok);
    CHECK(validate(with(&Svi::sigma, "-0.000000000000000001")) == Error::surface_domain);
    CHECK(validate(with(&Svi::tau, "0")) == Error::surface_domain);
    CHECK(validate(with(&Svi::tau, "0.000000000000000001")) == Error::ok);
    // b * (1 + |rho|) = 2 is the steepest.
    Svi svi = with(&Svi::b, "1.25");
    svi.rho = ratio("-0.6");
    CHECK(validate(svi) == Error::ok);
    svi.b = ratio("1.250000000000000001");
    CHECK(validate(svi) == Error::surface_domain);
    // a = -b * sigma * sqrt(1 - rho^2) touches zero: 0.25 * 0.5 * 0.8.
    svi = {ratio("-0.1"), ratio("0.25"), ratio("0.6"), {}, ratio("0.5"), price("2000"), ratio("1")};
    CHECK(validate(svi) == Error::ok);
    svi.a = ratio("-0.100000000000000001");
    CHECK(validate(svi) == Error::surface_domain);
    svi = SLICE;
    svi.forward = PRICE_MAX;
    CHECK(validate(svi) == Error::ok);
    svi.forward = PRICE_MAX + Price::from_raw(1);
    CHECK(validate(svi) == Error::surface_domain);
}

}  // namespace
}  // namespace plimsoll
