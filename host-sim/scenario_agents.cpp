// plimsoll: host-sim/scenario_agents.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See scenario_agents.hpp.
#include "host-sim/scenario_agents.hpp"

#include "host-sim/coverage.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace plimsoll::sim {
namespace {

constexpr std::uint32_t COUNT_MAX = 100'000;

/// Agents' names become parts of addresses.
std::string read_name(Field& agent)
{
    const auto field = agent.at("name");
    const auto name = field.as_text();
    const auto legal = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (name.empty() || name.size() > 24 || !std::all_of(name.begin(), name.end(), legal))
        field.fail("must be 1 to 24 lower-case letters and digits");
    return name;
}

/// Agents of a kind with one name would share addresses and columns.
template <class Plan>
void refuse_same_names(const std::vector<Plan>& plans, const Field& list)
{
    std::set<std::string, std::less<>> names;
    for (const auto& plan : plans) {
        if (!names.insert(plan.name).second)
            list.fail(fmt::format("two have the name \"{}\"", plan.name));
    }
}

/// Pairs of a number below `count` and a share; the shares must sum to one.
Weights read_weights(const Field& list, std::size_t count)
{
    Weights weights;
    Ratio sum;
    for (const auto& item : list.items()) {
        const auto pair = item.items(2);
        weights.emplace_back(
            pair[0].as_small(static_cast<std::uint32_t>(count - 1)), pair[1].as_share());
        sum += weights.back().second;
    }
    if (sum.raw() != static_cast<num::i128>(num::WAD))
        list.fail("the shares must sum to 1");
    return weights;
}

Behaviour read_behaviour(Field field)
{
    Behaviour behaviour;
    behaviour.wake = field.at("wake").as_share();
    behaviour.top_up = field.at("top_up").as_share();
    behaviour.cut = field.at("cut").as_share();
    behaviour.take_profit = field.at("take_profit").as_share();
    behaviour.churn = field.at("churn").as_share();
    behaviour.wallet = field.at("wallet").as_ratio(100);
    field.finish();
    return behaviour;
}

/// Between what an account's equity and leverage are drawn.
template <class Group>
void read_ranges(Field& field, Group& group)
{
    const auto equity = field.at("equity").items(2);
    group.equity_least = equity[0].as_money();
    group.equity_greatest = equity[1].as_money();
    const auto leverage = field.at("leverage").items(2);
    group.leverage_least = leverage[0].as_ratio(100);
    group.leverage_greatest = leverage[1].as_ratio(100);
    if (group.equity_least <= Money() || group.equity_greatest < group.equity_least)
        field.fail("equity must be a range above zero");
    if (group.leverage_least <= Ratio() || group.leverage_greatest < group.leverage_least)
        field.fail("leverage must be a range above zero");
}

TraderGroup read_group(Field field, const Scenario& scenario)
{
    TraderGroup group;
    group.name = read_name(field);
    group.count = field.at("count").as_small(COUNT_MAX);
    read_ranges(field, group);
    group.collateral = read_weights(field.at("collateral"), scenario.tokens.size());
    group.markets = read_weights(field.at("markets"), scenario.markets.size());
    for (const auto& [market, share] : group.markets) {
        if (scenario.markets[market].kind == MarketKind::option)
            field.at("markets").fail("traders trade perpetuals and futures");
    }
    group.long_share = field.at("long_share").as_share();
    group.both_share = field.at("both_share").as_share();
    group.behaviour = read_behaviour(field.at("behaviour"));
    field.finish();
    return group;
}

Pick read_pick(const Field& field)
{
    const auto name = field.as_text();
    if (name == "largest")
        return Pick::largest;
    if (name == "oldest")
        return Pick::oldest;
    if (name == "smallest")
        return Pick::smallest;
    field.fail("must be \"largest\", \"oldest\" or \"smallest\"");
}

MarginMode read_mode(const Field& field)
{
    const auto name = field.as_text();
    for (std::size_t i = 0; i < MARGIN_MODE_NAMES.size(); ++i) {
        if (MARGIN_MODE_NAMES[i] == name)
            return static_cast<MarginMode>(i);
    }
    field.fail("must be \"standard\" or \"portfolio\"");
}

void refuse_without_options(const Field& list, const Scenario& scenario)
{
    if (scenario.options.empty())
        list.fail("needs the scenario's \"options\"");
}

OptionGroup read_option_group(Field field, bool sells, const Scenario& scenario)
{
    OptionGroup group;
    group.name = read_name(field);
    group.count = field.at("count").as_small(COUNT_MAX);
    group.sells = sells;
    group.mode = read_mode(field.at("mode"));
    read_ranges(field, group);
    group.collateral = read_weights(field.at("collateral"), scenario.tokens.size());
    const auto underlyings = field.at("underlyings");
    group.underlyings = read_weights(underlyings, scenario.prices.size());
    for (const auto& [underlying, odds] : group.underlyings) {
        const auto listed = [number = underlying](
                                const auto& it) { return it.underlying == number; };
        if (std::none_of(scenario.options.begin(), scenario.options.end(), listed))
            underlyings.fail(fmt::format("there are no options on underlying {}", underlying));
    }
    group.calls = field.at("calls").as_share();
    group.puts = field.at("puts").as_share();
    group.hedge = field.at("hedge").as_share();
    group.wake = field.at("wake").as_share();
    group.top_up = field.at("top_up").as_share();
    group.cut = field.at("cut").as_share();
    group.wallet = field.at("wallet").as_ratio(100);
    field.finish();
    return group;
}

}  // namespace

void read_conditions(const Field& list, Scenario& scenario)
{
    for (auto field : list.items()) {
        Conditions conditions;
        conditions.from = field.at("from").as_block(scenario);
        conditions.capacity = field.at("capacity").as_small(COUNT_MAX);
        conditions.drop = field.at("drop").as_share();
        conditions.depth = field.at("depth").as_share();
        conditions.half_spread = field.at("half_spread").as_share();
        conditions.fee_factor = field.at("fee_factor").as_ratio(1000);
        conditions.oracle_delay_max = field.at("oracle_delay_max").as_small(1000);
        field.finish();
        if (conditions.depth <= Ratio())
            field.fail("depth must be above zero");
        if (!scenario.conditions.empty() && conditions.from <= scenario.conditions.back().from)
            field.fail("conditions must stand in the order of time");
        scenario.conditions.push_back(conditions);
    }
    if (scenario.conditions.empty() || scenario.conditions.front().from != 0)
        list.fail("needs conditions from the start");
}

void read_traders(const Field& list, Scenario& scenario)
{
    for (const auto& field : list.items())
        scenario.traders.push_back(read_group(field, scenario));
    refuse_same_names(scenario.traders, list);
}

/// Makers of perpetuals lean by `skew`, those of options quote at a `spread`.
void add_makers(const Field& list, bool options, Scenario& scenario)
{
    for (auto field : list.items()) {
        scenario.makers.push_back({.name = read_name(field),
            .capital = field.at("capital").as_money(),
            .skew = field.at(options ? "spread" : "skew").as_share(),
            .inventory_max = field.at("inventory_max").as_money(),
            .options = options});
        field.finish();
        if (scenario.makers.back().inventory_max <= Money())
            field.fail("inventory_max must be above zero");
    }
    refuse_same_names(scenario.makers, list);
}

void read_makers(const Field& list, Scenario& scenario)
{
    add_makers(list, false, scenario);
    if (scenario.makers.empty())
        list.fail("needs at least one market maker");
}

void read_option_groups(const Field& list, bool sells, Scenario& scenario)
{
    refuse_without_options(list, scenario);
    for (const auto& field : list.items())
        scenario.option_groups.push_back(read_option_group(field, sells, scenario));
    refuse_same_names(scenario.option_groups, list);
}

void read_option_makers(const Field& list, Scenario& scenario)
{
    refuse_without_options(list, scenario);
    add_makers(list, true, scenario);
}

void read_keepers(const Field& list, Scenario& scenario)
{
    for (auto field : list.items()) {
        KeeperPlan plan;
        plan.name = read_name(field);
        plan.poll_blocks = field.at("poll_blocks").as_small(COUNT_MAX);
        plan.capital = field.at("capital").as_money();
        plan.wallet = field.at("wallet").as_money();
        plan.capital_share = field.at("capital_share").as_share();
        plan.take = field.at("take").as_share();
        plan.fee = field.at("fee").as_money();
        plan.unwind = field.at("unwind").as_money();
        plan.actions = field.at("actions").as_small(1000);
        plan.pick = read_pick(field.at("pick"));
        if (field.has("mode"))
            plan.mode = read_mode(field.at("mode"));
        field.finish();
        if (plan.poll_blocks == 0)
            field.fail("poll_blocks must be above zero");
        scenario.keepers.push_back(std::move(plan));
    }
    refuse_same_names(scenario.keepers, list);
}

void read_marks(Field marks, Scenario& scenario)
{
    for (const std::string_view name : COVERAGE_NAMES) {
        if (marks.has(name))
            scenario.marks.push_back({std::string(name), marks.at(name).as_count(1'000'000'000)});
    }
    marks.finish();
}

}  // namespace plimsoll::sim
