// plimsoll: engine/risk/raw_list.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. A list with a greatest length whose unused places are never written: what a
// margin evaluation works in is large, and clearing it would cost more than a small account's margin.
// Promises: reading past the end is a CHECK; items need no destructor.
#pragma once

#include "engine/check.hpp"

#include <cstddef>
#include <new>
#include <span>
#include <type_traits>

namespace plimsoll {

template <class T, std::size_t N>
class RawList
{
public:
    static_assert(std::is_trivially_destructible_v<T>);

    RawList() noexcept {}  // NOLINT: leaves m_bytes as it is

    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] bool full() const noexcept { return m_size == N; }
    void clear() noexcept { m_size = 0; }

    [[nodiscard]] T& operator[](std::size_t index) noexcept
    {
        CHECK(index < m_size);
        return data()[index];
    }

    /// Adds an item in its initial state, to be filled in where it stands: items are large. @pre !full()
    T& add() noexcept
    {
        CHECK(m_size < N);
        // Without parentheses: they would clear every byte before the members' own initial values are written.
        return *new (m_bytes + sizeof(T) * m_size++) T;
    }

    /// Adds an item. @pre !full()
    T& push(const T& item) noexcept
    {
        CHECK(m_size < N);
        return *new (m_bytes + sizeof(T) * m_size++) T(item);
    }

    [[nodiscard]] std::span<T> span() noexcept { return {data(), m_size}; }

private:
    [[nodiscard]] T* data() noexcept { return std::launder(reinterpret_cast<T*>(m_bytes)); }

    std::size_t m_size = 0;
    alignas(T) std::byte m_bytes[sizeof(T) * N];
};

}  // namespace plimsoll
