// plimsoll: engine/pricing/black76.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. See black76.hpp.
//
// With v = vol * sqrt(T), l = ln(K/F), d1 = v/2 - l/v, d2 = d1 - v, the density n and Mills' ratio
// R(x) = (1 - N(x)) / n(x), and because K/F * n(d2) = n(d1), the undiscounted prices as shares of F are
//   d1 <= 0:       call = n(d1) * (R(-d1) - R(-d2))
//   d2 >= 0:       put  = n(d1) * (R(d2) - R(d1))
//   d1 > 0 > d2:   call = 1 - n(d1) * (R(d1) + R(-d2))
// and the other of the two follows from call - put = 1 - K/F, which is exact. One exponential, two R.
//
// The bound, in units of 2^-64 of F. Computed d1 and d2 = d1 - v are the exact ones of another v and l, so
// what their roundings cost is the change of the exact price over the change of its arguments:
//   v     is low by less than 1.01, and the price's derivative n(d1) is at most 0.3990           0.41
//   l     is off by 2 (two logarithms); the derivative is n(d1) * R(|d2|) <= n(0) * R(0) = 1/2   1.0
//   d1    is off by 1.5 (v/2 and l/v cut), which is v * 1.5 in l; v * n(d1) * R(|d2|) < 0.8,
//         because it is at most v * exp(-v^2/2) / 2 for d2 >= 0 and n(d1) * v * R(v - d1) else   1.2
// (all three hold for the put too, whose derivatives are the call's less a part that is exact). Then
//   n     is off by 2, times a sum of R of at most 2 * R(0) < 2.51                               5.0
//   R     is off by 4 each, times n <= 0.3990                                                    3.2
//   the products are cut once each                                                               2.0
// together 12.9; BLACK_ERROR_Q64 = 13. Where |d1| and |d2| lie beyond CUTOFF on the same side, or v >= 24,
// the omitted part is below 0.2 and l counts as above.
#include "engine/pricing/black76.hpp"

#include "engine/num/int128.hpp"
#include "engine/num/normal.hpp"
#include "engine/pricing/black76_terms.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace plimsoll::pricing {
namespace {

using num::i128;
using num::u128;

/// F-1: up to v = 10^-18, which is 18.4 units of 2^-64, an option is worth its intrinsic value.
constexpr u128 V_LEAST_Q64 = 18;

/// From one side of that limit to the other a price moves by less than 0.3990 * 19 units.
constexpr u128 V_LEAST_ERROR_Q64 = 8;

/// Prices carry 32 binary places beyond the raw unit until the last step.
constexpr int GUARD_BITS = 32;
static_assert(FORWARD_MAX.raw() < (i128{1} << (126 - GUARD_BITS)));

/// At least error * sqrt(T) with 64 binary places, at most a unit above V_MAX_Q64; 0 for no error.
u128 error_times_root_ceil(Ratio error, const Tenor& tenor) noexcept
{
    if (error.is_zero())
        return 0;
    // Of the few units that a computed volatility is off: one is below 19 / 2^64.
    if (error.raw() < (1 << 16) && tenor.root_years_q64 >> 68 == 0) [[likely]] {
        const auto root_q32 = static_cast<std::uint64_t>(tenor.root_years_q64 >> 32) + 1;
        return ((static_cast<std::uint64_t>(error.raw()) * 19 * root_q32) >> 32) + 1;
    }
    return times_root_floor(error, tenor) + 1;
}

/// n * 2^64 / v toward zero. @pre |n| < 64 * v
i128 divided_by_v(i128 n, const TotalVolatility& volatility) noexcept
{
    if (!volatility.has_reciprocal)
        return checked(num::div_q64_trunc(n, static_cast<i128>(volatility.v_q64)));
    const num::Pair<std::uint64_t> size = num::pair_from(num::magnitude(n));
    const auto division =
        num::divide(num::Quad<std::uint64_t>{0, size.low, size.high, 0}, volatility.by_v);
    return num::i128_from({division.quotient, n < 0});
}

/// What a time value is a function of. Where it is known without one it is zero, of the share that stands here.
struct Arguments
{
    i128 d1 = 0;
    i128 d2 = 0;
    u128 error_q64 = 0;
    TimeValue::Share share = TimeValue::Share::call;
    bool is_known = true;
};

/// @pre strike, forward in range
[[gnu::always_inline]] inline Arguments arguments_of(const ForwardPoint& forward,
    const StrikePoint& strike, const TotalVolatility& volatility) noexcept
{
    using Share = TimeValue::Share;
    using Kind = TotalVolatility::Kind;
    check_prices(forward, strike);
    Arguments at;
    if (strike.price.is_zero()) {
        at.share = Share::put;
        return at;
    }
    if (forward.price.is_zero())
        return at;
    at.share = strike.price >= forward.price ? Share::call : Share::put;
    at.error_q64 = volatility.error_q64;
    if (volatility.kind == Kind::all)
        at.share = Share::rest;
    if (volatility.kind != Kind::some)
        return at;
    const std::optional<i128> d1 = d1_of(strike.ln_q64 - forward.ln_q64, volatility.v_q64,
        [&](i128 n) noexcept { return divided_by_v(n, volatility); });
    if (!d1)
        return at;
    at.d1 = *d1;
    at.d2 = *d1 - static_cast<i128>(volatility.v_q64);
    at.is_known = false;
    return at;
}

std::uint64_t density_at(const Arguments& at) noexcept
{
    return static_cast<std::uint64_t>(num::density_q64(num::magnitude(at.d1)));
}

/// From n(d1) and Mills' ratio of |d1| and |d2|, which are what is needed on either side of the forward.
inline void set_part(
    TimeValue& part, const Arguments& at, std::uint64_t n, u128 of_d1, u128 of_d2) noexcept
{
    using Share = TimeValue::Share;
    part.share = at.share;
    part.value_q64 = 0;
    part.error_q64 = at.error_q64;
    if (at.is_known)
        return;
    if (at.d1 <= 0) {
        part.share = Share::call;
        part.value_q64 = scaled_floor(above(of_d1, of_d2), n);
    } else if (at.d2 >= 0) {
        part.share = Share::put;
        part.value_q64 = scaled_floor(above(of_d2, of_d1), n);
    } else {
        part.share = Share::rest;
        part.value_q64 = scaled_floor(of_d1, n) + scaled_floor(of_d2, n);
    }
}

/// Ends of a price before discounting, raw units with GUARD_BITS more.
struct Undiscounted
{
    i128 floor = 0;
    i128 ceil = 0;
};

/// The part of `interval` that lies between what the price cannot be below and above.
Undiscounted within(Undiscounted interval, i128 least, i128 greatest) noexcept
{
    const i128 intrinsic = least > 0 ? least : 0;
    return {interval.floor > intrinsic ? interval.floor : intrinsic,
        interval.ceil < greatest ? interval.ceil : greatest};
}

/// Discounts and takes the guard bits and the forward's error off.
PriceBracket price_bracket(Undiscounted price, const Discount& discount, i128 error_raw) noexcept
{
    u128 floor = static_cast<u128>(price.floor);
    u128 ceil = static_cast<u128>(price.ceil);
    if (discount.q64 != ONE_Q64) {
        const u128 greatest = discount.q64 + DISCOUNT_ERROR_Q64;
        floor = scaled_floor(
            floor, static_cast<std::uint64_t>(above(discount.q64, DISCOUNT_ERROR_Q64)));
        if (greatest < ONE_Q64 && ceil != 0)
            ceil = scaled_floor(ceil, static_cast<std::uint64_t>(greatest)) + 1;
    }
    const i128 floor_raw = static_cast<i128>(floor >> GUARD_BITS) - error_raw;
    const u128 ceil_raw = (ceil + ((u128{1} << GUARD_BITS) - 1)) >> GUARD_BITS;
    return {Price::from_raw(floor_raw > 0 ? floor_raw : 0),
        Price::from_raw(static_cast<i128>(ceil_raw) + error_raw)};
}

/// The time value in raw units with GUARD_BITS more. @pre price >= 0
Undiscounted amount_of(const TimeValue& part, Price forward) noexcept
{
    const i128 f = forward.raw() << GUARD_BITS;
    // The least share is below 1, because no computed value is above 1 by more than its error.
    const auto least = static_cast<std::uint64_t>(above(part.value_q64, part.error_q64));
    const u128 greatest = part.value_q64 + part.error_q64;
    Undiscounted amount{static_cast<i128>(scaled_floor(static_cast<u128>(f), least)), f};
    if (greatest == 0)
        amount.ceil = 0;
    else if (greatest < ONE_Q64)
        amount.ceil = static_cast<i128>(
            scaled_floor(static_cast<u128>(f), static_cast<std::uint64_t>(greatest)) + 1);
    return amount;
}

PriceBracket call_of(Undiscounted amount, TimeValue::Share share, const ForwardPoint& forward,
    const StrikePoint& strike, const Discount& discount) noexcept
{
    const i128 f = forward.price.raw() << GUARD_BITS;
    const i128 k = strike.price.raw() << GUARD_BITS;
    if (share == TimeValue::Share::put)
        amount = {amount.floor + f - k, amount.ceil + f - k};
    else if (share == TimeValue::Share::rest)
        amount = {f - amount.ceil, f - amount.floor};
    return price_bracket(within(amount, f - k, f), discount, forward.error_raw);
}

PriceBracket put_of(Undiscounted amount, TimeValue::Share share, const ForwardPoint& forward,
    const StrikePoint& strike, const Discount& discount) noexcept
{
    const i128 f = forward.price.raw() << GUARD_BITS;
    const i128 k = strike.price.raw() << GUARD_BITS;
    if (share == TimeValue::Share::call)
        amount = {amount.floor + k - f, amount.ceil + k - f};
    else if (share == TimeValue::Share::rest)
        amount = {k - amount.ceil, k - amount.floor};
    // A put on a strike of zero is worth nothing, wherever the forward is.
    return price_bracket(
        within(amount, k - f, k), discount, strike.price.is_zero() ? 0 : forward.error_raw);
}

}  // namespace

TotalVolatility total_volatility(
    const Volatility& volatility, const Tenor& tenor, Uses uses) noexcept
{
    check_volatility(volatility);
    TotalVolatility total;
    const u128 v = times_root_floor(volatility.value, tenor);
    const u128 v_error = error_times_root_ceil(volatility.error, tenor);
    total.v_q64 = v;
    // v is floored, so one unit more is above the exact one.
    if (v + v_error < V_LEAST_Q64)
        return total;
    total.kind = v < V_MAX_Q64 ? TotalVolatility::Kind::some : TotalVolatility::Kind::all;
    if (v >= V_MAX_Q64 && v_error == 0)
        return total;
    // 13 / 32 is above n(0), the greatest derivative in v; wasm multiplies 128 bits by a call only.
    total.error_q64 = BLACK_ERROR_Q64 + (((v_error << 3) + (v_error << 2) + v_error) >> 5) +
                      (v_error != 0 ? 1 : 0);
    if (v <= V_LEAST_Q64 + v_error) [[unlikely]]
        total.error_q64 += V_LEAST_ERROR_Q64;
    if (uses == Uses::many && v != 0 && v >> 64 == 0) {
        total.by_v = num::reciprocal_of(static_cast<std::uint64_t>(v));
        total.has_reciprocal = true;
    }
    return total;
}

TimeValue time_value(const ForwardPoint& forward, const StrikePoint& strike,
    const TotalVolatility& volatility) noexcept
{
    const Arguments at = arguments_of(forward, strike, volatility);
    const std::uint64_t density = density_at(at);
    const num::TwoMills r = num::mills_two_q64({num::magnitude(at.d1), num::magnitude(at.d2)});
    TimeValue part;
    set_part(part, at, density, r.of[0], r.of[1]);
    return part;
}

void time_values(
    const StrikePoint& strike, std::span<const PricePoint> at, std::span<TimeValue> parts) noexcept
{
    CHECK(at.size() == parts.size());
    std::size_t i = 0;
    for (; i + 1 < at.size(); i += 2) {
        const Arguments a = arguments_of(*at[i].forward, strike, *at[i].volatility);
        const Arguments b = arguments_of(*at[i + 1].forward, strike, *at[i + 1].volatility);
        const std::uint64_t density_a = density_at(a);
        const std::uint64_t density_b = density_at(b);
        const num::FourMills r = num::mills_four_q64({num::magnitude(a.d1), num::magnitude(a.d2),
            num::magnitude(b.d1), num::magnitude(b.d2)});
        set_part(parts[i], a, density_a, r.of[0], r.of[1]);
        set_part(parts[i + 1], b, density_b, r.of[2], r.of[3]);
    }
    if (i < at.size())
        parts[i] = time_value(*at[i].forward, strike, *at[i].volatility);
}

PriceBracket price_of(const TimeValue& part, const ForwardPoint& forward, const StrikePoint& strike,
    const Discount& discount, OptionType type) noexcept
{
    const Undiscounted amount = amount_of(part, forward.price);
    return type == OptionType::call ? call_of(amount, part.share, forward, strike, discount)
                                    : put_of(amount, part.share, forward, strike, discount);
}

OptionBrackets black76(const ForwardPoint& forward, const StrikePoint& strike,
    const Volatility& volatility, const Tenor& tenor, const Discount& discount) noexcept
{
    const TimeValue part =
        time_value(forward, strike, total_volatility(volatility, tenor, Uses::one));
    const Undiscounted amount = amount_of(part, forward.price);
    return {call_of(amount, part.share, forward, strike, discount),
        put_of(amount, part.share, forward, strike, discount)};
}

}  // namespace plimsoll::pricing
