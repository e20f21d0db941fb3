// plimsoll: benchmarks/wasm/drive.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the yard. The driver of the modules whose instructions are counted: operands and checksum.
// Promises: every module draws the same operands, so that their counts and checksums compare.
// Modes: 0 two values of about 80 bits (the product needs 256), 1 two of 60 bits (the product fits 128),
// 2 one of 120 and one of 63 bits.
#pragma once

#include "engine/num/int128.hpp"

#include <cstdint>
#include <optional>

#if defined(__wasm__)
#define PLIMSOLL_EXPORT(name) extern "C" [[clang::export_name(name)]]
#else
#define PLIMSOLL_EXPORT(name) extern "C"
#endif

namespace plimsoll::bench {

using num::i128;
using num::u128;

class Generator
{
public:
    constexpr std::uint64_t next() noexcept
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return m_state;
    }

private:
    std::uint64_t m_state = 88'172'645'463'325'252U;
};

struct Operands
{
    i128 a = 0;
    i128 b = 0;
};

constexpr i128 joined(std::int64_t high, std::uint64_t low) noexcept
{
    return static_cast<i128>((static_cast<u128>(static_cast<i128>(high)) << 64) | low);
}

constexpr Operands next_operands(Generator& generator, std::uint32_t mode) noexcept
{
    const std::uint64_t r1 = generator.next();
    const std::uint64_t r2 = generator.next();
    const std::uint64_t r3 = generator.next();
    const std::uint64_t r4 = generator.next();
    Operands operands;
    if (mode == 0)
        operands = {joined(static_cast<std::int64_t>(r1 >> 48), r2),
            joined(static_cast<std::int64_t>(r3 >> 48), r4)};
    else if (mode == 1)
        operands = {static_cast<i128>(r1 >> 4), static_cast<i128>(r2 >> 4)};
    else
        operands = {joined(static_cast<std::int64_t>(r1 >> 8), r2), static_cast<i128>(r3 >> 1)};
    if ((r4 & 1) != 0)
        operands.a = -operands.a;
    if ((r4 & 2) != 0)
        operands.b = -operands.b;
    return operands;
}

constexpr std::uint64_t mixed(std::uint64_t hash, i128 value, bool is_valid) noexcept
{
    const u128 bits = static_cast<u128>(value);
    return (hash * 1'099'511'628'211U) ^ static_cast<std::uint64_t>(bits) ^
           (static_cast<std::uint64_t>(bits >> 64) * 31) ^ (is_valid ? 1U : 0U);
}

template <class Operation>
constexpr std::uint64_t run(std::uint32_t count, std::uint32_t mode, Operation operation) noexcept
{
    Generator generator;
    std::uint64_t hash = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const Operands operands = next_operands(generator, mode);
        const std::optional<i128> result = operation(operands.a, operands.b);
        hash = mixed(hash, result.value_or(0), result.has_value());
    }
    return hash;
}

}  // namespace plimsoll::bench
