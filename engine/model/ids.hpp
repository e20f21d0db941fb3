// plimsoll: engine/model/ids.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. The numbers by which accounts, assets, underlyings and markets are
// known.
// Promises: an id of one kind never passes for another; ids order by number, nothing else about
// them means anything. The same types stand in messages, in stored records and in the engine.
// Never: says whether the thing exists.
#pragma once

#include <cstdint>

namespace plimsoll {

/// An account of this clearinghouse; numbered from 1 in the order of opening.
struct AccountId
{
    std::uint64_t value = 0;

    friend constexpr bool operator==(AccountId left, AccountId right) noexcept = default;
    friend constexpr bool operator<(AccountId left, AccountId right) noexcept
    {
        return left.value < right.value;
    }
};

/// A token that can lie in an account: the quote token or a collateral.
struct AssetId
{
    std::uint16_t value = 0;

    friend constexpr bool operator==(AssetId left, AssetId right) noexcept = default;
    friend constexpr bool operator<(AssetId left, AssetId right) noexcept
    {
        return left.value < right.value;
    }
};

/// A thing with a price: markets are written on it, assets may be valued by it.
struct UnderlyingId
{
    std::uint16_t value = 0;

    friend constexpr bool operator==(UnderlyingId left, UnderlyingId right) noexcept = default;
    friend constexpr bool operator<(UnderlyingId left, UnderlyingId right) noexcept
    {
        return left.value < right.value;
    }
};

/// A market on an underlying: a perpetual, a dated future or an option series.
struct MarketId
{
    std::uint16_t value = 0;

    friend constexpr bool operator==(MarketId left, MarketId right) noexcept = default;
    friend constexpr bool operator<(MarketId left, MarketId right) noexcept
    {
        return left.value < right.value;
    }
};

inline constexpr MarketId NO_MARKET{0xFFFF};

}  // namespace plimsoll
