// plimsoll: engine/model/list.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. A list with a greatest length and no heap.
// Promises: reading past the end is a CHECK; `push` says false when full and changes nothing.
#pragma once

#include "engine/check.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll {

template <class T, std::size_t N>
class List
{
public:
    static constexpr std::size_t CAPACITY = N;

    [[nodiscard]] constexpr std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] constexpr bool empty() const noexcept { return m_size == 0; }
    [[nodiscard]] constexpr bool full() const noexcept { return m_size == N; }

    [[nodiscard]] constexpr T& operator[](std::size_t index) noexcept
    {
        CHECK(index < m_size);
        return m_items[index];
    }
    [[nodiscard]] constexpr const T& operator[](std::size_t index) const noexcept
    {
        CHECK(index < m_size);
        return m_items[index];
    }

    [[nodiscard]] constexpr bool push(const T& item) noexcept
    {
        if (m_size == N)
            return false;
        m_items[m_size++] = item;
        return true;
    }

    /// Removes one item and closes the gap, so that the order of the rest stays.
    constexpr void erase(std::size_t index) noexcept
    {
        CHECK(index < m_size);
        for (std::size_t i = index + 1; i < m_size; ++i)
            m_items[i - 1] = m_items[i];
        --m_size;
    }
    constexpr void clear() noexcept { m_size = 0; }

    [[nodiscard]] constexpr T* begin() noexcept { return m_items; }
    [[nodiscard]] constexpr T* end() noexcept { return m_items + m_size; }
    [[nodiscard]] constexpr const T* begin() const noexcept { return m_items; }
    [[nodiscard]] constexpr const T* end() const noexcept { return m_items + m_size; }

private:
    T m_items[N]{};
    std::uint32_t m_size = 0;
};

}  // namespace plimsoll
