// plimsoll: contract/queries/margin.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall. Queries about portfolio margin: scenarios, correlation, surfaces.
#include "contract/queries.hpp"
#include "engine/oracle/volatility.hpp"

namespace plimsoll::contract {
namespace {

using json::member;

void write_hull(json::Writer& json, std::string_view name, const CorrelationPair& pair)
{
    json.key(name);
    json.begin_object();
    member(json, "low", pair.low);
    member(json, "high", pair.high);
    json.end_object();
}

void write_pair(json::Writer& json, std::size_t a, std::size_t b, const CorrelationPair& governed,
    const PerLevel<const Correlation*>& in_force, bool observed)
{
    json.begin_object();
    json.key("a");
    json.integer(a);
    json.key("b");
    json.integer(b);
    member(json, "rho", governed.low);
    if (observed) {
        write_hull(json, "initial", in_force.initial->of(a, b));
        write_hull(json, "maintenance", in_force.maintenance->of(a, b));
    }
    member(json, "band", governed.band);
    json.end_object();
}

void write_surface(json::Writer& json, const ExpirySurface& surface)
{
    json.begin_object();
    member(json, "expiry", surface.expiry);
    member(json, "publish_time", surface.published);
    member(json, "forward", surface.forward);
    member(json, "forward_confidence", surface.forward_confidence);
    member(json, "rate", surface.rate);
    member(json, "rate_confidence", surface.rate_confidence);
    member(json, "svi", surface.svi);
    member(json, "vol_confidence", surface.vol_confidence);
    json.end_object();
}

}  // namespace

Error answer(QueryCall& query, const message::PortfolioRiskQuery& message)
{
    const PortfolioParams* params = query.call.store.portfolio(message.underlying);
    if (params == nullptr)
        return query.call.missing("underlying", message.underlying.value);
    const auto said = std::make_unique<message::SetPortfolioRisk>();
    said->underlying = message.underlying;
    said->params = *params;
    if (const WideningParams& widening =
            query.call.store.config().underlyings[message.underlying.value].widening;
        widening.given())
        said->widening = widening;
    json::write(query.json, *said);
    return Error::ok;
}

Error answer(QueryCall& query, const message::CorrelationQuery& message)
{
    const Correlation* correlation = query.call.store.correlation();
    const PerLevel<const Correlation*>& in_force = query.call.store.correlations();
    if (correlation == nullptr || in_force.initial == nullptr)
        return query.call.fail(query.call.store.error(), "correlation");
    const bool observed = query.call.store.config().observation.correlation.given();
    const std::uint32_t first = message.cursor ? *message.cursor : 0;
    const std::uint32_t limit = message.limit ? *message.limit : PAIRS_LIMIT_MAX;
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "band", correlation->band);
    member(json, "max_relief", correlation->max_relief);
    json.key("pairs");
    json.begin_array();
    std::uint32_t known = 0;
    std::uint32_t end = first;
    for (std::size_t b = 1; b < UNDERLYINGS_MAX; ++b)
        for (std::size_t a = 0; a < b; ++a) {
            const CorrelationPair& pair = correlation->of(a, b);
            if (!pair.known)
                continue;
            if (known >= first && known - first < limit) {
                write_pair(json, a, b, pair, in_force, observed);
                end = known + 1;
            }
            ++known;
        }
    json.end_array();
    write_next(json, end, known);
    json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::ObservedQuery& message)
{
    Store& store = query.call.store;
    const UnderlyingId id = message.underlying;
    if (id.value >= store.config().underlyings.size())
        return query.call.fail(Error::no_such_underlying, "underlying", id.value);
    const Observed* observed = store.observed();
    if (store.error() != Error::ok)
        return query.call.fail(store.error(), "observed");
    const Price stable = store.stable_price(id);
    if (store.error() != Error::ok)
        return query.call.missing("underlying", id.value);
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "underlying", id);
    if (observed != nullptr)
        member(json, "volatility",
            volatility_ceil(observed->state, store.config().observation.volatility, id));
    if (stable.is_positive())
        member(json, "stable_price", stable);
    if (observed != nullptr && store.config().underlyings[id.value].widening.given()) {
        const Widening widening = store.widening(id);
        member(json, "range_factor", widening.factor);
        member(json, "initial_scale", widening.initial_scale);
    }
    member(json, "time", query.call.now());
    json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::SurfaceQuery& message)
{
    const Surfaces* surfaces = query.call.store.surfaces(message.underlying);
    if (surfaces == nullptr)
        return query.call.missing("underlying", message.underlying.value);
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "underlying", message.underlying);
    json.key("surfaces");
    json.begin_array();
    for (const ExpirySurface& surface : *surfaces)
        write_surface(json, surface);
    json.end_array();
    member(json, "time", query.call.now());
    json.end_object();
    return Error::ok;
}

}  // namespace plimsoll::contract
