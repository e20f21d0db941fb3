// plimsoll: engine/model/params.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See params.hpp; docs/parameters.md repeats every bound with its reason.
#include "engine/model/params.hpp"

namespace plimsoll {
namespace {

constexpr Ratio ratio_per_mille(std::int64_t thousandths) noexcept
{
    return Ratio::from_raw(static_cast<num::i128>(thousandths) * (num::WAD / 1'000));
}

constexpr std::uint64_t DAY_S = 86'400;

constexpr bool between(Ratio low, Ratio value, Ratio high) noexcept
{
    return low <= value && value <= high;
}
constexpr bool between(Money low, Money value, Money high) noexcept
{
    return low <= value && value <= high;
}
constexpr bool between(std::uint64_t low, Seconds value, std::uint64_t high) noexcept
{
    return low <= value.raw() && value.raw() <= high;
}

}  // namespace

Error validate(const Asset& asset) noexcept
{
    if (asset.decimals > TOKEN_DECIMALS_MAX ||
        !between(Ratio::zero(), asset.initial_haircut, Ratio::one()) ||
        !between(Ratio::zero(), asset.maintenance_haircut, Ratio::one()) ||
        !quantity_in_range(asset.deposit_cap, asset.decimals))
        return Error::parameter_bounds;
    if (asset.maintenance_haircut > asset.initial_haircut)
        return Error::parameters_disagree;
    return Error::ok;
}

Error validate(const Underlying& underlying) noexcept
{
    if (!between(ratio_per_mille(1), underlying.maintenance_fraction, Ratio::one()) ||
        !between(ratio_per_mille(1), underlying.initial_fraction, Ratio::one()) ||
        !between(Ratio::zero(), underlying.profit_weight, Ratio::one()) ||
        !between(Money::zero(), underlying.profit_cap, MONEY_MAX))
        return Error::parameter_bounds;
    if (underlying.maintenance_fraction > underlying.initial_fraction)
        return Error::parameters_disagree;
    return Error::ok;
}

Error validate(const LiquidationParams& params) noexcept
{
    if (!between(Ratio::zero(), params.buffer, Ratio::one()) ||
        !between(Ratio::zero(), params.share_start, Ratio::one()) ||
        !between(Ratio::zero(), params.share_fast, Ratio::one()) ||
        !between(Ratio::zero(), params.share_max, Ratio::one()) ||
        !between(Ratio::zero(), params.fee_share, Ratio::one()) ||
        !between(1, params.fast, DAY_S) || !between(1, params.slow, DAY_S) ||
        !between(0, params.cool, 7 * DAY_S) ||
        !between(Money::zero(), params.close_out_notional, Money::from_units(1'000'000)) ||
        !between(Money::zero(), params.reward_cap, MONEY_MAX))
        return Error::parameter_bounds;
    // Together they must leave some of the freed margin with the account, or a sale could lower its
    // health; the curve must not fall.
    if (params.share_max + params.fee_share >= Ratio::one() ||
        params.share_start > params.share_fast || params.share_fast > params.share_max)
        return Error::parameters_disagree;
    return Error::ok;
}

Error validate(const OracleParams& params) noexcept
{
    if (!between(1, params.max_age_trade, DAY_S) ||
        !between(1, params.max_age_liquidation, DAY_S) ||
        !between(1, params.failed_after, 7 * DAY_S) ||
        !between(ratio_per_mille(1), params.max_confidence, ratio_per_mille(500)))
        return Error::parameter_bounds;
    if (params.max_age_trade > params.max_age_liquidation ||
        params.max_age_liquidation > params.failed_after)
        return Error::parameters_disagree;
    return Error::ok;
}

Error validate(const MarketParams& params) noexcept
{
    if (params.lot <= Quantity::zero() || params.lot > Quantity::from_units(1'000'000) ||
        !between(ratio_per_mille(1), params.fill_band, ratio_per_mille(500)) ||
        !between(Ratio::zero(), params.premium_max, ratio_per_mille(500)) ||
        !between(1, params.premium_window, DAY_S) ||
        !between(60, params.funding_window, 30 * DAY_S) || params.funding_cap < Rate::zero() ||
        params.funding_cap > Rate::one() || params.open_interest_max < Quantity::zero() ||
        params.open_interest_max > QUANTITY_MAX ||
        !between(Ratio::zero(), params.loss_cap, Ratio::one()))
        return Error::parameter_bounds;
    return Error::ok;
}

}  // namespace plimsoll
