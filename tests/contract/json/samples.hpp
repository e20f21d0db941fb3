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
    R"("insurance_reward_cap":"50","insurance_debt_cap":"900","pace":{"window_s":600,"notional_max":"1000000","patience_s":300,"doubling_s":60})"
    R"(},"oracle":{"max_age_trade_s":30,"max_age_liquidation_s":60,)"
    R"("failed_after_s":3600,"max_confidence":"0.01",)"
    R"("shock_after_s":7200,"longest_block_s":10,"gap_min_s":60,"grace_max_s":600}})";

inline constexpr std::array<std::string_view, 50> EXECUTE_SAMPLES = {
    R"({"open_account":{"mode":"portfolio"}})",
    R"({"deposit":{"account":7}})",
    R"({"withdraw":{"account":7,"asset":0,"amount":"1000000"}})",
    R"({"delegate":{"account":7,"venue":"venue1","expires":1700000000,)"
    R"("markets":[0,1],"notional_max":"100000","fee_max":"0.001","loss_max":"50"}})",
    R"({"revoke_delegate":{"account":7,"venue":"venue1"}})",
    R"({"set_mode":{"account":7,"mode":"portfolio"}})",
    R"({"settle_fills":{"nonce":1,"fills":[)"
    R"({"market":1,"buyer":2,"seller":3,"base":"0.5","price":"100000","taker":"buyer",)"
    R"("ordered":1700000000},)"
    R"({"market":2,"buyer":3,"seller":2,"base":"7","price":"0.000000000000000001"}]}})",
    R"({"report_orders":{"nonce":2,"orders":[{"account":7,"market":1,"bid":"1.5","ask":"0"}]}})",
    R"({"push_prices":{"prices":[)"
    R"({"underlying":1,"price":"100000","confidence":"12.5","publish_time":1700000000}],)"
    R"("premiums":[{"market":1,"premium":"-3.25"}],"surfaces":[{"underlying":1,)"
    R"("expiry":1800000000,"publish_time":1700000000,"forward":"101000","rate":"-0.01",)"
    R"("svi":{"a":"0.01","b":"0.1","rho":"-0.3","m":"0.05","sigma":"0.2","forward":"101000",)"
    R"("tau":"0.25"},"forward_confidence":"0.9","rate_confidence":"0.8",)"
    R"("vol_confidence":"0.7"}]}})",
    R"({"flag":{"account":7}})",
    R"({"liquidate":{"account":7,"market":1,"buyer":8,"base_max":"1.5","worst_price":"99",)"
    R"("nonce":3,"deadline":1700000000}})",
    R"({"liquidate_collateral":{"account":7,"asset":1,"buyer":8,"amount_max":"1500",)"
    R"("worst_price":"99","nonce":3,"deadline":1700000000}})",
    R"({"liquidate_slice":{"account":7,"buyer":8,"fraction_max":"0.25","pay_max":"-99",)"
    R"("nonce":3,"deadline":1700000000}})",
    R"({"resolve":{"account":7}})",
    R"({"touch":{"account":7}})",
    R"({"accrue":{"market":1}})",
    R"({"fund_insurance":{}})",
    R"({"buy_inventory":{"asset":1,"buyer":8,"amount_max":"1500","worst_price":"99"}})",
    R"({"set_pause":{"actions":15,"until":1700000000}})",
    R"({"set_role":{"address":"venue1","roles":8}})",
    R"({"set_asset":{"asset":1,"denom":"ibc/27394FB092D2ECCD","symbol":"ATOM","decimals":6,)"
    R"("underlying":2,"initial_haircut":"0.3","maintenance_haircut":"0.2","deposit_cap":"1000",)"
    R"("risk_cancelling":true,"pool_start":"5000","size_discount":"0.001",)"
    R"("volatility_multiple":"3","horizon_s":86400,"volatility_cap":"0.5",)"
    R"("confidence":{"threshold":"0.6","factor":"0.5"}}})",
    R"({"set_underlying":{"underlying":1,"symbol":"BTC","initial_fraction":"0.1",)"
    R"("maintenance_fraction":"0.05","profit_weight":"0.5","profit_cap":"1000000",)"
    R"("scaling":{"size_reference":"1000000","size_sqrt_coefficient":"0.1",)"
    R"("size_linear_coefficient":"0.02","open_interest_lower":"20000000",)"
    R"("open_interest_upper":"50000000"},"confidence":{"threshold":"0.6","factor":"0.7"},)"
    R"("depeg":{"threshold":"0.985","factor":"1.5"},"option":{"max_initial":"0.15",)"
    R"("min_initial":"0.1","maintenance_call":"0.075","maintenance_put":"0.075",)"
    R"("maintenance_put_mark":"0.075","maintenance_offset":"1.05","unpaired_initial":"1.2",)"
    R"("unpaired_maintenance":"1.1"}}})",
    R"({"set_portfolio_risk":{"underlying":1,"scenarios":[{"spot":"1.1","vol":"up","damping":"1"},)"
    R"({"spot":"0.9","vol":"down","damping":"0.5"},{"spot":"1","vol":"skew_abs","damping":"1"}],)"
    R"("vol_shock":{"range_up":"0.45","range_down":"0.3","short_power":"0.3",)"
    R"("long_power":"0.13","floor_days":"1","min_vol_up":"0.35"},"skew_shock":{)"
    R"("linear_cap":"0.2","linear_slope":"-0.06","abs_cap":"0.2","abs_slope":"-0.05",)"
    R"("min_width":"0.01","width_scale":"4","vol_static":"0.9","vol_slope":"-0.2"},)"
    R"("basis":{"up":"1.04","down":"0.96","add":"0.25","mult":"1.2"},)"
    R"("discount":{"long_base":"0.96","long_rate_mult":"0.5","long_rate_add":"0.1",)"
    R"("short_base":"1.03","short_rate_mult":"0.5","short_rate_add":"0.1",)"
    R"("mark_rate_mult":"1"},"factor":{"initial":"1.1","maintenance":"0.9"},)"
    R"("perp_contingency":{"initial":"0.03","maintenance":"0.02"},)"
    R"("future_contingency":{"initial":"0.015","maintenance":"0.01"},)"
    R"("option_contingency":{"initial":"0.006","maintenance":"0.004"},)"
    R"("confidence":{"threshold":"0.6","factor":"0.8"},)"
    R"("depeg":{"threshold":"0.985","factor":"3"},"widening":{"multiple":"3",)"
    R"("horizon_s":86400,"factor_max":"3","maintenance_factor_max":"2"}}})",
    R"({"set_correlation":{"band":"0.3","max_relief":"0.8","pairs":[)"
    R"({"a":0,"b":1,"rho":"0.8","band":"0.25"},{"a":2,"b":1,"rho":"-1"}]}})",
    R"({"set_market":{"market":1,"symbol":"BTC-PERP","underlying":1,"lot":"0.001",)"
    R"("fill_band":"0.05","premium_max":"0.01","premium_window_s":600,"funding_window_s":28800,)"
    R"("funding_cap":"0.1","open_interest_max":"1000","loss_cap":"0.2","liquidation_max":"500000",)"
    R"("insurance_cap":"20000","status":"reduce_only",)"
    R"("kind":"option","expiry":1800000000,"strike":"100000","option_type":"put",)"
    R"("maker_fee":"0.0002","taker_fee":"0.0005","fill_at_oracle":true}})",
    R"({"set_params":{"liquidation":{"buffer":"0.1","share_start":"0","share_fast":"0.3",)"
    R"("share_max":"0.8","fee_share":"0.1","fast_s":60,"slow_s":600,"cool_s":3600,)"
    R"("close_out_notional":"100","insurance_reward_cap":"50","insurance_debt_cap":"0",)"
    R"("pace":{"window_s":600,"notional_max":"1000000","patience_s":300,"doubling_s":60})"
    R"(},"oracle":{"max_age_trade_s":30,)"
    R"("max_age_liquidation_s":60,"failed_after_s":3600,"max_confidence":"0.01",)"
    R"("shock_after_s":7200,"longest_block_s":10,"gap_min_s":60,"grace_max_s":600}}})",
    R"({"set_observation":{"volatility":{"step_s":300,"decay":"0.9976","clip":"4","start":"0.8",)"
    R"("floor":"0.1","cap":"5","stale_after_s":3600},"maintenance_per_hour":"0.01",)"
    R"("correlation":{"step":"0.1","hysteresis":"0.02","hold_s":3600},"stable_price":{)"
    R"("interval_s":3600,"delay_growth":"0.06","growth_per_hour":"0.15"},"quote_feed":2}})",
    R"({"observe":{}})",
    R"({"settle_market":{"market":1}})",
    R"({"wind_down":{"market":1}})",
    R"({"set_reduce_only":{"market":1}})",
    R"({"set_settlement":{"window_s":1800,"coverage":"0.5","wait_s":3600,"price_bound":"0.1"}})",
    R"({"set_settlement_price":{"underlying":1,"expiry":1800000000,"price":"100000"}})",
    R"({"set_feed":{"underlying":1,"publishers":["feeder1","feeder2"],"quorum":2,)"
    R"("report_max_age_s":60,"jump_max":"5","jump_wait_s":300,"pyth":{"contract":"pyth1",)"
    R"("feed_id":"e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43"}}})",
    R"({"pull_prices":{"underlyings":[0,1]}})",
    R"({"set_timelock":{"timelock_s":86400,"pause_max_s":3600,"pause_cool_s":7200}})",
    R"({"propose":{"message":{"set_role":{"address":"venue1","roles":8}}}})",
    R"({"execute_proposal":{"id":1}})",
    R"({"cancel_proposal":{"id":1}})",
    R"({"accept_role":{}})",
    R"({"transfer":{"from":7,"to":8,"asset":0,"amount":"1000000"}})",
    R"({"batch":{"calls":[{"flag":{"account":7}},{"touch":{"account":7}}]}})",
    R"({"settle":{"account":7,"market":1}})",
    R"({"claim":{"account":7,"market":1}})",
    R"({"cover_deficit":{}})",
    R"({"set_cash":{"borrow":{"base":"0.00005","slope_low":"0.0002","slope_high":"0.005",)"
    R"("kink":"0.8","reserve_factor":"0.1","utilisation_max":"0.9","borrow_cap":"1000000",)"
    R"("supply_loss_cap":"0.05"},"gate":{"absolute":"1000","relative":"0.01",)"
    R"("outflow_share":"0.1","window_s":3600,"closed_max_s":86400},"unbonding_s":604800}})",
    R"({"stake":{}})",
    R"({"unstake":{"shares":"1000000"}})",
    R"({"claim_unstaked":{"min_amount":"999"}})",
    R"({"receive":{"sender":"alice","amount":"1500","msg":"eyJzdGFrZSI6e319"}})",
};

inline constexpr std::array<std::string_view, 27> QUERY_SAMPLES = {
    R"({"config":{}})",
    R"({"roles":{"address":"venue1"}})",
    R"({"account":{"account":7}})",
    R"({"health":{"account":7}})",
    R"({"liquidatable":{"cursor":0,"limit":100}})",
    R"({"preview_liquidation":{"account":7,"market":1,"base_max":"1.5"}})",
    R"({"preview_slice":{"account":7,"fraction_max":"0.25"}})",
    R"({"market":{"market":1}})",
    R"({"markets":{"cursor":1,"limit":10}})",
    R"({"asset":{"asset":1}})",
    R"({"underlying":{"underlying":1}})",
    R"({"portfolio_risk":{"underlying":1}})",
    R"({"correlation":{"cursor":1,"limit":10}})",
    R"({"prices":{}})",
    R"({"observed":{"underlying":1}})",
    R"({"surface":{"underlying":1}})",
    R"({"insurance":{}})",
    R"({"state":{}})",
    R"({"what_if":{"account":7,"mode":"portfolio","prices":[{"underlying":0,"price":"2000"}],"trades":[{"market":3,"base":"-1.5","price":"20"}],"liquidation_prices":true}})",
    R"({"settlement":{"underlying":1,"expiry":1800000000}})",
    R"({"feed":{"underlying":1}})",
    R"({"proposal":{"id":1}})",
    R"({"proposals":{"cursor":0,"limit":100}})",
    R"({"dry_run":{"message":{"set_role":{"address":"venue1","roles":8}},"proposal":1,"cursor":0,"limit":50}})",
    R"({"cash":{}})",
    R"({"stake":{"address":"staker1"}})",
    R"({"accounts":{"owner":"alice","cursor":0,"limit":100}})",
};

}  // namespace plimsoll::test
