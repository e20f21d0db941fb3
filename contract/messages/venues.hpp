// plimsoll: contract/messages/venues.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. What venues and publishers say: trades and prices.
#pragma once

#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/model/surface.hpp"
#include "engine/units/units.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll::contract {

/// Fills in one settle_fills: two legs each.
inline constexpr std::size_t FILLS_MAX = 32;
/// Reports in one report_orders.
inline constexpr std::size_t REPORTS_MAX = 64;
/// Premiums in one push_prices.
inline constexpr std::size_t PREMIUMS_MAX = 64;
/// Surfaces in one push_prices.
inline constexpr std::size_t SURFACES_MAX = 16;

/// Which side of a fill took what the other offered.
enum class Taker : std::uint8_t
{
    buyer = 0,
    seller = 1,
};
inline constexpr std::array<std::string_view, 2> TAKER_NAMES = {"buyer", "seller"};

namespace json {

template <>
struct ShapeOf<Taker>
{
    static constexpr Shape make() noexcept
    {
        return detail::Choice<Taker>::make("Taker", TAKER_NAMES);
    }
};

template <>
struct Described<Svi>
{
    static constexpr std::string_view NAME = "Svi";
    static constexpr std::string_view DOC =
        "A smile: total variance a + b (rho (k - m) + root of ((k - m)^2 + sigma^2)) of the "
        "log-moneyness k.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Svi::a>("a", "level of total variance"),
            field<&Svi::b>("b", "slope of the wings", NOT_NEGATIVE),
            field<&Svi::rho>("rho", "tilt, from -1 to 1"),
            field<&Svi::m>("m", "where the smile turns"),
            field<&Svi::sigma>("sigma", "how round it is there", NOT_NEGATIVE),
            field<&Svi::forward>("forward", "the forward that k refers to", POSITIVE),
            field<&Svi::tau>("tau", "years to expiry when it was fitted", POSITIVE));
    }
};

}  // namespace json

namespace message {

using json::describe;
using json::field;
using json::NOT_NEGATIVE;
using json::or_default;
using json::POSITIVE;

struct Fill
{
    MarketId market;
    AccountId buyer;
    AccountId seller;
    Quantity base;
    Price price;
    std::optional<Taker> taker;
    std::optional<Seconds> ordered;

    static constexpr std::string_view NAME = "Fill";
    static constexpr std::string_view DOC = "One trade between two accounts.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Fill::market>("market", "the market"),
            field<&Fill::buyer>("buyer", "the account whose position rises"),
            field<&Fill::seller>("seller", "the account whose position falls"),
            field<&Fill::base>("base", "the size, a whole number of lots", POSITIVE),
            field<&Fill::price>("price", "quote for one unit of base", POSITIVE),
            field<&Fill::taker>(
                "taker", "who took, and pays the taker's fee; absent: both pay the maker's"),
            field<&Fill::ordered>("ordered",
                "seconds since 1970 at which the later of its orders was given; required where the "
                "market fills at the oracle's price"));
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

struct OrderReport
{
    AccountId account;
    MarketId market;
    Quantity bid;
    Quantity ask;

    static constexpr std::string_view NAME = "OrderReport";
    static constexpr std::string_view DOC = "What may still be filled for an account in a market.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&OrderReport::account>("account", "the account"),
            field<&OrderReport::market>("market", "the market"),
            field<&OrderReport::bid>("bid", "base that it may still buy", NOT_NEGATIVE),
            field<&OrderReport::ask>("ask", "base that it may still sell", NOT_NEGATIVE));
    }
};

struct ReportOrders
{
    std::uint64_t nonce = 0;
    List<OrderReport, REPORTS_MAX> orders;

    static constexpr std::string_view NAME = "report_orders";
    static constexpr std::string_view DOC =
        "Says what accounts have in a venue's books, in place of what was said before of the same "
        "account and market; it counts at initial margin as if it were filled in the worst way. An "
        "account whose orders grow must stay above initial margin. The sender holds the role "
        "venue, "
        "and the owners have delegated to it.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&ReportOrders::nonce>(
                            "nonce", "must be above the venue's last one, of fills or of orders"),
            field<&ReportOrders::orders>("orders", "the reports"));
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

struct SurfacePoint
{
    UnderlyingId underlying;
    ExpirySurface surface;

    static constexpr std::string_view NAME = "SurfacePoint";
    static constexpr std::string_view DOC = "What a publisher saw of one expiry of an underlying.";
    static constexpr auto fields() noexcept
    {
        using M = SurfacePoint;
        using S = ExpirySurface;
        return describe(field<&M::underlying>("underlying", "the underlying"),
            field<&M::surface, &S::expiry>("expiry", "seconds since 1970 of the expiry"),
            field<&M::surface, &S::published>("publish_time", "seconds since 1970"),
            field<&M::surface, &S::forward>("forward",
                "its price for that expiry; within a factor jump_max of the feed from its price",
                POSITIVE),
            field<&M::surface, &S::rate>("rate", "the interest rate a year, from -10 to 10"),
            field<&M::surface, &S::svi>("svi", "volatility by strike"),
            field<&M::surface, &S::forward_confidence>("forward_confidence",
                "how certain the forward is, 0 to 1; absent: 1", or_default(NOT_NEGATIVE)),
            field<&M::surface, &S::rate_confidence>("rate_confidence",
                "how certain the rate is, 0 to 1; absent: 1", or_default(NOT_NEGATIVE)),
            field<&M::surface, &S::vol_confidence>("vol_confidence",
                "how certain the volatility is, 0 to 1; absent: 1", or_default(NOT_NEGATIVE)));
    }
};

struct PushPrices
{
    List<PricePoint, UNDERLYINGS_MAX> prices;
    std::optional<List<PremiumPoint, PREMIUMS_MAX>> premiums;
    std::optional<List<SurfacePoint, SURFACES_MAX>> surfaces;

    static constexpr std::string_view NAME = "push_prices";
    static constexpr std::string_view DOC =
        "Publishes prices of underlyings, premiums of markets and surfaces of expiries: all of it "
        "or nothing. The sender holds the role publisher and, where the underlying's feed names "
        "publishers, is one of them.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&PushPrices::prices>("prices", "new prices of underlyings"),
            field<&PushPrices::premiums>(
                "premiums", "new premiums of perpetual markets; one that has ended is passed over"),
            field<&PushPrices::surfaces>("surfaces", "new surfaces of expiries"));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
