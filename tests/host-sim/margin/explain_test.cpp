// plimsoll: tests/host-sim/margin/explain_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The report for people: its figures, its width, its cures.
#include "host-sim/margin/explain.hpp"

#include "host-sim/margin/text_table.hpp"
#include "tests/host-sim/margin/example.hpp"

#include <catch2/catch.hpp>
#include <sstream>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;

std::string explained(const nlohmann::json& input)
{
    const auto margin_case = read_case(input);
    return explain(margin_case, evaluate(margin_case));
}

/// A line of the report with its runs of blanks closed up.
bool has_line(const std::string& report, const std::string& line)
{
    std::istringstream lines(report);
    for (std::string raw; std::getline(lines, raw);) {
        std::istringstream words(raw);
        std::string closed;
        for (std::string word; words >> word;)
            closed += (closed.empty() ? "" : " ") + word;
        if (closed == line)
            return true;
    }
    return false;
}

}  // namespace

TEST_CASE("amounts for people are rounded to nearest, with all their decimals", "[margin][explain]")
{
    const auto rounded = [](const char* text, int decimals) {
        return rounded_text(*num::parse_decimal(text, 18), decimals);
    };
    CHECK(rounded("0", 2) == "0.00");
    CHECK(rounded("1234567.891", 2) == "1,234,567.89");
    CHECK(rounded("0.005", 2) == "0.01");
    CHECK(rounded("-0.005", 2) == "-0.01");
    CHECK(rounded("-0.004", 2) == "0.00");
    CHECK(rounded("-999.995", 2) == "-1,000.00");
    CHECK(rounded("12.5", 0) == "13");
}

TEST_CASE("prices for people keep their significant digits", "[margin][explain]")
{
    const auto significant = [](const char* text) {
        return significant_text(*num::parse_decimal(text, 18), 6);
    };
    CHECK(significant("0") == "0");
    CHECK(significant("64289.315068") == "64,289.3");
    CHECK(significant("0.00001234567") == "0.0000123457");
    CHECK(significant("-1234567.8") == "-1,234,568");
    CHECK(significant("2500") == "2,500");
}

TEST_CASE("columns line up", "[margin][explain]")
{
    TextTable table(1);
    table.add({"a", "left", "1"});
    table.add({"long", "b", "100", ""});
    CHECK(table.text(2) == "  a     left    1\n  long  b     100\n");
    CHECK(TextTable().text(2).empty());
}

TEST_CASE("an account's health is explained at both levels", "[margin][explain]")
{
    const auto report = explained(test::example("standard-perps"));
    CHECK_THAT(report,
        Catch::StartsWith("Standard margin on 2026-09-21, quote at 1\nHealthy at both levels.\n"));
    CHECK(has_line(report, "equity 16,000.00 16,000.00"));
    CHECK(has_line(report, "haircuts -2,300.00 -300.00"));
    CHECK(has_line(report, "- on collateral -600.00 -300.00"));
    CHECK(has_line(report, "- unrealised profit -1,700.00 0.00"));
    CHECK(has_line(report, "position requirement -9,600.00 -4,800.00"));
    CHECK(has_line(report, "health 4,100.00 10,900.00"));
    CHECK(has_line(report, "net equity / margin 142.7 % 327.1 %"));
    CHECK(has_line(report, "GOLD 2 1,500 3,000.00 80.0 % 90.0 %"));
    CHECK(has_line(report, "perpetuals and futures 6,600.00 3,300.00"));
    CHECK_THAT(report, !Catch::Contains("cures"));
}

TEST_CASE("what binds across underlyings is explained", "[margin][explain]")
{
    const auto report = explained(test::example("hedged-pair"));
    CHECK(has_line(report, "Across underlyings, initial: the band binds"));
    CHECK(has_line(report, "sum of each underlying alone 19,800.00"));
    CHECK(has_line(report, "relief 12,300.00 (62.1 %)"));
    CHECK(has_line(report, "joint scenario: BTC leads by -1.00 of its range"));
    CHECK(has_line(report, "ETH #4 spot x 0.95, vol as is 2,400.00"));
    CHECK(has_line(report, "worst of 7 scenarios and the basis:"));
    CHECK(has_line(report, "#6 spot x 0.85, vol as is -9,000.00"));
}

TEST_CASE("a shortfall comes with its cures, the best first", "[margin][explain]")
{
    const auto input = test::example("short-strangle");
    const auto report = explained(input);
    CHECK_THAT(report,
        Catch::Contains("Below initial margin: only trades that reduce risk are possible."));
    CHECK(has_line(report, "What cures the shortfall of initial margin"));
    const auto cancel = report.find("cancel all open orders");
    const auto close = report.find("close BTC put 54000 2026-10-21");
    REQUIRE(cancel != std::string::npos);
    REQUIRE(close != std::string::npos);
    CHECK(cancel < close);
    CHECK(has_line(
        report, "worst of 15 scenarios and the basis, open orders filled at their worst:"));
    CHECK_THAT(report, !Catch::Contains("maintenance margin"));
}

TEST_CASE("the cash that is named is just enough", "[margin][explain]")
{
    auto input = test::example("standard-perps");
    input["account"]["cash"] = "-1000.000000000000000001";
    const auto report = explained(input);
    CHECK_THAT(report, Catch::Contains("LIQUIDATABLE"));
    CHECK(has_line(report, "cash: 6900.000000000000000001 exactly"));
    CHECK(has_line(report, "cash: 100.000000000000000001 exactly"));
    input["account"]["cash"] = "-900";
    CHECK_THAT(explained(input), !Catch::Contains("LIQUIDATABLE"));
}

TEST_CASE("an account that owes more than it has is insolvent", "[margin][explain]")
{
    auto input = test::example("standard-perps");
    CHECK_THAT(explained(input), !Catch::Contains("INSOLVENT"));
    input["account"]["cash"] = "-16000.01";
    CHECK_THAT(explained(input), Catch::Contains("\nINSOLVENT: equity is below zero."));
}

TEST_CASE("without positions nothing is listed, and nothing is to be closed", "[margin][explain]")
{
    auto input = test::example("standard-perps");
    input["account"]["positions"] = nlohmann::json::array();
    input["account"]["open_orders"] = nlohmann::json::array();
    input["account"]["cash"] = "-10000";
    const auto report = explained(input);
    CHECK(has_line(report, "What cures the shortfall of maintenance margin"));
    CHECK_THAT(report, !Catch::Contains("clos") && !Catch::Contains("trade at the mark"));
    // Collateral that hedges counts as held.
    input = test::example("short-strangle");
    input["account"]["positions"] = nlohmann::json::array();
    input["account"]["open_orders"] = nlohmann::json::array();
    const auto hedge = explained(input);
    CHECK_THAT(hedge, Catch::Contains("BTC: spot") && !Catch::Contains("mark  value"));
}

TEST_CASE("amounts below a cent keep their digits", "[margin][explain]")
{
    auto input = test::example("standard-perps");
    input["account"]["cash"] = "-0.00123";
    const auto report = explained(input);
    CHECK(has_line(report, "cash -0.00123 -0.00123"));
    input["account"]["cash"] = "0.01";
    CHECK(has_line(explained(input), "cash 0.01 0.01"));
}

TEST_CASE("delta says that collateral is not in it", "[margin][explain]")
{
    auto input = test::example("standard-perps");
    CHECK_THAT(explained(input), Catch::Contains(" without collateral, gamma "));
    input["account"]["collateral"] = nlohmann::json::array();
    CHECK_THAT(explained(input), !Catch::Contains("without collateral"));
}

TEST_CASE("closing at the mark pays a position's value out", "[margin][explain]")
{
    auto input = test::example("standard-perps");
    input["account"]["cash"] = "-1000";
    const auto margin_case = read_case(input);
    const auto evaluation = evaluate(margin_case);
    const auto list = cures(margin_case, evaluation.report, Level::maintenance);
    REQUIRE(list.size() == 2);
    // Maintenance is short by 100; without BTC it needs 3,300 less and nothing else changes.
    CHECK(list[0].what == "close BTC perp");
    CHECK(list[0].health.maintenance == Money::from_units(3'200));
    CHECK(list[1].health.maintenance == Money::from_units(1'400));
    // Initial: 6,600 less, and the profit's haircut of 1,200 is gone.
    CHECK(list[0].health.initial == Money::from_units(-6'900 + 7'800));
    const auto slice = slice_cure(margin_case, Level::maintenance);
    REQUIRE(slice);
    CHECK(slice->percent == 2);
}

TEST_CASE("no line is wider than 100 columns", "[margin][explain]")
{
    for (const char* name : {"hedged-pair", "short-strangle", "standard-perps"}) {
        std::istringstream lines(explained(test::example(name)));
        for (std::string line; std::getline(lines, line);) {
            CAPTURE(name, line);
            CHECK(line.size() <= 100);
        }
    }
}
