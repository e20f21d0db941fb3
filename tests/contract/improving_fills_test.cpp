// plimsoll: tests/contract/improving_fills_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What an account below initial margin may still trade (M14). Each condition by the
// attack that it stops: the others would let it through, it is refused and nothing changes; and beside it
// the honest trade of the same kind, which passes. Perpetuals and options, in both modes.
#include "engine/num/wide.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t ETH_PERP = 0;
constexpr std::uint64_t BTC_PERP = 1;
constexpr std::uint64_t CALL_2000 = 2;
constexpr std::uint64_t CALL_2600 = 3;
constexpr std::uint64_t CALL_2100 = 4;
constexpr std::uint64_t EXPIRY = START + 30 * DAY;
const std::vector<std::string> MODES = {"standard", "portfolio"};

/// A trade of Alice's; base below zero is sold.
struct Trade
{
    std::uint64_t market = ETH_PERP;
    std::string base;
    std::string price;
};
using Trades = std::vector<Trade>;

struct Margins
{
    Money net;
    Money required;
    Money initial;
};

/// Alice, whom a price will put below initial margin, and Mallory, an own second account of hers that can
/// pay for anything.
struct Desk
{
    Clearinghouse house;
    std::uint64_t alice;
    std::uint64_t mallory = house.trader("mallory", 10'000'000);

    Desk(const std::string& mode, std::uint64_t cash) : alice(house.trader("alice", cash))
    {
        house.allow_options(0);
        REQUIRE(house.send("gov", say::set_correlation("0.25", "0.6", {{0, 1, "0.8", {}}})).ok());
        house.allow_portfolio(0);
        house.allow_portfolio(1);
        for (say::Market market : {say::Market{}, say::option(CALL_2000, EXPIRY, "2000"),
                 say::option(CALL_2600, EXPIRY, "2600"), say::option(CALL_2100, EXPIRY, "2100")}) {
            market.fill_band = "0.25";
            REQUIRE(house.send("gov", say::set_market(market)).ok());
        }
        REQUIRE(house.surface(0, EXPIRY).ok());
        if (mode != "standard")
            REQUIRE(house.send("alice", say::set_mode(alice, mode)).ok());
    }

    void ether(const std::string& spot)
    {
        house.price(0, spot);
        REQUIRE(house.surface(0, EXPIRY, spot).ok());
    }
    std::string mark(std::uint64_t market, const std::string& more = "0")
    {
        const std::string at = house.ask(say::ask("market", "market", market)).at("/mark");
        return text_of(price(at) + price(more));
    }

    Reply trade(const Trades& trades)
    {
        std::vector<say::Fill> fills;
        for (const Trade& it : trades) {
            const bool sells = it.base.front() == '-';
            fills.push_back({it.market, sells ? mallory : alice, sells ? alice : mallory,
                sells ? it.base.substr(1) : it.base, it.price});
        }
        return house.fills(fills);
    }
    Margins margins(const Trades& trades = {})
    {
        std::string list;
        for (const Trade& it : trades)
            list += (list.empty() ? "" : ",") + (R"({"market":)" + std::to_string(it.market)) +
                    R"(,"base":")" + it.base + R"(","price":")" + it.price + "\"}";
        const Reply told = house.ask(
            R"({"what_if":{"account":)" + std::to_string(alice) + R"(,"trades":[)" + list + "]}}");
        REQUIRE(told.ok());
        return {money(told.at("/equity")) - money(told.at("/maintenance/haircuts")),
            money(told.at("/maintenance/requirement")), money(told.at("/initial/health"))};
    }

    /// Which of the four conditions the trades break, told apart from the queries. `bracket`: what options
    /// count for less than their marks, which those who trade at the mark do not lose.
    std::string broken(const Trades& trades, Money bracket = Money::zero())
    {
        const Margins before = margins();
        Margins after = margins(trades);
        after.net += bracket;
        after.initial += bracket;
        const Money rounding = Money::from_raw(2 * static_cast<num::i128>(trades.size()));
        std::string broken;
        if (after.required > before.required)
            broken += 'a';
        if (after.net < before.net - rounding)
            broken += 'b';
        if (after.net.is_negative() ? after.net < before.net - rounding
                                    : num::compare_products(after.net.raw(), before.required.raw(),
                                          before.net.raw(), after.required.raw()) < 0)
            broken += 'c';
        if (after.initial < before.initial - rounding)
            broken += 'd';
        CHECK(before.initial.is_negative());
        CHECK(after.initial.is_negative());  // else it would need no such permission
        return broken;
    }

    void refused(const Trades& trades)
    {
        const MemoryHost::Records before = house.host.records;
        const Reply reply = trade(trades);
        CHECK(reply.error == Error::below_initial_margin);
        CHECK(reply.detail == "account " + std::to_string(alice));
        CHECK(house.host.records == before);
    }
    void passes(const Trades& trades)
    {
        const Reply reply = trade(trades);
        CHECK(reply.error == Error::ok);
        CHECK(reply.detail.empty());
    }
};

/// Alice is five ether long from 2000, and the price is 1900.
struct Longs : Desk
{
    explicit Longs(const std::string& mode) : Desk(mode, mode == "standard" ? 1'000 : 2'000)
    {
        REQUIRE(trade({{ETH_PERP, "5", "2000"}}).ok());
        ether("1900");
    }
};

/// Alice has written two calls each at 2000 and 2600, and the price has risen to 2100.
struct Writer : Desk
{
    explicit Writer(const std::string& mode) : Desk(mode, mode == "standard" ? 1'010 : 1'530)
    {
        REQUIRE(
            trade({{CALL_2000, "-2", mark(CALL_2000)}, {CALL_2600, "-2", mark(CALL_2600)}}).ok());
        ether("2100");
    }
    /// More than all brackets here are wide.
    static constexpr Money BRACKET = Money::from_raw(1'000'000);
};

}  // namespace

TEST_CASE("improving fills: (a) nobody pays an ailing account to grow its bet")
{
    // Mallory sells far below the mark: what she loses lifts Alice's net, ratio and initial health, while
    // the house carries one ether more of an account that cannot bear what it has.
    for (const std::string& mode : MODES) {
        INFO(mode);
        Longs d(mode);
        const Trades attack = {{ETH_PERP, "1", "1500"}};
        CHECK(d.broken(attack) == "a");
        d.refused(attack);
        d.passes({{ETH_PERP, "-1", "1900"}});
    }
}

TEST_CASE("improving fills: (b) nobody bleeds an ailing account while closing it")
{
    // Half closed, the ratio is better than before, but Mallory has the money that stood behind the rest.
    for (const std::string& mode : MODES) {
        INFO(mode);
        Longs d(mode);
        const Trades attack = {{ETH_PERP, "-1", "1810"}};
        CHECK(d.broken(attack) == "b");
        d.refused(attack);
        d.passes({{ETH_PERP, "-1", "1900"}});
    }
}

TEST_CASE("improving fills: (c) nobody peels the rounding off with trades that change nothing")
{
    // Out and in again, a raw unit or two worse: (b) takes that for rounding, and thousands of them add up.
    for (const std::string& mode : MODES) {
        INFO(mode);
        Longs d(mode);
        const Trades attack = {
            {ETH_PERP, "1", "1900.000000000000000002"}, {ETH_PERP, "-1", "1900"}};
        CHECK(d.broken(attack) == "c");
        d.refused(attack);
        d.passes({{ETH_PERP, "1", "1900"}, {ETH_PERP, "-1", "1900"}});
        // A true close may lose its rounding.
        d.passes({{ETH_PERP, "-0.001", "1899.999999999999999"}});
    }
}

TEST_CASE("improving fills: (d) nobody swaps into what needs more to begin with")
{
    // Ether for bitcoin of the same size: maintenance is the same, but bitcoin needs twice as much at initial,
    // and the account has not even what ether needs.
    for (const std::string& mode : MODES) {
        INFO(mode);
        Longs d(mode);
        const auto demand = [&](const std::string& fraction, const std::string& factor) {
            say::Underlying bitcoin;
            bitcoin.underlying = 1;
            bitcoin.initial_fraction = fraction;
            REQUIRE(d.house.send("gov", say::set_underlying(bitcoin)).ok());
            say::PortfolioRisk risk;
            risk.underlying = 1;
            risk.factor_initial = factor;
            REQUIRE(d.house.send("gov", say::set_portfolio_risk(risk)).ok());
        };
        const Trades swap = {{ETH_PERP, "-5", "1900"}, {BTC_PERP, "0.19", "50000"}};
        demand("0.2", "2.2");
        CHECK(d.broken(swap) == "d");
        d.refused(swap);
        demand("0.1", "1.1");
        CHECK(d.broken(swap).empty());
        d.passes(swap);
    }
}

TEST_CASE(
    "improving fills: an insolvent account makes none: it would choose who bears what it owes")
{
    for (const std::string& mode : MODES) {
        INFO(mode);
        Longs d(mode);
        d.ether(mode == "standard" ? "1750" : "1550");
        REQUIRE(d.margins().net.is_negative());
        const std::string mark = d.mark(ETH_PERP);
        const auto dearer = [&](const char* by) {
            return Trades{
                {ETH_PERP, "1", text_of(price(mark) + price(by))}, {ETH_PERP, "-1", mark}};
        };
        d.refused(dearer("0.000000000000000005"));
        d.refused(dearer("0.000000000000000004"));
        d.refused({{ETH_PERP, "-1", mark}});
    }
}

TEST_CASE("improving fills: (a) nobody pays an ailing writer to write more")
{
    for (const std::string& mode : MODES) {
        INFO(mode);
        Writer d(mode);
        const Trades attack = {
            {CALL_2000, "-1", d.mark(CALL_2000, mode == "standard" ? "400" : "500")}};
        CHECK(d.broken(attack, Writer::BRACKET) == "a");
        d.refused(attack);
        d.passes({{CALL_2000, "1", d.mark(CALL_2000)}});
    }
}

TEST_CASE("improving fills: (b) nobody bleeds an ailing writer who buys back")
{
    for (const std::string& mode : MODES) {
        INFO(mode);
        Writer d(mode);
        const Trades attack = {
            {CALL_2000, "1", d.mark(CALL_2000, mode == "standard" ? "180" : "300")}};
        CHECK(d.broken(attack, Writer::BRACKET) == "b");
        d.refused(attack);
        d.passes({{CALL_2000, "1", d.mark(CALL_2000)}});
    }
}

TEST_CASE("improving fills: (c) nobody peels the rounding off an ailing writer")
{
    for (const std::string& mode : MODES) {
        INFO(mode);
        Writer d(mode);
        const Trades attack = {{CALL_2000, "1", d.mark(CALL_2000, "0.000000000000000002")},
            {CALL_2000, "-1", d.mark(CALL_2000)}};
        CHECK(d.broken(attack) == "c");
        d.refused(attack);
        d.passes({{CALL_2000, "1", d.mark(CALL_2000)}, {CALL_2000, "-1", d.mark(CALL_2000)}});
    }
}

TEST_CASE("improving fills: (d) nobody swaps far calls for near ones")
{
    // In standard mode both need the same at maintenance, and the near one a half more at initial.
    Writer d("standard");
    const Trades attack = {
        {CALL_2600, "1", d.mark(CALL_2600)}, {CALL_2000, "-1", d.mark(CALL_2000)}};
    CHECK(d.broken(attack, Writer::BRACKET) == "d");
    d.refused(attack);
    d.passes({{CALL_2000, "1", d.mark(CALL_2000)}, {CALL_2600, "-1", d.mark(CALL_2600)}});
}

TEST_CASE("improving fills: a hedge bought at the mark passes, though margin counts it for less")
{
    for (const std::string& mode : MODES) {
        INFO(mode);
        Writer d(mode);
        // In standard mode longs lend nothing but as the other half of a spread: only a whole one helps.
        const bool whole = mode == "standard";
        if (whole)
            d.ether("2400");
        const auto hedge = [&](const std::string& more) {
            return Trades{{CALL_2100, whole ? "4" : "0.5", d.mark(CALL_2100, more)}};
        };
        // Without what its price's bracket allows, the hedge loses thousands of raw units at its own mark.
        CHECK(d.broken(hedge("0")) == "b");
        CHECK(d.margins(hedge("0")).net < d.margins().net - Money::from_raw(100));
        CHECK(d.broken(hedge("0"), Writer::BRACKET).empty());
        // Beyond the mark it lends nothing, wide as it is.
        d.refused(hedge(whole ? "0.000000000000000001" : "0.000000000000000006"));
        d.passes(hedge("0"));
    }
}

TEST_CASE("improving fills: what a bracket has lent is paid back when the position closes")
{
    // A short owes the upper end. Who buys it back there loses nothing that margin counted, and would carry
    // off half a width with every round.
    for (const std::string& mode : MODES) {
        INFO(mode);
        Writer d(mode);
        const Trades dear = {{CALL_2000, "0.1", d.mark(CALL_2000, "0.00000000000000003")}};
        CHECK(d.margins(dear).net > d.margins().net);
        CHECK(d.broken(dear).empty());
        d.refused(dear);
        d.passes({{CALL_2000, "0.1", d.mark(CALL_2000, "0.00000000000000001")}});
    }
}
