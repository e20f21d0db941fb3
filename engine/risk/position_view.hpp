// plimsoll: engine/risk/position_view.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. What a position is now: the stored base and quote carried along the
// indexes of its side, epoch by epoch. Health, queries and touch all ask here.
//
// A side carries two indexes. `a` is the share of a position that deleveraging has left; `k` is the
// quote that one unit of base has gained since the start, measured at a = 1. A position remembers both
// as of its last touch; what it is worth now follows from the difference.
//
// Promises: the view rounds against the holder, base and quote alike. Algebra: docs/formulas.md, "Side
// indexes"; the operations that move the indexes are engine/solvency/side_index.hpp.
// Never: changes anything; reads storage (an EpochSource is asked for old epochs).
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/market.hpp"
#include "engine/result.hpp"

#include <cstdint>

namespace plimsoll {

/// 1 with 27 decimals: where `a` starts.
inline constexpr num::i128 INDEX_ONE = static_cast<num::i128>(1'000'000'000) * num::WAD;

/// Where the ended epochs of all sides are kept.
class EpochSource
{
public:
    EpochSource() = default;
    EpochSource(const EpochSource&) = delete;
    EpochSource& operator=(const EpochSource&) = delete;

    /// False only if there is no such record, which for an epoch that has ended is a broken store.
    [[nodiscard]] virtual bool epoch(
        MarketId market, Side side, std::uint32_t number, EpochRecord& out) const noexcept = 0;

protected:
    ~EpochSource() = default;
};

/// What a position is now.
struct PositionView
{
    Quantity base;   ///< Signed floor: a long shrinks, a short's magnitude rounds up.
    Money quote;     ///< Floor, for the house.
    int stages = 0;  ///< Roundings that `touch` must add to the side's dust bound.
};

/// The side that a position with this base is on. @pre base != 0.
[[nodiscard]] constexpr Side side_of(Quantity base) noexcept
{
    return base > Quantity::zero() ? Side::long_side : Side::short_side;
}

/// A position followed through its side's epochs, at most STAGES_MAX of them, in raw integers.
struct EpochWalk
{
    num::i128 base = 0;
    num::i128 quote = 0;
    num::i128 a =
        0;  ///< Snapshots that belong to base and quote: of the epoch where the walk ended.
    num::i128 k = 0;
    std::uint32_t epoch = 0;
    int stages = 0;
    bool arrived = false;  ///< At the current epoch, or at nothing left.
};

/// Error corrupt_record when an ended epoch is not in the store.
[[nodiscard]] Result<EpochWalk> walk_epochs(
    const Position& position, const MarketIndexes& indexes, const EpochSource& epochs) noexcept;

/// Beyond 1e18 either way a position's quote saturates.
[[nodiscard]] num::i128 clamp_quote(num::i128 quote) noexcept;

/// The position as of the market's indexes. Error touch_first when it sleeps more than STAGES_MAX
/// epochs behind, corrupt_record when an ended epoch is not in the store.
[[nodiscard]] Result<PositionView> view(
    const Position& position, const MarketIndexes& indexes, const EpochSource& epochs) noexcept;

}  // namespace plimsoll
