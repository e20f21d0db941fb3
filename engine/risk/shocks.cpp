// plimsoll: engine/risk/shocks.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See shocks.hpp.
#include "engine/risk/shocks.hpp"

#include "engine/num/exp.hpp"
#include "engine/num/ln.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/q64.hpp"
#include "engine/num/sqrt.hpp"

namespace plimsoll {
namespace {

using num::i128;

constexpr std::uint64_t DAY_S = 86'400;
constexpr std::uint64_t THIRTY_DAYS_S = 30 * DAY_S;

constexpr Ratio units(std::int64_t raw) noexcept
{
    return Ratio::from_raw(raw);
}

/// (1 + range * m) or (1 - range * m)+, from m with its error.
Factor moved(Ratio range, const Factor& m, bool up) noexcept
{
    const Ratio shift = scale_floor(range, m.value);
    Factor factor;
    factor.error = scale_ceil(range, m.error) + units(1);
    factor.value = up ? Ratio::one() + shift : Ratio::one() - shift;
    if (factor.value.is_negative())
        factor.value = Ratio::zero();
    if (range.is_zero())
        factor.error = Ratio::zero();
    return factor;
}

constexpr pricing::RatioBracket least_of(
    const pricing::RatioBracket& a, const pricing::RatioBracket& b) noexcept
{
    return {a.floor < b.floor ? a.floor : b.floor, a.ceil < b.ceil ? a.ceil : b.ceil};
}

}  // namespace

VolFactors vol_factors(const VolShockParams& p, Seconds length) noexcept
{
    const i128 tenor = static_cast<i128>(length.raw()) * num::WAD;
    const i128 floor = p.floor_days.raw() * static_cast<i128>(DAY_S);
    const i128 used = tenor > floor ? tenor : floor;
    const bool is_short = length.raw() <= THIRTY_DAYS_S;
    const Ratio power = is_short ? p.short_power : p.long_power;
    const i128 thirty = static_cast<i128>(THIRTY_DAYS_S) * num::WAD;
    Factor m;
    if (!power.is_zero() && used != thirty) {
        // ln of the quotient is a difference of logarithms; |error| <= 2^-62, and the product with the
        // power, at most 4, is kept to the 18th decimal: within 3 units.
        const i128 ln_q64 =
            num::ln_q64(static_cast<num::u128>(thirty)) - num::ln_q64(static_cast<num::u128>(used));
        const Ratio ln = Ratio::from_raw(num::wad_from_q64_nearest(ln_q64));
        // Governance's bounds keep m below 1e9; a case's may not, and there m stops at e^39, about 1e17.
        constexpr Ratio EXPONENT_MAX = Ratio::from_units(39);
        const Ratio stated = scale_floor(ln, power);
        const Ratio exponent = stated < EXPONENT_MAX ? stated : EXPONENT_MAX;
        const auto value = num::exp_wad_nearest(exponent.raw());
        CHECK(value.has_value());
        m.value = Ratio::from_raw(*value);
        // The exponent's error and exp's own, relative 2^-60, are below 8e-18 of m; then 3 raw units.
        m.error = scale_ceil(m.value, units(8)) + units(3);
    }
    return {moved(p.range_up, m, true), moved(p.range_down, m, false)};
}

SkewShape skew_shape(const SkewShockParams& p, VolShock kind, const pricing::Tenor& tenor) noexcept
{
    const bool absolute = kind == VolShock::skew_abs;
    const Ratio root =
        Ratio::from_raw(num::wad_from_q64_nearest(static_cast<i128>(tenor.root_years_q64)));
    const auto slope_of = [&](Ratio slope) { return scale_floor(slope, root); };
    SkewShape shape;
    shape.cap =
        (absolute ? p.abs_cap : p.linear_cap) + slope_of(absolute ? p.abs_slope : p.linear_slope);
    if (shape.cap.is_negative())
        shape.cap = Ratio::zero();
    const Ratio inner = p.vol_static + slope_of(p.vol_slope);
    shape.width = scale_floor(scale_floor(root, p.width_scale), inner);
    const bool least = shape.width <= p.min_width;
    if (least)
        shape.width = p.min_width;
    // Errors in raw units. The root is within 2, so the cap is within 2 |slope| + 2, and the width (unless
    // it is the least one, which is exact) within what its three factors can add. The multiplier is k * cap
    // / width while |k| <= width, with k within 2: (cap / width) * (2 + width's) + cap's + 2. Where width's
    // error could decide which side of the least width it is, the bound for the computed one is used.
    const Ratio cap_slope = absolute ? p.abs_slope : p.linear_slope;
    const auto ceil_units = [](Ratio ratio) {
        // ratio as a whole number of raw units, rounded up
        return Ratio::from_raw(checked(num::mul_div_ceil(ratio.abs().raw(), 1, num::WAD)));
    };
    const Ratio cap_units = cap_slope.is_zero()
                                ? Ratio::zero()
                                : ceil_units(cap_slope) + ceil_units(cap_slope) + units(2);
    const Ratio scale_root = scale_ceil(root, p.width_scale.abs());
    const auto doubled = [](Ratio ratio) { return ratio + ratio; };
    const Ratio width_units = doubled(ceil_units(scale_ceil(p.width_scale.abs(), inner.abs()))) +
                              doubled(ceil_units(scale_ceil(scale_root, p.vol_slope.abs()))) +
                              ceil_units(inner) + ceil_units(scale_root) + units(3);
    const Ratio steepness =
        Ratio::from_raw(checked(num::mul_div_ceil(shape.cap.raw(), num::WAD, shape.width.raw())));
    shape.error = scale_ceil(steepness, units(2) + width_units) + cap_units + units(3);
    return shape;
}

Factor skew_factor(const SkewShape& shape, VolShock kind, const pricing::StrikePoint& strike,
    const pricing::ForwardPoint& forward) noexcept
{
    if (strike.price.is_zero())
        return {};
    Ratio k = Ratio::from_raw(num::wad_from_q64_nearest(strike.ln_q64 - forward.ln_q64));
    if (kind == VolShock::skew_abs)
        k = k.abs();
    Ratio shift;
    if (k.abs() >= shape.width) {
        shift = k.is_negative() ? -shape.cap : shape.cap;
    } else {
        shift = Ratio::from_raw(
            checked(num::mul_div_trunc(k.raw(), shape.cap.raw(), shape.width.raw())));
    }
    Factor factor{Ratio::one() + shift, shape.error};
    if (factor.value.is_negative())
        factor.value = Ratio::zero();
    return factor;
}

pricing::Volatility shocked(
    const pricing::Volatility& volatility, const Factor& factor, Ratio least) noexcept
{
    pricing::Volatility result = volatility;
    if (factor.value != Ratio::one() || !factor.error.is_zero()) {
        // From here on vol * sqrt(T) is above 24 for a second already, and F-1 does not see the difference.
        constexpr Ratio FAR = Ratio::from_units(1'000'000);
        const auto product = num::mul_wad(volatility.value.raw(), factor.value.raw());
        if (!product || product->floor >= FAR.raw())
            return {FAR, Ratio::zero()};
        result.value = Ratio::from_raw(product->floor);
        result.error = scale_ceil(volatility.error, factor.value + factor.error) +
                       scale_ceil(volatility.value, factor.error) +
                       (product->exact ? Ratio::zero() : units(1));
    }
    if (result.value < least)
        result.value = least;
    return result;
}

MoneyBracket StaticDiscounts::times(
    const MoneyBracket& y, const pricing::RatioBracket& factor) noexcept
{
    return {scale_floor(y.floor, y.floor.is_negative() ? factor.ceil : factor.floor),
        scale_ceil(y.ceil, y.ceil.is_negative() ? factor.floor : factor.ceil)};
}

MoneyBracket StaticDiscounts::apply(const MoneyBracket& y) const noexcept
{
    return {y.floor.is_negative() ? scale_floor(y.floor, short_side.ceil)
                                  : scale_floor(y.floor, long_side.floor),
        y.ceil.is_negative() ? scale_ceil(y.ceil, short_side.floor)
                             : scale_ceil(y.ceil, long_side.ceil)};
}

StaticDiscounts static_discounts(const DiscountParams& p, const BookExpiry& e) noexcept
{
    const Ratio rate = e.rate.is_negative() ? Ratio::zero() : e.rate;
    const auto exponential = [&](Ratio mult, Ratio add, bool falling) {
        const Ratio low = scale_floor(rate, mult) + add;
        const Ratio high = scale_ceil(rate, mult) + add;
        const pricing::RatioBracket at_low = pricing::exp_of_rate(falling ? -high : low, e.length);
        if (low == high)
            return at_low;
        const pricing::RatioBracket at_high = pricing::exp_of_rate(falling ? -low : high, e.length);
        return pricing::RatioBracket{at_low.floor, at_high.ceil};
    };
    // A markup beyond the range stays at its end: the lower of it and 1/D is what counts.
    const auto scaled = [](Ratio base, const pricing::RatioBracket& by) {
        const auto floor = num::mul_wad_floor(base.raw(), by.floor.raw());
        const auto ceil = num::mul_wad_ceil(base.raw(), by.ceil.raw());
        return pricing::RatioBracket{floor ? Ratio::from_raw(*floor) : Ratio::max(),
            ceil ? Ratio::from_raw(*ceil) : Ratio::max()};
    };
    StaticDiscounts discounts;
    discounts.long_side = scaled(p.long_base, exponential(p.long_rate_mult, p.long_rate_add, true));
    discounts.short_side = least_of(exponential(e.mark_rate_mult, Ratio::zero(), false),
        scaled(p.short_base, exponential(p.short_rate_mult, p.short_rate_add, false)));
    return discounts;
}

}  // namespace plimsoll
