// plimsoll: tests/host-sim/margin/comparison_test.cpp              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What counts as a difference between two reports.
#include "host-sim/margin/comparison.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;
using nlohmann::json;

Comparison compare(const char* expected, const char* got, const Allowance& allowance = {})
{
    return compare_reports(json::parse(expected), json::parse(got), allowance);
}

}  // namespace

TEST_CASE("a billionth of the value, or of one, is forgiven", "[margin][comparison]")
{
    CHECK(
        compare(R"({"health": "2000000000"})", R"({"health": "1999999998"})").differences.empty());
    CHECK(compare(R"({"health": "2000000000"})", R"({"health": "1999999997.9"})")
              .differences.size() == 1);
    CHECK(compare(R"({"health": "0.5"})", R"({"health": "0.499999999"})").differences.empty());
    CHECK(compare(R"({"health": "0.5"})", R"({"health": "0.4999999989"})").differences.size() == 1);
}

TEST_CASE("the worst relative error is found with its path", "[margin][comparison]")
{
    const auto result = compare(R"({"a": {"b": ["1", "4"]}, "c": "100"})",
        R"({"a": {"b": ["1", "4.000000000000000003"]}, "c": "100"})");
    CHECK(result.numbers == 3);
    CHECK(result.worst == Ratio::from_raw(1));
    CHECK(result.worst_path == "a.b[1]");
}

TEST_CASE("digits behind the 18th of an expected number are cut", "[margin][comparison]")
{
    CHECK(compare(R"({"a": "0.1234567890123456789999"})", R"({"a": "0.123456789012345678"})")
            .worst.is_zero());
}

TEST_CASE("choices are not compared, other words and lengths are", "[margin][comparison]")
{
    CHECK(compare(
        R"({"worst": {"BTC": 1}, "driver": "A", "step": 2, "move": "1", "binding": "band"})", "{}")
            .differences.empty());
    CHECK(compare(R"({"id": "BTC"})", R"({"id": "ETH"})").differences.size() == 1);
    CHECK(compare(R"({"list": ["1"]})", R"({"list": []})").differences.size() == 1);
    const auto absent = compare(R"({"a": {"b": "1"}})", R"({"a": {}})");
    REQUIRE(absent.differences.size() == 1);
    CHECK(absent.differences[0] == "a.b: absent");
    CHECK(compare(R"({"a": "1"})", R"({"a": "1", "more": "2"})").differences.empty());
}

TEST_CASE("an underlying may be called like a choice", "[margin][comparison]")
{
    CHECK(compare(R"({"price_bracket": {"worst": "1"}})", R"({"price_bracket": {"worst": "2"}})")
              .differences.size() == 1);
}

TEST_CASE("errors in the account's favour are counted by direction", "[margin][comparison]")
{
    const Allowance allowance{.noise = Money::from_raw(5), .slack = {}};
    const auto wrong = [&allowance](const char* expected, const char* got) {
        return compare(expected, got, allowance).wrong_way;
    };
    CHECK(wrong(R"({"health": "1"})", R"({"health": "1.000000000000000006"})") == 1);
    CHECK(wrong(R"({"health": "1"})", R"({"health": "1.000000000000000005"})") == 0);
    CHECK(wrong(R"({"health": "1"})", R"({"health": "0.9"})") == 0);
    CHECK(wrong(R"({"requirement": "1"})", R"({"requirement": "0.999999999999999994"})") == 1);
    CHECK(wrong(R"({"requirement": "1"})", R"({"requirement": "1.1"})") == 0);
    CHECK(wrong(R"({"vol_up": "1"})", R"({"vol_up": "1.1"})") == 0);
    CHECK(wrong(R"({"price_bracket": {"BTC": "1"}})", R"({"price_bracket": {"BTC": "0.9"}})") == 1);
}

TEST_CASE("slack is forgiven besides", "[margin][comparison]")
{
    const Allowance allowance{.noise = {}, .slack = Money::one()};
    CHECK(compare(R"({"health": "0"})", R"({"health": "-1"})", allowance).worst.is_zero());
    CHECK(
        compare(R"({"health": "0"})", R"({"health": "-1.1"})", allowance).differences.size() == 1);
}
