// plimsoll: engine/model/volatility_params.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See volatility_params.hpp; docs/parameters.md repeats every bound.
#include "engine/model/volatility_params.hpp"

namespace plimsoll {
namespace {

constexpr std::uint64_t DAY_S = 86'400;

constexpr Ratio ten_thousandths(std::int64_t count) noexcept
{
    return Ratio::from_raw(static_cast<num::i128>(count) * (num::WAD / 10'000));
}

constexpr bool between(Ratio low, Ratio value, Ratio high) noexcept
{
    return low <= value && value <= high;
}
constexpr bool between(std::uint64_t low, Seconds value, std::uint64_t high) noexcept
{
    return low <= value.raw() && value.raw() <= high;
}

/// @pre both in range; the operands are far below 2^64.
constexpr bool is_multiple(Ratio value, Ratio unit) noexcept
{
    return static_cast<std::uint64_t>(value.raw()) % static_cast<std::uint64_t>(unit.raw()) == 0;
}

}  // namespace

Refused validate(const VolatilityParams& params) noexcept
{
    return Judge{}
        .bounds("step_s", between(60, params.step, 3'600))
        .bounds("decay", between(ten_thousandths(5'000), params.decay, ten_thousandths(9'999)))
        .bounds("clip", between(Ratio::from_units(2), params.clip, Ratio::from_units(20)))
        .bounds("floor", between(ten_thousandths(100), params.floor, Ratio::from_units(10)))
        .bounds("cap", between(ten_thousandths(100), params.cap, Ratio::from_units(50)))
        .bounds("start", between(ten_thousandths(100), params.start, Ratio::from_units(50)))
        .bounds("stale_after_s", between(1, params.stale_after, DAY_S))
        .agrees("start", params.floor <= params.start && params.start <= params.cap);
}

Refused validate(const CorrelationParams& params) noexcept
{
    Judge judge;
    judge.bounds("step", between(ten_thousandths(100), params.step, ten_thousandths(5'000)));
    if (!judge.fine())
        return judge;
    return judge.bounds("step", is_multiple(params.step, CORRELATION_UNIT))
        .bounds(
            "hysteresis", between(ten_thousandths(10), params.hysteresis, ten_thousandths(5'000)))
        .bounds("hold_s", between(0, params.hold, 7 * DAY_S))
        .agrees("hysteresis", params.hysteresis <= params.step);
}

Refused validate(const LimiterParams& params) noexcept
{
    // Ten points an hour are as good as no limit to somebody asleep.
    return Judge{}.bounds("maintenance_per_hour",
        between(ten_thousandths(1), params.per_hour, ten_thousandths(1'000)));
}

Refused validate(const VolatilityHaircutParams& params) noexcept
{
    return Judge{}
        .bounds("multiple", between(Ratio::zero(), params.multiple, Ratio::from_units(20)))
        .bounds("horizon_s", between(1, params.horizon, 30 * DAY_S))
        .bounds("maintenance_cap", between(Ratio::zero(), params.maintenance_cap, Ratio::one()));
}

Refused validate(const WideningParams& params) noexcept
{
    const Ratio one = Ratio::one();
    const Ratio ten = Ratio::from_units(10);
    Judge judge;
    judge.bounds("multiple", between(Ratio::zero(), params.multiple, Ratio::from_units(20)))
        .bounds("horizon_s", between(1, params.horizon, 30 * DAY_S))
        .bounds("factor_max", between(one, params.factor_max, ten))
        .bounds("maintenance_factor_max", between(one, params.maintenance_factor_max, ten));
    if (!judge.fine())
        return judge;
    return judge.bounds("factor_max", is_multiple(params.factor_max, WIDENING_STEP))
        .bounds("maintenance_factor_max", is_multiple(params.maintenance_factor_max, WIDENING_STEP))
        .agrees("maintenance_factor_max", params.maintenance_factor_max <= params.factor_max);
}

Refused validate(const StablePriceParams& params) noexcept
{
    return Judge{}
        .bounds("interval_s", between(60, params.interval, DAY_S))
        .bounds("delay_growth", between(ten_thousandths(1), params.delay_growth, Ratio::one()))
        .bounds("growth_per_hour",
            between(ten_thousandths(100), params.growth_per_hour, Ratio::from_units(10)));
}

Refused validate(const ObservationParams& params) noexcept
{
    Judge judge;
    judge.agrees("correlation", !params.correlation.given() || params.volatility.given());
    if (params.volatility.given())
        judge.and_also(validate(params.volatility)).and_also(validate(params.limiter));
    if (params.correlation.given())
        judge.and_also(validate(params.correlation));
    if (params.stable_price.given())
        judge.and_also(validate(params.stable_price));
    return judge;
}

}  // namespace plimsoll
