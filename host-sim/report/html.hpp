// plimsoll: host-sim/report/html.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, report. report.html: one page with tables and charts that needs no network.
// Promises: a function of the run alone; every text from a scenario is escaped.
// Never: computes. It shows what runner, totals and timeline have.
#pragma once

#include "host-sim/report/summary.hpp"

#include <string>
#include <string_view>

namespace plimsoll::sim {

/// Text for use inside an element or a quoted attribute.
[[nodiscard]] std::string html_escaped(std::string_view text);

[[nodiscard]] std::string report_html(
    const Scenario& scenario, const RunResult& result, const RunIdentity& identity);

}  // namespace plimsoll::sim
