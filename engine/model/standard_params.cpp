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

bool bounded(const ShortOptionParams& p) noexcept
{
    const Ratio one = Ratio::one();
    return between(ratio_per_mille(1), p.max_initial, one) &&
           between(ratio_per_mille(1), p.min_initial, one) &&
           between(ratio_per_mille(1), p.maintenance_call, one) &&
           between(ratio_per_mille(1), p.maintenance_put, one) &&
           up_to(p.maintenance_put_mark, one) && between(one, p.maintenance_offset, TEN) &&
           between(one, p.unpaired.initial, TEN) && between(one, p.unpaired.maintenance, TEN);
}

/// Initial is never below maintenance, for any amount n, spot S and mark V of a short:
///     call: I >= min_initial * S * n >= maintenance_call * S * n = M;
///     put: I >= offset * (M + V) - V >= M, since offset >= 1 and V >= 0;
/// and the greatest loss at initial is at least that at maintenance, since its unpaired factor is.
bool ordered(const ShortOptionParams& p) noexcept
{
    return p.maintenance_call <= p.min_initial && p.min_initial <= p.max_initial &&
           p.unpaired.maintenance <= p.unpaired.initial;
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

Error validate(const StandardParams& params) noexcept
{
    if (const Error error = check_domain(params); error != Error::ok)
        return error;
    const bool options = !untouched(params.option);
    if (!between(ratio_per_mille(1), params.fraction.maintenance, Ratio::one()) ||
        !between(ratio_per_mille(1), params.fraction.initial, Ratio::one()) ||
        params.size_reference < Money::one() || !up_to(params.size_sqrt_coefficient, TEN) ||
        !up_to(params.size_linear_coefficient, TEN) || validate(params.confidence) != Error::ok ||
        validate(params.depeg) != Error::ok || (options && !bounded(params.option)))
        return Error::parameter_bounds;
    if (params.fraction.maintenance > params.fraction.initial ||
        (params.open_interest_upper.is_zero() && !params.open_interest_lower.is_zero()) ||
        (options && !ordered(params.option)))
        return Error::parameters_disagree;
    return Error::ok;
}

}  // namespace plimsoll
