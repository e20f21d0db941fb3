// plimsoll: tests/contract/queries_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What the house tells about itself. That a query changes nothing is checked on
// every call by tests/support/house.hpp.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

struct Traders
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 1'000);
    std::uint64_t bob = house.trader("bob", 1'000);

    Traders()
    {
        house.deposit(alice, "sat", 1'000'000);
        REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    }
    Reply liquidatable(std::uint64_t cursor, std::uint64_t limit)
    {
        return house.ask(R"({"liquidatable":{"cursor":)" + std::to_string(cursor) + R"(,"limit":)" +
                         std::to_string(limit) + "}}");
    }
};

}  // namespace

TEST_CASE("queries: liquidatable tells accounts that have nothing but collateral")
{
    const auto listed = [](Clearinghouse& house) {
        return house.ask(R"({"liquidatable":{"cursor":0,"limit":100}})").at("/accounts/0/account");
    };
    {
        // A debt, which a price has made greater than what stands behind it.
        Clearinghouse house;
        const auto alice = house.trader("alice", 100);
        const auto bob = house.trader("bob", 10'000);
        house.deposit(alice, "aeth", 1'000'000'000'000'000'000);
        REQUIRE(house.fill(1, alice, bob, "0.1", "50000").ok());
        house.price(1, "38000");
        REQUIRE(house.fill(1, bob, alice, "0.1", "38000").ok());
        REQUIRE(house.account(alice).account.positions.empty());
        REQUIRE(house.cash(alice) == "-1100");
        CHECK(listed(house) == "absent");
        house.price(0, "1200");
        CHECK(listed(house) == std::to_string(alice));
    }
    {
        // No debt, but collateral that moves in scenarios, and these have become worse.
        Clearinghouse house;
        house.allow_portfolio(0);
        say::Asset ether;
        ether.risk_cancelling = true;
        ether.initial_haircut = "0.3";
        ether.maintenance_haircut = "0.2";
        REQUIRE(house.send("gov", say::set_asset(ether)).ok());
        const auto alice = house.trader("alice", 1);
        house.deposit(alice, "aeth", 1'000'000'000'000'000'000);
        REQUIRE(house.send("alice", say::set_mode(alice, "portfolio")).ok());
        CHECK(listed(house) == "absent");
        say::PortfolioRisk risk;
        risk.scenarios = {"1.5/none/1", "0.01/none/1"};
        REQUIRE(house.send("gov", say::set_portfolio_risk(risk)).ok());
        CHECK(house.health(alice).front() == '-');
        CHECK(listed(house) == std::to_string(alice));
    }
}

TEST_CASE("queries: the configuration is what was set")
{
    Traders t;
    const Reply config = t.house.ask(R"({"config":{}})");
    CHECK(config.at("/quote/denom") == "uusdc");
    CHECK(config.at("/quote/decimals") == "6");
    CHECK(config.at("/liquidation/share_max") == "0.5");
    CHECK(config.at("/liquidation/fast_s") == "300");
    CHECK(config.at("/oracle/failed_after_s") == "3600");
    CHECK(config.at("/paused") == "0");
    CHECK(config.at("/assets") == "3");
    CHECK(config.at("/underlyings") == "2");
    CHECK(config.at("/markets") == "2");
    CHECK(config.at("/accounts") == "2");
}

TEST_CASE("queries: assets, underlyings, markets and prices are as they were listed")
{
    Traders t;
    const Reply asset = t.house.ask(say::ask("asset", "asset", 2));
    CHECK(asset.at("/denom") == "sat");
    CHECK(asset.at("/maintenance_haircut") == "0.08");
    CHECK(asset.at("/held") == "1000000");
    CHECK(asset.at("/deposit_cap") == "1000000000000");
    CHECK(t.house.ask(say::ask("asset", "asset", 3)).error == Error::no_such_asset);
    const Reply underlying = t.house.ask(say::ask("underlying", "underlying", 1));
    CHECK(underlying.at("/symbol") == "BTC");
    CHECK(underlying.at("/price") == "50000");
    CHECK(underlying.at("/profit_cap") == "absent");
    CHECK(t.house.ask(say::ask("underlying", "underlying", 2)).error == Error::no_such_underlying);
    const Reply market = t.house.ask(say::ask("market", "market", 0));
    CHECK(market.at("/symbol") == "ETH-PERP");
    CHECK(market.at("/open_interest") == "1");
    CHECK(market.at("/mark") == "2000");
    CHECK(market.at("/status") == "active");
    CHECK(market.at("/long/a_e27") == "1000000000000000000000000000");
    CHECK(market.at("/short/epoch") == "0");
    CHECK(t.house.ask(say::ask("market", "market", 2)).error == Error::no_such_market);
    CHECK(t.house.ask(R"({"markets":{}})").at("/markets/1/symbol") == "BTC-PERP");
    CHECK(t.house.ask(R"({"prices":{}})").at("/prices/0/price") == "2000");
}

TEST_CASE("queries: an account shows its cash, collateral, positions and delegations")
{
    Traders t;
    t.house.price(0, "2100");
    const Reply account = t.house.ask(say::ask("account", "account", t.alice));
    CHECK(account.at("/owner") == "alice");
    CHECK(account.at("/cash") == "1000");
    CHECK(account.at("/collateral/0/asset") == "2");
    CHECK(account.at("/collateral/0/amount") == "1000000");
    CHECK(account.at("/positions/0/base") == "1");
    CHECK(account.at("/positions/0/quote") == "-2000");
    CHECK(account.at("/positions/0/value") == "100");
    CHECK(account.at("/delegations/0/venue") == "venue");
    CHECK(account.at("/nonce") == "3");
    CHECK(t.house.ask(say::ask("account", "account", 3)).error == Error::no_such_account);
    CHECK(t.house.ask(say::ask("account", "account", 0)).error == Error::no_such_account);
}

TEST_CASE("queries: health is taken apart into what it is made of")
{
    Traders t;
    t.house.price(0, "2100");
    const Reply health = t.house.ask(say::ask("health", "account", t.alice));
    CHECK(health.at("/equity") == "1600");
    CHECK(health.at("/collateral") == "500");
    CHECK(health.at("/notional") == "2100");
    CHECK(health.at("/maintenance/requirement") == "105");
    CHECK(health.at("/maintenance/haircuts") == "40");
    CHECK(health.at("/maintenance/health") == "1455");
    CHECK(health.at("/initial/requirement") == "210");
    CHECK(health.at("/initial/haircuts") == "125");  // 75 of the satoshis, half of the profit
    CHECK(health.at("/initial/health") == "1265");
    CHECK(health.at("/stage") == "healthy");
    CHECK(t.house.ask(say::ask("health", "account", 3)).error == Error::no_such_account);
}

TEST_CASE("queries: the totals are those that conservation needs")
{
    Traders t;
    t.house.fund_insurance(7);
    const Reply state = t.house.ask(R"({"state":{}})");
    CHECK(state.at("/insurance") == "7");
    CHECK(state.at("/open_deficit") == "0");
    CHECK(state.at("/assets/0/held") == "2007000000");
    CHECK(state.at("/assets/2/held") == "1000000");
    CHECK(state.at("/markets/0/open_interest") == "1");
    CHECK(state.at("/markets/0/paid_out") == "0");
    CHECK(t.house.ask(R"({"insurance":{}})").at("/balance") == "7");
}

TEST_CASE("queries: roles are answered for any address, also one that holds none")
{
    Traders t;
    CHECK(t.house.ask(R"({"roles":{"address":"venue"}})").at("/roles") == "8");
    CHECK(t.house.ask(R"({"roles":{"address":"venue"}})").at("/nonce") == "1");
    CHECK(t.house.ask(R"({"roles":{"address":"nobody"}})").at("/roles") == "0");
}

TEST_CASE("queries: the list of liquidatable accounts pages through all accounts")
{
    Traders t;
    t.house.deposit(t.bob, "uusdc", 10'000'000'000);
    std::vector<std::uint64_t> ids;
    for (int i = 0; i < 5; ++i) {
        const auto id = t.house.trader("trader" + std::to_string(i), 250);
        t.house.trader("idle" + std::to_string(i), 1);
        REQUIRE(t.house.fill(0, id, t.bob, "1", "2000").ok());
        ids.push_back(id);
    }
    t.house.price(0, "1830");
    REQUIRE(t.house.send("anyone", say::flag(ids[1])).ok());
    const Reply all = t.liquidatable(0, 100);
    CHECK(all.at("/next") == "null");
    CHECK(all.at("/accounts/0/account") == std::to_string(ids[0]));
    CHECK(all.at("/accounts/0/stage") == "unflagged");
    CHECK(all.at("/accounts/0/maintenance_health") == "-11.5");
    CHECK(all.at("/accounts/1/stage") == "auction");
    CHECK(all.at("/accounts/1/flagged_at") == std::to_string(t.house.now));
    CHECK(all.at("/accounts/4/account") == std::to_string(ids[4]));
    CHECK(all.at("/accounts/5") == "absent");

    std::vector<std::string> found;
    std::string next = "0";
    int pages = 0;
    while (next != "null") {
        const Reply page = t.liquidatable(std::stoull(next), 3);
        for (int i = 0; page.at("/accounts/" + std::to_string(i)) != "absent"; ++i)
            found.push_back(page.at("/accounts/" + std::to_string(i) + "/account"));
        next = page.at("/next");
        ++pages;
    }
    CHECK(pages == 4);
    REQUIRE(found.size() == 5);
    for (std::size_t i = 0; i < 5; ++i)
        CHECK(found[i] == std::to_string(ids[i]));
    CHECK(t.liquidatable(0, 0).error == Error::out_of_range);
    CHECK(t.liquidatable(0, 101).error == Error::out_of_range);
    CHECK(t.liquidatable(18'446'744'073'709'551'615U, 100).at("/next") == "null");
    CHECK(t.liquidatable(13, 100).at("/accounts/0") == "absent");
}
