// plimsoll: host-sim/report/summary.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, report. What a run came to: summary.json for programs, a table for people.
// Promises: the JSON is a function of the run alone; wall time stands in the table only.
#pragma once

#include "host-sim/runner.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plimsoll::sim {

/// What was run, besides the scenario.
struct RunIdentity
{
    std::string_view vm;
    std::string_view module_sha256;  ///< Empty when this program has no module.
};

/// Labels and values in the order of the final table, without wall time.
using Lines = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Lines result_lines(const Scenario& scenario, const RunResult& result);

[[nodiscard]] std::string summary_json(
    const Scenario& scenario, const RunResult& result, const RunIdentity& identity);

/// What is said in place of a judgement on marks that a run had no time to reach.
inline constexpr std::string_view MARKS_NOT_JUDGED = "partial run: marks not judged";

/// The table that ends a run on the terminal. `wall_time` as text, e.g. "12.3 s"; `report` is where the
/// page stands, or empty.
[[nodiscard]] std::string final_table(const Scenario& scenario, const RunResult& result,
    const RunIdentity& identity, std::string_view wall_time, std::string_view report = {});

}  // namespace plimsoll::sim
