// plimsoll: tests/host-sim/margin/case_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What a case says becomes the book; what is wrong with it is named.
#include "host-sim/margin/case.hpp"

#include "host-sim/margin/case_field.hpp"
#include "host-sim/margin/evaluation.hpp"
#include "host-sim/text.hpp"
#include "tests/host-sim/margin/example.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;
using nlohmann::json;

/// What is wrong with the case, by its reader or by the engine; empty if nothing is.
std::string complaint(const json& input)
{
    try {
        (void)evaluate(read_case(input));
        return "";
    } catch (const CaseError& error) {
        return error.what();
    }
}

/// The complaint about an example in which the value at `place` is replaced; "null" takes it out.
std::string complaint(const char* name, const std::string& place, const std::string& value)
{
    auto input = test::example(name);
    const json::json_pointer pointer(place);
    const auto parsed = json::parse(value);
    if (parsed.is_null())
        input[pointer.parent_pointer()].erase(pointer.back());
    else
        input[pointer] = parsed;
    return complaint(input);
}

}  // namespace

TEST_CASE("decimals are read exactly or not at all", "[margin][case]")
{
    const std::vector<std::pair<std::string, std::string>> good{{"0", "0"}, {"-0", "0"},
        {"-0.000", "0"}, {"1.5", "1500000000000000000"},
        {"-2.000000000000000001", "-2000000000000000001"}, {"1.00", "1000000000000000000"},
        {"0.000000000000000001", "1"}, {"0.00000000000000000100000", "1"}};
    for (const auto& [text, raw] : good) {
        CAPTURE(text);
        const auto value = read_decimal(text);
        REQUIRE(value);
        CHECK(amount_text(*value) == raw);
    }
    for (const char* text : {"", "-", ".5", "5.", "+1", "1e3", " 1", "01", "0x1", "1,000", "NaN",
             "0.0000000000000000001", "1.0000000000000000001", "200000000000000000000"}) {
        CAPTURE(text);
        CHECK_FALSE(read_decimal(text));
    }
}

TEST_CASE("a case becomes a book", "[margin][case]")
{
    const auto read = read_case(test::example("short-strangle"));
    CHECK(read.mode == MarginMode::portfolio);
    CHECK(read.names == std::vector<std::string>{"BTC"});
    REQUIRE(read.legs.size() == 4);
    REQUIRE(read.expiries.size() == 1);
    CHECK(read.expiries[0].length == Seconds::from_raw(30 * 86'400));
    CHECK(read.expiries[0].fixed.is_zero());
    const auto& position = read.legs[0];
    const auto& order = read.legs[1];
    CHECK(position.kind == LegKind::perp);
    CHECK(position.is_position);
    // Without perp_mark the mark is spot.
    CHECK(position.mark == Price::from_units(60'000));
    CHECK(text(position.quote) == "6050");
    CHECK_FALSE(order.is_position);
    CHECK(order.instrument == position.instrument);
    CHECK(text(order.bid) == "0.5");
    CHECK(order.ask.is_zero());
    const auto& put = read.legs[2];
    CHECK(put.type == OptionType::put);
    CHECK(text(put.strike.price) == "54000");
    CHECK(text(put.volatility.value) == "0.62");
    CHECK(put.volatility.error.is_zero());
    CHECK(read.label(put) == "BTC put 54000 2026-10-21");
    CHECK(read.label(position) == "BTC perp");
    REQUIRE(read.collaterals.size() == 1);
    CHECK(read.collaterals[0].risk_cancelling);
    CHECK(read.collaterals[0].underlying == 0);
    CHECK(read.collaterals[0].confidence == Ratio::one());
}

TEST_CASE("orders on one instrument add up, positions stay apart", "[margin][case]")
{
    auto input = test::example("standard-perps");
    auto& account = input["account"];
    account["positions"].push_back(account["positions"][0]);
    account["open_orders"] = json::parse(R"([
        {"underlying": "BTC", "kind": "perp", "bid_base": "1"},
        {"underlying": "ETH", "kind": "perp", "bid_base": "0", "ask_base": 0},
        {"underlying": "BTC", "kind": "perp", "bid_base": "0.5", "ask_base": 2}])");
    const auto read = read_case(input);
    REQUIRE(read.legs.size() == 4);
    CHECK(read.legs[0].is_position);
    CHECK(read.legs[1].is_position);
    CHECK(text(read.legs[2].bid) == "1.5");
    CHECK(text(read.legs[2].ask) == "2");
    // ETH: an order of nothing is none.
    CHECK(read.legs[3].is_position);
}

TEST_CASE("a strike of zero needs no volatility, an expiry of futures needs none at all",
    "[margin][case]")
{
    CHECK(complaint("short-strangle", "/account/positions/0/strike", R"("0")") == "");
    auto input = test::example("short-strangle");
    input["underlyings"][0]["expiries"][0].erase("vols");
    for (auto& position : input["account"]["positions"]) {
        if (position["kind"] == "option") {
            const auto expiry = position["expiry"];
            position = json{{"underlying", "BTC"}, {"kind", "future"}, {"expiry", expiry},
                {"base", "1"}, {"quote", -60'000}};
        }
    }
    CHECK(complaint(input) == "");
}

TEST_CASE("a surface gives each strike its volatility", "[margin][case]")
{
    auto input = test::example("short-strangle");
    auto& expiry = input["underlyings"][0]["expiries"][0];
    expiry.erase("vols");
    expiry["svi"] = json::parse(R"({"a": "0.02", "b": "0.1", "rho": "-0.3", "m": "0",
        "sigma": "0.2", "forward": "60250", "tau": "0.0822"})");
    CHECK(complaint(input) == "");
    expiry["svi"]["a"] = "-0.05";
    CHECK(complaint(input).starts_with(
        "underlyings[0].expiries[0].svi: the volatility surface has no "
        "value there"));
}

TEST_CASE("each complaint names its field", "[margin][case]")
{
    struct Row
    {
        const char* example;
        const char* place;
        const char* value;
        const char* complaint;
    };
    const std::string over = "out of range: from ";
    const Row rows[] = {
        {"hedged-pair", "/now", "null", "the field \"now\" is missing"},
        {"hedged-pair", "/now", "-1", "now: must be a whole number"},
        {"hedged-pair", "/now", "1790000000000", "now: must be a whole number"},
        {"hedged-pair", "/mode", R"("cross")", "mode: must be one of \"portfolio\", \"standard\""},
        {"hedged-pair", "/note", R"("")", "has no field \"note\""},
        {"hedged-pair", "/quote/price", R"("0")",
            "quote.price: out of range: above 0, to 100000000"},
        {"hedged-pair", "/quote/price", "0.99",
            "quote.price: must be a decimal string, such as \"0.5\""},
        {"hedged-pair", "/quote/confidence", R"("1.1")",
            "quote.confidence: out of range: from 0 to 1"},
        {"hedged-pair", "/underlyings", "{}", "underlyings: must be a list"},
        {"hedged-pair", "/underlyings/1/id", R"("BTC")",
            "underlyings[1]: the underlying \"BTC\" is given twice"},
        {"hedged-pair", "/underlyings/1/id", "7", "underlyings[1].id: must be a string"},
        {"hedged-pair", "/underlyings/0/spot", R"("100000000.1")",
            "underlyings[0].spot: out of range"},
        {"hedged-pair", "/underlyings/0/spot", R"("1.0000000000000000001")",
            "underlyings[0].spot: not a decimal number of at most 18 digits behind the point"},
        {"hedged-pair", "/underlyings/0/spot", "true",
            "underlyings[0].spot: must be a decimal string"},
        {"hedged-pair", "/underlyings/0/price_low", R"("60001")",
            "underlyings[0].price_low: must not be above spot"},
        {"hedged-pair", "/underlyings/0/price_low", R"("0")",
            "underlyings[0].price_low: out of range"},
        {"hedged-pair", "/underlyings/0/price_high", R"("59999")",
            "underlyings[0].price_high: must not be below spot"},
        {"hedged-pair", "/underlyings/0/stable", R"("6000001")",
            "underlyings[0].stable: out of range: above 100 times spot"},
        {"hedged-pair", "/underlyings/0/perp_mark", R"("-1")",
            "underlyings[0].perp_mark: out of range"},
        {"hedged-pair", "/underlyings/0/risk/scenarios", "[]",
            "underlyings[0].risk.scenarios: must list at least one"},
        {"hedged-pair", "/underlyings/0/risk/scenarios/2/vol", R"("sideways")",
            "underlyings[0].risk.scenarios[2].vol: must be one of"},
        {"hedged-pair", "/underlyings/0/risk/scenarios/2/spot", R"("13.1")",
            "underlyings[0].risk.scenarios[2].spot: out of range: from 0 to 13"},
        {"hedged-pair", "/underlyings/0/risk/vol_shock/floor_days", R"("0")",
            "underlyings[0].risk.vol_shock.floor_days: out of range"},
        {"hedged-pair", "/underlyings/0/risk/skew_shock/min_width", R"("0")",
            "underlyings[0].risk.skew_shock.min_width: out of range"},
        {"hedged-pair", "/underlyings/0/risk/discount", "null",
            "underlyings[0].risk: the field \"discount\" is missing"},
        {"hedged-pair", "/underlyings/0/risk/discount/long_base", "null",
            "underlyings[0].risk.discount: the field \"long_base\" is missing"},
        {"hedged-pair", "/underlyings/0/risk/factor/initial", R"("x")",
            "underlyings[0].risk.factor.initial: not a decimal number"},
        {"hedged-pair", "/underlyings/0/risk/depeg/threshold", R"("100")",
            "underlyings[0].risk.depeg: factor * threshold and the factor that"},
        {"hedged-pair", "/underlyings/0/risk/profit", R"({"weight": "2"})",
            "underlyings[0].risk.profit.weight: out of range"},
        {"hedged-pair", "/correlation", "null", "the field \"correlation\" is missing"},
        {"hedged-pair", "/correlation/band", R"("2")",
            "correlation.band: out of range: from 0 to 1"},
        {"hedged-pair", "/correlation/max_relief", "null",
            "correlation: the field \"max_relief\" is missing"},
        {"hedged-pair", "/correlation/pairs", "[]", "correlation.pairs: no pair \"BTC\", \"ETH\""},
        {"hedged-pair", "/correlation/pairs/0/b", R"("BTC")",
            "correlation.pairs[0]: names \"BTC\" twice"},
        {"hedged-pair", "/correlation/pairs/0/rho", R"("-1.5")",
            "correlation.pairs[0].rho: out of range"},
        {"hedged-pair", "/correlation/pairs/0/rho_low", R"("0.9")",
            "correlation.pairs[0].rho_low: must not be above rho"},
        {"hedged-pair", "/correlation/pairs/0/rho_high", R"("0.7")",
            "correlation.pairs[0].rho_high: must not be below rho"},
        {"hedged-pair", "/correlation/pairs/1", R"({"a": "ETH", "b": "BTC", "rho": "0"})",
            "correlation.pairs[1]: the pair \"ETH\", \"BTC\" is given twice"},
        {"hedged-pair", "/underlyings/1/risk/scenarios", R"([{"spot": "1.1", "vol": "up"}])",
            "underlyings[1].risk.scenarios: no undamped move down"},
        {"standard-perps", "/underlyings/0/risk/standard", "null",
            "underlyings[0].risk: the field \"standard\" is missing"},
        {"standard-perps", "/underlyings/0/risk/standard/size_reference", R"("0")",
            "underlyings[0].risk.standard.size_reference: out of range"},
        {"standard-perps", "/underlyings/0/risk/standard/open_interest_upper", R"("5")",
            "underlyings[0].risk.standard: open_interest_lower and"},
        {"standard-perps", "/underlyings/0/risk/standard/option/min_initial", "null",
            "underlyings[0].risk.standard.option: the field \"min_initial\" is missing"},
        {"standard-perps", "/account/cash", "null", "account: the field \"cash\" is missing"},
        {"standard-perps", "/account/cash", R"("1000000000000000001")",
            "account.cash: out of range"},
        {"standard-perps", "/account/collateral/0/amount", R"("-1")",
            "account.collateral[0].amount: out of range"},
        {"standard-perps", "/account/collateral/0/underlying", R"("XRP")",
            "account.collateral[0].underlying: there is no underlying \"XRP\""},
        {"standard-perps", "/account/collateral/0/risk_cancelling", "true",
            "account.collateral[0].risk_cancelling: needs the field \"underlying\""},
        {"standard-perps", "/account/collateral/0/risk_cancelling", "1",
            "account.collateral[0].risk_cancelling: must be true or false"},
        {"standard-perps", "/account/collateral/0/initial_haircut", R"("1.5")",
            "account.collateral[0].initial_haircut: out of range"},
        {"standard-perps", "/account/collateral/0/volatility_haircut",
            R"({"multiple": "1", "volatility": "1", "horizon": "0.5"})",
            "account.collateral[0].volatility_haircut.horizon: must be whole seconds"},
        {"standard-perps", "/account/positions/1/underlying", R"("XRP")",
            "account.positions[1].underlying: there is no underlying \"XRP\""},
        {"standard-perps", "/account/positions/1/kind", R"("spot")",
            "account.positions[1].kind: must be one of"},
        {"standard-perps", "/account/positions/1/quote", "null",
            "account.positions[1]: the field \"quote\" is missing"},
        {"standard-perps", "/account/positions/1/strike", R"("1")",
            "account.positions[1]: has no field \"strike\""},
        {"standard-perps", "/account/open_orders",
            R"([{"underlying": "BTC", "kind": "perp", "bid_base": "-1"}])",
            "account.open_orders[0].bid_base: out of range"},
        {"short-strangle", "/underlyings/0/expiries/0/forward", R"("0")",
            "underlyings[0].expiries[0].forward: out of range"},
        {"short-strangle", "/underlyings/0/expiries/0/forward_fixed", R"("60251")",
            "underlyings[0].expiries[0].forward_fixed: must not be above forward"},
        {"short-strangle", "/underlyings/0/expiries/0/vols/0/vol", R"("-0.1")",
            "underlyings[0].expiries[0].vols[0].vol: out of range"},
        {"short-strangle", "/underlyings/0/expiries/0/vols/1/strike", R"("54000.0")",
            "account.positions[0].strike: underlyings[0].expiries[0].vols has two volatilities of "
            "this strike"},
        {"short-strangle", "/underlyings/0/expiries/0/vols", "null",
            "underlyings[0].expiries[0]: needs svi or vols"},
        {"short-strangle", "/account/positions/1/strike", R"("66000.5")",
            "account.positions[1].strike: underlyings[0].expiries[0].vols has no volatility"},
        {"short-strangle", "/account/positions/1/expiry", "1790000001",
            "account.positions[1].expiry: the underlying lists no prices for the expiry "
            "1790000001"},
        {"short-strangle", "/account/positions/1/type", R"("straddle")",
            "account.positions[1].type: must be one of \"call\", \"put\""},
        {"short-strangle", "/account/positions/1/quote", R"("5")",
            "account.positions[1]: has no field \"quote\""},
    };
    for (const auto& row : rows) {
        CAPTURE(row.place, row.value);
        const auto said = complaint(row.example, row.place, row.value);
        CHECK_THAT(said, Catch::StartsWith(row.complaint));
    }
}

TEST_CASE("an expiry given twice, or more than a century away, is refused", "[margin][case]")
{
    auto input = test::example("short-strangle");
    auto& expiries = input["underlyings"][0]["expiries"];
    expiries.push_back(expiries[0]);
    CHECK(complaint(input) == "underlyings[0].expiries[1]: the expiry 1792592000 is given twice");
    auto far = test::example("short-strangle");
    far["underlyings"][0]["expiries"][0]["expiry"] = 9'790'000'000;
    for (auto& position : far["account"]["positions"]) {
        if (position.contains("expiry"))
            position["expiry"] = 9'790'000'000;
    }
    CHECK(complaint(far) == "account.positions[0].expiry: out of range: more than a century ahead");
}

TEST_CASE("a book too large for the engine is refused by name", "[margin][case]")
{
    auto input = test::example("hedged-pair");
    input["account"]["positions"][0]["base"] = "10000000000";
    CHECK(complaint(input) == "");
    input["underlyings"][0]["spot"] = "100000000";
    CHECK(complaint(input) ==
          "account: a gross notional above 100000000000000000, mostly BTC perp: positions, orders "
          "and collateral together are too large (arithmetic_range)");
    input = test::example("hedged-pair");
    input["account"]["cash"] = "1000000000000000000";
    input["account"]["positions"][0]["quote"] = "-900000000000000000";
    CHECK(complaint(input) == "");
    input["account"]["positions"][1]["quote"] = "900000000000000000";
    CHECK(complaint(input) ==
          "account: cash and the quotes of positions add up to more than 2000000000000000000, "
          "mostly cash (arithmetic_range)");
    input = test::example("hedged-pair");
    input["account"]["positions"][0]["base"] = "10000000000";
    auto& risk = input["underlyings"][0]["risk"];
    risk["factor"] = {{"initial", "90"}, {"maintenance", "90"}};
    risk["scenarios"][0]["spot"] = "13";
    risk["basis"]["add"] = "100";
    CHECK_THAT(complaint(input), Catch::Contains("is too large for the parameters"));
}

TEST_CASE("pairs of underlyings that the case does not list are let be", "[margin][case]")
{
    CHECK(complaint("hedged-pair", "/correlation/pairs/1",
              R"({"a": "BTC", "b": "SOL", "rho": "0.7"})") == "");
}
