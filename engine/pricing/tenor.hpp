// plimsoll: engine/pricing/tenor.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. A length of time as pricing needs it: its root, and what an interest
// rate makes of it.
// Promises: a year is 31,536,000 seconds and a second is never rounded; each bound below holds for every
// length of time and for rates and multipliers in range.
// Never: asks the time. Lengths come in with the scene.
#pragma once

#include "engine/num/int128.hpp"
#include "engine/pricing/bracket.hpp"
#include "engine/units/units.hpp"

namespace plimsoll::pricing {

/// 365 days.
inline constexpr Seconds SECONDS_PER_YEAR = Seconds::from_raw(31'536'000);

/// 1 with 64 binary places.
inline constexpr num::u128 ONE_Q64 = num::u128{1} << 64;

/// A length of time T and the root of T in years, rounded down: to 96 binary places for v of Black-76,
/// and to 64 for everybody else. Made by tenor_of() only.
struct Tenor
{
    Seconds length;
    num::u128 root_years_q64 = 0;
    num::u128 root_years_q96 = 0;
};

[[nodiscard]] Tenor tenor_of(Seconds length) noexcept;

/// How far a discount's factor may be from the exact one, in units of 2^-64.
inline constexpr std::uint32_t DISCOUNT_ERROR_Q64 = 4;

/// What a unit of quote in the future is worth now, D with 64 binary places.
/// Exactly 2^64 if and only if the exact factor is 1.
struct Discount
{
    num::u128 q64 = ONE_Q64;
};

/// D = exp(-max(rate, 0) * rate_multiplier * T), rate a year (F-1). |q64 / 2^64 - D| <= 2^-62.
/// @pre rate and multiplier in range, rate_multiplier >= 0
[[nodiscard]] Discount discount_of(Ratio rate, Ratio rate_multiplier, Seconds length) noexcept;

/// exp(rate * T), rate a year and of either sign (F-14). Below 1 the ends are at most 2 raw units apart;
/// above, at most 2 units and 2^-59 of the value. rate = 0 or T = 0: exactly 1. Above e^46 the floor stays
/// there and the ceiling is Ratio::max().
/// @pre rate in range, twice
[[nodiscard]] RatioBracket exp_of_rate(Ratio annual_rate, Seconds length) noexcept;

}  // namespace plimsoll::pricing
