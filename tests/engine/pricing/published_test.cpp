// plimsoll: tests/engine/pricing/published_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Option values and greeks that others have printed, to a unit of the last digit that can be trusted.
#include "engine/pricing/black76.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace plimsoll {
namespace {

using pricing::OptionBrackets;
using pricing::PriceBracket;
using test::money;
using test::price;
using test::ratio;
using test::seconds;

constexpr std::uint64_t YEAR = 31'536'000;

/// Years with at most four decimals are whole seconds.
Seconds years(const char* text)
{
    return seconds(static_cast<std::uint64_t>(
        *num::mul_div_floor(test::raw(text), std::int64_t{YEAR}, num::WAD)));
}

OptionBrackets priced(Price forward, Price strike, Ratio volatility, Seconds length, Ratio rate)
{
    return pricing::black76(pricing::forward_point(forward), pricing::strike_point(strike),
        {volatility, {}}, pricing::tenor_of(length),
        pricing::discount_of(rate, Ratio::one(), length));
}

/// Whether the bracket lies within the tolerance of a printed value.
bool prints(const PriceBracket& bracket, const char* printed, const char* tolerance)
{
    return bracket.floor >= price(printed) - price(tolerance) &&
           bracket.ceil <= price(printed) + price(tolerance);
}

TEST_CASE("published: calls and puts on futures", "[pricing]")
{
    // Haug, The Complete Guide to Option Pricing Formulas, 1998, pp. 24 and 27: rate 10 %. The forward is
    // the futures price.
    struct Row
    {
        const char* forward;
        const char* years;
        const char* volatility;
        const char* call;
        const char* put;
    };
    const Row rows[] = {
        {"90", "0.1", "0.15", "0.0205", "9.9210"},
        {"100", "0.1", "0.15", "1.8734", "1.8734"},
        {"110", "0.1", "0.15", "9.9413", "0.0408"},
        {"90", "0.1", "0.25", "0.3150", "10.2155"},
        {"100", "0.1", "0.25", "3.1217", "3.1217"},
        {"110", "0.1", "0.25", "10.3556", "0.4551"},
        {"90", "0.1", "0.35", "0.9474", "10.8479"},
        {"100", "0.1", "0.35", "4.3693", "4.3693"},
        {"110", "0.1", "0.35", "11.1381", "1.2376"},
        {"90", "0.5", "0.15", "0.8069", "10.3192"},
        {"100", "0.5", "0.15", "4.0232", "4.0232"},
        {"110", "0.5", "0.15", "10.5769", "1.0646"},
        {"90", "0.5", "0.25", "2.7026", "12.2149"},
        {"100", "0.5", "0.25", "6.6997", "6.6997"},
        {"110", "0.5", "0.25", "12.7857", "3.2734"},
        {"90", "0.5", "0.35", "4.9329", "14.4452"},
        {"100", "0.5", "0.35", "9.3679", "9.3679"},
        {"110", "0.5", "0.35", "15.3086", "5.7963"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.forward, row.years, row.volatility);
        const OptionBrackets brackets = priced(price(row.forward), price("100"),
            ratio(row.volatility), years(row.years), ratio("0.1"));
        CHECK(prints(brackets.call, row.call, "0.0001"));
        CHECK(prints(brackets.put, row.put, "0.0001"));
    }
    const OptionBrackets oil =
        priced(price("19"), price("19"), ratio("0.28"), years("0.75"), ratio("0.1"));
    CHECK(prints(oil.call, "1.7011", "0.0001"));
    CHECK(prints(oil.put, "1.7011", "0.0001"));

    // Hull, Options, Futures and Other Derivatives, 5th edition, pp. 287-288.
    const OptionBrackets hull =
        priced(price("20"), price("20"), ratio("0.25"), seconds(YEAR / 3), ratio("0.09"));
    CHECK(prints(hull.call, "1.1166", "0.0001"));
    CHECK(prints(hull.put, "1.1166", "0.0001"));

    // The manual of SAS, function BLACKPTPRC.
    CHECK(
        prints(priced(price("350"), price("298"), ratio("0.25"), years("0.25"), ratio("0.06")).put,
            "1.85980563934967", "0.0000000000001"));
    CHECK(prints(priced(price("170"), price("145"), ratio("0.2"), years("0.5"), ratio("0.05")).put,
        "1.41234979911583", "0.0000000000001"));

    // The documentation of py_vollib, doubles: black() and undiscounted_black().
    CHECK(prints(priced(price("100"), price("100"), ratio("0.2"), years("0.5"), ratio("0.02")).call,
        "5.5811067246048118", "0.0000000000001"));
    CHECK(prints(priced(price("100"), price("100"), ratio("0.2"), years("0.5"), {}).call,
        "5.637197779701664", "0.0000000000001"));
}

TEST_CASE("published: options on spot, whose forward grows at rate less yield", "[pricing]")
{
    struct Row
    {
        bool is_call;
        const char* spot;
        const char* strike;
        const char* carry;
        const char* rate;
        const char* years;
        const char* volatility;
        const char* value;
        const char* tolerance;
    };
    const Row rows[] = {
        // Haug, 1998, pp. 2-8.
        {true, "60", "65", "0.08", "0.08", "0.25", "0.30", "2.1334", "0.0001"},
        {false, "100", "95", "0.05", "0.10", "0.5", "0.20", "2.4648", "0.0001"},
        {true, "1.56", "1.60", "-0.02", "0.06", "0.5", "0.12", "0.0291", "0.0001"},
        {false, "75", "70", "0.05", "0.10", "0.5", "0.35", "4.0870", "0.0001"},
        {true, "42", "40", "-0.04", "0.04", "0.75", "0.35", "5.0975", "0.0001"},
        // Hull, the example of the Black-Scholes-Merton formulas.
        {true, "42", "40", "0.10", "0.10", "0.5", "0.20", "4.76", "0.005"},
        {false, "42", "40", "0.10", "0.10", "0.5", "0.20", "0.81", "0.005"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.spot, row.strike, row.value);
        const Seconds length = years(row.years);
        const Price forward =
            scale_floor(price(row.spot), pricing::exp_of_rate(ratio(row.carry), length).floor);
        const OptionBrackets brackets =
            priced(forward, price(row.strike), ratio(row.volatility), length, ratio(row.rate));
        CHECK(prints(row.is_call ? brackets.call : brackets.put, row.value, row.tolerance));
    }
}

TEST_CASE("published: greeks of options on futures", "[pricing]")
{
    const auto greeks = [](const char* forward, const char* strike, const char* volatility,
                            Seconds length, const char* rate, OptionType type) {
        return pricing::greeks(pricing::forward_point(price(forward)),
            pricing::strike_point(price(strike)), {ratio(volatility), {}},
            pricing::tenor_of(length), pricing::discount_of(ratio(rate), Ratio::one(), length),
            type);
    };
    // Haug, 1998, p. 11.
    const auto haug_delta = [&](OptionType type) {
        return greeks("105", "100", "0.36", years("0.5"), "0.1", type).delta;
    };
    CHECK((haug_delta(OptionType::call) - ratio("0.5946")).abs() <= ratio("0.0001"));
    CHECK((haug_delta(OptionType::put) - ratio("-0.3566")).abs() <= ratio("0.0001"));
    // The documentation of py_vollib; 0.3846 years are 12,128,745.6 seconds, so eight digits.
    const pricing::Greeks vollib =
        greeks("49", "50", "0.2", seconds(12'128'746), "0.05", OptionType::call);
    CHECK((vollib.delta - ratio("0.45107017482201828")).abs() <= ratio("0.00000001"));
    CHECK((vollib.gamma - ratio("0.0640646705882")).abs() <= ratio("0.00000001"));
    CHECK((vollib.vega - money("11.8317785624")).abs() <= money("0.000001"));
    CHECK((vollib.theta - money("-0.00816236877462")).abs() <= money("0.00000001"));
}

/// The decimals of `text` up to the 18th; "1.2e-5" and smaller are not needed to be exact.
Price cut_price(const std::string& text)
{
    if (text.find('e') != std::string::npos)
        return Price::from_raw(static_cast<num::i128>(std::strtold(text.c_str(), nullptr) * 1e18L));
    const std::size_t point = text.find('.');
    return price(point == std::string::npos ? text.c_str() : text.substr(0, point + 19).c_str());
}

TEST_CASE("published: generated values lie within 1e-15 of the forward, where they are at hand",
    "[pricing]")
{
    const std::filesystem::path path = std::filesystem::path(PLIMSOLL_SOURCE_DIR).parent_path() /
                                       "shared/vectors/options_black76_highprec_generated.json";
    if (!std::filesystem::exists(path)) {
        WARN("skipped: " << path << " is not here");
        return;
    }
    std::ifstream file(path);
    const nlohmann::json vectors = nlohmann::json::parse(file);
    REQUIRE(vectors.at("rows").size() > 100);
    for (const auto& row : vectors.at("rows")) {
        CAPTURE(row.dump());
        const auto text = [&row](std::size_t column) { return row.at(column).get<std::string>(); };
        const std::string time = text(1);
        const std::size_t slash = time.find('/');
        const Seconds length =
            slash == std::string::npos
                ? seconds(std::stoull(time) * YEAR)
                : seconds(std::stoull(time) * YEAR / std::stoull(time.substr(slash + 1)));
        const OptionBrackets brackets =
            priced(price("1"), price(text(0).c_str()), ratio(text(2).c_str()), length, {});
        const Price bound = price("0.000000000000001");
        CHECK(brackets.call.floor >= cut_price(text(3)) - bound);
        CHECK(brackets.call.ceil <= cut_price(text(3)) + bound);
        CHECK(brackets.put.floor >= cut_price(text(4)) - bound);
        CHECK(brackets.put.ceil <= cut_price(text(4)) + bound);
    }
}

}  // namespace
}  // namespace plimsoll
