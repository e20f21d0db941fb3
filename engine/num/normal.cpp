// plimsoll: engine/num/normal.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, number shelf. See normal.hpp.
#include "engine/num/normal.hpp"

#include "engine/num/exp.hpp"
#include "engine/num/multiply_high.hpp"
#include "engine/num/q64.hpp"
#include "engine/num/tables/mills_table.hpp"
#include "engine/num/wide.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll::num {

namespace {

using Limbs = Pair<std::uint64_t>;

/// Where segments end and the continued fraction begins.
constexpr std::uint64_t FRACTION_BEGINS = 16;

/// What e^(-x^2 / 2) is from here on is below half a unit of Q64, and x^2 still fits.
constexpr std::uint64_t DENSITY_VANISHES = 16;

/// Levels of the continued fraction: the rest is below 2^-68 at 16.
constexpr std::uint64_t FRACTION_LEVELS = 11;

/// floor(n / d) of a whole number n and d in Q64, in Q64. @pre n * 2^64 < d
constexpr Limbs quotient_floor(std::uint64_t n, Limbs d) noexcept
{
    return divide(Quad<std::uint64_t>{0, 0, n, 0}, d).quotient;
}

/// R(x) = 1 / (x + 1 / (x + 2 / ...)) for x >= 16. When x grows by one unit each denominator grows by
/// one or by none: its fraction's fall is below one unit, so at most one after rounding. So R never
/// rises.
constexpr u128 mills_fraction(Limbs x) noexcept
{
    Limbs denominator = x;
    for (std::uint64_t level = FRACTION_LEVELS; level > 0; --level) {
        denominator = add(x, quotient_floor(level, denominator));
        // Saturates.
        if (less(denominator, x))
            denominator = {~std::uint64_t{0}, ~std::uint64_t{0}};
    }
    return u128_from(quotient_floor(1, denominator));
}

/// A segment, and how far x is from its right end in units of its width.
struct Place
{
    std::uint64_t segment = 0;
    std::uint64_t u = 0;
};

/// Segments are 1/4 wide below 2, 1/2 below 8, and 1 from there on. @pre x < 16
constexpr Place place_of(Limbs x) noexcept
{
    // Without a branch: which width it is, is anybody's guess from one option to the next.
    const int halvings = (x.high < 2 ? 1 : 0) + (x.high < 8 ? 1 : 0);
    const std::uint64_t first = (x.high < 2 ? 0U : 4U) + (x.high < 8 ? 0U : 8U);
    const std::uint64_t part = (x.low >> 1) >> (63 - halvings);
    // The complement of the fraction is the distance to the segment's last value.
    return {first + ((x.high << halvings) | part), ~x.low << halvings};
}

/// Horner's rule: where it begins,
constexpr std::uint64_t first_of(const Place& place) noexcept
{
    return tables::MILLS[place.segment][tables::MILLS_DEGREE];
}

/// a step of it, 0 < k,
constexpr std::uint64_t step(const Place& place, int k, std::uint64_t value) noexcept
{
    return tables::MILLS[place.segment][k] + (multiply_high_below(place.u, value) >> 2);
}

/// and the last one.
constexpr u128 last_of(const Place& place, std::uint64_t value) noexcept
{
    // The last product has one fraction bit more than the result.
    const std::uint64_t rise = (multiply_high_below(place.u, value) + 1) >> 1;
    // The first segment's constant is above one.
    return u128_from(
        add(Limbs{tables::MILLS[place.segment][0], place.segment == 0 ? 1U : 0U}, Limbs{rise, 0}));
}

/// Whether no argument is one for the continued fraction.
template <std::size_t N>
constexpr bool all_in_table(const u128 (&x_q64)[N]) noexcept
{
    std::uint64_t whole = 0;
    for (const u128 x : x_q64)
        whole |= pair_from(x).high;
    return whole < FRACTION_BEGINS;
}

}  // namespace

// The error in units of 2^-64: the cuts take at most 1.5 in the last product, 1 before that and a quarter
// of it at each level further in, 2.9 in all; the fit is off by 0.42, roundings of constants and of the
// result by 0.5 each; the table is raised by 0.88. So between -2.5 and 3.5, below the 4 that are stated.
u128 mills_q64(u128 x_q64) noexcept
{
    const Limbs x = pair_from(x_q64);
    if (x.high >= FRACTION_BEGINS)
        return mills_fraction(x);
    const Place place = place_of(x);
    std::uint64_t value = first_of(place);
    for (int k = tables::MILLS_DEGREE - 1; k > 0; --k)
        value = step(place, k, value);
    return last_of(place, value);
}

TwoMills mills_two_q64(const u128 (&x_q64)[2]) noexcept
{
    if (!all_in_table(x_q64))
        return {{mills_q64(x_q64[0]), mills_q64(x_q64[1])}};
    const Place a = place_of(pair_from(x_q64[0]));
    const Place b = place_of(pair_from(x_q64[1]));
    std::uint64_t of_a = first_of(a);
    std::uint64_t of_b = first_of(b);
    for (int k = tables::MILLS_DEGREE - 1; k > 0; --k) {
        of_a = step(a, k, of_a);
        of_b = step(b, k, of_b);
    }
    return {{last_of(a, of_a), last_of(b, of_b)}};
}

FourMills mills_four_q64(const u128 (&x_q64)[4]) noexcept
{
    if (!all_in_table(x_q64))
        return {
            {mills_q64(x_q64[0]), mills_q64(x_q64[1]), mills_q64(x_q64[2]), mills_q64(x_q64[3])}};
    const Place a = place_of(pair_from(x_q64[0]));
    const Place b = place_of(pair_from(x_q64[1]));
    const Place c = place_of(pair_from(x_q64[2]));
    const Place d = place_of(pair_from(x_q64[3]));
    // Four variables and not a list: they stay in registers.
    std::uint64_t of_a = first_of(a);
    std::uint64_t of_b = first_of(b);
    std::uint64_t of_c = first_of(c);
    std::uint64_t of_d = first_of(d);
    for (int k = tables::MILLS_DEGREE - 1; k > 0; --k) {
        of_a = step(a, k, of_a);
        of_b = step(b, k, of_b);
        of_c = step(c, k, of_c);
        of_d = step(d, k, of_d);
    }
    return {{last_of(a, of_a), last_of(b, of_b), last_of(c, of_c), last_of(d, of_d)}};
}

u128 density_q64(u128 x_q64) noexcept
{
    const Limbs x = pair_from(x_q64);
    if (x.high >= DENSITY_VANISHES)
        return 0;
    const Quad<std::uint64_t> square = multiply(x, x);
    // x^2 / 2, rounded to nearest.
    const Limbs doubled{square.limb1, square.limb2};
    const Limbs half = add(shift_right(doubled, 1), Limbs{doubled.low & 1, 0});
    const u128 exponential = exp_negative_q64(u128_from(half));
    if (exponential == Q64_ONE)
        return tables::INVERSE_SQRT_2PI_Q64;
    return multiply_high_floor(
        static_cast<std::uint64_t>(exponential), tables::INVERSE_SQRT_2PI_Q64);
}

namespace {

/// |x| in Q64; from 2^62 on as if it were that.
constexpr u128 distance_q64(i128 x) noexcept
{
    const u128 size = magnitude(x);
    if ((size >> 122) != 0)
        return u128{1} << 126;
    return static_cast<u128>(q64_from_wad_nearest(static_cast<i128>(size)));
}

}  // namespace

i128 normal_cdf_wad_nearest(i128 x) noexcept
{
    const i128 one = static_cast<i128>(WAD);
    const u128 distance = distance_q64(x);
    // Both factors and the product fall as |x| grows, so that the tail does after any rounding too.
    const u128 height = density_q64(distance);
    const u128 tail = height == 0 ? 0 : umul_q64_trunc(height, mills_q64(distance));
    const i128 tail_wad = wad_from_q64_nearest(static_cast<i128>(tail));
    return x < 0 ? tail_wad : one - tail_wad;
}

i128 normal_density_wad_nearest(i128 x) noexcept
{
    return wad_from_q64_nearest(static_cast<i128>(density_q64(distance_q64(x))));
}

}  // namespace plimsoll::num
