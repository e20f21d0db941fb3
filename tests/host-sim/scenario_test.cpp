// plimsoll: tests/host-sim/scenario_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Scenario files: the shipped one reads as published, and every fault is named with its place.
#include "host-sim/scenario.hpp"

#include "host-sim/json_text.hpp"
#include "host-sim/text.hpp"
#include "tests/host-sim/support/shipped_scenario.hpp"
#include "tests/host-sim/support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <sstream>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;
using nlohmann::json;

json shipped_json()
{
    std::ifstream file(sim::test::shipped_scenario_path());
    return json::parse(file);
}

/// The complaint about the shipped scenario after a change; empty when there is none.
std::string complaint(const std::function<void(json&)>& change)
{
    auto changed = shipped_json();
    change(changed);
    try {
        (void)parse_scenario(changed.dump());
    } catch (const ScenarioError& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("the shipped scenario is Black Thursday as published", "[scenario]")
{
    const auto scenario = sim::test::shipped_scenario();
    CHECK(scenario.name == "black-thursday-2020");
    CHECK(scenario.start_s == 1583971200);
    CHECK(scenario.blocks == 48 * 60);
    REQUIRE(scenario.prices.size() == 2);
    REQUIRE(scenario.prices[0].bridge.waypoints.size() == 28);
    REQUIRE(scenario.prices[1].bridge.waypoints.size() == 28);
    CHECK(text(scenario.prices[0].bridge.waypoints[16].price) == "3782.13");
    CHECK(text(scenario.prices[1].bridge.waypoints[16].price) == "86");
    CHECK(scenario.prices[0].bridge.waypoints[16].minute == 26 * 60 + 15);
    std::uint32_t traders = 0;
    for (const auto& group : scenario.traders)
        traders += group.count;
    CHECK(traders >= 500);
    CHECK(scenario.keepers.size() >= 3);
    CHECK(scenario.sha256.size() == 64);
}

TEST_CASE("conditions hold from their block to the next", "[scenario]")
{
    const auto scenario = sim::test::shipped_scenario();
    CHECK(scenario.conditions_at(0).from == 0);
    CHECK(scenario.conditions_at(629).from == 0);
    CHECK(scenario.conditions_at(630).from == 630);
}

TEST_CASE("faults of a scenario are named with their place", "[scenario]")
{
    CHECK(complaint([](json&) {}).empty());
    CHECK(complaint([](json& file) { file.erase("seed"); }) ==
          "scenario: the field \"seed\" is missing");
    CHECK(complaint([](json& file) { file["sede"] = 1; }) == "scenario: has no field \"sede\"");
    CHECK(complaint([](json& file) { file["blocks"] = -1; }) ==
          "scenario: blocks: must be a whole number from 0 to 1000000");
    CHECK(complaint([](json& file) { file["blocks"] = 1.5; }) ==
          "scenario: blocks: must be a whole number from 0 to 1000000");
    CHECK(complaint([](json& file) { file["oracle"]["deviation"] = 0.005; }) ==
          "scenario: oracle.deviation: must be a string");
    CHECK(complaint([](json& file) { file["oracle"]["deviation"] = "1e-3"; }) ==
          "scenario: oracle.deviation: must be a decimal string of at most 18 fractional digits");
    CHECK(complaint([](json& file) { file["oracle"]["deviation"] = "1.5"; }) ==
          "scenario: oracle.deviation: lies outside its range");
    CHECK(complaint([](json& file) { file["prices"][0]["waypoints"][3][0] = "noon"; }) ==
          "scenario: prices[0].waypoints[3][0]: must be a time like \"2020-03-12T10:45Z\"");
    CHECK(complaint([](json& file) { file["prices"][1]["waypoints"][16][1] = "85.99"; }) ==
          "scenario: prices[1]: a waypoint lies below a published low of its window");
    CHECK(complaint([](json& file) { file["traders"][0]["name"] = "Bob"; }) ==
          "scenario: traders[0].name: must be 1 to 24 lower-case letters and digits");
    CHECK(complaint([](json& file) { file["traders"][0]["markets"][0][1] = "0.5"; }) ==
          "scenario: traders[0].markets: the shares must sum to 1");
    CHECK(complaint([](json& file) { file["keepers"][0]["pick"] = "best"; }) ==
          "scenario: keepers[0].pick: must be \"largest\", \"oldest\" or \"smallest\"");
    CHECK(complaint([](json& file) { file["marks"]["miracles"] = 1; }) ==
          "scenario: marks: has no field \"miracles\"");
    CHECK(complaint([](json& file) { file["contract"]["markets"][1]["underlying"] = 7; }) ==
          "scenario: contract: market 1 has an unknown underlying");
}

TEST_CASE("option series are listed after the perpetuals, strikes on their grid", "[scenario]")
{
    const auto scenario = sim::test::shipped_scenario();
    CHECK(scenario.perpetual_count == 2);
    REQUIRE(scenario.markets.size() == 2 + 2 * 2 * 6);
    CHECK(scenario.option_markets.size() == 24);
    const auto& first = scenario.markets[2];
    CHECK(first.symbol == "BTC-14D-7900-C");
    CHECK(first.kind == MarketKind::option);
    CHECK(first.type == OptionType::call);
    CHECK(text(first.strike) == "7900");
    CHECK(first.expiry_s == scenario.start_s + 14 * 86'400);
    const auto& last = scenario.markets.back();
    CHECK(last.symbol == "ETH-42D-195-P");
    CHECK(last.underlying == 1);
    CHECK(last.type == OptionType::put);
    CHECK(scenario.option_markets.back().at("market") == 25);
    REQUIRE(scenario.portfolio_risk.size() == 2);
    CHECK(scenario.portfolio_risk[1].at("scenarios").size() == 31);
    CHECK(scenario.correlation.at("max_relief") == "0.6");
}

TEST_CASE("a scenario without options is one as before", "[scenario]")
{
    auto file = shipped_json();
    for (const auto* name : {"options", "option_sellers", "option_buyers", "option_makers"})
        file.erase(name);
    const auto scenario = parse_scenario(file.dump());
    CHECK(scenario.markets.size() == scenario.perpetual_count);
    CHECK(scenario.option_markets.empty());
    CHECK(scenario.portfolio_risk.empty());
    CHECK(scenario.correlation.is_null());
    CHECK(scenario.option_groups.empty());
    for (const auto& maker : scenario.makers)
        CHECK_FALSE(maker.options);
}

TEST_CASE("faults of the options are named with their place", "[scenario]")
{
    CHECK(complaint([](json& file) { file.erase("options"); }) ==
          "scenario: option_sellers: needs the scenario's \"options\"");
    CHECK(complaint([](json& file) { file["options"]["series"].erase(1); }) ==
          "scenario: option_sellers[0].underlyings: there are no options on underlying 1");
    CHECK(complaint([](json& file) { file["options"]["series"][1]["underlying"] = 0; }) ==
          "scenario: options.series[1].underlying: has series already");
    CHECK(complaint([](json& file) { file["options"]["series"][0]["expiry_days"][0] = 0; }) ==
          "scenario: options.series[0].expiry_days[0]: must lie after the start");
    CHECK(complaint([](json& file) { file["traders"][0]["markets"] = {{2, "1"}}; }) ==
          "scenario: traders[0].markets: traders trade perpetuals and futures");
    CHECK(complaint([](json& file) { file["options"]["series"][0]["calls"][1] = "1.001"; }) ==
          "scenario: two markets have the symbol \"BTC-14D-7900-C\"");
    CHECK(complaint([](json& file) { file["options"]["series"][0]["puts"][1] = "0.001"; }) ==
          "scenario: options.series[0].puts[1]: rounds to a strike of zero");
    CHECK(complaint([](json& file) { file["options"]["series"][0]["smile"]["width"] = "0.01"; }) ==
          "scenario: options.series[0]: the smile allows arbitrage: less curvature, or more width");
    CHECK(complaint([](json& file) { file["options"]["series"][0]["smile"]["skew"] = "-1.1"; }) ==
          "scenario: options.series[0].smile.skew: lies outside its range");
    CHECK(complaint([](json& file) { file["option_buyers"][0]["mode"] = "cross"; }) ==
          "scenario: option_buyers[0].mode: must be \"standard\" or \"portfolio\"");
    CHECK(complaint([](json& file) { file["option_sellers"][1]["name"] = "strangles"; }) ==
          "scenario: option_sellers: two have the name \"strangles\"");
    CHECK(complaint([](json& file) { file["option_makers"][0]["name"] = "harbour"; }) ==
          "scenario: option_makers: two have the name \"harbour\"");
    CHECK(complaint([](json& file) { file["traders"][0]["markets"][0][0] = 26; }) ==
          "scenario: traders[0].markets[0][0]: must be a whole number from 0 to 25");
}

TEST_CASE("names and symbols are unique and plain", "[scenario]")
{
    CHECK(complaint([](json& file) { file["keepers"][1]["name"] = "fast"; }) ==
          "scenario: keepers: two have the name \"fast\"");
    CHECK(complaint([](json& file) { file["traders"][1]["name"] = "dollarlong"; }) ==
          "scenario: traders: two have the name \"dollarlong\"");
    CHECK(complaint([](json& file) { file["market_makers"][1]["name"] = "harbour"; }) ==
          "scenario: market_makers: two have the name \"harbour\"");
    CHECK(complaint([](json& file) { file["contract"]["underlyings"][1]["symbol"] = "BTC"; }) ==
          "scenario: contract: two underlyings have the symbol \"BTC\"");
    CHECK(complaint([](json& file) { file["contract"]["assets"][1]["symbol"] = "USDC"; }) ==
          "scenario: contract: two assets have the symbol \"USDC\"");
    CHECK(complaint([](json& file) { file["contract"]["markets"][1]["symbol"] = "BTC-PERP"; }) ==
          "scenario: contract: two markets have the symbol \"BTC-PERP\"");
    for (const auto* symbol : {"", "A,B", "A B", "A\nB", "<b>"}) {
        CHECK(complaint([symbol](json& file) {
            file["contract"]["markets"][0]["symbol"] = symbol;
        }) == "scenario: contract.markets[0].symbol: must be letters, digits, \".\", \"_\" and "
              "\"-\"");
    }
}

TEST_CASE("a field that is given twice is refused with its place", "[scenario]")
{
    const auto fault = [](const std::string& text) {
        try {
            (void)parse_json(text);
        } catch (const JsonError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    CHECK(fault(R"({"a":1,"a":1})") == "the field \"a\" is given twice");
    CHECK(fault(R"({"p":[1,[],{"q":{"a":1,"b":2,"a":3}}]})") ==
          "p[2].q: the field \"a\" is given twice");
    CHECK(fault(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})").empty());
    CHECK_THAT(fault("{"), Catch::Matchers::StartsWith("not well-formed JSON: parse error at"));
    CHECK_THROWS_WITH(
        parse_scenario(R"({"seed":1,"seed":2})"), "scenario: the field \"seed\" is given twice");
}

TEST_CASE("a complaint about a file begins with its path", "[scenario]")
{
    const sim::test::TemporaryFolder folder;
    const auto path = folder.path("broken.json");
    auto changed = shipped_json();
    changed["blocks"] = "many";
    std::ofstream(path) << changed.dump();
    CHECK_THROWS_WITH(
        load_scenario(path), path + ": blocks: must be a whole number from 0 to 1000000");
    std::ofstream(path, std::ios::trunc) << "[1e999]";
    CHECK_THROWS_WITH(load_scenario(path),
        Catch::Matchers::StartsWith(path) && !Catch::Matchers::Contains("json.exception"));
}

TEST_CASE("a file that is no JSON, or is not there, is a ScenarioError", "[scenario]")
{
    CHECK_THROWS_AS(parse_scenario("{"), ScenarioError);
    CHECK_THROWS_AS(parse_scenario("[]"), ScenarioError);
    CHECK_THROWS_AS(load_scenario("/nowhere/at/all.json"), ScenarioError);
}

TEST_CASE("times go to seconds and back", "[scenario]")
{
    CHECK(parse_time("1970-01-01T00:00Z") == 0U);
    CHECK(parse_time("2020-03-13T02:15Z") == 1584065700U);
    CHECK(time_text(1584065700) == "2020-03-13T02:15Z");
    for (const auto* bad : {"", "2020-03-13", "2020-02-30T00:00Z", "2020-03-13T24:00Z",
             "2020-03-13T02:15:00Z", "2020-3-13T02:15Z", "1969-12-31T23:59Z"})
        CHECK_FALSE(parse_time(bad).has_value());
}
