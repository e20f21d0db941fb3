// plimsoll: contract/messages/governance.hpp                         SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. What the guardian and governance say.
#pragma once

#include "contract/address.hpp"
#include "contract/bounded_text.hpp"
#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "contract/messages/params.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/market.hpp"
#include "engine/model/params.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll::contract {

/// What set_pause can stop, as bits. Deposits, liquidation, resolve and touch cannot be stopped.
namespace pause {
inline constexpr std::uint32_t OPEN_ACCOUNT = 1;
inline constexpr std::uint32_t WITHDRAW = 2;
inline constexpr std::uint32_t SETTLE_FILLS = 4;
inline constexpr std::uint32_t PUSH_PRICES = 8;
inline constexpr std::uint32_t ALL = 15;
}  // namespace pause

/// What an address may do, as bits.
namespace role {
inline constexpr std::uint32_t GOVERNANCE = 1;
inline constexpr std::uint32_t GUARDIAN = 2;
inline constexpr std::uint32_t PUBLISHER = 4;
inline constexpr std::uint32_t VENUE = 8;
inline constexpr std::uint32_t ALL = 15;
}  // namespace role

namespace message {

using json::at_most;
using json::describe;
using json::field;
using json::NOT_NEGATIVE;
using json::POSITIVE;

struct SetPause
{
    std::uint32_t actions = 0;

    static constexpr std::string_view NAME = "set_pause";
    static constexpr std::string_view DOC =
        "Stops kinds of messages, and lets go those that are not named. The sender holds the role "
        "guardian.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SetPause::actions>("actions",
            "sum of 1 open_account, 2 withdraw, 4 settle_fills, 8 push_prices",
            at_most(pause::ALL)));
    }
};

struct SetRole
{
    Address address;
    std::uint32_t roles = 0;

    static constexpr std::string_view NAME = "set_role";
    static constexpr std::string_view DOC =
        "Replaces the roles of an address. The sender holds the role governance.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SetRole::address>("address", "the address"),
            field<&SetRole::roles>("roles", "sum of 1 governance, 2 guardian, 4 publisher, 8 venue",
                at_most(role::ALL)));
    }
};

struct SetAsset
{
    AssetId asset;
    Denom denom;
    Symbol symbol;
    Asset params;

    static constexpr std::string_view NAME = "set_asset";
    static constexpr std::string_view DOC =
        "Lists a collateral under the next free number, or changes a listed one. The sender holds "
        "the role governance.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SetAsset::asset>("asset", "the asset's number"),
            field<&SetAsset::denom>("denom", "the chain's name of the token"),
            field<&SetAsset::symbol>("symbol", "the token's name for people"),
            field<&SetAsset::params, &Asset::decimals>(
                "decimals", "fractional digits of the token", at_most(TOKEN_DECIMALS_MAX)),
            field<&SetAsset::params, &Asset::underlying>(
                "underlying", "the underlying whose price values it"),
            field<&SetAsset::params, &Asset::initial_haircut>("initial_haircut",
                "share of the value that does not count at initial margin", NOT_NEGATIVE),
            field<&SetAsset::params, &Asset::maintenance_haircut>("maintenance_haircut",
                "share of the value that does not count at maintenance margin", NOT_NEGATIVE),
            field<&SetAsset::params, &Asset::deposit_cap>(
                "deposit_cap", "most base units that all accounts together may hold"));
    }
};

struct SetUnderlying
{
    UnderlyingId underlying;
    Symbol symbol;
    Underlying params;  ///< Without the profit cap, which may be absent.
    std::optional<Money> profit_cap;

    static constexpr std::string_view NAME = "set_underlying";
    static constexpr std::string_view DOC =
        "Lists an underlying under the next free number, or changes a listed one. The sender holds "
        "the role governance.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SetUnderlying::underlying>("underlying", "the underlying's number"),
            field<&SetUnderlying::symbol>("symbol", "its name for people"),
            field<&SetUnderlying::params, &Underlying::initial_fraction>(
                "initial_fraction", "initial margin as a share of notional", POSITIVE),
            field<&SetUnderlying::params, &Underlying::maintenance_fraction>(
                "maintenance_fraction", "maintenance margin as a share of notional", POSITIVE),
            field<&SetUnderlying::params, &Underlying::profit_weight>("profit_weight",
                "share of an unrealised profit that counts at initial margin", NOT_NEGATIVE),
            field<&SetUnderlying::profit_cap>("profit_cap",
                "most of an unrealised profit that counts, a position; absent: no cap",
                NOT_NEGATIVE));
    }
};

struct SetMarket
{
    MarketId market;
    Symbol symbol;
    MarketParams params;

    static constexpr std::string_view NAME = "set_market";
    static constexpr std::string_view DOC =
        "Lists a market under the next free number, or changes a listed one. The sender holds the "
        "role governance.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SetMarket::market>("market", "the market's number"),
            field<&SetMarket::symbol>("symbol", "its name for people"),
            field<&SetMarket::params, &MarketParams::underlying>(
                "underlying", "the underlying that it follows"),
            field<&SetMarket::params, &MarketParams::lot>(
                "lot", "sizes are whole numbers of it", POSITIVE),
            field<&SetMarket::params, &MarketParams::fill_band>("fill_band",
                "greatest distance of a fill from the index, as a share of the index",
                NOT_NEGATIVE),
            field<&SetMarket::params, &MarketParams::premium_max>("premium_max",
                "greatest distance of the mark from the index, as a share of the index",
                NOT_NEGATIVE),
            field<&SetMarket::params, &MarketParams::premium_window>(
                "premium_window_s", "time constant of the premium's average"),
            field<&SetMarket::params, &MarketParams::funding_window>(
                "funding_window_s", "a premium is paid in full over this time"),
            field<&SetMarket::params, &MarketParams::funding_cap>(
                "funding_cap", "greatest funding a day, as a share of the index", NOT_NEGATIVE),
            field<&SetMarket::params, &MarketParams::open_interest_max>("open_interest_max",
                "fills that raise open interest above it are refused", NOT_NEGATIVE),
            field<&SetMarket::params, &MarketParams::loss_cap>("loss_cap",
                "greatest shared loss a unit and window, as a share of the mark", NOT_NEGATIVE),
            field<&SetMarket::params, &MarketParams::status>("status", "what the market may do"));
    }
};

struct SetParams
{
    LiquidationParams liquidation;
    OracleParams oracle;

    static constexpr std::string_view NAME = "set_params";
    static constexpr std::string_view DOC =
        "Replaces the parameters of liquidation and of prices. The sender holds the role "
        "governance.";
    static constexpr auto fields() noexcept
    {
        return describe(
            field<&SetParams::liquidation>("liquidation", "how an unhealthy account is sold"),
            field<&SetParams::oracle>("oracle", "when a price may be used"));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
