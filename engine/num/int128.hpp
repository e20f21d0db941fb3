// plimsoll: engine/num/int128.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. The 128-bit integer types that every value in the engine is made of.
#pragma once

#include <cstdint>

namespace plimsoll::num {

__extension__ using i128 = __int128;
__extension__ using u128 = unsigned __int128;

inline constexpr i128 I128_MAX = static_cast<i128>(~u128{0} >> 1);
inline constexpr i128 I128_MIN = -I128_MAX - 1;

/// One unit of an 18-decimal fixed-point value (the field's WAD).
inline constexpr std::uint64_t WAD = 1'000'000'000'000'000'000U;

/// |value| without the overflow of negating I128_MIN.
[[nodiscard]] constexpr u128 magnitude(i128 value) noexcept
{
    return value < 0 ? ~static_cast<u128>(value) + 1 : static_cast<u128>(value);
}

}  // namespace plimsoll::num
