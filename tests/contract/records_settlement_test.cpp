// plimsoll: tests/contract/records_settlement_test.cpp              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The records of how markets end: forth and back, refused where they contradict
// themselves, and what a record of the time before there was an end becomes.
#include "contract/records.hpp"
#include "engine/solvency/side_index.hpp"
#include "tests/support/any_values.hpp"
#include "tests/support/literals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <string>

using namespace plimsoll;
using namespace plimsoll::contract;

namespace {

using test::any_u64;

Price any_price()
{
    return Price::from_raw(
        static_cast<num::i128>(any_u64()) * static_cast<num::i128>(any_u64() % 5'000'000));
}

Settlements any_settlements()
{
    Settlements record;
    for (std::size_t i = any_u64() % (SETTLEMENTS_MAX + 1); i > 0; --i) {
        Settlement s;
        s.end = test::seconds(1'000'000 * i + any_u64() % 1'000'000);
        s.markets = static_cast<std::uint16_t>(1 + any_u64() % MARKETS_MAX);
        s.covered = test::seconds(any_u64() % (s.terms.window.raw() + 1));
        s.sum = any_price().raw() * static_cast<num::i128>(s.covered.raw());
        s.last = test::seconds(any_u64() % (s.end.raw() + 1));
        s.standing = any_price();
        s.chosen = any_price();
        RC_ASSERT(record.push(s));
    }
    return record;
}

/// A perpetual as it is listed.
MarketRecord good_market()
{
    MarketRecord record;
    MarketParams& params = record.market.params;
    params.lot = Quantity::from_units(1);
    params.fill_band = test::ratio("0.05");
    params.premium_max = test::ratio("0.01");
    params.premium_window = test::seconds(600);
    params.funding_window = test::seconds(600);
    params.open_interest_max = test::quantity("1");
    record.market.indexes = fresh_indexes();
    return record;
}

template <class Record>
bool refused(const Record& record)
{
    Record back;
    return decode(encode(record), back) == Error::corrupt_record;
}

}  // namespace

TEST_CASE("records: settlements come back from their bytes, and only from all of them")
{
    rc::prop("forth and back", [] {
        const std::string bytes = encode(any_settlements());
        Settlements back;
        RC_ASSERT(decode(bytes, back) == Error::ok);
        RC_ASSERT(encode(back) == bytes);
        Settlements cut;
        RC_ASSERT(decode(bytes.substr(0, bytes.size() - 1), cut) == Error::corrupt_record);
        RC_ASSERT(decode(bytes + '\0', cut) == Error::corrupt_record);
    });
    rc::prop("broken bytes are refused, or read one way", [] {
        std::string bytes = encode(any_settlements());
        for (int i = 0; i < 3; ++i)
            bytes[1 + any_u64() % (bytes.size() - 1)] = static_cast<char>(any_u64());
        Settlements back;
        if (decode(bytes, back) == Error::ok)
            RC_ASSERT(encode(back) == bytes);
    });
}

TEST_CASE("records: a closed market is settled and empty, and no other is")
{
    const auto market_with = [](const auto& change) {
        MarketRecord changed = good_market();
        change(changed.market);
        return refused(changed);
    };
    CHECK_FALSE(market_with([](Market&) {}));
    CHECK(market_with([](Market& m) { m.params.status = MarketStatus::closed; }));
    CHECK(market_with([](Market& m) { m.settled_at = test::seconds(1); }));
    const auto closed_with = [&](const auto& change) {
        return market_with([&](Market& m) {
            m.params.status = MarketStatus::closed;
            m.settled_at = test::seconds(1);
            change(m);
        });
    };
    CHECK_FALSE(closed_with([](Market&) {}));
    CHECK(closed_with([](Market& m) { m.indexes.open_interest = 1; }));
    CHECK(closed_with([](Market& m) { m.settlement = Price::from_raw(-1); }));
    CHECK(closed_with([](Market& m) { m.settlement = PRICE_MAX + Price::from_raw(1); }));
}

TEST_CASE(
    "records: a market that schema 2 had closed takes fills that reduce, until it is wound down")
{
    MarketRecord record = good_market();
    record.market.params.status = MarketStatus::closed;
    record.market.settled_at = test::seconds(1);
    std::string bytes = encode(record);
    // What has come since: two absent limits, three fields, absent fees.
    bytes.resize(bytes.size() - 2 - 8 - 8 - 16 - 1);
    bytes[0] = 2;
    MarketRecord back;
    REQUIRE(decode(bytes, back) == Error::ok);
    CHECK(back.market.params.status == MarketStatus::reduce_only);
    CHECK(back.market.settled_at == Seconds::zero());
    CHECK(back.market.settles_at == Seconds::zero());
    CHECK_FALSE(refused(back));
}

TEST_CASE("records: settlements that contradict themselves are refused")
{
    Settlement settlement;
    settlement.end = test::seconds(5'000);
    settlement.markets = 1;
    settlement.covered = test::seconds(10);
    settlement.sum = PRICE_MAX.raw() * 10;
    const auto settlement_with = [&](const auto& change) {
        Settlement changed = settlement;
        change(changed);
        Settlements record;
        CHECK(record.push(changed));
        return refused(record);
    };
    CHECK_FALSE(settlement_with([](Settlement&) {}));
    CHECK(settlement_with([](Settlement& s) { s.markets = 0; }));
    CHECK(settlement_with([](Settlement& s) { s.terms.window = test::seconds(59); }));
    CHECK(settlement_with([](Settlement& s) { s.covered = test::seconds(1'801); }));
    CHECK(settlement_with([](Settlement& s) { s.last = test::seconds(5'001); }));
    CHECK(settlement_with([](Settlement& s) { s.sum = -1; }));
    CHECK(settlement_with([](Settlement& s) { s.sum += 1; }));
    CHECK(settlement_with([](Settlement& s) { s.standing = Price::from_raw(-1); }));
    CHECK(settlement_with([](Settlement& s) { s.chosen = PRICE_MAX + Price::from_raw(1); }));
    Settlements twice_at_once;
    CHECK(twice_at_once.push(settlement));
    CHECK(twice_at_once.push(settlement));
    CHECK(refused(twice_at_once));
}
