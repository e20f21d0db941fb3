// plimsoll: engine/pricing/greeks.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. Greeks of black76.hpp: for reports, so to nearest and without a bracket.
#include "engine/num/int128.hpp"
#include "engine/num/ln.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/normal.hpp"
#include "engine/num/q64.hpp"
#include "engine/pricing/black76.hpp"
#include "engine/pricing/black76_terms.hpp"

#include <cstdint>
#include <optional>

namespace plimsoll::pricing {
namespace {

using num::i128;
using num::u128;

/// Binary places that a value in raw units carries until the last step.
constexpr int GUARD_BITS = 8;

/// value / 2^bits to nearest, a half up.
i128 without_bits_nearest(i128 value, int bits) noexcept
{
    return (value + (i128{1} << (bits - 1))) >> bits;
}

/// N(d1) and n(d1), both with 64 binary places.
struct Distribution
{
    u128 cumulative = 0;
    u128 density = 0;
};

Distribution distribution_at(i128 d1) noexcept
{
    const u128 distance = num::magnitude(d1);
    const u128 density = num::density_q64(distance);
    const u128 tail = scaled_floor(num::mills_q64(distance), static_cast<std::uint64_t>(density));
    return {d1 < 0 ? tail : ONE_Q64 - tail, density};
}

/// N(d1) of an option without time value: whether the call is in the money; half at the money.
Distribution step_at(Price forward, Price strike) noexcept
{
    if (forward == strike)
        return {ONE_Q64 >> 1, 0};
    return {forward > strike ? ONE_Q64 : 0, 0};
}

Ratio delta_of(u128 cumulative, const Discount& discount, OptionType type) noexcept
{
    const u128 size = type == OptionType::call ? cumulative : ONE_Q64 - cumulative;
    const i128 discounted = static_cast<i128>(num::umul_q64_trunc(size, discount.q64));
    return Ratio::from_raw(
        num::wad_from_q64_nearest(type == OptionType::call ? discounted : -discounted));
}

/// D * n(d1) / (F * v). With 32 binary places more while it is divided.
Ratio gamma_of(u128 discounted_density, Price forward, u128 v) noexcept
{
    constexpr int BITS = 32;
    constexpr i128 THIRTY_SIX = i128{num::WAD} * num::WAD;
    const std::optional<i128> by_v =
        num::div_q64_trunc(static_cast<i128>(discounted_density), static_cast<i128>(v));
    if (!by_v)
        return Ratio::max();
    const std::optional<i128> gamma = num::mul_div_floor(*by_v, THIRTY_SIX, forward.raw() << BITS);
    return gamma ? Ratio::from_raw(without_bits_nearest(*gamma, 64 - BITS)) : Ratio::max();
}

/// -ln(D) * price, what the price earns over its whole life; nothing left to earn at D = 0.
i128 carry(Price price, const Discount& discount) noexcept
{
    if (discount.q64 == 0)
        return 0;
    const i128 exponent = num::ln_q64(ONE_Q64) - num::ln_q64(discount.q64);
    return num::mul_q64_trunc(price.raw() << GUARD_BITS, exponent);
}

Money money_nearest(i128 guarded) noexcept
{
    return Money::from_raw(without_bits_nearest(guarded, GUARD_BITS));
}

}  // namespace

Greeks greeks(const ForwardPoint& forward, const StrikePoint& strike, const Volatility& volatility,
    const Tenor& tenor, const Discount& discount, OptionType type) noexcept
{
    check_prices(forward, strike);
    check_volatility(volatility);
    const u128 v = times_root_floor(volatility.value, tenor);
    Distribution at = step_at(forward.price, strike.price);
    const bool has_prices = forward.price.is_positive() && strike.price.is_positive();
    const bool has_time_value = has_prices && v != 0 && v < V_MAX_Q64;
    if (has_time_value) {
        if (const auto d1 = d1_of(strike.ln_q64 - forward.ln_q64, v))
            at = distribution_at(*d1);
    } else if (has_prices && v == V_MAX_Q64)
        at.cumulative = ONE_Q64;
    const u128 density = num::umul_q64_trunc(at.density, discount.q64);
    Greeks result;
    result.delta = delta_of(at.cumulative, discount, type);
    if (tenor.length.is_zero())
        return result;
    // Density of the price itself: F * D * n(d1).
    const u128 spread =
        num::umul_q64_trunc(static_cast<u128>(forward.price.raw()) << GUARD_BITS, density);
    if (has_time_value)
        result.gamma = gamma_of(density, forward.price, v);
    result.vega =
        money_nearest(static_cast<i128>(num::umul_q64_trunc(spread, tenor.root_years_q64)));
    const OptionBrackets prices = black76(forward, strike, {volatility.value, {}}, tenor, discount);
    const Price price = type == OptionType::call ? prices.call.floor : prices.put.floor;
    const i128 over_life =
        carry(price, discount) - static_cast<i128>(num::umul_q64_trunc(spread, v) >> 1);
    result.theta = money_nearest(checked(num::mul_div_floor(over_life,
        static_cast<i128>(SECONDS_PER_DAY.raw()), static_cast<i128>(tenor.length.raw()))));
    return result;
}

}  // namespace plimsoll::pricing
