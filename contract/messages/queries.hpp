// plimsoll: contract/messages/queries.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. What can be asked.
#pragma once

#include "contract/address.hpp"
#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/ids.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll::contract {

/// Greatest `limit` of the liquidatable query.
inline constexpr std::uint32_t LIQUIDATABLE_LIMIT_MAX = 100;
/// Of the accounts query: how many accounts are looked at.
inline constexpr std::uint32_t ACCOUNTS_LIMIT_MAX = 100;
/// Of the markets query: no page is longer.
inline constexpr std::uint32_t MARKETS_LIMIT_MAX = 1'024;
/// Of the correlation query.
inline constexpr std::uint32_t PAIRS_LIMIT_MAX = 496;

namespace message {

using json::describe;
using json::field;
using json::from_one_to;
using json::POSITIVE;

struct ConfigQuery
{
    static constexpr std::string_view NAME = "config";
    static constexpr std::string_view DOC = "The parameters, the quote token and what is paused.";
    static constexpr auto fields() noexcept { return describe(); }
};

struct RolesQuery
{
    Address address;

    static constexpr std::string_view NAME = "roles";
    static constexpr std::string_view DOC = "The roles of an address.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&RolesQuery::address>("address", "the address"));
    }
};

struct AccountQuery
{
    AccountId account;

    static constexpr std::string_view NAME = "account";
    static constexpr std::string_view DOC =
        "Mode, cash, collateral, positions, open orders and delegations.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&AccountQuery::account>("account", "the account"));
    }
};

struct HealthQuery
{
    AccountId account;

    static constexpr std::string_view NAME = "health";
    static constexpr std::string_view DOC =
        "Equity, initial and maintenance health, and the stage of the auction.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&HealthQuery::account>("account", "the account"));
    }
};

struct LiquidatableQuery
{
    AccountId cursor;
    std::uint32_t limit = 0;

    static constexpr std::string_view NAME = "liquidatable";
    static constexpr std::string_view DOC = "Accounts below maintenance margin, page by page.";
    static constexpr auto fields() noexcept
    {
        return describe(
            field<&LiquidatableQuery::cursor>(
                "cursor", "look at accounts from this number on; 0 first, then the answer's next"),
            field<&LiquidatableQuery::limit>(
                "limit", "the most accounts to look at", from_one_to(LIQUIDATABLE_LIMIT_MAX)));
    }
};

struct AccountsQuery
{
    Address owner;
    AccountId cursor;
    std::uint32_t limit = 0;

    static constexpr std::string_view NAME = "accounts";
    static constexpr std::string_view DOC = "The accounts that an address owns, page by page.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&AccountsQuery::owner>("owner", "the address"),
            field<&AccountsQuery::cursor>(
                "cursor", "look at accounts from this number on; 0 first, then the answer's next"),
            field<&AccountsQuery::limit>(
                "limit", "the most accounts to look at", from_one_to(ACCOUNTS_LIMIT_MAX)));
    }
};

struct PreviewLiquidationQuery
{
    AccountId account;
    std::optional<MarketId> market;
    Quantity base_max;

    static constexpr std::string_view NAME = "preview_liquidation";
    static constexpr std::string_view DOC =
        "What liquidate would do now, for a buyer who has room for it and is not related.";
    static constexpr auto fields() noexcept
    {
        return describe(
            field<&PreviewLiquidationQuery::account>("account", "the unhealthy account"),
            field<&PreviewLiquidationQuery::market>(
                "market", "the market of the position; absent: the one to be sold first"),
            field<&PreviewLiquidationQuery::base_max>(
                "base_max", "the most to take, whole lots", POSITIVE));
    }
};

struct PreviewSliceQuery
{
    AccountId account;
    Ratio fraction_max;

    static constexpr std::string_view NAME = "preview_slice";
    static constexpr std::string_view DOC = "What liquidate_slice would do now.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&PreviewSliceQuery::account>("account", "the unhealthy account"),
            field<&PreviewSliceQuery::fraction_max>("fraction_max",
                "the most to take, as a share of the whole; millionths count", POSITIVE));
    }
};

struct MarketQuery
{
    MarketId market;

    static constexpr std::string_view NAME = "market";
    static constexpr std::string_view DOC =
        "Parameters, mark, funding and open interest of a market.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&MarketQuery::market>("market", "the market"));
    }
};

struct MarketsQuery
{
    std::optional<MarketId> cursor;
    std::optional<std::uint32_t> limit;

    static constexpr std::string_view NAME = "markets";
    static constexpr std::string_view DOC = "Every market, or page by page.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&MarketsQuery::cursor>(
                            "cursor", "the first market; absent: 0, then the answer's next"),
            field<&MarketsQuery::limit>(
                "limit", "the most markets; absent: all", from_one_to(MARKETS_LIMIT_MAX)));
    }
};

struct AssetQuery
{
    AssetId asset;

    static constexpr std::string_view NAME = "asset";
    static constexpr std::string_view DOC = "Parameters and total of an asset.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&AssetQuery::asset>("asset", "the asset; 0 is the quote"));
    }
};

struct UnderlyingQuery
{
    UnderlyingId underlying;

    static constexpr std::string_view NAME = "underlying";
    static constexpr std::string_view DOC = "Parameters and last price of an underlying.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&UnderlyingQuery::underlying>("underlying", "the underlying"));
    }
};

struct PortfolioRiskQuery
{
    UnderlyingId underlying;

    static constexpr std::string_view NAME = "portfolio_risk";
    static constexpr std::string_view DOC = "Parameters of portfolio margin on an underlying.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&PortfolioRiskQuery::underlying>("underlying", "the underlying"));
    }
};

struct CorrelationQuery
{
    std::optional<std::uint32_t> cursor;
    std::optional<std::uint32_t> limit;

    static constexpr std::string_view NAME = "correlation";
    static constexpr std::string_view DOC =
        "Band, relief and the pairs of underlyings, all or page by page.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&CorrelationQuery::cursor>("cursor",
                            "how many pairs to pass over; absent: 0, then the answer's next"),
            field<&CorrelationQuery::limit>(
                "limit", "the most pairs; absent: all", from_one_to(PAIRS_LIMIT_MAX)));
    }
};

struct ObservedQuery
{
    UnderlyingId underlying;

    static constexpr std::string_view NAME = "observed";
    static constexpr std::string_view DOC =
        "What is observed of an underlying's price: volatility, stable price, and how much wider "
        "its scenarios are than listed.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&ObservedQuery::underlying>("underlying", "the underlying"));
    }
};

struct SurfaceQuery
{
    UnderlyingId underlying;

    static constexpr std::string_view NAME = "surface";
    static constexpr std::string_view DOC =
        "Forward, rate and volatility of every expiry of an underlying.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SurfaceQuery::underlying>("underlying", "the underlying"));
    }
};

struct PricesQuery
{
    static constexpr std::string_view NAME = "prices";
    static constexpr std::string_view DOC = "The last price of every underlying.";
    static constexpr auto fields() noexcept { return describe(); }
};

struct InsuranceQuery
{
    static constexpr std::string_view NAME = "insurance";
    static constexpr std::string_view DOC = "The insurance's balance, deficit and inventory.";
    static constexpr auto fields() noexcept { return describe(); }
};

struct StateQuery
{
    static constexpr std::string_view NAME = "state";
    static constexpr std::string_view DOC = "The totals from which anyone can check conservation.";
    static constexpr auto fields() noexcept { return describe(); }
};

}  // namespace message

}  // namespace plimsoll::contract
