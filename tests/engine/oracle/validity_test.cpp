// plimsoll: tests/engine/oracle/validity_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Which price is good enough for what, at the last second and the last unit.
#include "engine/oracle/validity.hpp"

#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::price;
using test::seconds;

const OracleParams PARAMS = test::default_oracle();
constexpr std::uint64_t PUBLISHED = 1'000;

Error at_age(std::uint64_t age, PriceUse use, Price confidence = Price::zero())
{
    const FeedPrice feed{price("100"), confidence, seconds(PUBLISHED)};
    return usable(feed, seconds(PUBLISHED + age), PARAMS, use);
}

TEST_CASE("validity: a price that was never published serves nothing, at any age", "[oracle]")
{
    for (const PriceUse use : {PriceUse::trade, PriceUse::liquidation})
        for (const std::uint64_t now : {0U, 1U, 1'000'000U})
            CHECK(usable(FeedPrice{}, seconds(now), PARAMS, use) == Error::no_price);
}

TEST_CASE("validity: trading takes a price up to its greatest age", "[oracle]")
{
    CHECK(at_age(0, PriceUse::trade) == Error::ok);
    CHECK(at_age(60, PriceUse::trade) == Error::ok);
    CHECK(at_age(61, PriceUse::trade) == Error::stale_price);
    CHECK(at_age(100'000, PriceUse::trade) == Error::stale_price);
}

TEST_CASE("validity: trading takes a band up to the limit to the last unit", "[oracle]")
{
    CHECK(at_age(0, PriceUse::trade, price("2")) == Error::ok);
    CHECK(at_age(0, PriceUse::trade, price("2") + Price::from_raw(1)) == Error::uncertain_price);
    // Stale is said before uncertain.
    CHECK(at_age(61, PriceUse::trade, price("50")) == Error::stale_price);
}

TEST_CASE("validity: liquidation waits between its two ages and no longer", "[oracle]")
{
    CHECK(at_age(600, PriceUse::liquidation) == Error::ok);
    CHECK(at_age(601, PriceUse::liquidation) == Error::stale_price);
    CHECK(at_age(3'600, PriceUse::liquidation) == Error::stale_price);
    CHECK(at_age(3'601, PriceUse::liquidation) == Error::ok);
    CHECK(at_age(100'000'000, PriceUse::liquidation) == Error::ok);
}

TEST_CASE("validity: an uncertain price does not stop a liquidation", "[oracle]")
{
    CHECK(at_age(0, PriceUse::liquidation, price("90")) == Error::ok);
}

TEST_CASE("validity: a price from the future is as fresh as one of now", "[oracle]")
{
    const FeedPrice feed{price("100"), Price::zero(), seconds(2'000)};
    CHECK(usable(feed, seconds(1'000), PARAMS, PriceUse::trade) == Error::ok);
}

}  // namespace
}  // namespace plimsoll
