// plimsoll: contract/queries/markets.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall. Queries about markets: parameters, prices, and the state of every index.
#include "contract/queries.hpp"

namespace plimsoll::contract {
namespace {

using json::member;

void write_side(json::Writer& json, std::string_view name, const SideIndex& side)
{
    json.key(name);
    json.begin_object();
    // 27 decimals do not fit the decimal form of units: raw integers, as in the formulas.
    json.key("a_e27");
    json.tokens(side.a);
    json.key("k_e27");
    json.tokens(side.k);
    json.key("epoch");
    json.integer(side.epoch);
    json.key("dust");
    json.decimal(side.dust);
    json.end_object();
}

/// What only a perpetual has.
void write_perpetual(json::Writer& json, const Market& market)
{
    const MarketParams& params = market.params;
    member(json, "premium_max", params.premium_max);
    member(json, "premium_window_s", params.premium_window);
    member(json, "funding_window_s", params.funding_window);
    member(json, "funding_cap", params.funding_cap);
    member(json, "premium", market.premium);
    member(json, "funding_time", market.funding_time);
}

Error write_market(QueryCall& query, Scene& scene, MarketId id)
{
    if (!query.call.store.stage(scene, id))
        return query.call.missing("market", id.value);
    const MarketRecord* record = query.call.store.market(id);
    const Market& market = record->market;
    const MarketParams& params = market.params;
    const Price index = query.call.store.board().of(params.underlying).price;
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "market", id);
    member(json, "symbol", record->symbol);
    member(json, "underlying", params.underlying);
    member(json, "kind", params.kind);
    member(json, "status", market.status_at(query.call.now()));
    member(json, "lot", params.lot);
    member(json, "fill_band", params.fill_band);
    member(json, "open_interest_max", params.open_interest_max);
    member(json, "liquidation_max", params.liquidation_max);
    member(json, "insurance_cap", params.insurance_cap);
    member(json, "loss_cap", params.loss_cap);
    member(json, "maker_fee", params.maker_fee);
    member(json, "taker_fee", params.taker_fee);
    member(json, "fill_at_oracle", params.fill_at_oracle);
    if (!index.is_zero()) {
        member(json, "index", index);
        member(json, "mark", scene.mark(id));
    }
    if (params.kind == MarketKind::perpetual)
        write_perpetual(json, market);
    else
        member(json, "expiry", params.expiry);
    if (params.kind == MarketKind::perpetual && !market.settles_at.is_zero())
        member(json, "settles_at", market.settles_at);
    if (market.closed()) {
        member(json, "settled_at", market.settled_at);
        member(json, "settlement", market.settlement);
    }
    if (params.kind == MarketKind::option) {
        member(json, "strike", params.strike);
        member(json, "option_type", params.type);
    }
    json.key("open_interest");
    json.decimal(market.indexes.open_interest);
    write_side(json, "long", market.indexes.of(Side::long_side));
    write_side(json, "short", market.indexes.of(Side::short_side));
    json.end_object();
    return Error::ok;
}

}  // namespace

Error answer(QueryCall& query, const message::MarketQuery& message)
{
    Scene scene = query.call.store.scene();
    return write_market(query, scene, message.market);
}

Error answer(QueryCall& query, const message::MarketsQuery& message)
{
    const std::uint32_t count = query.call.store.config().market_count;
    std::uint32_t next = message.cursor ? message.cursor->value : 0;
    const std::uint32_t limit = message.limit ? *message.limit : MARKETS_LIMIT_MAX;
    const std::uint32_t end = next < count && limit < count - next ? next + limit : count;
    Scene scene = query.call.store.scene();
    query.json.begin_object();
    query.json.key("markets");
    query.json.begin_array();
    for (; next < end; ++next) {
        const MarketId id{static_cast<std::uint16_t>(next)};  // below MARKETS_MAX
        if (const Error error = write_market(query, scene, id); error != Error::ok)
            return error;
    }
    query.json.end_array();
    write_next(query.json, end, count);
    query.json.end_object();
    return Error::ok;
}

}  // namespace plimsoll::contract
