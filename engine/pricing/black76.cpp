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

#include <cstdint>
#include <optional>

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

/// Which price the share of a TimeValue is: a call's, a put's, or what a call lacks of the forward.
enum class Share : std::uint8_t
{
    call,
    put,
    rest,
};

/// The part of a price that takes functions, as a share of the forward: exact within +- error.
struct TimeValue
{
    Share share = Share::call;
    u128 value_q64 = 0;
    u128 error_q64 = 0;
};

u128 mills(i128 x) noexcept
{
    return num::mills_q64(static_cast<u128>(x));
}

std::uint64_t density(i128 x) noexcept
{
    return static_cast<std::uint64_t>(num::density_q64(static_cast<u128>(x)));
}

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

/// @pre strike, forward > 0
TimeValue time_value(const ForwardPoint& forward, const StrikePoint& strike,
    const Volatility& volatility, const Tenor& tenor) noexcept
{
    const u128 v = times_root_floor(volatility.value, tenor);
    const u128 v_error = error_times_root_ceil(volatility.error, tenor);
    const Share out_of_the_money = strike.price >= forward.price ? Share::call : Share::put;
    // v is floored, so one unit more is above the exact one.
    if (v + v_error < V_LEAST_Q64)
        return {out_of_the_money, 0, 0};
    if (v >= V_MAX_Q64 && v_error == 0)
        return {Share::rest, 0, 0};
    // 13 / 32 is above n(0), the greatest derivative in v; wasm multiplies 128 bits by a call only.
    u128 error = BLACK_ERROR_Q64 + (((v_error << 3) + (v_error << 2) + v_error) >> 5) +
                 (v_error != 0 ? 1 : 0);
    if (v <= V_LEAST_Q64 + v_error) [[unlikely]]
        error += V_LEAST_ERROR_Q64;
    if (v >= V_MAX_Q64)
        return {Share::rest, 0, error};
    const std::optional<i128> d1 = d1_of(strike.ln_q64 - forward.ln_q64, v);
    if (!d1)
        return {out_of_the_money, 0, error};
    const i128 d2 = *d1 - static_cast<i128>(v);
    if (*d1 <= 0)
        return {Share::call, scaled_floor(above(mills(-*d1), mills(-d2)), density(-*d1)), error};
    const std::uint64_t at_d1 = density(*d1);
    if (d2 >= 0)
        return {Share::put, scaled_floor(above(mills(d2), mills(*d1)), at_d1), error};
    return {Share::rest, scaled_floor(mills(*d1), at_d1) + scaled_floor(mills(-d2), at_d1), error};
}

/// Ends of a price before discounting, raw units with GUARD_BITS more.
struct Undiscounted
{
    i128 floor = 0;
    i128 ceil = 0;
};

/// The part of `interval` that lies between what the price cannot be below and above.
Undiscounted between(Undiscounted interval, i128 least, i128 greatest) noexcept
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

}  // namespace

OptionBrackets black76(const ForwardPoint& forward, const StrikePoint& strike,
    const Volatility& volatility, const Tenor& tenor, const Discount& discount) noexcept
{
    check_inputs(forward, strike, volatility);
    TimeValue part;
    if (strike.price.is_zero())
        part.share = Share::put;
    else if (!forward.price.is_zero())
        part = time_value(forward, strike, volatility, tenor);

    const i128 f = forward.price.raw() << GUARD_BITS;
    const i128 k = strike.price.raw() << GUARD_BITS;
    // The least share is below 1, because no computed value is above 1 by more than its error.
    const auto least = static_cast<std::uint64_t>(above(part.value_q64, part.error_q64));
    const u128 greatest = part.value_q64 + part.error_q64;
    Undiscounted share{static_cast<i128>(scaled_floor(static_cast<u128>(f), least)), f};
    if (greatest == 0)
        share.ceil = 0;
    else if (greatest < ONE_Q64)
        share.ceil = static_cast<i128>(
            scaled_floor(static_cast<u128>(f), static_cast<std::uint64_t>(greatest)) + 1);

    Undiscounted call = share;
    Undiscounted put = share;
    if (part.share == Share::call)
        put = {share.floor + k - f, share.ceil + k - f};
    else if (part.share == Share::put)
        call = {share.floor + f - k, share.ceil + f - k};
    else {
        call = {f - share.ceil, f - share.floor};
        put = {k - share.ceil, k - share.floor};
    }
    // A put on a strike of zero is worth nothing, wherever the forward is.
    return {price_bracket(between(call, f - k, f), discount, forward.error_raw),
        price_bracket(
            between(put, k - f, k), discount, strike.price.is_zero() ? 0 : forward.error_raw)};
}

}  // namespace plimsoll::pricing
