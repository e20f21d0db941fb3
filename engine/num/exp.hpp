// plimsoll: engine/num/exp.hpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. Exponentials and powers.
// Promises: the stated errors; exp_negative_q64 never rises; the same bits on every machine.
// Never: floating point, 128-bit division.
//
// Method (Muller, Elementary Functions, table-based range reduction): e^-y = 2^-k e^-s, s below ln 2 and
// a little; e^-s = T (1 - p) with T = e^-(j / 64) from a table and p = 1 - e^-r, r < 2^-6, by its series.
// Table: tables/exp_table.hpp.
#pragma once

#include "engine/num/int128.hpp"
#include "engine/num/mul_div.hpp"

#include <optional>

namespace plimsoll::num {

/// e^-y in Q64 for y >= 0 in Q64: in [0, 2^64], exactly 2^64 for y == 0. The error is at most 2^-64;
/// non-increasing in y. 0 from y = 46 on.
[[nodiscard]] u128 exp_negative_q64(u128 y_q64) noexcept;

/// The greatest argument of exp_wad_nearest: beyond e^46.58 the value leaves i128.
inline constexpr i128 EXP_WAD_MAX = static_cast<i128>(WAD) * 46;

/// e^x of an 18-decimal x, in 18 decimals. The error is at most half a unit and a relative 2^-62;
/// 0 where the value is below half a unit; exactly 1 for x == 0.
/// nullopt: x > EXP_WAD_MAX.
[[nodiscard]] std::optional<i128> exp_wad_nearest(i128 wad) noexcept;

/// The greatest magnitude of an exponent of pow_wad_nearest.
inline constexpr i128 POW_EXPONENT_MAX = static_cast<i128>(WAD) * 64;

/// base^exponent, all of 18 decimals. The error is at most half a unit and a relative
/// 2^-61 + |exponent| 2^-63: 2^-60 for |exponent| <= 4. Exactly 1 for exponent 0 and for base 1,
/// exactly base for exponent 1; 0 where the value is below half a unit.
/// nullopt: base <= 0; |exponent| > POW_EXPONENT_MAX; the result is above e^46.
[[nodiscard]] std::optional<i128> pow_wad_nearest(i128 base_wad, i128 exponent_wad) noexcept;

}  // namespace plimsoll::num
