// plimsoll: tests/engine/pricing/svi_exact_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Volatilities of SVI slices against 60 digits: the exact one lies within the
// error, and the error is one unit wherever total variance is not tiny.
#include "engine/pricing/forward.hpp"
#include "engine/pricing/svi.hpp"
#include "tests/engine/num/operands.hpp"
#include "tests/engine/pricing/exact.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace plimsoll {
namespace {

using num::i128;
using test::price;
using test::ratio;
using test::Real;
using test::real;

/// What 60 digits may have lost of a variance.
const Real NOISE = pow(Real(10), -50);

std::string text_of(const Svi& svi, Price strike)
{
    const auto text = [](const auto& value) { return real(value).str(25) + " "; };
    return text(svi.a) + text(svi.b) + text(svi.rho) + text(svi.m) + text(svi.sigma) +
           text(svi.forward) + text(svi.tau) + "at " + text(strike);
}

/// What is wrong with the volatility of a strike, "" if nothing.
std::string fault_of(const Svi& svi, Price strike)
{
    const std::optional<Real> variance = test::exact_variance(svi, strike);
    const Result<pricing::Volatility> volatility = pricing::svi_volatility(svi, strike);
    // So near to zero neither side can tell the sign.
    const bool is_error = !variance || *variance < -Real(1e-29);
    if (abs(real(svi.b) * real(svi.sigma)) > 50)
        return volatility ? "no error" : "";
    if (!volatility)
        return variance && *variance > NOISE ? "an error" : "";
    if (is_error)
        return "no error";
    const Real exact = sqrt((*variance > 0 ? *variance : Real(0)) / real(svi.tau));
    const Real distance = abs(exact - real(volatility->value)) * Real(1e18);
    if (distance > real(volatility->error.raw()))
        return "the value";
    const Real unit = exact * Real(1e18);
    if (*variance > 2e-28 && abs(real(svi.b)) <= 1 && *variance > unit * 1e-31 &&
        volatility->error.raw() > 1)
        return "the error";
    return "";
}

void require_exact(const Svi& svi, Price strike)
{
    const std::string fault = fault_of(svi, strike);
    if (!fault.empty())
        FAIL(fault << " of " << text_of(svi, strike));
}

TEST_CASE("svi: volatilities of a market's slice lie within one unit of 60 digits", "[pricing]")
{
    const Svi svi{ratio("0.0042"), ratio("0.0711"), ratio("-0.3171"), ratio("0.0133"),
        ratio("0.0917"), price("64321.5"), ratio("0.082191780821917808")};
    REQUIRE(pricing::validate(svi) == Error::ok);
    for (int percent = 1; percent <= 1'000; percent += 3) {
        const Price strike = Price::from_raw(svi.forward.raw() / 100 * percent);
        require_exact(svi, strike);
        const auto volatility = pricing::svi_volatility(svi, strike);
        REQUIRE(volatility);
        REQUIRE(volatility->error == Ratio::from_raw(1));
    }
}

TEST_CASE("svi: total variances down to zero keep a valid error", "[pricing]")
{
    // a = -b * sigma * sqrt(1 - rho^2) with rho = 0.6: variance is zero where (k - m) = -0.75 sigma.
    for (const char* sigma : {"0.5", "0.01", "0.000001", "0.000000000000000005"}) {
        for (int lift = 0; lift <= 40; lift += 1) {
            Svi svi{Ratio::zero(), ratio("0.25"), ratio("0.6"), Ratio::zero(), ratio(sigma),
                price("1000"), ratio("0.5")};
            svi.a = -scale_floor(svi.sigma, ratio("0.2")) + Ratio::from_raw(lift * lift);
            svi.m = scale_floor(svi.sigma, ratio("0.75"));
            require_exact(svi, price("1000"));
            require_exact(svi, price("1000.000000000000000001"));
            require_exact(svi, price("999.99999999999"));
        }
    }
    const Svi nothing{{}, {}, {}, {}, {}, price("1000"), ratio("1")};
    for (const char* strike : {"0.000000000000000001", "999", "1000", "10000000000"}) {
        const auto volatility = pricing::svi_volatility(nothing, price(strike));
        REQUIRE(volatility);
        CHECK(volatility->value.is_zero());
        CHECK(volatility->error <= ratio("0.0000000000000001"));
    }
}

TEST_CASE("svi: random slices, in bounds and out, agree with 60 digits", "[pricing]")
{
    test::Draw draw(505);
    const auto within = [&draw](const char* limit) {
        const i128 raw = test::raw(limit);
        return Ratio::from_raw(
            *num::mul_div_floor(static_cast<i128>(draw.word() >> 1), raw, i128{1} << 63));
    };
    const auto with_sign = [&draw](Ratio value) { return (draw.word() & 1) != 0 ? -value : value; };
    int errors = 0;
    for (int i = 0; i < 40'000; ++i) {
        const bool wild = i % 4 == 0;
        Svi svi;
        svi.a = with_sign(within(wild ? "100" : "0.1"));
        svi.b = wild ? with_sign(within("100")) : within("1");
        svi.rho = with_sign(within(wild ? "100" : "1"));
        svi.m = with_sign(within(wild ? "100" : "0.5"));
        svi.sigma = within(wild ? "3" : i % 4 == 1 ? "0.000000001" : "1");
        svi.tau = within(wild ? "100" : "2") + Ratio::from_raw(1);
        svi.forward = Price::from_raw(draw.value_within(86) | 1).abs();
        Price strike = Price::from_raw(draw.value_within(86) | 1).abs();
        if (i % 3 != 0)
            strike = Price::from_raw(*num::mul_wad_floor(svi.forward.raw(), within("3").raw()) + 1);
        if (strike > pricing::FORWARD_MAX)
            continue;
        require_exact(svi, strike);
        const bool has_error = !pricing::svi_volatility(svi, strike);
        errors += has_error ? 1 : 0;
        if (pricing::validate(svi) == Error::ok)
            REQUIRE(!has_error);
    }
    // Both kinds were there.
    CHECK(errors > 1'000);
    CHECK(errors < 30'000);
}

TEST_CASE("svi: log-moneyness stops at B on both sides", "[pricing]")
{
    const Svi svi{ratio("0.0001"), ratio("0.4"), ratio("-0.3"), ratio("0.02"), ratio("0.001"),
        price("2000"), ratio("0.25")};
    const Real bound = 4 * sqrt(real(svi.a) + real(svi.b) * real(svi.sigma));
    for (const int side : {-1, 1}) {
        const Real edge = real(svi.forward.raw()) * exp(side * bound);
        const i128 around = test::raw_floor(edge);
        for (const i128 step :
            {i128{-1'000'000'000}, i128{-1}, i128{0}, i128{1}, i128{1'000'000'000}})
            require_exact(svi, Price::from_raw(around + step));
        const auto at = pricing::svi_volatility(svi, Price::from_raw(around + side));
        const auto beyond =
            pricing::svi_volatility(svi, Price::from_raw(side > 0 ? 3 * around : around / 3));
        CHECK(at->value == beyond->value);
    }
}

}  // namespace
}  // namespace plimsoll
