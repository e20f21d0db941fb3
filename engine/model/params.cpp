// plimsoll: engine/model/params.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See params.hpp; docs/parameters.md repeats every bound with its reason.
#include "engine/model/params.hpp"

#include "engine/model/bounds.hpp"

namespace plimsoll {
namespace {

constexpr std::uint64_t DAY_S = 86'400;
constexpr std::uint64_t HOUR_S = 3'600;
/// A flag that nobody renews lives so long at least: one that lapses before the next block never leads anywhere.
constexpr Seconds FLAG_LIFE_MIN = Seconds::from_raw(600);

}  // namespace

Refused validate(const Asset& asset) noexcept
{
    Judge judge;
    judge.bounds("decimals", asset.decimals <= TOKEN_DECIMALS_MAX)
        .bounds("initial_haircut", up_to(asset.initial_haircut, Ratio::one()))
        .bounds("maintenance_haircut", up_to(asset.maintenance_haircut, Ratio::one()));
    if (!judge.fine())
        return judge;
    judge.bounds("deposit_cap", quantity_in_range(asset.deposit_cap, asset.decimals))
        .bounds("pool_start", between(Quantity::zero(), asset.pool_start, QUANTITY_MAX))
        .bounds("size_discount", up_to(asset.size_discount, Ratio::one()));
    if (asset.volatility.given()) {
        // On the wire a haircut's multiple and cap bear the name of what they are of.
        const Refused found = validate(asset.volatility);
        judge.and_also({found.error, found.parameter == "multiple"          ? "volatility_multiple"
                                     : found.parameter == "maintenance_cap" ? "volatility_cap"
                                                                            : found.parameter});
    }
    return judge.bounds("confidence", validate(asset.confidence) == Error::ok)
        .agrees("maintenance_haircut", asset.maintenance_haircut <= asset.initial_haircut)
        // A horizon or a cap without a multiple would mean nothing.
        .agrees("volatility_multiple",
            asset.volatility.given() ||
                (asset.volatility.horizon.is_zero() && asset.volatility.maintenance_cap.is_zero()));
}

Refused validate(const Underlying& underlying) noexcept
{
    return Judge{}.and_also(validate(underlying.profit)).and_also(validate(underlying.standard));
}

Refused validate(const LiquidationParams& params) noexcept
{
    Judge judge;
    judge.bounds("buffer", up_to(params.buffer, ratio_per_mille(500)))
        .bounds("share_start", up_to(params.share_start, Ratio::one()))
        .bounds("share_fast", up_to(params.share_fast, Ratio::one()))
        .bounds("share_max", up_to(params.share_max, Ratio::one()))
        .bounds("fee_share", up_to(params.fee_share, Ratio::one()))
        .bounds("fast_s", between(1, params.fast, DAY_S))
        .bounds("slow_s", between(1, params.slow, DAY_S))
        .bounds("cool_s", between(0, params.cool, 7 * DAY_S))
        .bounds("close_out_notional",
            between(Money::zero(), params.close_out_notional, Money::from_units(1'000'000)))
        .bounds("insurance_reward_cap",
            between(Money::zero(), params.reward_cap, Money::from_units(1'000'000'000)))
        .bounds("insurance_debt_cap", between(Money::zero(), params.debt_cap, MONEY_MAX));
    const PaceParams& pace = params.pace;
    if (pace.given())
        judge.bounds("window_s", between(1, pace.window, DAY_S))
            .bounds("notional_max", between(Money::zero(), pace.notional_max, MONEY_MAX))
            .bounds("patience_s", between(0, pace.patience, 2 * DAY_S))
            .bounds("doubling_s", between(1, pace.doubling, DAY_S));
    if (!judge.fine())
        return judge;
    // A limit must have begun to give way before the house's own stage.
    if (pace.given())
        judge.agrees("patience_s", pace.patience <= params.fast + params.slow);
    // Together they must leave some of the freed margin with the account, or a sale could lower its
    // health; the curve must not fall.
    return judge.agrees("fee_share", params.share_max + params.fee_share < Ratio::one())
        .agrees("share_start", params.share_start <= params.share_fast)
        .agrees("share_fast", params.share_fast <= params.share_max)
        .agrees("cool_s", params.fast + params.slow + params.cool >= FLAG_LIFE_MIN);
}

Refused validate(const OracleParams& params) noexcept
{
    return Judge{}
        .bounds("max_age_trade_s", between(1, params.max_age_trade, DAY_S))
        .bounds("max_age_liquidation_s", between(1, params.max_age_liquidation, DAY_S))
        .bounds("failed_after_s", between(1, params.failed_after, 7 * DAY_S))
        .bounds("max_confidence",
            between(ratio_per_mille(1), params.max_confidence, ratio_per_mille(200)))
        .bounds("shock_after_s", between(0, params.shock_after, 14 * DAY_S))
        .bounds("longest_block_s", between(0, params.longest_block, HOUR_S))
        .bounds("gap_min_s", between(0, params.gap_min, DAY_S))
        .bounds("grace_max_s", between(0, params.grace_max, HOUR_S))
        .agrees("max_age_trade_s", params.max_age_trade <= params.max_age_liquidation)
        .agrees("max_age_liquidation_s", params.max_age_liquidation <= params.failed_after)
        .agrees("shock_after_s",
            params.shock_after.is_zero() || params.shock_after >= params.failed_after)
        // A grace is given whole or not at all.
        .agrees("gap_min_s", params.longest_block.is_zero() == params.gap_min.is_zero())
        .agrees("grace_max_s", params.longest_block.is_zero() == params.grace_max.is_zero());
}

Refused validate(const FeedParams& params, std::size_t sources) noexcept
{
    Judge judge;
    judge.bounds("publishers", sources > 0 && sources <= FEED_SOURCES_MAX)
        .bounds("quorum", params.quorum > 0)
        .bounds("report_max_age_s", between(1, params.report_max_age, DAY_S))
        .agrees("quorum", params.quorum <= sources);
    if (params.jump.most.is_zero())
        return judge.agrees("jump_wait_s", params.jump.wait.is_zero());
    return judge
        .bounds(
            "jump_max", between(ratio_per_mille(1'050), params.jump.most, Ratio::from_units(100)))
        .bounds("jump_wait_s", between(1, params.jump.wait, HOUR_S));
}

Refused validate(const MarketParams& params) noexcept
{
    const bool perpetual = params.kind == MarketKind::perpetual;
    const bool option = params.kind == MarketKind::option;
    const Ratio fee_most = ratio_per_mille(10);
    return Judge{}
        .bounds("lot", params.lot.is_positive() && params.lot <= Quantity::from_units(1'000'000))
        .bounds("fill_band", between(ratio_per_mille(1), params.fill_band, ratio_per_mille(500)))
        .bounds(
            "open_interest_max", between(Quantity::zero(), params.open_interest_max, QUANTITY_MAX))
        .bounds("loss_cap", up_to(params.loss_cap, ratio_per_mille(500)))
        .bounds("liquidation_max", between(Money::zero(), params.liquidation_max, MONEY_MAX))
        .bounds("insurance_cap", between(Money::zero(), params.insurance_cap, MONEY_MAX))
        .bounds("maker_fee", up_to(params.maker_fee, fee_most))
        .bounds("taker_fee", up_to(params.taker_fee, fee_most))
        .bounds("premium_max", !perpetual || up_to(params.premium_max, ratio_per_mille(200)))
        .bounds("premium_window_s", !perpetual || between(1, params.premium_window, DAY_S))
        .bounds("funding_window_s", !perpetual || between(60, params.funding_window, 30 * DAY_S))
        .bounds("funding_cap", !perpetual || between(Rate::zero(), params.funding_cap, Rate::one()))
        .agrees("premium_max", perpetual || params.premium_max.is_zero())
        .agrees("premium_window_s", perpetual || params.premium_window.is_zero())
        .agrees("funding_window_s", perpetual || params.funding_window.is_zero())
        .agrees("funding_cap", perpetual || params.funding_cap.is_zero())
        // Who waits never pays more than who does not.
        .agrees("maker_fee", params.maker_fee <= params.taker_fee)
        // What has no expiry is no future, and what has a strike is an option.
        .agrees("expiry", params.expiry.is_zero() == perpetual)
        .agrees("strike", option || params.strike.is_zero())
        .agrees("option_type", option || params.type == OptionType::call)
        .bounds("strike", between(Price::zero(), params.strike, PRICE_MAX));
}

}  // namespace plimsoll
