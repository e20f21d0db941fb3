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

Refused validate(const BorrowParams& params) noexcept
{
    return Judge{}
        .bounds("borrow.base", is_rate(params.base))
        .bounds("borrow.slope_low", is_rate(params.slope_low))
        .bounds("borrow.slope_high", is_rate(params.slope_high))
        .bounds("borrow.kink", between(ratio_per_mille(10), params.kink, ratio_per_mille(990)))
        .bounds("borrow.reserve_factor", up_to(params.reserve_factor, ratio_per_mille(500)))
        .bounds("borrow.utilisation_max", up_to(params.utilisation_max, Ratio::one()))
        .bounds("borrow.borrow_cap", between(Money::zero(), params.borrow_cap, MONEY_MAX))
        .bounds("borrow.supply_loss_cap", up_to(params.supply_loss_cap, ratio_per_mille(500)));
}

Refused validate(const GateParams& params) noexcept
{
    // A deficit of one unit freezes nothing; no window lets nothing out.
    return Judge{}
        .bounds("gate.absolute", between(Money::from_units(1), params.absolute, MONEY_MAX))
        .bounds("gate.relative", up_to(params.relative, Ratio::one()))
        .bounds(
            "gate.outflow_share", between(ratio_per_mille(10), params.outflow_share, Ratio::one()))
        .bounds("gate.window_s", between(600, params.window, DAY_S))
        .bounds("gate.closed_max_s", between(600, params.closed_max, 14 * DAY_S));
}

Refused validate(const CashParams& params, const LiquidationParams& liquidation) noexcept
{
    Judge judge;
    if (params.borrow.given())
        judge.and_also(validate(params.borrow));
    if (params.gate.given())
        judge.and_also(validate(params.gate));
    judge.bounds("unbonding_s", params.staking.unbonding.raw() <= 90 * DAY_S)
        .agrees("gate", params.borrow.given() || !params.gate.given())
        .agrees("unbonding_s", params.borrow.given() || !params.staking.given());
    if (!judge.fine() || !params.staking.given())
        return judge;
    return judge.agrees("unbonding_s",
        params.staking.unbonding >= liquidation.fast + liquidation.slow + params.gate.closed_max);
}

}  // namespace plimsoll
