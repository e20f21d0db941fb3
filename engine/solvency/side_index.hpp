// plimsoll: engine/solvency/side_index.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. Everything that happens to all holders of a market side at once:
// funding, deleveraging, socialised loss. Each costs O(1), whoever holds whatever.
//
// A side carries two indexes. `a` is the share of a position that deleveraging has left; `k` is the
// quote that one unit of base has gained since the start, measured at a = 1. A position remembers both
// as of its last touch; what it is worth now follows from the difference. When `a` reaches zero or
// becomes too small to be exact, the side starts a new epoch and the old one's last values are kept.
//
// Promises: bases round so that the longs' sum never exceeds open interest and the shorts' never falls
// below it; quotes round against the holder. So what the house collects always covers what it pays,
// and the difference, at most a few raw units an event, is the residue (docs/rounding.md).
// Invariants I1-I5, their bounds and the source of the algebra: docs/formulas.md, "Side indexes".
// Never: loops over accounts; reads storage (an EpochSource is asked for old epochs).
#pragma once

#include "engine/error.hpp"
#include "engine/model/account.hpp"
#include "engine/model/market.hpp"
#include "engine/result.hpp"
#include "engine/risk/position_view.hpp"

#include <cstdint>

namespace plimsoll {

/// Below 1e-9 a side starts a new epoch, because one raw unit of `a` would weigh too much.
inline constexpr num::i128 INDEX_A_MIN = num::WAD;
/// |k| stays below 8e10 quote a unit, so that the difference of two fits 128 bits.
inline constexpr num::i128 INDEX_K_LIMIT = static_cast<num::i128>(80'000'000'000) * INDEX_ONE;
/// Funding and socialised loss stop 1e10 short of it. Deleveraging and expiry can use the rest: they move k by
/// what they take from `a` times the price, all of an epoch's steps together by at most 2 * PRICE_MAX < 1e10
/// (and a rounding each), so they never fail.
inline constexpr num::i128 INDEX_K_SOFT_LIMIT = INDEX_K_LIMIT / 8 * 7;

/// An epoch that an operation has ended, for the caller to store.
struct EndedEpoch
{
    bool ended = false;
    Side side = Side::long_side;
    std::uint32_t number = 0;
    EpochRecord record;
};

/// Opens a market's indexes: a = 1, k = 0, epoch 0 on both sides.
[[nodiscard]] constexpr MarketIndexes fresh_indexes() noexcept
{
    MarketIndexes indexes;
    indexes.sides[0].a = INDEX_ONE;
    indexes.sides[1].a = INDEX_ONE;
    return indexes;
}

/// Brings the stored position up to the indexes, at most STAGES_MAX epochs. `done` is false when it
/// still sleeps behind: touch it again. A touched position with base 0 keeps its quote for `close`.
struct Touched
{
    bool done = false;
};
[[nodiscard]] Result<Touched> touch(
    Position& position, MarketIndexes& indexes, const EpochSource& epochs) noexcept;

/// Adds `dq` of base at `price` to a touched position, and takes the snapshots of its new side.
/// quote += floor(-dq * price): the fraction stays with the house. Open interest is not changed here;
/// sum `open_interest_change` over the legs of a fill whose dq sum to zero.
/// Error out_of_range, with nothing changed, if base or quote would leave its range.
[[nodiscard]] Error trade(
    Position& position, const MarketIndexes& indexes, Quantity dq, Price price) noexcept;

/// What a change from one base to another adds to open interest (counted on the long side).
[[nodiscard]] constexpr num::i128 open_interest_change(Quantity before, Quantity after) noexcept
{
    const num::i128 was = before > Quantity::zero() ? before.raw() : 0;
    const num::i128 is = after > Quantity::zero() ? after.raw() : 0;
    return is - was;
}

/// Longs pay shorts `charge` quote a unit of base (signed). Receivers get only what is provably
/// collected. Does nothing while all open interest is dust.
/// Error arithmetic_range, with nothing changed, if an index would leave its range.
[[nodiscard]] Error apply_funding(MarketIndexes& indexes, Price charge) noexcept;

/// Closes `quantity` of the touched position at `price` against the whole other side, pro rata.
/// @pre 0 < quantity <= min(|base|, open interest); 0 <= price <= 2 * PRICE_MAX.
/// The other side's k pays or receives so that what it pays is never less than the position gets.
/// Cannot fail: no account may be impossible to close.
EndedEpoch deleverage(
    Position& position, MarketIndexes& indexes, Quantity quantity, Price price) noexcept;

/// Charges `loss` > 0 to both sides, half each, in proportion to open interest. Collects `loss` rounded
/// up to an even raw number; the surplus unit belongs to the residue.
/// Error nothing_to_do while all open interest is dust; arithmetic_range, with nothing changed, if an
/// index would leave its range.
[[nodiscard]] Error socialise(MarketIndexes& indexes, Money loss) noexcept;

/// Ends a market at `price` >= 0: every position becomes quote. Both sides start a new epoch.
/// Cannot fail up to 2 * PRICE_MAX: a market can always end. Beyond, error arithmetic_range, with nothing
/// changed, if an index would leave its range.
struct ExpiredMarket
{
    EndedEpoch longs;
    EndedEpoch shorts;
};
[[nodiscard]] Result<ExpiredMarket> expire(MarketIndexes& indexes, Price price) noexcept;

}  // namespace plimsoll
