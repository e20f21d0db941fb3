// plimsoll: contract/overlay.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the hall. Writes that may yet be forgotten: a Host over a Host, which keeps them until they are
// flushed.
// Promises: what has been written through it is what is read through it; the Host below sees nothing before
// flush().
// Never: decides what is kept.
#pragma once

#include "contract/host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::contract {

class Overlay final : public Host
{
public:
    explicit Overlay(const Host& below) noexcept : m_below(below) {}

    [[nodiscard]] bool read(std::string_view key, std::string& value) const override
    {
        for (const Entry& entry : m_entries)
            if (entry.key == key) {
                value.assign(entry.value.data(), entry.value.size());
                return entry.present;
            }
        return m_below.read(key, value);
    }
    void write(std::string_view key, std::string_view value) override
    {
        at(key) = Entry{std::string(key), std::string(value), true};
    }
    void remove(std::string_view key) override { at(key) = Entry{std::string(key), {}, false}; }
    [[nodiscard]] bool valid_address(std::string_view text) const override
    {
        return m_below.valid_address(text);
    }

    [[nodiscard]] bool query_contract(
        std::string_view address, std::string_view json, std::string& answer) const override
    {
        return m_below.query_contract(address, json, answer);
    }

    /// Writes everything to the Host, in the order of the first writes.
    void flush(Host& host) const
    {
        for (const Entry& entry : m_entries) {
            if (entry.present)
                host.write(entry.key, entry.value);
            else
                host.remove(entry.key);
        }
    }

private:
    struct Entry
    {
        std::string key;
        std::string value;
        bool present = false;
    };

    Entry& at(std::string_view key)
    {
        for (Entry& entry : m_entries)
            if (entry.key == key)
                return entry;
        return m_entries.emplace_back();
    }

    const Host& m_below;
    std::vector<Entry> m_entries;  ///< A call writes few records.
};

}  // namespace plimsoll::contract
