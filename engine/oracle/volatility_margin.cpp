// plimsoll: engine/oracle/volatility_margin.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See volatility_margin.hpp.
#include "engine/oracle/volatility_margin.hpp"

#include "engine/num/mul_div.hpp"
#include "engine/oracle/expected_move.hpp"
#include "engine/oracle/limiter.hpp"
#include "engine/oracle/widening.hpp"

namespace plimsoll {
namespace {

LimitedBounds haircut_bounds(const VolatilityHaircutParams& params) noexcept
{
    return {Ratio::zero(), params.maintenance_cap};
}

}  // namespace

void aim_haircut(Limited& limited, const VolatilityHaircutParams& params,
    const LimiterParams& limiter, Ratio volatility, Seconds now) noexcept
{
    aim(limited, volatility_haircut_ceil(params, volatility), haircut_bounds(params), limiter, now);
}

PerLevel<Ratio> volatility_haircuts(const Limited& limited, const VolatilityHaircutParams& params,
    const LimiterParams& limiter, Ratio volatility, Seconds now) noexcept
{
    return by_level(volatility_haircut_ceil(params, volatility),
        limited_at(limited, haircut_bounds(params), limiter, now));
}

void aim_range(Limited& limited, const WideningParams& params, Ratio listed,
    const LimiterParams& limiter, Ratio volatility, Seconds now) noexcept
{
    aim(limited, wanted_range_ceil(params, volatility, listed), maintenance_range(params, listed),
        limiter, now);
}

Widening widening_at(const Limited& limited, const WideningParams& params, Ratio listed,
    const LimiterParams& limiter, Ratio volatility, Seconds now) noexcept
{
    Widening widening;
    // A list without a range on one side has nothing to widen from.
    if (!listed.is_positive())
        return widening;
    const Ratio slow = limited_at(limited, maintenance_range(params, listed), limiter, now);
    widening.factor = widening_factor_floor(slow, listed);
    const Ratio fast = widening_factor_ceil(wanted_range_ceil(params, volatility, listed), listed);
    if (fast > widening.factor)
        widening.initial_scale = Ratio::from_raw(
            checked(num::mul_div_ceil(fast.raw(), num::WAD, widening.factor.raw())));
    return widening;
}

}  // namespace plimsoll
