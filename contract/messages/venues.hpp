// plimsoll: contract/messages/venues.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. What venues and publishers say: trades and prices.
#pragma once

#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/units/units.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll::contract {

/// Fills in one settle_fills: two legs each.
inline constexpr std::size_t FILLS_MAX = 32;

namespace message {

using json::describe;
using json::field;
using json::NOT_NEGATIVE;
using json::POSITIVE;

struct Fill
{
    MarketId market;
    AccountId buyer;
    AccountId seller;
    Quantity base;
    Price price;

    static constexpr std::string_view NAME = "Fill";
    static constexpr std::string_view DOC = "One trade between two accounts.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Fill::market>("market", "the market"),
            field<&Fill::buyer>("buyer", "the account whose position rises"),
            field<&Fill::seller>("seller", "the account whose position falls"),
            field<&Fill::base>("base", "the size, a whole number of lots", POSITIVE),
            field<&Fill::price>("price", "quote for one unit of base", POSITIVE));
    }
};

struct SettleFills
{
    std::uint64_t nonce = 0;
    List<Fill, FILLS_MAX> fills;

    static constexpr std::string_view NAME = "settle_fills";
    static constexpr std::string_view DOC =
        "Settles trades that a venue has matched: all of them or none. The sender holds the role "
        "venue, and both owners of each fill have delegated to it.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SettleFills::nonce>("nonce", "must be above the venue's last one"),
            field<&SettleFills::fills>("fills", "the trades, settled in this order"));
    }
};

struct PricePoint
{
    UnderlyingId underlying;
    Price price;
    Price confidence;
    Seconds publish_time;

    static constexpr std::string_view NAME = "PricePoint";
    static constexpr std::string_view DOC = "What a publisher saw of one underlying.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&PricePoint::underlying>("underlying", "the underlying"),
            field<&PricePoint::price>("price", "its price in quote", POSITIVE),
            field<&PricePoint::confidence>(
                "confidence", "half-width of the band around the price", NOT_NEGATIVE),
            field<&PricePoint::publish_time>("publish_time", "seconds since 1970"));
    }
};

struct PremiumPoint
{
    MarketId market;
    Price premium;

    static constexpr std::string_view NAME = "PremiumPoint";
    static constexpr std::string_view DOC = "How far a market trades from its index.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&PremiumPoint::market>("market", "the market"),
            field<&PremiumPoint::premium>(
                "premium", "the market's price less its index, in quote; may be negative"));
    }
};

struct PushPrices
{
    List<PricePoint, UNDERLYINGS_MAX> prices;
    std::optional<List<PremiumPoint, MARKETS_MAX>> premiums;

    static constexpr std::string_view NAME = "push_prices";
    static constexpr std::string_view DOC =
        "Publishes prices of underlyings and premiums of markets. The sender holds the role "
        "publisher.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&PushPrices::prices>("prices", "new prices of underlyings"),
            field<&PushPrices::premiums>("premiums", "new premiums of markets"));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
