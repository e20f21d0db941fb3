// plimsoll: engine/oracle/limiter.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See limiter.hpp.
#include "engine/oracle/limiter.hpp"

#include "engine/num/mul_div.hpp"

namespace plimsoll {
namespace {

Ratio within(Ratio value, const LimitedBounds& bounds) noexcept
{
    return value < bounds.low ? bounds.low : value > bounds.high ? bounds.high : value;
}

}  // namespace

Ratio limited_at(const Limited& limited, const LimitedBounds& bounds, const LimiterParams& params,
    Seconds now) noexcept
{
    const Ratio from = within(limited.value, bounds);
    const Ratio to = within(limited.target, bounds);
    // The longest time there is, at the greatest speed, is below 2^117.
    const auto time_s = static_cast<num::i128>(elapsed(limited.since, now).raw());
    const Ratio way =
        Ratio::from_raw(checked(num::mul_div_floor(params.per_hour.raw(), time_s, 3'600)));
    if (to > from)
        return to - from > way ? from + way : to;
    return from - to > way ? from - way : to;
}

void aim(Limited& limited, Ratio target, const LimitedBounds& bounds, const LimiterParams& params,
    Seconds now) noexcept
{
    limited.value = limited_at(limited, bounds, params, now);
    limited.target = target;
    if (now > limited.since)
        limited.since = now;
}

}  // namespace plimsoll
