// plimsoll: engine/num/ln.hpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. Natural logarithms.
// Promises: the stated error over the whole range; the same bits on every machine; 0 for 1, exactly.
// Never: floating point, 128-bit division. Not monotone to the last unit: neighbours whose logarithms
// differ by less than the error may be one unit out of order.
//
// Method (Muller, Elementary Functions, table-based range reduction): n = 2^k m, m in [1, 2); c is a
// 16-bit reciprocal of the start of m's 64th of the octave, r = m c - 1 is exact and in [0, 2^-6);
// ln n = k ln 2 - ln c + ln(1 + r), the last by its series. Tables: tables/ln_table.hpp.
#pragma once

#include "engine/num/int128.hpp"

#include <optional>

namespace plimsoll::num {

/// ln of the whole number n, in Q64. The error is at most 2^-64 (proved bound 0.7 units of 2^-64;
/// greatest seen in tests: see tests/engine/num/ln_test.cpp). The logarithm of a ratio of two values
/// of one scale is the difference of their logarithms.
/// @pre n >= 1
[[nodiscard]] i128 ln_q64(u128 n) noexcept;

/// ln of the whole number n with 112 fraction bits. The error is at most 2^-111. Several times
/// slower than ln_q64().
/// @pre n >= 1
[[nodiscard]] i128 ln_q112(u128 n) noexcept;

/// ln of an 18-decimal value, in 18 decimals, nearest: the error is below one unit.
/// nullopt: wad <= 0.
[[nodiscard]] std::optional<i128> ln_wad_nearest(i128 wad) noexcept;

}  // namespace plimsoll::num
