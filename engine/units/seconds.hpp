// plimsoll: engine/units/seconds.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, unit shelf. A point in time or a length of time in whole seconds.
// Promises: never negative: the time from a later to an earlier instant is zero.
// Never: asks the time. An instant comes in with the message.
#pragma once

#include "engine/check.hpp"

#include <cstdint>

namespace plimsoll {

/// Seconds since 1970-01-01 UTC, or a length of time.
class Seconds
{
public:
    constexpr Seconds() noexcept = default;

    [[nodiscard]] static constexpr Seconds from_raw(std::uint64_t raw) noexcept
    {
        Seconds value;
        value.m_raw = raw;
        return value;
    }
    [[nodiscard]] static constexpr Seconds zero() noexcept { return Seconds{}; }

    [[nodiscard]] constexpr std::uint64_t raw() const noexcept { return m_raw; }
    [[nodiscard]] constexpr bool is_zero() const noexcept { return m_raw == 0; }

    /// An instant and a length, or two lengths. Traps beyond 2^64 - 1 seconds.
    [[nodiscard]] friend constexpr Seconds operator+(Seconds a, Seconds b) noexcept
    {
        Seconds sum;
        CHECK(!__builtin_add_overflow(a.m_raw, b.m_raw, &sum.m_raw));
        return sum;
    }
    [[nodiscard]] friend constexpr bool operator==(Seconds a, Seconds b) noexcept
    {
        return a.m_raw == b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator<(Seconds a, Seconds b) noexcept
    {
        return a.m_raw < b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator>(Seconds a, Seconds b) noexcept
    {
        return a.m_raw > b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator<=(Seconds a, Seconds b) noexcept
    {
        return a.m_raw <= b.m_raw;
    }
    [[nodiscard]] friend constexpr bool operator>=(Seconds a, Seconds b) noexcept
    {
        return a.m_raw >= b.m_raw;
    }

private:
    std::uint64_t m_raw = 0;
};

inline constexpr Seconds SECONDS_PER_DAY = Seconds::from_raw(86'400);

/// The time from one instant to another; zero when `to` is not later.
[[nodiscard]] constexpr Seconds elapsed(Seconds from, Seconds to) noexcept
{
    return to > from ? Seconds::from_raw(to.raw() - from.raw()) : Seconds::zero();
}

}  // namespace plimsoll
