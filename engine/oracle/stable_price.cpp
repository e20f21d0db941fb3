// plimsoll: engine/oracle/stable_price.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See stable_price.hpp.
#include "engine/oracle/stable_price.hpp"

#include "engine/num/mul_div.hpp"
#include "engine/num/sqrt.hpp"

namespace plimsoll {
namespace {

using num::i128;
using num::Rounding;

constexpr auto ONE = static_cast<i128>(num::WAD);
/// The delay price counts as at most so many times the stable one, or its inverse: f is then 1/1000.
constexpr i128 FARTHEST = 1'000;

i128 divided(i128 a, i128 b, i128 d, Rounding rounding) noexcept
{
    return checked(num::mul_div_rounded(a, b, d, rounding));
}

/// The square, less one, of n / d >= 1.
i128 excess(i128 n, i128 d, Rounding rounding) noexcept
{
    const i128 ratio = divided(n, ONE, d, rounding);
    return checked(num::mul_wad_rounded(ratio, ratio, rounding)) - ONE;
}

/// How far ahead of the delay price the stable one is, in the direction of its motion, on the scale on which it
/// moves evenly: z^2 - 1 for z >= 1, else 1 - z^-2, with z = ahead / behind. Rounded down: less is slower.
i128 progress_floor(i128 ahead, i128 behind) noexcept
{
    return ahead >= behind ? excess(ahead, behind, Rounding::floor)
                           : -excess(behind, ahead, Rounding::ceil);
}

/// The stable price `way` further up from `stable`, on that scale.
i128 risen_floor(i128 stable, i128 delay, i128 way) noexcept
{
    const i128 progress = progress_floor(stable, delay) + way;
    if (progress >= 0)
        return divided(delay, num::sqrt_wad_floor(ONE + progress), ONE, Rounding::floor);
    return divided(delay, ONE, num::sqrt_wad_ceil(ONE - progress), Rounding::floor);
}

/// And `way` further down.
i128 fallen_ceil(i128 stable, i128 delay, i128 way) noexcept
{
    const i128 progress = progress_floor(delay, stable) + way;
    if (progress >= 0)
        return divided(delay, ONE, num::sqrt_wad_floor(ONE + progress), Rounding::ceil);
    return divided(delay, num::sqrt_wad_ceil(ONE - progress), ONE, Rounding::ceil);
}

/// The oldest delay price, no farther from the stable one than FARTHEST.
i128 delay_of(const StablePrice& stable) noexcept
{
    const i128 delay = stable.delays[stable.oldest()].raw();
    const i128 low = divided(stable.price.raw(), 1, FARTHEST, Rounding::ceil);
    const i128 high = divided(stable.price.raw(), FARTHEST, 1, Rounding::floor);
    return delay < low ? low : delay > high ? high : delay;
}

/// Moves toward the standing price for a time within one interval.
void move(StablePrice& stable, const StablePriceParams& params, Price standing,
    std::uint64_t time_s) noexcept
{
    if (standing == stable.price)
        return;
    const Ratio twice = params.growth_per_hour + params.growth_per_hour;
    const i128 way = divided(twice.raw(), static_cast<i128>(time_s), 3'600, Rounding::floor);
    const i128 from = stable.price.raw();
    const i128 delay = delay_of(stable);
    Price to;
    if (standing > stable.price) {
        to = Price::from_raw(risen_floor(from, delay, way));
        // Rounding may have lost more than a very short time gained.
        to = to < stable.price ? stable.price : to;
        stable.price = to < standing ? to : standing;
    } else {
        to = Price::from_raw(fallen_ceil(from, delay, way));
        to = to > stable.price ? stable.price : to;
        stable.price = to > standing ? to : standing;
    }
}

/// Ends an interval: its average, at most delay_growth away from the one before, becomes the newest delay price.
void close_interval(StablePrice& stable, const StablePriceParams& params) noexcept
{
    const i128 average =
        divided(stable.sum, 1, static_cast<i128>(stable.summed.raw()), Rounding::floor);
    const i128 before = stable.delays[stable.latest].raw();
    const i128 growth = ONE + params.delay_growth.raw();
    const i128 high = divided(before, growth, ONE, Rounding::floor);
    const i128 low = divided(before, ONE, growth, Rounding::ceil);
    stable.latest = static_cast<std::uint8_t>(stable.oldest());
    stable.delays[stable.latest] = Price::from_raw(average < low    ? low
                                                   : average > high ? high
                                                                    : average);
    stable.sum = 0;
    stable.summed = Seconds::zero();
}

void start(StablePrice& stable, Price standing, Seconds now) noexcept
{
    stable = {};
    stable.price = standing;
    stable.time = now;
    for (Price& delay : stable.delays)
        delay = standing;
}

/// Forgets what lies more than STABLE_DELAYS intervals back: the loop below is bounded, and a longer silence
/// moves the price no further than that.
void skip(StablePrice& stable, std::uint64_t interval_s, Seconds now) noexcept
{
    const std::uint64_t reach_s = interval_s * STABLE_DELAYS;
    if (elapsed(stable.time, now).raw() <= reach_s)
        return;
    stable.time = Seconds::from_raw(now.raw() - reach_s);
    stable.sum = 0;
    stable.summed = Seconds::zero();
}

}  // namespace

void stable_advance(
    StablePrice& stable, const StablePriceParams& params, Price standing, Seconds now) noexcept
{
    if (!standing.is_positive())
        return;
    if (stable.price.is_zero()) {
        start(stable, standing, now);
        return;
    }
    const std::uint64_t interval_s = params.interval.raw();
    skip(stable, interval_s, now);
    while (stable.time < now) {
        const std::uint64_t rest_s = interval_s - stable.time.raw() % interval_s;
        const std::uint64_t left_s = elapsed(stable.time, now).raw();
        const std::uint64_t time_s = rest_s < left_s ? rest_s : left_s;
        move(stable, params, standing, time_s);
        stable.sum += divided(standing.raw(), static_cast<i128>(time_s), 1, Rounding::floor);
        stable.summed = stable.summed + Seconds::from_raw(time_s);
        stable.time = stable.time + Seconds::from_raw(time_s);
        if (time_s == rest_s)
            close_interval(stable, params);
    }
}

bool stable_delays_due(
    const StablePrice& stable, const StablePriceParams& params, Seconds now) noexcept
{
    const std::uint64_t interval_s = params.interval.raw();
    return stable.price.is_zero() || stable.time.raw() / interval_s < now.raw() / interval_s;
}

Price stable_at(const StablePrice& stable, const StablePriceParams& params, Price standing,
    Seconds now) noexcept
{
    StablePrice later = stable;
    stable_advance(later, params, standing, now);
    return later.price;
}

}  // namespace plimsoll
