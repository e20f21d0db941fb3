// plimsoll: tests/engine/risk/position_greeks_test.cpp              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Greeks of an underlying's positions, by hand.
#include "engine/risk/position_greeks.hpp"

#include "engine/pricing/black76.hpp"
#include "engine/pricing/tenor.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// One underlying at 100 with a month's expiry at a forward of 110, of which 10 is fixed.
struct Greek
{
    BookUnderlying underlyings[2];
    BookExpiry expiry;
    BookLeg legs[3];

    Greek()
    {
        underlyings[0].spot = price("100");
        underlyings[1].spot = price("5");
        expiry.forward = price("110");
        expiry.fixed = price("10");
        expiry.length = seconds(30 * 86'400);
        legs[0].is_position = true;
        legs[0].base = quantity("2");
        legs[0].mark = price("105");
        legs[1] = legs[0];
        legs[1].kind = LegKind::future;
        legs[1].base = quantity("-3");
        legs[2] = legs[1];
        legs[2].kind = LegKind::option;
        legs[2].strike = pricing::strike_point(price("115"));
        legs[2].volatility.value = ratio("0.6");
        legs[2].base = quantity("-4");
    }
    [[nodiscard]] Book book(std::size_t first, std::size_t count) const
    {
        Book book;
        book.underlyings = underlyings;
        book.expiries = {&expiry, 1};
        book.legs = std::span(legs).subspan(first, count);
        return book;
    }
};

}  // namespace

TEST_CASE("position greeks: a perpetual moves by its mark over spot, a future by what is not fixed")
{
    const Greek world;
    CHECK(position_greeks(world.book(0, 1), 0).delta == quantity("2.1"));
    CHECK(position_greeks(world.book(1, 1), 0).delta == quantity("-3"));
    CHECK(position_greeks(world.book(0, 2), 0).delta == quantity("-0.9"));
    CHECK(position_greeks(world.book(0, 2), 0).theta == Money::zero());
    CHECK(position_greeks(world.book(0, 3), 1).delta == Quantity::zero());
}

TEST_CASE("position greeks: an option's are those of its price, by size")
{
    const Greek world;
    const PositionGreeks sum = position_greeks(world.book(2, 1), 0);
    const BookLeg& leg = world.legs[2];
    const auto each = pricing::greeks(pricing::forward_point(world.expiry.forward), leg.strike,
        leg.volatility, pricing::tenor_of(world.expiry.length),
        pricing::discount_of(Ratio::zero(), Ratio::one(), world.expiry.length), leg.type);
    // (110 - 10) / 100 of spot's move reaches the forward.
    CHECK(sum.delta.raw() == -4 * each.delta.raw());
    CHECK(sum.gamma.raw() == -4 * each.gamma.raw());
    CHECK(sum.theta.raw() == -4 * each.theta.raw());
    const num::i128 vega = -4 * each.vega.raw() / 100;
    CHECK(sum.vega.raw() - vega <= 4);
    CHECK(vega - sum.vega.raw() <= 4);
    CHECK(sum.delta < Quantity::zero());
}

TEST_CASE("position greeks: orders alone are no position")
{
    Greek world;
    world.legs[0].is_position = false;
    CHECK(position_greeks(world.book(0, 1), 0).delta == Quantity::zero());
}
