// plimsoll: host-sim/path/fixed_log.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, paths. Natural logarithm and exponential of 18-decimal values, in integers.
// Promises: error at most 1e-16 absolute for ln and 1e-15 relative for exp over their domains (a test
// compares both with a multi-precision reference); the same bits everywhere.
// Never: used by the engine. Prices of a simulation are drawn with these; margin is not computed here.
#pragma once

#include "engine/check.hpp"
#include "engine/num/int128.hpp"

#include <cstdint>

namespace plimsoll::sim {

namespace fixed_log_detail {

/// Binary fixed point with 62 fraction bits: a product of two values below 2 fits 126 bits.
inline constexpr int FRACTION_BITS = 62;
inline constexpr num::i128 ONE = num::i128{1} << FRACTION_BITS;
inline constexpr num::i128 LN2 = 3196577161300663915;  // ln 2 * 2^62, rounded
inline constexpr num::i128 WAD_SIGNED = static_cast<num::i128>(num::WAD);

/// @pre |a * b| < 2^126. Rounds toward minus infinity.
[[nodiscard]] constexpr num::i128 multiply(num::i128 a, num::i128 b) noexcept
{
    return (a * b) >> FRACTION_BITS;
}

}  // namespace fixed_log_detail

/// ln(value), 18 decimals. @pre 1 <= value_e18 <= 1e34.
[[nodiscard]] constexpr num::i128 ln_e18(num::i128 value_e18) noexcept
{
    using namespace fixed_log_detail;
    CHECK(value_e18 > 0);
    CHECK(value_e18 <= WAD_SIGNED * 10'000'000'000'000'000);
    // value = mantissa * 2^exponent with the mantissa in [1, 2).
    int exponent = 0;
    num::i128 low = WAD_SIGNED;
    while (value_e18 >= low * 2) {
        low *= 2;
        ++exponent;
    }
    num::i128 scaled = value_e18;
    while (scaled < WAD_SIGNED) {
        scaled *= 2;
        --exponent;
    }
    const num::i128 base = exponent > 0 ? low : WAD_SIGNED;
    // ln m = 2 * atanh((m - 1) / (m + 1)); the argument is at most 1/3. Both sides may have 115 bits, so
    // the quotient's bits come one at a time.
    const num::i128 numerator = scaled - base;
    const num::i128 denominator = scaled + base;
    num::i128 quotient = 0;
    num::i128 remainder = numerator;
    for (int bit = 0; bit < FRACTION_BITS; ++bit) {
        remainder *= 2;
        quotient *= 2;
        if (remainder >= denominator) {
            remainder -= denominator;
            quotient += 1;
        }
    }
    const num::i128 square = multiply(quotient, quotient);
    num::i128 power = quotient;
    num::i128 sum = 0;
    for (int term = 1; power != 0; term += 2) {
        sum += power / term;
        power = multiply(power, square);
    }
    const num::i128 binary = 2 * sum + exponent * LN2;
    // |binary| < 2^68; the 18 factors of two in 1e18 are taken out, so that the product fits 111 bits.
    return (binary * (WAD_SIGNED >> 18)) >> (FRACTION_BITS - 18);
}

/// exp(value), 18 decimals. @pre -41e18 <= value_e18 <= 41e18.
[[nodiscard]] constexpr num::i128 exp_e18(num::i128 value_e18) noexcept
{
    using namespace fixed_log_detail;
    CHECK(value_e18 <= 41 * WAD_SIGNED);
    CHECK(value_e18 >= -41 * WAD_SIGNED);
    // Whole part and fraction are converted apart: together they would need 128 bits.
    const num::i128 whole = value_e18 / WAD_SIGNED;
    const num::i128 fraction = value_e18 % WAD_SIGNED;
    const num::i128 binary =
        (whole << FRACTION_BITS) +
        (fraction * ONE + (fraction < 0 ? -1 : 1) * WAD_SIGNED / 2) / WAD_SIGNED;
    num::i128 exponent = binary / LN2;
    num::i128 rest = binary - exponent * LN2;
    if (rest < 0) {
        rest += LN2;
        exponent -= 1;
    }
    // Taylor series of exp(rest), rest in [0, ln 2).
    num::i128 sum = ONE;
    num::i128 term = ONE;
    for (int n = 1; term != 0; ++n) {
        term = multiply(term, rest) / n;
        sum += term;
    }
    // -60 <= exponent <= 59, and sum * 1e18 < 2^123.
    return (sum * WAD_SIGNED) >> (FRACTION_BITS - exponent);
}

}  // namespace plimsoll::sim
