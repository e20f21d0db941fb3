// plimsoll: wasm/common/bump.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the doors, shared glue. The arithmetic of the bump allocator, apart from the memory it is
// for.
// Promises: blocks are 16-byte aligned and never overlap; an end that would pass the address space
// is refused. The newest block can be given back; every other one stays until the call is over.
// Never: kept between calls. Each runtime runs each call in a fresh instance.
#pragma once

#include <cstdint>
#include <optional>

namespace plimsoll::wasm {

class Bump
{
public:
    static constexpr std::uint32_t ALIGNMENT = 16;

    struct Block
    {
        std::uint32_t begin;
        std::uint32_t end;
    };

    /// Starts handing out addresses at `base`, rounded up to the alignment.
    constexpr void start(std::uint32_t base) noexcept { m_next = aligned(base); }

    [[nodiscard]] constexpr bool started() const noexcept { return m_next != 0; }

    /// The next block of at least `size` bytes, or nothing when it would not end inside 32 bits.
    [[nodiscard]] constexpr std::optional<Block> take(std::uint32_t size) noexcept
    {
        const std::uint32_t end = m_next + aligned(size);
        if (aligned(size) < size || end < m_next)
            return std::nullopt;
        const Block block{m_next, end};
        m_next = end;
        return block;
    }

    /// Takes back the block at `begin` when it is the newest; forgets it otherwise.
    constexpr void give_back(std::uint32_t begin, std::uint32_t size) noexcept
    {
        if (begin + aligned(size) == m_next)
            m_next = begin;
    }

private:
    [[nodiscard]] static constexpr std::uint32_t aligned(std::uint32_t value) noexcept
    {
        return (value + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    }

    std::uint32_t m_next = 0;
};

}  // namespace plimsoll::wasm
