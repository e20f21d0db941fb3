// plimsoll: engine/num/isqrt.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. The integer square root of a 128-bit value.
// Promises: exact floor for every input; no 128-bit division, no floating point.
// Never: knows decimals. The root of an 18-decimal raw value has 9 decimals: scale first.
#pragma once

#include "engine/num/int128.hpp"
#include "engine/num/wide.hpp"

#include <cstdint>

namespace plimsoll::num {

/// floor(sqrt(n)) of one limb, by Newton's iteration from above.
template <class Limb>
[[nodiscard]] constexpr Limb isqrt_limb_floor(Limb n) noexcept
{
    if (n <= Limb{1})
        return n;
    const int bits = LimbTraits<Limb>::BITS - LimbTraits<Limb>::leading_zeros(n);
    // 2^ceil(bits / 2) is above the root; from above, the iteration falls until it is the floor.
    // The start may be 2^(BITS / 2), which a limb holds.
    Limb root = Limb{1} << ((bits + 1) / 2);
    for (;;) {
        const Limb next = (root + n / root) >> 1;
        if (next >= root)
            return root;
        root = next;
    }
}

/// floor(sqrt(n)) of two limbs: the root of the high limb gives the high half, one division the low
/// half. After Zimmermann, Karatsuba Square Root, 1999.
template <class Limb>
[[nodiscard]] constexpr Limb isqrt_pair_floor(Pair<Limb> n) noexcept
{
    static_assert(LimbTraits<Limb>::BITS >= 4);
    if (n.high == Limb{0})
        return isqrt_limb_floor(n.low);
    // An even shift puts one of the two top bits at the top; the root then shifts by half as much.
    const int shift = LimbTraits<Limb>::leading_zeros(n.high) & ~1;
    const Limb high = shift_left_high(n.high, n.low, shift);
    const Limb low = n.low << shift;
    const Limb root_high = isqrt_limb_floor(high);
    const Limb rest = high - root_high * root_high;  // at most 2 root_high
    // floor((rest : next half) / (2 root_high)), halved on both sides so that it fits one limb.
    const Limb digit =
        ((rest << (HALF_BITS<Limb> - 1)) | (low >> (HALF_BITS<Limb> + 1))) / root_high;
    Limb root = ~Limb{0};
    // A digit of 2^h means that the root is all ones, or one less: the comparison below decides.
    if (high_half(digit) == Limb{0})
        root = (root_high << HALF_BITS<Limb>) | digit;
    else if (root_high != low_half(~Limb{0}))
        root = (root_high + Limb{1}) << HALF_BITS<Limb>;
    // The estimate is the root or one above it.
    if (less(Pair<Limb>{low, high}, multiply(root, root)))
        root = root - Limb{1};
    return root >> (shift / 2);
}

/// floor(sqrt(n)), exact. The result is below 2^64.
[[nodiscard]] constexpr u128 isqrt_floor(u128 n) noexcept
{
    return isqrt_pair_floor(pair_from(n));
}

}  // namespace plimsoll::num
