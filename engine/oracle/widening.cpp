// plimsoll: engine/oracle/widening.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See widening.hpp.
#include "engine/oracle/widening.hpp"

#include "engine/num/mul_div.hpp"
#include "engine/oracle/expected_move.hpp"

namespace plimsoll {
namespace {

Ratio shift_of(const Scenario& scenario) noexcept
{
    return scenario.spot - Ratio::one();
}

/// range / listed in whole steps, rounded as told; at least 1.
Ratio factor_of(Ratio range, Ratio listed, num::Rounding rounding) noexcept
{
    if (range <= listed || !listed.is_positive())
        return Ratio::one();
    // range / listed is range * (1 / step) / listed steps.
    constexpr auto STEPS = static_cast<num::i128>(num::WAD) / WIDENING_STEP.raw();
    const num::i128 steps =
        checked(num::mul_div_rounded(range.raw(), STEPS, listed.raw(), rounding));
    // The callers keep range within a few multiples of listed.
    return Ratio::from_raw(checked(num::mul_div_floor(steps, WIDENING_STEP.raw(), 1)));
}

Ratio cut(Ratio spot) noexcept
{
    if (spot.is_negative())
        return Ratio::zero();
    return spot < SCENARIO_SPOT_MAX ? spot : SCENARIO_SPOT_MAX;
}

}  // namespace

Ratio least_range(const Scenarios& scenarios) noexcept
{
    Ratio up;
    Ratio down;
    for (const Scenario& scenario : scenarios) {
        if (is_skew(scenario.vol) || scenario.damping != Ratio::one())
            continue;
        const Ratio shift = shift_of(scenario);
        up = shift > up ? shift : up;
        down = -shift > down ? -shift : down;
    }
    return up < down ? up : down;
}

bool scales_exactly(const Scenarios& scenarios) noexcept
{
    for (const Scenario& scenario : scenarios) {
        // A spot of at most 13 fits 64 bits; 1 is a multiple of the unit, so spot may stand for the shift.
        const auto spot = static_cast<std::uint64_t>(scenario.spot.raw());
        if (!is_skew(scenario.vol) &&
            spot % static_cast<std::uint64_t>(WIDENED_SHIFT_UNIT.raw()) != 0)
            return false;
    }
    return true;
}

Ratio wanted_range_ceil(const WideningParams& params, Ratio volatility, Ratio listed) noexcept
{
    const Ratio move = expected_move_ceil(params.multiple, volatility, params.horizon);
    const Ratio most = scale_floor(listed, params.factor_max);
    return move < listed ? listed : move > most ? most : move;
}

LimitedBounds maintenance_range(const WideningParams& params, Ratio listed) noexcept
{
    return {listed, scale_floor(listed, params.maintenance_factor_max)};
}

Ratio widening_factor_ceil(Ratio range, Ratio listed) noexcept
{
    return factor_of(range, listed, num::Rounding::ceil);
}

Ratio widening_factor_floor(Ratio range, Ratio listed) noexcept
{
    return factor_of(range, listed, num::Rounding::floor);
}

void widen(Scenarios& scenarios, Ratio factor) noexcept
{
    CHECK(factor >= Ratio::one());
    for (Scenario& scenario : scenarios) {
        if (is_skew(scenario.vol))
            continue;
        const Ratio shift = shift_of(scenario);
        const Ratio moved =
            shift.is_negative() ? scale_floor(shift, factor) : scale_ceil(shift, factor);
        scenario.spot = cut(Ratio::one() + moved);
    }
}

}  // namespace plimsoll
