// plimsoll: tests/contract/records_feeds_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Stored records of feeds: what is written is what is read, and nothing else is read.
#include "contract/records.hpp"
#include "tests/support/any_values.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <rapidcheck/catch.h>
#include <string>

using namespace plimsoll;
using namespace plimsoll::contract;

namespace {

using test::any_bool;
using test::any_time;

Price any_price()
{
    return any_bool() ? PRICE_MAX : Price::from_raw(*rc::gen::inRange<std::int64_t>(1, INT64_MAX));
}

FeedSources any_sources()
{
    FeedSources record;
    for (std::size_t i = 1 + *rc::gen::inRange<std::size_t>(0, FEED_PUBLISHERS_MAX); i > 0; --i)
        RC_ASSERT(record.publishers.push(Address("address")));
    if (any_bool())
        record.pyth = {Address("address"), FeedId(std::string(64, 'e'))};
    record.params.quorum = 1;
    record.params.report_max_age = test::seconds(60);
    if (any_bool())
        record.params.jump = {test::ratio(any_bool() ? "1.05" : "100"), test::seconds(300)};
    return record;
}

PriceReport any_report()
{
    if (any_bool())
        return {};
    return {any_price(), any_price(), any_time()};
}

FeedReports any_reports()
{
    FeedReports record;
    for (std::size_t i = *rc::gen::inRange<std::size_t>(0, FEED_SOURCES_MAX + 1); i > 0; --i)
        RC_ASSERT(record.reports.push(any_report()));
    if (any_bool())
        record.jump = {
            any_report(), any_time(), Seconds::from_raw(1 + any_time().raw() / 8), any_price()};
    return record;
}

/// The record's bytes come back to themselves; shorter and longer ones are refused, and whatever else is taken is
/// written as it was read.
template <class Record>
void holds(const Record& record)
{
    const std::string bytes = encode(record);
    Record back;
    RC_ASSERT(decode(bytes, back) == Error::ok);
    RC_ASSERT(encode(back) == bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Record cut;
        RC_ASSERT(decode(std::string_view(bytes).substr(0, size), cut) == Error::corrupt_record);
    }
    Record longer;
    RC_ASSERT(decode(bytes + '\0', longer) == Error::corrupt_record);
    std::string broken = bytes;
    for (int i = 0; i < 3; ++i)
        broken[*rc::gen::inRange<std::size_t>(1, broken.size())] = *rc::gen::arbitrary<char>();
    Record odd;
    if (decode(broken, odd) == Error::ok)
        RC_ASSERT(encode(odd) == broken);
}

}  // namespace

TEST_CASE(
    "records: sources and reports of a feed come back from their bytes, and only from all of them")
{
    rc::prop("sources", [] { holds(any_sources()); });
    rc::prop("reports", [] { holds(any_reports()); });
}

TEST_CASE("records: a report, a confirmed price and a source out of range are refused")
{
    const auto refused = [](const auto& record) {
        auto back = record;
        return decode(encode(record), back) == Error::corrupt_record;
    };
    const Price beyond = PRICE_MAX + Price::from_raw(1);
    FeedReports reports;
    REQUIRE(reports.reports.push({PRICE_MAX, PRICE_MAX, test::seconds(1)}));
    reports.jump = {{}, {}, test::seconds(1), PRICE_MAX};
    CHECK_FALSE(refused(reports));
    FeedReports odd = reports;
    odd.reports[0].price = beyond;
    CHECK(refused(odd));
    odd = reports;
    odd.reports[0].confidence = -Price::from_raw(1);
    CHECK(refused(odd));
    odd = reports;
    odd.jump.trusted = beyond;
    CHECK(refused(odd));
    odd = reports;
    odd.jump.blocked = Seconds::from_raw(std::uint64_t{1} << 62);
    CHECK(refused(odd));

    FeedSources sources;
    sources.pyth = {Address("pyth"), FeedId(std::string(64, '0'))};
    sources.params = {1, test::seconds(60), {}};
    CHECK_FALSE(refused(sources));
    FeedSources none = sources;
    none.pyth = {};
    CHECK(refused(none));
    none = sources;
    none.pyth.feed_id = FeedId(std::string(64, 'E'));
    CHECK(refused(none));
    none = sources;
    none.params.quorum = 2;
    CHECK(refused(none));
}

TEST_CASE("records: prices of schema 2 have no price held back, and no clock")
{
    rc::prop("the older bytes are the newer ones without their end", [] {
        Prices record;
        record.count = *rc::gen::inRange<std::uint16_t>(0, UNDERLYINGS_MAX + 1);
        for (std::size_t i = 0; i < record.count; ++i)
            record.feeds[i] = {any_price(), any_price(), any_time(), Seconds::zero()};
        const std::string bytes = encode(record);
        // A byte a feed for what is held back, and one for the clock.
        std::string older = bytes.substr(0, bytes.size() - record.count - 1);
        older[0] = '\x02';
        Prices back;
        RC_ASSERT(decode(older, back) == Error::ok);
        RC_ASSERT(encode(back) == bytes);
    });
}
