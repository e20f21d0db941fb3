// plimsoll: engine/pricing/black76.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. European options on a forward: brackets of their prices for margin,
// and greeks for reports. Formula F-1; Black, The pricing of commodity contracts, 1976.
// Promises: the exact price lies in its bracket; the same bits on every machine; total over forwards and
// strikes up to FORWARD_MAX, every volatility and every length of time.
// Never: computes a logarithm: forwards and strikes bring theirs.
#pragma once

#include "engine/model/option_type.hpp"
#include "engine/num/int128.hpp"
#include "engine/num/wide.hpp"
#include "engine/pricing/bracket.hpp"
#include "engine/pricing/forward.hpp"
#include "engine/pricing/tenor.hpp"
#include "engine/pricing/volatility.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <span>

namespace plimsoll::pricing {

/// How far a computed price may be from the exact one, as a share of the forward, in units of 2^-64:
/// both options, every moneyness, volatility exact, before discounting. black76.cpp derives it.
inline constexpr std::uint32_t BLACK_ERROR_Q64 = 13;

struct OptionBrackets
{
    PriceBracket call;
    PriceBracket put;
};

/// v = volatility * sqrt(T) and what follows of it alone: taken once for all forwards that an option is priced
/// on. Made by total_volatility() only.
struct TotalVolatility
{
    enum class Kind : std::uint8_t
    {
        none,  ///< Too small to count: an option is worth its intrinsic value.
        some,
        all,  ///< From v = 24 on a call is worth the forward.
    };
    Kind kind = Kind::none;
    num::u128 v_q64 = 0;  ///< Floored, with 64 binary places.
    num::u128 error_q64 =
        0;  ///< Of an option's price, as a share of the forward, before discounting.
    num::Reciprocal<std::uint64_t> by_v;  ///< For many prices and 0 < v < 1, so that none divides.
    bool has_reciprocal = false;
};
/// Making a reciprocal costs as much as a division: worth it from the second price on.
enum class Uses : std::uint8_t
{
    one,
    many,
};
[[nodiscard]] TotalVolatility total_volatility(
    const Volatility& volatility, const Tenor& tenor, Uses uses) noexcept;

/// The part of an option's price that takes functions, which a call and a put of one strike share; a share of
/// the forward, exact within +- error.
struct TimeValue
{
    enum class Share : std::uint8_t
    {
        call,  ///< A call's price.
        put,   ///< A put's.
        rest,  ///< What a call lacks of the forward.
    };
    Share share = Share::call;
    num::u128 value_q64 = 0;
    num::u128 error_q64 = 0;
};
/// @pre as black76()
[[nodiscard]] TimeValue time_value(const ForwardPoint& forward, const StrikePoint& strike,
    const TotalVolatility& volatility) noexcept;

/// A forward and a volatility at which a strike is priced.
struct PricePoint
{
    const ForwardPoint* forward = nullptr;
    const TotalVolatility* volatility = nullptr;
};
/// time_value() of one strike at each point: two points at a time, whose functions then need not wait for
/// each other. @pre as black76(); at.size() == parts.size()
void time_values(
    const StrikePoint& strike, std::span<const PricePoint> at, std::span<TimeValue> parts) noexcept;

/// One of the two prices of black76(), from the time value of the same forward and strike.
[[nodiscard]] PriceBracket price_of(const TimeValue& part, const ForwardPoint& forward,
    const StrikePoint& strike, const Discount& discount, OptionType type) noexcept;

/// Discounted prices per unit of base. floor and ceil are at most 2 * BLACK_ERROR_Q64 / 2^64 of the forward
/// and 3 raw units apart (1.4e-18 of the forward), and further only by what the inputs' errors make:
/// 0.84 * sqrt(T) * volatility.error of the forward, 2 * forward.error_raw, and for D != 1 2^-61 of the price
/// before discounting. Where v = volatility * sqrt(T) is about 10^-18, at which F-1 jumps, 2^-60 more.
/// T = 0, no volatility, or a strike or forward of zero: exact before discounting.
/// @pre 0 <= strike, forward <= FORWARD_MAX; volatility.value, volatility.error >= 0
[[nodiscard]] OptionBrackets black76(const ForwardPoint& forward, const StrikePoint& strike,
    const Volatility& volatility, const Tenor& tenor, const Discount& discount) noexcept;

/// Derivatives of the discounted price, per unit of base. Nearest, with no bound that margin could rest
/// on. With u = 10^-17 * (1 + 0.1 / v), besides a raw unit each: delta and gamma * forward * v are within u,
/// vega within u * sqrt(T) * forward, theta within u * (1 + a day / T) of the forward or strike.
struct Greeks
{
    Ratio delta;  ///< Of the forward, not of spot: D * N(d1), or D * (N(d1) - 1).
    Ratio gamma;  ///< Delta for each quote unit of the forward; Ratio::max() from 4e10 on.
    Money vega;   ///< For a volatility higher by 1.00.
    Money
        theta;  ///< For a day of 86,400 seconds that passes, forward and rate unchanged; negative.
};

/// Without time value delta is that of the intrinsic value, D/2 either way at the money, and gamma and vega
/// are zero; so is theta with no time left, else it is the price's interest.
/// @pre as black76()
[[nodiscard]] Greeks greeks(const ForwardPoint& forward, const StrikePoint& strike,
    const Volatility& volatility, const Tenor& tenor, const Discount& discount,
    OptionType type) noexcept;

}  // namespace plimsoll::pricing
