// plimsoll: engine/risk/position_greeks.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See position_greeks.hpp.
#include "engine/risk/position_greeks.hpp"

#include "engine/num/mul_div.hpp"
#include "engine/pricing/black76.hpp"
#include "engine/pricing/tenor.hpp"

#include <optional>

namespace plimsoll {
namespace {

/// For people: a product or quotient beyond the type stops at its end.
num::i128 saturated(std::optional<num::i128> value, bool is_negative) noexcept
{
    return value.value_or(is_negative ? num::I128_MIN : num::I128_MAX);
}

num::i128 times(num::i128 a, num::i128 b) noexcept
{
    return saturated(num::mul_wad_trunc(a, b), (a < 0) != (b < 0));
}

num::i128 plus(num::i128 a, num::i128 b) noexcept
{
    num::i128 sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? saturated(std::nullopt, a < 0) : sum;
}

/// part / spot.
num::i128 per_spot(Price part, Price spot) noexcept
{
    return saturated(num::mul_div_trunc(part.raw(), num::WAD, spot.raw()), false);
}

void add_option(const Book& book, const BookLeg& leg, PositionGreeks& sum) noexcept
{
    const auto& expiry = book.expiries[leg.expiry];
    const auto& underlying = book.underlyings[leg.underlying];
    const auto each = pricing::greeks(pricing::forward_point(expiry.forward), leg.strike,
        leg.volatility, pricing::tenor_of(expiry.length),
        pricing::discount_of(expiry.rate, expiry.mark_rate_mult, expiry.length), leg.type);
    const auto base = leg.base.raw();
    const auto slope = per_spot(expiry.forward - expiry.fixed, underlying.spot);
    constexpr num::i128 POINT = static_cast<num::i128>(num::WAD) / 100;
    const auto add = [](num::i128 to, num::i128 more) { return plus(to, more); };
    sum.delta =
        Quantity::from_raw(add(sum.delta.raw(), times(times(base, each.delta.raw()), slope)));
    sum.gamma = Ratio::from_raw(
        add(sum.gamma.raw(), times(times(times(base, each.gamma.raw()), slope), slope)));
    sum.vega = Money::from_raw(add(sum.vega.raw(), times(times(base, each.vega.raw()), POINT)));
    sum.theta = Money::from_raw(add(sum.theta.raw(), times(base, each.theta.raw())));
}

}  // namespace

PositionGreeks position_greeks(const Book& book, std::uint16_t underlying) noexcept
{
    PositionGreeks sum;
    for (const BookLeg& leg : book.legs) {
        if (leg.underlying != underlying || !leg.is_position)
            continue;
        if (leg.kind == LegKind::option) {
            add_option(book, leg, sum);
            continue;
        }
        const Price moving = leg.kind == LegKind::perp ? leg.mark
                                                       : book.expiries[leg.expiry].forward -
                                                             book.expiries[leg.expiry].fixed;
        const num::i128 slope = per_spot(moving, book.underlyings[underlying].spot);
        sum.delta = Quantity::from_raw(plus(sum.delta.raw(), times(leg.base.raw(), slope)));
    }
    return sum;
}

}  // namespace plimsoll
