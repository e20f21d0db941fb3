// plimsoll: tests/contract/modes_and_orders_test.cpp                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The mode of an account's margin, and what venues say rests in their books.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Alice and Bob with a thousand each.
struct Desk
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 1'000);
    std::uint64_t bob = house.trader("bob", 1'000);

    Error mode(const std::string& mode, const std::string& sender = "alice")
    {
        return house.send(sender, say::set_mode(alice, mode)).error;
    }
    Error orders(const std::string& bid, const std::string& ask, std::uint64_t market = 0)
    {
        return house.orders({{alice, market, bid, ask}}).error;
    }
    [[nodiscard]] std::size_t entries() const { return house.account(alice).account.orders.size(); }
};

}  // namespace

TEST_CASE("modes: an account opens in the mode that it says, standard if it says none")
{
    Clearinghouse house;
    CHECK(house.send("alice", say::open_account()).event("account_opened", "mode") == "standard");
    CHECK(house.send("alice", say::open_account("portfolio")).event("account_opened", "mode") ==
          "portfolio");
    CHECK(house.send("alice", say::open_account("both")).error == Error::out_of_range);
    CHECK(house.ask(say::ask("account", "account", 1)).at("/mode") == "standard");
    CHECK(house.ask(say::ask("account", "account", 2)).at("/mode") == "portfolio");
    CHECK(house.account(2).account.mode == MarginMode::portfolio);
}

TEST_CASE("modes: the owner changes the mode where every underlying has scenarios")
{
    Desk d;
    REQUIRE(d.house.fill(0, d.alice, d.bob, "1", "2000").ok());
    CHECK(d.mode("standard") == Error::nothing_to_do);
    CHECK(d.mode("portfolio", "bob") == Error::not_owner);
    CHECK(d.mode("portfolio") == Error::no_portfolio_risk);
    CHECK(d.house.account(d.alice).account.mode == MarginMode::standard);
    d.house.allow_portfolio(0);
    const std::uint64_t nonce = d.house.account(d.alice).account.nonce;
    const Reply set = d.house.send("alice", say::set_mode(d.alice, "portfolio"));
    CHECK(set.event("mode_set", "mode") == "portfolio");
    CHECK(d.house.account(d.alice).account.mode == MarginMode::portfolio);
    CHECK(d.house.account(d.alice).account.nonce == nonce + 1);
    CHECK(d.mode("standard") == Error::ok);
}

TEST_CASE("modes: an account without positions changes freely")
{
    Desk d;
    CHECK(d.mode("portfolio") == Error::ok);
    CHECK(d.mode("standard") == Error::ok);
    CHECK(d.house.send("alice", say::set_mode(d.alice, "portfolio"), {{"uusdc", 1}}).error ==
          Error::funds_not_accepted);
    CHECK(d.house.send("alice", say::set_mode(99, "portfolio")).error == Error::no_such_account);
}

TEST_CASE("modes: a portfolio account takes no position where there are no scenarios")
{
    Desk d;
    REQUIRE(d.mode("portfolio") == Error::ok);
    CHECK(d.house.fill(0, d.alice, d.bob, "0.1", "2000").error == Error::no_portfolio_risk);
    d.house.allow_portfolio(0);
    CHECK(d.house.fill(0, d.alice, d.bob, "0.1", "2000").ok());
    CHECK(d.house.fill(1, d.alice, d.bob, "0.001", "50000").error == Error::no_portfolio_risk);
}

TEST_CASE("modes: a change of mode needs initial margin and prices that are fit to trade on")
{
    Desk d;
    d.house.allow_portfolio(0);
    REQUIRE(d.house.fill(0, d.alice, d.bob, "4", "2000").ok());
    d.house.wait(61);
    CHECK(d.mode("portfolio") == Error::stale_price);
    d.house.price(0, "1860");
    CHECK(d.mode("portfolio") == Error::below_initial_margin);
    CHECK(d.house.account(d.alice).account.mode == MarginMode::standard);
}

TEST_CASE("modes: a hedge across underlyings needs less in portfolio mode, as the correlation says")
{
    Desk d;
    REQUIRE(d.house.send("gov", say::set_correlation("0.1", "0.9", {{0, 1, "0.9", {}}})).ok());
    // An answer lies between two listed moves: the finer the list, the more a hedge is worth (F-24).
    say::PortfolioRisk risk;
    risk.scenarios = {"1.15/none/1", "1.1/none/1", "1.05/none/1", "1/none/1", "0.95/none/1",
        "0.9/none/1", "0.85/none/1"};
    for (risk.underlying = 0; risk.underlying < 2; ++risk.underlying)
        REQUIRE(d.house.send("gov", say::set_portfolio_risk(risk)).ok());
    REQUIRE(d.house.fill(0, d.alice, d.bob, "1", "2000").ok());
    REQUIRE(d.house.fill(1, d.bob, d.alice, "0.04", "50000").ok());
    const auto required = [&] {
        return d.house.ask(say::ask("health", "account", d.alice)).at("/maintenance/requirement");
    };
    CHECK(required() == "200");
    REQUIRE(d.mode("portfolio") == Error::ok);
    const std::string hedged = required();
    CHECK(hedged == "170");  // 0.9 * (300 - 200), and contingencies of 80
    REQUIRE(d.house.send("gov", say::set_correlation("1", "0.9", {})).ok());
    CHECK(raw(required()) > raw(hedged));
    REQUIRE(d.house.send("gov", say::set_correlation("0.1", "0", {})).ok());
    CHECK(raw(required()) > raw(hedged));
}

TEST_CASE("modes: what a query answers does not depend on the accounts before it on its page")
{
    Desk d;
    REQUIRE(d.house.send("gov", say::set_correlation("0.1", "0.9", {{0, 1, "0.9", {}}})).ok());
    d.house.allow_portfolio(0);
    d.house.allow_portfolio(1);
    const auto carol = d.house.trader("carol", 150);
    REQUIRE(d.house.fill(0, d.alice, d.bob, "1", "2000").ok());
    REQUIRE(d.house.fill(1, d.bob, d.alice, "0.04", "50000").ok());
    REQUIRE(d.house.fill(0, carol, d.bob, "0.5", "2000").ok());
    REQUIRE(d.mode("portfolio") == Error::ok);
    d.house.price(0, "1700");
    const auto health_of = [&](const std::string& cursor) {
        const Reply page =
            d.house.ask(R"({"liquidatable":{"cursor":)" + cursor + R"(,"limit":100}})");
        return page.at("/accounts/0/account") + " " + page.at("/accounts/0/maintenance_health");
    };
    CHECK(health_of("1") == health_of(std::to_string(carol)));
}

TEST_CASE("orders: they count at initial margin as if they were filled in the worst way")
{
    Desk d;
    const auto initial = [&] {
        return d.house.ask(say::ask("health", "account", d.alice)).at("/initial/requirement");
    };
    CHECK(initial() == "0");
    REQUIRE(d.orders("1.5", "0.5") == Error::ok);
    CHECK(initial() == "300");
    CHECK(
        d.house.ask(say::ask("health", "account", d.alice)).at("/maintenance/requirement") == "0");
    CHECK(d.orders("5.1", "0") == Error::below_initial_margin);
    CHECK(d.orders("5", "0") == Error::ok);
}

TEST_CASE("orders: a report stands until the next of the same market")
{
    Desk d;
    const Reply told = d.house.orders({{d.alice, 0, "1.5", "0"}, {d.alice, 1, "0", "0.002"}});
    CHECK(told.event("orders_reported", "bid") == "1.5");
    CHECK(told.events_of("orders_reported") == 2);
    const Reply account = d.house.ask(say::ask("account", "account", d.alice));
    CHECK(account.at("/orders/0") == R"({"ask":"0","bid":"1.5","market":0})");
    CHECK(account.at("/orders/1") == R"({"ask":"0.002","bid":"0","market":1})");
    CHECK(d.orders("0.5", "0.5") == Error::ok);
    CHECK(d.entries() == 2);
    CHECK(d.house.account(d.alice).account.orders[0].ask == quantity("0.5"));
    CHECK(d.orders("0", "0") == Error::ok);
    CHECK(d.entries() == 1);
    CHECK(d.orders("0", "0", 1) == Error::ok);
    CHECK(d.house.ask(say::ask("account", "account", d.alice)).at("/orders") == "[]");
}

TEST_CASE("orders: only a venue that the owner trusts now says them, with a nonce that rises")
{
    Desk d;
    CHECK(d.house.send("bob", say::report_orders(9, {{d.alice, 0, "1", "0"}})).error ==
          Error::unauthorized);
    REQUIRE(d.house.send("gov", say::set_role("venue2", 8)).ok());
    CHECK(d.house.send("venue2", say::report_orders(1, {{d.alice, 0, "1", "0"}})).error ==
          Error::not_delegated);
    REQUIRE(d.house.send("alice", say::delegate(d.alice, "venue2", d.house.now + 5)).ok());
    CHECK(d.house.send("venue2", say::report_orders(1, {{d.alice, 0, "1", "0"}})).ok());
    CHECK(d.house.send("venue2", say::report_orders(1, {{d.alice, 0, "1", "0"}})).error ==
          Error::nonce_not_increasing);
    CHECK(d.house.send("venue2", say::settle_fills(1, {})).error == Error::nonce_not_increasing);
    d.house.wait(5);
    CHECK(d.house.send("venue2", say::report_orders(2, {{d.alice, 0, "0", "0"}})).error ==
          Error::delegation_expired);
    CHECK(d.house.send("venue", say::report_orders(3, {})).error == Error::nothing_to_do);
    CHECK(d.house.send("venue", say::report_orders(3, {{99, 0, "1", "0"}})).error ==
          Error::no_such_account);
    CHECK(d.orders("1", "0", 9) == Error::no_such_market);
    CHECK(d.orders("-1", "0") == Error::out_of_range);
    CHECK(d.house.send("venue", say::report_orders(99, {{d.alice, 0, "1", "0"}}), {{"uusdc", 1}})
              .error == Error::funds_not_accepted);
}

TEST_CASE("orders: what grows needs initial margin and a market that trades, what shrinks does not")
{
    Desk d;
    REQUIRE(d.house.fill(0, d.alice, d.bob, "4", "2000").ok());
    REQUIRE(d.orders("0.2", "0.2") == Error::ok);
    d.house.price(0, "1860");
    CHECK(d.orders("0.2", "0.3") == Error::below_initial_margin);
    CHECK(d.orders("0.3", "0.1") == Error::below_initial_margin);
    CHECK(d.orders("0.1", "0.2") == Error::ok);
    d.house.price(0, "2000");
    REQUIRE(d.house.send("guardian", say::set_pause(4)).ok());
    CHECK(d.orders("0.2", "0.2") == Error::paused);
    CHECK(d.orders("0.1", "0.1") == Error::ok);
    REQUIRE(d.house.send("guardian", say::set_pause(0)).ok());
    d.house.wait(61);
    CHECK(d.orders("0.2", "0.1") == Error::stale_price);
    CHECK(d.orders("0.1", "0") == Error::ok);
}

TEST_CASE("orders: a report that is refused takes the others of its message with it")
{
    Desk d;
    CHECK(d.house.orders({{d.bob, 0, "0.1", "0"}, {d.alice, 7, "1", "0"}}).error ==
          Error::no_such_market);
    CHECK(d.house.account(d.bob).account.orders.empty());
}

TEST_CASE("orders: an account has them in a limited number of markets")
{
    Desk d;
    for (std::uint64_t id = 2; id <= ORDERS_MAX; ++id) {
        say::Market market;
        market.market = id;
        REQUIRE(d.house.send("gov", say::set_market(market)).ok());
    }
    for (std::uint64_t id = 0; id < ORDERS_MAX; ++id)
        REQUIRE(d.orders("0.001", "0", id) == Error::ok);
    CHECK(d.orders("0.001", "0", ORDERS_MAX) == Error::too_many_orders);
    CHECK(d.orders("0", "0", 3) == Error::ok);
    CHECK(d.orders("0.001", "0", ORDERS_MAX) == Error::ok);
}

TEST_CASE("orders: a fill takes what it fills off the report")
{
    Desk d;
    REQUIRE(d.house.orders({{d.alice, 0, "1", "0.5"}, {d.bob, 0, "0", "0.4"}}).ok());
    REQUIRE(d.house.fill(0, d.alice, d.bob, "0.4", "2000").ok());
    const OpenOrder left = d.house.account(d.alice).account.orders[0];
    CHECK(left.bid == quantity("0.6"));
    CHECK(left.ask == quantity("0.5"));
    CHECK(d.house.account(d.bob).account.orders.empty());
}

TEST_CASE("orders: they are gone with the last venue that could fill them")
{
    Desk d;
    REQUIRE(d.house.send("alice", say::delegate(d.alice, "venue2")).ok());
    REQUIRE(d.orders("1", "0") == Error::ok);
    REQUIRE(d.house.send("alice", say::revoke_delegate(d.alice, "venue2")).ok());
    CHECK(d.entries() == 1);
    REQUIRE(d.house.send("alice", say::revoke_delegate(d.alice, "venue")).ok());
    CHECK(d.entries() == 0);
}

TEST_CASE("orders: on a dated market they need a surface and an expiry to come")
{
    Desk d;
    const std::uint64_t expiry = d.house.now + DAY;
    REQUIRE(d.house.send("gov", say::set_market(say::future(2, expiry))).ok());
    CHECK(d.orders("0.1", "0", 2) == Error::no_surface);
    REQUIRE(d.house.surface(0, expiry).ok());
    CHECK(d.orders("0.1", "0", 2) == Error::ok);
    d.house.now = expiry;
    d.house.refresh();
    CHECK(d.orders("0.2", "0", 2) == Error::expired);
    CHECK(d.orders("0", "0", 2) == Error::ok);
}
