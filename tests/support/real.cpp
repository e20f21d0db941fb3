// plimsoll: tests/support/real.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. F-1 and F-2 in 80 digits.
#include "tests/support/real.hpp"

#include <algorithm>
#include <mpfr.h>

namespace plimsoll::test {
namespace {

const Real WAD_REAL("1e18");
const Real TOTAL_VOL_MAX(24);
const Real TOTAL_VOL_MIN("1e-18");
constexpr int YEAR = 31'536'000;

}  // namespace

Real real(num::i128 raw)
{
    const num::u128 size = num::magnitude(raw);
    Real value = static_cast<std::uint64_t>(size >> 64);
    value = ldexp(value, 64) + static_cast<std::uint64_t>(size);
    value /= WAD_REAL;
    return raw < 0 ? Real(-value) : value;
}

Rational rational(num::i128 raw)
{
    return Rational(wide(raw), Int(num::WAD));
}

Real years(Seconds length)
{
    return Real(length.raw()) / YEAR;
}

Real positive(const Real& value)
{
    return value > 0 ? value : Real(0);
}

Real normal_cdf(const Real& x)
{
    static const Real root_two = sqrt(Real(2));
    const Real argument = -x / root_two;
    Real result;
    mpfr_erfc(result.backend().data(), argument.backend().data(), MPFR_RNDN);
    return result / 2;
}

RealOption exact_black76(const Real& forward, const Real& strike, const Real& vol,
    const Real& years, const Real& discount)
{
    if (strike == 0)
        return {forward * discount, 0};
    if (forward == 0)
        return {0, strike * discount};
    const Real total_vol = vol * sqrt(years);
    const Real moneyness = strike / forward;
    Real call;
    if (total_vol >= TOTAL_VOL_MAX) {
        call = 1;
    } else if (total_vol <= TOTAL_VOL_MIN) {
        call = positive(1 - moneyness);
    } else {
        const Real d1 = total_vol / 2 - log(moneyness) / total_vol;
        call = positive(normal_cdf(d1) - moneyness * normal_cdf(d1 - total_vol));
    }
    const Real put = positive(call + moneyness - 1);
    const Real unit = forward * discount;
    return {std::min(call, Real(1)) * unit, std::min(put, moneyness) * unit};
}

std::optional<Real> exact_svi(const Svi& svi, Price strike)
{
    if (strike.is_zero())
        return Real(0);
    const Real a = real(svi.a), b = real(svi.b), rho = real(svi.rho), m = real(svi.m);
    const Real sigma = real(svi.sigma), tau = real(svi.tau), forward = real(svi.forward);
    const Real at_the_money = a + b * sigma;
    if (tau <= 0 || forward <= 0 || at_the_money < 0)
        return std::nullopt;
    const Real bound = 4 * sqrt(at_the_money);
    const Real k = std::clamp(Real(log(real(strike) / forward)), Real(-bound), bound);
    const Real variance = a + b * (sqrt((k - m) * (k - m) + sigma * sigma) + rho * (k - m));
    if (variance < 0)
        return std::nullopt;
    return sqrt(std::min(variance, Real(144)) / tau);
}

}  // namespace plimsoll::test
