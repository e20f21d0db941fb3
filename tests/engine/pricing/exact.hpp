// plimsoll: tests/engine/pricing/exact.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Formulas F-1 and F-2 of docs/formulas.md, written down a second time in
// floating point of 60 digits (MPFR): what every bracket has to hold.
// Never: shares arithmetic with the engine. Compiles slowly: few files include it.
#pragma once

#include "engine/model/svi.hpp"
#include "engine/num/int128.hpp"
#include "engine/units/units.hpp"

#include <boost/multiprecision/mpfr.hpp>
#include <cstdint>
#include <optional>

namespace plimsoll::test {

using Real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<60>,
    boost::multiprecision::et_off>;

[[nodiscard]] inline Real real(num::i128 raw)
{
    const num::u128 size = num::magnitude(raw);
    const Real value = ldexp(Real(static_cast<std::uint64_t>(size >> 64)), 64) +
                       Real(static_cast<std::uint64_t>(size));
    return raw < 0 ? Real(-value) : value;
}

/// floor(value). @pre |value| < 2^126
[[nodiscard]] inline num::i128 raw_floor(const Real& value)
{
    const Real high = floor(ldexp(value, -64));
    const Real low = floor(value) - ldexp(high, 64);
    return static_cast<num::i128>(high.convert_to<std::int64_t>()) * (num::i128{1} << 64) +
           static_cast<num::i128>(low.convert_to<std::uint64_t>());
}

/// The value in units, not in 18th decimals.
template <class Tag>
[[nodiscard]] Real real(Fixed<Tag> value)
{
    return real(value.raw()) / real(num::i128{num::WAD});
}

/// value / 2^64.
[[nodiscard]] inline Real real_q64(num::u128 value)
{
    return ldexp(real(static_cast<num::i128>(value)), -64);
}

[[nodiscard]] inline Real normal_cdf(const Real& x)
{
    static const Real ROOT_TWO = sqrt(Real(2));
    // N(-18) is below 10^-71.
    if (abs(x) > 18)
        return x > 0 ? Real(1) : Real(0);
    Real result;
    const Real argument = -x / ROOT_TWO;
    mpfr_erfc(result.backend().data(), argument.backend().data(), MPFR_RNDN);
    return result / 2;
}

[[nodiscard]] inline Real normal_density(const Real& x)
{
    static const Real ROOT_TWO_PI = sqrt(8 * atan(Real(1)));
    return exp(-x * x / 2) / ROOT_TWO_PI;
}

[[nodiscard]] inline Real years(Seconds length)
{
    return Real(length.raw()) / Real(31'536'000);
}

[[nodiscard]] inline Real exact_discount(Ratio rate, Ratio multiplier, Seconds length)
{
    return rate.is_positive() ? Real(exp(-real(rate) * real(multiplier) * years(length))) : Real(1);
}

struct ExactPrices
{
    Real call;
    Real put;
};

/// F-1, undiscounted, in raw units for a forward and a strike in raw units.
[[nodiscard]] inline ExactPrices exact_black76(
    const Real& forward, const Real& strike, const Real& volatility, const Real& time)
{
    static const Real LEAST = pow(Real(10), -18);
    if (strike == 0)
        return {forward, 0};
    if (forward == 0)
        return {0, strike};
    const Real v = volatility * sqrt(time);
    if (v >= 24)
        return {forward, strike};
    Real call = forward > strike ? Real(forward - strike) : Real(0);
    if (v > LEAST) {
        const Real d1 = v / 2 - log(strike / forward) / v;
        call = forward * normal_cdf(d1) - strike * normal_cdf(d1 - v);
    }
    // 60 digits of a price of at most 28 leave the difference more than 30 behind the raw unit.
    return {call, call + strike - forward};
}

/// F-2: nullopt outside the domain.
[[nodiscard]] inline std::optional<Real> exact_variance(const Svi& svi, Price strike)
{
    const Real level = real(svi.a) + real(svi.b) * real(svi.sigma);
    if (!svi.tau.is_positive() || !svi.forward.is_positive() || level < 0)
        return std::nullopt;
    const Real bound = 4 * sqrt(level);
    Real k = log(real(strike) / real(svi.forward));
    k = k > bound ? bound : k < -bound ? Real(-bound) : k;
    const Real x = k - real(svi.m);
    const Real sigma = real(svi.sigma);
    const Real w = real(svi.a) + real(svi.b) * (sqrt(x * x + sigma * sigma) + real(svi.rho) * x);
    return w > 144 ? Real(144) : w;
}

}  // namespace plimsoll::test
