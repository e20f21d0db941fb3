// plimsoll: host-sim/vm/storage.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. See storage.hpp.
#include "host-sim/vm/storage.hpp"

#include "engine/check.hpp"

namespace plimsoll::sim {

const std::string* Storage::find(std::string_view key) const
{
    const auto found = m_records.find(key);
    return found == m_records.end() ? nullptr : &found->second;
}

void Storage::begin()
{
    CHECK(!m_open);
    m_open = true;
}

void Storage::commit()
{
    CHECK(m_open);
    for (const Change& change : m_journal)
        m_stale.insert(change.key);
    m_journal.clear();
    m_open = false;
}

void Storage::rollback()
{
    CHECK(m_open);
    // Backwards: the first change of a key holds what stood there before the call.
    for (; !m_journal.empty(); m_journal.pop_back()) {
        Change& change = m_journal.back();
        if (change.before)
            m_records.insert_or_assign(std::move(change.key), std::move(*change.before));
        else
            m_records.erase(change.key);
    }
    m_open = false;
}

void Storage::write(std::string_view key, std::string_view value)
{
    CHECK(m_open);
    const auto found = m_records.find(key);
    if (found == m_records.end()) {
        m_journal.push_back({std::string(key), std::nullopt});
        m_records.emplace(key, value);
        return;
    }
    if (found->second == value)
        return;
    m_journal.push_back({found->first, std::move(found->second)});
    found->second = value;
}

void Storage::remove(std::string_view key)
{
    CHECK(m_open);
    const auto found = m_records.find(key);
    if (found == m_records.end())
        return;
    m_journal.push_back({found->first, std::move(found->second)});
    m_records.erase(found);
}

const Digest& Storage::digest()
{
    CHECK(!m_open);
    for (const std::string& key : m_stale) {
        if (const auto counted = m_counted.find(key); counted != m_counted.end()) {
            m_digest -= counted->second;
            m_counted.erase(counted);
        }
        if (const std::string* const value = find(key)) {
            const Digest contribution = digest_of_record(key, *value);
            m_digest += contribution;
            m_counted.emplace(key, contribution);
        }
    }
    m_stale.clear();
    return m_digest;
}

}  // namespace plimsoll::sim
