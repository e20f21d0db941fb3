// plimsoll: contract/store_feeds.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the hall. See store.hpp. The sources of prices, and the chain's clock.
#include "contract/store.hpp"
#include "engine/oracle/chain_gap.hpp"

namespace plimsoll::contract {

const FeedSources* Store::feed_sources(UnderlyingId id)
{
    m_error = Error::ok;
    for (const auto& loaded : m_sources)
        if (loaded->id == id.value)
            return &loaded->record;
    if (id.value >= m_config.underlyings.size()) {
        m_error = Error::no_such_underlying;
        return nullptr;
    }
    if (!m_config.underlyings[id.value].has_feed) {
        m_error = Error::nothing_to_do;
        return nullptr;
    }
    auto loaded = fresh<Loaded<FeedSources>>();
    loaded->id = id.value;
    if (!load(feed_key(id), loaded->record, Error::corrupt_record))
        return nullptr;
    m_sources.push_back(std::move(loaded));
    return &m_sources.back()->record;
}

void Store::set_feed_sources(UnderlyingId id, const FeedSources& sources)
{
    CHECK(id.value < m_config.underlyings.size());
    const auto same = [&](const auto& loaded) { return loaded->id == id.value; };
    std::erase_if(m_sources, same);
    std::erase_if(m_reports, same);
    const bool any = sources.count() > 0;
    change_config().underlyings[id.value].has_feed = any;
    if (!any)
        return;
    auto loaded = fresh<Loaded<FeedSources>>();
    loaded->id = id.value;
    loaded->changed = true;
    loaded->record = sources;
    m_sources.push_back(std::move(loaded));
    auto reports = fresh<Loaded<FeedReports>>();
    reports->id = id.value;
    reports->changed = true;
    for (std::size_t i = 0; i < sources.count(); ++i)
        CHECK(reports->record.reports.push(PriceReport{}));
    m_reports.push_back(std::move(reports));
}

Store::Loaded<FeedReports>* Store::find_reports(UnderlyingId id)
{
    for (const auto& loaded : m_reports)
        if (loaded->id == id.value)
            return loaded.get();
    const FeedSources* sources = feed_sources(id);
    CHECK(sources != nullptr);
    auto loaded = fresh<Loaded<FeedReports>>();
    loaded->id = id.value;
    if (!load(reports_key(id), loaded->record, Error::corrupt_record))
        return nullptr;
    if (loaded->record.reports.size() != sources->count()) {
        m_error = Error::corrupt_record;
        return nullptr;
    }
    m_reports.push_back(std::move(loaded));
    return m_reports.back().get();
}

const FeedReports* Store::reports(UnderlyingId id)
{
    const auto* loaded = find_reports(id);
    return loaded == nullptr ? nullptr : &loaded->record;
}

FeedReports* Store::change_reports(UnderlyingId id)
{
    auto* loaded = find_reports(id);
    if (loaded == nullptr)
        return nullptr;
    loaded->changed = true;
    return &loaded->record;
}

bool Store::note_clock() noexcept
{
    if (m_config.oracle.longest_block.is_zero() || m_height <= m_clock_height)
        return false;
    m_clock_changed = true;
    return true;
}

void Store::restart_clock() noexcept
{
    const bool on = !m_config.oracle.longest_block.is_zero();
    m_clock_changed = on || !m_clock.time.is_zero();
    m_clock = on ? ChainClock{m_board.now, m_height, m_clock.grace} : ChainClock{};
}

void Store::commit_feeds(Host& host) const
{
    for (const auto& loaded : m_sources)
        if (loaded->changed)
            host.write(feed_key(UnderlyingId{static_cast<std::uint16_t>(loaded->id)}),
                encode(loaded->record));
    for (const auto& loaded : m_reports)
        if (loaded->changed)
            host.write(reports_key(UnderlyingId{static_cast<std::uint16_t>(loaded->id)}),
                encode(loaded->record));
}

}  // namespace plimsoll::contract
