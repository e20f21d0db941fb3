// plimsoll: tests/host-sim/margin/report_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Reports of cases small enough to be worked out by hand.
#include "host-sim/margin/report.hpp"

#include "tests/host-sim/margin/example.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;
using nlohmann::ordered_json;

ordered_json report_of(const nlohmann::json& input, ReportScope scope = ReportScope::margin)
{
    const auto margin_case = read_case(input);
    return report_json(margin_case, evaluate(margin_case), scope);
}

}  // namespace

// BTC: notional 60,000, a quarter of the reference, so f = fraction * (1 + 0.2 * 0.5) = 11 %, 5.5 %; profit 2,000
// counts min(0.5 * 2,000, 800). ETH: 25,000, also a quarter: 1 + 0.1 + 0.4 * 0.25 = 1.2, so 12 %, 6 %; profit
// 1,000 counts 500. Gold: 3,000 less 20 %, 10 %.
TEST_CASE("the report of perpetuals in standard mode", "[margin][report]")
{
    const auto expected = ordered_json::parse(R"({
        "equity": "16000", "mark_to_market": "6000", "collateral": "3000",
        "initial": {"health": "4100", "requirement": "9600", "haircuts": "2300", "contingencies": "0",
            "contingency_parts": {"confidence": "0", "depeg": "0"},
            "worst": {"BTC": {"linear": "6600", "option": "0"}, "ETH": {"linear": "3000", "option": "0"}},
            "margin_ratio": "1.427083333333333333"},
        "maintenance": {"health": "10900", "requirement": "4800", "haircuts": "300", "contingencies": "0",
            "contingency_parts": {"confidence": "0", "depeg": "0"},
            "worst": {"BTC": {"linear": "3300", "option": "0"}, "ETH": {"linear": "1500", "option": "0"}},
            "margin_ratio": "3.270833333333333333"},
        "underlyings": [{"id": "BTC", "value": "2000", "expiries": []},
            {"id": "ETH", "value": "1000", "expiries": []}]})");
    CHECK(report_of(test::example("standard-perps")).dump() == expected.dump());
}

// Each leg alone loses 15 % of 60,000. Together: BTC falls by its range; the interval of ETH's move is
// -[0.8 - 0.1 * 1.8, 0.8 + 0.1 * 1.8] = [-0.98, -0.62] of its range, between the listed -1 and -1/3, and the
// short's least gain there is 3,000. Losses count by the level's factor, gains by the lower one.
TEST_CASE("the report of a hedged pair in portfolio mode", "[margin][report]")
{
    const auto report = report_of(test::example("hedged-pair"));
    const auto expected_initial = ordered_json::parse(R"({"health": "10100", "requirement": "7500",
        "haircuts": "0", "contingencies": "2400",
        "contingency_parts": {"perp": "2400", "future": "0", "option": "0", "confidence": "0"},
        "worst": {"BTC": 6, "ETH": 0},
        "band": {"binding": "band", "plain_sum": "19800", "floor": "5940", "special_sum": "0",
            "band_loss": "7500", "driver": "BTC", "step": 6, "move": "-1", "contributions": [
                {"underlying": "BTC", "scenario": 6, "pnl": "-9900"},
                {"underlying": "ETH", "scenario": 4, "pnl": "2400"}]},
        "margin_ratio": "2.020202020202020202"})");
    CHECK(report["initial"].dump() == expected_initial.dump());
    CHECK(report["maintenance"]["health"] == "14000");
    CHECK(report["maintenance"]["requirement"] == "4800");
    CHECK(report["maintenance"]["band"]["floor"] == "4320");
    const auto scenarios =
        ordered_json::parse(R"(["9000", "6000", "3000", "0", "-3000", "-6000", "-9000"])");
    CHECK(report["underlyings"][0]["scenarios"] == scenarios);
    CHECK(report["underlyings"][0]["basis"] == "0");
}

TEST_CASE("one underlying has a plain sum and no band", "[margin][report]")
{
    auto input = test::example("hedged-pair");
    input["account"]["positions"].erase(1);
    const auto report = report_of(input);
    CHECK(report["initial"]["band"].dump() == R"({"binding":"single","plain_sum":"9900"})");
    CHECK(report["underlyings"].size() == 1);
}

TEST_CASE("nothing required is no ratio", "[margin][report]")
{
    auto input = test::example("standard-perps");
    input["account"]["positions"].clear();
    const auto report = report_of(input);
    CHECK_FALSE(report["initial"].contains("margin_ratio"));
    CHECK(report["initial"]["health"] == "12400");
    CHECK(report["underlyings"].empty());
}

TEST_CASE("orders do not list an underlying, but its bracket does", "[margin][report]")
{
    auto input = test::example("short-strangle");
    input["account"].erase("positions");
    input["account"]["collateral"].clear();
    const auto report = report_of(input, ReportScope::all);
    CHECK(report["underlyings"].empty());
    CHECK(report["initial"]["worst"].contains("BTC"));
    CHECK_FALSE(report["maintenance"]["worst"].contains("BTC"));
    // A bid of 0.5 filled, and the board at 59,800.
    CHECK(report["initial"]["price_bracket"]["BTC"] == "100");
    CHECK_FALSE(report["maintenance"].contains("price_bracket"));
}

TEST_CASE("a report of all says what the book is exposed to", "[margin][report]")
{
    const auto report = report_of(test::example("standard-perps"), ReportScope::all);
    const auto& btc = report["underlyings"][0];
    CHECK(btc["greeks"].dump() == R"({"delta":"1","gamma":"0","vega":"0","theta":"0"})");
    CHECK(btc["liquidation_price"].contains("down"));
    CHECK_FALSE(btc["liquidation_price"].contains("up"));
    CHECK(report["underlyings"][1]["liquidation_price"].contains("up"));
}

TEST_CASE("greeks follow spot by the part of a forward that still moves", "[margin][report]")
{
    auto input = test::example("short-strangle");
    auto& expiry = input["underlyings"][0]["expiries"][0];
    expiry["forward"] = "66000";
    expiry["forward_fixed"] = "33000";
    input["account"]["positions"] =
        nlohmann::json::parse(R"([{"underlying": "BTC", "kind": "future",
        "expiry": 1792592000, "base": "4", "quote": "-264000"}])");
    const auto margin_case = read_case(input);
    const auto greeks = greeks_of(margin_case, 0);
    // 4 * (66,000 - 33,000) / 60,000
    CHECK(greeks.delta == Quantity::from_raw(static_cast<num::i128>(num::WAD) / 5 * 11));
    CHECK(greeks.vega.is_zero());
}

TEST_CASE("the move of a report is rounded to nearest", "[margin][report]")
{
    const auto move = [](num::i128 numerator, num::i128 denominator) {
        BandReport band;
        band.move_numerator = numerator;
        band.move_denominator = denominator;
        return move_nearest(band);
    };
    CHECK(move(2, 3) == Ratio::from_raw(666'666'666'666'666'667));
    CHECK(move(-2, 3) == Ratio::from_raw(-666'666'666'666'666'667));
    CHECK(move(-1, 3) == Ratio::from_raw(-333'333'333'333'333'333));
    CHECK(move(5, 5) == Ratio::one());
    CHECK(move(0, 7).is_zero());
}
