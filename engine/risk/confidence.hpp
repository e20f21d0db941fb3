// plimsoll: engine/risk/confidence.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. The charge for prices that publishers are not sure of (F-20).
#pragma once

#include "engine/model/portfolio_params.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

[[nodiscard]] constexpr Ratio least(Ratio a, Ratio b) noexcept
{
    return a < b ? a : b;
}

/// (1 - confidence) * factor * notional, once confidence is strictly below the threshold. Ceil. The
/// comparison is of raw integers, because there is a jump at the threshold.
[[nodiscard]] constexpr Money confidence_charge_ceil(
    const ConfidenceRule& rule, Ratio confidence, Money notional) noexcept
{
    if (confidence >= rule.threshold || confidence >= Ratio::one())
        return Money::zero();
    // One rounding: the share is a product of two ratios, kept up; the charge is then up as well.
    return scale_ceil(notional, scale_ceil(Ratio::one() - confidence, rule.factor));
}

/// factor * (threshold - price of the quote), while that is positive. Ceil.
[[nodiscard]] constexpr Ratio depeg_share_ceil(const DepegRule& rule, Price quote) noexcept
{
    const Ratio price = Ratio::from_raw(quote.raw());
    if (price >= rule.threshold)
        return Ratio::zero();
    return scale_ceil(rule.threshold - price, rule.factor);
}
[[nodiscard]] constexpr Ratio depeg_share_floor(const DepegRule& rule, Price quote) noexcept
{
    const Ratio price = Ratio::from_raw(quote.raw());
    if (price >= rule.threshold)
        return Ratio::zero();
    return scale_floor(rule.threshold - price, rule.factor);
}

}  // namespace plimsoll
