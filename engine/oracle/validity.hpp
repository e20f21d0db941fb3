// plimsoll: engine/oracle/validity.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. Which price is good enough for what: tiers of prices by uses, as a table.
// Promises: a price that blocks a liquidation does so for a bounded time only: once the feed has failed
// for `failed_after`, its last value stands, and a jump is held back no longer than its wait.
#pragma once

#include "engine/error.hpp"
#include "engine/model/board.hpp"
#include "engine/model/params.hpp"
#include "engine/units/units.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll {

/// What may be the matter with a price, worst first. Several may hold at once; then each has to be accepted.
enum class Tier : std::uint8_t
{
    non_positive,       ///< Never published.
    too_volatile,       ///< A newer price has jumped and waits to be confirmed.
    too_uncertain,      ///< Its confidence is wider than max_confidence.
    failed,             ///< Older than failed_after.
    stale_for_margin,   ///< Older than max_age_liquidation.
    stale_for_trading,  ///< Older than max_age_trade, or a jump was not confirmed in its wait.
    valid,
};
inline constexpr std::size_t TIERS = 7;
inline constexpr std::array<std::string_view, TIERS> TIER_NAMES = {"non_positive", "too_volatile",
    "too_uncertain", "failed", "stale_for_margin", "stale_for_trading", "valid"};

/// What a price is used for.
enum class PriceUse : std::uint8_t
{
    fill,            ///< A trade in one of its markets.
    withdraw,        ///< Whatever leaves an account that has positions on it, or changes its mode.
    deposit,         ///< Taking a token that it prices.
    initial_weight,  ///< Counting collateral at initial margin.
    buyer,           ///< What a keeper holds besides what it buys, or buys from the house.
    maintenance_weight,  ///< Counting collateral at maintenance margin.
    liquidation,         ///< Selling a position of an account that is below maintenance.
    collateral_sale,     ///< Selling its collateral.
    resolve,             ///< The house closes its positions,
    take_over,           ///< and takes its collateral.
    premium,             ///< Measuring how far a market trades from it.
    settlement,          ///< Settling an expiry at it.
    observation,  ///< Taking it into volatility and the stable price, which look at its age themselves.
    trade = fill,  ///< Any of the first five: they ask for the same.
};
inline constexpr std::size_t PRICE_USES = 13;

/// Row by PriceUse, column by Tier: whether the use accepts a price of that tier.
inline constexpr std::array<std::array<bool, TIERS>, PRICE_USES> ACCEPTED = {{
    // none, volatile, uncertain, failed, stale for margin, stale for trading, valid
    {false, false, false, false, false, false, true},  // fill
    {false, false, false, false, false, false, true},  // withdraw
    {false, false, false, false, false, false, true},  // deposit
    {false, false, false, false, false, false, true},  // initial_weight
    {false, false, false, false, false, false, true},  // buyer
    {false, true, true, false, true, true, true},      // maintenance_weight
    {false, false, true, true, false, true, true},     // liquidation
    {false, false, true, true, false, true, true},     // collateral_sale
    {false, false, true, true, false, true, true},     // resolve
    {true, false, true, true, false, true, true},   // take_over: what has no price counts nothing
    {false, true, true, true, true, true, true},    // premium
    {false, false, true, true, false, true, true},  // settlement
    {false, true, true, true, true, true, true},    // observation
}};

[[nodiscard]] constexpr bool accepts(PriceUse use, Tier tier) noexcept
{
    return ACCEPTED[static_cast<std::size_t>(use)][static_cast<std::size_t>(tier)];
}

/// A set of tiers, a bit each.
using TierSet = std::uint32_t;
[[nodiscard]] constexpr TierSet only(Tier tier) noexcept
{
    return TierSet{1} << static_cast<unsigned>(tier);
}

/// How old is too old for what.
[[nodiscard]] constexpr Tier age_tier(
    Seconds published, Seconds now, const OracleParams& params) noexcept
{
    const Seconds age = elapsed(published, now);
    if (age > params.failed_after)
        return Tier::failed;
    if (age > params.max_age_liquidation)
        return Tier::stale_for_margin;
    return age > params.max_age_trade ? Tier::stale_for_trading : Tier::valid;
}

/// Everything that is the matter with the price; `valid` alone if nothing is.
[[nodiscard]] constexpr TierSet tiers_of(
    const FeedPrice& feed, Seconds now, const OracleParams& params) noexcept
{
    if (!feed.price.is_positive())
        return only(Tier::non_positive);
    TierSet tiers = only(age_tier(feed.published, now, params));
    // A jump that nobody has confirmed in its wait blocks no sale any more; but the price that stands is one
    // of the past.
    if (now < feed.held_until)
        tiers |= only(Tier::too_volatile);
    else if (!feed.held_until.is_zero())
        tiers |= only(Tier::stale_for_trading);
    // A band at the limit is accepted, one raw unit past it is not; the floor changes neither.
    if (feed.confidence > scale_floor(feed.price, params.max_confidence))
        tiers |= only(Tier::too_uncertain);
    return tiers == only(Tier::valid) ? tiers : tiers & ~only(Tier::valid);
}

/// The worst of them.
[[nodiscard]] constexpr Tier tier_of(
    const FeedPrice& feed, Seconds now, const OracleParams& params) noexcept
{
    const TierSet tiers = tiers_of(feed, now, params);
    for (std::size_t i = 0; i < TIERS; ++i)
        if ((tiers >> i & 1U) != 0)
            return static_cast<Tier>(i);
    return Tier::valid;
}

/// ok, or why the feed cannot be used so: no_price, volatile_price, stale_price, uncertain_price, the first that holds.
[[nodiscard]] constexpr Error usable(
    const FeedPrice& feed, Seconds now, const OracleParams& params, PriceUse use) noexcept
{
    const TierSet tiers = tiers_of(feed, now, params);
    const auto refused = [&](Tier tier) {
        return (tiers & only(tier)) != 0 && !accepts(use, tier);
    };
    if (refused(Tier::non_positive))
        return Error::no_price;
    if (refused(Tier::too_volatile))
        return Error::volatile_price;
    if (refused(Tier::failed) || refused(Tier::stale_for_margin) ||
        refused(Tier::stale_for_trading))
        return Error::stale_price;
    return refused(Tier::too_uncertain) ? Error::uncertain_price : Error::ok;
}

/// Whether the feed has been silent for so long that nothing may be lent on its last value.
[[nodiscard]] constexpr bool failed(
    const FeedPrice& feed, Seconds now, const OracleParams& params) noexcept
{
    return usable(feed, now, params, PriceUse::maintenance_weight) != Error::ok;
}

/// Whether something published then is so old that positions on it count moved against the account.
[[nodiscard]] constexpr bool shocked(
    Seconds published, Seconds now, const OracleParams& params) noexcept
{
    const Seconds after = params.shock_after.is_zero() ? params.failed_after : params.shock_after;
    return elapsed(published, now) > after;
}

}  // namespace plimsoll
