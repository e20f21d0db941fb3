// plimsoll: tests/contract/dated_markets_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Futures and option series: what may be listed, what can never change, what
// publishers say of their expiries, and when they trade.
#include "tests/support/house.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t EXPIRY = START + 30 * DAY;

Error listed(Clearinghouse& house, const say::Market& market)
{
    return house.send("gov", say::set_market(market)).error;
}

}  // namespace

TEST_CASE("dated markets: futures and options are listed beside perpetuals")
{
    Clearinghouse house;
    house.allow_options(0);
    CHECK(house.send("gov", say::set_market(say::future(2, EXPIRY))).event("market_set", "kind") ==
          "future");
    CHECK(listed(house, say::option(3, EXPIRY, "2500", "put")) == Error::ok);
    CHECK(listed(house, say::option(4, EXPIRY, "0")) == Error::ok);
    const Market put = house.market(3).market;
    CHECK(put.params.kind == MarketKind::option);
    CHECK(put.params.type == OptionType::put);
    CHECK(put.params.expiry.raw() == EXPIRY);
    const Reply market = house.ask(say::ask("market", "market", 3));
    CHECK(market.at("/kind") == "option");
    CHECK(market.at("/expiry") == std::to_string(EXPIRY));
    CHECK(market.at("/strike") == "2500");
    CHECK(market.at("/option_type") == "put");
    CHECK(market.at("/premium") == "absent");
    const Reply perpetual = house.ask(say::ask("market", "market", 0));
    CHECK(perpetual.at("/kind") == "perpetual");
    CHECK(perpetual.at("/expiry") == "absent");
    CHECK(perpetual.at("/strike") == "absent");
}

TEST_CASE("dated markets: what does not go together is refused")
{
    Clearinghouse house;
    CHECK(listed(house, say::option(2, EXPIRY, "2500")) == Error::no_option_params);
    house.allow_options(0);
    CHECK(listed(house, say::future(2, house.now)) == Error::expired);
    CHECK(listed(house, say::option(2, house.now, "2500")) == Error::expired);
    say::Market market = say::future(2, EXPIRY);
    market.expiry.reset();
    CHECK(listed(house, market) == Error::parameters_disagree);
    market = say::future(2, EXPIRY);
    market.strike = "2500";
    CHECK(listed(house, market) == Error::parameters_disagree);
    market = say::future(2, EXPIRY);
    market.funding_cap = "0.1";
    CHECK(listed(house, market) == Error::parameters_disagree);
    market = say::Market{};
    market.market = 2;
    market.expiry = EXPIRY;
    CHECK(listed(house, market) == Error::parameters_disagree);
    market = say::option(2, EXPIRY, "-1");
    CHECK(listed(house, market) == Error::out_of_range);
    market = say::future(2, EXPIRY);
    market.kind = "swap";
    CHECK(listed(house, market) == Error::out_of_range);
    CHECK(listed(house, say::future(2, house.now + 1'799)) == Error::parameters_disagree);
    CHECK(listed(house, say::future(2, house.now + 1'800)) == Error::ok);
}

TEST_CASE("dated markets: what a listed market is can never change, what it allows can")
{
    Clearinghouse house;
    house.allow_options(0);
    REQUIRE(listed(house, say::future(2, EXPIRY)) == Error::ok);
    REQUIRE(listed(house, say::option(3, EXPIRY, "2500")) == Error::ok);
    const auto refused = [&](const say::Market& market, const std::string& field) {
        const Reply reply = house.send("gov", say::set_market(market));
        return reply.error == Error::fixed_field && reply.detail == field;
    };
    CHECK(refused(say::future(2, EXPIRY + 1), "expiry"));
    CHECK(refused(say::future(0, EXPIRY), "kind"));
    CHECK(refused(say::option(2, EXPIRY, "2500"), "kind"));
    CHECK(refused(say::option(3, EXPIRY, "2501"), "strike"));
    CHECK(refused(say::option(3, EXPIRY, "2500", "put"), "option_type"));
    say::Market closed = say::option(3, EXPIRY, "2500");
    closed.status = "closed";
    house.wait(31 * DAY);
    CHECK(listed(house, closed) == Error::ok);
}

TEST_CASE("dated markets: what short options need can change but not vanish")
{
    Clearinghouse house;
    house.allow_options(0);
    say::Underlying underlying;
    CHECK(house.send("gov", say::set_underlying(underlying)).error == Error::fixed_field);
    underlying.option = true;
    underlying.maintenance_call = "0.08";
    CHECK(house.send("gov", say::set_underlying(underlying)).ok());
    underlying.maintenance_call = "0.11";
    CHECK(house.send("gov", say::set_underlying(underlying)).error == Error::parameters_disagree);
    CHECK(house.config().underlyings[0].params.standard.option.maintenance_call ==
          Ratio::from_raw(80'000'000'000'000'000));
}

TEST_CASE("surfaces: one stands for each expiry, the last that was published")
{
    Clearinghouse house;
    CHECK(house.ask(say::ask("surface", "underlying", 0)).at("/surfaces") == "[]");
    REQUIRE(house.surface(0, EXPIRY + 5, "2010").ok());
    const Reply first = house.surface(0, EXPIRY, "2005");
    CHECK(first.event("surface", "forward") == "2005");
    CHECK(first.event("surface", "expiry") == std::to_string(EXPIRY));
    CHECK(house.surface(0, EXPIRY, "2006").error == Error::publish_time);
    house.wait(1);
    REQUIRE(house.surface(0, EXPIRY, "2006").ok());
    const Reply surface = house.ask(say::ask("surface", "underlying", 0));
    CHECK(surface.at("/surfaces/0/expiry") == std::to_string(EXPIRY));
    CHECK(surface.at("/surfaces/0/forward") == "2006");
    CHECK(surface.at("/surfaces/0/svi/rho") == "-0.3");
    CHECK(surface.at("/surfaces/0/vol_confidence") == "1");
    CHECK(surface.at("/surfaces/1/forward") == "2010");
    CHECK(surface.at("/surfaces/2") == "absent");
    CHECK(house.ask(say::ask("surface", "underlying", 1)).at("/surfaces") == "[]");
    CHECK(house.ask(say::ask("surface", "underlying", 9)).error == Error::no_such_underlying);
}

TEST_CASE("surfaces: what no market can use is refused")
{
    Clearinghouse house;
    const auto refused = [&](auto change) {
        say::Surface surface;
        surface.expiry = EXPIRY;
        surface.publish_time = house.now;
        change(surface);
        return house.send("publisher", say::push_surfaces({surface})).error;
    };
    using S = say::Surface;
    CHECK(refused([](S& s) { s.underlying = 2; }) == Error::no_such_underlying);
    CHECK(refused([&](S& s) { s.expiry = house.now; }) == Error::expired);
    CHECK(refused([&](S& s) { s.publish_time = house.now + 1; }) == Error::publish_time);
    CHECK(refused([](S& s) { s.forward = "0"; }) == Error::out_of_range);
    CHECK(refused([](S& s) { s.rate = "10.01"; }) == Error::out_of_range);
    CHECK(refused([](S& s) { s.rate = "-10.01"; }) == Error::out_of_range);
    CHECK(refused([](S& s) { s.vol_confidence = "1.01"; }) == Error::out_of_range);
    CHECK(refused([](S& s) { s.svi_a = "-0.5"; }) == Error::surface_domain);
    CHECK(refused([](S& s) { s.svi_b = "2"; }) == Error::surface_domain);
    CHECK(refused([](S& s) { s.vol_confidence = "0"; }) == Error::ok);
    CHECK(house.send("alice", say::push_surfaces({})).error == Error::unauthorized);
    CHECK(house.send("publisher", say::push_surfaces({})).error == Error::nothing_to_do);
}

TEST_CASE("surfaces: a list full of listed expiries has room when its first has passed")
{
    Clearinghouse house;
    for (std::uint64_t i = 0; i < EXPIRIES_MAX; ++i) {
        REQUIRE(listed(house, say::future(2 + i, EXPIRY + i * DAY)) == Error::ok);
        REQUIRE(house.surface(0, EXPIRY + i * DAY).ok());
    }
    CHECK(house.surface(0, EXPIRY + 99 * DAY).error == Error::too_many_expiries);
    CHECK(house.surface(0, EXPIRY - 1).error == Error::too_many_expiries);
    house.now = EXPIRY;
    REQUIRE(house.surface(0, EXPIRY + DAY + 1, "2100").ok());
    const Reply surface = house.ask(say::ask("surface", "underlying", 0));
    CHECK(surface.at("/surfaces/0/expiry") == std::to_string(EXPIRY + DAY));
    CHECK(surface.at("/surfaces/1/expiry") == std::to_string(EXPIRY + DAY + 1));
    CHECK(surface.at("/surfaces/1/forward") == "2100");
    CHECK(surface.at("/surfaces/15/expiry") == std::to_string(EXPIRY + 15 * DAY));
    // One that nothing settles at makes room for the next.
    REQUIRE(house.surface(0, EXPIRY + 99 * DAY).ok());
    const Reply after = house.ask(say::ask("surface", "underlying", 0));
    CHECK(after.at("/surfaces/1/expiry") == std::to_string(EXPIRY + 2 * DAY));
    CHECK(after.at("/surfaces/15/expiry") == std::to_string(EXPIRY + 99 * DAY));
}

TEST_CASE("surfaces: those of expiries that nobody lists keep no listed one out")
{
    Clearinghouse house;
    REQUIRE(listed(house, say::future(2, EXPIRY)) == Error::ok);
    for (std::uint64_t i = 0; i < EXPIRIES_MAX; ++i)
        REQUIRE(house.surface(0, 9'000'000'000 + i).ok());
    REQUIRE(house.surface(0, EXPIRY, "2100").ok());
    // And the listed one stays, however many more there are.
    for (std::uint64_t i = 0; i < EXPIRIES_MAX; ++i)
        REQUIRE(house.surface(0, 8'000'000'000 + i).ok());
    CHECK(house.ask(say::ask("surface", "underlying", 0)).at("/surfaces/0/expiry") ==
          std::to_string(EXPIRY));
    CHECK(house.ask(say::ask("market", "market", 2)).at("/mark") == "2100");
}

TEST_CASE("surfaces: one that has passed goes, though something open was valued by it until then")
{
    Clearinghouse house;
    REQUIRE(listed(house, say::future(2, EXPIRY)) == Error::ok);
    for (std::uint64_t i = 0; i < EXPIRIES_MAX; ++i)
        REQUIRE(house.surface(0, EXPIRY + i, "2100").ok());
    const auto alice = house.trader("alice", 10'000);
    const auto bob = house.trader("bob", 10'000);
    REQUIRE(house.fill(2, alice, bob, "1", "2000").ok());
    const auto equity = [&] {
        return house.ask(say::ask("health", "account", alice)).at("/equity");
    };
    CHECK(equity() == "10100");
    // From now on it is worth what it settles at, whatever is published: the last price of the window.
    house.now = EXPIRY;
    house.price(0, "2500");
    CHECK(equity() == "10000");
    REQUIRE(house.surface(0, EXPIRY + DAY).ok());
    CHECK(house.ask(say::ask("surface", "underlying", 0)).at("/surfaces/0/expiry") ==
          std::to_string(EXPIRY + 1));
    CHECK(equity() == "10000");
}

TEST_CASE("dated markets: they trade on a surface until they expire, and have no premium")
{
    Clearinghouse house;
    REQUIRE(listed(house, say::future(2, EXPIRY)) == Error::ok);
    const auto alice = house.trader("alice", 10'000);
    const auto bob = house.trader("bob", 10'000);
    CHECK(house.fill(2, alice, bob, "1", "2000").error == Error::no_surface);
    REQUIRE(house.surface(0, EXPIRY + 1).ok());
    CHECK(house.fill(2, alice, bob, "1", "2000").error == Error::no_surface);
    REQUIRE(house.surface(0, EXPIRY).ok());
    CHECK(house.ask(say::ask("market", "market", 2)).at("/mark") == "2000");
    CHECK(house.fill(2, alice, bob, "1", "2000").ok());
    CHECK(house.send("publisher", say::push_premium(2, "1")).error == Error::not_perpetual);
    CHECK(house.send("anyone", say::accrue(2)).events_of("funding_accrued") == 0);
    house.now = EXPIRY;
    house.refresh();
    CHECK(house.fill(2, alice, bob, "1", "2000").error == Error::expired);
}

TEST_CASE("dated markets: the markets query goes page by page")
{
    Clearinghouse house;
    REQUIRE(listed(house, say::future(2, EXPIRY)) == Error::ok);
    const Reply all = house.ask(R"({"markets":{}})");
    CHECK(all.at("/markets/2/market") == "2");
    CHECK(all.at("/next") == "null");
    const Reply page = house.ask(R"({"markets":{"limit":2}})");
    CHECK(page.at("/markets/1/market") == "1");
    CHECK(page.at("/markets/2") == "absent");
    CHECK(page.at("/next") == "2");
    const Reply last = house.ask(R"({"markets":{"cursor":2,"limit":2}})");
    CHECK(last.at("/markets/0/market") == "2");
    CHECK(last.at("/next") == "null");
    const Reply beyond = house.ask(R"({"markets":{"cursor":65535,"limit":2}})");
    CHECK(beyond.at("/markets") == "[]");
    CHECK(beyond.at("/next") == "null");
}
