// plimsoll: contract/host.hpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the hall. The only doorway between the clearinghouse and whatever machine it runs on: an
// ordered map of byte strings, and the chain's own judgement of what an address is.
// Promises: nothing else reaches in but what another contract answers to a question. No clock, no randomness, no
// token transfer: time and sender come with the call (Env), transfers and events leave with the answer (Outcome).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plimsoll::contract {

class Host
{
public:
    Host() = default;
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    /// Replaces `value` with the record under `key`; false, and `value` empty, when there is none.
    [[nodiscard]] virtual bool read(std::string_view key, std::string& value) const = 0;
    virtual void write(std::string_view key, std::string_view value) = 0;
    virtual void remove(std::string_view key) = 0;
    /// Whether this chain would accept the text as an address in its canonical form.
    [[nodiscard]] virtual bool valid_address(std::string_view text) const = 0;
    /// Asks another contract a question in JSON and replaces `answer` with its answer, at most ANSWER_SIZE_MAX of
    /// any bytes. False, and `answer` empty, where the machine cannot ask, there is no such contract, or it refuses.
    [[nodiscard]] virtual bool query_contract(
        std::string_view address, std::string_view json, std::string& answer) const
    {
        static_cast<void>(address);
        static_cast<void>(json);
        answer.clear();
        return false;
    }
    static constexpr std::size_t ANSWER_SIZE_MAX = 4'096;

protected:
    // Not virtual: nobody owns a Host through this base, and a virtual one would drag operator delete
    // and global destructors into contract modules.
    ~Host() = default;
};

}  // namespace plimsoll::contract
