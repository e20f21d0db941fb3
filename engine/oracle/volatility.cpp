// plimsoll: engine/oracle/volatility.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See volatility.hpp.
#include "engine/oracle/volatility.hpp"

#include "engine/num/ln.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/q64.hpp"
#include "engine/num/sqrt.hpp"

namespace plimsoll {
namespace {

using num::i128;

constexpr auto YEAR_S = static_cast<i128>(VOLATILITY_YEAR.raw());
constexpr std::uint16_t E4 = 10'000;

/// How often a track is sampled, and what its past keeps each time.
struct Pace
{
    std::uint64_t period_s = 0;
    Ratio decay;
};

Ratio clamped(Ratio value, Ratio low, Ratio high) noexcept
{
    return value < low ? low : value > high ? high : value;
}

Ratio clamped_variance(Ratio variance, const VolatilityParams& params) noexcept
{
    return clamped(
        variance, scale_ceil(params.floor, params.floor), scale_ceil(params.cap, params.cap));
}

/// base^exponent by squaring, each product rounded up: above the exact power by fewer than 64 raw units.
/// @pre 0 <= base <= 1
Ratio power_ceil(Ratio base, std::uint64_t exponent) noexcept
{
    Ratio power = Ratio::one();
    for (; exponent != 0; exponent >>= 1) {
        if ((exponent & 1) != 0)
            power = scale_ceil(power, base);
        base = scale_ceil(base, base);
    }
    return power;
}

std::size_t pairs_of(std::size_t count, const CorrelationParams& correlation) noexcept
{
    return count < 2 || !correlation.given() ? 0 : count * (count - 1) / 2;
}

/// Pairs come in so many groups; a sweep takes as many calls, so it starts every so many instants.
std::uint64_t groups_of(std::size_t pairs) noexcept
{
    const std::size_t groups = (pairs + PAIRS_PER_CALL - 1) / PAIRS_PER_CALL;
    return groups > 1 ? groups : 1;
}

/// The multiples of a period after one instant and up to another, by their numbers.
struct Instants
{
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t period_s = 1;

    [[nodiscard]] bool any() const noexcept { return last >= first; }
};

Instants instants_between(Seconds after, Seconds until, std::uint64_t period_s) noexcept
{
    return {after.raw() / period_s + 1, until.raw() / period_s, period_s};
}

/// At how many of the instants the price was known and not yet stale. They follow one another, and the price
/// was published before all that an earlier call has not seen: the first of them ends a return.
std::uint64_t live_instants(
    const FeedPrice& feed, const Instants& instants, Seconds stale_after) noexcept
{
    if (!feed.price.is_positive())
        return 0;
    const std::uint64_t published = feed.published.raw();
    const std::uint64_t known =
        published / instants.period_s + (published % instants.period_s != 0 ? 1 : 0);
    std::uint64_t stale = 0;
    if (__builtin_add_overflow(published, stale_after.raw(), &stale))
        stale = ~std::uint64_t{0};
    stale /= instants.period_s;
    const std::uint64_t first = instants.first > known ? instants.first : known;
    const std::uint64_t last = instants.last < stale ? instants.last : stale;
    return last >= first ? last - first + 1 : 0;
}

Ratio log_return_nearest(Price from, Price to) noexcept
{
    return Ratio::from_raw(
        num::wad_from_q64_nearest(num::ln_q64(static_cast<num::u128>(to.raw())) -
                                  num::ln_q64(static_cast<num::u128>(from.raw()))));
}

/// One sample (F-35): the return since the last, clipped, into the average. Gives the return as it counted.
Ratio sample(
    VolatilityTrack& track, Price price, const Pace& pace, const VolatilityParams& params) noexcept
{
    const auto period = static_cast<i128>(pace.period_s);
    const Ratio limit = scale_floor(scale_floor(params.clip, params.clip), track.variance);
    Ratio move = log_return_nearest(track.price, price);
    Ratio square =
        Ratio::from_raw(checked(num::mul_div_ceil(scale_ceil(move, move).raw(), YEAR_S, period)));
    if (square > limit) {
        square = limit;
        const Ratio most = Ratio::from_raw(
            num::sqrt_wad_floor(checked(num::mul_div_floor(limit.raw(), period, YEAR_S))));
        move = move.is_negative() ? -most : most;
    }
    track.variance = clamped_variance(
        track.variance + scale_ceil(square - track.variance, Ratio::one() - pace.decay), params);
    track.price = price;
    return move;
}

/// What the first of several instants made of a track.
struct Sampled
{
    Ratio move;
    Ratio variance;
};

/// A variance after returns of zero: past = decay^instants.
Ratio decayed_variance(Ratio variance, Ratio past, const VolatilityParams& params) noexcept
{
    return clamped_variance(scale_ceil(variance, past), params);
}

/// What happened to a track at `live` instants of its pace, at all of which the price was this one: at the
/// first a sample, at the others returns of zero.
Sampled advance(VolatilityTrack& track, Price price, std::uint64_t live, const Pace& pace,
    const VolatilityParams& params) noexcept
{
    if (live == 0)
        return {};
    Sampled first;
    if (track.price.is_zero())
        track = {price, scale_ceil(params.start, params.start)};
    else
        first.move = sample(track, price, pace, params);
    first.variance = track.variance;
    if (live > 1)
        track.variance = decayed_variance(track.variance, power_ceil(pace.decay, live - 1), params);
    return first;
}

/// sqrt(variance_i * variance_j). Positive: the floor of a variance is.
i128 common_scale_floor(Ratio variance_i, Ratio variance_j) noexcept
{
    return num::sqrt_wad_floor(scale_floor(variance_i, variance_j).raw());
}

Ratio correlation_trunc(Ratio covariance, i128 scale) noexcept
{
    const Ratio ratio =
        Ratio::from_raw(checked(num::mul_div_trunc(covariance.raw(), num::WAD, scale)));
    return clamped(ratio, -Ratio::one(), Ratio::one());
}

/// A pair starts where governance thinks it is, so that listing something moves no margin.
void start(PairCorrelation& pair, const CorrelationPair& governed, i128 scale,
    const CorrelationParams& params) noexcept
{
    const i128 twice = governed.low.raw() + governed.high.raw();
    const Ratio middle = Ratio::from_raw(checked(num::mul_div_trunc(twice, 1, 2)));
    pair.covariance = Ratio::from_raw(checked(num::mul_div_trunc(middle.raw(), scale, num::WAD)));
    pair.started = true;
    // From the far end, so that the nearest step is taken whatever it is.
    const auto far = static_cast<std::int16_t>(middle.is_negative() ? E4 : -E4);
    pair.stepped_e4 = stepped_e4(far, middle, params);
    pair.slow_e4 = pair.stepped_e4;
}

/// One step toward the fast value at most, once it has been held long enough.
void advance_slow(PairCorrelation& pair, Seconds now, const CorrelationParams& params) noexcept
{
    if (pair.slow_e4 == pair.stepped_e4 || elapsed(pair.slow_moved, now) < params.hold)
        return;
    const auto step = static_cast<std::int32_t>(static_cast<std::int64_t>(params.step.raw()) /
                                                static_cast<std::int64_t>(CORRELATION_UNIT.raw()));
    const std::int32_t way = pair.stepped_e4 - pair.slow_e4;
    const std::int32_t move = way > step ? step : way < -step ? -step : way;
    pair.slow_e4 = static_cast<std::int16_t>(pair.slow_e4 + move);
    pair.slow_moved = now;
}

/// F-37 for one pair and sweep. Instants at which only one of the two was live say nothing of the pair, so
/// that the variances are those of the last instant at which both were.
void advance(PairCorrelation& pair, const UnderlyingVolatility& i, const UnderlyingVolatility& j,
    const CorrelationPair& governed, const Pace& pace, const VolatilityParams& params,
    const CorrelationParams& correlation, Seconds sweep) noexcept
{
    const std::uint32_t live = i.live < j.live ? i.live : j.live;
    if (live == 0)
        return;
    const bool starts = !pair.started;
    if (starts && !governed.known)
        return;
    if (starts) {
        pair.slow_moved = sweep;
        start(pair, governed, common_scale_floor(i.sampled, j.sampled), correlation);
    } else {
        const i128 product = checked(num::mul_wad_trunc(i.move.raw(), j.move.raw()));
        const i128 annual =
            checked(num::mul_div_trunc(product, YEAR_S, static_cast<i128>(pace.period_s)));
        const Ratio weight = Ratio::one() - pace.decay;
        pair.covariance += Ratio::from_raw(
            checked(num::mul_wad_trunc(annual - pair.covariance.raw(), weight.raw())));
    }
    // A clip counts against the variance of its own time: products can pass what the variances are kept below.
    const Ratio most = scale_ceil(params.cap, params.cap);
    pair.covariance = clamped(pair.covariance, -most, most);
    const Ratio past = power_ceil(pace.decay, live - 1);
    pair.covariance =
        Ratio::from_raw(checked(num::mul_wad_trunc(pair.covariance.raw(), past.raw())));
    if (starts)
        return;
    const i128 scale = common_scale_floor(
        decayed_variance(i.sampled, past, params), decayed_variance(j.sampled, past, params));
    pair.stepped_e4 =
        stepped_e4(pair.stepped_e4, correlation_trunc(pair.covariance, scale), correlation);
    advance_slow(pair, sweep + Seconds::from_raw(pace.period_s * (live - 1)), correlation);
}

/// Samples every coarse track and puts the cursor back to the first pair.
void open_sweep(VolatilityState& state, const VolatilityParams& params, const Board& board,
    std::size_t count, const Instants& instants, const Pace& pace) noexcept
{
    for (std::size_t i = 0; i < count; ++i) {
        UnderlyingVolatility& underlying = state.underlyings[i];
        const std::uint64_t live = live_instants(board.feeds[i], instants, params.stale_after);
        const Sampled first = advance(underlying.coarse, board.feeds[i].price, live, pace, params);
        underlying.move = first.move;
        underlying.sampled = first.variance;
        // A day of the shortest grid has 1,440 instants: stale_after bounds it.
        underlying.live = static_cast<std::uint32_t>(live);
    }
    state.sweep = Seconds::from_raw(instants.first * instants.period_s);
    state.cursor = 0;
}

/// Up to PAIRS_PER_CALL pairs from the cursor on, in the order of Correlation::slot.
void sweep_pairs(VolatilityState& state, const VolatilityParams& params,
    const CorrelationParams& correlation, const Correlation& governed, std::size_t pairs,
    const Pace& pace) noexcept
{
    std::size_t large = 1;
    while (Correlation::slot(large, large - 1) < state.cursor)
        ++large;
    std::size_t small = state.cursor - Correlation::slot(large, 0);
    for (std::size_t done = 0; done < PAIRS_PER_CALL && state.cursor < pairs; ++done) {
        advance(state.pairs[state.cursor], state.underlyings[large], state.underlyings[small],
            governed.of(large, small), pace, params, correlation, state.sweep);
        ++state.cursor;
        if (++small == large) {
            ++large;
            small = 0;
        }
    }
}

}  // namespace

bool observe(VolatilityState& state, const VolatilityParams& params,
    const CorrelationParams& correlation, const Correlation& governed, const Board& board,
    std::size_t count) noexcept
{
    CHECK(count <= UNDERLYINGS_MAX);
    const std::size_t pairs = pairs_of(count, correlation);
    const bool swept = state.cursor >= pairs;
    const std::uint64_t groups = groups_of(pairs);
    const std::uint64_t step_s = params.step.raw();
    const Pace fine{step_s, params.decay};
    const Pace coarse{step_s * groups, power_ceil(params.decay, groups)};
    const Instants now = instants_between(state.instant, board.now, step_s);
    if (now.any()) {
        for (std::size_t i = 0; i < count; ++i)
            static_cast<void>(advance(state.underlyings[i].fine, board.feeds[i].price,
                live_instants(board.feeds[i], now, params.stale_after), fine, params));
        const Instants sweeps = instants_between(state.instant, board.now, coarse.period_s);
        // A sweep that is still open goes on: the next one then covers a longer time.
        if (swept && sweeps.any())
            open_sweep(state, params, board, count, sweeps, coarse);
        state.instant = Seconds::from_raw(now.last * step_s);
    }
    const bool sweeping = state.cursor < pairs;
    if (sweeping)
        sweep_pairs(state, params, correlation, governed, pairs, coarse);
    return now.any() || sweeping;
}

bool observation_due(const VolatilityState& state, const VolatilityParams& params,
    const CorrelationParams& correlation, Seconds now, std::size_t count) noexcept
{
    return instants_between(state.instant, now, params.step.raw()).any() ||
           state.cursor < pairs_of(count, correlation);
}

Ratio volatility_ceil(
    const VolatilityState& state, const VolatilityParams& params, UnderlyingId id) noexcept
{
    CHECK(id.value < UNDERLYINGS_MAX);
    const VolatilityTrack& track = state.underlyings[id.value].fine;
    if (track.price.is_zero())
        return params.start;
    const Ratio root = Ratio::from_raw(num::sqrt_wad_ceil(track.variance.raw()));
    return clamped(root, params.floor, params.cap);
}

Ratio observed_correlation_trunc(const VolatilityState& state, const VolatilityParams& params,
    std::size_t i, std::size_t j) noexcept
{
    const PairCorrelation& pair = state.pairs[Correlation::slot(i, j)];
    if (!pair.started)
        return Ratio::zero();
    const auto variance = [&](std::size_t index) {
        return clamped_variance(state.underlyings[index].coarse.variance, params);
    };
    return correlation_trunc(pair.covariance, common_scale_floor(variance(i), variance(j)));
}

std::int16_t stepped_e4(
    std::int16_t current_e4, Ratio observed, const CorrelationParams& params) noexcept
{
    // Every value here is at most 1 and fits 64 bits with room for a sum.
    const auto unit = static_cast<std::int64_t>(CORRELATION_UNIT.raw());
    const auto step = static_cast<std::int64_t>(params.step.raw());
    const auto value = static_cast<std::int64_t>(observed.raw());
    const std::int64_t half = step / 2;  // exact: a step is a multiple of an even unit
    const std::int64_t away = value - current_e4 * unit;
    const std::int64_t reach = half + static_cast<std::int64_t>(params.hysteresis.raw());
    if (away <= reach && away >= -reach)
        return current_e4;
    const auto index =
        static_cast<std::int64_t>(checked(num::mul_div_floor(value + half, 1, step)));
    const std::int64_t nearest_e4 =
        index * (step / unit);  // exact: a step is a multiple of the unit
    if (nearest_e4 > E4)
        return E4;
    return static_cast<std::int16_t>(nearest_e4 < -E4 ? -E4 : nearest_e4);
}

CorrelationPair correlation_hull(
    const CorrelationPair& governed, const PairCorrelation& observed, Level level) noexcept
{
    CorrelationPair hull = governed;
    if (!governed.known || !observed.started)
        return hull;
    const auto widen = [&hull](std::int16_t value_e4) {
        const Ratio value =
            Ratio::from_raw(value_e4 * static_cast<std::int64_t>(CORRELATION_UNIT.raw()));
        hull.low = value < hull.low ? value : hull.low;
        hull.high = value > hull.high ? value : hull.high;
    };
    widen(observed.slow_e4);
    if (level == Level::initial)
        widen(observed.stepped_e4);
    return hull;
}

}  // namespace plimsoll
