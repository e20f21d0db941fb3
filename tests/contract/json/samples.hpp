// plimsoll: tests/contract/json/samples.hpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. One text of every message, with every field present.
#pragma once

#include <array>
#include <string_view>

namespace plimsoll::test {

inline constexpr std::string_view INSTANTIATE_SAMPLE =
    R"({"governance":"gov1","quote":{"denom":"uusdc","decimals":6,"symbol":"USDC"},)"
    R"("liquidation":{"buffer":"0.1","share_start":"0","share_fast":"0.3","share_max":"0.8",)"
    R"("fee_share":"0.1","fast_s":60,"slow_s":600,"cool_s":3600,"close_out_notional":"100",)"
    R"("insurance_reward_cap":"50"},"oracle":{"max_age_trade_s":30,"max_age_liquidation_s":60,)"
    R"("failed_after_s":3600,"max_confidence":"0.01"}})";

inline constexpr std::array<std::string_view, 21> EXECUTE_SAMPLES = {
    R"({"open_account":{}})",
    R"({"deposit":{"account":7}})",
    R"({"withdraw":{"account":7,"asset":0,"amount":"1000000"}})",
    R"({"delegate":{"account":7,"venue":"venue1","expires":1700000000}})",
    R"({"revoke_delegate":{"account":7,"venue":"venue1"}})",
    R"({"settle_fills":{"nonce":1,"fills":[)"
    R"({"market":1,"buyer":2,"seller":3,"base":"0.5","price":"100000"},)"
    R"({"market":2,"buyer":3,"seller":2,"base":"7","price":"0.000000000000000001"}]}})",
    R"({"push_prices":{"prices":[)"
    R"({"underlying":1,"price":"100000","confidence":"12.5","publish_time":1700000000}],)"
    R"("premiums":[{"market":1,"premium":"-3.25"}]}})",
    R"({"flag":{"account":7}})",
    R"({"liquidate":{"account":7,"market":1,"buyer":8,"base_max":"1.5","worst_price":"99",)"
    R"("nonce":3,"deadline":1700000000}})",
    R"({"liquidate_collateral":{"account":7,"asset":1,"buyer":8,"amount_max":"1500",)"
    R"("worst_price":"99","nonce":3,"deadline":1700000000}})",
    R"({"resolve":{"account":7}})",
    R"({"touch":{"account":7}})",
    R"({"accrue":{"market":1}})",
    R"({"fund_insurance":{}})",
    R"({"buy_inventory":{"asset":1,"buyer":8,"amount_max":"1500","worst_price":"99"}})",
    R"({"set_pause":{"actions":15}})",
    R"({"set_role":{"address":"venue1","roles":8}})",
    R"({"set_asset":{"asset":1,"denom":"ibc/27394FB092D2ECCD","symbol":"ATOM","decimals":6,)"
    R"("underlying":2,"initial_haircut":"0.3","maintenance_haircut":"0.2","deposit_cap":"1000"}})",
    R"({"set_underlying":{"underlying":1,"symbol":"BTC","initial_fraction":"0.1",)"
    R"("maintenance_fraction":"0.05","profit_weight":"0.5","profit_cap":"1000000"}})",
    R"({"set_market":{"market":1,"symbol":"BTC-PERP","underlying":1,"lot":"0.001",)"
    R"("fill_band":"0.05","premium_max":"0.01","premium_window_s":600,"funding_window_s":28800,)"
    R"("funding_cap":"0.1","open_interest_max":"1000","loss_cap":"0.2","status":"reduce_only"}})",
    R"({"set_params":{"liquidation":{"buffer":"0.1","share_start":"0","share_fast":"0.3",)"
    R"("share_max":"0.8","fee_share":"0.1","fast_s":60,"slow_s":600,"cool_s":3600,)"
    R"("close_out_notional":"100","insurance_reward_cap":"50"},"oracle":{"max_age_trade_s":30,)"
    R"("max_age_liquidation_s":60,"failed_after_s":3600,"max_confidence":"0.01"}}})",
};

inline constexpr std::array<std::string_view, 13> QUERY_SAMPLES = {
    R"({"config":{}})",
    R"({"roles":{"address":"venue1"}})",
    R"({"account":{"account":7}})",
    R"({"health":{"account":7}})",
    R"({"liquidatable":{"cursor":0,"limit":100}})",
    R"({"preview_liquidation":{"account":7,"market":1,"base_max":"1.5"}})",
    R"({"market":{"market":1}})",
    R"({"markets":{}})",
    R"({"asset":{"asset":1}})",
    R"({"underlying":{"underlying":1}})",
    R"({"prices":{}})",
    R"({"insurance":{}})",
    R"({"state":{}})",
};

}  // namespace plimsoll::test
