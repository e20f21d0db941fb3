// plimsoll: tests/support/say.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The messages of house.hpp as JSON, written by a library that the contract
// does not use.
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
    return {{"buffer", p.buffer}, {"share_start", p.share_start}, {"share_fast", p.share_fast},
        {"share_max", p.share_max}, {"fee_share", p.fee_share}, {"fast_s", p.fast},
        {"slow_s", p.slow}, {"cool_s", p.cool}, {"close_out_notional", p.close_out_notional},
        {"insurance_reward_cap", p.reward_cap}};
}

json oracle_of(const Params& p)
{
    return {{"max_age_trade_s", p.max_age_trade}, {"max_age_liquidation_s", p.max_age_liquidation},
        {"failed_after_s", p.failed_after}, {"max_confidence", p.max_confidence}};
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
Text revoke_delegate(Number account, const Text& venue)
{
    return tagged("revoke_delegate", {{"account", account}, {"venue", venue}});
}

Text settle_fills(Number nonce, const std::vector<Fill>& fills)
{
    json list = json::array();
    for (const Fill& fill : fills)
        list.push_back({{"market", fill.market}, {"buyer", fill.buyer}, {"seller", fill.seller},
            {"base", fill.base}, {"price", fill.price}});
    return tagged("settle_fills", {{"nonce", nonce}, {"fills", list}});
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

Text set_pause(Number actions)
{
    return tagged("set_pause", {{"actions", actions}});
}
Text set_role(const Text& address, Number roles)
{
    return tagged("set_role", {{"address", address}, {"roles", roles}});
}
Text set_asset(const Asset& a)
{
    return tagged("set_asset",
        {{"asset", a.asset}, {"denom", a.denom}, {"symbol", a.symbol}, {"decimals", a.decimals},
            {"underlying", a.underlying}, {"initial_haircut", a.initial_haircut},
            {"maintenance_haircut", a.maintenance_haircut}, {"deposit_cap", a.deposit_cap}});
}
Text set_underlying(const Underlying& u)
{
    json body{{"underlying", u.underlying}, {"symbol", u.symbol},
        {"initial_fraction", u.initial_fraction}, {"maintenance_fraction", u.maintenance_fraction},
        {"profit_weight", u.profit_weight}};
    add(body, "profit_cap", u.profit_cap);
    return tagged("set_underlying", std::move(body));
}
Text set_market(const Market& m)
{
    return tagged("set_market",
        {{"market", m.market}, {"symbol", m.symbol}, {"underlying", m.underlying}, {"lot", m.lot},
            {"fill_band", m.fill_band}, {"premium_max", m.premium_max},
            {"premium_window_s", m.premium_window}, {"funding_window_s", m.funding_window},
            {"funding_cap", m.funding_cap}, {"open_interest_max", m.open_interest_max},
            {"loss_cap", m.loss_cap}, {"status", m.status}});
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

}  // namespace say
}  // namespace plimsoll::test
