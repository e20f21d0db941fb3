// plimsoll: tests/contract/records_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Stored records: what is written is what is read, and nothing else is read.
#include "contract/records.hpp"

#include "engine/solvency/side_index.hpp"
#include "tests/support/any_values.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/params.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <rapidcheck/catch.h>
#include <set>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::contract;
using namespace plimsoll::test;

namespace {

MarketRecord any_market()
{
    MarketRecord record;
    record.symbol = any_text<Symbol>();
    Market& m = record.market;
    m.params.underlying = UnderlyingId{below(UNDERLYINGS_MAX)};
    m.params.status = static_cast<MarketStatus>(below(MARKET_STATUS_NAMES.size()));
    m.params.lot = any_of(Quantity::from_raw(1), Quantity::from_units(1'000'000));
    m.params.fill_band = test::ratio("0.05");
    m.params.kind = static_cast<MarketKind>(below(3));
    if (m.params.kind == MarketKind::perpetual) {
        m.params.premium_max = test::ratio("0.2");
        m.params.premium_window = test::seconds(600);
        m.params.funding_window = test::seconds(28'800);
        m.params.funding_cap = any_of(Rate::zero(), Rate::one());
    } else {
        m.params.expiry = test::seconds(1 + any_u64() / 2);
    }
    if (m.params.kind == MarketKind::option) {
        m.params.strike = any_of(Price::zero(), PRICE_MAX);
        m.params.type = static_cast<OptionType>(below(2));
    }
    m.params.open_interest_max = any_of(Quantity::zero(), QUANTITY_MAX);
    m.params.loss_cap = any_of(Ratio::zero(), test::ratio("0.5"));
    if (any_bool()) {
        m.params.maker_fee = any_of(Ratio::zero(), test::ratio("0.005"));
        m.params.taker_fee = test::ratio("0.005");
    }
    m.params.fill_at_oracle = any_bool();
    if (any_bool()) {
        m.params.liquidation_max = any_of(Money::zero(), MONEY_MAX);
        m.sold = {any_of(Money::zero(), MONEY_MAX), any_time()};
        m.insured = {any_of(Money::zero(), MONEY_MAX), any_time()};
    }
    if (any_bool())
        m.params.insurance_cap = any_of(Money::zero(), MONEY_MAX);
    m.indexes.open_interest = any_raw(0, QUANTITY_MAX.raw());
    for (SideIndex& side : m.indexes.sides)
        side = SideIndex{
            any_a(), any_k(), static_cast<std::uint32_t>(any_u64()), any_raw(0, 1'000'000'000)};
    m.premium = any_of(-PRICE_MAX, PRICE_MAX);
    m.premium_time = any_time();
    m.funding_time = any_time();
    m.loss_window_start = any_time();
    m.loss_in_window = any_of(Price::zero(), PRICE_MAX);
    m.paid_out = any_money();
    m.settles_at = any_time();
    if (m.closed()) {
        m.settled_at = test::seconds(1 + any_u64() / 2);
        m.settlement = any_of(Price::zero(), PRICE_MAX);
        m.indexes.open_interest = 0;
    }
    return record;
}

Delegation any_delegation()
{
    Delegation delegation;
    delegation.venue = any_text<Address>();
    delegation.expires = any_time();
    DelegationLimits& limits = delegation.limits;
    limits.notional_max = any_of(Money::zero(), MONEY_MAX - Money::one());
    limits.loss_max = any_of(Money::zero(), MONEY_MAX);
    limits.fee_max = any_share();
    for (std::uint64_t i = any_u64() % (DELEGATION_MARKETS_MAX + 1); i > 0; --i)
        RC_ASSERT(limits.markets.push(MarketId{static_cast<std::uint16_t>(any_u64())}));
    delegation.use = {test::seconds(1 + any_u64() % 2'000'000'000),
        any_of(Money::zero(), limits.notional_max), any_of(Money::zero(), limits.loss_max)};
    return delegation;
}

AccountRecord any_account()
{
    AccountRecord record;
    record.owner = any_text<Address>();
    for (std::size_t i = any_u64() % (DELEGATIONS_MAX + 1); i > 0; --i)
        RC_ASSERT(record.delegations.push(any_delegation()));
    Account& a = record.account;
    a.cash = any_money();
    a.nonce = any_u64();
    a.flag = Flag{any_u64() % 2 == 0, any_time(), any_time(), any_time(), any_time(),
        any_of(Money::zero(), MONEY_MAX)};
    for (std::size_t i = any_u64() % (OWED_LOSSES_MAX + 1); i > 0; --i)
        RC_ASSERT(a.owed_losses.push({MarketId{static_cast<std::uint16_t>(i)},
            any_bool() ? any_of(Money::from_raw(1), MONEY_MAX)
                       : any_of(-MONEY_MAX, Money::from_raw(-1)),
            any_bool()}));
    for (std::size_t i = any_u64() % (COUNTERPARTIES_MAX + 1); i > 0; --i)
        RC_ASSERT(a.counterparties.push({AccountId{any_u64()}, any_time()}));
    for (std::size_t i = any_u64() % (COLLATERALS_MAX + 1); i > 0; --i)
        RC_ASSERT(a.collaterals.push({AssetId{static_cast<std::uint16_t>(i)}, any_tokens()}));
    for (std::size_t i = any_u64() % (POSITIONS_MAX + 1); i > 0; --i)
        RC_ASSERT(a.positions.push({MarketId{static_cast<std::uint16_t>(i)},
            any_of(-QUANTITY_MAX, QUANTITY_MAX), any_money(), any_a(), any_k(),
            static_cast<std::uint32_t>(any_u64()), any_money()}));
    if (any_bool())
        a.mode = MarginMode::portfolio;
    for (std::size_t i = any_u64() % (ORDERS_MAX + 1); i > 0; --i)
        RC_ASSERT(a.orders.push({MarketId{static_cast<std::uint16_t>(i)},
            any_of(Quantity::from_raw(1), QUANTITY_MAX), any_of(Quantity::zero(), QUANTITY_MAX)}));
    return record;
}

PortfolioParams any_portfolio()
{
    PortfolioParams record = test::default_portfolio();
    while (record.scenarios.size() < 22 + any_u64() % (SCENARIOS_MAX - 21))
        RC_ASSERT(record.scenarios.push(Scenario{any_of(Ratio::from_raw(1), SCENARIO_SPOT_MAX),
            VolShock::up, any_of(Ratio::from_raw(1), Ratio::one())}));
    record.vol_shock.min_vol_up = any_share();
    record.skew_shock.vol_slope = any_of(test::ratio("-10"), test::ratio("10"));
    record.basis.add = any_share();
    record.discount.long_base = test::ratio("1");
    record.depeg = {any_share(), any_share()};
    return record;
}

Surfaces any_surfaces()
{
    Surfaces record;
    std::uint64_t expiry = 0;
    for (std::size_t i = any_u64() % (EXPIRIES_MAX + 1); i > 0; --i) {
        ExpirySurface surface;
        surface.expiry = test::seconds(expiry += 1 + any_u64() % 1'000'000);
        surface.published = any_time();
        surface.forward = any_of(Price::from_raw(1), PRICE_MAX);
        surface.rate = any_of(test::ratio("-10"), test::ratio("10"));
        surface.svi = {test::ratio("0.01"), any_share(), test::ratio("-0.3"), test::ratio("0.05"),
            any_share(), any_of(Price::from_raw(1), PRICE_MAX), test::ratio("0.25")};
        if (any_bool())
            surface.forward_confidence = any_share();
        if (any_bool())
            surface.vol_confidence = any_share();
        RC_ASSERT(record.push(surface));
    }
    return record;
}

Correlation any_correlation()
{
    Correlation record;
    record.max_relief = any_share();
    for (std::size_t i = any_u64() % (2 * Correlation::PAIRS); i > 0; --i) {
        CorrelationPair& pair = record.pairs[any_u64() % Correlation::PAIRS];
        pair.low = any_of(-Ratio::one(), Ratio::one());
        pair.high = pair.low;
        pair.known = true;
        pair.own_band = any_bool();
        pair.band = any_share();
    }
    record.set_band(any_share());
    return record;
}

VolatilityTrack any_track()
{
    return any_bool() ? VolatilityTrack{}
                      : VolatilityTrack{any_of(Price::from_raw(1), PRICE_MAX),
                            any_of(Ratio::zero(), Ratio::from_units(2'500))};
}

Limited any_limited()
{
    return any_bool() ? Limited{}
                      : Limited{any_share(), any_share(), test::seconds(1 + any_u64() / 2)};
}

Observed any_observed()
{
    Observed record;
    record.state.instant = any_time();
    record.state.sweep = any_time();
    record.state.cursor = static_cast<std::uint16_t>(any_u64() % (PAIRS_MAX + 1));
    record.underlyings = static_cast<std::uint16_t>(any_u64() % (UNDERLYINGS_MAX + 1));
    record.assets = static_cast<std::uint16_t>(any_u64() % (ASSETS_MAX + 1));
    for (std::size_t i = 0; i < record.underlyings; ++i) {
        UnderlyingVolatility& u = record.state.underlyings[i];
        u.fine = any_track();
        u.coarse = any_track();
        if (any_bool()) {
            u.live = 1 + static_cast<std::uint32_t>(any_u64() % 1'440);
            u.move = any_of(Ratio::from_units(-100), Ratio::from_units(100));
            u.sampled = any_share();
        }
        record.ranges[i] = any_limited();
    }
    for (std::size_t i = 0; i < record.assets; ++i)
        record.haircuts[i] = any_limited();
    return record;
}

ObservedPairs any_pairs()
{
    ObservedPairs record;
    for (PairCorrelation& pair : record.pairs)
        if (any_bool()) {
            pair.started = true;
            pair.covariance = any_of(Ratio::from_units(-2'500), Ratio::from_units(2'500));
            pair.stepped_e4 =
                static_cast<std::int16_t>(static_cast<int>(any_u64() % 20'001) - 10'000);
            pair.slow_e4 = static_cast<std::int16_t>(static_cast<int>(any_u64() % 20'001) - 10'000);
            pair.slow_moved = any_time();
        }
    return record;
}

StablePrices any_stable()
{
    StablePrices record;
    record.count = static_cast<std::uint16_t>(any_u64() % (UNDERLYINGS_MAX + 1));
    for (std::size_t i = 0; i < record.count; ++i) {
        if (any_bool())
            continue;
        StablePrice& stable = record.prices[i];
        stable.price = any_of(Price::from_raw(1), PRICE_MAX);
        stable.time = any_time();
        stable.summed = test::seconds(any_u64() % 86'401);
        stable.sum = PRICE_MAX.raw() * static_cast<num::i128>(stable.summed.raw());
        stable.latest = static_cast<std::uint8_t>(any_u64() % STABLE_DELAYS);
        stable.delays[stable.oldest()] = any_of(Price::from_raw(1), PRICE_MAX);
    }
    return record;
}

StableDelays any_delays()
{
    StableDelays record;
    for (Price& delay : record.delays)
        delay = any_of(Price::from_raw(1), PRICE_MAX);
    return record;
}

Config any_config()
{
    Config record;
    record.liquidation = {test::ratio("0.1"), test::ratio("0"), test::ratio("0.2"),
        test::ratio("0.5"), test::ratio("0.05"), test::seconds(300), test::seconds(1'500),
        test::seconds(3'600), test::money("100"), any_of(Money::zero(), test::money("1000000000")),
        any_of(Money::zero(), MONEY_MAX), {}};
    if (any_bool())
        record.liquidation.pace = {test::seconds(600), any_of(Money::zero(), MONEY_MAX),
            test::seconds(300), test::seconds(60)};
    record.oracle = {
        test::seconds(60), test::seconds(300), test::seconds(3'600), test::ratio("0.02")};
    if (any_bool())
        record.oracle.shock_after = record.oracle.failed_after;
    if (any_bool()) {
        record.oracle.longest_block = test::seconds(10);
        record.oracle.gap_min = test::seconds(60);
        record.oracle.grace_max = test::seconds(600);
    }
    if (any_bool()) {
        record.observation.volatility = {test::seconds(300), test::ratio("0.99"), test::ratio("4"),
            test::ratio("0.6"), test::ratio("0.1"), test::ratio("5"), test::seconds(3'600)};
        record.observation.limiter.per_hour = test::ratio("0.01");
        if (any_bool())
            record.observation.correlation = {
                test::ratio("0.1"), test::ratio("0.02"), test::seconds(3'600)};
    }
    if (any_bool())
        record.observation.stable_price = {
            test::seconds(3'600), test::ratio("0.06"), test::ratio("0.15")};
    if (any_bool())
        record.quote_feed = UnderlyingId{0};
    record.settlement = {test::seconds(600), any_of(test::ratio("0.1"), test::ratio("0.9")),
        test::seconds(7'200), test::ratio("0.2")};
    record.pauses.actions = static_cast<std::uint32_t>(any_u64());
    record.pauses.until[any_u64() % PAUSE_ACTIONS] = test::seconds(any_u64() % 2'000'000'000);
    record.governance = {test::seconds(any_bool() ? 0 : 86'400), test::seconds(86'400),
        test::seconds(20'000 + any_u64() % 80'000)};
    record.governors = below(1'000);
    record.proposals = any_u64();
    record.market_count = below(MARKETS_MAX + 1);
    for (std::size_t i = 1 + any_u64() % UNDERLYINGS_MAX; i > 0; --i) {
        ListedUnderlying listed;
        listed.symbol = any_text<Symbol>();
        listed.settles_from = any_time();
        listed.has_scenarios = any_bool();
        listed.has_feed = any_bool();
        if (listed.has_scenarios && any_bool()) {
            listed.widening = {
                test::ratio("3"), test::seconds(86'400), test::ratio("3"), test::ratio("2")};
            listed.listed_range = any_share();
        }
        listed.params.standard.fraction = {test::ratio("0.1"), test::ratio("0.05")};
        listed.params.profit = {any_share(), any_of(Money::zero(), MONEY_MAX)};
        StandardParams& standard = listed.params.standard;
        if (any_bool())
            standard.size_reference = any_of(Money::one(), MONEY_MAX);
        if (any_bool())
            standard.size_sqrt_coefficient = any_share();
        if (any_bool()) {
            standard.open_interest_lower = any_of(Money::zero(), MONEY_MAX - Money::one());
            standard.open_interest_upper = MONEY_MAX;
        }
        if (any_bool())
            standard.confidence = {any_share(), any_share()};
        if (any_bool())
            standard.depeg = {any_share(), any_share()};
        if (any_bool())
            standard.option = test::default_short_option();
        RC_ASSERT(record.underlyings.push(listed));
    }
    for (std::size_t i = 1 + any_u64() % ASSETS_MAX; i > 0; --i) {
        ListedAsset listed;
        listed.denom = any_text<Denom>();
        listed.symbol = any_text<Symbol>();
        listed.params.underlying = UnderlyingId{below(record.underlyings.size())};
        listed.params.decimals = static_cast<std::uint8_t>(below(19));
        listed.params.initial_haircut = Ratio::one();
        listed.params.maintenance_haircut = any_share();
        listed.params.risk_cancelling = any_bool();
        if (any_bool())
            listed.params.pool_start = any_of(Quantity::zero(), QUANTITY_MAX);
        if (any_bool())
            listed.params.size_discount = any_share();
        if (any_bool()) {
            listed.params.volatility = {test::ratio("3"), test::seconds(3'600), any_share()};
        }
        if (any_bool())
            listed.params.confidence = {any_share(), any_share()};
        RC_ASSERT(record.assets.push(listed));
    }
    return record;
}

House any_house()
{
    House record;
    record.insurance.balance = any_of(Money::zero(), MONEY_MAX);
    record.insurance.open_deficit = any_of(Money::zero(), MONEY_MAX);
    record.insurance.sold = {any_of(Money::zero(), MONEY_MAX), any_time()};
    record.insurance.advanced = any_of(Money::zero(), MONEY_MAX);
    for (std::size_t i = any_u64() % (ASSETS_MAX + 1); i > 0; --i) {
        record.held[below(ASSETS_MAX)] = any_tokens();
        record.insurance.inventory[below(ASSETS_MAX)] = any_tokens();
    }
    return record;
}

Prices any_prices()
{
    Prices record;
    record.count = below(UNDERLYINGS_MAX + 1);
    for (std::size_t i = 0; i < record.count; ++i)
        record.feeds[i] = {any_of(Price::zero(), PRICE_MAX), any_of(Price::zero(), PRICE_MAX),
            any_time(), any_bool() ? any_time() : Seconds::zero()};
    if (any_bool())
        record.clock = {any_time(), any_u64(), {any_time(), any_time(), any_time()}};
    return record;
}

/// The record's bytes come back to themselves; no other length and no other schema is taken.
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
    for (const char schema : {'\0', '\x01', '\x04', '\xff'}) {
        Record other;
        RC_ASSERT(decode(schema + bytes.substr(1), other) == Error::unsupported_schema);
    }
}

/// Whatever the bytes are, decoding ends, and what it takes is written the same way again, if it was of this
/// schema, or read the same way again, if it was of an older one.
template <class Record>
void survives(std::string bytes)
{
    if (bytes.empty())
        return;
    for (int i = 0; i < 3; ++i)
        bytes[any_u64() % bytes.size()] = static_cast<char>(any_u64());
    Record record;
    if (decode(bytes, record) != Error::ok)
        return;
    if (bytes[0] == SCHEMA)
        RC_ASSERT(encode(record) == bytes);
    Record again;
    RC_ASSERT(decode(encode(record), again) == Error::ok);
    RC_ASSERT(encode(again) == encode(record));
}

}  // namespace

TEST_CASE("records: every record comes back from its bytes, and only from all of them")
{
    rc::prop("config", [] { holds(any_config()); });
    rc::prop("counters", [] { holds(Counters{any_u64(), any_u64()}); });
    rc::prop("house", [] { holds(any_house()); });
    rc::prop("prices", [] { holds(any_prices()); });
    rc::prop("market", [] { holds(any_market()); });
    rc::prop("epoch", [] { holds(EpochRecord{any_raw(0, INDEX_ONE), any_k()}); });
    rc::prop("account", [] { holds(any_account()); });
    rc::prop("portfolio risk", [] { holds(any_portfolio()); });
    rc::prop("surfaces", [] { holds(any_surfaces()); });
    rc::prop("correlation", [] { holds(any_correlation()); });
    rc::prop("observed", [] { holds(any_observed()); });
    rc::prop("pairs", [] { holds(any_pairs()); });
    rc::prop("stable prices", [] { holds(any_stable()); });
    rc::prop("delay prices", [] { holds(any_delays()); });
    rc::prop("role", [] {
        holds(RoleRecord{static_cast<std::uint32_t>(any_u64()), any_u64(),
            static_cast<std::uint32_t>(any_u64())});
    });
}

TEST_CASE("records: broken bytes are refused or are another good record, never read two ways")
{
    rc::prop("config", [] { survives<Config>(encode(any_config())); });
    rc::prop("house", [] { survives<House>(encode(any_house())); });
    rc::prop("prices", [] { survives<Prices>(encode(any_prices())); });
    rc::prop("market", [] { survives<MarketRecord>(encode(any_market())); });
    rc::prop("account", [] { survives<AccountRecord>(encode(any_account())); });
    rc::prop("portfolio risk", [] { survives<PortfolioParams>(encode(any_portfolio())); });
    rc::prop("surfaces", [] { survives<Surfaces>(encode(any_surfaces())); });
    rc::prop("correlation", [] { survives<Correlation>(encode(any_correlation())); });
    rc::prop("observed", [] { survives<Observed>(encode(any_observed())); });
    rc::prop("pairs", [] { survives<ObservedPairs>(encode(any_pairs())); });
    rc::prop("stable prices", [] { survives<StablePrices>(encode(any_stable())); });
    rc::prop("delay prices", [] { survives<StableDelays>(encode(any_delays())); });
}

TEST_CASE("records: values out of their range are refused, so that nothing further in doubts them")
{
    const auto refused = [](const auto& record) {
        auto back = record;
        return decode(encode(record), back) == Error::corrupt_record;
    };
    MarketRecord market;
    MarketParams& params = market.market.params;
    params.lot = test::quantity("0.001");
    params.fill_band = test::ratio("0.05");
    params.premium_max = test::ratio("0.01");
    params.premium_window = test::seconds(600);
    params.funding_window = test::seconds(600);
    params.open_interest_max = test::quantity("1");
    market.market.indexes = fresh_indexes();
    CHECK_FALSE(refused(market));
    const auto market_with = [&](const auto& change) {
        MarketRecord changed = market;
        change(changed.market);
        return refused(changed);
    };
    CHECK(market_with([](Market& m) { m.params.lot = Quantity::zero(); }));
    CHECK(market_with([](Market& m) { m.params.underlying = UnderlyingId{32}; }));
    CHECK(market_with([](Market& m) { m.indexes.open_interest = -1; }));
    CHECK(market_with([](Market& m) { m.indexes.sides[0].a = 0; }));
    CHECK(market_with([](Market& m) { m.indexes.sides[1].a = INDEX_ONE + 1; }));
    CHECK(market_with([](Market& m) { m.indexes.sides[1].k = INDEX_K_LIMIT + 1; }));
    CHECK(market_with([](Market& m) { m.indexes.sides[0].dust = -1; }));
    CHECK(market_with([](Market& m) { m.premium = PRICE_MAX + Price::from_raw(1); }));

    AccountRecord account;
    CHECK_FALSE(refused(account));
    AccountRecord odd = account;
    REQUIRE(odd.account.positions.push({MarketId{MARKETS_MAX}, {}, {}, INDEX_ONE, 0, 0, {}}));
    CHECK(refused(odd));
    odd = account;
    REQUIRE(odd.account.positions.push({MarketId{0}, {}, {}, 0, 0, 0, {}}));
    CHECK(refused(odd));
    for (const num::i128 k : {INDEX_K_LIMIT + 1, -INDEX_K_LIMIT - 1}) {
        odd = account;
        REQUIRE(odd.account.positions.push({MarketId{0}, {}, {}, INDEX_ONE, k, 0, {}}));
        CHECK(refused(odd));
    }
    odd = account;
    REQUIRE(odd.account.collaterals.push({AssetId{32}, TokenAmount::from_raw(1)}));
    CHECK(refused(odd));
    odd = account;
    REQUIRE(odd.account.collaterals.push({AssetId{1}, TokenAmount::from_raw(num::I128_MAX)}));
    CHECK(refused(odd));

    const OpenOrder order{MarketId{1}, test::quantity("1"), Quantity::zero()};
    for (const OpenOrder bad : {OpenOrder{MarketId{MARKETS_MAX}, order.bid, order.ask},
             OpenOrder{MarketId{0}, -order.bid, order.bid},
             OpenOrder{MarketId{0}, QUANTITY_MAX + order.bid, order.ask},
             OpenOrder{MarketId{0}, {}, {}}, order}) {
        odd = account;
        REQUIRE(odd.account.orders.push(order));
        CHECK_FALSE(refused(odd));
        REQUIRE(odd.account.orders.push(bad));
        CHECK(refused(odd));
    }

    House house;
    house.insurance.balance = Money::from_raw(-1);
    CHECK(refused(house));
    house = {};
    house.insurance.open_deficit = Money::from_raw(-1);
    CHECK(refused(house));
    house = {};
    house.insurance.advanced = Money::from_raw(-1);
    CHECK(refused(house));
    // The same asset twice would be read one way and written another.
    std::string twice = encode(House{});
    twice[33] = 2;
    for (int i = 0; i < 2; ++i)
        twice += std::string("\x03\0", 2) + std::string(32, '\x01');
    House back;
    CHECK(decode(twice, back) == Error::corrupt_record);
}

TEST_CASE("records: no two things share a key, and keys of one kind sort by number")
{
    std::set<std::string> keys{config_key(), counters_key(), house_key(), prices_key(),
        correlation_key(), observed_key(), stable_key()};
    std::size_t count = keys.size();
    CHECK(count == 7);
    std::string last;
    const auto next = [&](const std::string& key) {
        CHECK(last < key);
        CHECK(keys.insert(key).second);
        last = key;
    };
    for (std::uint16_t id = 0; id < 300; ++id)
        next(market_key(MarketId{id}));
    last.clear();
    for (std::uint16_t id = 0; id < UNDERLYINGS_MAX; ++id)
        next(feed_key(UnderlyingId{id}));
    last.clear();
    for (std::uint16_t id = 0; id < UNDERLYINGS_MAX; ++id)
        next(reports_key(UnderlyingId{id}));
    last.clear();
    for (std::uint16_t id = 0; id < UNDERLYINGS_MAX; ++id)
        next(risk_key(UnderlyingId{id}));
    last.clear();
    for (std::uint16_t id = 0; id < UNDERLYINGS_MAX; ++id)
        next(surface_key(UnderlyingId{id}));
    last.clear();
    for (std::uint16_t id = 0; id < UNDERLYINGS_MAX; ++id)
        next(delays_key(UnderlyingId{id}));
    last.clear();
    for (std::uint16_t id = 0; id < UNDERLYINGS_MAX; ++id)
        next(settlements_key(UnderlyingId{id}));
    last.clear();
    for (std::uint16_t group = 0; group < PAIR_RECORDS_MAX; ++group)
        next(pairs_key(group));
    last.clear();
    for (std::uint64_t id = 1; id < 1'000'000'000'000'000'000; id *= 3)
        next(account_key(AccountId{id}));
    last.clear();
    for (std::uint16_t id = 0; id < 3; ++id)
        for (const Side side : {Side::long_side, Side::short_side})
            for (const std::uint32_t number : {0U, 1U, 255U, 256U, 70'000U, 4'294'967'295U})
                next(epoch_key(MarketId{id}, side, number));
    last.clear();
    for (const std::string address : {"a", "aa", "ab", "b", "config"})
        next(role_key(address));
    // No key begins another kind's key: the length of the kind stands first.
    CHECK(config_key()[0] == 6);
    CHECK(role_key("x") == std::string("\x04rolex"));
    CHECK(account_key(AccountId{258}) == std::string("\x07"
                                                     "account\0\0\0\0\0\0\x01\x02",
                                             16));
}
