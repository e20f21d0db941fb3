// plimsoll: contract/handlers/push_prices.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the hall. What publishers saw: prices of underlyings, how far markets trade from them, and the
// surfaces of expiries.
#include "contract/handlers.hpp"
#include "contract/handlers/feed_report.hpp"
#include "engine/mutation.hpp"
#include "engine/oracle/jump.hpp"
#include "engine/oracle/mark.hpp"
#include "engine/pricing/surface.hpp"

namespace plimsoll::contract {
namespace {

/// Which of the feed's publishers the sender is; their number if it is none.
std::size_t place_of(const FeedSources& sources, const Address& sender)
{
    std::size_t i = 0;
    while (i < sources.publishers.size() && !(sources.publishers[i] == sender))
        ++i;
    return i;
}

/// What a publisher says of a feed that has several sources, of which it must be one.
Error push_report(Call& call, const message::PricePoint& point)
{
    const FeedSources* sources = call.store.feed_sources(point.underlying);
    if (sources == nullptr)
        return call.missing("underlying", point.underlying.value);
    const std::size_t place = place_of(*sources, call.sender);
    if (place == sources->publishers.size())
        return call.fail(Error::unauthorized, "underlying", point.underlying.value);
    return take_report(call, point.underlying, place,
        PriceReport{point.price, point.confidence, point.publish_time});
}

/// What is said beside a price is said by those who say the price, where a feed names them. `most` is how far that
/// feed lets a price jump; zero: any way, or there is no feed.
Error beside_feed(Call& call, UnderlyingId id, Ratio& most)
{
    most = Ratio::zero();
    if (!call.store.config().underlyings[id.value].has_feed)
        return Error::ok;
    const FeedSources* sources = call.store.feed_sources(id);
    if (sources == nullptr)
        return call.missing("underlying", id.value);
    if (GUARD("o7-named", !sources->publishers.empty() &&
                              place_of(*sources, call.sender) == sources->publishers.size()))
        return call.fail(Error::unauthorized, "underlying", id.value);
    most = sources->params.jump.most;
    return Error::ok;
}

Error push_price(Call& call, const message::PricePoint& point)
{
    const std::uint16_t id = point.underlying.value;
    if (id >= call.store.config().underlyings.size())
        return call.fail(Error::no_such_underlying, "underlying", id);
    if (call.store.config().underlyings[id].has_feed)
        return push_report(call, point);
    const FeedPrice& last = call.store.board().of(point.underlying);
    if (point.publish_time > call.now() ||
        (!last.price.is_zero() && point.publish_time <= last.published))
        return call.fail(Error::publish_time, "underlying", id);
    const FeedPrice price{point.price, point.confidence, point.publish_time, Seconds::zero()};
    if (!call.store.change_price(point.underlying, price))
        return call.missing("underlying", id);
    announce_price(call, point.underlying, price);
    return Error::ok;
}

Error push_premium(Call& call, const message::PremiumPoint& point)
{
    // The old premium is paid up to now before the new one starts to count.
    MarketRecord* record = nullptr;
    if (const Error error = call.open_market(point.market, record); error != Error::ok)
        return error;
    Market& market = record->market;
    if (market.params.kind != MarketKind::perpetual)
        return call.fail(Error::not_perpetual, "market", point.market.value);
    Ratio most;
    if (const Error error = beside_feed(call, market.params.underlying, most); error != Error::ok)
        return error;
    // What has ended owes no more funding. It is passed over: what comes with it need not wait.
    if (GUARD("g5-late-premium", market.closed() || market.ended(call.now())))
        return Error::ok;
    const Price index = call.store.board().of(market.params.underlying).price;
    if (const Error error = usable(call.store.board().of(market.params.underlying), call.now(),
            call.store.config().oracle, PriceUse::premium);
        error != Error::ok)
        return call.fail(error, "market", point.market.value);
    observe_premium(market, point.premium, index, call.now());
    call.emit("premium")
        .number("market", point.market.value)
        .decimal("premium", market.premium)
        .decimal("mark", mark_price(market, index));
    return Error::ok;
}

/// Takes out of a full list a surface by which nothing is valued: of the expiries that have passed, which stand first,
/// or else of those that no market settles at. Otherwise whoever may push could fill it for ever.
Error make_room(Call& call, UnderlyingId underlying, Surfaces& surfaces)
{
    if (surfaces[0].expiry <= call.now()) {
        surfaces.erase(0);
        return Error::ok;
    }
    const Settlements* settlements = call.store.settlements(underlying);
    if (settlements == nullptr)
        return call.missing("underlying", underlying.value);
    for (std::size_t i = surfaces.size(); i-- > 0;)
        if (GUARD("o7-room", settlement_at(*settlements, surfaces[i].expiry) == nullptr)) {
            surfaces.erase(i);
            return Error::ok;
        }
    return call.fail(Error::too_many_expiries, "underlying", underlying.value);
}

/// Puts a surface where its expiry stands or belongs.
Error place(Call& call, UnderlyingId underlying, Surfaces& surfaces, const ExpirySurface& surface)
{
    for (ExpirySurface& standing : surfaces)
        if (standing.expiry == surface.expiry) {
            standing = surface;
            return Error::ok;
        }
    if (surfaces.full())
        if (const Error error = make_room(call, underlying, surfaces); error != Error::ok)
            return error;
    CHECK(surfaces.push(surface));
    for (std::size_t i = surfaces.size() - 1; i > 0 && surface.expiry < surfaces[i - 1].expiry;
        --i) {
        surfaces[i] = surfaces[i - 1];
        surfaces[i - 1] = surface;
    }
    return Error::ok;
}

/// No further from the index than the feed lets a price jump.
Error check_forward(Call& call, UnderlyingId id, Price forward, Ratio most)
{
    if (most.is_zero())
        return Error::ok;
    const Price index = call.store.board().of(id).price;
    if (!index.is_positive())
        return call.fail(Error::no_price, "underlying", id.value);
    if (GUARD("o7-forward", !within_factor(forward, index, most)))
        return call.fail(Error::out_of_range, "forward");
    return Error::ok;
}

Error push_surface(Call& call, const message::SurfacePoint& point)
{
    const std::uint16_t id = point.underlying.value;
    const ExpirySurface& surface = point.surface;
    Surfaces* surfaces = call.store.change_surfaces(point.underlying);
    if (surfaces == nullptr)
        return call.missing("underlying", id);
    Ratio most;
    if (const Error error = beside_feed(call, point.underlying, most); error != Error::ok)
        return error;
    if (surface.expiry <= call.now())
        return call.fail(Error::expired, "expiry");
    const ExpirySurface* last = surface_at(*surfaces, surface.expiry);
    if (surface.published > call.now() || (last != nullptr && surface.published <= last->published))
        return call.fail(Error::publish_time, "underlying", id);
    if (const Error error = pricing::validate(surface); error != Error::ok)
        return call.fail(error, "underlying", id);
    if (const Error error = check_forward(call, point.underlying, surface.forward, most);
        error != Error::ok)
        return error;
    if (const Error error = place(call, point.underlying, *surfaces, surface); error != Error::ok)
        return error;
    call.emit("surface")
        .number("underlying", id)
        .number("expiry", surface.expiry.raw())
        .decimal("forward", surface.forward)
        .number("publish_time", surface.published.raw());
    return Error::ok;
}

}  // namespace

Error handle(Call& call, const message::PushPrices& message)
{
    if (const Error error = call.require_unpaused(pause::PUSH_PRICES); error != Error::ok)
        return error;
    if (const Error error = call.require_role(role::PUBLISHER); error != Error::ok)
        return error;
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    if (message.prices.empty() && (!message.premiums || message.premiums->empty()) &&
        (!message.surfaces || message.surfaces->empty()))
        return call.fail(Error::nothing_to_do, "prices");
    // The old prices have been seen up to now; the new ones are from now on.
    if (!message.prices.empty() && !call.store.change_observed())
        return call.fail(call.store.error(), "observed");
    for (const message::PricePoint& point : message.prices)
        if (const Error error = push_price(call, point); error != Error::ok)
            return error;
    if (message.premiums)
        for (const message::PremiumPoint& point : *message.premiums)
            if (const Error error = push_premium(call, point); error != Error::ok)
                return error;
    if (message.surfaces)
        for (const message::SurfacePoint& point : *message.surfaces)
            if (const Error error = push_surface(call, point); error != Error::ok)
                return error;
    return Error::ok;
}

}  // namespace plimsoll::contract
