// plimsoll: tests/support/memory_host.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A chain's storage as a map, which counts what is done to it.
// Promises: records can be read, compared and broken at will; an address is good when it is made of 3 to
// 90 lower-case letters and digits.
#pragma once

#include "contract/host.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace plimsoll::test {

class MemoryHost final : public contract::Host
{
public:
    using Records = std::map<std::string, std::string, std::less<>>;

    MemoryHost() = default;
    /// The same chain, from here on by itself.
    MemoryHost(const MemoryHost& other) : records(other.records), answers(other.answers) {}

    [[nodiscard]] bool read(std::string_view key, std::string& value) const override
    {
        if (log_reads)
            ++reads[std::string(key)];
        const auto found = records.find(key);
        value = found == records.end() ? std::string() : found->second;
        return found != records.end();
    }
    void write(std::string_view key, std::string_view value) override
    {
        ++changes;
        records.insert_or_assign(std::string(key), std::string(value));
    }
    void remove(std::string_view key) override
    {
        ++changes;
        records.erase(std::string(key));
    }
    [[nodiscard]] bool valid_address(std::string_view text) const override
    {
        return text.size() >= 3 && text.size() <= 90 &&
               std::all_of(text.begin(), text.end(), [](char byte) {
                   return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
               });
    }

    /// What `answers` holds for the contract and the question.
    [[nodiscard]] bool query_contract(
        std::string_view address, std::string_view json, std::string& answer) const override
    {
        const auto found = answers.find(std::string(address) + " " + std::string(json));
        answer = found == answers.end() ? std::string() : found->second;
        return found != answers.end();
    }

    Records records;
    std::map<std::string, std::string> answers;  ///< By "contract question".
    int changes = 0;                             ///< Writes and removals so far.
    bool log_reads = false;
    mutable std::map<std::string, int> reads;  ///< By key, while they are logged.
};

}  // namespace plimsoll::test
