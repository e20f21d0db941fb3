// plimsoll: engine/num/exp.cpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. See exp.hpp.
//
// Why exp_negative_q64 never rises: before it is rounded to Q64, e^-s is off by less than 2^-67, while
// one unit of s changes it by at least 2^-65. Where k steps, the value falls by 0.79 units of its own
// before it is rounded (the rounded ln 2 takes 0.21), more than the errors of both sides; rounding twice
// keeps that order for every k but 0, and the one step from there to 1 is checked in tests.
#include "engine/num/exp.hpp"

#include "engine/check.hpp"
#include "engine/num/ln.hpp"
#include "engine/num/multiply_high.hpp"
#include "engine/num/q64.hpp"
#include "engine/num/tables/exp_table.hpp"
#include "engine/num/tables/ln_table.hpp"
#include "engine/num/wide.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll::num {

namespace {

using Limbs = Pair<std::uint64_t>;

/// Bits of a 64th, the step of the table.
constexpr int STEP_BITS = 6;

/// e^-y is below half a unit of Q64 from here on.
constexpr std::uint64_t VANISHES = 46;

/// The series (r - 1 + e^-r) / r^2 = 1/2 - r/6 + r^2/24 - ..., degree 6, r in Q70: Q64, with an error
/// below 2^-59.
constexpr std::uint64_t second_part(std::uint64_t r) noexcept
{
    const auto coefficient = [](std::size_t k) constexpr { return tables::EXP_INVERSES[k]; };
    // What is multiplied by r^4 < 2^-24 and more needs half a limb only: r in Q38, values in Q41.
    const std::uint64_t half_r = r >> 32;
    std::uint64_t half = coefficient(6) >> 23;
    half = (coefficient(5) >> 23) - ((half_r * half) >> 38);
    half = (coefficient(4) >> 23) - ((half_r * half) >> 38);
    std::uint64_t value = coefficient(3) - ((half_r * half) >> 15);
    for (std::size_t k = 3; k-- > 0;)
        value = coefficient(k) - (multiply_high_below(r, value) >> STEP_BITS);
    return value;
}

/// e^-s in Q64 for 0 < s < 45/64, s in Q64. The error before the last rounding is below 2^-67, the
/// greatest result 2^64 - 1.
constexpr std::uint64_t exp_core_nearest(std::uint64_t s) noexcept
{
    const std::uint64_t index = s >> (64 - STEP_BITS);
    const std::uint64_t r = s << STEP_BITS;  // Q70
    const std::uint64_t square = multiply_high_below(r, r);
    const std::uint64_t p = r - (multiply_high_below(square, second_part(r)) >> STEP_BITS);
    const std::uint64_t value = tables::EXP_VALUES[index];
    // value + guard - value p, rounded. One more on both sides keeps the difference of guards above
    // zero; value + 1 may wrap, and comes back.
    const std::uint64_t fall = multiply_high_below(value, p) + 96 - tables::EXP_GUARDS[index];
    return value + 1 - (fall >> STEP_BITS);
}

/// t / ln 2 toward zero or one less, for t in Q64 up to 91: so t - k ln 2 is in [0, 45/64).
constexpr std::uint64_t octaves_below(Limbs t) noexcept
{
    return (((t.high << 25) | (t.low >> 39)) * tables::INVERSE_LN2_Q31_FLOOR) >> 56;
}

/// More octaves than the greatest result has.
constexpr std::uint64_t OCTAVES_MAX = 68;

/// 68 ln 2 in Q64, near enough to count octaves.
constexpr Limbs ALL_OCTAVES = multiply_by_half(tables::LN2_Q64_NEAREST, OCTAVES_MAX);

/// e^x in 18 decimals is below half a unit up to here.
constexpr i128 VANISHES_WAD = static_cast<i128>(WAD) * -43;

/// e^y in 18 decimals for y in Q64, the error below half a unit and a relative 2^-63.
/// @pre y <= 46 in Q64
i128 exp_wad_from_q64_nearest(i128 y) noexcept
{
    if (y == 0)
        return static_cast<i128>(WAD);
    if (y < -(i128{43} << 64))
        return 0;
    const Limbs bits = pair_from(static_cast<u128>(y));
    // e^y = 2^k e^-s, s = k ln 2 - y. Whole units wrap: s is below one.
    const auto k =
        static_cast<std::int64_t>(OCTAVES_MAX - octaves_below(subtract(ALL_OCTAVES, bits)));
    const auto fine = k * static_cast<std::int64_t>(tables::LN2_Q64_REST) + (std::int64_t{1} << 31);
    const std::uint64_t s = static_cast<std::uint64_t>(k) * tables::LN2_Q64_FLOOR +
                            static_cast<std::uint64_t>(fine >> 32) - bits.low;
    const Limbs product = multiply(exp_core_nearest(s), WAD);
    const int shift = 64 - static_cast<int>(k);
    if (shift <= 0)
        return static_cast<i128>(u128_from(shift_left(product, -shift)));
    // All bits but one, which rounds.
    const int rest = shift - 1;
    const Limbs doubled =
        rest < 64 ? shift_right(product, rest) : Limbs{product.high >> (rest - 64), 0};
    const Limbs rounded_up = add(shift_right(doubled, 1), Limbs{doubled.low & 1, 0});
    return static_cast<i128>(u128_from(rounded_up));
}

}  // namespace

u128 exp_negative_q64(u128 y_q64) noexcept
{
    if (y_q64 == 0)
        return Q64_ONE;
    const Limbs y = pair_from(y_q64);
    if (y.high >= VANISHES)
        return 0;
    const std::uint64_t k = octaves_below(y);
    const std::uint64_t value = exp_core_nearest(y.low - k * tables::LN2_Q64_NEAREST);
    if (k == 0)
        return value;
    if (k > 64)
        return 0;
    const std::uint64_t doubled = value >> (k - 1);
    return (doubled >> 1) + (doubled & 1);
}

std::optional<i128> exp_wad_nearest(i128 wad) noexcept
{
    if (wad > EXP_WAD_MAX)
        return std::nullopt;
    if (wad < VANISHES_WAD)
        return 0;
    return exp_wad_from_q64_nearest(q64_from_wad_nearest(wad));
}

std::optional<i128> pow_wad_nearest(i128 base_wad, i128 exponent_wad) noexcept
{
    if (base_wad <= 0)
        return std::nullopt;
    if (exponent_wad > POW_EXPONENT_MAX || exponent_wad < -POW_EXPONENT_MAX)
        return std::nullopt;
    const i128 one = static_cast<i128>(WAD);
    if (exponent_wad == one)
        return base_wad;
    if (exponent_wad == 0 || base_wad == one)
        return one;
    const i128 ln_base =
        ln_q64(static_cast<u128>(base_wad)) - static_cast<i128>(u128_from(tables::LN_WAD_Q64));
    // |ln base| < 47 and |exponent| <= 64: far from the ends.
    const std::optional<i128> y = mul_wad_floor(ln_base, exponent_wad);
    CHECK(y.has_value());
    if (*y > i128{46} << 64)
        return std::nullopt;
    return exp_wad_from_q64_nearest(*y);
}

}  // namespace plimsoll::num
