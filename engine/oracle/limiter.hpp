// plimsoll: engine/oracle/limiter.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. How fast a figure that was observed may reach maintenance margin: F-40 of
// docs/formulas.md. Both ways at one speed, so that a calm of one instant does not undo hours, and whether
// a call happened to see it does not matter.
//
// A target is in force from the call that sets it. The value is then a continuous function of time: no call moves
// it, however late, and any number of calls moves it no faster than one.
//
// Promises: over t seconds the value moves by at most per_hour * t / 3600, and never past its target or its
// bounds. A bound that governance moves acts at once.
// Never: asks the time.
#pragma once

#include "engine/model/level.hpp"
#include "engine/model/limited.hpp"
#include "engine/model/volatility_params.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// Where a limited figure can lie. @pre low <= high
struct LimitedBounds
{
    Ratio low;   ///< Without any observation.
    Ratio high;  ///< Governance's cap.
};

/// The value at `now`. Floor of the way gone: never faster than stated.
[[nodiscard]] Ratio limited_at(const Limited& limited, const LimitedBounds& bounds,
    const LimiterParams& params, Seconds now) noexcept;

/// Brings the value up to `now` and sets off toward `target`. A clock that goes back changes the target only.
void aim(Limited& limited, Ratio target, const LimitedBounds& bounds, const LimiterParams& params,
    Seconds now) noexcept;

/// What each level uses of a figure of which more is worse: initial the observed one at once, but never
/// less than maintenance, which is still on its way.
[[nodiscard]] constexpr PerLevel<Ratio> by_level(Ratio observed, Ratio limited) noexcept
{
    return {observed > limited ? observed : limited, limited};
}

}  // namespace plimsoll
