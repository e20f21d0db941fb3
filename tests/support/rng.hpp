// plimsoll: tests/support/rng.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A small generator for long random histories (splitmix64).
// Promises: the same seed gives the same draws on every machine and compiler.
#pragma once

#include "engine/num/int128.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace plimsoll::test {

class Rng
{
public:
    explicit Rng(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next()
    {
        m_state += 0x9E37'79B9'7F4A'7C15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9U;
        z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBU;
        return z ^ (z >> 31);
    }
    /// In [0, count). The bias of the remainder does not matter to a test.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
    /// In [low, high].
    num::i128 between(num::i128 low, num::i128 high)
    {
        const auto span = static_cast<num::u128>(high - low) + 1;
        const num::u128 draw = (static_cast<num::u128>(next()) << 64) | next();
        return low + static_cast<num::i128>(draw % span);
    }
    bool chance(std::size_t percent) { return below(100) < percent; }
    template <class T>
    T pick(std::initializer_list<T> items)
    {
        return items.begin()[below(items.size())];
    }

private:
    std::uint64_t m_state;
};

}  // namespace plimsoll::test
