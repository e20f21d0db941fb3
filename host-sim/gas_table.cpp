// plimsoll: host-sim/gas_table.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See gas_table.hpp.
#include "host-sim/gas_table.hpp"

#include <fmt/format.h>
#include <stdexcept>

namespace plimsoll::sim {
namespace {

constexpr int UNDERLYINGS = 8;
constexpr int MARKETS = 10;
constexpr std::uint64_t START_S = 1'700'000'000;

/// A house and three accounts: 1 the maker, 2 the one that falls, 3 the keeper's.
class Yard
{
public:
    explicit Yard(Vm& vm) : m_vm(vm) {}

    void set_up()
    {
        must(m_vm.instantiate(env("governance"), INSTANTIATE), "instantiate");
        for (int i = 0; i < UNDERLYINGS; ++i)
            send("governance",
                fmt::format(R"({{"set_underlying":{{"underlying":{0},"symbol":"U{0}",)"
                            R"("initial_fraction":"0.1","maintenance_fraction":"0.05",)"
                            R"("profit_weight":"0.8"}}}})",
                    i));
        for (int i = 0; i < MARKETS; ++i)
            send("governance",
                fmt::format(
                    R"({{"set_market":{{"market":{0},"symbol":"U{1}-PERP-{0}","underlying":{1},)"
                    R"("lot":"0.001","fill_band":"0.05","premium_max":"0.01",)"
                    R"("premium_window_s":600,"funding_window_s":28800,"funding_cap":"0.04",)"
                    R"("open_interest_max":"1000000","loss_cap":"0.02","status":"active"}}}})",
                    i, i % UNDERLYINGS));
        for (int i = 1; i <= 2; ++i)
            send("governance",
                fmt::format(R"({{"set_asset":{{"asset":{0},"denom":"token{0}","symbol":"T{0}",)"
                            R"("decimals":18,"underlying":{0},"initial_haircut":"0.15",)"
                            R"("maintenance_haircut":"0.1",)"
                            R"("deposit_cap":"1000000000000000000000000"}}}})",
                    i));
        send("governance", R"({"set_role":{"address":"publisher","roles":4}})");
        send("governance", R"({"set_role":{"address":"venue","roles":8}})");
        push("1000", false);
        for (const char* owner : {"maker", "trader", "keeper"})
            send(owner, R"({"open_account":{}})");
        deposit("maker", 1, "usdc", 10'000'000'000'000);
        deposit("trader", 2, "usdc", 5'500'000'000);
        deposit("trader", 2, "token1", num::i128{num::WAD} * 2);
        deposit("trader", 2, "token2", num::i128{num::WAD} * 2);
        deposit("keeper", 3, "usdc", 1'000'000'000'000);
        deposit("keeper", 3, "token1", num::i128{num::WAD});
        deposit("keeper", 3, "token2", num::i128{num::WAD});
        send("maker", R"({"fund_insurance":{}})", {{"usdc", 1'000'000'000}});
        for (int account = 1; account <= 3; ++account)
            send(account == 1   ? "maker"
                 : account == 2 ? "trader"
                                : "keeper",
                fmt::format(R"({{"delegate":{{"account":{},"venue":"venue"}}}})", account));
        for (int market = 0; market + 1 < MARKETS; ++market) {
            fill(market, 2, 1, "6");
            fill(market, 3, 1, "1");
        }
        fill(MARKETS - 1, 3, 1, "1");
    }

    GasReport send(const std::string& sender, const std::string& json, std::vector<Coin> funds = {})
    {
        CallEnv call = env(sender);
        call.funds = std::move(funds);
        return must(m_vm.execute(call, json), json);
    }
    GasReport ask(const std::string& json) { return must(m_vm.query(env(""), json), json); }
    GasReport deposit(const std::string& owner, int account, std::string denom, num::i128 amount)
    {
        return send(owner, fmt::format(R"({{"deposit":{{"account":{}}}}})", account),
            {{std::move(denom), amount}});
    }
    GasReport fill(int market, int buyer, int seller, const char* base)
    {
        return send("venue",
            fmt::format(R"({{"settle_fills":{{"nonce":{},"fills":[{{"market":{},"buyer":{},)"
                        R"("seller":{},"base":"{}","price":"{}"}}]}}}})",
                ++m_nonce, market, buyer, seller, base, m_price));
    }
    GasReport push(const std::string& price, bool with_premiums)
    {
        m_time_s += STEP_S;
        m_price = price;
        std::string prices;
        for (int i = 0; i < UNDERLYINGS; ++i)
            prices += fmt::format(
                R"({}{{"underlying":{},"price":"{}","confidence":"0.5","publish_time":{}}})",
                i == 0 ? "" : ",", i, price, m_time_s);
        std::string premiums;
        for (int i = 0; with_premiums && i < MARKETS; ++i)
            premiums += fmt::format(R"({}{{"market":{},"premium":"-0.75"}})", i == 0 ? "" : ",", i);
        return send("publisher",
            with_premiums ? fmt::format(R"({{"push_prices":{{"prices":[{}],"premiums":[{}]}}}})",
                                prices, premiums)
                          : fmt::format(R"({{"push_prices":{{"prices":[{}]}}}})", prices));
    }
    void wait(std::uint64_t seconds) { m_time_s += seconds; }
    /// The next push is so long after a multiple of the length.
    void wait_until(std::uint64_t length, std::uint64_t after)
    {
        m_time_s += 2 * length - (m_time_s + STEP_S) % length + after;
    }
    /// Volatility and correlation of all, and their stable prices.
    void observe()
    {
        std::string pairs;
        for (int b = 1; b < UNDERLYINGS; ++b)
            for (int a = 0; a < b; ++a)
                pairs += fmt::format(
                    R"({}{{"a":{},"b":{},"rho":"0.8"}})", pairs.empty() ? "" : ",", a, b);
        send("governance",
            fmt::format(
                R"({{"set_correlation":{{"band":"0.25","max_relief":"0.6","pairs":[{}]}}}})",
                pairs));
        send("governance",
            R"({"set_observation":{"volatility":{"step_s":300,"decay":"0.9976","clip":"4",)"
            R"("start":"0.7","floor":"0.2","cap":"5","stale_after_s":3600},)"
            R"("maintenance_per_hour":"0.01","correlation":{"step":"0.05","hysteresis":"0.02",)"
            R"("hold_s":3600},"stable_price":{"interval_s":3600,"delay_growth":"0.06",)"
            R"("growth_per_hour":"0.15"}}})");
    }

private:
    static constexpr std::uint64_t STEP_S = 60;
    static constexpr const char* INSTANTIATE =
        R"({"governance":"governance","quote":{"denom":"usdc","decimals":6,"symbol":"USDC"},)"
        R"("liquidation":{"buffer":"0.1","share_start":"0.1","share_fast":"0.3","share_max":"0.6",)"
        R"("fee_share":"0.1","fast_s":120,"slow_s":780,"cool_s":3600,"close_out_notional":"100",)"
        R"("insurance_reward_cap":"10000"},)"
        R"("oracle":{"max_age_trade_s":300,"max_age_liquidation_s":3600,"failed_after_s":7200,)"
        R"("max_confidence":"0.02"}})";

    [[nodiscard]] CallEnv env(const std::string& sender) const
    {
        return {m_time_s, 1, sender, "clearinghouse", {}};
    }
    static GasReport must(const Response& response, const std::string& what)
    {
        if (!response.ok)
            throw std::runtime_error(response.error + " from " + what);
        return response.gas;
    }

    Vm& m_vm;
    std::uint64_t m_time_s = START_S;
    std::uint64_t m_nonce = 0;
    std::string m_price = "1000";
};

}  // namespace

std::vector<GasRow> measure_gas(Vm& vm)
{
    std::vector<GasRow> rows;
    Yard yard(vm);
    yard.set_up();
    rows.push_back({"deposit", yard.deposit("trader", 2, "usdc", 1'000'000)});
    rows.push_back({"trade: one fill, 9 and 10 positions", yard.fill(MARKETS - 1, 2, 1, "6")});
    rows.push_back({"push prices, 8 feeds", yard.push("990", false)});
    rows.push_back({"push prices, 8 feeds and 10 premiums", yard.push("980", true)});
    rows.push_back({"withdraw, 10 positions",
        yard.send("keeper", R"({"withdraw":{"account":3,"asset":0,"amount":"1000000"}})")});
    yard.push("890", false);
    rows.push_back({"query health, 10 positions", yard.ask(R"({"health":{"account":2}})")});
    rows.push_back({"flag, 10 positions", yard.send("keeper", R"({"flag":{"account":2}})")});
    yard.wait(60);
    rows.push_back({"liquidate, 10 positions each side",
        yard.send(
            "keeper", R"({"liquidate":{"account":2,"market":3,"buyer":3,"base_max":"100"}})")});
    yard.push("830", false);
    yard.wait(1000);
    rows.push_back(
        {"resolve, insolvent, 9 positions", yard.send("keeper", R"({"resolve":{"account":2}})")});
    yard.observe();
    for (const char* price : {"830", "831", "832"}) {
        yard.wait_until(300, 0);
        yard.push(price, false);
    }
    yard.wait_until(300, 60);
    yard.push("833", false);
    rows.push_back({"push 8 observed feeds", yard.push("834", false)});
    yard.wait_until(300, 0);
    rows.push_back({"push 8 observed feeds, at an instant", yard.push("835", false)});
    yard.wait_until(3'600, 0);
    rows.push_back({"push 8 observed feeds, at a full hour", yard.push("836", false)});
    rows.push_back(
        {"deposit, observed, 10 positions", yard.deposit("keeper", 3, "usdc", 1'000'000)});
    rows.push_back(
        {"query health, observed, 10 positions", yard.ask(R"({"health":{"account":3}})")});
    return rows;
}

std::string gas_table(const std::vector<GasRow>& rows)
{
    std::string text = fmt::format("{:<38}{:>10}{:>10}{:>10}{:>8}{:>11}{:>11}\n", "SDK gas a call",
        "VM gas M", "compute", "storage", "events", "pinned", "unpinned");
    for (const GasRow& row : rows)
        text += fmt::format("{:<38}{:>10}{:>10}{:>10}{:>8}{:>11}{:>11}\n", row.call,
            (row.gas.code_vm_gas + row.gas.host_vm_gas) / 1'000'000, row.gas.compute_sdk_gas(),
            row.gas.storage_sdk_gas, row.gas.event_sdk_gas,
            row.gas.total_sdk_gas(GasReport::Loading::pinned),
            row.gas.total_sdk_gas(GasReport::Loading::unpinned));
    return text;
}

}  // namespace plimsoll::sim
