// plimsoll: tests/contract/governance_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What governance may set, and the bounds that it cannot set past.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// One change of otherwise good parameters, what must come of it, and which parameter is named.
template <class Message>
struct Case
{
    std::string name;
    std::function<void(Message&)> change;
    Error expected;
    std::string parameter = {};
};

template <class Message>
void check_all(std::string (*say)(const Message&), const std::vector<Case<Message>>& cases)
{
    Clearinghouse house;
    for (const Case<Message>& tried : cases) {
        Message message;
        tried.change(message);
        INFO(tried.name);
        const Reply reply = house.send("gov", say(message));
        CHECK(reply.error == tried.expected);
        if (reply.error == Error::parameter_bounds || reply.error == Error::parameters_disagree)
            CHECK(reply.detail == tried.parameter);
    }
}

constexpr Error BOUNDS = Error::parameter_bounds;
constexpr Error DISAGREE = Error::parameters_disagree;

}  // namespace

TEST_CASE("governance: the auction's and the oracle's parameters keep their bounds")
{
    using P = say::Params;
    check_all<P>(say::set_params,
        {{"good", [](P&) {}, Error::ok},
            {"buffer", [](P& p) { p.buffer = "1.1"; }, BOUNDS, "buffer"},
            {"the whole margin given away", [](P& p) { p.share_max = "0.95"; }, DISAGREE,
                "fee_share"},
            {"almost all of it", [](P& p) { p.share_max = "0.949999999999999999"; }, Error::ok},
            {"a fee above one", [](P& p) { p.fee_share = "1.01"; }, BOUNDS, "fee_share"},
            {"a falling fast leg", [](P& p) { p.share_start = "0.21"; }, DISAGREE, "share_start"},
            {"a falling slow leg", [](P& p) { p.share_fast = "0.51"; }, DISAGREE, "share_fast"},
            {"no fast leg", [](P& p) { p.fast = 0; }, BOUNDS, "fast_s"},
            {"no slow leg", [](P& p) { p.slow = 0; }, BOUNDS, "slow_s"},
            {"a slow leg of more than a day", [](P& p) { p.slow = DAY + 1; }, BOUNDS, "slow_s"},
            {"a cooling of more than a week", [](P& p) { p.cool = 7 * DAY + 1; }, BOUNDS, "cool_s"},
            {"a flag that lapses before the next block",
                [](P& p) { p.fast = p.slow = 1, p.cool = 0; }, DISAGREE, "cool_s"},
            {"endless legs", [](P& p) { p.fast = 18'446'744'073'709'551'615U; },
                Error::out_of_range},
            {"a close-out of everything", [](P& p) { p.close_out_notional = "1000000.1"; }, BOUNDS,
                "close_out_notional"},
            {"no age", [](P& p) { p.max_age_trade = 0; }, BOUNDS, "max_age_trade_s"},
            {"trading later than liquidation", [](P& p) { p.max_age_trade = 301; }, DISAGREE,
                "max_age_trade_s"},
            {"failing before it is stale", [](P& p) { p.failed_after = 299; }, DISAGREE,
                "max_age_liquidation_s"},
            {"never failing", [](P& p) { p.failed_after = 7 * DAY + 1; }, BOUNDS, "failed_after_s"},
            {"any confidence", [](P& p) { p.max_confidence = "0.51"; }, BOUNDS, "max_confidence"},
            {"no confidence", [](P& p) { p.max_confidence = "0"; }, BOUNDS, "max_confidence"}});
}

TEST_CASE("governance: a market's parameters keep their bounds")
{
    using M = say::Market;
    check_all<M>(say::set_market,
        {{"good", [](M&) {}, Error::ok}, {"next", [](M& m) { m.market = 2; }, Error::ok},
            {"not next", [](M& m) { m.market = 4; }, Error::id_not_next},
            {"the last number", [](M& m) { m.market = 63; }, Error::id_not_next},
            {"past the last", [](M& m) { m.market = MARKETS_MAX; }, Error::id_not_next},
            {"no lot", [](M& m) { m.lot = "0"; }, Error::out_of_range},
            {"a lot of all there is", [](M& m) { m.lot = "1000000.1"; }, BOUNDS, "lot"},
            {"no band", [](M& m) { m.fill_band = "0"; }, BOUNDS, "fill_band"},
            {"too wide a band", [](M& m) { m.fill_band = "0.51"; }, BOUNDS, "fill_band"},
            {"too wide a premium", [](M& m) { m.premium_max = "0.51"; }, BOUNDS, "premium_max"},
            {"no premium window", [](M& m) { m.premium_window = 0; }, BOUNDS, "premium_window_s"},
            {"no funding window", [](M& m) { m.funding_window = 59; }, BOUNDS, "funding_window_s"},
            {"all in a day", [](M& m) { m.funding_cap = "1.01"; }, BOUNDS, "funding_cap"},
            {"too much interest", [](M& m) { m.open_interest_max = "10000000000.1"; },
                Error::out_of_range},
            {"more loss than there is", [](M& m) { m.loss_cap = "1.01"; }, BOUNDS, "loss_cap"},
            {"no such status", [](M& m) { m.status = "open"; }, Error::out_of_range},
            {"nowhere", [](M& m) { m.underlying = 2; }, Error::no_such_underlying},
            {"elsewhere", [](M& m) { m.underlying = 1; }, Error::fixed_field}});
}

TEST_CASE("governance: an underlying's parameters keep their bounds")
{
    using U = say::Underlying;
    check_all<U>(say::set_underlying,
        {{"good", [](U&) {}, Error::ok}, {"next", [](U& u) { u.underlying = 2; }, Error::ok},
            {"not next", [](U& u) { u.underlying = 4; }, Error::id_not_next},
            {"maintenance above initial", [](U& u) { u.maintenance_fraction = "0.11"; }, DISAGREE,
                "maintenance_fraction"},
            {"no maintenance", [](U& u) { u.maintenance_fraction = "0.0009"; }, BOUNDS,
                "maintenance_fraction"},
            {"more than all", [](U& u) { u.initial_fraction = "1.1"; }, BOUNDS, "initial_fraction"},
            {"more than the profit", [](U& u) { u.profit_weight = "1.1"; }, BOUNDS,
                "profit_weight"},
            {"a cap", [](U& u) { u.profit_cap = "0"; }, Error::ok}});
}

TEST_CASE("governance: an asset's parameters keep their bounds and what accounts rely on stays")
{
    using A = say::Asset;
    check_all<A>(say::set_asset,
        {{"good", [](A&) {}, Error::ok},
            {"the quote", [](A& a) { a.asset = 0; }, Error::fixed_field},
            {"not next", [](A& a) { a.asset = 4; }, Error::id_not_next},
            {"maintenance above initial", [](A& a) { a.maintenance_haircut = "0.21"; }, DISAGREE,
                "maintenance_haircut"},
            {"more than all", [](A& a) { a.initial_haircut = "1.1"; }, BOUNDS, "initial_haircut"},
            {"too many tokens", [](A& a) { a.deposit_cap = "10000000000000000000000000001"; },
                BOUNDS, "deposit_cap"},
            {"another name", [](A& a) { a.denom = "beth"; }, Error::fixed_field},
            {"other decimals", [](A& a) { a.decimals = 17; }, Error::fixed_field},
            {"another price", [](A& a) { a.underlying = 1; }, Error::fixed_field},
            {"no price", [](A& a) { a.underlying = 7; }, Error::no_such_underlying},
            {"a listed name again", [](A& a) { a.asset = 3; }, DISAGREE, "denom"},
            {"the quote's name",
                [](A& a) {
                    a.asset = 3;
                    a.denom = "uusdc";
                },
                DISAGREE, "denom"},
            {"next",
                [](A& a) {
                    a.asset = 3;
                    a.denom = "doge";
                },
                Error::ok}});
}

TEST_CASE("governance: there is room for 32 assets, 32 underlyings and 1,024 markets")
{
    Clearinghouse house;
    for (std::uint64_t id = 3; id < ASSETS_MAX; ++id) {
        say::Asset asset;
        asset.asset = id;
        asset.denom = "token" + std::to_string(id);
        REQUIRE(house.send("gov", say::set_asset(asset)).ok());
    }
    for (std::uint64_t id = 2; id < UNDERLYINGS_MAX; ++id) {
        say::Underlying underlying;
        underlying.underlying = id;
        REQUIRE(house.send("gov", say::set_underlying(underlying)).ok());
    }
    house.audited = false;  // of every market after every call
    for (std::uint64_t id = 2; id < MARKETS_MAX; ++id) {
        say::Market market;
        market.market = id;
        REQUIRE(house.send("gov", say::set_market(market)).ok());
    }
    say::Asset asset;
    asset.asset = ASSETS_MAX;
    asset.denom = "onemore";
    CHECK(house.send("gov", say::set_asset(asset)).error != Error::ok);
    say::Underlying underlying;
    underlying.underlying = UNDERLYINGS_MAX;
    CHECK(house.send("gov", say::set_underlying(underlying)).error != Error::ok);
    say::Market market;
    market.market = MARKETS_MAX;
    CHECK(house.send("gov", say::set_market(market)).error != Error::ok);
    CHECK(house.ask(R"({"markets":{}})").ok());
    CHECK(house.ask(R"({"state":{}})").at("/assets/31/held") == "0");
}

TEST_CASE("governance: funding so far is due under the old parameters")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 1'000);
    const auto bob = house.trader("bob", 1'000);
    house.wait(600);
    REQUIRE(house.send("publisher", say::push_premium(0, "10")).ok());
    house.refresh();
    REQUIRE(house.fill(0, alice, bob, "1", "2010").ok());
    house.wait(2'880);
    say::Market market;
    market.premium_max = "0";
    CHECK(house.send("gov", say::set_market(market)).event("funding_accrued", "charge") == "1");
    house.wait(2'880);
    CHECK(house.send("anyone", say::accrue(0)).events_of("funding_accrued") == 0);
}

TEST_CASE("governance: instantiation checks everything, takes no tokens, and happens once")
{
    MemoryHost host;
    contract::Env env;
    env.time_s = START;
    env.sender = "deployer";
    const auto make = [&](const std::string& json) {
        const contract::Outcome made = contract::instantiate(host, env, json);
        CHECK((made.error == Error::ok) == (host.changes > 0));
        return made.error;
    };
    CHECK(contract::execute(host, env, say::open_account()).error == Error::not_instantiated);
    CHECK(contract::query(host, env, R"({"config":{}})").error == Error::not_instantiated);
    CHECK(make(say::instantiate("N")) == Error::bad_address);
    CHECK(make(say::instantiate("gov", {}, "uusdc", 19)) == Error::out_of_range);
    CHECK(make(say::instantiate("gov", {}, "")) == Error::out_of_range);
    say::Params params;
    params.share_max = "0.99";
    CHECK(make(say::instantiate("gov", params)) == Error::parameters_disagree);
    params = {};
    params.max_confidence = "0.9";
    CHECK(make(say::instantiate("gov", params)) == Error::parameter_bounds);
    const std::vector<contract::Coin> coins{{"uusdc", 1}};
    env.funds = coins;
    CHECK(make(say::instantiate()) == Error::funds_not_accepted);
    env.funds = {};
    CHECK(make(say::instantiate()) == Error::ok);
    const MemoryHost::Records records = host.records;
    CHECK(contract::instantiate(host, env, say::instantiate("dao")).error ==
          Error::already_instantiated);
    CHECK(host.records == records);
    const contract::Outcome roles = contract::query(host, env, R"({"roles":{"address":"gov"}})");
    CHECK(roles.data == R"({"address":"gov","roles":1,"nonce":0})");
}
