// plimsoll: engine/pricing/black76_terms.hpp                        SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. What prices and greeks share: v = vol * sqrt(T), d1, and products of
// fractions.
// Never: included from outside the shelf.
#pragma once

#include "engine/check.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/q64.hpp"
#include "engine/num/wide.hpp"
#include "engine/pricing/forward.hpp"
#include "engine/pricing/tenor.hpp"
#include "engine/pricing/volatility.hpp"

#include <cstdint>
#include <optional>

namespace plimsoll::pricing {

/// F-1: from v = 24 on a call is worth the forward.
inline constexpr num::u128 V_MAX_Q64 = num::u128{24} << 64;

/// 9.3: N(-9.3) is a seventh of 2^-64.
inline constexpr num::i128 CUTOFF_Q64 = (num::i128{9} << 64) | 0x4ccccccccccccccc;

/// a * b / 2^64, floored.
[[nodiscard]] inline num::u128 scaled_floor(num::u128 a, std::uint64_t b) noexcept
{
    const num::Pair<std::uint64_t> by = num::pair_from(a);
    return num::u128_from(num::multiply(by.high, b)) + num::multiply(by.low, b).high;
}

/// a - b, never below zero: a difference of rounded values may be negative where the exact one is not.
[[nodiscard]] inline num::u128 above(num::u128 a, num::u128 b) noexcept
{
    return a > b ? a - b : 0;
}

/// value * sqrt(T) with 64 binary places, floored, at most V_MAX_Q64. @pre value >= 0
[[nodiscard]] inline num::u128 times_root_floor(Ratio value, const Tenor& tenor) noexcept
{
    const auto product =
        num::divide(num::multiply(num::pair_from(static_cast<num::u128>(value.raw())),
                        num::pair_from(tenor.root_years_q96)),
            num::WAD_RECIPROCAL);
    const num::u128 root = num::u128_from(product.quotient) >> 32;
    return product.fits && root < V_MAX_Q64 ? root : V_MAX_Q64;
}

/// d1 of a computed v, with d2 = d1 - v; nullopt where both are out of sight on the same side. `divided` is
/// n * 2^64 / v toward zero, for |n| < 64 * v.
/// @pre v < V_MAX_Q64
template <class Divided>
[[nodiscard]] inline std::optional<num::i128> d1_of(
    num::i128 log_moneyness, num::u128 v, const Divided& divided) noexcept
{
    // |l| / v >= 64 with v < 24: both are beyond 52.
    if ((num::magnitude(log_moneyness) >> 6) >= v)
        return std::nullopt;
    const num::i128 d1 = static_cast<num::i128>(v >> 1) - divided(log_moneyness);
    if (d1 <= -CUTOFF_Q64 || d1 - static_cast<num::i128>(v) >= CUTOFF_Q64)
        return std::nullopt;
    return d1;
}
[[nodiscard]] inline std::optional<num::i128> d1_of(num::i128 log_moneyness, num::u128 v) noexcept
{
    return d1_of(log_moneyness, v, [v](num::i128 n) noexcept {
        return checked(num::div_q64_trunc(n, static_cast<num::i128>(v)));
    });
}

inline void check_prices(const ForwardPoint& forward, const StrikePoint& strike) noexcept
{
    CHECK(!forward.price.is_negative());
    CHECK(forward.price <= FORWARD_MAX);
    CHECK(!strike.price.is_negative());
    CHECK(strike.price <= FORWARD_MAX);
}
inline void check_volatility(const Volatility& volatility) noexcept
{
    CHECK(!volatility.value.is_negative());
    CHECK(!volatility.error.is_negative());
}

}  // namespace plimsoll::pricing
