// plimsoll: engine/model/feed.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. A feed that several sources report to: its rules, what each has said, and a price
// that has jumped and waits to be confirmed.
#pragma once

#include "engine/units/units.hpp"

#include <cstddef>
#include <cstdint>

namespace plimsoll {

/// Publishers of one feed, and a price contract besides.
inline constexpr std::size_t FEED_PUBLISHERS_MAX = 7;
inline constexpr std::size_t FEED_SOURCES_MAX = FEED_PUBLISHERS_MAX + 1;

/// When a new price is held back.
struct JumpParams
{
    Ratio most;    ///< Further from the reference by a greater factor, either way; zero: never.
    Seconds wait;  ///< So long it must be confirmed, and for so long it may block sales.
};

struct FeedParams
{
    std::uint8_t quorum = 0;  ///< Fresh reports without which the feed does not move.
    Seconds report_max_age;   ///< Older reports do not count.
    JumpParams jump;
};

/// What one source last said. A price of zero: nothing yet.
struct PriceReport
{
    Price price;
    Price confidence;
    Seconds published;
};

/// A price that is held back, and what is known of earlier ones. A time of zero: never.
struct JumpState
{
    PriceReport pending;  ///< The first that jumped; later ones confirm it. A price of zero: none.
    Seconds since;        ///< When it first appeared.
    Seconds blocked;      ///< When the last wait that may block sales began.
    Price trusted;  ///< Was confirmed, and the stable price has not come near it yet; zero: none.
};

}  // namespace plimsoll
