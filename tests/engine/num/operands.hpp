// plimsoll: tests/engine/num/operands.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Operands for arithmetic tests: the edges, and random values of every width.
#pragma once

#include "engine/num/int128.hpp"

#include <cstdint>
#include <vector>

namespace plimsoll::test {

/// A small generator whose every draw depends on its seed only (splitmix64).
class Draw
{
public:
    explicit constexpr Draw(std::uint64_t seed) noexcept : m_state(seed) {}

    constexpr std::uint64_t word() noexcept
    {
        m_state += 0x9e37'79b9'7f4a'7c15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9U;
        z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11ebU;
        return z ^ (z >> 31);
    }

    /// A value of a random width from 0 to 128 bits; every eighth is all ones or a power of two.
    constexpr num::u128 unsigned_value() noexcept
    {
        const std::uint64_t choice = word();
        const int width = static_cast<int>(choice % 129);
        if (width == 0)
            return 0;
        const num::u128 ones = ~num::u128{0} >> (128 - width);
        const std::uint64_t shape = (choice >> 32) % 16;
        if (shape == 0)
            return ones;
        if (shape == 1)
            return num::u128{1} << (width - 1);
        const num::u128 high = word();
        return ((high << 64) | word()) & ones;
    }

    /// A value of a random width and sign.
    constexpr num::i128 value() noexcept
    {
        const num::u128 bits = unsigned_value();
        return static_cast<num::i128>((word() & 1) != 0 ? ~bits + 1 : bits);
    }

    /// A signed value of at most `bits` bits, of a random width.
    constexpr num::i128 value_within(int bits) noexcept
    {
        const num::u128 size = unsigned_value() >> (128 - bits);
        const num::u128 narrowed = size >> (word() % static_cast<std::uint64_t>(bits));
        return (word() & 1) != 0 ? -static_cast<num::i128>(narrowed)
                                 : static_cast<num::i128>(narrowed);
    }

private:
    std::uint64_t m_state;
};

inline void append_with_negative(std::vector<num::i128>& values, num::i128 value)
{
    values.push_back(value);
    values.push_back(-value);
}

/// 0, I128_MIN, +-(2^k - 1), +-2^k for every k, and the neighbours of powers of ten.
inline std::vector<num::i128> edges()
{
    std::vector<num::i128> values{0, num::I128_MIN};
    for (int bit = 0; bit < 127; ++bit)
        append_with_negative(values, num::i128{1} << bit);
    for (int bit = 2; bit < 128; ++bit)
        append_with_negative(values, static_cast<num::i128>((num::u128{1} << bit) - 1));
    for (num::i128 power :
        {num::i128{1'000'000'000}, num::i128{num::WAD}, num::i128{num::WAD} * num::WAD}) {
        for (int offset = -1; offset <= 1; ++offset)
            append_with_negative(values, power + offset);
    }
    return values;
}

/// The edges at which limbs, halves and signs meet: few enough for all triples.
inline std::vector<num::i128> sharp_edges()
{
    std::vector<num::i128> values{
        0, num::I128_MIN, num::I128_MIN + 1, num::I128_MAX - 1, num::I128_MAX};
    for (int bit : {0, 1, 31, 32, 63, 64, 95, 96, 126}) {
        for (int offset = -1; offset <= 1; ++offset)
            append_with_negative(values, (num::i128{1} << bit) + offset);
    }
    for (int offset = -1; offset <= 1; ++offset)
        append_with_negative(values, num::i128{num::WAD} + offset);
    return values;
}

}  // namespace plimsoll::test
