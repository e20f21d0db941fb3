// plimsoll: tests/contract/margin_params_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What governance says of scaling, scenarios and correlation reaches the records,
// comes back from the queries, and keeps its bounds.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

template <class Record>
Record stored(const Clearinghouse& house, const std::string& key)
{
    std::string bytes;
    REQUIRE(house.host.read(key, bytes));
    Record record;
    REQUIRE(contract::decode(bytes, record) == Error::ok);
    return record;
}

}  // namespace

TEST_CASE(
    "margin params: an underlying's rules are stored, told, and left out where there are none")
{
    Clearinghouse house;
    const Reply plain = house.ask(say::ask("underlying", "underlying", 0));
    for (const char* field : {"/scaling", "/confidence_rule", "/depeg", "/option"})
        CHECK(plain.at(field) == "absent");
    say::Underlying underlying;
    underlying.scaling = underlying.confidence = underlying.depeg = underlying.option = true;
    REQUIRE(house.send("gov", say::set_underlying(underlying)).ok());
    const StandardParams standard = house.config().underlyings[0].params.standard;
    CHECK(standard.size_reference == money("1000000"));
    CHECK(standard.size_linear_coefficient == ratio("0.02"));
    CHECK(standard.open_interest_lower == money("20000000"));
    CHECK(standard.confidence.factor == ratio("0.7"));
    CHECK(standard.depeg.threshold == ratio("0.985"));
    CHECK(standard.option.unpaired.initial == ratio("1.2"));
    const Reply full = house.ask(say::ask("underlying", "underlying", 0));
    CHECK(full.at("/scaling/open_interest_upper") == "50000000");
    CHECK(full.at("/confidence_rule/threshold") == "0.6");
    CHECK(full.at("/depeg/factor") == "1.5");
    CHECK(full.at("/option/maintenance_put_mark") == "0.075");
}

TEST_CASE("margin params: an asset's rules are stored, told, and left out where there are none")
{
    Clearinghouse house;
    const Reply plain = house.ask(say::ask("asset", "asset", 1));
    for (const char* field : {"/pool_start", "/size_discount", "/volatility_multiple", "/horizon_s",
             "/volatility_cap", "/volatility_haircut", "/confidence"})
        CHECK(plain.at(field) == "absent");
    CHECK(plain.at("/risk_cancelling") == "false");
    say::Asset asset;
    asset.risk_cancelling = true;
    CHECK(house.send("gov", say::set_asset(asset)).error == Error::no_portfolio_risk);
    house.allow_portfolio(0);
    asset.pool_start = "5000";
    asset.size_discount = "0.001";
    asset.volatility_multiple = "3";
    CHECK(house.send("gov", say::set_asset(asset)).error == Error::parameter_bounds);
    asset.horizon = DAY;
    asset.volatility_cap = "0.4";
    asset.confidence = "0.6/0.5";
    REQUIRE(house.send("gov", say::set_asset(asset)).ok());
    const Asset stored = house.config().assets[1].params;
    CHECK(stored.risk_cancelling);
    CHECK(stored.pool_start == quantity("5000"));
    CHECK(stored.volatility.horizon == seconds(DAY));
    CHECK(stored.volatility.maintenance_cap == ratio("0.4"));
    CHECK(stored.confidence.threshold == ratio("0.6"));
    const Reply full = house.ask(say::ask("asset", "asset", 1));
    CHECK(full.at("/risk_cancelling") == "true");
    CHECK(full.at("/size_discount") == "0.001");
    CHECK(full.at("/volatility_multiple") == "3");
    CHECK(full.at("/horizon_s") == std::to_string(DAY));
    CHECK(full.at("/volatility_cap") == "0.4");
    CHECK(full.at("/confidence/factor") == "0.5");
}

TEST_CASE(
    "margin params: scenarios are governance's, within bounds, and come back as they were said")
{
    Clearinghouse house;
    say::PortfolioRisk risk;
    CHECK(house.ask(say::ask("portfolio_risk", "underlying", 0)).error == Error::no_portfolio_risk);
    CHECK(house.send("alice", say::set_portfolio_risk(risk)).error == Error::unauthorized);
    CHECK(house.send("gov", say::set_portfolio_risk(risk), {{"uusdc", 1}}).error ==
          Error::funds_not_accepted);
    risk.underlying = 2;
    CHECK(house.send("gov", say::set_portfolio_risk(risk)).error == Error::no_such_underlying);
    risk.underlying = 0;
    risk.factor_initial = "0.8";
    CHECK(house.send("gov", say::set_portfolio_risk(risk)).error == Error::parameters_disagree);
    risk.factor_initial = "1.1";
    risk.long_base = "1.01";
    CHECK(house.send("gov", say::set_portfolio_risk(risk)).error == Error::parameter_bounds);
    risk.long_base = "0.96";
    risk.scenarios = {"1.1/up/1"};
    CHECK(house.send("gov", say::set_portfolio_risk(risk)).error == Error::parameters_disagree);
    risk.scenarios = {};
    CHECK(house.send("gov", say::set_portfolio_risk(risk)).error == Error::parameter_bounds);
    for (int i = 0; i < 40; ++i)
        risk.scenarios.push_back(i % 2 == 0 ? "1.1/up/1" : "0.9/down/0.5");
    risk.scenarios[39] = "0.9/none/1";
    const std::string message = say::set_portfolio_risk(risk);
    CHECK(house.send("gov", message).event("portfolio_risk_set", "scenarios") == "40");
    nlohmann::json said = nlohmann::json::parse(message).at("set_portfolio_risk");
    said["discount"]["mark_rate_mult"] = "1";
    CHECK(
        nlohmann::json::parse(house.ask(say::ask("portfolio_risk", "underlying", 0)).data) == said);
    risk.scenarios.push_back("1/none/1");
    CHECK(house.send("gov", say::set_portfolio_risk(risk)).error == Error::too_many_items);
    const auto record = stored<PortfolioParams>(house, contract::risk_key(UnderlyingId{0}));
    CHECK(record.scenarios.size() == 40);
    CHECK(record.scenarios[1].damping == ratio("0.5"));
    CHECK(house.ask(say::ask("portfolio_risk", "underlying", 1)).error == Error::no_portfolio_risk);
    CHECK(
        house.ask(say::ask("portfolio_risk", "underlying", 9)).error == Error::no_such_underlying);
}

TEST_CASE("margin params: no two underlyings have scenarios without a correlation")
{
    Clearinghouse house;
    house.allow_portfolio(0);
    say::PortfolioRisk risk;
    CHECK(house.send("gov", say::set_portfolio_risk(risk)).ok());
    risk.underlying = 1;
    const Reply refused = house.send("gov", say::set_portfolio_risk(risk));
    CHECK(refused.error == Error::no_correlation);
    CHECK(refused.detail == "underlying 0");
    REQUIRE(house.send("gov", say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}})).ok());
    CHECK(house.send("gov", say::set_portfolio_risk(risk)).ok());
    // What is listed anew keeps its scenarios.
    REQUIRE(house.send("gov", say::set_underlying({})).ok());
    CHECK(house.ask(say::ask("portfolio_risk", "underlying", 0)).ok());
}

TEST_CASE("margin params: correlation keeps the pairs that are not named, and bands of their own")
{
    Clearinghouse house;
    const Reply none = house.ask(R"({"correlation":{}})");
    CHECK(none.at("/pairs") == "[]");
    CHECK(none.at("/next") == "null");
    say::Underlying third;
    third.underlying = 2;
    REQUIRE(house.send("gov", say::set_underlying(third)).ok());
    CHECK(house.send("alice", say::set_correlation("0.3", "0.8", {})).error == Error::unauthorized);
    REQUIRE(house
            .send("gov",
                say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}, {2, 1, "-0.5", "0.4"}}))
            .ok());
    const Reply set = house.send("gov", say::set_correlation("0.25", "0.7", {{2, 0, "1", {}}}));
    CHECK(set.event("correlation_set", "band") == "0.25");
    CHECK(set.event("correlation_set", "pairs") == "1");
    const auto record = stored<Correlation>(house, contract::correlation_key());
    CHECK(record.max_relief == ratio("0.7"));
    CHECK(record.of(0, 1).low == ratio("0.8"));
    CHECK(record.of(0, 1).band == ratio("0.25"));
    CHECK(record.of(1, 2).band == ratio("0.4"));
    CHECK(record.of(2, 0).high == Ratio::one());
    const Reply told = house.ask(R"({"correlation":{}})");
    CHECK(told.at("/band") == "0.25");
    CHECK(told.at("/pairs/0") == R"({"a":0,"b":1,"band":"0.25","rho":"0.8"})");
    CHECK(told.at("/pairs/1") == R"({"a":0,"b":2,"band":"0.25","rho":"1"})");
    CHECK(told.at("/pairs/2") == R"({"a":1,"b":2,"band":"0.4","rho":"-0.5"})");
    const Reply page = house.ask(R"({"correlation":{"cursor":1,"limit":1}})");
    CHECK(page.at("/pairs/0/b") == "2");
    CHECK(page.at("/pairs/1") == "absent");
    CHECK(page.at("/next") == "2");
    CHECK(house.ask(R"({"correlation":{"cursor":2,"limit":1}})").at("/next") == "null");
    CHECK(house.ask(R"({"correlation":{"cursor":7}})").at("/pairs") == "[]");
}

TEST_CASE("margin params: correlations that mean nothing are refused")
{
    Clearinghouse house;
    const auto said = [&](const std::string& band, const std::string& relief,
                          const std::vector<say::Pair>& pairs) {
        return house.send("gov", say::set_correlation(band, relief, pairs)).error;
    };
    CHECK(said("1.01", "0.8", {}) == Error::parameter_bounds);
    CHECK(said("0.3", "1.01", {}) == Error::parameter_bounds);
    CHECK(said("0.3", "0.8", {{0, 1, "1.01", {}}}) == Error::parameter_bounds);
    CHECK(said("0.3", "0.8", {{0, 1, "-1.01", {}}}) == Error::parameter_bounds);
    CHECK(said("0.3", "0.8", {{0, 1, "0.5", "1.01"}}) == Error::parameter_bounds);
    CHECK(said("0.3", "0.8", {{0, 0, "1", {}}}) == Error::parameters_disagree);
    CHECK(said("0.3", "0.8", {{0, 1, "1", {}}, {1, 0, "1", {}}}) == Error::parameters_disagree);
    CHECK(said("0.3", "0.8", {{0, 2, "1", {}}}) == Error::no_such_underlying);
    CHECK(said("1", "1", {{1, 0, "-1", "1"}}) == Error::ok);
}
