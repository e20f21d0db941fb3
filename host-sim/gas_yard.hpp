// plimsoll: host-sim/gas_yard.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. The house in which the gas table is measured, and the parts of the table.
#pragma once

#include "engine/num/int128.hpp"
#include "host-sim/gas_table.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace plimsoll::sim {

inline constexpr int UNDERLYINGS = 8;
inline constexpr int MARKETS = 10;
inline constexpr std::uint64_t START_S = 1'700'000'000;

/// A house and three accounts: 1 the maker, 2 the one that falls, 3 the keeper's.
class Yard
{
public:
    explicit Yard(Vm& vm) : m_vm(vm) {}

    static constexpr const char* PARAMS =
        R"({"set_params":{"liquidation":{"buffer":"0.1","share_start":"0.1","share_fast":"0.3",)"
        R"("share_max":"0.6","fee_share":"0.1","fast_s":120,"slow_s":780,"cool_s":3600,)"
        R"("close_out_notional":"100","insurance_reward_cap":"10000"},)"
        R"("oracle":{"max_age_trade_s":300,"max_age_liquidation_s":3600,"failed_after_s":7200,)"
        R"("max_confidence":"0.02"}}})";

    std::vector<GasRow> rows;

    /// A row for what was sent last.
    void note(std::string call, const GasReport& gas)
    {
        rows.push_back({std::move(call), m_verb, gas});
    }
    void row(std::string call, const std::string& sender, const std::string& json,
        std::vector<Coin> funds = {})
    {
        note(std::move(call), send(sender, json, std::move(funds)));
    }
    /// A row that is called as its message.
    void row(const std::string& sender, const std::string& json, std::vector<Coin> funds = {})
    {
        const GasReport gas = send(sender, json, std::move(funds));
        note(m_verb, gas);
    }

    void set_up()
    {
        m_verb = "instantiate";
        note("instantiate",
            must(m_vm.instantiate(env("governance"), instantiation()), "instantiate"));
        list_underlyings(UNDERLYINGS);
        for (int i = 0; i < MARKETS; ++i)
            list_market(i, i % UNDERLYINGS);
        for (int i = 1; i <= 2; ++i)
            list_asset(i, fmt::format("token{}", i));
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
        m_accounts = 3;
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

    /// Underlyings up to so many in all.
    void list_underlyings(int count)
    {
        for (; m_underlyings < count; ++m_underlyings)
            send("governance", underlying(m_underlyings, ""));
    }
    static std::string underlying(int id, const std::string& more)
    {
        return fmt::format(R"({{"set_underlying":{{"underlying":{0},"symbol":"U{0}",)"
                           R"("initial_fraction":"0.1","maintenance_fraction":"0.05",)"
                           R"("profit_weight":"0.8"{1}}}}})",
            id, more);
    }
    void list_market(int id, int underlying) { send("governance", market(id, underlying)); }
    static std::string market(int id, int underlying, const char* loss_cap = "0.02")
    {
        return fmt::format(
            R"({{"set_market":{{"market":{0},"symbol":"U{1}-PERP-{0}","underlying":{1},)"
            R"("lot":"0.001","fill_band":"0.05","premium_max":"0.01",)"
            R"("premium_window_s":600,"funding_window_s":28800,"funding_cap":"0.04",)"
            R"("open_interest_max":"1000000","loss_cap":"{2}","status":"active"}}}})",
            id, underlying, loss_cap);
    }
    void list_asset(int id, const std::string& denom) { send("governance", asset(id, denom)); }
    static std::string asset(int id, const std::string& denom)
    {
        return fmt::format(R"({{"set_asset":{{"asset":{0},"denom":"{1}","symbol":"T{0}",)"
                           R"("decimals":18,"underlying":{0},"initial_haircut":"0.15",)"
                           R"("maintenance_haircut":"0.1",)"
                           R"("deposit_cap":"1000000000000000000000000"}}}})",
            id, denom);
    }
    /// A new account of its own owner, who lets the venue trade; its number.
    int open(const std::string& owner, num::i128 quote, const char* mode = "standard")
    {
        send(owner, fmt::format(R"({{"open_account":{{"mode":"{}"}}}})", mode));
        const int account = ++m_accounts;
        deposit(owner, account, "usdc", quote);
        send(owner, fmt::format(R"({{"delegate":{{"account":{},"venue":"venue"}}}})", account));
        return account;
    }

    GasReport send(const std::string& sender, const std::string& json, std::vector<Coin> funds = {})
    {
        CallEnv call = env(sender);
        call.funds = std::move(funds);
        m_verb = verb_of(json);
        return must(m_vm.execute(call, json), json);
    }
    GasReport ask(const std::string& json)
    {
        m_verb = "query " + verb_of(json);
        return must(m_vm.query(env(""), json), json);
    }
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
        for (int i = 0; i < m_underlyings; ++i)
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
    /// Several fills of one size, at the last price where none is given, in markets from `first` on.
    GasReport fills(int first, int count, int buyer, int seller, const char* base,
        const std::string& price = "")
    {
        std::string list;
        for (int i = 0; i < count; ++i)
            list += fmt::format(
                R"({}{{"market":{},"buyer":{},"seller":{},"base":"{}","price":"{}"}})",
                i == 0 ? "" : ",", first + i, buyer, seller, base, price.empty() ? m_price : price);
        return send("venue",
            fmt::format(R"({{"settle_fills":{{"nonce":{},"fills":[{}]}}}})", ++m_nonce, list));
    }
    void count_account() { ++m_accounts; }
    [[nodiscard]] int accounts() const { return m_accounts; }
    [[nodiscard]] std::uint64_t next_nonce() { return ++m_nonce; }
    [[nodiscard]] std::uint64_t now() const { return m_time_s; }
    [[nodiscard]] const std::string& price() const { return m_price; }
    void wait(std::uint64_t seconds) { m_time_s += seconds; }
    /// The next push is so long after a multiple of the length.
    void wait_until(std::uint64_t length, std::uint64_t after)
    {
        m_time_s += 2 * length - (m_time_s + STEP_S) % length + after;
    }
    /// Volatility and correlation of all, and their stable prices.
    void observe()
    {
        // Rows of the yard as it is set up first; a larger one only needs what they say.
        const auto say = [&](const std::string& json) {
            if (m_underlyings == UNDERLYINGS)
                row("governance", json);
            else
                send("governance", json);
        };
        // As many pairs as one message takes.
        constexpr int PAIRS = 64;
        std::string pairs;
        int count = 0;
        for (int b = 1; b < m_underlyings; ++b)
            for (int a = 0; a < b; ++a) {
                pairs += fmt::format(
                    R"({}{{"a":{},"b":{},"rho":"0.8"}})", pairs.empty() ? "" : ",", a, b);
                if (++count % PAIRS == 0 || (b + 1 == m_underlyings && a + 1 == b)) {
                    say(fmt::format(R"({{"set_correlation":{{"band":"0.25",)"
                                    R"("max_relief":"0.6","pairs":[{}]}}}})",
                        pairs));
                    pairs.clear();
                }
            }
        say(R"({"set_observation":{"volatility":{"step_s":300,"decay":"0.9976","clip":"4",)"
            R"("start":"0.7","floor":"0.2","cap":"5","stale_after_s":3600},)"
            R"("maintenance_per_hour":"0.01","correlation":{"step":"0.05","hysteresis":"0.02",)"
            R"("hold_s":3600},"stable_price":{"interval_s":3600,"delay_growth":"0.06",)"
            R"("growth_per_hour":"0.15"}}})");
    }

private:
    static constexpr std::uint64_t STEP_S = 60;
    static std::string instantiation()
    {
        const std::string params = PARAMS;
        return R"({"governance":"governance","quote":{"denom":"usdc","decimals":6,"symbol":"USDC"},)" +
               params.substr(params.find("\"liquidation\""),
                   params.size() - 1 - params.find("\"liquidation\""));
    }

    [[nodiscard]] CallEnv env(const std::string& sender) const
    {
        return {m_time_s, 1, sender, "clearinghouse", {}};
    }
    static std::string verb_of(const std::string& json)
    {
        return json.substr(2, json.find('"', 2) - 2);
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
    std::string m_verb;
    int m_underlyings = 0;
    int m_accounts = 0;
};

/// A batch of as many flags as one takes.
[[nodiscard]] std::string flags_of(int account);
/// Every message that the everyday rows lack.
void measure_messages(Yard& yard);
/// Accounts that hold as much as an account can, in both modes.
void measure_maxima(Yard& yard);
/// What goes by proposal. Nothing is governed directly after it.
void measure_timelock(Yard& yard);

}  // namespace plimsoll::sim
