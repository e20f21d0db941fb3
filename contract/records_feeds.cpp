// plimsoll: contract/records_feeds.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the hall. See records.hpp. The records of feeds that several sources report to; a house in which each
// publisher writes prices by itself never has these records.
#include "contract/pyth.hpp"
#include "contract/record_walk.hpp"
#include "contract/records.hpp"

namespace plimsoll::contract {
namespace {

/// Far beyond any wait; it keeps sums of times in range.
constexpr Seconds TIME_MAX = Seconds::from_raw(std::uint64_t{1} << 62);

bool fit(Price price)
{
    return !price.is_negative() && price <= PRICE_MAX;
}

template <class Walk, class R>
bool fields_of_sources(Walk& w, R& r)
{
    auto& p = r.params;
    return w.list(r.publishers, [&](auto& address) { return w(address); }) &&
           w.group([&] { return !r.pyth.given(); },
               [&] { return w(r.pyth.contract) && w(r.pyth.feed_id); }) &&
           w(p.quorum) && w(p.report_max_age) &&
           w.group([&] { return p.jump.most.is_zero(); },
               [&] { return w(p.jump.most) && w(p.jump.wait); });
}

template <class Walk, class R>
bool fields_of_report(Walk& w, R& report)
{
    return w.group([&] { return report.price.is_zero(); },
        [&] {
            return w(report.price) && w(report.confidence) && w(report.published) &&
                   fit(report.price) && fit(report.confidence);
        });
}

template <class Walk, class R>
bool fields_of_reports(Walk& w, R& r)
{
    auto& j = r.jump;
    return w.list(r.reports, [&](auto& report) { return fields_of_report(w, report); }) &&
           w.group([&] { return j.blocked.is_zero(); },
               [&] {
                   return fields_of_report(w, j.pending) && w(j.since) && w(j.blocked) &&
                          w(j.trusted) && fit(j.trusted) && j.blocked < TIME_MAX;
               });
}

}  // namespace

std::string encode(const FeedSources& record)
{
    return encoded([&](auto& w) { return fields_of_sources(w, record); });
}
std::string encode(const FeedReports& record)
{
    return encoded([&](auto& w) { return fields_of_reports(w, record); });
}

Error decode(std::string_view bytes, FeedSources& out)
{
    const Error error = decoded(bytes, [&](auto& w) { return fields_of_sources(w, out); });
    if (error != Error::ok)
        return error;
    const bool fine = validate(out.params, out.count()) == Error::ok &&
                      (!out.pyth.given() || is_feed_id(out.pyth.feed_id.view()));
    return fine ? Error::ok : Error::corrupt_record;
}
Error decode(std::string_view bytes, FeedReports& out)
{
    return decoded(bytes, [&](auto& w) { return fields_of_reports(w, out); });
}

}  // namespace plimsoll::contract
