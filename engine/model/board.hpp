// plimsoll: engine/model/board.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. All prices at one instant.
#pragma once

#include "engine/model/ids.hpp"
#include "engine/model/limits.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// The last published price of one underlying. A price of zero means: never published.
struct FeedPrice
{
    Price price;
    Price confidence;  ///< Half-width of the publisher's band.
    Seconds published;
    Seconds
        held_until{};  ///< A newer price has jumped and is held back; it may block sales until then. Zero: none.
};

struct Board
{
    Seconds now;
    FeedPrice feeds[UNDERLYINGS_MAX];

    [[nodiscard]] constexpr const FeedPrice& of(UnderlyingId id) const noexcept
    {
        CHECK(id.value < UNDERLYINGS_MAX);
        return feeds[id.value];
    }
};

}  // namespace plimsoll
