// plimsoll: host-sim/margin/case_params.hpp                         SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. Reads the parameters of a case: of an underlying's risk, and of how
// underlyings move together.
// Promises: each complaint names the field, or the group in which two fields disagree.
#pragma once

#include "engine/model/correlation.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/model/standard_params.hpp"
#include "host-sim/margin/case_field.hpp"

#include <optional>
#include <string>
#include <vector>

namespace plimsoll::sim {

struct CaseRisk
{
    std::optional<StandardParams> standard;
    std::optional<PortfolioParams> portfolio;
    std::optional<ProfitRule> profit;
    Ratio mark_rate_mult = Ratio::one();  ///< Of the group `discount`, in either mode.
};

/// The parameters of the mode must be there; those of the other mode may be, and are then in their domain.
/// @throws CaseError.
[[nodiscard]] CaseRisk read_risk(CaseField field, MarginMode mode);

/// A rule with both its fields. @throws CaseError.
[[nodiscard]] ConfidenceRule read_confidence_rule(CaseField field);

/// Pairs may name underlyings that the case does not list: one table serves many cases.
/// @throws CaseError.
[[nodiscard]] Correlation read_correlation(CaseField field, const std::vector<std::string>& names);

}  // namespace plimsoll::sim
