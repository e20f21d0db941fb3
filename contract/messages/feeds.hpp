// plimsoll: contract/messages/feeds.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. Feeds that several sources report to: what governance sets, and who brings a price
// from another contract.
#pragma once

#include "contract/address.hpp"
#include "contract/bounded_text.hpp"
#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "contract/records.hpp"
#include "engine/model/feed.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/list.hpp"

#include <optional>
#include <string_view>

namespace plimsoll::contract {

/// Prices in one pull_prices: each asks a contract that may use as much gas as it likes.
inline constexpr std::size_t PULLS_MAX = 8;

namespace json {

template <>
struct Described<PythSource>
{
    static constexpr std::string_view NAME = "PythSource";
    static constexpr std::string_view DOC = "A contract that answers as Pyth's does.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&PythSource::contract>("contract", "its address"),
            field<&PythSource::feed_id>(
                "feed_id", "the price that it is asked for: 64 hexadecimal digits, a to f small"));
    }
};

}  // namespace json

namespace message {

using json::describe;
using json::field;
using json::NOT_NEGATIVE;
using json::or_default;

struct SetFeed
{
    UnderlyingId underlying;
    List<Address, FEED_PUBLISHERS_MAX> publishers;
    FeedParams params;
    std::optional<PythSource> pyth;

    static constexpr std::string_view NAME = "set_feed";
    static constexpr std::string_view DOC =
        "Says whose reports make the price of an underlying: their median, once there is a quorum. "
        "Without any source every publisher writes the price by itself, as before the first "
        "set_feed. Earlier reports are forgotten, the price stands. The sender holds the role "
        "governance.";
    static constexpr auto fields() noexcept
    {
        using M = SetFeed;
        using P = FeedParams;
        using J = JumpParams;
        return describe(field<&M::underlying>("underlying", "the underlying"),
            field<&M::publishers>(
                "publishers", "who reports; they hold the role publisher besides"),
            field<&M::params, &P::quorum>("quorum",
                "fresh reports without which the price does not move; required with a source",
                or_default()),
            field<&M::params, &P::report_max_age>("report_max_age_s",
                "an older report does not count; required with a source", or_default()),
            field<&M::params, &P::jump, &J::most>("jump_max",
                "a price further from the last by a greater factor, either way, is held back until "
                "it is confirmed; absent: none is",
                or_default(NOT_NEGATIVE)),
            field<&M::params, &P::jump, &J::wait>("jump_wait_s",
                "for so long it has to be confirmed, in seconds; required with jump_max, not "
                "allowed without",
                or_default()),
            field<&M::pyth>("pyth", "a contract as one more source; absent: none"));
    }
};

struct PullPrices
{
    List<UnderlyingId, PULLS_MAX> underlyings;

    static constexpr std::string_view NAME = "pull_prices";
    static constexpr std::string_view DOC =
        "Brings prices from the contracts that governance has named with set_feed. Anyone may "
        "send it.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&PullPrices::underlyings>(
            "underlyings", "those whose contracts are asked; each has one"));
    }
};

struct FeedQuery
{
    UnderlyingId underlying;

    static constexpr std::string_view NAME = "feed";
    static constexpr std::string_view DOC =
        "Where the price of an underlying comes from, what each source said last, and whether a "
        "price is held back.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&FeedQuery::underlying>("underlying", "the underlying"));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
