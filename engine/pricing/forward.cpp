// plimsoll: engine/pricing/forward.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, pricing shelf. See forward.hpp.
#include "engine/pricing/forward.hpp"

#include "engine/check.hpp"
#include "engine/num/ln.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/num/wide.hpp"

#include <cstdint>
#include <optional>

namespace plimsoll::pricing {
namespace {

using num::i128;
using num::u128;

bool is_priced(Price price) noexcept
{
    return !price.is_negative() && price <= FORWARD_MAX;
}

i128 ln_of(Price price) noexcept
{
    return price.is_zero() ? 0 : num::ln_q64(static_cast<u128>(price.raw()));
}

/// a * b / divisor to nearest, a half up; nullopt beyond FORWARD_MAX.
struct Rounded
{
    Price price;
    bool exact = true;
};

/// a * b / divisor to nearest, a half up, at most FORWARD_MAX. @pre a, b >= 0, divisor > 0
Rounded quotient_nearest(i128 a, i128 b, i128 divisor) noexcept
{
    const num::Pair<std::uint64_t> by = num::pair_from(static_cast<u128>(divisor));
    const auto division = num::divide(
        num::multiply(num::pair_from(static_cast<u128>(a)), num::pair_from(static_cast<u128>(b))),
        by);
    const u128 largest = static_cast<u128>(FORWARD_MAX.raw());
    const u128 quotient = num::u128_from(division.quotient);
    if (!division.fits || quotient >= largest)
        return {FORWARD_MAX, false};
    const u128 rest = num::u128_from(division.remainder);
    const bool up = rest >= static_cast<u128>(divisor) - rest;
    return {Price::from_raw(static_cast<i128>(quotient + (up ? 1 : 0))), rest == 0};
}

ForwardPoint point_of(Rounded rounded) noexcept
{
    return {rounded.price, rounded.exact ? 0 : 1, ln_of(rounded.price)};
}

}  // namespace

ForwardPoint forward_point(Price price) noexcept
{
    CHECK(is_priced(price));
    return {price, 0, ln_of(price)};
}

StrikePoint strike_point(Price price) noexcept
{
    CHECK(is_priced(price));
    return {price, ln_of(price)};
}

ForwardPoint forward_at(Price forward, Price fixed, Ratio spot_shock) noexcept
{
    CHECK(!fixed.is_negative());
    CHECK(fixed <= forward);
    CHECK(!spot_shock.is_negative());
    Rounded moved = quotient_nearest((forward - fixed).raw(), spot_shock.raw(), num::WAD);
    moved.price += fixed;
    if (moved.price > FORWARD_MAX)
        moved = {FORWARD_MAX, false};
    return point_of(moved);
}

ForwardPoint forward_scaled(Price forward, Price numerator, Price denominator) noexcept
{
    CHECK(!forward.is_negative());
    CHECK(!numerator.is_negative());
    CHECK(denominator.is_positive());
    return point_of(quotient_nearest(forward.raw(), numerator.raw(), denominator.raw()));
}

Price settlement_fixed_nearest(Price forward, Seconds to_expiry, Seconds window) noexcept
{
    CHECK(!forward.is_negative());
    if (to_expiry >= window)
        return Price::zero();
    const std::uint64_t decided = window.raw() - to_expiry.raw();
    return quotient_nearest(
        forward.raw(), static_cast<i128>(decided), static_cast<i128>(window.raw()))
        .price;
}

}  // namespace plimsoll::pricing
