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

Error validate(const VolatilityParams& params) noexcept
{
    if (!between(60, params.step, 3'600) ||
        !between(ten_thousandths(5'000), params.decay, ten_thousandths(9'999)) ||
        !between(Ratio::from_units(2), params.clip, Ratio::from_units(20)) ||
        !between(ten_thousandths(100), params.floor, Ratio::from_units(10)) ||
        !between(ten_thousandths(100), params.cap, Ratio::from_units(50)) ||
        !between(ten_thousandths(100), params.start, Ratio::from_units(50)) ||
        !between(1, params.stale_after, DAY_S))
        return Error::parameter_bounds;
    if (params.floor > params.start || params.start > params.cap)
        return Error::parameters_disagree;
    return Error::ok;
}

Error validate(const CorrelationParams& params) noexcept
{
    if (!between(ten_thousandths(100), params.step, ten_thousandths(5'000)) ||
        !is_multiple(params.step, CORRELATION_UNIT) ||
        !between(ten_thousandths(10), params.hysteresis, ten_thousandths(5'000)) ||
        !between(0, params.hold, 7 * DAY_S))
        return Error::parameter_bounds;
    if (params.hysteresis > params.step)
        return Error::parameters_disagree;
    return Error::ok;
}

Error validate(const LimiterParams& params) noexcept
{
    // Ten points an hour are as good as no limit to somebody asleep.
    if (!between(ten_thousandths(1), params.per_hour, ten_thousandths(1'000)))
        return Error::parameter_bounds;
    return Error::ok;
}

Error validate(const VolatilityHaircutParams& params) noexcept
{
    if (!between(Ratio::zero(), params.multiple, Ratio::from_units(20)) ||
        !between(1, params.horizon, 30 * DAY_S) ||
        !between(Ratio::zero(), params.maintenance_cap, Ratio::one()))
        return Error::parameter_bounds;
    return Error::ok;
}

Error validate(const WideningParams& params) noexcept
{
    if (!between(Ratio::zero(), params.multiple, Ratio::from_units(20)) ||
        !between(1, params.horizon, 30 * DAY_S) ||
        !between(Ratio::one(), params.factor_max, Ratio::from_units(10)) ||
        !between(Ratio::one(), params.maintenance_factor_max, Ratio::from_units(10)) ||
        !is_multiple(params.factor_max, WIDENING_STEP) ||
        !is_multiple(params.maintenance_factor_max, WIDENING_STEP))
        return Error::parameter_bounds;
    if (params.maintenance_factor_max > params.factor_max)
        return Error::parameters_disagree;
    return Error::ok;
}

Error validate(const StablePriceParams& params) noexcept
{
    if (!between(60, params.interval, DAY_S) ||
        !between(ten_thousandths(1), params.delay_growth, Ratio::one()) ||
        !between(ten_thousandths(100), params.growth_per_hour, Ratio::from_units(10)))
        return Error::parameter_bounds;
    return Error::ok;
}

Error validate(const ObservationParams& params) noexcept
{
    if (params.correlation.given() && !params.volatility.given())
        return Error::parameters_disagree;
    if (params.volatility.given()) {
        if (const Error error = validate(params.volatility); error != Error::ok)
            return error;
        if (const Error error = validate(params.limiter); error != Error::ok)
            return error;
    }
    if (params.correlation.given())
        if (const Error error = validate(params.correlation); error != Error::ok)
            return error;
    return params.stable_price.given() ? validate(params.stable_price) : Error::ok;
}

}  // namespace plimsoll
