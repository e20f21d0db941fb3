// plimsoll: host-sim/report/charts.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, report. Which columns of the timeline the report draws, and how.
#pragma once

#include "host-sim/scenario.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace plimsoll::sim {

struct ChartLine
{
    std::string column;
    std::string label;
    std::string over = {};  ///< Draw the distance from this column instead, in basis points of it.
    bool dashed = false;
};

struct Chart
{
    std::string id;
    std::string title;
    std::string note;
    std::vector<ChartLine> lines;
    bool from_zero = true;
    bool steps = true;  ///< Values hold until the next block, rather than moving there.
};

[[nodiscard]] std::vector<Chart> report_charts(const Scenario& scenario);

/// As report.js reads it.
[[nodiscard]] nlohmann::ordered_json chart_json(const Chart& chart);

}  // namespace plimsoll::sim
