// plimsoll: host-sim/gas_messages.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See gas_yard.hpp: one story in which every message is sent that the everyday rows lack, but for
// pull_prices, which needs another contract.
#include "contract/base64.hpp"
#include "host-sim/gas_yard.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

std::string of_account(const char* verb, int account)
{
    return fmt::format(R"({{"{}":{{"account":{}}}}})", verb, account);
}

std::string of_position(const char* verb, int account, int market)
{
    return fmt::format(R"({{"{}":{{"account":{},"market":{}}}}})", verb, account, market);
}

std::string of_market(const char* verb, int market)
{
    return fmt::format(R"({{"{}":{{"market":{}}}}})", verb, market);
}

/// Accounts, tokens, delegation and orders.
void accounts(Yard& yard)
{
    yard.row("newcomer", R"({"open_account":{}})");
    yard.count_account();
    const int one = yard.accounts();
    yard.row(
        "newcomer", fmt::format(R"({{"delegate":{{"account":{},"venue":"venue","markets":[0,1],)"
                                R"("notional_max":"100000","fee_max":"0.001","loss_max":"50"}}}})",
                        one));
    yard.row(
        "newcomer", fmt::format(R"({{"revoke_delegate":{{"account":{},"venue":"venue"}}}})", one));
    yard.deposit("newcomer", one, "usdc", 1'000'000'000);
    yard.row("newcomer", fmt::format(R"({{"set_mode":{{"account":{},"mode":"portfolio"}}}})", one));
    const int two = yard.open("newcomer", 1'000'000);
    yard.row("newcomer",
        fmt::format(
            R"({{"transfer":{{"from":{},"to":{},"asset":0,"amount":"1000000"}}}})", one, two));
    yard.row(
        "venue", fmt::format(R"({{"report_orders":{{"nonce":{},"orders":[{{"account":3,"market":0,)"
                             R"("bid":"1","ask":"1"}}]}}}})",
                     yard.next_nonce()));
    yard.row("touch, 10 positions", "anyone", of_account("touch", 3));
    yard.row("anyone", of_market("accrue", 0));
    yard.row("maker", R"({"fund_insurance":{}})", {{"usdc", 1'000'000}});
    yard.row(
        "keeper", R"({"buy_inventory":{"asset":1,"buyer":3,"amount_max":"1000000000000000"}})");
}

/// Roles, stops, and what governance sets again as it is.
void govern(Yard& yard)
{
    yard.row("governance", R"({"set_role":{"address":"guardian","roles":2}})");
    yard.send("governance", R"({"set_role":{"address":"dao","roles":1}})");
    yard.row("dao", R"({"accept_role":{}})");
    yard.row("guardian", R"({"set_pause":{"actions":1}})");
    yard.send("guardian", R"({"set_pause":{"actions":0}})");
    yard.row("governance", Yard::underlying(0, ""));
    yard.row("governance", Yard::market(0, 0));
    yard.row("governance", Yard::asset(1, "token1"));
    yard.row("governance", Yard::PARAMS);
    yard.row("governance", R"({"set_settlement":{"window_s":1800,"coverage":"0.5",)"
                           R"("wait_s":3600,"price_bound":"0.1"}})");
    yard.row("guardian", of_market("set_reduce_only", 8));
    yard.send("governance", Yard::market(8, 0));
}

/// A token of its own contract, in and out.
void tokens(Yard& yard)
{
    yard.list_asset(3, "cw20:tokencontract");
    std::string wanted;
    contract::append_base64(wanted, R"({"deposit":{"account":3}})");
    yard.row("receive: a CW20 deposit, 10 positions", "tokencontract",
        fmt::format(R"({{"receive":{{"sender":"keeper","amount":"1000000000000000000",)"
                    R"("msg":"{}"}}}})",
            wanted));
    yard.row("withdraw of a CW20 token, 10 positions", "keeper",
        R"({"withdraw":{"account":3,"asset":3,"amount":"1000000000000000000"}})");
}

/// Profit, stakes, and a deficit that suppliers cover.
void cash(Yard& yard)
{
    const int loser = yard.open("loser", 100'000'000'000);
    yard.fill(0, loser, 1, "900");
    yard.push("820", false);
    yard.row("anyone", of_position("settle", loser, 0));
    yard.row("maker", of_position("claim", 1, 0));
    yard.row("governance", R"({"set_cash":{"borrow":{"base":"0.00005","slope_low":"0.0002",)"
                           R"("slope_high":"0.005","kink":"0.8","reserve_factor":"0.1",)"
                           R"("utilisation_max":"0.9","borrow_cap":"1000000",)"
                           R"("supply_loss_cap":"0.05"},"unbonding_s":604800}})");
    // What the insurance owes is repaid first: nobody stakes before.
    yard.send("maker", R"({"fund_insurance":{}})", {{"usdc", 50'000'000'000}});
    yard.row("staker", R"({"stake":{}})", {{"usdc", 1'000'000'000}});
    yard.row("staker", R"({"unstake":{"shares":"500000000000000000000000"}})");
    yard.wait(604'800);
    yard.row("staker", R"({"claim_unstaked":{}})");
    // Without room in its market what the loser owes becomes an open deficit.
    yard.send("governance", Yard::market(0, 0, "0"));
    yard.push("500", false);
    yard.send("anyone", of_account("flag", loser));
    yard.wait(1'000);
    yard.send("anyone", of_account("resolve", loser));
    // Whoever has not been touched since set_cash takes no part.
    yard.send("anyone", of_account("touch", 1));
    yard.send("anyone", of_account("touch", 3));
    yard.row("anyone", R"({"cover_deficit":{}})");
    yard.send("governance", Yard::market(0, 0));
}

/// The other two sales, and flags by the batch.
void sales(Yard& yard)
{
    // Long in one market on collateral that falls with it; and ten positions on cash.
    yard.push("500", false);
    const int owes = yard.open("owes", 1'000'000);
    yard.deposit("owes", owes, "token1", num::i128{num::WAD} * 20);
    yard.fill(2, owes, 1, "130");
    const int many = yard.open("many", 5'200'000'000);
    for (int market = 0; market < MARKETS; ++market)
        yard.fill(market, many, 1, "9");
    yard.push("440", false);
    yard.row("batch of 16 flags, 10 positions", "keeper", flags_of(many));
    yard.row("liquidate_slice, 10 positions", "keeper",
        fmt::format(
            R"({{"liquidate_slice":{{"account":{},"buyer":3,"fraction_max":"1"}}}})", many));
    yard.send("keeper", fmt::format(R"({{"liquidate":{{"account":{},"market":2,"buyer":3,)"
                                    R"("base_max":"1000"}}}})",
                            owes));
    yard.row("keeper", fmt::format(R"({{"liquidate_collateral":{{"account":{},"asset":1,)"
                                   R"("buyer":3,"amount_max":"1000000000000000000"}}}})",
                           owes));
}

/// Seven publishers of one feed.
void feeds(Yard& yard)
{
    std::string names;
    for (int i = 1; i <= 7; ++i) {
        yard.send("governance",
            fmt::format(R"({{"set_role":{{"address":"publisher{}","roles":4}}}})", i));
        names += fmt::format(R"({}"publisher{}")", i == 1 ? "" : ",", i);
    }
    yard.row("set_feed, 7 sources", "governance",
        fmt::format(R"({{"set_feed":{{"underlying":7,"publishers":[{}],"quorum":4,)"
                    R"("report_max_age_s":60,"jump_max":"5","jump_wait_s":300}}}})",
            names));
    for (int i = 1; i <= 7; ++i) {
        yard.wait(1);
        const std::string report =
            fmt::format(R"({{"push_prices":{{"prices":[{{"underlying":7,"price":"44{}",)"
                        R"("confidence":"0.5","publish_time":{}}}]}}}})",
                i, yard.now());
        if (i == 7)
            yard.row("push a report, 7 sources", "publisher7", report);
        else
            yard.send(fmt::format("publisher{}", i), report);
    }
    yard.send("governance", R"({"set_feed":{"underlying":7,"publishers":[]}})");
    yard.wait_until(300, 1);
    yard.push("440", false);
    yard.wait_until(300, 1);
    yard.row("observe, at an instant", "anyone", R"({"observe":{}})");
}

/// A market that ends, at a price that governance has to set.
void endings(Yard& yard)
{
    yard.push("440", false);
    yard.row("governance", of_market("wind_down", MARKETS - 1));
    const std::uint64_t end = yard.now() + 1'800;
    yard.wait(1'801);
    yard.row("governance",
        fmt::format(R"({{"set_settlement_price":{{"underlying":{},"expiry":{},"price":"440"}}}})",
            (MARKETS - 1) % UNDERLYINGS, end));
    yard.row("anyone", of_market("settle_market", MARKETS - 1));
    yard.push("440", false);
}

}  // namespace

std::string flags_of(int account)
{
    std::string calls;
    for (int i = 0; i < 16; ++i)
        calls += (i == 0 ? "" : ",") + of_account("flag", account);
    return fmt::format(R"({{"batch":{{"calls":[{}]}}}})", calls);
}

void measure_messages(Yard& yard)
{
    accounts(yard);
    govern(yard);
    tokens(yard);
    cash(yard);
    sales(yard);
    feeds(yard);
    endings(yard);
}

void measure_timelock(Yard& yard)
{
    yard.row("governance", R"({"set_timelock":{"timelock_s":3600,"pause_max_s":604800,)"
                           R"("pause_cool_s":86400}})");
    yard.row(
        "governance", R"({"propose":{"message":{"set_role":{"address":"guardian","roles":2}}}})");
    yard.send(
        "governance", R"({"propose":{"message":{"set_role":{"address":"mallory","roles":4}}}})");
    yard.row("guardian", R"({"cancel_proposal":{"id":2}})");
    yard.wait(3'601);
    yard.row("governance", R"({"execute_proposal":{"id":1}})");
}

}  // namespace plimsoll::sim
