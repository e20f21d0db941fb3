// plimsoll: engine/model/standard_params.hpp                        SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What governance sets for standard margin on one underlying: docs/formulas.md,
// F-7 to F-11.
#pragma once

#include "engine/error.hpp"
#include "engine/model/level.hpp"
#include "engine/model/portfolio_params.hpp"
#include "engine/model/refused.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// F-9, F-10. Shares of spot, of the mark, or of the forward. Where options are not listed all are at their
/// defaults.
struct ShortOptionParams
{
    Ratio max_initial;  ///< Positive where options are listed.
    Ratio min_initial;
    Ratio maintenance_call;
    Ratio maintenance_put;
    Ratio maintenance_put_mark;
    Ratio maintenance_offset = Ratio::one();
    PerLevel<Ratio> unpaired = {Ratio::one(), Ratio::one()};

    /// Whether a short option can be margined.
    [[nodiscard]] constexpr bool given() const noexcept { return max_initial.is_positive(); }
};

struct StandardParams
{
    PerLevel<Ratio> fraction;          ///< Share of notional (F-7).
    Money size_reference = MONEY_MAX;  ///< Notional at which the size terms are counted; positive.
    Ratio size_sqrt_coefficient;       ///< F-7 a.
    Ratio size_linear_coefficient;     ///< F-7 b.
    Money open_interest_lower;         ///< F-8. Quote notional.
    Money open_interest_upper;         ///< Zero: open interest does not count.
    ConfidenceRule confidence;         ///< A factor of zero charges nothing.
    DepegRule depeg;                   ///< A factor of zero charges nothing.
    ShortOptionParams option;
};

/// The conditions without which the formulas are not defined. Error parameter_bounds.
[[nodiscard]] Error check_domain(const StandardParams& params) noexcept;
/// check_domain() and what governance must satisfy besides.
/// Errors: parameter_bounds, parameters_disagree.
[[nodiscard]] Refused validate(const StandardParams& params) noexcept;

}  // namespace plimsoll
