// plimsoll: tests/support/epoch_book.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The ended epochs of a few markets, in memory.
#pragma once

#include "engine/model/limits.hpp"
#include "engine/solvency/side_index.hpp"

#include <vector>

namespace plimsoll::test {

class EpochBook final : public EpochSource
{
public:
    EpochBook() : m_records(MARKETS_MAX * 2) {}
    EpochBook(const EpochBook& other) : EpochSource(), m_records(other.m_records) {}
    EpochBook& operator=(const EpochBook& other)
    {
        m_records = other.m_records;
        return *this;
    }

    void add(MarketId market, const EndedEpoch& ended)
    {
        if (!ended.ended)
            return;
        auto& records = m_records[slot(market, ended.side)];
        if (records.size() <= ended.number)
            records.resize(ended.number + 1);
        records[ended.number] = ended.record;
    }
    /// Forgets all of a market: a broken store.
    void lose(MarketId market)
    {
        m_records[slot(market, Side::long_side)].clear();
        m_records[slot(market, Side::short_side)].clear();
    }
    [[nodiscard]] bool epoch(
        MarketId market, Side side, std::uint32_t number, EpochRecord& out) const noexcept override
    {
        const auto& records = m_records[slot(market, side)];
        if (number >= records.size())
            return false;
        out = records[number];
        return true;
    }

private:
    static std::size_t slot(MarketId market, Side side)
    {
        return market.value * std::size_t{2} + static_cast<std::size_t>(side);
    }
    std::vector<std::vector<EpochRecord>> m_records;
};

}  // namespace plimsoll::test
