// plimsoll: tests/engine/oracle/price_band_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The band of a price.
#include "engine/oracle/price_band.hpp"

#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::price;

TEST_CASE("price band: price and confidence, either way", "[oracle][price_band]")
{
    const PriceBand band = price_band({price("100"), price("0.25"), Seconds::zero()});
    CHECK(band.low == price("99.75"));
    CHECK(band.high == price("100.25"));
    const PriceBand sure = price_band({price("100"), Price::zero(), Seconds::zero()});
    CHECK(sure.low == price("100"));
    CHECK(sure.high == price("100"));
}

TEST_CASE("price band: stays positive and in the range of prices", "[oracle][price_band]")
{
    const Price least = Price::from_raw(1);
    for (const Price confidence : {price("100"), price("100.000000000000000001"), PRICE_MAX}) {
        const PriceBand band = price_band({price("100"), confidence, Seconds::zero()});
        CHECK(band.low == least);
        CHECK(band.high <= PRICE_MAX);
    }
    CHECK(price_band({price("100"), price("99.999999999999999999"), Seconds::zero()}).low == least);
    CHECK(price_band({PRICE_MAX, Price::max(), Seconds::zero()}).high == PRICE_MAX);
    CHECK(price_band({least, Price::zero(), Seconds::zero()}).low == least);
}

}  // namespace
}  // namespace plimsoll
