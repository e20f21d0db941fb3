// plimsoll: host-sim/metrics/timeline.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, metrics. See timeline.hpp.
#include "host-sim/metrics/timeline.hpp"

#include "host-sim/text.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

void append_line(std::string& out, const std::vector<std::string>& values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0)
            out += ',';
        out += values[i];
    }
    out += '\n';
}

}  // namespace

std::vector<std::string> timeline_columns(const Scenario& scenario)
{
    std::vector<std::string> names{"height", "time"};
    for (const auto& price : scenario.prices)
        names.push_back(fmt::format("bridge_{}", price.symbol));
    for (const auto& price : scenario.prices)
        names.push_back(fmt::format("spot_{}", price.symbol));
    for (const auto& price : scenario.prices)
        names.push_back(fmt::format("index_{}", price.symbol));
    for (const auto& market : scenario.perpetuals())
        names.push_back(fmt::format("mark_{}", market.symbol));
    for (const auto& market : scenario.perpetuals())
        names.push_back(fmt::format("open_interest_{}", market.symbol));
    for (const std::string_view name : {"below_maintenance", "liquidations", "liquidated_notional",
             "insurance", "open_deficit", "bad_debt", "deleveraged_notional", "socialised_loss"})
        names.emplace_back(name);
    for (const auto& keeper : scenario.keepers)
        names.push_back(fmt::format("keeper_profit_{}", keeper.name));
    names.emplace_back("calls");
    names.emplace_back("refused_calls");
    return names;
}

std::vector<std::string> timeline_values(const TimelineRow& row)
{
    std::vector<std::string> values{fmt::to_string(row.height), fmt::to_string(row.time_s)};
    for (const auto price : row.bridge)
        values.push_back(text(cut_trunc(price, 8)));
    for (const auto price : row.spot)
        values.push_back(text(cut_trunc(price, 8)));
    for (const auto price : row.index)
        values.push_back(text(price));
    for (const auto price : row.mark)
        values.push_back(text(price));
    for (const auto quantity : row.open_interest)
        values.push_back(text(quantity));
    values.push_back(fmt::to_string(row.below_maintenance));
    values.push_back(fmt::to_string(row.liquidations));
    for (const auto money : {row.liquidated, row.insurance, row.open_deficit, row.bad_debt,
             row.deleveraged, row.socialised})
        values.push_back(text(money));
    for (const auto profit : row.keeper_profit)
        values.push_back(text(profit));
    values.push_back(fmt::to_string(row.calls));
    values.push_back(fmt::to_string(row.refused));
    return values;
}

std::string timeline_csv(const Scenario& scenario, const std::vector<TimelineRow>& rows)
{
    std::string out;
    append_line(out, timeline_columns(scenario));
    for (const auto& row : rows)
        append_line(out, timeline_values(row));
    return out;
}

}  // namespace plimsoll::sim
