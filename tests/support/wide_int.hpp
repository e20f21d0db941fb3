// plimsoll: tests/support/wide_int.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Unbounded integers and rationals to judge the engine's bounded ones by, and
// texts of raw values for the messages of failed tests.
// Never: uses the engine's arithmetic.
#pragma once

#include "engine/num/int128.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <string>

namespace plimsoll::test {

using Int = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

inline Int wide(num::i128 value)
{
    const bool negative = value < 0;
    const num::u128 size =
        negative ? ~static_cast<num::u128>(value) + 1 : static_cast<num::u128>(value);
    Int result = static_cast<std::uint64_t>(size >> 64);
    result <<= 64;
    result += static_cast<std::uint64_t>(size);
    return negative ? Int(-result) : result;
}

/// @pre the value fits.
inline num::i128 narrow(const Int& value)
{
    const Int size = abs(value);
    const auto high = static_cast<std::uint64_t>(Int(size >> 64));
    const auto low = static_cast<std::uint64_t>(Int(size & 0xFFFF'FFFF'FFFF'FFFFU));
    const auto whole = static_cast<num::i128>((static_cast<num::u128>(high) << 64) | low);
    return value < 0 ? -whole : whole;
}

/// n / d toward minus infinity. @pre d > 0
inline Int div_floor(const Int& n, const Int& d)
{
    Int quotient;
    Int remainder;
    divide_qr(n, d, quotient, remainder);
    return remainder < 0 ? Int(quotient - 1) : quotient;
}

/// n / d toward plus infinity. @pre d > 0
inline Int div_ceil(const Int& n, const Int& d)
{
    return -div_floor(-n, d);
}

inline std::string text(num::i128 value)
{
    return wide(value).str();
}

}  // namespace plimsoll::test
