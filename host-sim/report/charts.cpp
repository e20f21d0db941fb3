// plimsoll: host-sim/report/charts.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, report. See charts.hpp.
#include "host-sim/report/charts.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

Chart price_chart(const Scenario& scenario, const PricePlan& price)
{
    return {.id = fmt::format("price{}", price.underlying),
        .title = fmt::format("{} price, {}", price.symbol, scenario.tokens[0].symbol),
        .note =
            "What the market trades at, this run's own trades included, and what the oracle "
            "published last.",
        .lines = {{fmt::format("spot_{}", price.symbol), "spot"},
            {fmt::format("index_{}", price.symbol), "index"}},
        .from_zero = false,
        .steps = false};
}

Chart distance_chart(const Scenario& scenario, const PricePlan& price)
{
    const auto spot = fmt::format("spot_{}", price.symbol);
    Chart chart{.id = fmt::format("distance{}", price.underlying),
        .title = fmt::format("{} away from the market, basis points", price.symbol),
        .note =
            "How far this run's own trades have moved spot from the published path, and how far "
            "the "
            "mark that margin uses is from spot.",
        .lines = {},
        .from_zero = false,
        .steps = false};
    for (const auto& market : scenario.perpetuals()) {
        if (market.underlying == price.underlying) {
            chart.lines.push_back({fmt::format("mark_{}", market.symbol),
                fmt::format("mark {}", market.symbol), spot});
        }
    }
    // Drawn last, over the marks.
    chart.lines.push_back({spot, "own impact", fmt::format("bridge_{}", price.symbol)});
    return chart;
}

}  // namespace

std::vector<Chart> report_charts(const Scenario& scenario)
{
    const auto& unit = scenario.tokens[0].symbol;
    std::vector<Chart> charts;
    for (const auto& price : scenario.prices)
        charts.push_back(price_chart(scenario, price));
    for (const auto& price : scenario.prices)
        charts.push_back(distance_chart(scenario, price));
    charts.push_back({.id = "below",
        .title = "Accounts below maintenance margin",
        .note = "At the end of each block: waiting for a keeper, or for the house.",
        .lines = {{"below_maintenance", "accounts"}}});
    charts.push_back({.id = "liquidated",
        .title = fmt::format("Liquidated and deleveraged notional, {}", unit),
        .note = "Since the start, positions at mark.",
        .lines = {{"liquidated_notional", "liquidated"}, {"deleveraged_notional", "deleveraged"}}});
    charts.push_back({.id = "insurance",
        .title = fmt::format("Insurance, {}", unit),
        .note = "What is left to pay for insolvent accounts.",
        .lines = {{"insurance", "balance"}}});
    charts.push_back({.id = "debt",
        .title = fmt::format("Bad debt, {}", unit),
        .note = "Deficits of insolvent accounts since the start, and what of them was shared or is "
                "open.",
        .lines = {{"bad_debt", "bad debt"}, {"socialised_loss", "socialised"},
            {"open_deficit", "open deficit"}}});
    Chart keepers{.id = "keepers",
        .title = fmt::format("Keeper profit, {}", unit),
        .note = "Equity and wallet less what each began with, fees paid.",
        .lines = {}};
    for (const auto& keeper : scenario.keepers)
        keepers.lines.push_back({fmt::format("keeper_profit_{}", keeper.name), keeper.name});
    charts.push_back(std::move(keepers));
    for (const auto& market : scenario.perpetuals()) {
        charts.push_back({.id = fmt::format("interest{}", market.market),
            .title = fmt::format("Open interest, {}", market.symbol),
            .note = "Units of the underlying, one side.",
            .lines = {{fmt::format("open_interest_{}", market.symbol), "open interest"}}});
    }
    return charts;
}

nlohmann::ordered_json chart_json(const Chart& chart)
{
    auto lines = nlohmann::ordered_json::array();
    for (const auto& line : chart.lines)
        lines.push_back({{"column", line.column}, {"label", line.label}, {"over", line.over},
            {"dashed", line.dashed}});
    return {{"id", chart.id}, {"fromZero", chart.from_zero}, {"steps", chart.steps},
        {"series", std::move(lines)}};
}

}  // namespace plimsoll::sim
