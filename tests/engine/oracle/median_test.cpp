// plimsoll: tests/engine/oracle/median_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. One price from several reports, some of which lie.
#include "engine/oracle/median.hpp"

#include "tests/support/literals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

constexpr std::uint64_t NOW = 10'000;

PriceReport report(std::string_view value, std::string_view confidence = "0", std::uint64_t age = 0)
{
    return {price(value), price(confidence), seconds(NOW - age)};
}

std::optional<PriceReport> median(const std::vector<PriceReport>& reports, std::size_t quorum = 1)
{
    return median_of(reports, quorum, seconds(60), seconds(NOW));
}

PriceReport drawn(Price low, Price high, bool lies)
{
    const auto raw = [](num::i128 from, num::i128 to) {
        return Price::from_raw(*rc::gen::inRange<std::int64_t>(
            static_cast<std::int64_t>(from), static_cast<std::int64_t>(to)));
    };
    PriceReport out;
    out.price = lies ? raw(1, 1'000'000'000'000'000'000) : raw(low.raw(), high.raw() + 1);
    out.confidence = lies ? raw(0, 1'000'000'000'000'000'000) : raw(0, 1'000);
    out.published = seconds(NOW - *rc::gen::inRange<std::uint64_t>(0, 61));
    return out;
}

bool same(const PriceReport& a, const PriceReport& b)
{
    return a.price == b.price && a.confidence == b.confidence && a.published == b.published;
}

}  // namespace

TEST_CASE("median: it is the middle report, and of an even number the lower of the two")
{
    CHECK(median({report("7")})->price == price("7"));
    CHECK(median({report("9"), report("7")})->price == price("7"));
    CHECK(median({report("9"), report("1000"), report("7")})->price == price("9"));
    CHECK(median({report("9"), report("1"), report("7"), report("8")})->price == price("7"));
    CHECK(median({report("5"), report("5"), report("1"), report("9"), report("5")})->price ==
          price("5"));
}

TEST_CASE("median: below the quorum of fresh reports there is none")
{
    CHECK_FALSE(median({}, 1));
    CHECK_FALSE(median({report("1"), report("2")}, 3));
    CHECK(median({report("1"), report("2"), report("3", "0", 60)}, 3));
    CHECK_FALSE(median({report("1"), report("2"), report("3", "0", 61)}, 3));
    CHECK_FALSE(median({report("1"), PriceReport{}}, 2));
    // An old report has no part in the median either.
    CHECK(median({report("1"), report("2"), report("3", "0", 61)}, 2)->price == price("1"));
}

TEST_CASE(
    "median: its confidence is the wider of what the middle says and how far the middle half lies")
{
    CHECK(median({report("100", "3")})->confidence == price("3"));
    // Of three the one in the middle; neither a wide nor a far report changes it.
    CHECK(median({report("100", "2"), report("101", "3"), report("1000", "900")})->confidence ==
          price("3"));
    CHECK(median({report("100", "0"), report("104", "0")})->confidence == price("4"));
    CHECK(median({report("90"), report("98"), report("100"), report("105"), report("900")})
              ->confidence == price("5"));
    CHECK(median({report("90"), report("93"), report("100"), report("105"), report("900")})
              ->confidence == price("7"));
    CHECK(median({report("1", "1"), report("1", "2"), report("1", "3"), report("1", "4")})
              ->confidence == price("3"));
}

TEST_CASE("median: it is as old as the oldest of the newest quorum")
{
    const std::vector<PriceReport> reports = {
        report("1", "0", 5), report("2", "0", 30), report("3", "0", 10)};
    CHECK(median(reports, 1)->published == seconds(NOW - 5));
    CHECK(median(reports, 2)->published == seconds(NOW - 10));
    CHECK(median(reports, 3)->published == seconds(NOW - 30));
}

TEST_CASE("median: with fewer than half of a quorum lying it is within what the honest say")
{
    rc::prop("the price", [] {
        const auto quorum = *rc::gen::inRange<std::size_t>(1, 9);
        const auto count = *rc::gen::inRange<std::size_t>(quorum, 9);
        const auto liars = *rc::gen::inRange<std::size_t>(0, (quorum - 1) / 2 + 1);
        const Price low = Price::from_raw(*rc::gen::inRange<std::int64_t>(1, 1'000'000));
        const Price high = low + Price::from_raw(*rc::gen::inRange<std::int64_t>(0, 1'000));
        std::vector<PriceReport> reports;
        for (std::size_t i = 0; i < count; ++i)
            reports.push_back(drawn(low, high, i < liars));
        const auto found = median(reports, quorum);
        RC_ASSERT(found.has_value());
        RC_ASSERT(low <= found->price && found->price <= high);
    });
    rc::prop("the confidence, where no more than a quarter lie", [] {
        const auto count = *rc::gen::inRange<std::size_t>(1, 9);
        const auto liars = *rc::gen::inRange<std::size_t>(0, (count + 1) / 4 + 1);
        const Price low = Price::from_raw(1'000);
        std::vector<PriceReport> reports;
        for (std::size_t i = 0; i < count; ++i)
            reports.push_back(drawn(low, low + low, i < liars));
        RC_ASSERT(median(reports)->confidence <= Price::from_raw(1'000));
    });
}

TEST_CASE("median: the order of the reports does not matter")
{
    rc::prop("any two orders", [] {
        const auto count = *rc::gen::inRange<std::size_t>(1, 9);
        std::vector<PriceReport> reports;
        for (std::size_t i = 0; i < count; ++i)
            reports.push_back(drawn(Price::from_raw(50), Price::from_raw(55), false));
        const auto quorum = *rc::gen::inRange<std::size_t>(1, count + 1);
        const auto first = median(reports, quorum);
        std::vector<PriceReport> others = reports;
        for (std::size_t i = count; i > 1; --i)
            std::swap(others[i - 1], others[*rc::gen::inRange<std::size_t>(0, i)]);
        RC_ASSERT(first.has_value());
        RC_ASSERT(same(*first, *median(others, quorum)));
    });
}
