// plimsoll: engine/ops/trading_fee.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. What a fill costs each of its two accounts (G10).
// Promises: a fee is never negative, is rounded up and never more than the rate of the notional.
#pragma once

#include "engine/model/market.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// Most that the fee of an option's fill is, as a share of its premium: an eighth.
inline constexpr Ratio OPTION_FEE_CAP = Ratio::from_raw(num::WAD / 8);

/// The rate of one side of a fill.
[[nodiscard]] constexpr Ratio trading_fee_rate(const MarketParams& params, bool takes) noexcept
{
    return takes ? params.taker_fee : params.maker_fee;
}

/// rate * base * price; for an option rate * base * index, but at most OPTION_FEE_CAP of its premium base *
/// price. Every product is rounded up, to the house.
/// @pre base > 0, price >= 0, index > 0, 0 <= rate <= 1
[[nodiscard]] Money trading_fee_ceil(
    const MarketParams& params, Ratio rate, Quantity base, Price price, Price index) noexcept;

}  // namespace plimsoll
