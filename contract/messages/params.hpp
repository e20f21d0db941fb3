// plimsoll: contract/messages/params.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. The parameters of the engine, which travel in messages as they
// are.
// Promises: their names on the wire; engine/model/params.hpp says what they mean and bounds them.
#pragma once

#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/params.hpp"
#include "engine/model/volatility_params.hpp"

#include <string_view>

namespace plimsoll::contract::json {

template <>
struct Described<PaceParams>
{
    static constexpr std::string_view NAME = "PaceParams";
    static constexpr std::string_view DOC = "How fast accounts may be liquidated.";
    static constexpr auto fields() noexcept
    {
        using P = PaceParams;
        return describe(
            field<&P::window>("window_s", "time in which a limit frees itself, in seconds"),
            field<&P::notional_max>("notional_max",
                "most notional liquidated in a window, of all accounts; 0: only markets are "
                "limited",
                NOT_NEGATIVE),
            field<&P::patience>("patience_s",
                "an account that has been flagged for longer has twice the limit, in seconds"),
            field<&P::doubling>(
                "doubling_s", "and twice as much again with each of these, in seconds"));
    }
};

template <>
struct Described<LiquidationParams>
{
    static constexpr std::string_view NAME = "LiquidationParams";
    static constexpr std::string_view DOC = "How an unhealthy account is sold.";
    static constexpr auto fields() noexcept
    {
        using P = LiquidationParams;
        return describe(
            field<&P::buffer>("buffer",
                "net collateral is brought to (1 + buffer) times the maintenance requirement",
                NOT_NEGATIVE),
            field<&P::share_start>("share_start",
                "the buyer's share of freed margin when the account is flagged", NOT_NEGATIVE),
            field<&P::share_fast>(
                "share_fast", "the buyer's share at the end of the fast leg", NOT_NEGATIVE),
            field<&P::share_max>(
                "share_max", "the buyer's share at the end of the slow leg", NOT_NEGATIVE),
            field<&P::fee_share>(
                "fee_share", "the insurance's share of freed margin", NOT_NEGATIVE),
            field<&P::fast>("fast_s", "length of the fast leg, in seconds"),
            field<&P::slow>("slow_s", "length of the slow leg, in seconds"),
            field<&P::cool>(
                "cool_s", "an account flagged again within this time goes on where it was"),
            field<&P::close_out_notional>("close_out_notional",
                "a position no larger than this is sold whole, and no less collateral is sold",
                NOT_NEGATIVE),
            field<&P::reward_cap>("insurance_reward_cap",
                "most that the insurance adds to rewards for one account on one curve",
                NOT_NEGATIVE),
            field<&P::debt_cap>("insurance_debt_cap",
                "most that the insurance pays in a day of deficits that fall on no market; absent "
                "or 0: any",
                or_default(NOT_NEGATIVE)),
            field<&P::pace>(
                "pace", "how fast accounts may be liquidated; absent: no limits", or_default()));
    }
};

template <>
struct Described<OracleParams>
{
    static constexpr std::string_view NAME = "OracleParams";
    static constexpr std::string_view DOC = "When a price may be used.";
    static constexpr auto fields() noexcept
    {
        using P = OracleParams;
        return describe(field<&P::max_age_trade>(
                            "max_age_trade_s", "an older price allows no fill and no withdrawal"),
            field<&P::max_age_liquidation>(
                "max_age_liquidation_s", "an older price allows no liquidation"),
            field<&P::failed_after>(
                "failed_after_s", "a price older than this has failed: its last value stands"),
            field<&P::max_confidence>("max_confidence",
                "a band wider than this share of the price allows no fill and no withdrawal",
                NOT_NEGATIVE),
            field<&P::shock_after>("shock_after_s",
                "positions on an older price count moved against the account; absent: "
                "failed_after_s",
                or_default()),
            field<&P::longest_block>("longest_block_s",
                "a block that takes longer is a halt of the chain; absent: no grace after one",
                or_default()),
            field<&P::gap_min>("gap_min_s",
                "a shorter halt is none; required with longest_block_s, not allowed without",
                or_default()),
            field<&P::grace_max>("grace_max_s",
                "most time that solvent accounts have after a halt; likewise", or_default()));
    }
};

template <>
struct Described<VolatilityParams>
{
    static constexpr std::string_view NAME = "VolatilityParams";
    static constexpr std::string_view DOC = "How volatility is observed. Volatilities are annual.";
    static constexpr auto fields() noexcept
    {
        using P = VolatilityParams;
        return describe(
            field<&P::step>("step_s", "prices are sampled at its multiples, in seconds"),
            field<&P::decay>("decay", "weight that the past keeps at each", NOT_NEGATIVE),
            field<&P::clip>(
                "clip", "most that a return counts, in current standard deviations", NOT_NEGATIVE),
            field<&P::start>("start", "of what has not been observed yet", NOT_NEGATIVE),
            field<&P::floor>("floor", "least estimate", NOT_NEGATIVE),
            field<&P::cap>("cap", "greatest estimate", NOT_NEGATIVE),
            field<&P::stale_after>("stale_after_s", "an older price says nothing"));
    }
};

template <>
struct Described<CorrelationParams>
{
    static constexpr std::string_view NAME = "CorrelationParams";
    static constexpr std::string_view DOC = "How an observed correlation joins governance's.";
    static constexpr auto fields() noexcept
    {
        using P = CorrelationParams;
        return describe(field<&P::step>("step", "it counts in multiples of it", NOT_NEGATIVE),
            field<&P::hysteresis>(
                "hysteresis", "how far past a multiple's reach it must be to move", NOT_NEGATIVE),
            field<&P::hold>(
                "hold_s", "at maintenance it moves one step and then waits so long, in seconds"));
    }
};

template <>
struct Described<StablePriceParams>
{
    static constexpr std::string_view NAME = "StablePriceParams";
    static constexpr std::string_view DOC =
        "A second price that follows the published one slowly, at which initial margin values "
        "accounts too: slower the further it is from the average of 24 intervals ago.";
    static constexpr auto fields() noexcept
    {
        using P = StablePriceParams;
        return describe(field<&P::interval>("interval_s",
                            "time of one of its 24 averages, in seconds; 3600: it is held back by "
                            "where the price was a day ago"),
            field<&P::delay_growth>("delay_growth",
                "most that an average differs from the one before, as a share of it", NOT_NEGATIVE),
            field<&P::growth_per_hour>("growth_per_hour",
                "most that its logarithm moves in an hour; 0.15 is about 15 %", NOT_NEGATIVE));
    }
};

}  // namespace plimsoll::contract::json
