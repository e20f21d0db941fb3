// plimsoll: tests/fuzz/bytes.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. How a fuzzer's input is read, and what a fuzzer does when something does not hold.
// Promises: an input that has ended reads as zeros, so that any bytes are a whole input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace plimsoll::test {

class Bytes
{
public:
    Bytes(const std::uint8_t* data, std::size_t size) : m_data(data), m_size(size) {}

    [[nodiscard]] bool ended() const { return m_at >= m_size; }
    std::uint8_t next() { return ended() ? std::uint8_t{0} : m_data[m_at++]; }
    /// @pre limit > 0
    std::size_t below(std::size_t limit) { return next() % limit; }
    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (int i = 0; i < 8; ++i)
            value = value << 8 | next();
        return value;
    }
    /// So many bytes, or what is left.
    std::string text(std::size_t size)
    {
        std::string out;
        for (; size > 0 && !ended(); --size)
            out.push_back(static_cast<char>(next()));
        return out;
    }

private:
    const std::uint8_t* m_data;
    std::size_t m_size;
    std::size_t m_at = 0;
};

/// Ends the program: the fuzzer keeps the input.
[[noreturn]] inline void fail(std::string_view what, std::string_view where)
{
    std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(what.size()), what.data(),
        static_cast<int>(where.size()), where.data());
    std::abort();
}

}  // namespace plimsoll::test
