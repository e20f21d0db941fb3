// plimsoll: host-sim/vm/storage.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. The records of one contract, as a chain keeps them.
// Promises: the writes of a call that fails are undone, exactly; the digest costs as much as the
// writes since it was last asked for, however many records there are.
// Never: knows what a record means.
#pragma once

#include "host-sim/vm/digest.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace plimsoll::sim {

class Storage
{
public:
    using Records = std::map<std::string, std::string, std::less<>>;

    [[nodiscard]] const Records& records() const noexcept { return m_records; }

    /// The value under `key`, or null. Valid until the next change.
    [[nodiscard]] const std::string* find(std::string_view key) const;

    /// Opens a call: from here on changes can be undone. @pre no call is open.
    void begin();
    /// Keeps the changes of the open call.
    void commit();
    /// Undoes the changes of the open call.
    void rollback();

    /// @pre a call is open.
    void write(std::string_view key, std::string_view value);
    void remove(std::string_view key);

    /// @pre no call is open.
    [[nodiscard]] const Digest& digest();

private:
    struct Change
    {
        std::string key;
        std::optional<std::string> before;
    };

    Records m_records;
    std::vector<Change> m_journal;  ///< Of the open call, oldest first.
    bool m_open = false;

    std::unordered_set<std::string>
        m_stale;  ///< Keys changed since m_digest was brought up to date.
    std::unordered_map<std::string, Digest> m_counted;  ///< What each record adds to m_digest.
    Digest m_digest;
};

}  // namespace plimsoll::sim
