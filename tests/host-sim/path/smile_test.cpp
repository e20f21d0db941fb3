// plimsoll: tests/host-sim/path/smile_test.cpp                      SPDX-License-Identifier: Apache-2.0
// The smile: volatility rises as the index falls, surfaces are fit for a market, prices are in order.
#include "host-sim/path/smile.hpp"

#include "engine/pricing/surface.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;

constexpr std::uint64_t START_S = 1'583'971'200;
constexpr std::uint64_t EXPIRY_S = START_S + 14 * 86'400;

Ratio per_cent(std::int64_t value)
{
    return Ratio::from_raw(num::i128{value} * static_cast<num::i128>(num::WAD / 100));
}

SmilePlan plan()
{
    return {.first = Price::from_units(8'000),
        .volatility = per_cent(90),
        .slope = per_cent(200),
        .volatility_max = per_cent(150),
        .curvature = per_cent(30),
        .width = per_cent(30),
        .skew = per_cent(-30),
        .rate = Ratio()};
}

Price price(OptionType type, std::int64_t strike, std::int64_t index)
{
    return option_price(
        plan(), type, Price::from_units(strike), EXPIRY_S, Price::from_units(index), START_S);
}

}  // namespace

TEST_CASE("volatility rises as the index falls, up to its greatest", "[smile]")
{
    CHECK(volatility_at(plan(), Price::from_units(8'000)) == per_cent(90));
    CHECK(volatility_at(plan(), Price::from_units(9'000)) == per_cent(90));
    CHECK(volatility_at(plan(), Price::from_units(7'200)) == per_cent(110));
    CHECK(volatility_at(plan(), Price::from_units(4'000)) == per_cent(150));
}

TEST_CASE(
    "a surface has the volatility of the money there, and is one that a market may use", "[smile]")
{
    for (const std::int64_t index : {1, 4'000, 8'000, 20'000}) {
        const Price forward = Price::from_units(index);
        const auto surface = smile_surface(plan(), forward, EXPIRY_S, START_S);
        CHECK(pricing::validate(surface) == Error::ok);
        CHECK(surface.forward == forward);
        CHECK(surface.published.raw() == START_S);
        // w = a + b * sigma at the money, and w / tau is the square.
        const Ratio variance = surface.svi.a + scale_floor(surface.svi.b, surface.svi.sigma);
        const Ratio volatility = volatility_at(plan(), forward);
        const Ratio expected = scale_floor(scale_floor(volatility, volatility), surface.svi.tau);
        CHECK((variance - expected).abs() <= Ratio::from_raw(3));
    }
}

TEST_CASE("prices fall with the distance of the strike, and lower strikes are dearer", "[smile]")
{
    CHECK(price(OptionType::call, 9'000, 8'000) < price(OptionType::call, 8'000, 8'000));
    CHECK(price(OptionType::put, 7'000, 8'000) < price(OptionType::put, 8'000, 8'000));
    CHECK(price(OptionType::put, 8'000, 7'000) > price(OptionType::put, 8'000, 8'000));
    auto flat = plan();
    flat.curvature = Ratio();
    const Price low = Price::from_units(6'000);
    const Price index = Price::from_units(8'000);
    CHECK(option_price(plan(), OptionType::put, low, EXPIRY_S, index, START_S) >
          option_price(flat, OptionType::put, low, EXPIRY_S, index, START_S));
}

TEST_CASE("an option at the money of a flat smile costs what everybody knows", "[smile]")
{
    auto flat = plan();
    flat.curvature = Ratio();
    const Price index = Price::from_units(8'000);
    // 0.3989 * index * volatility * sqrt(T): 8000 * 0.39894 * 0.9 * sqrt(14 / 365) = 562.5, less 0.1%.
    const auto call = option_value(flat, OptionType::call, index, EXPIRY_S, index, START_S);
    const auto put = option_value(flat, OptionType::put, index, EXPIRY_S, index, START_S);
    CHECK((call.price - Price::from_units(562)).abs() < Price::from_units(1));
    CHECK((call.price - put.price).abs() <= Price::from_raw(2));
    CHECK((call.delta - put.delta - Ratio::one()).abs() < Ratio::from_raw(100));
}
