// plimsoll: engine/model/params.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See params.hpp; docs/parameters.md repeats every bound with its reason.
#include "engine/model/params.hpp"

#include "engine/model/bounds.hpp"

namespace plimsoll {
namespace {

constexpr std::uint64_t DAY_S = 86'400;
constexpr std::uint64_t HOUR_S = 3'600;

}  // namespace

Error validate(const Asset& asset) noexcept
{
    if (asset.decimals > TOKEN_DECIMALS_MAX || !up_to(asset.initial_haircut, Ratio::one()) ||
        !up_to(asset.maintenance_haircut, Ratio::one()) ||
        !quantity_in_range(asset.deposit_cap, asset.decimals) ||
        !between(Quantity::zero(), asset.pool_start, QUANTITY_MAX) ||
        !up_to(asset.size_discount, Ratio::one()) ||
        (asset.volatility.given() && validate(asset.volatility) != Error::ok) ||
        validate(asset.confidence) != Error::ok)
        return Error::parameter_bounds;
    // A horizon or a cap without a multiple would mean nothing.
    if (asset.maintenance_haircut > asset.initial_haircut ||
        (!asset.volatility.given() &&
            !(asset.volatility.horizon.is_zero() && asset.volatility.maintenance_cap.is_zero())))
        return Error::parameters_disagree;
    return Error::ok;
}

Error validate(const Underlying& underlying) noexcept
{
    if (const Error error = validate(underlying.profit); error != Error::ok)
        return error;
    return validate(underlying.standard);
}

Error validate(const LiquidationParams& params) noexcept
{
    if (!up_to(params.buffer, Ratio::one()) || !up_to(params.share_start, Ratio::one()) ||
        !up_to(params.share_fast, Ratio::one()) || !up_to(params.share_max, Ratio::one()) ||
        !up_to(params.fee_share, Ratio::one()) || !between(1, params.fast, DAY_S) ||
        !between(1, params.slow, DAY_S) || !between(0, params.cool, 7 * DAY_S) ||
        !between(Money::zero(), params.close_out_notional, Money::from_units(1'000'000)) ||
        !between(Money::zero(), params.reward_cap, MONEY_MAX))
        return Error::parameter_bounds;
    const PaceParams& pace = params.pace;
    if (pace.given()) {
        if (!between(1, pace.window, DAY_S) ||
            !between(Money::zero(), pace.notional_max, MONEY_MAX) ||
            !between(0, pace.patience, 2 * DAY_S) || !between(1, pace.doubling, DAY_S))
            return Error::parameter_bounds;
        // The limit must have begun to give way before the house's own stage.
        if (pace.patience > params.fast + params.slow)
            return Error::parameters_disagree;
    }
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
        !between(ratio_per_mille(1), params.max_confidence, ratio_per_mille(500)) ||
        !between(0, params.shock_after, 14 * DAY_S) || !between(0, params.longest_block, HOUR_S) ||
        !between(0, params.gap_min, DAY_S) || !between(0, params.grace_max, HOUR_S))
        return Error::parameter_bounds;
    if (params.max_age_trade > params.max_age_liquidation ||
        params.max_age_liquidation > params.failed_after ||
        (!params.shock_after.is_zero() && params.shock_after < params.failed_after))
        return Error::parameters_disagree;
    // A grace is given whole or not at all.
    if (params.longest_block.is_zero() != params.gap_min.is_zero() ||
        params.longest_block.is_zero() != params.grace_max.is_zero())
        return Error::parameters_disagree;
    return Error::ok;
}

Error validate(const FeedParams& params, std::size_t sources) noexcept
{
    if (sources == 0 || sources > FEED_SOURCES_MAX || params.quorum == 0 ||
        !between(1, params.report_max_age, DAY_S))
        return Error::parameter_bounds;
    if (params.quorum > sources)
        return Error::parameters_disagree;
    if (params.jump.most.is_zero())
        return params.jump.wait.is_zero() ? Error::ok : Error::parameters_disagree;
    return between(ratio_per_mille(1'050), params.jump.most, Ratio::from_units(100)) &&
                   between(1, params.jump.wait, HOUR_S)
               ? Error::ok
               : Error::parameter_bounds;
}

Error validate(const MarketParams& params) noexcept
{
    if (!params.lot.is_positive() || params.lot > Quantity::from_units(1'000'000) ||
        !between(ratio_per_mille(1), params.fill_band, ratio_per_mille(500)) ||
        !between(Quantity::zero(), params.open_interest_max, QUANTITY_MAX) ||
        !up_to(params.loss_cap, Ratio::one()) ||
        !between(Money::zero(), params.liquidation_max, MONEY_MAX) ||
        !between(Money::zero(), params.insurance_cap, MONEY_MAX))
        return Error::parameter_bounds;
    if (params.kind == MarketKind::perpetual) {
        if (!up_to(params.premium_max, ratio_per_mille(500)) ||
            !between(1, params.premium_window, DAY_S) ||
            !between(60, params.funding_window, 30 * DAY_S) ||
            !between(Rate::zero(), params.funding_cap, Rate::one()))
            return Error::parameter_bounds;
    } else if (!params.premium_max.is_zero() || !params.premium_window.is_zero() ||
               !params.funding_window.is_zero() || !params.funding_cap.is_zero()) {
        return Error::parameters_disagree;
    }
    // What has no expiry is no future, and what has a strike is an option.
    if (params.expiry.is_zero() != (params.kind == MarketKind::perpetual) ||
        (params.kind != MarketKind::option &&
            (!params.strike.is_zero() || params.type != OptionType::call)))
        return Error::parameters_disagree;
    return between(Price::zero(), params.strike, PRICE_MAX) ? Error::ok : Error::parameter_bounds;
}

}  // namespace plimsoll
