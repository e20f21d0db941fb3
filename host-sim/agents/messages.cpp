// plimsoll: host-sim/agents/messages.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. See messages.hpp.
#include "host-sim/agents/messages.hpp"

#include "host-sim/text.hpp"

#include <nlohmann/json.hpp>

namespace plimsoll::sim {
namespace {

using nlohmann::json;

std::string message(std::string_view verb, json body)
{
    json whole = json::object();
    whole[std::string(verb)] = std::move(body);
    return whole.dump();
}

json svi_json(const Svi& svi)
{
    return {{"a", text(svi.a)}, {"b", text(svi.b)}, {"rho", text(svi.rho)}, {"m", text(svi.m)},
        {"sigma", text(svi.sigma)}, {"forward", text(svi.forward)}, {"tau", text(svi.tau)}};
}

void add_guards(json& body, const Guards& guards)
{
    if (guards.worst_price)
        body["worst_price"] = text(*guards.worst_price);
    if (guards.nonce)
        body["nonce"] = *guards.nonce;
    if (guards.deadline_s)
        body["deadline"] = *guards.deadline_s;
}

}  // namespace

std::string open_account_message(MarginMode mode)
{
    json body = json::object();
    if (mode != MarginMode::standard)
        body["mode"] = name_of(mode);
    return message("open_account", std::move(body));
}

std::string deposit_message(std::uint64_t account)
{
    return message("deposit", {{"account", account}});
}

std::string withdraw_message(std::uint64_t account, std::uint32_t asset, num::i128 amount)
{
    return message(
        "withdraw", {{"account", account}, {"asset", asset}, {"amount", amount_text(amount)}});
}

std::string delegate_message(std::uint64_t account, std::string_view venue)
{
    return message("delegate", {{"account", account}, {"venue", venue}});
}

std::string settle_fills_message(std::uint64_t nonce, std::span<const FillText> fills)
{
    json list = json::array();
    for (const auto& fill : fills) {
        list.push_back({{"market", fill.market}, {"buyer", fill.buyer}, {"seller", fill.seller},
            {"base", text(fill.base)}, {"price", text(fill.price)}});
    }
    return message("settle_fills", {{"nonce", nonce}, {"fills", std::move(list)}});
}

std::string push_prices_message(std::span<const PriceReport> prices,
    std::span<const PremiumReport> premiums, std::span<const SurfaceReport> surfaces)
{
    json price_list = json::array();
    for (const auto& report : prices) {
        price_list.push_back({{"underlying", report.underlying}, {"price", text(report.price)},
            {"confidence", text(report.confidence)}, {"publish_time", report.publish_time_s}});
    }
    json body{{"prices", std::move(price_list)}};
    if (!premiums.empty()) {
        json premium_list = json::array();
        for (const auto& report : premiums)
            premium_list.push_back({{"market", report.market}, {"premium", text(report.premium)}});
        body["premiums"] = std::move(premium_list);
    }
    if (!surfaces.empty()) {
        json surface_list = json::array();
        for (const auto& report : surfaces) {
            const auto& surface = report.surface;
            surface_list.push_back(
                {{"underlying", report.underlying}, {"expiry", surface.expiry.raw()},
                    {"publish_time", surface.published.raw()}, {"forward", text(surface.forward)},
                    {"rate", text(surface.rate)}, {"svi", svi_json(surface.svi)}});
        }
        body["surfaces"] = std::move(surface_list);
    }
    return message("push_prices", std::move(body));
}

std::string flag_message(std::uint64_t account)
{
    return message("flag", {{"account", account}});
}

std::string resolve_message(std::uint64_t account)
{
    return message("resolve", {{"account", account}});
}

std::string touch_message(std::uint64_t account)
{
    return message("touch", {{"account", account}});
}

std::string settle_market_message(std::uint32_t market)
{
    return message("settle_market", {{"market", market}});
}

std::string fund_insurance_message()
{
    return message("fund_insurance", json::object());
}

std::string liquidate_message(std::uint64_t account, std::uint32_t market, std::uint64_t buyer,
    Quantity base_max, const Guards& guards)
{
    json body{
        {"account", account}, {"market", market}, {"buyer", buyer}, {"base_max", text(base_max)}};
    add_guards(body, guards);
    return message("liquidate", std::move(body));
}

std::string liquidate_collateral_message(std::uint64_t account, std::uint32_t asset,
    std::uint64_t buyer, num::i128 amount_max, const Guards& guards)
{
    json body{{"account", account}, {"asset", asset}, {"buyer", buyer},
        {"amount_max", amount_text(amount_max)}};
    add_guards(body, guards);
    return message("liquidate_collateral", std::move(body));
}

std::string liquidate_slice_message(std::uint64_t account, std::uint64_t buyer, Ratio fraction_max,
    Money pay_max, const Guards& guards)
{
    json body{{"account", account}, {"buyer", buyer}, {"fraction_max", text(fraction_max)},
        {"pay_max", text(pay_max)}};
    add_guards(body, guards);
    return message("liquidate_slice", std::move(body));
}

std::string buy_inventory_message(std::uint32_t asset, std::uint64_t buyer, num::i128 amount_max)
{
    return message("buy_inventory",
        {{"asset", asset}, {"buyer", buyer}, {"amount_max", amount_text(amount_max)}});
}

std::string set_role_message(std::string_view address, std::uint32_t roles)
{
    return message("set_role", {{"address", address}, {"roles", roles}});
}

}  // namespace plimsoll::sim
