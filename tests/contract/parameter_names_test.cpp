// plimsoll: tests/contract/parameter_names_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A refused parameter is named as the message names it: every row changes the field
// of that name, and nothing else.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

using Json = nlohmann::json;

struct Row
{
    std::string name;  ///< With dots between an object and its field.
    Json value;
    Error error = Error::parameter_bounds;
};

void check_rows(Clearinghouse& house, const std::string& good, const std::string& within,
    const std::vector<Row>& rows)
{
    const Reply fine = house.send("gov", good);
    INFO(name_of(fine.error) << " " << fine.detail);
    REQUIRE(fine.ok());
    for (const Row& row : rows) {
        Json message = Json::parse(good);
        std::string path = row.name;
        std::replace(path.begin(), path.end(), '.', '/');
        const std::string root =
            "/" + message.begin().key() + "/" + (within.empty() ? "" : within + "/");
        const Json::json_pointer where(root + path);
        INFO(row.name);
        REQUIRE(message.contains(where));
        message[where] = row.value;
        const Reply reply = house.send("gov", message.dump());
        CHECK(reply.error == row.error);
        CHECK(reply.detail == row.name);
    }
}

Json levels(const char* initial, const char* maintenance)
{
    return {{"initial", initial}, {"maintenance", maintenance}};
}

constexpr Error DISAGREE = Error::parameters_disagree;

}  // namespace

TEST_CASE("parameter names: portfolio margin")
{
    Clearinghouse house;
    say::PortfolioRisk risk;
    risk.widening_multiple = "3";
    check_rows(house, say::set_portfolio_risk(risk), "",
        {{"vol_shock.range_up", "10.1"}, {"vol_shock.range_down", "10.1"},
            {"vol_shock.short_power", "2.1"}, {"vol_shock.long_power", "2.1"},
            {"vol_shock.floor_days", "0.0009"}, {"vol_shock.min_vol_up", "10.1"},
            {"skew_shock.linear_cap", "1.1"}, {"skew_shock.linear_slope", "10.1"},
            {"skew_shock.abs_cap", "1.1"}, {"skew_shock.abs_slope", "-10.1"},
            {"skew_shock.min_width", "0.0009"}, {"skew_shock.vol_static", "10.1"},
            {"skew_shock.vol_slope", "10.1"}, {"basis.up", "0.9"}, {"basis.down", "1.1"},
            {"basis.add", "10.1"}, {"basis.mult", "10.1"}, {"discount.long_base", "0.49"},
            {"discount.long_rate_mult", "10.1"}, {"discount.long_rate_add", "10.1"},
            {"discount.short_base", "0.99"}, {"discount.short_base", "2.01"},
            {"discount.short_rate_mult", "10.1"}, {"discount.short_rate_add", "10.1"},
            {"factor", levels("10.1", "1")}, {"factor", levels("1", "1.1"), DISAGREE},
            {"perp_contingency", levels("1.1", "1")},
            {"perp_contingency", levels("0.1", "0.2"), DISAGREE},
            {"future_contingency", levels("0.1", "0.2"), DISAGREE},
            {"option_contingency", levels("0.1", "0.2"), DISAGREE},
            {"confidence", {{"threshold", "1.1"}, {"factor", "1"}}},
            {"depeg", {{"threshold", "1"}, {"factor", "10.1"}}}, {"scenarios", Json::array()},
            {"widening.multiple", "20.1"}, {"widening.horizon_s", 0},
            {"widening.factor_max", "10.1"}, {"widening.maintenance_factor_max", "3.5", DISAGREE}});
}

TEST_CASE("parameter names: what is observed")
{
    Clearinghouse house;
    const std::string good = say::set_observation({});
    check_rows(house, good, "volatility",
        {{"step_s", 59}, {"decay", "0.49"}, {"clip", "1.9"}, {"start", "0.001"}, {"floor", "0.009"},
            {"cap", "50.1"}, {"stale_after_s", 0}});
    check_rows(house, good, "correlation",
        {{"step", "0.009"}, {"hysteresis", "0.0009"}, {"hold_s", 7 * DAY + 1}});
    check_rows(house, good, "stable_price",
        {{"interval_s", 59}, {"delay_growth", "1.1"}, {"growth_per_hour", "10.1"}});
    check_rows(house, good, "", {{"maintenance_per_hour", "0.11"}});
}

TEST_CASE("parameter names: standard margin, assets and correlation")
{
    Clearinghouse house;
    say::Underlying full;
    full.scaling = full.confidence = full.depeg = full.option = true;
    full.profit_cap = "1000";
    check_rows(house, say::set_underlying(full), "",
        {{"scaling.size_reference", "0.9"}, {"scaling.size_sqrt_coefficient", "10.1"},
            {"scaling.size_linear_coefficient", "10.1"},
            {"scaling.open_interest_upper", "20000000"},
            {"confidence", {{"threshold", "1.1"}, {"factor", "1"}}},
            {"depeg", {{"threshold", "1"}, {"factor", "10.1"}}}, {"option.max_initial", "1.1"},
            {"option.min_initial", "0.0009"}, {"option.maintenance_call", "1.1"},
            {"option.maintenance_put", "1.1"}, {"option.maintenance_put_mark", "1.1"},
            {"option.maintenance_offset", "0.9"}, {"option.unpaired_initial", "10.1"},
            {"option.unpaired_maintenance", "0.9"}, {"option.maintenance_call", "0.11", DISAGREE},
            {"option.min_initial", "0.16", DISAGREE},
            {"option.unpaired_maintenance", "1.3", DISAGREE}});
    say::Asset asset;
    asset.size_discount = "0.1";
    asset.volatility_multiple = "3";
    asset.horizon = DAY;
    asset.volatility_cap = "0.5";
    asset.confidence = "0.6/0.5";
    check_rows(house, say::set_asset(asset), "",
        {{"size_discount", "1.1"}, {"volatility_multiple", "20.1"}, {"horizon_s", 0},
            {"volatility_cap", "1.1"}, {"volatility_multiple", "0", DISAGREE},
            {"confidence", {{"threshold", "1.1"}, {"factor", "1"}}}});
    check_rows(house, say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}}), "",
        {{"band", "1.1"}, {"max_relief", "1.1"}});
}

TEST_CASE("parameter names: cash")
{
    Clearinghouse house;
    say::Cash cash;
    cash.gate = true;
    cash.unbonding = 7 * DAY;
    check_rows(house, say::set_cash(cash), "",
        {{"borrow.base", "0.051"}, {"borrow.slope_low", "0.051"}, {"borrow.slope_high", "0.051"},
            {"borrow.kink", "0.009"}, {"borrow.reserve_factor", "0.51"},
            {"borrow.utilisation_max", "1.1"}, {"borrow.supply_loss_cap", "0.51"},
            {"gate.absolute", "0.9"}, {"gate.relative", "1.1"}, {"gate.outflow_share", "0.009"},
            {"gate.window_s", 599}, {"gate.closed_max_s", 14 * DAY + 1},
            {"unbonding_s", 90 * DAY + 1}, {"unbonding_s", DAY, DISAGREE}});
}

TEST_CASE("parameter names: how markets settle")
{
    Clearinghouse house;
    check_rows(house, say::set_settlement({}), "",
        {{"window_s", 59}, {"window_s", DAY + 1}, {"coverage", "0.09"}, {"wait_s", 7 * DAY + 1},
            {"price_bound", "0.51"}});
}

TEST_CASE("parameter names: feeds")
{
    Clearinghouse house;
    say::Feed feed;
    feed.publishers = {"feeder"};
    feed.quorum = 1;
    feed.report_max_age = 60;
    feed.jump_max = "5";
    feed.jump_wait = 300;
    check_rows(house, say::set_feed(feed), "",
        {{"quorum", 0}, {"quorum", 2, DISAGREE}, {"report_max_age_s", 0},
            {"report_max_age_s", DAY + 1}, {"jump_max", "1.04"}, {"jump_wait_s", 0},
            {"jump_wait_s", 3'601}});
    feed.jump_max.reset();
    const Reply reply = house.send("gov", say::set_feed(feed));
    CHECK(reply.error == DISAGREE);
    CHECK(reply.detail == "jump_wait_s");
}

TEST_CASE("parameter names: instantiation names them too")
{
    MemoryHost host;
    contract::Env env;
    env.time_s = START;
    env.sender = "deployer";
    say::Params params;
    params.fast = 0;
    CHECK(contract::instantiate(host, env, say::instantiate("gov", params)).detail == "fast_s");
    params = {};
    params.max_confidence = "0.3";
    CHECK(contract::instantiate(host, env, say::instantiate("gov", params)).detail ==
          "max_confidence");
}
