// plimsoll: host-sim/scenario.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See scenario.hpp. The parts that hold agents are in scenario_agents.cpp.
#include "host-sim/scenario.hpp"

#include "host-sim/json_text.hpp"
#include "host-sim/scenario_agents.hpp"
#include "host-sim/scenario_field.hpp"
#include "host-sim/scenario_options.hpp"
#include "host-sim/sha256.hpp"

#include <charconv>
#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <vector>

namespace plimsoll::sim {
namespace {

using nlohmann::json;

constexpr std::string_view FORMAT = "plimsoll-scenario-1";
constexpr std::uint32_t BLOCKS_MAX = 1'000'000;
constexpr std::uint32_t IDS_MAX = 31;

/// Tables and columns are told apart by symbols, so no two of a kind may share one.
template <class Plan>
void refuse_same_symbols(const std::vector<Plan>& plans, std::string_view kind, const Field& field)
{
    std::set<std::string, std::less<>> symbols;
    for (const auto& plan : plans) {
        if (!symbols.insert(plan.symbol).second)
            field.fail(fmt::format("two {} have the symbol \"{}\"", kind, plan.symbol));
    }
}

/// Takes a field of a contract message that the simulator reads too.
Field member(const Field& message, std::string_view name)
{
    return Field(message).at(name);
}

void read_tokens(Field contract, Scenario& scenario)
{
    auto quote = contract.at("quote");
    scenario.tokens.push_back({.asset = 0,
        .denom = quote.at("denom").as_text(),
        .symbol = quote.at("symbol").as_symbol(),
        .decimals = static_cast<int>(quote.at("decimals").as_small(18)),
        .underlying = 0,
        .initial_haircut = Ratio(),
        .maintenance_haircut = Ratio()});
    quote.finish();
    for (const auto& asset : contract.at("assets").items()) {
        if (member(asset, "asset").as_small(IDS_MAX) != scenario.tokens.size())
            asset.fail("assets must be numbered 1, 2, 3 and so on");
        scenario.tokens.push_back({.asset = member(asset, "asset").as_small(IDS_MAX),
            .denom = member(asset, "denom").as_text(),
            .symbol = member(asset, "symbol").as_symbol(),
            .decimals = static_cast<int>(member(asset, "decimals").as_small(18)),
            .underlying = member(asset, "underlying").as_small(IDS_MAX),
            .initial_haircut = member(asset, "initial_haircut").as_share(),
            .maintenance_haircut = member(asset, "maintenance_haircut").as_share()});
    }
}

void read_markets(Field contract, Scenario& scenario)
{
    for (const auto& market : contract.at("markets").items()) {
        if (member(market, "market").as_small(IDS_MAX) != scenario.markets.size())
            market.fail("markets must be numbered 0, 1, 2 and so on");
        scenario.markets.push_back({.market = member(market, "market").as_small(IDS_MAX),
            .symbol = member(market, "symbol").as_symbol(),
            .underlying = member(market, "underlying").as_small(IDS_MAX),
            .lot = member(market, "lot").as_quantity(),
            .fill_band = member(market, "fill_band").as_share(),
            .premium_max = member(market, "premium_max").as_share(),
            .kind = MarketKind::perpetual,
            .type = OptionType::call,
            .strike = Price(),
            .expiry_s = 0});
    }
    scenario.perpetual_count = scenario.markets.size();
}

/// Symbols and margins of underlyings; their paths come from the list of prices.
void read_underlyings(Field contract, Scenario& scenario)
{
    for (const auto& underlying : contract.at("underlyings").items()) {
        if (member(underlying, "underlying").as_small(IDS_MAX) != scenario.prices.size())
            underlying.fail("underlyings must be numbered 0, 1, 2 and so on");
        PricePlan plan;
        plan.underlying = member(underlying, "underlying").as_small(IDS_MAX);
        plan.symbol = member(underlying, "symbol").as_symbol();
        plan.initial_fraction = member(underlying, "initial_fraction").as_share();
        if (plan.initial_fraction.raw() == 0)
            underlying.fail("initial_fraction must be above zero");
        scenario.prices.push_back(std::move(plan));
    }
}

void read_contract(Field contract, Scenario& scenario)
{
    read_underlyings(contract, scenario);
    read_tokens(contract, scenario);
    read_markets(contract, scenario);
    (void)contract.at("liquidation");
    (void)contract.at("oracle");
    if (contract.has("observation"))
        (void)contract.at("observation");
    scenario.insurance = contract.at("insurance").as_money();
    for (const std::string_view name : {"underlyings", "quote", "assets", "markets"})
        (void)contract.at(name);
    contract.finish();
    refuse_same_symbols(scenario.prices, "underlyings", contract);
    refuse_same_symbols(scenario.tokens, "assets", contract);
    refuse_same_symbols(scenario.markets, "markets", contract);
    scenario.contract = contract.json();
    for (const auto& token : scenario.tokens) {
        if (token.asset != 0 && token.underlying >= scenario.prices.size())
            contract.fail(fmt::format("asset {} has an unknown underlying", token.asset));
    }
    for (const auto& market : scenario.markets) {
        if (market.underlying >= scenario.prices.size())
            contract.fail(fmt::format("market {} has an unknown underlying", market.market));
    }
    if (scenario.markets.empty())
        contract.fail("needs at least one market");
}

BridgePlan read_bridge(Field& price, const Scenario& scenario)
{
    BridgePlan plan;
    plan.common_share = price.at("correlation").as_share();
    for (const auto& waypoint : price.at("waypoints").items()) {
        const auto pair = waypoint.items(2);
        plan.waypoints.push_back({pair[0].as_block(scenario), pair[1].as_price()});
    }
    for (auto low : price.at("lows").items()) {
        plan.lows.push_back({.from = low.at("from").as_block(scenario),
            .until = low.at("until").as_block(scenario),
            .price = low.at("price").as_price()});
        low.finish();
    }
    for (const auto& window : price.at("volatility").items()) {
        const auto pair = window.items(2);
        plan.volatility.push_back({pair[0].as_block(scenario), pair[1].as_share()});
    }
    if (const auto fault = bridge_fault(plan); !fault.empty())
        price.fail(fault);
    return plan;
}

ImpactPlan read_impact(Field impact, Ratio& premium_share)
{
    ImpactPlan plan;
    plan.prefactor = impact.at("prefactor").as_ratio(100);
    plan.volatility_day = impact.at("volatility_day").as_share();
    plan.volume_day = impact.at("volume_day").as_money();
    plan.impact_max = impact.at("impact_max").as_share();
    plan.half_life_blocks = impact.at("half_life_blocks").as_small(100'000);
    premium_share = impact.at("premium_share").as_share();
    impact.finish();
    if (plan.half_life_blocks == 0 || plan.volume_day <= Money())
        impact.fail("half_life_blocks and volume_day must be above zero");
    return plan;
}

void read_prices(const Field& list, Scenario& scenario)
{
    const auto items = list.items(scenario.prices.size());
    for (std::uint32_t i = 0; i < items.size(); ++i) {
        Field price = items[i];
        if (price.at("underlying").as_small(IDS_MAX) != i)
            price.fail("prices must stand in the order of the underlyings");
        auto& plan = scenario.prices[i];
        plan.bridge = read_bridge(price, scenario);
        plan.impact = read_impact(price.at("impact"), plan.premium_share);
        price.finish();
        if (plan.bridge.waypoints.back().minute < scenario.blocks)
            price.fail("the last waypoint must stand at or after the last block");
    }
}

OraclePlan read_oracle(Field oracle)
{
    OraclePlan plan;
    plan.deviation = oracle.at("deviation").as_share();
    plan.heartbeat_s = oracle.at("heartbeat_s").as_count(1'000'000);
    plan.premium_step = oracle.at("premium_step").as_share();
    plan.confidence_floor = oracle.at("confidence_floor").as_share();
    plan.confidence_range_share = oracle.at("confidence_range_share").as_share();
    plan.confidence_blocks = oracle.at("confidence_blocks").as_small(10'000);
    oracle.finish();
    return plan;
}

void read_head(Field& file, Scenario& scenario)
{
    if (file.at("format").as_text() != FORMAT)
        file.fail(fmt::format("format must be \"{}\"", FORMAT));
    scenario.name = file.at("name").as_text();
    scenario.title = file.at("title").as_text();
    scenario.source = file.at("source").as_text();
    const auto start = file.at("start");
    const auto start_s = parse_time(start.as_text());
    if (!start_s)
        start.fail("must be a time like \"2020-03-12T10:45Z\"");
    scenario.start_s = *start_s;
    scenario.block_s = file.at("block_s").as_count(86'400);
    scenario.blocks = file.at("blocks").as_small(BLOCKS_MAX);
    scenario.seed = file.at("seed").as_count(~std::uint64_t{0});
    if (scenario.block_s != 60 || scenario.blocks == 0)
        file.fail("block_s must be 60 and blocks above zero");
}

Scenario read_scenario(std::string_view text)
{
    const json parsed = parse_json(text);
    Scenario scenario;
    scenario.sha256 = sha256_hex(text);
    Field file(parsed, "");
    read_head(file, scenario);
    read_contract(file.at("contract"), scenario);
    read_prices(file.at("prices"), scenario);
    if (file.has("options"))
        read_options(file.at("options"), scenario);
    refuse_same_symbols(scenario.markets, "markets", file);
    scenario.oracle = read_oracle(file.at("oracle"));
    read_conditions(file.at("conditions"), scenario);
    read_traders(file.at("traders"), scenario);
    read_makers(file.at("market_makers"), scenario);
    for (const std::string_view name : {"option_sellers", "option_buyers"}) {
        if (file.has(name))
            read_option_groups(file.at(name), name == "option_sellers", scenario);
    }
    if (file.has("option_makers"))
        read_option_makers(file.at("option_makers"), scenario);
    read_keepers(file.at("keepers"), scenario);
    read_marks(file.at("marks"), scenario);
    file.finish();
    return scenario;
}

}  // namespace

const Conditions& Scenario::conditions_at(std::uint32_t block) const
{
    const Conditions* current = &conditions.front();
    for (const auto& candidate : conditions) {
        if (candidate.from <= block)
            current = &candidate;
    }
    return *current;
}

Scenario parse_scenario(std::string_view text, std::string_view name)
{
    try {
        return read_scenario(text);
    } catch (const std::runtime_error& error) {
        throw ScenarioError(fmt::format("{}: {}", name, error.what()));
    }
}

Scenario load_scenario(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        throw ScenarioError(fmt::format("{}: cannot be read", path));
    return parse_scenario(text.str(), path);
}

std::optional<std::uint64_t> parse_time(std::string_view text)
{
    constexpr std::string_view SHAPE = "dddd-dd-ddTdd:ddZ";
    if (text.size() != SHAPE.size())
        return std::nullopt;
    for (std::size_t i = 0; i < SHAPE.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (SHAPE[i] == 'd' ? !digit : text[i] != SHAPE[i])
            return std::nullopt;
    }
    const auto number = [text](std::size_t from, std::size_t size) {
        unsigned value = 0;
        std::from_chars(text.data() + from, text.data() + from + size, value);
        return value;
    };
    const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(number(0, 4))),
        std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2))};
    if (!day.ok() || number(0, 4) < 1970 || number(11, 2) > 23 || number(14, 2) > 59)
        return std::nullopt;
    const auto days = std::chrono::sys_days(day).time_since_epoch().count();
    return static_cast<std::uint64_t>(days) * 86'400 + number(11, 2) * 3600U + number(14, 2) * 60U;
}

std::string time_text(std::uint64_t time_s)
{
    const std::chrono::sys_days days{std::chrono::days(static_cast<int>(time_s / 86'400))};
    const std::chrono::year_month_day day(days);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}Z", static_cast<int>(day.year()),
        static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), time_s / 3600 % 24,
        time_s / 60 % 60);
}

}  // namespace plimsoll::sim
