// plimsoll: engine/ops/market_set.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. The markets that one operation changes, found by their numbers.
// Promises: holds pointers to markets that its maker keeps alive. Never: adds one that was not set.
#pragma once

#include "engine/check.hpp"
#include "engine/model/account.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/model/market.hpp"

namespace plimsoll {

/// The markets that the account is in, and those of its owed losses, to be changed.
class MarketSet
{
public:
    /// @pre at most POSITIONS_MAX + OWED_LOSSES_MAX markets, each once.
    void set(MarketId id, Market& market) noexcept { CHECK(m_entries.push(Entry{id, &market})); }
    [[nodiscard]] Market* find(MarketId id) const noexcept
    {
        for (const Entry& entry : m_entries)
            if (entry.id == id)
                return entry.market;
        return nullptr;
    }
    /// @pre the market was set.
    [[nodiscard]] Market& at(MarketId id) const noexcept
    {
        Market* const market = find(id);
        CHECK(market != nullptr);
        return *market;
    }

private:
    struct Entry
    {
        MarketId id;
        Market* market = nullptr;
    };
    List<Entry, POSITIONS_MAX + OWED_LOSSES_MAX> m_entries;
};

}  // namespace plimsoll
