// plimsoll: engine/num/ln.cpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. See ln.hpp.
// Scales: r has 70 fraction bits here (134 in ln_q112), r^2 has 76 (140), coefficients 64 (128). Each
// step cuts, so what is below the last bit of r is lost a few units at a time; the bounds count them.
#include "engine/num/ln.hpp"

#include "engine/num/multiply_high.hpp"
#include "engine/num/q64.hpp"
#include "engine/num/tables/ln_table.hpp"
#include "engine/num/wide.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll::num {

namespace {

using Limbs = Pair<std::uint64_t>;

/// Bits of the table's index.
constexpr int INDEX_BITS = 6;

/// r = m c - 1 at the start of segment `index`, 22 fraction bits.
constexpr std::uint64_t segment_rest(std::uint64_t index, std::uint64_t c) noexcept
{
    return (64 + index) * c - (std::uint64_t{1} << 22);
}

/// The series (r - ln(1 + r)) / r^2 = 1/2 - r/3 + r^2/4 - ..., degree 8, r in Q70: Q64, of which the
/// error of the cuts is below 2^-59, that of the degree below 2^-57.
constexpr std::uint64_t second_part(std::uint64_t r) noexcept
{
    // What is multiplied by r^5 < 2^-30 and more needs half a limb only: r in Q38, values in Q34.
    const std::uint64_t half_r = r >> 32;
    const auto coefficient = [](std::size_t k) constexpr { return tables::LN_INVERSES[k].high; };
    std::uint64_t half = coefficient(8) >> 30;
    for (std::size_t k = 7; k >= 5; --k)
        half = (coefficient(k) >> 30) - ((half_r * half) >> 38);
    std::uint64_t value = coefficient(4) - ((half_r * half) >> 8);
    for (std::size_t k = 4; k-- > 0;)
        value = coefficient(k) - (multiply_high_below(r, value) >> INDEX_BITS);
    return value;
}

/// The same series to degree 17, r in Q134: Q128.
constexpr Limbs second_part_wide(Limbs r) noexcept
{
    // What is multiplied by r^8 < 2^-48 and more needs one limb only.
    std::uint64_t narrow = tables::LN_INVERSES[17].high;
    for (std::size_t k = 17; k-- > 8;)
        narrow = tables::LN_INVERSES[k].high - (multiply_high_below(r.high, narrow) >> INDEX_BITS);
    Limbs value{0, narrow};
    for (std::size_t k = 8; k-- > 0;)
        value = subtract(
            tables::LN_INVERSES[k], shift_right(multiply_high_floor(r, value), INDEX_BITS));
    return value;
}

/// m's segment and what of m is behind its start, times 2^INDEX_BITS.
struct Reduced
{
    std::uint64_t index = 0;
    Limbs rest;
};

constexpr Reduced reduced(Limbs mantissa) noexcept
{
    return {(mantissa.high >> (63 - INDEX_BITS)) & 63, shift_left(mantissa, 1 + INDEX_BITS)};
}

}  // namespace

i128 ln_q64(u128 n) noexcept
{
    const Normalised number = normalised(pair_from(n));
    const Reduced m = reduced(number.bits);
    const std::uint64_t c = tables::LN_RECIPROCALS[m.index];
    // (start + rest) c - 1, the product of a limb and 17 bits in two parts.
    const std::uint64_t r = (segment_rest(m.index, c) << 48) +
                            ((high_half(m.rest.high) * c) << 16) +
                            ((low_half(m.rest.high) * c) >> 16);
    const std::uint64_t square = multiply_high_below(r, r);
    const std::uint64_t ln_1p = r - (multiply_high_below(square, second_part(r)) >> INDEX_BITS);
    const auto k = static_cast<std::uint64_t>(number.exponent);
    const Limbs logarithm = tables::LN_LOGARITHMS[m.index];
    // Whole units of Q64, and beside them what is summed with six bits more before it is rounded.
    const std::uint64_t fine = ln_1p + ((k * tables::LN2_Q64_REST) >> 26) + (logarithm.low >> 58) +
                               (std::uint64_t{1} << 5);
    Limbs sum = multiply_by_half(tables::LN2_Q64_FLOOR, k);
    sum = add(sum, Limbs{logarithm.high, 0});
    sum = add(sum, Limbs{fine >> INDEX_BITS, 0});
    return static_cast<i128>(u128_from(sum));
}

i128 ln_q112(u128 n) noexcept
{
    const Normalised number = normalised(pair_from(n));
    const Reduced m = reduced(number.bits);
    const std::uint64_t c = tables::LN_RECIPROCALS[m.index];
    const Quad<std::uint64_t> product = multiply(m.rest, Limbs{c, 0});
    Limbs r{shift_right_low(product.limb1, product.limb0, 16),
        shift_right_low(product.limb2, product.limb1, 16)};
    r = add(r, Limbs{0, segment_rest(m.index, c) << 48});
    const Limbs square = multiply_high_floor(r, r);
    const Limbs ln_1p =
        subtract(r, shift_right(multiply_high_floor(square, second_part_wide(r)), INDEX_BITS));
    const auto k = static_cast<std::uint64_t>(number.exponent);
    // Q120: ln n < 89 < 2^7.
    const Quad<std::uint64_t> octaves = multiply(tables::LN2_Q120, Limbs{k, 0});
    Limbs sum{octaves.limb0, octaves.limb1};
    sum = add(sum, shift_right(tables::LN_LOGARITHMS[m.index], 8));
    sum = add(sum, shift_right(ln_1p, 14));
    sum = shift_right(add(sum, Limbs{std::uint64_t{1} << 7, 0}), 8);
    return static_cast<i128>(u128_from(sum));
}

std::optional<i128> ln_wad_nearest(i128 wad) noexcept
{
    if (wad <= 0)
        return std::nullopt;
    const i128 ln_one = static_cast<i128>(u128_from(tables::LN_WAD_Q64));
    return wad_from_q64_nearest(ln_q64(static_cast<u128>(wad)) - ln_one);
}

}  // namespace plimsoll::num
