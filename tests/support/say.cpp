// plimsoll: tests/support/say.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The messages of house.hpp as JSON, written by a library that the contract
// does not use.
#include "contract/base64.hpp"
#include "tests/support/house.hpp"

#include <nlohmann/json.hpp>

namespace plimsoll::test {

using nlohmann::json;

std::string Reply::at(const std::string& pointer) const
{
    const json answer = json::parse(data);
    const json::json_pointer where(pointer);
    if (!answer.contains(where))
        return "absent";
    const json& value = answer.at(where);
    return value.is_string() ? value.get<std::string>() : value.dump();
}

namespace say {
namespace {

Text tagged(const Text& verb, json body)
{
    json message = json::object();
    message[verb] = body.is_null() ? json::object() : std::move(body);
    return message.dump();
}

template <class T>
void add(json& body, const char* name, const std::optional<T>& value)
{
    if (value)
        body[name] = *value;
}

Text guarded(const Text& verb, json body, const Guards& guards)
{
    add(body, "worst_price", guards.worst_price);
    add(body, "nonce", guards.nonce);
    add(body, "deadline", guards.deadline);
    return tagged(verb, std::move(body));
}

json liquidation_of(const Params& p)
{
    json terms{{"buffer", p.buffer}, {"share_start", p.share_start}, {"share_fast", p.share_fast},
        {"share_max", p.share_max}, {"fee_share", p.fee_share}, {"fast_s", p.fast},
        {"slow_s", p.slow}, {"cool_s", p.cool}, {"close_out_notional", p.close_out_notional},
        {"insurance_reward_cap", p.reward_cap}, {"insurance_debt_cap", p.debt_cap}};
    if (p.pace)
        terms["pace"] = {
            {"window_s", 600}, {"notional_max", *p.pace}, {"patience_s", 300}, {"doubling_s", 60}};
    return terms;
}

json oracle_of(const Params& p)
{
    json oracle{{"max_age_trade_s", p.max_age_trade},
        {"max_age_liquidation_s", p.max_age_liquidation}, {"failed_after_s", p.failed_after},
        {"max_confidence", p.max_confidence}};
    add(oracle, "shock_after_s", p.shock_after);
    add(oracle, "longest_block_s", p.longest_block);
    add(oracle, "gap_min_s", p.gap_min);
    add(oracle, "grace_max_s", p.grace_max);
    return oracle;
}

/// A rule of a threshold and a factor from "threshold/factor".
json rule_of(const Text& rule)
{
    const std::size_t slash = rule.find('/');
    return {{"threshold", rule.substr(0, slash)}, {"factor", rule.substr(slash + 1)}};
}

}  // namespace

Text instantiate(const Text& governance, const Params& params, const Text& denom, Number decimals)
{
    const json quote{{"denom", denom}, {"decimals", decimals}, {"symbol", "USDC"}};
    return json{{"governance", governance}, {"quote", quote},
        {"liquidation", liquidation_of(params)}, {"oracle", oracle_of(params)}}
        .dump();
}

Text open_account()
{
    return tagged("open_account", json::object());
}
Text open_account(const Text& mode)
{
    return tagged("open_account", {{"mode", mode}});
}
Text set_mode(Number account, const Text& mode)
{
    return tagged("set_mode", {{"account", account}, {"mode", mode}});
}
Text report_orders(Number nonce, const std::vector<Orders>& orders)
{
    json list = json::array();
    for (const Orders& order : orders)
        list.push_back({{"account", order.account}, {"market", order.market}, {"bid", order.bid},
            {"ask", order.ask}});
    return tagged("report_orders", {{"nonce", nonce}, {"orders", list}});
}
Text deposit(Number account)
{
    return tagged("deposit", {{"account", account}});
}
Text withdraw(Number account, Number asset, const Text& amount)
{
    return tagged("withdraw", {{"account", account}, {"asset", asset}, {"amount", amount}});
}
Text delegate(Number account, const Text& venue, std::optional<Number> expires)
{
    json body{{"account", account}, {"venue", venue}};
    add(body, "expires", expires);
    return tagged("delegate", std::move(body));
}
Text delegate(Number account, const Text& venue, const Limits& limits)
{
    json body{{"account", account}, {"venue", venue}};
    if (!limits.markets.empty())
        body["markets"] = limits.markets;
    add(body, "notional_max", limits.notional_max);
    add(body, "fee_max", limits.fee_max);
    add(body, "loss_max", limits.loss_max);
    return tagged("delegate", std::move(body));
}
Text transfer(Number from, Number to, Number asset, const Text& amount)
{
    return tagged("transfer", {{"from", from}, {"to", to}, {"asset", asset}, {"amount", amount}});
}
Text batch(const std::vector<Text>& calls)
{
    json list = json::array();
    for (const Text& call : calls)
        list.push_back(json::parse(call));
    return tagged("batch", {{"calls", list}});
}
Text set_timelock(
    Number timelock, std::optional<Number> pause_max, std::optional<Number> pause_cool)
{
    json body{{"timelock_s", timelock}};
    add(body, "pause_max_s", pause_max);
    add(body, "pause_cool_s", pause_cool);
    return tagged("set_timelock", std::move(body));
}
Text propose(const Text& message)
{
    return tagged("propose", {{"message", json::parse(message)}});
}
Text execute_proposal(Number id)
{
    return tagged("execute_proposal", {{"id", id}});
}
Text cancel_proposal(Number id)
{
    return tagged("cancel_proposal", {{"id", id}});
}
Text accept_role()
{
    return tagged("accept_role", json::object());
}
Text dry_run(const Text& message, Number cursor, Number limit)
{
    return tagged(
        "dry_run", {{"message", json::parse(message)}, {"cursor", cursor}, {"limit", limit}});
}
Text revoke_delegate(Number account, const Text& venue)
{
    return tagged("revoke_delegate", {{"account", account}, {"venue", venue}});
}

Text settle_fills(Number nonce, const std::vector<Fill>& fills)
{
    json list = json::array();
    for (const Fill& fill : fills) {
        json body{{"market", fill.market}, {"buyer", fill.buyer}, {"seller", fill.seller},
            {"base", fill.base}, {"price", fill.price}};
        add(body, "taker", fill.taker);
        add(body, "ordered", fill.ordered);
        list.push_back(std::move(body));
    }
    return tagged("settle_fills", {{"nonce", nonce}, {"fills", list}});
}

Text set_feed(const Feed& feed)
{
    json body{{"underlying", feed.underlying}, {"publishers", feed.publishers}};
    add(body, "quorum", feed.quorum);
    add(body, "report_max_age_s", feed.report_max_age);
    add(body, "jump_max", feed.jump_max);
    add(body, "jump_wait_s", feed.jump_wait);
    if (feed.pyth)
        body["pyth"] = {{"contract", *feed.pyth}, {"feed_id", PYTH_FEED_ID}};
    return tagged("set_feed", std::move(body));
}
Text pull_prices(const std::vector<Number>& underlyings)
{
    return tagged("pull_prices", {{"underlyings", underlyings}});
}

Text push_price(Number underlying, const Text& price, Number publish_time, const Text& confidence)
{
    const json point{{"underlying", underlying}, {"price", price}, {"confidence", confidence},
        {"publish_time", publish_time}};
    return tagged("push_prices", {{"prices", json::array({point})}});
}
Text push_premium(Number market, const Text& premium)
{
    const json point{{"market", market}, {"premium", premium}};
    return tagged("push_prices", {{"prices", json::array()}, {"premiums", json::array({point})}});
}

Text push_surfaces(const std::vector<Surface>& surfaces)
{
    json list = json::array();
    for (const Surface& s : surfaces) {
        json point{{"underlying", s.underlying}, {"expiry", s.expiry},
            {"publish_time", s.publish_time}, {"forward", s.forward}, {"rate", s.rate},
            {"svi", {{"a", s.svi_a}, {"b", s.svi_b}, {"rho", "-0.3"}, {"m", "0.05"},
                        {"sigma", "0.2"}, {"forward", s.forward}, {"tau", "0.25"}}}};
        add(point, "vol_confidence", s.vol_confidence);
        list.push_back(point);
    }
    return tagged("push_prices", {{"prices", json::array()}, {"surfaces", list}});
}

Text flag(Number account)
{
    return tagged("flag", {{"account", account}});
}
Text liquidate(
    Number account, Number market, Number buyer, const Text& base_max, const Guards& guards)
{
    return guarded("liquidate",
        {{"account", account}, {"market", market}, {"buyer", buyer}, {"base_max", base_max}},
        guards);
}
Text liquidate_collateral(
    Number account, Number asset, Number buyer, const Text& amount_max, const Guards& guards)
{
    return guarded("liquidate_collateral",
        {{"account", account}, {"asset", asset}, {"buyer", buyer}, {"amount_max", amount_max}},
        guards);
}
Text liquidate_slice(
    Number account, Number buyer, const Text& fraction_max, const SliceGuards& guards)
{
    json body{{"account", account}, {"buyer", buyer}, {"fraction_max", fraction_max}};
    if (guards.pay_max)
        body["pay_max"] = *guards.pay_max;
    if (guards.nonce)
        body["nonce"] = *guards.nonce;
    if (guards.deadline)
        body["deadline"] = *guards.deadline;
    return tagged("liquidate_slice", body);
}
Text resolve(Number account)
{
    return tagged("resolve", {{"account", account}});
}
Text touch(Number account)
{
    return tagged("touch", {{"account", account}});
}
Text accrue(Number market)
{
    return tagged("accrue", {{"market", market}});
}
Text fund_insurance()
{
    return tagged("fund_insurance", json::object());
}
Text buy_inventory(
    Number asset, Number buyer, const Text& amount_max, std::optional<Text> worst_price)
{
    json body{{"asset", asset}, {"buyer", buyer}, {"amount_max", amount_max}};
    add(body, "worst_price", worst_price);
    return tagged("buy_inventory", std::move(body));
}

Text settle_market(Number market)
{
    return tagged("settle_market", {{"market", market}});
}
Text wind_down(Number market)
{
    return tagged("wind_down", {{"market", market}});
}
Text set_reduce_only(Number market)
{
    return tagged("set_reduce_only", {{"market", market}});
}
Text set_settlement(const Settlement& s)
{
    return tagged("set_settlement", {{"window_s", s.window}, {"coverage", s.coverage},
                                        {"wait_s", s.wait}, {"price_bound", s.price_bound}});
}
Text set_settlement_price(Number underlying, Number expiry, const Text& price)
{
    return tagged(
        "set_settlement_price", {{"underlying", underlying}, {"expiry", expiry}, {"price", price}});
}
Text ask_settlement(Number underlying, Number expiry)
{
    return tagged("settlement", {{"underlying", underlying}, {"expiry", expiry}});
}
Text set_pause(Number actions, std::optional<Number> until)
{
    json body{{"actions", actions}};
    add(body, "until", until);
    return tagged("set_pause", std::move(body));
}
Text set_role(const Text& address, Number roles)
{
    return tagged("set_role", {{"address", address}, {"roles", roles}});
}
Text set_asset(const Asset& a)
{
    json body{{"asset", a.asset}, {"denom", a.denom}, {"symbol", a.symbol},
        {"decimals", a.decimals}, {"underlying", a.underlying},
        {"initial_haircut", a.initial_haircut}, {"maintenance_haircut", a.maintenance_haircut},
        {"deposit_cap", a.deposit_cap}};
    add(body, "risk_cancelling", a.risk_cancelling);
    add(body, "pool_start", a.pool_start);
    add(body, "size_discount", a.size_discount);
    add(body, "volatility_multiple", a.volatility_multiple);
    add(body, "horizon_s", a.horizon);
    add(body, "volatility_cap", a.volatility_cap);
    if (a.confidence)
        body["confidence"] = rule_of(*a.confidence);
    return tagged("set_asset", std::move(body));
}
Text set_underlying(const Underlying& u)
{
    json body{{"underlying", u.underlying}, {"symbol", u.symbol},
        {"initial_fraction", u.initial_fraction}, {"maintenance_fraction", u.maintenance_fraction},
        {"profit_weight", u.profit_weight}};
    add(body, "profit_cap", u.profit_cap);
    if (u.scaling)
        body["scaling"] = {{"size_reference", "1000000"}, {"size_sqrt_coefficient", "0.1"},
            {"size_linear_coefficient", "0.02"}, {"open_interest_lower", u.open_interest_lower},
            {"open_interest_upper", u.open_interest_upper}};
    if (u.confidence)
        body["confidence"] = rule_of("0.6/0.7");
    if (u.depeg)
        body["depeg"] = rule_of("0.985/1.5");
    if (u.option)
        body["option"] = {{"max_initial", "0.15"}, {"min_initial", "0.1"},
            {"maintenance_call", u.maintenance_call}, {"maintenance_put", "0.075"},
            {"maintenance_put_mark", "0.075"}, {"maintenance_offset", "1.05"},
            {"unpaired_initial", "1.2"}, {"unpaired_maintenance", "1.1"}};
    return tagged("set_underlying", std::move(body));
}
Market future(Number market, Number expiry)
{
    Market m;
    m.market = market;
    m.symbol = "ETH-DATED";
    m.premium_max = "0";
    m.premium_window = 0;
    m.funding_window = 0;
    m.funding_cap = "0";
    m.kind = "future";
    m.expiry = expiry;
    return m;
}
Market option(Number market, Number expiry, const Text& strike, const Text& type)
{
    Market m = future(market, expiry);
    m.symbol = "ETH-OPTION";
    m.kind = "option";
    m.strike = strike;
    m.option_type = type;
    return m;
}
Text set_market(const Market& m)
{
    json body{{"market", m.market}, {"symbol", m.symbol}, {"underlying", m.underlying},
        {"lot", m.lot}, {"fill_band", m.fill_band}, {"premium_max", m.premium_max},
        {"premium_window_s", m.premium_window}, {"funding_window_s", m.funding_window},
        {"funding_cap", m.funding_cap}, {"open_interest_max", m.open_interest_max},
        {"loss_cap", m.loss_cap}, {"status", m.status}};
    add(body, "kind", m.kind);
    add(body, "expiry", m.expiry);
    add(body, "strike", m.strike);
    add(body, "option_type", m.option_type);
    add(body, "maker_fee", m.maker_fee);
    add(body, "taker_fee", m.taker_fee);
    add(body, "fill_at_oracle", m.fill_at_oracle);
    add(body, "liquidation_max", m.liquidation_max);
    add(body, "insurance_cap", m.insurance_cap);
    return tagged("set_market", std::move(body));
}
Text set_portfolio_risk(const PortfolioRisk& risk)
{
    json scenarios = json::array();
    for (const Text& scenario : risk.scenarios) {
        const std::size_t vol = scenario.find('/') + 1;
        const std::size_t damping = scenario.find('/', vol) + 1;
        scenarios.push_back({{"spot", scenario.substr(0, vol - 1)},
            {"vol", scenario.substr(vol, damping - vol - 1)},
            {"damping", scenario.substr(damping)}});
    }
    const auto levels = [](const Text& initial, const Text& maintenance) {
        return json{{"initial", initial}, {"maintenance", maintenance}};
    };
    json body = {{"underlying", risk.underlying}, {"scenarios", scenarios},
        {"vol_shock", {{"range_up", "0.45"}, {"range_down", "0.3"}, {"short_power", "0.3"},
                          {"long_power", "0.13"}, {"floor_days", "1"}, {"min_vol_up", "0.35"}}},
        {"skew_shock", {{"linear_cap", "0.2"}, {"linear_slope", "-0.06"}, {"abs_cap", "0.2"},
                           {"abs_slope", "-0.05"}, {"min_width", "0.01"}, {"width_scale", "4"},
                           {"vol_static", "0.9"}, {"vol_slope", "-0.2"}}},
        {"basis", {{"up", "1.04"}, {"down", "0.96"}, {"add", "0.25"}, {"mult", "1.2"}}},
        {"discount",
            {{"long_base", risk.long_base}, {"long_rate_mult", "0.5"}, {"long_rate_add", "0.1"},
                {"short_base", "1.03"}, {"short_rate_mult", "0.5"}, {"short_rate_add", "0.1"}}},
        {"factor", levels(risk.factor_initial, "0.9")},
        {"perp_contingency", levels("0.03", "0.02")},
        {"future_contingency", levels("0.015", "0.01")},
        {"option_contingency", levels("0.006", "0.004")}, {"confidence", rule_of("0.6/0.8")},
        {"depeg", rule_of("0.985/3")}};
    if (risk.widening_multiple)
        body["widening"] = {{"multiple", *risk.widening_multiple}, {"horizon_s", DAY},
            {"factor_max", "3"}, {"maintenance_factor_max", "2"}};
    return tagged("set_portfolio_risk", std::move(body));
}
Text set_observation(const Observation& o)
{
    json body = json::object();
    if (o.volatility) {
        body["volatility"] = {{"step_s", 300}, {"decay", o.decay}, {"clip", "4"}, {"start", "0.6"},
            {"floor", "0.05"}, {"cap", "5"}, {"stale_after_s", 3'600}};
        body["maintenance_per_hour"] = o.maintenance_per_hour;
    }
    if (o.correlation)
        body["correlation"] = {{"step", "0.1"}, {"hysteresis", "0.02"}, {"hold_s", o.hold}};
    if (o.stable_price)
        body["stable_price"] = {
            {"interval_s", 3'600}, {"delay_growth", "0.06"}, {"growth_per_hour", "0.15"}};
    add(body, "quote_feed", o.quote_feed);
    return tagged("set_observation", std::move(body));
}
Text observe()
{
    return tagged("observe", json::object());
}
Text set_correlation(const Text& band, const Text& max_relief, const std::vector<Pair>& pairs)
{
    json list = json::array();
    for (const Pair& pair : pairs) {
        json entry{{"a", pair.a}, {"b", pair.b}, {"rho", pair.rho}};
        add(entry, "band", pair.band);
        list.push_back(entry);
    }
    return tagged("set_correlation", {{"band", band}, {"max_relief", max_relief}, {"pairs", list}});
}
Text set_params(const Params& params)
{
    return tagged(
        "set_params", {{"liquidation", liquidation_of(params)}, {"oracle", oracle_of(params)}});
}
Text ask(const Text& query, const Text& field, Number id)
{
    return tagged(query, field.empty() ? json::object() : json{{field, id}});
}
Text preview(Number account, Number market, const Text& base_max)
{
    return tagged(
        "preview_liquidation", {{"account", account}, {"market", market}, {"base_max", base_max}});
}
Text preview_slice(Number account, const Text& fraction_max)
{
    return tagged("preview_slice", {{"account", account}, {"fraction_max", fraction_max}});
}

Text settle(Number account, Number market)
{
    return tagged("settle", {{"account", account}, {"market", market}});
}
Text claim(Number account, Number market)
{
    return tagged("claim", {{"account", account}, {"market", market}});
}
Text cover_deficit()
{
    return tagged("cover_deficit", json::object());
}
Text set_cash(const Cash& c)
{
    json body{
        {"borrow", {{"base", c.base}, {"slope_low", c.slope_low}, {"slope_high", c.slope_high},
                       {"kink", c.kink}, {"reserve_factor", c.reserve_factor},
                       {"utilisation_max", c.utilisation_max}, {"borrow_cap", c.borrow_cap},
                       {"supply_loss_cap", c.supply_loss_cap}}}};
    if (c.gate)
        body["gate"] = {{"absolute", c.absolute}, {"relative", c.relative},
            {"outflow_share", c.outflow_share}, {"window_s", c.window},
            {"closed_max_s", c.closed_max}};
    add(body, "unbonding_s", c.unbonding);
    return tagged("set_cash", std::move(body));
}
Text stake()
{
    return tagged("stake", json::object());
}
Text unstake(const Text& shares)
{
    return tagged("unstake", {{"shares", shares}});
}
Text claim_unstaked(const Text& min_amount)
{
    json body = json::object();
    if (!min_amount.empty())
        body["min_amount"] = min_amount;
    return tagged("claim_unstaked", body);
}

Text receive(const Text& owner, const Text& amount, const Text& wanted)
{
    Text msg;
    contract::append_base64(msg, wanted);
    return tagged("receive", {{"sender", owner}, {"amount", amount}, {"msg", msg}});
}

}  // namespace say
}  // namespace plimsoll::test
