// plimsoll: tests/engine/num/diff_boost_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The arithmetic of engine/num and the products of engine/units against
// Boost.Multiprecision. The only file of this room that includes Boost, which compiles slowly.
#include "engine/num/int128.hpp"
#include "engine/num/isqrt.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/wide.hpp"
#include "engine/units/units.hpp"
#include "tests/engine/num/operands.hpp"
#include "tests/engine/num/small_limb.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <catch2/catch.hpp>
#include <cstdint>
#include <optional>
#include <vector>

namespace plimsoll {
namespace {

using num::i128;
using num::Rounding;
using num::u128;
using test::Draw;
using Wide = boost::multiprecision::int512_t;

constexpr int RANDOM_COUNT = 1'000'000;

/// A limb of 64 bits that takes the path of wasm on every machine.
using PortableLimb = test::SmallLimb<64, test::Machine::portable>;

struct Exact
{
    Wide floor;
    bool exact = true;
};

Exact divided(const Wide& numerator, const Wide& denominator)
{
    Exact result;
    Wide remainder;
    boost::multiprecision::divide_qr(numerator, denominator, result.floor, remainder);
    result.exact = remainder == 0;
    if (!result.exact && (remainder < 0) != (denominator < 0))
        --result.floor;
    return result;
}

Wide rounded(const Exact& quotient, Rounding rounding)
{
    const bool up = !quotient.exact && (rounding == Rounding::ceil ||
                                           (rounding == Rounding::trunc && quotient.floor < 0));
    return up ? Wide(quotient.floor + 1) : quotient.floor;
}

bool agrees(const std::optional<i128>& ours, const Wide& theirs)
{
    static const Wide LEAST(num::I128_MIN);
    static const Wide GREATEST(num::I128_MAX);
    if (theirs < LEAST || theirs > GREATEST)
        return !ours.has_value();
    return ours.has_value() && Wide(*ours) == theirs;
}

num::Signed<PortableLimb> portable(i128 value)
{
    const num::Pair<std::uint64_t> pair = num::pair_from(num::magnitude(value));
    return {{PortableLimb(pair.low), PortableLimb(pair.high)}, value < 0};
}

std::optional<i128> optional_from(const num::SignedQuotient<PortableLimb>& quotient)
{
    if (!quotient.fits)
        return std::nullopt;
    const num::Pair<PortableLimb>& size = quotient.value.magnitude;
    return num::i128_from({{size.low.value(), size.high.value()}, quotient.value.negative});
}

int failures_of_mul_div(i128 a, i128 b, i128 d)
{
    if (d == 0)
        return (num::mul_div_floor(a, b, d) || num::mul_div_ceil(a, b, d) ||
                   num::mul_div_trunc(a, b, d))
                   ? 1
                   : 0;
    const Exact expected = divided(Wide(a) * Wide(b), Wide(d));
    int failures = 0;
    failures += !agrees(num::mul_div_floor(a, b, d), rounded(expected, Rounding::floor));
    failures += !agrees(num::mul_div_ceil(a, b, d), rounded(expected, Rounding::ceil));
    failures += !agrees(num::mul_div_trunc(a, b, d), rounded(expected, Rounding::trunc));
    failures +=
        !agrees(optional_from(num::mul_div(portable(a), portable(b), portable(d), Rounding::floor)),
            expected.floor);
    return failures;
}

int failures_of_mul_wad(i128 a, i128 b)
{
    static const Wide WAD(num::WAD);
    static const auto PORTABLE_WAD = num::reciprocal_of(PortableLimb(num::WAD));
    const Exact expected = divided(Wide(a) * Wide(b), WAD);
    int failures = 0;
    failures += !agrees(num::mul_wad_floor(a, b), rounded(expected, Rounding::floor));
    failures += !agrees(num::mul_wad_ceil(a, b), rounded(expected, Rounding::ceil));
    failures += !agrees(num::mul_wad_trunc(a, b), rounded(expected, Rounding::trunc));
    failures += !agrees(
        optional_from(num::mul_div(portable(a), portable(b), PORTABLE_WAD, Rounding::floor)),
        expected.floor);
    const std::optional<num::WadProduct> both = num::mul_wad(a, b);
    const bool fits = num::mul_wad_floor(a, b) && num::mul_wad_ceil(a, b);
    failures += both.has_value() != fits;
    if (both) {
        failures += Wide(both->floor) != expected.floor;
        failures += both->exact != expected.exact;
        failures += Wide(both->ceil()) != rounded(expected, Rounding::ceil);
    }
    return failures;
}

int failures_of_compare_products(i128 a, i128 b, i128 c, i128 d)
{
    const Wide difference = Wide(a) * Wide(b) - Wide(c) * Wide(d);
    int failures = num::compare_products(a, b, c, d) != difference.sign();
    failures += num::compare_products(portable(a), portable(b), portable(c), portable(d)) !=
                difference.sign();
    return failures;
}

int failures_of_isqrt(u128 n)
{
    const Wide root(num::isqrt_floor(n));
    int failures = root * root > Wide(n) || (root + 1) * (root + 1) <= Wide(n);
    const num::Pair<std::uint64_t> pair = num::pair_from(n);
    const num::Pair<PortableLimb> wasm_like{PortableLimb(pair.low), PortableLimb(pair.high)};
    failures += Wide(num::isqrt_pair_floor(wasm_like).value()) != root;
    return failures;
}

TEST_CASE("mul_div agrees with Boost on random operands of every width", "[num][diff]")
{
    Draw draw(1);
    int failures = 0;
    for (int i = 0; i < RANDOM_COUNT; ++i) {
        const i128 a = draw.value();
        const i128 b = draw.value();
        failures += failures_of_mul_div(a, b, draw.value());
    }
    CHECK(failures == 0);
}

TEST_CASE("mul_div agrees with Boost on operands whose quotient fits", "[num][diff]")
{
    Draw draw(2);
    int failures = 0;
    for (int i = 0; i < RANDOM_COUNT / 4; ++i) {
        const i128 a = draw.value_within(127);
        const i128 d = draw.value_within(127);
        // |b| near |d|, so that the quotient is near a: dividends of up to four limbs.
        const i128 b = d / 2 + draw.value_within(64) / 4;
        failures += failures_of_mul_div(a, b, d);
    }
    CHECK(failures == 0);
}

TEST_CASE("mul_div agrees with Boost on all triples of sharp edges", "[num][diff]")
{
    const std::vector<i128> edges = test::sharp_edges();
    int failures = 0;
    for (const i128 a : edges) {
        for (const i128 b : edges) {
            for (const i128 d : edges)
                failures += failures_of_mul_div(a, b, d);
        }
    }
    CHECK(failures == 0);
}

TEST_CASE("mul_wad agrees with Boost on random operands of every width", "[num][diff]")
{
    Draw draw(3);
    int failures = 0;
    for (int i = 0; i < RANDOM_COUNT; ++i) {
        const i128 a = draw.value();
        failures += failures_of_mul_wad(a, draw.value());
    }
    CHECK(failures == 0);
}

TEST_CASE("mul_wad agrees with Boost on all pairs of edges", "[num][diff]")
{
    const std::vector<i128> edges = test::edges();
    int failures = 0;
    for (const i128 a : edges) {
        for (const i128 b : edges)
            failures += failures_of_mul_wad(a, b);
    }
    CHECK(failures == 0);
}

TEST_CASE("mul_wad agrees with Boost where the result meets the end of i128", "[num][diff]")
{
    Draw draw(4);
    int failures = 0;
    for (int i = 0; i < RANDOM_COUNT / 10; ++i) {
        const i128 a = draw.value_within(127);
        if (a == 0)
            continue;
        const std::optional<i128> b =
            num::mul_div_trunc((draw.word() & 1) != 0 ? num::I128_MAX : num::I128_MIN, num::WAD, a);
        if (!b)
            continue;
        for (int offset = -1; offset <= 1; ++offset) {
            if (*b < num::I128_MAX && *b > num::I128_MIN)
                failures += failures_of_mul_wad(a, *b + offset);
        }
    }
    CHECK(failures == 0);
}

TEST_CASE("compare_products agrees with Boost", "[num][diff]")
{
    Draw draw(5);
    int failures = 0;
    for (int i = 0; i < RANDOM_COUNT; ++i) {
        const i128 a = draw.value();
        const i128 b = draw.value();
        const i128 c = draw.value();
        failures += failures_of_compare_products(a, b, c, draw.value());
        // Near ties, where only an exact product decides.
        failures += failures_of_compare_products(a, b, b, a);
        if (a < num::I128_MAX)
            failures += failures_of_compare_products(a + 1, b, b, a);
    }
    const std::vector<i128> edges = test::edges();
    for (const i128 a : edges) {
        for (const i128 b : edges) {
            failures += failures_of_compare_products(a, b, b, a);
            failures += failures_of_compare_products(a, b, num::I128_MIN, num::I128_MAX);
            failures += failures_of_compare_products(a, b, -1, 1);
            failures += failures_of_compare_products(a, a, b, b);
        }
    }
    CHECK(failures == 0);
}

TEST_CASE("isqrt agrees with Boost on random operands, squares and edges", "[num][diff]")
{
    Draw draw(6);
    int failures = 0;
    for (int i = 0; i < RANDOM_COUNT; ++i) {
        failures += failures_of_isqrt(draw.unsigned_value());
        const u128 root = draw.word() >> (draw.word() % 64);
        failures += failures_of_isqrt(root * root);
        if (root > 0)
            failures += failures_of_isqrt(root * root - 1);
    }
    for (const i128 edge : test::edges())
        failures += failures_of_isqrt(static_cast<u128>(edge));
    CHECK(failures == 0);
}

// A product of units, the exact numerator and denominator that it stands for, and its rounding.
int failures_of_units(
    i128 money_raw, i128 other_money_raw, i128 price_raw, i128 quantity_raw, i128 ratio_raw)
{
    const Money money = Money::from_raw(money_raw);
    const Money other = Money::from_raw(other_money_raw);
    const Price price = Price::from_raw(price_raw);
    const Quantity quantity = Quantity::from_raw(quantity_raw);
    const Ratio ratio = Ratio::from_raw(ratio_raw);
    const Wide wad(num::WAD);
    int failures = 0;
    const auto expect = [&failures](
                            auto floor, auto ceil, const Wide& numerator, const Wide& denominator) {
        const Exact expected = divided(numerator, denominator);
        failures += Wide(floor.raw()) != rounded(expected, Rounding::floor);
        failures += Wide(ceil.raw()) != rounded(expected, Rounding::ceil);
    };
    const Wide notional = Wide(quantity_raw) * Wide(price_raw);
    expect(notional_floor(quantity, price), notional_ceil(quantity, price), notional, wad);
    const ValueAndNotional both = value_and_notional(quantity, price);
    failures += both.value_floor != notional_floor(quantity, price);
    failures += both.notional_ceil != notional_ceil(quantity.abs(), price);
    const Wide scale(ratio_raw);
    expect(scale_floor(money, ratio), scale_ceil(money, ratio), Wide(money_raw) * scale, wad);
    expect(scale_floor(price, ratio), scale_ceil(price, ratio), Wide(price_raw) * scale, wad);
    expect(
        scale_floor(quantity, ratio), scale_ceil(quantity, ratio), Wide(quantity_raw) * scale, wad);
    expect(scale_floor(ratio, ratio), scale_ceil(ratio, ratio), scale * scale, wad);
    // Quotients: only with divisors that the ranges allow.
    const Wide limit(num::I128_MAX);
    const auto fits = [&](i128 numerator, i128 denominator) {
        return denominator != 0 && abs(Wide(numerator) * wad / Wide(denominator)) < limit - 1;
    };
    const Wide money_wad = Wide(money_raw) * wad;
    if (fits(money_raw, other_money_raw)) {
        expect(
            ratio_floor(money, other), ratio_ceil(money, other), money_wad, Wide(other_money_raw));
        failures += saturating_ratio_floor(money, other) != ratio_floor(money, other);
        failures += saturating_ratio_ceil(money, other) != ratio_ceil(money, other);
    }
    if (fits(money_raw, quantity_raw))
        expect(price_floor(money, quantity), price_ceil(money, quantity), money_wad,
            Wide(quantity_raw));
    if (fits(money_raw, price_raw))
        expect(
            quantity_floor(money, price), quantity_ceil(money, price), money_wad, Wide(price_raw));
    if (fits(price_raw, price_raw))
        expect(ratio_floor(price, price), ratio_ceil(price, price), wad, Wide(1));
    if (fits(quantity_raw, quantity_raw))
        expect(ratio_floor(quantity, quantity), ratio_ceil(quantity, quantity), wad, Wide(1));
    if (other_money_raw != 0 && num::magnitude(price_raw) <= num::magnitude(other_money_raw)) {
        const Money part = Money::from_raw(price_raw);
        expect(weigh_floor(money, part, other), weigh_ceil(money, part, other),
            Wide(money_raw) * Wide(price_raw), Wide(other_money_raw));
        const Quantity part_base = Quantity::from_raw(price_raw);
        const Quantity whole_base = Quantity::from_raw(other_money_raw);
        expect(weigh_floor(money, part_base, whole_base), weigh_ceil(money, part_base, whole_base),
            Wide(money_raw) * Wide(price_raw), Wide(other_money_raw));
    }
    return failures;
}

TEST_CASE("every product of units agrees with Boost over the declared ranges", "[units][diff]")
{
    Draw draw(7);
    int failures = 0;
    const auto within = [&draw](i128 limit) {
        const i128 value = draw.value_within(127) % (limit + 1);
        return (draw.word() % 64) == 0 ? limit : value;
    };
    for (int i = 0; i < RANDOM_COUNT / 10; ++i) {
        failures += failures_of_units(within(MONEY_MAX.raw()), within(MONEY_MAX.raw()),
            within(PRICE_MAX.raw()), within(QUANTITY_MAX.raw()), within(RATIO_MAX.raw()));
    }
    CHECK(failures == 0);
}

TEST_CASE("a rate over a length of time agrees with Boost", "[units][diff]")
{
    Draw draw(8);
    int failures = 0;
    for (int i = 0; i < RANDOM_COUNT / 10; ++i) {
        const i128 rate = draw.value_within(127) % (RATE_MAX.raw() + 1);
        const std::uint64_t length = draw.word() % (36'525ULL * 86'400ULL);
        const Exact expected = divided(Wide(rate) * Wide(length), Wide(86'400));
        const Seconds seconds = Seconds::from_raw(length);
        failures += Wide(accrued_floor(Rate::from_raw(rate), seconds).raw()) !=
                    rounded(expected, Rounding::floor);
        failures += Wide(accrued_ceil(Rate::from_raw(rate), seconds).raw()) !=
                    rounded(expected, Rounding::ceil);
    }
    CHECK(failures == 0);
}

}  // namespace
}  // namespace plimsoll
