// plimsoll: engine/solvency/inventory.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. What collateral that the house took over is sold for.
// Promises: all of it, bought in whatever parts, costs at least its floor.
#pragma once

#include "engine/model/params.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// The index less what a sale at the end of the curve would have given the buyer. ceil: paid to the house.
[[nodiscard]] constexpr Money resale_price_ceil(
    const Asset& asset, Quantity quantity, Price index, Ratio share_max) noexcept
{
    const Money worth = notional_ceil(quantity, index);
    return worth - scale_floor(scale_floor(worth, asset.maintenance_haircut), share_max);
}

/// The same as the house counts on it.
[[nodiscard]] constexpr Money resale_price_floor(
    const Asset& asset, Quantity quantity, Price index, Ratio share_max) noexcept
{
    const Money worth = notional_floor(quantity, index);
    return worth - scale_ceil(scale_ceil(worth, asset.maintenance_haircut), share_max);
}

}  // namespace plimsoll
