// plimsoll: tests/contract/observation_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What is observed of prices reaches margin: at initial at once, at maintenance as
// slowly as governance says, and as a function of what was published, whoever called when.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t STEP = 300;
constexpr std::uint64_t HOUR = 3'600;

bool has_record(const Clearinghouse& house, const std::string& key)
{
    std::string bytes;
    return house.host.read(key, bytes);
}

Ratio volatility(Clearinghouse& house, std::uint64_t underlying = 0)
{
    return ratio(house.ask(say::ask("observed", "underlying", underlying)).at("/volatility"));
}
Money level(Clearinghouse& house, std::uint64_t account, const std::string& field)
{
    const Reply reply = house.ask(say::ask("health", "account", account));
    INFO(name_of(reply.error) << " " << reply.detail);
    REQUIRE(reply.ok());
    return money(reply.at(field));
}

void list_dollar(Clearinghouse& house)
{
    say::Underlying dollar;
    dollar.underlying = 2;
    dollar.symbol = "USDC";
    REQUIRE(house.send("gov", say::set_underlying(dollar)).ok());
}

/// ETH goes up and down by so much at each instant.
void shake(Clearinghouse& house, int times, const char* high = "2100")
{
    for (int i = 0; i < times; ++i) {
        house.wait(STEP);
        house.price(0, i % 2 == 0 ? high : "2000");
        house.price(1, "50000");
    }
}

}  // namespace

TEST_CASE("observation: governance sets what is observed, within bounds, and takes it back")
{
    Clearinghouse house;
    const std::string good = say::set_observation({});
    CHECK(house.send("alice", good).error == Error::unauthorized);
    CHECK(house.send("gov", good, {{"uusdc", 1}}).error == Error::funds_not_accepted);
    say::Observation bad;
    bad.decay = "1.1";
    CHECK(house.send("gov", say::set_observation(bad)).error == Error::parameter_bounds);
    bad = {};
    bad.maintenance_per_hour = "0.2";
    CHECK(house.send("gov", say::set_observation(bad)).error == Error::parameter_bounds);
    bad = {};
    bad.volatility = false;
    CHECK(house.send("gov", say::set_observation(bad)).error == Error::parameters_disagree);
    bad = {};
    bad.quote_feed = 2;
    CHECK(house.send("gov", say::set_observation(bad)).error == Error::no_such_underlying);
    // The feed of a collateral, one without a price, and one far from any peg.
    bad.quote_feed = 1;
    CHECK(house.send("gov", say::set_observation(bad)).error == Error::parameters_disagree);
    list_dollar(house);
    bad.quote_feed = 2;
    CHECK(house.send("gov", say::set_observation(bad)).error == Error::no_price);
    house.price(2, "2.1");
    CHECK(house.send("gov", say::set_observation(bad)).error == Error::parameters_disagree);
    house.price(2, "1");
    CHECK(house.ask(R"({"config":{}})").at("/volatility") == "absent");

    say::Observation full;
    full.quote_feed = 2;
    REQUIRE(house.send("gov", say::set_observation(full)).event("observation_set") != nullptr);
    const Reply config = house.ask(R"({"config":{}})");
    CHECK(config.at("/volatility/step_s") == "300");
    CHECK(config.at("/maintenance_per_hour") == "0.01");
    CHECK(config.at("/correlation/hold_s") == "3600");
    CHECK(config.at("/stable_price/delay_growth") == "0.06");
    CHECK(config.at("/quote_feed") == "2");
    REQUIRE(house.send("gov", R"({"set_observation":{}})").ok());
    for (const char* part : {"/volatility", "/correlation", "/stable_price", "/quote_feed"})
        CHECK(house.ask(R"({"config":{}})").at(part) == "absent");
}

TEST_CASE("observation: a house that observes nothing has none of its records")
{
    Clearinghouse house;
    shake(house, 5);
    CHECK(house.send("anyone", say::observe()).error == Error::nothing_to_do);
    for (const std::string& key : {contract::observed_key(), contract::pairs_key(0),
             contract::stable_key(), contract::delays_key(UnderlyingId{0})})
        CHECK_FALSE(has_record(house, key));
    const Reply observed = house.ask(say::ask("observed", "underlying", 0));
    REQUIRE(observed.ok());
    CHECK(observed.at("/volatility") == "absent");
    CHECK(observed.at("/stable_price") == "absent");
    CHECK(house.ask(say::ask("observed", "underlying", 9)).error == Error::no_such_underlying);
}

TEST_CASE("observation: volatility rises with what was published and falls in a calm")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_observation({})).ok());
    CHECK(volatility(house) == ratio("0.6"));
    shake(house, 12);
    const Ratio shaken = volatility(house);
    // 5 % in five minutes are 1,500 % a year; the clip lets one return count four times what is known.
    CHECK(shaken > ratio("2"));
    CHECK(volatility(house, 1) < ratio("0.6"));
    for (int i = 0; i < 12; ++i) {
        house.wait(STEP);
        house.refresh();
    }
    CHECK(volatility(house) < shaken);
    // A feed that has gone silent says nothing.
    const Ratio calm = volatility(house);
    house.wait(HOUR + STEP);
    const Ratio silent = volatility(house);
    house.wait(100 * HOUR);
    CHECK(volatility(house) == silent);
    CHECK(silent < calm);
}

TEST_CASE("observation: whoever calls when, it is a function of what was published")
{
    Clearinghouse lazy;
    Clearinghouse busy;
    for (Clearinghouse* house : {&lazy, &busy}) {
        REQUIRE(house->send("gov", say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}})).ok());
        REQUIRE(house->send("gov", say::set_observation({})).ok());
    }
    const char* const prices[] = {"2100", "2050", "1900", "2010", "2200", "2190"};
    for (const char* price : prices) {
        for (Clearinghouse* house : {&lazy, &busy}) {
            house->price(0, price);
            house->price(1, "50000");
        }
        for (int minute = 0; minute < 17; ++minute) {
            busy.wait(60);
            static_cast<void>(busy.send("anyone", say::observe()));
        }
        lazy.wait(17 * 60);
    }
    REQUIRE(lazy.now == busy.now);
    const auto near = [](const std::string& a, const std::string& b) {
        const Ratio difference = ratio(a) - ratio(b);
        return difference < ratio("0.000000000001") && -difference < ratio("0.000000000001");
    };
    const std::string ask = say::ask("observed", "underlying", 0);
    CHECK(near(lazy.ask(ask).at("/volatility"), busy.ask(ask).at("/volatility")));
    CHECK(lazy.ask(ask).at("/stable_price") == busy.ask(ask).at("/stable_price"));
    CHECK(lazy.ask(R"({"correlation":{}})").at("/pairs/0/initial/low") ==
          busy.ask(R"({"correlation":{}})").at("/pairs/0/initial/low"));
    // What has been taken in is not taken in again.
    CHECK(busy.send("anyone", say::observe()).error == Error::nothing_to_do);
    CHECK(busy.send("anyone", say::observe(), {{"uusdc", 1}}).error == Error::funds_not_accepted);
}

TEST_CASE(
    "observation: a volatile collateral loses weight at initial at once, at maintenance slowly")
{
    Clearinghouse house;
    say::Asset ether;
    ether.volatility_multiple = "3";
    ether.horizon = DAY;
    ether.volatility_cap = "0.4";
    REQUIRE(house.send("gov", say::set_asset(ether)).ok());
    say::Observation observation;
    observation.stable_price = false;
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    const auto alice = house.trader("alice", 0);
    house.deposit(alice, "aeth", 1'000'000'000'000'000'000);
    // At a volatility of 0.6 a day's three sigmas are 9.4 %, less than governance's haircuts.
    CHECK(level(house, alice, "/initial/haircuts") == money("400"));
    CHECK(level(house, alice, "/maintenance/haircuts") == money("200"));
    shake(house, 24);
    const Money fast = level(house, alice, "/initial/haircuts");
    CHECK(fast > money("1000"));
    // Two hours at one point an hour.
    CHECK(level(house, alice, "/maintenance/haircuts") == money("200"));
    const Reply asset = house.ask(say::ask("asset", "asset", 1));
    CHECK(ratio(asset.at("/volatility_haircut/maintenance")) <= ratio("0.02"));
    CHECK(ratio(asset.at("/volatility_haircut/initial")) > ratio("0.5"));
    // It goes on at an unchanged price until the cap, hour by hour.
    Money last = money("200");
    for (int hour = 0; hour < 100; ++hour) {
        shake(house, 12);
        const Money slow = level(house, alice, "/maintenance/haircuts");
        CHECK(slow >= last);
        CHECK(slow - last <= money("20.000001"));
        last = slow;
    }
    CHECK(last == money("800"));
}

TEST_CASE(
    "observation: nobody is liquidatable at an unchanged price sooner than the limiter lets them")
{
    Clearinghouse house;
    house.allow_portfolio(0);
    say::PortfolioRisk risk;
    risk.widening_multiple = "2";
    REQUIRE(house.send("gov", say::set_portfolio_risk(risk)).ok());
    say::Observation observation;
    observation.stable_price = false;
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    const auto alice = house.trader("alice", 330);
    const auto bob = house.trader("bob", 100'000);
    REQUIRE(house.send("alice", say::set_mode(alice, "portfolio")).ok());
    REQUIRE(house.fill(0, alice, bob, "0.8", "2000").ok());
    const Money initial = level(house, alice, "/initial/requirement");
    const Money maintenance = level(house, alice, "/maintenance/requirement");
    shake(house, 12);
    const Reply observed = house.ask(say::ask("observed", "underlying", 0));
    // 2 * 11 % a day and more: the limit of 3 times binds, ahead of maintenance at one hour's way.
    CHECK(ratio(observed.at("/range_factor")) <= ratio("1.07"));
    CHECK(ratio(observed.at("/range_factor")) > ratio("1"));
    CHECK(ratio(observed.at("/initial_scale")) > ratio("2"));
    CHECK(level(house, alice, "/initial/requirement") > initial + initial);
    CHECK(level(house, alice, "/maintenance/requirement") < scale_ceil(maintenance, ratio("1.1")));
    CHECK(house.stage(alice) == "healthy");
    // Adding risk is refused at once; the wider range comes to maintenance within its hours.
    CHECK(house.fill(0, alice, bob, "0.01", "2000").error == Error::below_initial_margin);
    int hours = 0;
    for (; house.stage(alice) == "healthy" && hours < 40; ++hours)
        shake(house, 12);
    CHECK(hours >= 2);
    CHECK(hours < 40);
}

TEST_CASE("observation: initial counts a position at the stable price where that is worse")
{
    Clearinghouse house;
    say::Observation observation;
    observation.volatility = observation.correlation = false;
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    house.refresh();
    const auto alice = house.trader("alice", 10'000);
    const auto bob = house.trader("bob", 10'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.wait(STEP);
    house.price(0, "2600");
    const Reply observed = house.ask(say::ask("observed", "underlying", 0));
    CHECK(price(observed.at("/stable_price")) < price("2030"));
    // Half of a gain of 600 would count, less 260 of margin; at the stable price next to nothing is gained.
    CHECK(level(house, alice, "/maintenance/health") == money("10470"));
    CHECK(level(house, alice, "/initial/health") < money("9850"));
    // The short's loss counts in full at once.
    CHECK(level(house, bob, "/initial/health") == money("9140"));
    // A day later the price is the stable one.
    for (int hour = 0; hour < 60; ++hour) {
        house.wait(HOUR);
        house.refresh();
    }
    CHECK(level(house, alice, "/initial/health") == money("10040"));
}

TEST_CASE(
    "observation: an observed correlation joins governance's at initial, and at maintenance step "
    "by step")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}})).ok());
    say::Observation observation;
    observation.stable_price = false;
    observation.hold = 6 * HOUR;
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    const auto pair = [&](const std::string& field) {
        return ratio(house.ask(R"({"correlation":{}})").at("/pairs/0/" + field));
    };
    house.wait(STEP);
    house.refresh();
    CHECK(pair("initial/low") == ratio("0.8"));
    // For ten hours what one gains the other loses.
    for (int i = 0; i < 120; ++i) {
        house.wait(STEP);
        house.price(0, i % 2 == 0 ? "2040" : "2000");
        house.price(1, i % 2 == 0 ? "49000" : "50000");
    }
    CHECK(pair("rho") == ratio("0.8"));
    CHECK(pair("initial/low") <= ratio("-0.9"));
    CHECK(pair("initial/high") == ratio("0.8"));
    CHECK(pair("maintenance/low") <= ratio("0.7"));
    CHECK(pair("maintenance/low") >= ratio("0.6"));
    CHECK(pair("maintenance/high") == ratio("0.8"));
}

TEST_CASE("observation: a quote below its peg is charged for, and nothing is worth more for it")
{
    Clearinghouse house;
    list_dollar(house);
    house.price(2, "1");
    say::Underlying ether;
    ether.depeg = true;  // 1.5 times what it is below 0.985
    REQUIRE(house.send("gov", say::set_underlying(ether)).ok());
    say::Observation observation;
    observation.volatility = observation.correlation = observation.stable_price = false;
    observation.quote_feed = 2;
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    const auto alice = house.trader("alice", 10'000);
    const auto bob = house.trader("bob", 10'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.deposit(alice, "aeth", 1'000'000'000'000'000'000);
    CHECK(level(house, alice, "/initial/requirement") == money("200"));
    house.price(2, "0.885");
    CHECK(level(house, alice, "/initial/requirement") == money("500"));
    CHECK(level(house, alice, "/maintenance/requirement") == money("100"));
    // Prices are in quote already: publishers say what an ether costs in it.
    CHECK(level(house, alice, "/collateral") == money("2000"));
    // However absurd, and however old, everything can be valued: as if it stood at a half.
    for (const char* absurd : {"0.000000000000000001", "0.5"}) {
        house.price(2, absurd);
        CHECK(level(house, alice, "/initial/requirement") == money("1655"));
        CHECK(level(house, alice, "/collateral") == money("2000"));
    }
    house.wait(7'200);
    house.price(0, "2000");
    CHECK(level(house, alice, "/initial/requirement") == money("1655"));
    house.price(2, "100000000");
    CHECK(level(house, alice, "/initial/requirement") == money("200"));
    CHECK(level(house, alice, "/collateral") == money("2000"));
}

TEST_CASE(
    "observation: the wildest prices under the loosest parameters leave records that can be read")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}})).ok());
    REQUIRE(house
            .send("gov",
                R"({"set_observation":{"volatility":{"step_s":300,"decay":"0.9","clip":"20",)"
                R"("start":"0.6","floor":"0.05","cap":"50","stale_after_s":3600},)"
                R"("maintenance_per_hour":"0.01","correlation":{"step":"0.1",)"
                R"("hysteresis":"0.02","hold_s":0}}})")
            .ok());
    for (int i = 0; i < 60; ++i) {
        house.wait(STEP);
        house.price(0, i % 2 == 0 ? "20000" : "20");
        house.price(1, i % 2 == 0 ? "900000" : "500");
    }
    CHECK(house.ask(say::ask("observed", "underlying", 0)).at("/volatility") == "50");
    CHECK(house.ask(R"({"correlation":{}})").at("/pairs/0/initial/high") == "1");
}

TEST_CASE("observation: what maintenance has gone under old parameters it keeps under new ones")
{
    Clearinghouse house;
    say::Asset ether;
    ether.volatility_multiple = "3";
    ether.horizon = DAY;
    ether.volatility_cap = "0.5";
    REQUIRE(house.send("gov", say::set_asset(ether)).ok());
    say::Observation observation;
    observation.correlation = observation.stable_price = false;
    observation.maintenance_per_hour = "0.0001";
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    const auto haircut = [&] {
        const Reply asset = house.ask(say::ask("asset", "asset", 1));
        return ratio(asset.at("/volatility_haircut/maintenance"));
    };
    shake(house, 24);
    house.wait(STEP - 1);
    const Ratio before = haircut();
    CHECK(before <= ratio("0.0003"));
    observation.maintenance_per_hour = "0.1";
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    CHECK(haircut() == before);
    shake(house, 36);
    const Ratio later = haircut();
    CHECK(later > ratio("0.25"));
    observation.maintenance_per_hour = "0.0001";
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    CHECK(haircut() == later);
    // Taken away and given back it starts anew.
    say::Asset plain;
    REQUIRE(house.send("gov", say::set_asset(plain)).ok());
    house.wait(7 * DAY);
    house.refresh();
    REQUIRE(house.send("gov", say::set_asset(ether)).ok());
    CHECK(haircut() == Ratio::zero());
}

TEST_CASE("observation: the same holds for ranges, and marks go by the rate as published")
{
    Clearinghouse house;
    house.allow_portfolio(0);
    say::PortfolioRisk plain;
    say::PortfolioRisk wide;
    wide.widening_multiple = "2";
    say::Observation observation;
    observation.stable_price = observation.correlation = false;
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    REQUIRE(house.send("gov", say::set_portfolio_risk(wide)).ok());
    const auto factor = [&] {
        return ratio(house.ask(say::ask("observed", "underlying", 0)).at("/range_factor"));
    };
    shake(house, 24);
    CHECK(factor() > Ratio::one());
    REQUIRE(house.send("gov", say::set_portfolio_risk(plain)).ok());
    house.wait(7 * DAY);
    house.refresh();
    REQUIRE(house.send("gov", say::set_portfolio_risk(wide)).ok());
    CHECK(factor() == Ratio::one());
    std::string other = say::set_portfolio_risk(plain);
    const std::string field = R"("discount":{)";
    other.insert(other.find(field) + field.size(), R"("mark_rate_mult":"0.5",)");
    const Reply refused = house.send("gov", other);
    CHECK(refused.error == Error::parameters_disagree);
    CHECK(refused.detail == "mark_rate_mult");
}

TEST_CASE("observation: instants before it was switched on count for nothing")
{
    Clearinghouse house;
    house.price(0, "2000");
    house.wait(3'500);
    REQUIRE(house.send("gov", say::set_observation({})).ok());
    CHECK(volatility(house) == ratio("0.6"));
    house.wait(STEP);
    house.refresh();
    CHECK(volatility(house) > ratio("0.5"));
}

TEST_CASE("observation: a pair that governance names later starts where it is named, and is held")
{
    Clearinghouse house;
    say::Observation observation;
    observation.hold = DAY;
    REQUIRE(house.send("gov", say::set_observation(observation)).ok());
    shake(house, 3);
    REQUIRE(house.send("gov", say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}})).ok());
    const auto low = [&](const std::string& level_name) {
        return ratio(house.ask(R"({"correlation":{}})").at("/pairs/0/" + level_name + "/low"));
    };
    CHECK(low("maintenance") == ratio("0.8"));
    // A day passes before the first step.
    for (int i = 0; i < 200; ++i) {
        house.wait(STEP);
        house.price(0, i % 2 == 0 ? "2040" : "2000");
        house.price(1, i % 2 == 0 ? "49000" : "50000");
    }
    CHECK(low("initial") < Ratio::zero());
    CHECK(low("maintenance") == ratio("0.8"));
    for (int i = 0; i < 120; ++i) {
        house.wait(STEP);
        house.price(0, i % 2 == 0 ? "2040" : "2000");
        house.price(1, i % 2 == 0 ? "49000" : "50000");
    }
    CHECK(low("maintenance") == ratio("0.7"));
}

TEST_CASE("observation: a supposed price moves nothing that is observed")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_observation({})).ok());
    house.refresh();
    const auto alice = house.trader("alice", 10'000);
    const auto bob = house.trader("bob", 10'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.deposit(alice, "aeth", 1'000'000'000'000'000'000);
    house.wait(STEP);
    house.refresh();
    const std::string ask = R"({"what_if":{"account":)" + std::to_string(alice) +
                            R"(,"prices":[{"underlying":0,"price":"3000"}]}})";
    const Reply supposed = house.ask(ask);
    REQUIRE(supposed.ok());
    // A gain of 1000 is none at the stable price.
    CHECK(money(supposed.at("/underlyings/0/price_bracket")) > money("400"));
    CHECK(house.ask(say::ask("observed", "underlying", 0)).at("/stable_price") == "2000");
}

TEST_CASE("observation: what is observed anew after a pause starts anew")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_correlation("0.3", "0.8", {{0, 1, "0.8", {}}})).ok());
    REQUIRE(house.send("gov", say::set_observation({})).ok());
    shake(house, 12);
    REQUIRE(house.send("gov", R"({"set_observation":{}})").ok());
    house.price(0, "3000");
    REQUIRE(house.send("gov", say::set_observation({})).ok());
    CHECK(volatility(house) == ratio("0.6"));
    CHECK(house.ask(say::ask("observed", "underlying", 0)).at("/stable_price") == "3000");
    CHECK(house.ask(R"({"correlation":{}})").at("/pairs/0/initial/low") == "0.8");
}

TEST_CASE("observation: a push that fails leaves no trace of what it observed")
{
    Clearinghouse house;
    REQUIRE(house.send("gov", say::set_observation({})).ok());
    shake(house, 3);
    house.wait(STEP);
    const auto before = house.host.records;
    const std::string twice =
        R"({"push_prices":{"prices":[{"underlying":0,"price":"2100","confidence":"0","publish_time":)" +
        std::to_string(house.now) +
        R"(},{"underlying":9,"price":"1","confidence":"0","publish_time":1}]}})";
    CHECK(house.send("publisher", twice).error == Error::no_such_underlying);
    CHECK(house.host.records == before);
}

TEST_CASE("observation: scenarios that do not scale exactly cannot be widened")
{
    Clearinghouse house;
    house.allow_portfolio(0);
    say::PortfolioRisk risk;
    risk.widening_multiple = "2";
    risk.scenarios.push_back("1.000000000000000001/none/1");
    CHECK(house.send("gov", say::set_portfolio_risk(risk)).error == Error::parameters_disagree);
    risk.scenarios.pop_back();
    risk.widening_multiple = "21";
    CHECK(house.send("gov", say::set_portfolio_risk(risk)).error == Error::parameter_bounds);
    risk.widening_multiple = "3";
    REQUIRE(house.send("gov", say::set_portfolio_risk(risk)).ok());
    CHECK(house.ask(say::ask("portfolio_risk", "underlying", 0)).at("/widening/multiple") == "3");
}
