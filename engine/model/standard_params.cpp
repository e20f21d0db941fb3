// plimsoll: engine/model/standard_params.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See standard_params.hpp; docs/parameters.md repeats every bound with its
// reason.
#include "engine/model/standard_params.hpp"

#include "engine/model/bounds.hpp"

namespace plimsoll {
namespace {

constexpr Ratio TEN = Ratio::from_units(10);

bool defined(const PerLevel<Ratio>& p) noexcept
{
    return up_to(p.initial, RATIO_MAX) && up_to(p.maintenance, RATIO_MAX);
}

bool defined(const ShortOptionParams& p) noexcept
{
    return up_to(p.max_initial, RATIO_MAX) && up_to(p.min_initial, RATIO_MAX) &&
           up_to(p.maintenance_call, RATIO_MAX) && up_to(p.maintenance_put, RATIO_MAX) &&
           up_to(p.maintenance_put_mark, RATIO_MAX) && up_to(p.maintenance_offset, RATIO_MAX) &&
           defined(p.unpaired);
}

bool untouched(const ShortOptionParams& p) noexcept
{
    return p.max_initial.is_zero() && p.min_initial.is_zero() && p.maintenance_call.is_zero() &&
           p.maintenance_put.is_zero() && p.maintenance_put_mark.is_zero() &&
           p.maintenance_offset == Ratio::one() && p.unpaired.initial == Ratio::one() &&
           p.unpaired.maintenance == Ratio::one();
}

void judge_option(Judge& judge, const ShortOptionParams& p) noexcept
{
    const Ratio one = Ratio::one();
    const Ratio least = ratio_per_mille(1);
    judge.bounds("option.max_initial", between(least, p.max_initial, one))
        .bounds("option.min_initial", between(least, p.min_initial, one))
        .bounds("option.maintenance_call", between(least, p.maintenance_call, one))
        .bounds("option.maintenance_put", between(least, p.maintenance_put, one))
        .bounds("option.maintenance_put_mark", up_to(p.maintenance_put_mark, one))
        .bounds("option.maintenance_offset", between(one, p.maintenance_offset, TEN))
        .bounds("option.unpaired_initial", between(one, p.unpaired.initial, TEN))
        .bounds("option.unpaired_maintenance", between(one, p.unpaired.maintenance, TEN));
}

/// Initial is never below maintenance, for any amount n, spot S and mark V of a short:
///     call: I >= min_initial * S * n >= maintenance_call * S * n = M;
///     put: I >= offset * (M + V) - V >= M, since offset >= 1 and V >= 0;
/// and the greatest loss at initial is at least that at maintenance, since its unpaired factor is.
void judge_order(Judge& judge, const ShortOptionParams& p) noexcept
{
    judge.agrees("option.maintenance_call", p.maintenance_call <= p.min_initial)
        .agrees("option.min_initial", p.min_initial <= p.max_initial)
        .agrees("option.unpaired_maintenance", p.unpaired.maintenance <= p.unpaired.initial);
}

}  // namespace

Error check_domain(const StandardParams& params) noexcept
{
    if (!defined(params.fraction) || !params.size_reference.is_positive() ||
        params.size_reference > MONEY_MAX || !up_to(params.size_sqrt_coefficient, RATIO_MAX) ||
        !up_to(params.size_linear_coefficient, RATIO_MAX) ||
        !between(Money::zero(), params.open_interest_lower, MONEY_MAX) ||
        !between(Money::zero(), params.open_interest_upper, MONEY_MAX) ||
        !up_to(params.confidence.threshold, RATIO_MAX) ||
        !up_to(params.confidence.factor, RATIO_MAX) || !up_to(params.depeg.threshold, RATIO_MAX) ||
        !up_to(params.depeg.factor, RATIO_MAX) ||
        scale_ceil(params.depeg.factor, params.depeg.threshold) > RATIO_MAX ||
        !defined(params.option))
        return Error::parameter_bounds;
    // F-8 divides by the distance.
    return params.open_interest_upper.is_zero() ||
                   params.open_interest_lower < params.open_interest_upper
               ? Error::ok
               : Error::parameter_bounds;
}

Refused validate(const StandardParams& params) noexcept
{
    const bool options = !untouched(params.option);
    const PerLevel<Ratio>& fraction = params.fraction;
    const Ratio least = ratio_per_mille(1);
    Judge judge;
    judge.bounds("initial_fraction", between(least, fraction.initial, Ratio::one()))
        .bounds("maintenance_fraction", between(least, fraction.maintenance, Ratio::one()))
        .bounds("scaling.size_reference", between(Money::one(), params.size_reference, MONEY_MAX))
        .bounds("scaling.size_sqrt_coefficient", up_to(params.size_sqrt_coefficient, TEN))
        .bounds("scaling.size_linear_coefficient", up_to(params.size_linear_coefficient, TEN))
        .bounds("scaling.open_interest_lower",
            between(Money::zero(), params.open_interest_lower, MONEY_MAX))
        // F-8 divides by the distance.
        .bounds("scaling.open_interest_upper",
            params.open_interest_upper.is_zero() ||
                (params.open_interest_upper <= MONEY_MAX &&
                    params.open_interest_lower < params.open_interest_upper))
        .bounds("confidence", validate(params.confidence) == Error::ok)
        .bounds("depeg", validate(params.depeg) == Error::ok);
    if (options)
        judge_option(judge, params.option);
    judge.agrees("maintenance_fraction", fraction.maintenance <= fraction.initial)
        .agrees("scaling.open_interest_lower",
            !params.open_interest_upper.is_zero() || params.open_interest_lower.is_zero());
    if (options)
        judge_order(judge, params.option);
    if (!judge.fine())
        return judge;
    // Whatever the bounds leave out.
    return judge.bounds("scaling", check_domain(params) == Error::ok);
}

}  // namespace plimsoll
