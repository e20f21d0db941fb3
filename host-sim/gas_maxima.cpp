// plimsoll: host-sim/gas_maxima.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See gas_yard.hpp: what calls cost where everything that they look at is as large as it can be:
// 32 feeds, 48 positions, 16 collaterals, 16 expiries, 40 scenarios, 32 fills.
#include "contract/records.hpp"
#include "engine/model/limits.hpp"
#include "host-sim/gas_yard.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

constexpr int FEEDS = UNDERLYINGS_MAX;
constexpr int POSITIONS = POSITIONS_MAX;
constexpr int COLLATERALS = COLLATERALS_MAX;
constexpr int EXPIRIES = EXPIRIES_MAX;
constexpr int SCENARIOS = SCENARIOS_MAX;
/// Perpetuals from here on, then options.
constexpr int FIRST = MARKETS;
constexpr int FIRST_OPTION = FIRST + POSITIONS;
constexpr std::uint64_t DAY_S = 86'400;

void list_everything(Yard& yard)
{
    yard.list_underlyings(FEEDS);
    yard.push("440", false);
    yard.observe();
    for (int i = 0; i < POSITIONS; ++i)
        yard.list_market(FIRST + i, i % FEEDS);
    for (int i = 4; i <= COLLATERALS; ++i)
        yard.list_asset(i, fmt::format("token{}", i));
    yard.list_asset(COLLATERALS + 1, "tokenlast");
}

/// So much of every native token: asset 3 is none.
void endow(Yard& yard, const char* owner, int account, num::i128 amount = num::WAD / 100)
{
    for (int i = 1; i <= COLLATERALS; ++i)
        if (i != 3)
            yard.deposit(owner, account, fmt::format("token{}", i), amount);
    yard.deposit(owner, account, "tokenlast", amount);
}

/// As many venues as an account takes, and as many markets with orders; what reporting those takes.
GasReport burden(Yard& yard, const char* owner, int account)
{
    for (int i = 1; i < static_cast<int>(contract::DELEGATIONS_MAX); ++i) {
        const std::string venue = fmt::format("venue{}", i);
        yard.send(
            "governance", fmt::format(R"({{"set_role":{{"address":"{}","roles":8}}}})", venue));
        yard.send(
            owner, fmt::format(R"({{"delegate":{{"account":{},"venue":"{}","markets":[0,1,2,3],)"
                               R"("notional_max":"100000","fee_max":"0.001","loss_max":"50"}}}})",
                       account, venue));
    }
    std::string reports;
    for (int i = 0; i < static_cast<int>(ORDERS_MAX); ++i)
        reports += fmt::format(R"({}{{"account":{},"market":{},"bid":"0.01","ask":"0.02"}})",
            i == 0 ? "" : ",", account, FIRST + i);
    return yard.send("venue", fmt::format(R"({{"report_orders":{{"nonce":{},"orders":[{}]}}}})",
                                  yard.next_nonce(), reports));
}

/// Queries of the account as it stands; of a page, what the account adds to it.
void ask_about(Yard& yard, int account, const std::string& of_what)
{
    const auto ask = [&](const std::string& name, const std::string& body) {
        yard.note(fmt::format("query {}, {}", name, of_what),
            yard.ask(fmt::format(R"({{"{}":{{{}}}}})", name.substr(0, name.find(' ')), body)));
    };
    const std::string itself = fmt::format(R"("account":{})", account);
    const std::string page = fmt::format(R"("cursor":{},"limit":1)", account);
    ask("health", itself);
    ask("liquidatable", page);
    ask("dry_run", page + R"(,"message":)" + Yard::PARAMS);
    ask("what_if", itself);
    ask("what_if with liquidation prices", itself + R"(,"liquidation_prices":true)");
}

std::string sale(const char* verb, int account, int buyer, const std::string& rest)
{
    return fmt::format(R"({{"{}":{{"account":{},"buyer":{},{}}}}})", verb, account, buyer, rest);
}

/// Both in all perpetuals; the seller on little cash.
void standard(Yard& yard)
{
    const int seller = yard.open("whale", 120'000'000'000);
    const int buyer = yard.open("bidder", 10'000'000'000'000);
    const int other = yard.open("other", 10'000'000'000'000);
    const int debtor = yard.open("debtor", 1'000'000);
    endow(yard, "debtor", debtor, num::i128{num::WAD} * 20);
    yard.fills(FIRST, 32, debtor, other, "6");
    yard.fills(FIRST + 32, POSITIONS - 32, debtor, other, "6");
    yard.send("debtor",
        fmt::format(
            R"({{"withdraw":{{"account":{},"asset":0,"amount":"104000000000"}}}})", debtor));
    endow(yard, "whale", seller);
    endow(yard, "bidder", buyer);
    yard.fills(FIRST, 32, seller, other, "50");
    yard.fills(FIRST + 32, POSITIONS - 32, seller, other, "50");
    yard.fills(FIRST, 32, buyer, other, "1");
    yard.fills(FIRST + 32, POSITIONS - 32, buyer, other, "1");
    burden(yard, "whale", seller);
    yard.note("report_orders, 16 markets, maxima", burden(yard, "bidder", buyer));
    yard.note("settle a fill, maxima on both sides", yard.fill(FIRST, buyer, seller, "1"));
    yard.note("settle 32 fills, 48 positions", yard.fills(FIRST, 32, buyer, seller, "1"));
    yard.row("withdraw, maxima", "bidder",
        fmt::format(R"({{"withdraw":{{"account":{},"asset":0,"amount":"1000000"}}}})", buyer));
    const int second = yard.open("bidder", 1'000'000);
    yard.row("transfer, maxima", "bidder",
        fmt::format(
            R"({{"transfer":{{"from":{},"to":{},"asset":0,"amount":"1000000"}}}})", buyer, second));
    yard.note("deposit, maxima", yard.deposit("bidder", buyer, "usdc", 1'000'000));
    yard.note("push 32 observed feeds", yard.push("430", false));
    yard.wait_until(3'600, 0);
    yard.note("push 32 observed feeds, at a full hour", yard.push("405", false));
    ask_about(yard, seller, "maxima");
    yard.row("flag, maxima", "keeper", fmt::format(R"({{"flag":{{"account":{}}}}})", seller));
    yard.row("batch of 16 flags, maxima", "keeper", flags_of(seller));
    yard.note("query preview_liquidation, maxima",
        yard.ask(
            fmt::format(R"({{"preview_liquidation":{{"account":{},"base_max":"1"}}}})", seller)));
    yard.note("query preview_slice, maxima",
        yard.ask(
            fmt::format(R"({{"preview_slice":{{"account":{},"fraction_max":"1"}}}})", seller)));
    yard.wait(200);  // past the fast leg, where the order binds
    yard.push("405", false);
    yard.row("liquidate, maxima on both sides", "bidder",
        sale("liquidate", seller, buyer,
            fmt::format(R"("market":{},"base_max":"1")", FIRST + POSITIONS - 1)));
    yard.row("liquidate_slice, maxima on both sides", "bidder",
        sale("liquidate_slice", seller, buyer, R"("fraction_max":"0.01")"));
    yard.send("keeper", fmt::format(R"({{"flag":{{"account":{}}}}})", debtor));
    yard.row("liquidate_collateral, maxima on both sides", "bidder",
        sale("liquidate_collateral", debtor, buyer,
            R"("asset":1,"amount_max":"1000000000000000000")"));
    yard.row("touch, maxima", "keeper", fmt::format(R"({{"touch":{{"account":{}}}}})", seller));
    yard.push("350", false);
    yard.wait(2'000);
    yard.row("resolve, insolvent, maxima", "keeper",
        fmt::format(R"({{"resolve":{{"account":{}}}}})", seller));
    yard.row(
        "touch after it, maxima", "keeper", fmt::format(R"({{"touch":{{"account":{}}}}})", buyer));
    yard.send("other", R"({"fund_insurance":{}})", {{"usdc", 5'000'000'000'000}});
    yard.push("350", false);
    yard.row("stake, 16 tokens in the inventory", "staker", R"({"stake":{}})",
        {{"usdc", 1'000'000'000}});
}

std::string scenarios()
{
    std::string list = R"({"spot":"1.15","vol":"none"},{"spot":"0.85","vol":"none"})";
    for (int i = 2; i < SCENARIOS; ++i)
        list += fmt::format(R"(,{{"spot":"{}.{:02}","vol":"{}"}})", i % 2 == 0 ? 1 : 0,
            i % 2 == 0 ? i / 4 : 99 - i / 4, i % 3 == 0 ? "up" : "down");
    return list;
}

/// As many options as an account can hold, over so many underlyings.
struct Options
{
    int first = 0;  ///< Market.
    int underlyings = 1;
    std::uint64_t expiry = 0;  ///< The first of EXPIRIES, a week apart.

    [[nodiscard]] std::string text() const
    {
        return underlyings == 1 ? "48 options, portfolio"
                                : fmt::format("48 options on {}, portfolio", underlyings);
    }
};

void set_risk(Yard& yard, int underlying)
{
    yard.send("governance",
        Yard::underlying(underlying,
            R"(,"option":{"max_initial":"0.15","min_initial":"0.1","maintenance_call":"0.075",)"
            R"("maintenance_put":"0.075","maintenance_put_mark":"0.075",)"
            R"("maintenance_offset":"1.05","unpaired_initial":"1.2",)"
            R"("unpaired_maintenance":"1.1"})"));
    const GasReport gas = yard.send("governance",
        fmt::format(
            R"({{"set_portfolio_risk":{{"underlying":{},"scenarios":[{}],"vol_shock":)"
            R"({{"range_up":"0.45","range_down":"0.3","short_power":"0.3","long_power":"0.13",)"
            R"("floor_days":"1","min_vol_up":"0.35"}},"skew_shock":{{"linear_cap":"0.2",)"
            R"("linear_slope":"-0.06","abs_cap":"0.2","abs_slope":"-0.05","min_width":"0.01",)"
            R"("width_scale":"4","vol_static":"0.9","vol_slope":"-0.2"}},"basis":{{"up":"1.04",)"
            R"("down":"0.96","add":"0.25","mult":"1.2"}},"discount":{{"long_base":"0.96",)"
            R"("long_rate_mult":"0.5","long_rate_add":"0.1","short_base":"1.03",)"
            R"("short_rate_mult":"0.5","short_rate_add":"0.1"}},"factor":{{"initial":"1.1",)"
            R"("maintenance":"0.9"}},"perp_contingency":{{"initial":"0.03","maintenance":"0.02"}},)"
            R"("future_contingency":{{"initial":"0.015","maintenance":"0.01"}},)"
            R"("option_contingency":{{"initial":"0.006","maintenance":"0.004"}},)"
            R"("confidence":{{"threshold":"0.6","factor":"0.8"}},)"
            R"("depeg":{{"threshold":"0.985","factor":"3"}}}}}})",
            underlying, scenarios()));
    if (underlying == 0)
        yard.note("set_portfolio_risk, 40 scenarios", gas);
}

void list(Yard& yard, const Options& options)
{
    for (int i = 0; i < POSITIONS; ++i)
        yard.send("governance",
            fmt::format(R"({{"set_market":{{"market":{0},"symbol":"O-{0}","underlying":{1},)"
                        R"("lot":"0.001","fill_band":"0.5","open_interest_max":"1000000",)"
                        R"("loss_cap":"0.02","status":"active","kind":"option","expiry":{2},)"
                        R"("strike":"{3}","option_type":"{4}"}}}})",
                options.first + i, i % options.underlyings,
                options.expiry + static_cast<std::uint64_t>(i % EXPIRIES) * 7 * DAY_S,
                300 + 20 * (i / EXPIRIES), i % 2 == 0 ? "call" : "put"));
}

/// All expiries of all underlyings; what the last message takes.
GasReport push_surfaces(Yard& yard, const Options& options)
{
    GasReport gas;
    for (int underlying = 0; underlying < options.underlyings; ++underlying) {
        std::string list;
        for (int i = 0; i < EXPIRIES; ++i)
            list +=
                fmt::format(R"({}{{"underlying":{},"expiry":{},"publish_time":{},"forward":"{}",)"
                            R"("rate":"0.02","svi":{{"a":"0.01","b":"0.1","rho":"-0.3","m":"0.05",)"
                            R"("sigma":"0.2","forward":"{}","tau":"0.25"}}}})",
                    i == 0 ? "" : ",", underlying,
                    options.expiry + static_cast<std::uint64_t>(i) * 7 * DAY_S, yard.now(),
                    yard.price(), yard.price());
        gas = yard.send(
            "publisher", fmt::format(R"({{"push_prices":{{"prices":[],"surfaces":[{}]}}}})", list));
    }
    return gas;
}

/// Short all of them.
void portfolio(Yard& yard, const Options& options)
{
    const std::string what = options.text();
    yard.push("350", false);
    list(yard, options);
    yard.note("push 16 surfaces", push_surfaces(yard, options));
    const std::string writer = fmt::format("writer{}", options.underlyings);
    const std::string taker = fmt::format("taker{}", options.underlyings);
    const int seller = yard.open(writer, 35'000'000'000, "portfolio");
    const int buyer = yard.open(taker, 10'000'000'000'000, "portfolio");
    endow(yard, writer.c_str(), seller);
    endow(yard, taker.c_str(), buyer);
    yard.fills(options.first, 32, buyer, seller, "5", "40");
    yard.note("settle 16 fills, " + what,
        yard.fills(options.first + 32, POSITIONS - 32, buyer, seller, "5", "40"));
    yard.row("withdraw, " + what, taker,
        fmt::format(R"({{"withdraw":{{"account":{},"asset":0,"amount":"1000000"}}}})", buyer));
    yard.send(taker, fmt::format(R"({{"set_mode":{{"account":{},"mode":"standard"}}}})", buyer));
    yard.row("set_mode, " + what, taker,
        fmt::format(R"({{"set_mode":{{"account":{},"mode":"portfolio"}}}})", buyer));
    yard.push("620", false);
    push_surfaces(yard, options);
    ask_about(yard, seller, what);
    yard.row("flag, " + what, "keeper", fmt::format(R"({{"flag":{{"account":{}}}}})", seller));
    yard.row("liquidate_slice, " + what, taker,
        sale("liquidate_slice", seller, buyer, R"("fraction_max":"0.01")"));
    yard.wait(1'000);
    yard.row(
        "resolve, " + what, "keeper", fmt::format(R"({{"resolve":{{"account":{}}}}})", seller));
}

}  // namespace

void measure_maxima(Yard& yard)
{
    list_everything(yard);
    standard(yard);
    const std::uint64_t expiry = yard.now() + 30 * DAY_S;
    for (int i = 0; i < FEEDS; ++i)
        set_risk(yard, i);
    portfolio(yard, Options{FIRST_OPTION, 1, expiry});
    portfolio(yard, Options{FIRST_OPTION + POSITIONS, FEEDS, expiry});
}

}  // namespace plimsoll::sim
