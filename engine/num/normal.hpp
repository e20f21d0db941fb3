// plimsoll: engine/num/normal.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. The normal distribution: density n, cumulative N, and Mills' ratio.
// Promises: the stated errors; mills_q64 never rises, the cumulative never falls, N(x) + N(-x) = 1; the
// same bits on every machine.
// Never: floating point, 128-bit division but of whole limbs.
//
// Method: R(x) = (1 - N(x)) / n(x) is completely monotone, so expanded at the right end of a segment,
// leftwards, it has positive coefficients only, and Horner's rule that cuts each product keeps the order
// of any two arguments. 28 segments of [0, 16), degree 12 (tables/mills_table.hpp); from 16 on Laplace's
// continued fraction 1 / (x + 1 / (x + 2 / (x + 3 / ...))), Abramowitz and Stegun 26.2.14, eleven deep.
#pragma once

#include "engine/num/int128.hpp"

namespace plimsoll::num {

/// R(x) = (1 - N(x)) / n(x) in Q64, for x >= 0 in Q64, any x: at most sqrt(pi / 2) = 1.2533...
/// The error is at most 2^-62; non-increasing in x.
[[nodiscard]] u128 mills_q64(u128 x_q64) noexcept;

/// mills_q64() of two or four values. Each is a chain of products that wait for one another; side by side they
/// take little longer than one.
struct TwoMills
{
    u128 of[2];
};
[[nodiscard]] TwoMills mills_two_q64(const u128 (&x_q64)[2]) noexcept;
struct FourMills
{
    u128 of[4];
};
[[nodiscard]] FourMills mills_four_q64(const u128 (&x_q64)[4]) noexcept;

/// n(x) = e^(-x^2 / 2) / sqrt(2 pi) in Q64, for x >= 0 in Q64, any x. The error is at most 2^-63;
/// non-increasing in x.
[[nodiscard]] u128 density_q64(u128 x_q64) noexcept;

/// N(x) of an 18-decimal x, any x, in 18 decimals: in [0, 10^18]. The error is at most one unit;
/// non-decreasing in x; N(x) + N(-x) is 10^18 exactly.
[[nodiscard]] i128 normal_cdf_wad_nearest(i128 x) noexcept;

/// n(x) of an 18-decimal x, any x, in 18 decimals. The error is at most one unit; n(x) = n(-x).
[[nodiscard]] i128 normal_density_wad_nearest(i128 x) noexcept;

}  // namespace plimsoll::num
