// plimsoll: contract/queries/house.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the hall. Queries about the house: parameters, assets, prices, insurance, totals.
#include "contract/queries.hpp"

namespace plimsoll::contract {
namespace {

using json::member;

/// What the quote has none of.
void write_rules(json::Writer& json, const Asset& asset)
{
    member(json, "deposit_cap", asset.deposit_cap);
    member(json, "risk_cancelling", asset.risk_cancelling);
    if (asset.pool_start.is_positive())
        member(json, "pool_start", asset.pool_start);
    if (asset.size_discount.is_positive())
        member(json, "size_discount", asset.size_discount);
    if (asset.volatility.given()) {
        member(json, "volatility_multiple", asset.volatility.multiple);
        member(json, "horizon_s", asset.volatility.horizon);
        member(json, "volatility_cap", asset.volatility.maintenance_cap);
    }
    if (asset.confidence.factor.is_positive())
        member(json, "confidence", asset.confidence);
}

void write_asset(json::Writer& json, std::uint16_t id, const ListedAsset& asset, const House& house,
    const PerLevel<Ratio>& volatility_haircut)
{
    json.begin_object();
    member(json, "asset", AssetId{id});
    member(json, "denom", asset.denom);
    member(json, "symbol", asset.symbol);
    member(json, "decimals", asset.params.decimals);
    if (id != 0)
        member(json, "underlying", asset.params.underlying);
    member(json, "initial_haircut", asset.params.initial_haircut);
    member(json, "maintenance_haircut", asset.params.maintenance_haircut);
    if (id != 0)
        write_rules(json, asset.params);
    if (volatility_haircut.initial.is_positive())
        member(json, "volatility_haircut", volatility_haircut);
    member(json, "held", house.held[id]);
    member(json, "inventory", house.insurance.inventory[id]);
    json.end_object();
}

/// What is not observed is left out.
void write_observation(json::Writer& json, const Config& config)
{
    const ObservationParams& params = config.observation;
    if (params.volatility.given()) {
        member(json, "volatility", params.volatility);
        member(json, "maintenance_per_hour", params.limiter.per_hour);
    }
    if (params.correlation.given())
        member(json, "correlation", params.correlation);
    if (params.stable_price.given())
        member(json, "stable_price", params.stable_price);
    if (!(config.quote_feed == NO_QUOTE_FEED))
        member(json, "quote_feed", config.quote_feed);
}

void write_settlement(json::Writer& json, const SettlementParams& params)
{
    json.key("settlement");
    json.begin_object();
    member(json, "window_s", params.window);
    member(json, "coverage", params.coverage);
    member(json, "wait_s", params.wait);
    member(json, "price_bound", params.price_bound);
    json.end_object();
}

void write_underlying(
    json::Writer& json, std::uint16_t id, const ListedUnderlying& underlying, const FeedPrice& feed)
{
    json.begin_object();
    member(json, "underlying", UnderlyingId{id});
    member(json, "symbol", underlying.symbol);
    member(json, "initial_fraction", underlying.params.standard.fraction.initial);
    member(json, "maintenance_fraction", underlying.params.standard.fraction.maintenance);
    member(json, "profit_weight", underlying.params.profit.weight);
    if (underlying.params.profit.cap < MONEY_MAX)
        member(json, "profit_cap", underlying.params.profit.cap);
    const StandardParams& standard = underlying.params.standard;
    if (standard.size_sqrt_coefficient.is_positive() ||
        standard.size_linear_coefficient.is_positive() ||
        standard.open_interest_upper.is_positive())
        member(json, "scaling", standard);
    if (standard.confidence.factor.is_positive())
        member(json, "confidence_rule", standard.confidence);
    if (standard.depeg.factor.is_positive())
        member(json, "depeg", standard.depeg);
    if (standard.option.given())
        member(json, "option", standard.option);
    if (!feed.price.is_zero()) {
        member(json, "price", feed.price);
        member(json, "confidence", feed.confidence);
        member(json, "publish_time", feed.published);
    }
    json.end_object();
}

}  // namespace

Error answer(QueryCall& query, const message::ConfigQuery&)
{
    const Config& config = query.call.store.config();
    json::Writer& json = query.json;
    json.begin_object();
    json.key("quote");
    json.begin_object();
    member(json, "denom", config.assets[0].denom);
    member(json, "symbol", config.assets[0].symbol);
    member(json, "decimals", config.assets[0].params.decimals);
    json.end_object();
    member(json, "liquidation", config.liquidation);
    member(json, "oracle", config.oracle);
    write_settlement(json, config.settlement);
    write_observation(json, config);
    member(json, "paused", config.pauses.in_force(query.call.now()));
    member(json, "timelock_s", config.governance.timelock);
    member(json, "pause_max_s", config.governance.pause_max);
    member(json, "pause_cool_s", config.governance.pause_cool);
    json.key("paused_until");
    json.begin_array();
    for (const Seconds until : config.pauses.until)
        json.integer(until.raw());
    json.end_array();
    json.key("governors");
    json.integer(config.governors);
    json.key("proposals");
    json.integer(config.proposals);
    json.key("assets");
    json.integer(config.assets.size());
    json.key("underlyings");
    json.integer(config.underlyings.size());
    json.key("markets");
    json.integer(config.market_count);
    json.key("accounts");
    json.integer(query.call.store.accounts());
    json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::RolesQuery& message)
{
    const RoleRecord* record = query.call.store.role(message.address);
    if (record == nullptr)
        return query.call.fail(query.call.store.error(), "address");
    query.json.begin_object();
    member(query.json, "address", message.address);
    member(query.json, "roles", record->roles);
    member(query.json, "nonce", record->nonce);
    if (record->offered != 0)
        member(query.json, "offered", record->offered);
    query.json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::AssetQuery& message)
{
    const Config& config = query.call.store.config();
    const std::uint16_t id = message.asset.value;
    if (id >= config.assets.size())
        return query.call.fail(Error::no_such_asset, "asset", id);
    const House* house = query.call.store.house();
    if (house == nullptr)
        return query.call.fail(query.call.store.error(), "house");
    static_cast<void>(query.call.store.observed());
    if (query.call.store.error() != Error::ok)
        return query.call.fail(query.call.store.error(), "observed");
    write_asset(query.json, id, config.assets[id], *house,
        query.call.store.volatility_haircut(message.asset));
    return Error::ok;
}

Error answer(QueryCall& query, const message::UnderlyingQuery& message)
{
    const Config& config = query.call.store.config();
    const std::uint16_t id = message.underlying.value;
    if (id >= config.underlyings.size())
        return query.call.fail(Error::no_such_underlying, "underlying", id);
    write_underlying(
        query.json, id, config.underlyings[id], query.call.store.board().of(message.underlying));
    return Error::ok;
}

Error answer(QueryCall& query, const message::InsuranceQuery&)
{
    const House* house = query.call.store.house();
    if (house == nullptr)
        return query.call.fail(query.call.store.error(), "house");
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "balance", house->insurance.balance);
    member(json, "open_deficit", house->insurance.open_deficit);
    json.key("inventory");
    json.begin_array();
    for (std::uint16_t id = 0; id < ASSETS_MAX; ++id) {
        if (house->insurance.inventory[id].is_zero())
            continue;
        json.begin_object();
        member(json, "asset", AssetId{id});
        member(json, "amount", house->insurance.inventory[id]);
        json.end_object();
    }
    json.end_array();
    member(json, "advanced", house->insurance.advanced);
    member(json, "inventory_worth", query.call.store.gated_worth_floor(house->insurance));
    const Result<Money> suppliers =
        query.call.store.inventory_worth(house->insurance, InventoryUse::suppliers);
    if (!suppliers)
        return query.call.fail(suppliers.error(), "stable");
    const Result<InventoryWorth> stakers = query.call.store.inventory_worth(house->insurance);
    if (!stakers)
        return query.call.fail(stakers.error(), "stable");
    member(json, "worth_to_suppliers", *suppliers);
    member(json, "worth_to_join", stakers->index_ceil);
    member(json, "worth_to_leave", stakers->resale_floor);
    const Staking& staking = house->staking;
    if (staking.shares > 0 || query.call.store.config().cash.staking.given()) {
        json.key("shares");
        json.tokens(staking.shares);
        json.key("epoch");
        json.integer(staking.epoch);
        member(json, "expected_deficits", staking.expected_deficits);
    }
    json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::StateQuery&)
{
    const House* house = query.call.store.house();
    if (house == nullptr)
        return query.call.fail(query.call.store.error(), "house");
    const Config& config = query.call.store.config();
    json::Writer& json = query.json;
    json.begin_object();
    json.key("accounts");
    json.integer(query.call.store.accounts());
    json.key("events");
    json.integer(query.call.store.events());
    member(json, "insurance", house->insurance.balance);
    member(json, "open_deficit", house->insurance.open_deficit);
    const CashPool* pool = query.call.store.cash_pool();
    if (query.call.store.error() != Error::ok)
        return query.call.fail(query.call.store.error(), "cash");
    if (pool != nullptr) {
        member(json, "reserve", pool->reserve);
        json.key("cash_residue");
        json.decimal(pool->residue.raw());
    }
    json.key("assets");
    json.begin_array();
    for (std::uint16_t id = 0; id < config.assets.size(); ++id) {
        json.begin_object();
        member(json, "asset", AssetId{id});
        member(json, "held", house->held[id]);
        member(json, "inventory", house->insurance.inventory[id]);
        json.end_object();
    }
    json.end_array();
    json.key("markets");
    json.begin_array();
    for (std::uint16_t id = 0; id < config.market_count; ++id) {
        const MarketRecord* record = query.call.store.market(MarketId{id});
        if (record == nullptr)
            return query.call.missing("market", id);
        json.begin_object();
        member(json, "market", MarketId{id});
        json.key("open_interest");
        json.decimal(record->market.indexes.open_interest);
        member(json, "paid_out", record->market.paid_out);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return Error::ok;
}

}  // namespace plimsoll::contract
