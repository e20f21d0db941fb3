// plimsoll: engine/oracle/mark.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. The price that a market's positions are valued at, and the funding that
// pulls it to the index. Formulas: docs/formulas.md, "Mark and funding".
// Promises: |mark - index| <= premium_max * index, whatever publishers say; funding of any length of
// time is at most funding_cap a day.
#pragma once

#include "engine/model/market.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// For how long after its last sample a premium is paid as funding.
inline constexpr Seconds PREMIUM_LIFE = Seconds::from_raw(86'400);

/// The premium that counts: clamp(moving average, +-premium_max * index). floor: the band is never wider
/// than stated.
[[nodiscard]] constexpr Price clamped_premium(const Market& market, Price index) noexcept
{
    if (market.premium == Price::zero())
        return market.premium;
    const Price limit = scale_floor(index, market.params.premium_max);
    if (market.premium > limit)
        return limit;
    return market.premium < -limit ? -limit : market.premium;
}

/// mark = index + clamped premium. Positive whenever the index is, since premium_max < 1.
[[nodiscard]] constexpr Price mark_price(const Market& market, Price index) noexcept
{
    const Price mark = index + clamped_premium(market, index);
    return mark > PRICE_MAX ? PRICE_MAX : mark;
}

/// Takes one sample into the moving average: premium += (sample - premium) * min(dt, window) / window,
/// where the sample is first clamped to +-premium_max * index, so that no single one moves the mark by
/// more. floor: a raw unit either way favours nobody for long, the average forgets it.
void observe_premium(Market& market, Price sample, Price index, Seconds now) noexcept;

/// Funding that longs owe a unit of base (negative: shorts owe) from the last accrual until `now`, or until the market
/// has ended:
/// clamped premium * dt / funding_window, at most funding_cap * index * dt / day either way. floor.
[[nodiscard]] Price funding_due(const Market& market, Price index, Seconds now) noexcept;

}  // namespace plimsoll
