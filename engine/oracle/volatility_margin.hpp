// plimsoll: engine/oracle/volatility_margin.hpp                     SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. What margin makes of an observed volatility: a haircut of collateral (F-6) and
// wider shocks of spot (F-41). Initial follows at once, maintenance through the limiter (F-40), whose figures
// the caller keeps.
//
// Promises: initial never asks for less than maintenance; what no limiter has been aimed for is as governance
// listed it.
// Never: asks the time.
#pragma once

#include "engine/model/level.hpp"
#include "engine/model/limited.hpp"
#include "engine/model/volatility_params.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// Sends the haircut of maintenance on its way to what the volatility asks for.
void aim_haircut(Limited& limited, const VolatilityHaircutParams& params,
    const LimiterParams& limiter, Ratio volatility, Seconds now) noexcept;

/// The haircut of each level, both at most 1. Ceil at initial; floor of the way gone at maintenance.
[[nodiscard]] PerLevel<Ratio> volatility_haircuts(const Limited& limited,
    const VolatilityHaircutParams& params, const LimiterParams& limiter, Ratio volatility,
    Seconds now) noexcept;

/// How much wider than listed the shocks of spot are.
struct Widening
{
    Ratio factor = Ratio::one();  ///< Of every shift, at both levels: the way maintenance has gone.
    Ratio initial_scale =
        Ratio::one();  ///< Of the losses at initial: by how much it is ahead. Ceil.
};

/// Sends the range of maintenance on its way. `listed` is the list's least_range().
void aim_range(Limited& limited, const WideningParams& params, Ratio listed,
    const LimiterParams& limiter, Ratio volatility, Seconds now) noexcept;

[[nodiscard]] Widening widening_at(const Limited& limited, const WideningParams& params,
    Ratio listed, const LimiterParams& limiter, Ratio volatility, Seconds now) noexcept;

}  // namespace plimsoll
