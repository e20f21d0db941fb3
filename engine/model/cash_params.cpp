// plimsoll: engine/model/cash_params.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See cash_params.hpp; docs/parameters.md repeats every bound with its reason.
#include "engine/model/cash_params.hpp"

#include "engine/model/bounds.hpp"

namespace plimsoll {
namespace {

constexpr std::uint64_t DAY_S = 86'400;
/// 5 % a day each, so that even 30 days that nobody touched multiply a debt by less than six.
constexpr Rate RATE_PART_MAX = Rate::from_raw(num::WAD / 20);

bool is_rate(Rate rate) noexcept
{
    return between(Rate::zero(), rate, RATE_PART_MAX);
}

}  // namespace

Error validate(const BorrowParams& params) noexcept
{
    const bool fine = is_rate(params.base) && is_rate(params.slope_low) &&
                      is_rate(params.slope_high) &&
                      between(ratio_per_mille(10), params.kink, ratio_per_mille(990)) &&
                      up_to(params.reserve_factor, ratio_per_mille(500)) &&
                      up_to(params.utilisation_max, Ratio::one()) &&
                      between(Money::zero(), params.borrow_cap, MONEY_MAX) &&
                      up_to(params.supply_loss_cap, ratio_per_mille(500));
    return fine ? Error::ok : Error::parameter_bounds;
}

Error validate(const GateParams& params) noexcept
{
    // A deficit of one unit freezes nothing; no window lets nothing out.
    const bool fine = between(Money::from_units(1), params.absolute, MONEY_MAX) &&
                      up_to(params.relative, Ratio::one()) &&
                      between(ratio_per_mille(10), params.outflow_share, Ratio::one()) &&
                      between(600, params.window, DAY_S) &&
                      between(600, params.closed_max, 14 * DAY_S);
    return fine ? Error::ok : Error::parameter_bounds;
}

Error validate(const CashParams& params, const LiquidationParams& liquidation) noexcept
{
    if (params.borrow.given())
        if (const Error error = validate(params.borrow); error != Error::ok)
            return error;
    if (params.gate.given())
        if (const Error error = validate(params.gate); error != Error::ok)
            return error;
    if (params.staking.given() && params.staking.unbonding.raw() > 90 * DAY_S)
        return Error::parameter_bounds;
    if (!params.borrow.given() && (params.gate.given() || params.staking.given()))
        return Error::parameters_disagree;
    const Seconds least = liquidation.fast + liquidation.slow + params.gate.closed_max;
    if (params.staking.given() && params.staking.unbonding < least)
        return Error::parameters_disagree;
    return Error::ok;
}

}  // namespace plimsoll
