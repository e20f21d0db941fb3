// plimsoll: tests/engine/num/decimal_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Decimal text in and out: every accepted form, every rejection by its error.
#include "engine/num/decimal.hpp"

#include "engine/error.hpp"
#include "engine/num/int128.hpp"
#include "tests/engine/num/operands.hpp"

#include <catch2/catch.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace plimsoll {
namespace {

using num::decimal_text;
using num::i128;
using num::I128_MAX;
using num::I128_MIN;
using num::parse_decimal;
using num::parse_integer;

constexpr i128 UNIT = num::WAD;

static_assert(*parse_decimal("-12.5", 18) == -12 * UNIT - UNIT / 2);
static_assert(std::string_view(decimal_text(-12 * UNIT - UNIT / 2, 18)) == "-12.5");

std::string text(i128 raw, int decimals)
{
    return std::string(std::string_view(decimal_text(raw, decimals)));
}

/// The plain way: one digit at a time.
std::string plain_text(i128 raw, int decimals)
{
    num::u128 rest = num::magnitude(raw);
    std::string digits;
    while (rest != 0 || digits.size() < static_cast<std::size_t>(decimals) + 1) {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
        rest /= 10;
    }
    std::string whole = digits.substr(0, digits.size() - static_cast<std::size_t>(decimals));
    std::string fraction = digits.substr(whole.size());
    while (!fraction.empty() && fraction.back() == '0')
        fraction.pop_back();
    return (raw < 0 ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

TEST_CASE("decimal: accepted forms", "[num][decimal]")
{
    CHECK((*parse_decimal("0", 18) == 0));
    CHECK((*parse_decimal("0.0", 18) == 0));
    CHECK((*parse_decimal("1", 0) == UNIT));
    CHECK((*parse_decimal("10", 18) == 10 * UNIT));
    CHECK((*parse_decimal("-1", 18) == -UNIT));
    CHECK((*parse_decimal("1.50", 18) == UNIT + UNIT / 2));
    CHECK((*parse_decimal("-0.000000000000000001", 18) == -1));
    CHECK((*parse_decimal("0.000000000000000001", 18) == 1));
    CHECK((*parse_decimal("123456789.987654321", 9) ==
           i128{123'456'789} * UNIT + i128{987'654'321} * 1'000'000'000));
    CHECK((*parse_decimal("170141183460469231731.687303715884105727", 18) == I128_MAX));
    CHECK((*parse_decimal("-170141183460469231731.687303715884105728", 18) == I128_MIN));
}

TEST_CASE("decimal: every form but the exact one is bad_number", "[num][decimal]")
{
    for (const std::string_view bad :
        {"", "-", "+1", "--1", "1.", ".5", "-.5", ".", "01", "00", "-01", "00.5", "1e5", "1E5",
            "1.5e1", "0x10", " 1", "1 ", "1,000", "1_000", "1.2.3", "1..2", "1-", "NaN", "inf",
            "-0", "-0.0", "-0.000", "\xef\xbc\x91", "1\xc2\xa0", "1/2", "1:", "a"}) {
        INFO("text: '" << bad << "'");
        CHECK(parse_decimal(bad, 18).error() == Error::bad_number);
    }
    CHECK(parse_decimal(std::string_view("1\0", 2), 18).error() == Error::bad_number);
    CHECK(parse_decimal(std::string_view("\0", 1), 18).error() == Error::bad_number);
}

TEST_CASE("decimal: more digits behind the point than allowed are bad_number, zeros too",
    "[num][decimal]")
{
    CHECK(parse_decimal("0.0000000000000000001", 18).error() == Error::bad_number);
    CHECK(parse_decimal("1.0000000000000000000", 18).error() == Error::bad_number);
    CHECK(parse_decimal("1.1", 0).error() == Error::bad_number);
    CHECK(parse_decimal("1.123", 2).error() == Error::bad_number);
    CHECK(static_cast<bool>(parse_decimal("1.12", 2)));
    for (int decimals = 0; decimals < 18; ++decimals) {
        const std::string at_limit = "1." + std::string(static_cast<std::size_t>(decimals), '1');
        if (decimals > 0)
            CHECK(static_cast<bool>(parse_decimal(at_limit, decimals)));
        CHECK(parse_decimal(at_limit + "1", decimals).error() == Error::bad_number);
    }
}

TEST_CASE("decimal: well-formed values outside i128 are out_of_range", "[num][decimal]")
{
    CHECK(parse_decimal("170141183460469231731.687303715884105728", 18).error() ==
          Error::out_of_range);
    CHECK(parse_decimal("-170141183460469231731.687303715884105729", 18).error() ==
          Error::out_of_range);
    CHECK(parse_decimal("170141183460469231732", 18).error() == Error::out_of_range);
    // Beyond u128 in the sum, in the product, and in the digits themselves.
    CHECK(parse_decimal("340282366920938463463.374607431768211456", 18).error() ==
          Error::out_of_range);
    CHECK(parse_decimal("340282366920938463464", 18).error() == Error::out_of_range);
    CHECK(parse_decimal("340282366920938463463374607431768211456", 18).error() ==
          Error::out_of_range);
    CHECK(parse_decimal(std::string(65'536, '9'), 18).error() == Error::out_of_range);
    // The form is judged before the size.
    CHECK(parse_decimal(std::string(100, '9') + "x", 18).error() == Error::bad_number);
}

TEST_CASE("decimal: integers", "[num][decimal]")
{
    CHECK((*parse_integer("0") == 0));
    CHECK((*parse_integer("1000000") == 1'000'000));
    CHECK((*parse_integer("170141183460469231731687303715884105727") == I128_MAX));
    CHECK(parse_integer("170141183460469231731687303715884105728").error() == Error::out_of_range);
    CHECK(parse_integer("340282366920938463463374607431768211456").error() == Error::out_of_range);
    CHECK(parse_integer(std::string(1'000, '9')).error() == Error::out_of_range);
    for (const std::string_view bad :
        {"", "-1", "+1", "01", "00", "1.0", "1e3", " 1", "1 ", "0x1", "-0", "a"}) {
        INFO("text: '" << bad << "'");
        CHECK(parse_integer(bad).error() == Error::bad_number);
    }
}

TEST_CASE("decimal: canonical text", "[num][decimal]")
{
    CHECK(text(0, 18) == "0");
    CHECK(text(0, 0) == "0");
    CHECK(text(1, 18) == "0.000000000000000001");
    CHECK(text(-1, 18) == "-0.000000000000000001");
    CHECK(text(UNIT, 18) == "1");
    CHECK(text(10 * UNIT, 18) == "10");
    CHECK(text(UNIT + UNIT / 2, 18) == "1.5");
    CHECK(text(1'500'000, 6) == "1.5");
    CHECK(text(100, 0) == "100");
    CHECK(text(-100, 2) == "-1");
    CHECK(text(-105, 2) == "-1.05");
    CHECK(text(I128_MAX, 0) == "170141183460469231731687303715884105727");
    CHECK(text(I128_MIN, 0) == "-170141183460469231731687303715884105728");
    CHECK(text(I128_MIN, 18) == "-170141183460469231731.687303715884105728");
    CHECK(text(I128_MIN, 38) == "-1.70141183460469231731687303715884105728");
    CHECK(text(-1, 38) == "-0.00000000000000000000000000000000000001");
}

TEST_CASE("decimal: text and back is the identity over random values and edges", "[num][decimal]")
{
    test::Draw draw(11);
    int failures = 0;
    const auto check = [&failures](i128 raw) {
        const num::DecimalText written = decimal_text(raw, 18);
        const auto back = parse_decimal(written, 18);
        failures += !back || *back != raw;
        if (raw >= 0) {
            const auto whole = parse_integer(decimal_text(raw, 0));
            failures += !whole || *whole != raw;
        }
    };
    for (int i = 0; i < 200'000; ++i)
        check(draw.value());
    for (const i128 edge : test::edges())
        check(edge);
    CHECK(failures == 0);
}

TEST_CASE("decimal: text agrees with the plain way for every number of decimals", "[num][decimal]")
{
    test::Draw draw(12);
    int failures = 0;
    for (int decimals = 0; decimals <= num::TEXT_DECIMALS_MAX; ++decimals) {
        for (int i = 0; i < 300; ++i) {
            const i128 raw = draw.value();
            failures += text(raw, decimals) != plain_text(raw, decimals);
        }
        for (const i128 edge : test::sharp_edges())
            failures += text(edge, decimals) != plain_text(edge, decimals);
        i128 power = 1;
        for (int i = 0; i < 38; ++i) {
            failures += text(power, decimals) != plain_text(power, decimals);
            failures += text(-power, decimals) != plain_text(-power, decimals);
            power *= 10;
        }
    }
    CHECK(failures == 0);
}

}  // namespace
}  // namespace plimsoll
