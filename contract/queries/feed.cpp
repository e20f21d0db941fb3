// plimsoll: contract/queries/feed.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the hall. Queries about prices: what they are, what they are good for, where they come from.
#include "contract/queries.hpp"

namespace plimsoll::contract {
namespace {

using json::member;

/// A price and what it is good for; nothing but the tier of one that was never published.
void write_price(QueryCall& query, UnderlyingId id)
{
    json::Writer& json = query.json;
    const Store& store = query.call.store;
    const FeedPrice& feed = store.board().of(id);
    member(json, "underlying", id);
    if (feed.price.is_positive()) {
        member(json, "price", feed.price);
        member(json, "confidence", feed.confidence);
        member(json, "publish_time", feed.published);
    }
    json.key("tier");
    json.text(TIER_NAMES[static_cast<std::size_t>(
        tier_of(feed, query.call.now(), store.config().oracle))]);
    if (!feed.held_until.is_zero())
        member(json, "held_until", feed.held_until);
}

void write_grace(QueryCall& query)
{
    const Grace& grace = query.call.store.grace();
    if (grace.holds(query.call.now()))
        member(query.json, "grace_until", grace.until);
}

void write_report(json::Writer& json, const PriceReport& report)
{
    if (report.price.is_zero())
        return;
    member(json, "price", report.price);
    member(json, "confidence", report.confidence);
    member(json, "publish_time", report.published);
}

void write_sources(QueryCall& query, const FeedSources& sources, const FeedReports& reports)
{
    json::Writer& json = query.json;
    member(json, "quorum", sources.params.quorum);
    member(json, "report_max_age_s", sources.params.report_max_age);
    if (sources.params.jump.most.is_positive()) {
        member(json, "jump_max", sources.params.jump.most);
        member(json, "jump_wait_s", sources.params.jump.wait);
    }
    json.key("sources");
    json.begin_array();
    for (std::size_t i = 0; i < reports.reports.size(); ++i) {
        json.begin_object();
        if (i < sources.publishers.size())
            member(json, "publisher", sources.publishers[i]);
        else
            member(json, "pyth", sources.pyth);
        write_report(json, reports.reports[i]);
        json.end_object();
    }
    json.end_array();
    const JumpState& jump = reports.jump;
    if (jump.pending.price.is_positive()) {
        json.key("pending");
        json.begin_object();
        write_report(json, jump.pending);
        member(json, "since", jump.since);
        json.end_object();
    }
    if (jump.trusted.is_positive())
        member(json, "trusted", jump.trusted);
}

}  // namespace

Error answer(QueryCall& query, const message::PricesQuery&)
{
    json::Writer& json = query.json;
    json.begin_object();
    json.key("prices");
    json.begin_array();
    for (std::uint16_t id = 0; id < query.call.store.config().underlyings.size(); ++id) {
        if (query.call.store.board().of(UnderlyingId{id}).price.is_zero())
            continue;
        json.begin_object();
        write_price(query, UnderlyingId{id});
        json.end_object();
    }
    json.end_array();
    write_grace(query);
    member(json, "time", query.call.now());
    json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::FeedQuery& message)
{
    Store& store = query.call.store;
    const UnderlyingId id = message.underlying;
    if (id.value >= store.config().underlyings.size())
        return query.call.fail(Error::no_such_underlying, "underlying", id.value);
    json::Writer& json = query.json;
    json.begin_object();
    write_price(query, id);
    if (store.config().underlyings[id.value].has_feed) {
        const FeedSources* sources = store.feed_sources(id);
        const FeedReports* reports = sources == nullptr ? nullptr : store.reports(id);
        if (reports == nullptr)
            return query.call.missing("underlying", id.value);
        write_sources(query, *sources, *reports);
    }
    write_grace(query);
    member(json, "time", query.call.now());
    json.end_object();
    return Error::ok;
}

}  // namespace plimsoll::contract
