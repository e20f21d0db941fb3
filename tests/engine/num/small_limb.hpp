// plimsoll: tests/engine/num/small_limb.hpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A limb of any even number of bits up to 64, for which the templates of
// engine/num can be checked on every input.
// Promises: arithmetic wraps exactly as a machine word of that size would.
#pragma once

#include "engine/check.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/wide.hpp"

#include <bit>
#include <cstdint>

namespace plimsoll::test {

/// Whether the limb has multiply and divide instructions, as x86-64 has, or builds them from halves, as
/// wasm must.
enum class Machine
{
    portable,
    wide
};

template <int BITS, Machine MACHINE>
class SmallLimb
{
public:
    static_assert(BITS >= 2 && BITS <= 64 && BITS % 2 == 0);
    static constexpr std::uint64_t MASK = ~std::uint64_t{0} >> (64 - BITS);

    constexpr SmallLimb() noexcept = default;
    constexpr explicit SmallLimb(std::uint64_t value) noexcept : m_value(value & MASK) {}

    [[nodiscard]] constexpr std::uint64_t value() const noexcept { return m_value; }

    friend constexpr SmallLimb operator+(SmallLimb a, SmallLimb b) noexcept
    {
        return SmallLimb(a.m_value + b.m_value);
    }
    friend constexpr SmallLimb operator-(SmallLimb a, SmallLimb b) noexcept
    {
        return SmallLimb(a.m_value - b.m_value);
    }
    friend constexpr SmallLimb operator*(SmallLimb a, SmallLimb b) noexcept
    {
        return SmallLimb(a.m_value * b.m_value);
    }
    friend constexpr SmallLimb operator/(SmallLimb a, SmallLimb b) noexcept
    {
        CHECK(b.m_value != 0);
        return SmallLimb(a.m_value / b.m_value);
    }
    friend constexpr SmallLimb operator&(SmallLimb a, SmallLimb b) noexcept
    {
        return SmallLimb(a.m_value & b.m_value);
    }
    friend constexpr SmallLimb operator|(SmallLimb a, SmallLimb b) noexcept
    {
        return SmallLimb(a.m_value | b.m_value);
    }
    friend constexpr SmallLimb operator~(SmallLimb a) noexcept { return SmallLimb(~a.m_value); }
    // A shift by the width or more is undefined for a machine word, so it must not happen here.
    friend constexpr SmallLimb operator<<(SmallLimb a, int shift) noexcept
    {
        CHECK(shift >= 0 && shift < BITS);
        return SmallLimb(a.m_value << shift);
    }
    friend constexpr SmallLimb operator>>(SmallLimb a, int shift) noexcept
    {
        CHECK(shift >= 0 && shift < BITS);
        return SmallLimb(a.m_value >> shift);
    }
    friend constexpr bool operator==(SmallLimb a, SmallLimb b) noexcept
    {
        return a.m_value == b.m_value;
    }
    friend constexpr bool operator<(SmallLimb a, SmallLimb b) noexcept
    {
        return a.m_value < b.m_value;
    }
    friend constexpr bool operator>(SmallLimb a, SmallLimb b) noexcept
    {
        return a.m_value > b.m_value;
    }
    friend constexpr bool operator<=(SmallLimb a, SmallLimb b) noexcept
    {
        return a.m_value <= b.m_value;
    }
    friend constexpr bool operator>=(SmallLimb a, SmallLimb b) noexcept
    {
        return a.m_value >= b.m_value;
    }

private:
    std::uint64_t m_value = 0;
};

/// A value of two limbs of at most 32 bits.
template <class Limb>
[[nodiscard]] constexpr num::Pair<Limb> pair_of(std::uint64_t value) noexcept
{
    return {Limb(value), Limb(value >> num::LimbTraits<Limb>::BITS)};
}

template <class Limb>
[[nodiscard]] constexpr std::uint64_t value_of(num::Pair<Limb> pair) noexcept
{
    return (pair.high.value() << num::LimbTraits<Limb>::BITS) | pair.low.value();
}

/// A value of four limbs of at most 16 bits.
template <class Limb>
[[nodiscard]] constexpr num::Quad<Limb> quad_of(std::uint64_t value) noexcept
{
    constexpr int BITS = num::LimbTraits<Limb>::BITS;
    return {Limb(value), Limb(value >> BITS), Limb(value >> (2 * BITS)), Limb(value >> (3 * BITS))};
}

template <class Limb>
[[nodiscard]] constexpr std::uint64_t value_of(const num::Quad<Limb>& quad) noexcept
{
    constexpr int BITS = num::LimbTraits<Limb>::BITS;
    return quad.limb0.value() | (quad.limb1.value() << BITS) | (quad.limb2.value() << (2 * BITS)) |
           (quad.limb3.value() << (3 * BITS));
}

template <class Limb>
[[nodiscard]] constexpr num::Signed<Limb> signed_of(int value) noexcept
{
    return {pair_of<Limb>(static_cast<std::uint64_t>(value < 0 ? -value : value)), value < 0};
}

}  // namespace plimsoll::test

namespace plimsoll::num {

template <int SMALL_BITS, test::Machine MACHINE>
struct LimbTraits<test::SmallLimb<SMALL_BITS, MACHINE>>
{
    using Limb = test::SmallLimb<SMALL_BITS, MACHINE>;

    static constexpr int BITS = SMALL_BITS;
    static constexpr bool WIDE_MULTIPLY = MACHINE == test::Machine::wide;
    static constexpr bool WIDE_DIVIDE = MACHINE == test::Machine::wide;

    [[nodiscard]] static constexpr int leading_zeros(Limb limb) noexcept
    {
        return std::countl_zero(limb.value()) - (64 - BITS);
    }
    [[nodiscard]] static constexpr Pair<Limb> multiply(Limb a, Limb b) noexcept
    {
        const u128 product = static_cast<u128>(a.value()) * b.value();
        return {Limb(static_cast<std::uint64_t>(product)),
            Limb(static_cast<std::uint64_t>(product >> BITS))};
    }
    [[nodiscard]] static constexpr LimbDivision<Limb> divide(
        Limb high, Limb low, Limb divisor) noexcept
    {
        CHECK(high < divisor);
        const u128 dividend = (static_cast<u128>(high.value()) << BITS) | low.value();
        return {Limb(static_cast<std::uint64_t>(dividend / divisor.value())),
            Limb(static_cast<std::uint64_t>(dividend % divisor.value()))};
    }
};

}  // namespace plimsoll::num
