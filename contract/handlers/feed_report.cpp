// plimsoll: contract/handlers/feed_report.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the hall. See feed_report.hpp. engine/oracle decides; here it is moved.
#include "contract/handlers/feed_report.hpp"

#include "engine/mutation.hpp"
#include "engine/oracle/jump.hpp"
#include "engine/oracle/median.hpp"

namespace plimsoll::contract {
namespace {

bool same(const FeedPrice& a, const FeedPrice& b)
{
    return a.price == b.price && a.confidence == b.confidence && a.published == b.published &&
           a.held_until == b.held_until;
}

void announce_held(Call& call, UnderlyingId id, const JumpState& jump, const FeedPrice& price)
{
    call.emit("price_held")
        .number("underlying", id.value)
        .decimal("price", jump.pending.price)
        .decimal("confidence", jump.pending.confidence)
        .number("publish_time", jump.pending.published.raw())
        .number("held_until", price.held_until.raw());
}

/// @pre the median is not older than the price that stands
Error move_price(Call& call, UnderlyingId id, const FeedSources& sources, JumpState& jump,
    const PriceReport& median)
{
    const Price stable = call.store.stable_price(id);
    if (call.store.error() != Error::ok)
        return call.missing("underlying", id.value);
    const FeedPrice standing = call.store.board().of(id);
    const Price pending = jump.pending.price;
    const FeedPrice price =
        judge_jump(jump, sources.params.jump, median, standing, stable, call.now());
    if (jump.pending.price.is_positive() && !(jump.pending.price == pending))
        announce_held(call, id, jump, price);
    if (same(price, standing))
        return Error::ok;
    if (!call.store.change_price(id, price))
        return call.missing("underlying", id.value);
    if (price.held_until.is_zero())
        announce_price(call, id, price);
    return Error::ok;
}

}  // namespace

void announce_price(Call& call, UnderlyingId id, const FeedPrice& price)
{
    call.emit("price")
        .number("underlying", id.value)
        .decimal("price", price.price)
        .decimal("confidence", price.confidence)
        .number("publish_time", price.published.raw());
}

Error take_report(Call& call, UnderlyingId id, std::size_t source, const PriceReport& report)
{
    const FeedSources* sources = call.store.feed_sources(id);
    FeedReports* reports = call.store.change_reports(id);
    if (sources == nullptr || reports == nullptr)
        return call.missing("underlying", id.value);
    PriceReport& last = reports->reports[source];
    if (GUARD("o1-order", report.published > call.now() ||
                              (last.price.is_positive() && report.published <= last.published)))
        return call.fail(Error::publish_time, "underlying", id.value);
    last = report;
    call.emit("price_reported")
        .number("underlying", id.value)
        .number("source", source)
        .decimal("price", report.price)
        .decimal("confidence", report.confidence)
        .number("publish_time", report.published.raw());
    const std::optional<PriceReport> median =
        median_of({reports->reports.begin(), reports->reports.end()}, sources->params.quorum,
            sources->params.report_max_age, call.now());
    const FeedPrice& standing = call.store.board().of(id);
    if (!median || GUARD("o1-goes-back",
                       standing.price.is_positive() && median->published < standing.published))
        return Error::ok;
    return move_price(call, id, *sources, reports->jump, *median);
}

}  // namespace plimsoll::contract
