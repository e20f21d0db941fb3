// plimsoll: engine/oracle/price_band.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. The lowest and highest price that a publisher's confidence leaves open: the
// price_low and price_high of F-4a, by F-43 of docs/formulas.md.
#pragma once

#include "engine/model/board.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

struct PriceBand
{
    Price low;
    Price high;
};

/// price -+ confidence, within (0, PRICE_MAX]: 0 < low <= price <= high. Exact: nothing is rounded.
/// @pre 0 < price <= PRICE_MAX, confidence >= 0
[[nodiscard]] constexpr PriceBand price_band(const FeedPrice& feed) noexcept
{
    CHECK(feed.price.is_positive() && feed.price <= PRICE_MAX);
    CHECK(!feed.confidence.is_negative());
    constexpr Price LEAST = Price::from_raw(1);
    return {feed.confidence < feed.price ? feed.price - feed.confidence : LEAST,
        feed.confidence < PRICE_MAX - feed.price ? feed.price + feed.confidence : PRICE_MAX};
}

}  // namespace plimsoll
