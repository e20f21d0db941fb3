// plimsoll: host-sim/margin/report.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. The margin report of a case as JSON (docs/margin-calculator.md).
// Promises: every number as the engine has it, all 18 decimals in canonical text; the same bytes for the
// same case.
#pragma once

#include "host-sim/margin/evaluation.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

namespace plimsoll::sim {

/// What a report says.
enum class ReportScope : std::uint8_t
{
    margin,  ///< What margin itself works out.
    all,     ///< Greeks and liquidation prices too, which cost many evaluations.
};

[[nodiscard]] nlohmann::ordered_json report_json(const MarginCase& margin_case,
    const Evaluation& evaluation, ReportScope scope = ReportScope::all);

/// The report of a case that is refused.
[[nodiscard]] nlohmann::ordered_json error_json(std::string_view what);

/// Whether the underlying counts as held in the lists of a report: positions do, orders do not.
[[nodiscard]] bool is_listed(const Evaluation& evaluation, std::size_t underlying);

/// Expiries of the underlying that it holds positions in, the nearest first.
[[nodiscard]] std::vector<std::uint16_t> listed_expiries(
    const MarginCase& margin_case, std::size_t underlying);

/// net / margin of the level, floored; nothing when nothing is required. Stops at Ratio's ends.
[[nodiscard]] std::optional<Ratio> margin_ratio(const MarginReport& report, Level level);

/// The driver's standardised move, nearest.
[[nodiscard]] Ratio move_nearest(const BandReport& band);

}  // namespace plimsoll::sim
