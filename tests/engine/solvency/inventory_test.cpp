// plimsoll: tests/engine/solvency/inventory_test.cpp                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. At which price inventory counts: a price that stands for a moment, and a feed that has
// failed, do nobody a favour at somebody else's cost.
#include "engine/solvency/inventory.hpp"

#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::price;
using test::seconds;

constexpr std::uint64_t NOW = 1'700'000'000;
constexpr std::uint64_t FAILED_AFTER = 3'600;

OracleParams oracle()
{
    OracleParams params;
    params.max_age_trade = seconds(60);
    params.max_age_liquidation = seconds(300);
    params.failed_after = seconds(FAILED_AFTER);
    params.max_confidence = test::ratio("0.02");
    return params;
}

Price counted(const char* index, const char* stable, InventoryUse use, std::uint64_t age = 0)
{
    FeedPrice feed;
    feed.price = price(index);
    feed.published = seconds(NOW - age);
    return inventory_price(feed, price(stable), use, seconds(NOW), oracle());
}

TEST_CASE("inventory price: suppliers and who joins by the higher, who leaves by the lower",
    "[solvency][inventory]")
{
    for (const InventoryUse use : {InventoryUse::suppliers, InventoryUse::joining}) {
        CHECK(counted("100", "150", use) == price("150"));
        CHECK(counted("150", "100", use) == price("150"));
        CHECK(counted("100", "0", use) == price("100"));
    }
    CHECK(counted("100", "150", InventoryUse::leaving) == price("100"));
    CHECK(counted("150", "100", InventoryUse::leaving) == price("100"));
    CHECK(counted("100", "0", InventoryUse::leaving) == price("100"));
    CHECK(counted("100", "150", InventoryUse::gate) == price("100"));
    CHECK(counted("150", "100", InventoryUse::gate) == price("150"));
}

TEST_CASE("inventory price: a failed feed counts as nothing for the gate and suppliers",
    "[solvency][inventory]")
{
    for (const InventoryUse use : {InventoryUse::gate, InventoryUse::suppliers}) {
        CHECK(counted("100", "100", use, FAILED_AFTER) == price("100"));
        CHECK(counted("100", "100", use, FAILED_AFTER + 1) == price("0"));
        CHECK(counted("0", "0", use) == price("0"));
    }
    CHECK(counted("100", "150", InventoryUse::suppliers, FAILED_AFTER + 1) == price("0"));
    CHECK(counted("100", "90", InventoryUse::joining, FAILED_AFTER + 1) == price("100"));
}

TEST_CASE("inventory price: what cannot be bought counts as nothing for who leaves",
    "[solvency][inventory]")
{
    CHECK(counted("100", "100", InventoryUse::leaving, 60) == price("100"));
    CHECK(counted("100", "100", InventoryUse::leaving, 61) == price("0"));
    CHECK(counted("0", "0", InventoryUse::leaving) == price("0"));
    FeedPrice wide;
    wide.price = price("100");
    wide.confidence = price("2.1");
    wide.published = seconds(NOW);
    const auto counts = [&](InventoryUse use) {
        return inventory_price(wide, Price::zero(), use, seconds(NOW), oracle());
    };
    CHECK(counts(InventoryUse::leaving) == price("0"));
    CHECK(counts(InventoryUse::suppliers) == price("100"));
    CHECK(counts(InventoryUse::gate) == price("100"));
}

}  // namespace
}  // namespace plimsoll
