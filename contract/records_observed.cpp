// plimsoll: contract/records_observed.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the hall. See records.hpp. What has been observed of prices; a house that observes nothing never has
// these records.
#include "contract/record_walk.hpp"
#include "contract/records.hpp"

namespace plimsoll::contract {
namespace {

/// Beyond what any parameters allow; it keeps every sum of the formulas in range.
constexpr Ratio VARIANCE_MAX = Ratio::from_units(2'500);
constexpr Ratio MOVE_MAX = Ratio::from_units(100);
constexpr std::int16_t E4_MAX = 10'000;
/// Longer than any interval, and than what is left of one when governance changes it.
constexpr Seconds SUMMED_MAX = Seconds::from_raw(366 * std::uint64_t{86'400});

bool between(Ratio low, Ratio value, Ratio high)
{
    return low <= value && value <= high;
}

bool fit(Price price)
{
    return !price.is_negative() && price <= PRICE_MAX;
}

/// Two's complement in 16 bits.
bool walk_e4(Writing& w, std::int16_t value)
{
    return w(static_cast<std::uint16_t>(value));
}
bool walk_e4(Reading& w, std::int16_t& value)
{
    std::uint16_t bits = 0;
    if (!w(bits))
        return false;
    value = static_cast<std::int16_t>(bits);
    return value >= -E4_MAX && value <= E4_MAX;
}

template <class Walk, class R>
bool fields_of_track(Walk& w, R& track)
{
    return w.group([&] { return track.price.is_zero(); },
        [&] {
            return w(track.price) && w(track.variance) && fit(track.price) &&
                   between(Ratio::zero(), track.variance, VARIANCE_MAX);
        });
}

template <class Walk, class R>
bool fields_of_limited(Walk& w, R& limited)
{
    return w.group([&] { return limited.since.is_zero(); },
        [&] {
            return w(limited.value) && w(limited.target) && w(limited.since) &&
                   between(Ratio::zero(), limited.value, RATIO_MAX) &&
                   between(Ratio::zero(), limited.target, RATIO_MAX);
        });
}

template <class Walk, class R>
bool fields_of_underlying(Walk& w, R& u)
{
    return fields_of_track(w, u.fine) && fields_of_track(w, u.coarse) &&
           w.group([&] { return u.live == 0; },
               [&] {
                   return w(u.move) && w(u.sampled) && w(u.live) &&
                          between(-MOVE_MAX, u.move, MOVE_MAX) &&
                          between(Ratio::zero(), u.sampled, VARIANCE_MAX);
               });
}

template <class Walk, class R>
bool fields_of_observed(Walk& w, R& r)
{
    auto& state = r.state;
    if (!w(state.instant) || !w(state.sweep) || !w(state.cursor) || state.cursor > PAIRS_MAX ||
        !w(r.underlyings) || r.underlyings > UNDERLYINGS_MAX || !w(r.assets) ||
        r.assets > ASSETS_MAX)
        return false;
    for (std::size_t i = 0; i < r.underlyings; ++i)
        if (!fields_of_underlying(w, state.underlyings[i]) || !fields_of_limited(w, r.ranges[i]))
            return false;
    for (std::size_t i = 0; i < r.assets; ++i)
        if (!fields_of_limited(w, r.haircuts[i]))
            return false;
    return true;
}

template <class Walk, class R>
bool fields_of_pairs(Walk& w, R& r)
{
    for (auto& pair : r.pairs) {
        const bool walked = w.group([&] { return !pair.started; },
            [&] {
                return w(pair.started) && w(pair.covariance) && walk_e4(w, pair.stepped_e4) &&
                       walk_e4(w, pair.slow_e4) && w(pair.slow_moved) &&
                       between(-VARIANCE_MAX, pair.covariance, VARIANCE_MAX);
            });
        if (!walked)
            return false;
    }
    return true;
}

/// The oldest delay price goes with the rest; whoever needs the others reads them too.
template <class Walk, class R>
bool fields_of_stable(Walk& w, R& s)
{
    return w.group([&] { return s.price.is_zero(); },
        [&] {
            if (!w(s.price) || !w(s.time) || !w(s.sum) || !w(s.summed) || !w(s.latest) ||
                s.latest >= STABLE_DELAYS)
                return false;
            return w(s.delays[s.oldest()]) && fit(s.price) && fit(s.delays[s.oldest()]) &&
                   s.sum >= 0 && s.summed <= SUMMED_MAX &&
                   s.sum <= PRICE_MAX.raw() * static_cast<num::i128>(s.summed.raw());
        });
}

template <class Walk, class R>
bool fields_of_stables(Walk& w, R& r)
{
    if (!w(r.count) || r.count > UNDERLYINGS_MAX)
        return false;
    for (std::size_t i = 0; i < r.count; ++i)
        if (!fields_of_stable(w, r.prices[i]))
            return false;
    return true;
}

template <class Walk, class R>
bool fields_of_delays(Walk& w, R& r)
{
    for (auto& delay : r.delays)
        if (!w(delay) || !fit(delay) || delay.is_zero())
            return false;
    return true;
}

}  // namespace

std::string encode(const Observed& record)
{
    return encoded([&](auto& w) { return fields_of_observed(w, record); });
}
std::string encode(const ObservedPairs& record)
{
    return encoded([&](auto& w) { return fields_of_pairs(w, record); });
}
std::string encode(const StablePrices& record)
{
    return encoded([&](auto& w) { return fields_of_stables(w, record); });
}
std::string encode(const StableDelays& record)
{
    return encoded([&](auto& w) { return fields_of_delays(w, record); });
}

Error decode(std::string_view bytes, Observed& out)
{
    return decoded(bytes, [&](auto& w) { return fields_of_observed(w, out); });
}
Error decode(std::string_view bytes, ObservedPairs& out)
{
    return decoded(bytes, [&](auto& w) { return fields_of_pairs(w, out); });
}
Error decode(std::string_view bytes, StablePrices& out)
{
    return decoded(bytes, [&](auto& w) { return fields_of_stables(w, out); });
}
Error decode(std::string_view bytes, StableDelays& out)
{
    return decoded(bytes, [&](auto& w) { return fields_of_delays(w, out); });
}

}  // namespace plimsoll::contract
