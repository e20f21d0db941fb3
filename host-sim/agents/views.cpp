// plimsoll: host-sim/agents/views.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. See views.hpp.
#include "host-sim/agents/views.hpp"

#include "engine/num/decimal.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace plimsoll::sim {
namespace {

using nlohmann::json;

/// Accounts that one page of the list looks at; the contract's most.
constexpr std::uint32_t PAGE_ACCOUNTS = 100;

json ask(Chain& chain, const std::string& query)
{
    const auto response = chain.query(query);
    if (!response.ok)
        throw QueryError(fmt::format("the query {} was refused: {}", query, response.error));
    return json::parse(response.data);
}

template <class Value>
Value decimal(const json& object, const char* name)
{
    const auto parsed =
        num::parse_decimal(object.at(name).get_ref<const std::string&>(), num::WAD_DECIMALS);
    if (!parsed)
        throw QueryError(fmt::format("a query's answer: {} is no decimal", name));
    return Value::from_raw(*parsed);
}

num::i128 tokens(const json& object, const char* name)
{
    const auto parsed = num::parse_integer(object.at(name).get_ref<const std::string&>());
    if (!parsed)
        throw QueryError(fmt::format("a query's answer: {} is no amount", name));
    return *parsed;
}

Stage stage_named(const std::string& name)
{
    if (name == "unflagged")
        return Stage::unflagged;
    if (name == "auction")
        return Stage::auction;
    if (name == "resolve")
        return Stage::resolve;
    if (name == "touch_first")
        return Stage::touch;
    throw QueryError(fmt::format("a query's answer: \"{}\" is no stage", name));
}

}  // namespace

Quantity AccountSeen::base_in(std::uint32_t market) const
{
    for (const auto& position : positions) {
        if (position.market == market)
            return position.base;
    }
    return Quantity();
}

AccountSeen see_account(Chain& chain, std::uint64_t account)
{
    const auto answer = ask(chain, fmt::format(R"({{"account":{{"account":{}}}}})", account));
    AccountSeen seen;
    seen.cash = decimal<Money>(answer, "cash");
    seen.nonce = answer.at("nonce").get<std::uint64_t>();
    if (answer.at("mode") == name_of(MarginMode::portfolio))
        seen.mode = MarginMode::portfolio;
    for (const auto& position : answer.at("positions")) {
        const auto base = decimal<Quantity>(position, "base");
        // Deleveraging or settlement may have emptied a position that nobody has touched since.
        if (base.is_zero()) {
            seen.has_flat = true;
        } else {
            seen.positions.push_back({.market = position.at("market").get<std::uint32_t>(),
                .base = base,
                .quote = decimal<Money>(position, "quote")});
        }
    }
    seen.has_claims = !answer.at("claims").empty();
    for (const auto& held : answer.at("collateral"))
        seen.collaterals.push_back({held.at("asset").get<std::uint32_t>(), tokens(held, "amount")});
    return seen;
}

HealthSeen see_health(Chain& chain, std::uint64_t account)
{
    const auto answer = ask(chain, fmt::format(R"({{"health":{{"account":{}}}}})", account));
    const auto& maintenance = answer.at("maintenance");
    return {.equity = decimal<Money>(answer, "equity"),
        .initial_health = decimal<Money>(answer.at("initial"), "health"),
        .maintenance_health = decimal<Money>(maintenance, "health"),
        .maintenance_requirement = decimal<Money>(maintenance, "requirement"),
        .share = decimal<Ratio>(answer, "share")};
}

std::vector<TargetSeen> see_liquidatable(Chain& chain)
{
    std::vector<TargetSeen> targets;
    std::uint64_t cursor = 0;
    while (true) {
        const auto page = ask(chain,
            fmt::format(R"({{"liquidatable":{{"cursor":{},"limit":{}}}}})", cursor, PAGE_ACCOUNTS));
        for (const auto& entry : page.at("accounts")) {
            TargetSeen target;
            target.account = entry.at("account").get<std::uint64_t>();
            target.stage = stage_named(entry.at("stage").get<std::string>());
            target.flagged_at = entry.at("flagged_at").get<std::uint64_t>();
            if (target.stage != Stage::touch)
                target.health = decimal<Money>(entry, "maintenance_health");
            targets.push_back(target);
        }
        if (page.at("next").is_null())
            return targets;
        cursor = page.at("next").get<std::uint64_t>();
    }
}

std::optional<PreviewSeen> see_preview(
    Chain& chain, std::uint64_t account, std::uint32_t market, Quantity base_max, bool& by_slice)
{
    const auto base = num::decimal_text(base_max.raw(), num::WAD_DECIMALS);
    const auto response = chain.query(
        fmt::format(R"({{"preview_liquidation":{{"account":{},"market":{},"base_max":"{}"}}}})",
            account, market, std::string_view(base)));
    by_slice =
        !response.ok && response.error.find(name_of(Error::sold_by_slice)) != std::string::npos;
    if (!response.ok)
        return std::nullopt;
    const auto answer = json::parse(response.data);
    PreviewSeen seen;
    seen.base = decimal<Quantity>(answer, "base");
    seen.nonce = answer.at("nonce").get<std::uint64_t>();
    const Money reward =
        decimal<Money>(answer, "reward") + decimal<Money>(answer, "reward_from_insurance");
    const Price gain = price_floor(reward, seen.base);
    const auto mark = decimal<Price>(answer, "mark");
    seen.price = answer.at("side") == "long" ? mark - gain : mark + gain;
    return seen;
}

std::optional<SliceSeen> see_slice(Chain& chain, std::uint64_t account, Ratio fraction_max)
{
    const auto fraction = num::decimal_text(fraction_max.raw(), num::WAD_DECIMALS);
    const auto response =
        chain.query(fmt::format(R"({{"preview_slice":{{"account":{},"fraction_max":"{}"}}}})",
            account, std::string_view(fraction)));
    if (!response.ok)
        return std::nullopt;
    const auto answer = json::parse(response.data);
    SliceSeen seen;
    seen.fraction = decimal<Ratio>(answer, "fraction");
    seen.pays = decimal<Money>(answer, "pays");
    seen.reward =
        decimal<Money>(answer, "reward") + decimal<Money>(answer, "reward_from_insurance");
    seen.nonce = answer.at("nonce").get<std::uint64_t>();
    for (const auto& position : answer.at("positions")) {
        const auto base = decimal<Quantity>(position, "base");
        seen.positions.push_back({.market = position.at("market").get<std::uint32_t>(),
            .base = position.at("side") == "long" ? base : -base,
            .quote = Money()});
    }
    for (const auto& held : answer.at("collateral"))
        seen.collaterals.push_back({held.at("asset").get<std::uint32_t>(), tokens(held, "amount")});
    return seen;
}

std::vector<MarketSeen> see_markets(Chain& chain, std::size_t count)
{
    std::vector<MarketSeen> markets;
    const auto answer = ask(chain, fmt::format(R"({{"markets":{{"limit":{}}}}})", count));
    for (const auto& market : answer.at("markets")) {
        markets.push_back(
            {.mark = market.contains("mark") ? decimal<Price>(market, "mark") : Price(),
                .open_interest = decimal<Quantity>(market, "open_interest")});
    }
    return markets;
}

InsuranceSeen see_insurance(Chain& chain)
{
    const auto answer = ask(chain, R"({"insurance":{}})");
    InsuranceSeen seen;
    seen.balance = decimal<Money>(answer, "balance");
    seen.open_deficit = decimal<Money>(answer, "open_deficit");
    for (const auto& held : answer.at("inventory"))
        seen.inventory.push_back({held.at("asset").get<std::uint32_t>(), tokens(held, "amount")});
    return seen;
}

}  // namespace plimsoll::sim
