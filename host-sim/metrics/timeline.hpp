// plimsoll: host-sim/metrics/timeline.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, metrics. One row a block: what the charts and timeline.csv show.
// Promises: columns and their order are the same in every row; exact decimal text.
#pragma once

#include "engine/units/units.hpp"
#include "host-sim/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace plimsoll::sim {

struct TimelineRow
{
    std::uint32_t height = 0;
    std::uint64_t time_s = 0;
    std::vector<Price> bridge;            ///< Exogenous price by underlying, before our own trades.
    std::vector<Price> spot;              ///< True price by underlying.
    std::vector<Price> index;             ///< Last published price by underlying.
    std::vector<Price> mark;              ///< By market.
    std::vector<Quantity> open_interest;  ///< By market.
    std::uint64_t below_maintenance = 0;
    std::uint64_t liquidations = 0;  ///< All counts and sums are since the start.
    Money liquidated;
    Money insurance;
    Money open_deficit;
    Money bad_debt;
    Money deleveraged;
    Money socialised;
    std::vector<Money> keeper_profit;  ///< By keeper.
    std::uint64_t calls = 0;
    std::uint64_t refused = 0;
};

/// The whole table as CSV, with a header line.
[[nodiscard]] std::string timeline_csv(
    const Scenario& scenario, const std::vector<TimelineRow>& rows);

/// The columns' names, in the order of the CSV.
[[nodiscard]] std::vector<std::string> timeline_columns(const Scenario& scenario);

/// A row's values as text, in the same order.
[[nodiscard]] std::vector<std::string> timeline_values(const TimelineRow& row);

}  // namespace plimsoll::sim
