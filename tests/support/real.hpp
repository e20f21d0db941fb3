// plimsoll: tests/support/real.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Real numbers of 80 decimal digits, and option prices and volatilities in them
// (F-1, F-2), to judge fixed-point figures by.
// Promises: functions are MPFR's, correctly rounded at 80 digits.
// Never: uses the engine's arithmetic.
#pragma once

#include "engine/model/svi.hpp"
#include "engine/num/int128.hpp"
#include "engine/units/units.hpp"
#include "tests/support/wide_int.hpp"

#include <boost/multiprecision/mpfr.hpp>
#include <optional>

namespace plimsoll::test {

using Real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<80>,
    boost::multiprecision::et_off>;

/// What a raw value of 18 decimals stands for.
[[nodiscard]] Real real(num::i128 raw);
template <class Tag>
[[nodiscard]] Real real(Fixed<Tag> value)
{
    return real(value.raw());
}
[[nodiscard]] Rational rational(num::i128 raw);
/// The time as years of 365 days.
[[nodiscard]] Real years(Seconds length);
/// x+
[[nodiscard]] Real positive(const Real& value);

[[nodiscard]] Real normal_cdf(const Real& x);

struct RealOption
{
    Real call;
    Real put;
};
/// F-1.
[[nodiscard]] RealOption exact_black76(const Real& forward, const Real& strike, const Real& vol,
    const Real& years, const Real& discount);
/// F-2; none outside its domain.
[[nodiscard]] std::optional<Real> exact_svi(const Svi& svi, Price strike);

}  // namespace plimsoll::test
