// plimsoll: engine/oracle/validity.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. Which price is good enough for what.
// Promises: a price that blocks a liquidation does so for a bounded time only: once the feed has failed
// for `failed_after`, its last value stands.
#pragma once

#include "engine/error.hpp"
#include "engine/model/board.hpp"
#include "engine/model/params.hpp"
#include "engine/units/units.hpp"

#include <cstdint>

namespace plimsoll {

enum class PriceUse : std::uint8_t
{
    trade,        ///< Fills, withdrawals, and any weight at initial.
    liquidation,  ///< Selling an account that is below maintenance.
};

/// ok, or why the feed cannot be used so: no_price, stale_price, uncertain_price.
[[nodiscard]] constexpr Error usable(
    const FeedPrice& feed, Seconds now, const OracleParams& params, PriceUse use) noexcept
{
    if (feed.price == Price::zero())
        return Error::no_price;
    const Seconds age = elapsed(feed.published, now);
    switch (use) {
    case PriceUse::trade:
        if (age > params.max_age_trade)
            return Error::stale_price;
        // A band at the limit is accepted, one raw unit past it is not; the floor changes neither.
        if (feed.confidence > scale_floor(feed.price, params.max_confidence))
            return Error::uncertain_price;
        return Error::ok;
    case PriceUse::liquidation:
        if (age > params.max_age_liquidation && age <= params.failed_after)
            return Error::stale_price;
        return Error::ok;
    }
    return Error::no_price;
}

/// Whether the feed has been silent for so long that nothing may be lent on its last value.
[[nodiscard]] constexpr bool failed(
    const FeedPrice& feed, Seconds now, const OracleParams& params) noexcept
{
    return feed.price == Price::zero() || elapsed(feed.published, now) > params.failed_after;
}

}  // namespace plimsoll
