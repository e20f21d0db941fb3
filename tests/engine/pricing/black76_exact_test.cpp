// plimsoll: tests/engine/pricing/black76_exact_test.cpp             SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Brackets of Black-76 against 60 digits: they hold the exact price and are as
// narrow as promised, on grids, at random, and at every seam of the formula.
#include "engine/pricing/black76.hpp"
#include "tests/engine/num/operands.hpp"
#include "tests/engine/pricing/exact.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace plimsoll {
namespace {

using num::i128;
using pricing::OptionBrackets;
using pricing::PriceBracket;
using pricing::Volatility;
using test::price;
using test::ratio;
using test::Real;
using test::real;
using test::seconds;

constexpr std::uint64_t DAY = 86'400;
constexpr std::uint64_t YEAR = 365 * DAY;

struct Case
{
    Price forward;
    Price strike;
    Ratio volatility;
    Seconds length;
    Ratio rate;
    Ratio volatility_error;
};

/// What the whole file has seen: the greatest distance of a bracket's middle from the exact price, in
/// 2^-64 of the forward.
double greatest_error = 0;

std::string text_of(const Case& c)
{
    const auto text = [](const auto& value) { return real(value).str(25); };
    return "F " + text(c.forward) + " K " + text(c.strike) + " vol " + text(c.volatility) + " +- " +
           text(c.volatility_error) + " T " + std::to_string(c.length.raw()) + " rate " +
           text(c.rate);
}

bool holds(const PriceBracket& bracket, const Real& exact)
{
    // 60 digits leave less than this of a raw unit.
    static const Real NOISE = pow(Real(10), -20);
    return !bracket.floor.is_negative() && real(bracket.floor.raw()) <= exact + NOISE &&
           exact <= real(bracket.ceil.raw()) + NOISE;
}

/// What the volatility may be at one end of its error: -1, 0 or 1.
Ratio volatility_at(const Case& c, int side)
{
    const Ratio error = side < 0 ? -c.volatility_error : side > 0 ? c.volatility_error : Ratio{};
    const Ratio at = c.volatility + error;
    return at.is_negative() ? Ratio::zero() : at;
}

/// How far apart the ends may be, in raw units; `price` is the greater one before discounting.
Real width_max(const Case& c, const Real& price)
{
    const Real unit = ldexp(real(c.forward.raw()), -64);
    const Real root = sqrt(test::years(c.length));
    Real width = 2 * pricing::BLACK_ERROR_Q64 * unit + 3;
    if (!c.volatility_error.is_zero())
        width += real(c.volatility_error) * root * real(c.forward.raw()) * 0.84 + 4 * unit;
    // Where the formula jumps from the intrinsic value to the other.
    if (real(c.volatility - c.volatility_error) * root < 1.1e-18)
        width += 16 * unit;
    if (!c.rate.is_zero())
        width += ldexp(price, -61);
    return width;
}

/// The distance of an unclamped bracket's middle from the exact price.
void record_error(const PriceBracket& bracket, const Real& exact, const Case& c)
{
    const Real unit = ldexp(real(c.forward.raw()), -64);
    const bool is_whole = real((bracket.ceil - bracket.floor).raw()) > unit * 25.9;
    if (unit < 1'000 || !is_whole || !c.rate.is_zero() || !c.volatility_error.is_zero())
        return;
    const Real middle = (real(bracket.ceil.raw()) + real(bracket.floor.raw())) / 2;
    const double error = Real(abs(middle - exact) / unit).convert_to<double>();
    greatest_error = error > greatest_error ? error : greatest_error;
}

/// What is wrong with the brackets of a case, "" if nothing: they hold the exact prices at both ends of
/// the volatility's error, are no wider than stated, and keep call - put = (F - K) * D.
std::string fault_of(const Case& c)
{
    const pricing::Discount discount = pricing::discount_of(c.rate, Ratio::one(), c.length);
    const OptionBrackets brackets =
        pricing::black76(pricing::forward_point(c.forward), pricing::strike_point(c.strike),
            {c.volatility, c.volatility_error}, pricing::tenor_of(c.length), discount);
    const Real f = real(c.forward.raw());
    const Real k = real(c.strike.raw());
    const Real exact_discount = test::exact_discount(c.rate, Ratio::one(), c.length);
    for (const int side : {-1, 0, 1}) {
        if (side != 0 && c.volatility_error.is_zero())
            continue;
        const test::ExactPrices exact =
            test::exact_black76(f, k, real(volatility_at(c, side)), test::years(c.length));
        if (!holds(brackets.call, exact.call * exact_discount))
            return "the call";
        if (!holds(brackets.put, exact.put * exact_discount))
            return "the put";
        const Real width = width_max(c, exact.call > exact.put ? exact.call : exact.put);
        if (real((brackets.call.ceil - brackets.call.floor).raw()) > width ||
            real((brackets.put.ceil - brackets.put.floor).raw()) > width)
            return "the width";
        record_error(brackets.call, exact.call, c);
        record_error(brackets.put, exact.put, c);
    }
    const Real difference = (f - k) * exact_discount;
    if (real((brackets.call.floor - brackets.put.ceil).raw()) > difference ||
        difference > real((brackets.call.ceil - brackets.put.floor).raw()))
        return "the parity";
    return "";
}

void require_exact(const Case& c)
{
    const std::string fault = fault_of(c);
    if (!fault.empty())
        FAIL(fault << " of " << text_of(c));
}

/// 10^exponent as a price, the exponent in thousandths.
Price power_of_ten(int thousandths)
{
    const Real value = pow(Real(10), Real(thousandths) / 1000 + 18);
    return Price::from_raw(test::raw_floor(value));
}

TEST_CASE(
    "black76: brackets hold 60 digits on a grid of moneyness, volatility and time", "[pricing]")
{
    const Ratio volatilities[] = {Ratio::zero(), Ratio::from_raw(1), ratio("0.000000001"),
        ratio("0.01"), ratio("0.1"), ratio("0.2"), ratio("0.5"), ratio("0.8"), ratio("1.2"),
        ratio("2.5"), ratio("5"), ratio("12"), ratio("25"), ratio("50")};
    const std::uint64_t lengths[] = {
        1, 60, 3'600, DAY, 7 * DAY, 30 * DAY, 90 * DAY, YEAR, 5 * YEAR, 30 * YEAR};
    const Price forwards[] = {price("1"), price("64321.987654321"), price("100000000")};
    for (const Price forward : forwards) {
        for (int thousandths = -6'000; thousandths <= 6'000; thousandths += 500) {
            const Price factor = power_of_ten(thousandths);
            const Price strike = Price::from_raw(*num::mul_wad_floor(forward.raw(), factor.raw()));
            if (strike > pricing::FORWARD_MAX)
                continue;
            for (const Ratio volatility : volatilities) {
                for (const std::uint64_t length : lengths)
                    require_exact({forward, strike, volatility, seconds(length),
                        thousandths % 1000 == 0 ? ratio("0.07") : Ratio::zero(), Ratio::zero()});
            }
        }
    }
}

TEST_CASE("black76: brackets hold 60 digits near the money, day by day", "[pricing]")
{
    const Price forward = price("30000");
    for (int percent = 50; percent <= 200; percent += 5) {
        const Price strike = scale_floor(forward, ratio("0.01"));
        for (const std::uint64_t days : {1U, 2U, 7U, 30U, 180U, 400U}) {
            for (const char* volatility : {"0.15", "0.45", "0.9", "1.8"})
                require_exact({forward, Price::from_raw(strike.raw() * percent), ratio(volatility),
                    seconds(days * DAY), ratio("0.05"), Ratio::from_raw(1)});
        }
    }
}

TEST_CASE("black76: brackets hold 60 digits at random", "[pricing]")
{
    test::Draw draw(20'240'607);
    const auto share = [&draw] { return Real(draw.word()) * ldexp(Real(1), -64); };
    // Between low and high, every order of magnitude as likely as any other.
    const auto spread = [&](const Real& low, const Real& high) {
        return Real(low * exp(share() * log(high / low)));
    };
    const auto raw = [](const Real& value) { return test::raw_floor(value * Real(1e18)); };
    for (int i = 0; i < 30'000; ++i) {
        const bool wide = i % 4 == 0;
        Case c;
        const Real forward = wide ? spread(1e-15, 1e8) : spread(1e-3, 1e8);
        const Real volatility = wide ? spread(1e-12, 60) : spread(0.05, 4);
        c.forward = Price::from_raw(raw(forward));
        c.length = seconds(1 + spread(1, 1e9).convert_to<std::uint64_t>());
        c.volatility = Ratio::from_raw(raw(volatility));
        // Strikes within some deviations, or anywhere.
        Real distance = (share() - 0.5) * 24 * volatility * sqrt(test::years(c.length));
        if (i % 5 == 0 || abs(distance) > 13)
            distance = (share() - 0.5) * 26;
        const Real strike = forward * exp(distance);
        c.strike = strike < 9e9 ? Price::from_raw(raw(strike)) : c.forward;
        c.rate = i % 3 == 0 ? Ratio::from_raw(raw(spread(1e-9, 3))) : Ratio::zero();
        c.volatility_error = i % 7 == 0 ? Ratio::from_raw(raw(spread(1e-17, 1e-2))) : Ratio::zero();
        require_exact(c);
    }
    WARN("greatest error of a price seen: " << greatest_error << " of " << pricing::BLACK_ERROR_Q64
                                            << " / 2^64 of the forward");
    CHECK(greatest_error > 0.1);
    CHECK(greatest_error <= pricing::BLACK_ERROR_Q64);
}

TEST_CASE("black76: brackets hold 60 digits on both sides of every seam", "[pricing]")
{
    const Price forward = price("100000000");
    const Seconds lengths[] = {
        seconds(3'600), seconds(30 * DAY), seconds(YEAR), seconds(30 * YEAR)};
    // v, and where the seam in strike is: at the money, at d1 = 0, at d2 = 0, at the cutoffs.
    const char* const deviations[] = {
        "0.000000000000000001", "0.000000001", "0.01", "0.3", "1", "3", "9", "18", "23.999999"};
    for (const Seconds length : lengths) {
        for (const char* deviation : deviations) {
            const Real v = real(ratio(deviation));
            const Real volatility = v / sqrt(test::years(length));
            const Ratio nearest = Ratio::from_raw(test::raw_floor(volatility * Real(1e18)));
            for (const Real& d1 :
                {Real(0), Real(v), Real(v / 2), Real(-9.3), Real(9.3 + v), Real(64), Real(-64)}) {
                const Real k = real(forward) * exp(v * v / 2 - d1 * v);
                if (k > 9.9e9 || k < 1e-18)
                    continue;
                const Real raw_k = k * 1e18;
                const i128 around = test::raw_floor(raw_k);
                for (int step = -2; step <= 2; ++step) {
                    const i128 strike = around + step * (around >> 58) + step;
                    if (strike > 0)
                        require_exact({forward, Price::from_raw(strike), nearest, length, {}, {}});
                }
            }
        }
        // v around 10^-18 and around 24, raw unit by raw unit of volatility.
        for (const char* limit : {"0.000000000000000001", "24"}) {
            const Real volatility = real(ratio(limit)) / sqrt(test::years(length)) * 1e18;
            const i128 around = test::raw_floor(volatility);
            for (int step = -3; step <= 3; ++step) {
                const i128 raw = around + step * (around > 1'000'000 ? around >> 48 : 1);
                if (raw < 0)
                    continue;
                for (const char* moneyness :
                    {"1", "0.5", "1.000000000000000001", "0.999999999999999999", "90"}) {
                    for (const int error : {0, 1})
                        require_exact({forward, scale_floor(forward, ratio(moneyness)),
                            Ratio::from_raw(raw), length, {}, Ratio::from_raw(error)});
                }
            }
        }
    }
}

TEST_CASE("black76: a rounded forward widens the bracket by what it can be off", "[pricing]")
{
    for (const char* text :
        {"0.000000000000000001", "0.000000000000000003", "0.000000000000001", "1", "31234.5"}) {
        const Price forward = price(text);
        const pricing::ForwardPoint point{forward, 1, pricing::forward_point(forward).ln_q64};
        for (const char* moneyness : {"0", "0.2", "1", "1.3", "40"}) {
            const Price strike = scale_floor(forward, ratio(moneyness));
            const OptionBrackets brackets = pricing::black76(point, pricing::strike_point(strike),
                {ratio("0.7"), {}}, pricing::tenor_of(seconds(40 * DAY)), {});
            for (const double off : {-0.5, 0.5, 1.0, -1.0}) {
                const test::ExactPrices exact = test::exact_black76(real(forward.raw()) + off,
                    real(strike.raw()), real(ratio("0.7")), test::years(seconds(40 * DAY)));
                CHECK(holds(brackets.call, exact.call));
                CHECK(holds(brackets.put, exact.put));
            }
        }
    }
}

}  // namespace
}  // namespace plimsoll
