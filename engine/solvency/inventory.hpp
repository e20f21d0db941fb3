// plimsoll: engine/solvency/inventory.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. What collateral that the house took over is sold for, and at which price it
// counts until then.
// Promises: all of it, bought in whatever parts, costs at least its floor. Where a stable price is observed, a
// price that stands for a moment takes nothing from suppliers, makes no stake cheaper and no exit dearer for who
// stays. A feed that has failed hides a deficit from nobody, and no price keeps anybody in.
#pragma once

#include "engine/model/board.hpp"
#include "engine/model/params.hpp"
#include "engine/units/units.hpp"

#include <cstdint>

namespace plimsoll {

/// For whom it counts.
enum class InventoryUse : std::uint8_t
{
    gate,       ///< Against a deficit that holds quote back.
    suppliers,  ///< Against a deficit that they would share.
    joining,    ///< For who stakes.
    leaving,    ///< For who takes shares out.
};

/// At which price it counts; zero: as nothing. The index, which for suppliers and who joins is raised to the stable
/// price, for who leaves lowered to it, and for them nothing while it could not be bought. `stable`: zero where none is
/// observed; the gate does not look at it.
[[nodiscard]] Price inventory_price(const FeedPrice& feed, Price stable, InventoryUse use,
    Seconds now, const OracleParams& params) noexcept;

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
