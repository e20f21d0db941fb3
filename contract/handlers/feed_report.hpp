// plimsoll: contract/handlers/feed_report.hpp                       SPDX-License-Identifier: Apache-2.0
// Room: the hall. What a report does to its feed, whoever brings it.
// Promises: the price's publish time never goes back; below the quorum nothing but the report changes.
#pragma once

#include "contract/call.hpp"

#include <cstddef>

namespace plimsoll::contract {

void announce_price(Call& call, UnderlyingId id, const FeedPrice& price);

/// Stores the report of one source, and moves the price to the median if it may. publish_time for a report of the
/// future, or not after the source's last one. @pre store.feed_sources(id) has answered, and has that source; what is
/// observed has taken in the price that stands
[[nodiscard]] Error take_report(
    Call& call, UnderlyingId id, std::size_t source, const PriceReport& report);

}  // namespace plimsoll::contract
