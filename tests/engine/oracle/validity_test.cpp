// plimsoll: tests/engine/oracle/validity_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Which price is good enough for what, at the last second and the last unit.
#include "engine/oracle/validity.hpp"

#include "tests/support/world.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

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
    for (const PriceUse use : {PriceUse::fill, PriceUse::liquidation})
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

/// One row of the table: what each use makes of a price in one tier alone, in the order of PriceUse. y: accepted.
struct Row
{
    Tier tier;
    const char* uses;
    Error refusal;
    FeedPrice feed;
    std::uint64_t age;
};

constexpr const char* USES[] = {"fill", "withdraw", "deposit", "initial_weight", "buyer",
    "maintenance_weight", "liquidation", "collateral_sale", "resolve", "take_over", "premium",
    "settlement", "observation"};

FeedPrice feed_of(const char* confidence = "0", std::uint64_t held_until = 0)
{
    return {price("100"), price(confidence), seconds(PUBLISHED), seconds(held_until)};
}

const Row ROWS[] = {
    {Tier::non_positive, "nnnnnnnnnynnn", Error::no_price, FeedPrice{}, 0},
    {Tier::too_volatile, "nnnnnynnnnyny", Error::volatile_price, feed_of("0", PUBLISHED + 11), 10},
    {Tier::too_uncertain, "nnnnnyyyyyyyy", Error::uncertain_price, feed_of("2.1"), 10},
    {Tier::failed, "nnnnnnyyyyyyy", Error::stale_price, feed_of(), 3'601},
    {Tier::stale_for_margin, "nnnnnynnnnyny", Error::stale_price, feed_of(), 601},
    {Tier::stale_for_trading, "nnnnnyyyyyyyy", Error::stale_price, feed_of(), 61},
    {Tier::valid, "yyyyyyyyyyyyy", Error::ok, feed_of(), 60},
};

TEST_CASE("validity: every use accepts of every tier what the table of docs/formulas.md says")
{
    static_assert(std::size(ROWS) == TIERS && std::size(USES) == PRICE_USES);
    for (const Row& row : ROWS) {
        REQUIRE(std::string_view(row.uses).size() == PRICE_USES);
        const Seconds now = seconds(PUBLISHED + row.age);
        CHECK(tier_of(row.feed, now, PARAMS) == row.tier);
        CHECK(tiers_of(row.feed, now, PARAMS) == only(row.tier));
        for (std::size_t use = 0; use < PRICE_USES; ++use) {
            INFO(TIER_NAMES[static_cast<std::size_t>(row.tier)] << ", " << USES[use]);
            const Error expected = row.uses[use] == 'y' ? Error::ok : row.refusal;
            CHECK(usable(row.feed, now, PARAMS, static_cast<PriceUse>(use)) == expected);
        }
    }
}

TEST_CASE("validity: the page of formulas has the table")
{
    std::ifstream file(PLIMSOLL_SOURCE_DIR "/docs/formulas.md");
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    for (std::size_t use = 0; use < PRICE_USES; ++use) {
        std::string row = "| `" + std::string(USES[use]) + "` |";
        for (const Row& each : ROWS)
            row += each.uses[use] == 'y' ? " yes |" : " - |";
        INFO(row);
        CHECK(text.find(row) != std::string::npos);
    }
}

TEST_CASE("validity: of several things that are the matter each must be accepted")
{
    // Uncertain and stale: a liquidation minds the second, a trade says the second first.
    CHECK(at_age(601, PriceUse::liquidation, price("50")) == Error::stale_price);
    CHECK(at_age(3'601, PriceUse::liquidation, price("50")) == Error::ok);
    CHECK(at_age(61, PriceUse::fill, price("50")) == Error::stale_price);
    // Held back and failed: the wait is over before it may block a sale for longer.
    const FeedPrice held = feed_of("50", PUBLISHED + 5'000);
    CHECK(usable(held, seconds(PUBLISHED + 4'999), PARAMS, PriceUse::liquidation) ==
          Error::volatile_price);
    CHECK(usable(held, seconds(PUBLISHED + 5'000), PARAMS, PriceUse::liquidation) == Error::ok);
    CHECK(tier_of(held, seconds(PUBLISHED + 4'999), PARAMS) == Tier::too_volatile);
    CHECK(tier_of(held, seconds(PUBLISHED + 5'000), PARAMS) == Tier::too_uncertain);
}

TEST_CASE(
    "validity: a jump that is not confirmed in its wait leaves a price that is sold at, and not "
    "traded on")
{
    const FeedPrice held = feed_of("0", PUBLISHED + 30);
    const auto at = [&](std::uint64_t age, PriceUse use) {
        return usable(held, seconds(PUBLISHED + age), PARAMS, use);
    };
    CHECK(at(29, PriceUse::fill) == Error::volatile_price);
    CHECK(at(29, PriceUse::liquidation) == Error::volatile_price);
    CHECK(at(30, PriceUse::fill) == Error::stale_price);
    CHECK(at(30, PriceUse::liquidation) == Error::ok);
    CHECK(at(30, PriceUse::initial_weight) == Error::stale_price);
}

TEST_CASE(
    "validity: positions count moved against the account once their feed has failed for as long as "
    "asked for")
{
    OracleParams params = PARAMS;
    const auto at = [&](std::uint64_t age) {
        return shocked(seconds(PUBLISHED), seconds(PUBLISHED + age), params);
    };
    CHECK_FALSE(at(3'600));
    CHECK(at(3'601));
    params.shock_after = seconds(7'200);
    CHECK_FALSE(at(7'200));
    CHECK(at(7'201));
}

}  // namespace
}  // namespace plimsoll
