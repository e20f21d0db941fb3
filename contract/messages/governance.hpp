// plimsoll: contract/messages/governance.hpp                         SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. What the guardian and governance say.
#pragma once

#include "contract/address.hpp"
#include "contract/bounded_text.hpp"
#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "contract/messages/margin.hpp"
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
using json::or_default;
using json::POSITIVE;

struct SetPause
{
    std::uint32_t actions = 0;
    std::optional<Seconds> until;

    static constexpr std::string_view NAME = "set_pause";
    static constexpr std::string_view DOC =
        "Stops kinds of messages, and lets go those that are not named. What is stopped goes on by "
        "itself, and the guardian cannot stop it again at once. While fills are stopped, those "
        "that "
        "reduce both positions still go through. Prices are stopped for at most half of "
        "failed_after_s, whoever stops them. The sender holds the role guardian, or governance "
        "proposes it.";
    static constexpr auto fields() noexcept
    {
        return describe(
            field<&SetPause::actions>("actions",
                "sum of 1 open_account, 2 withdraw, 4 settle_fills, 8 push_prices and pull_prices",
                at_most(pause::ALL)),
            field<&SetPause::until>("until",
                "seconds since 1970 at which it goes on; absent: after pause_max_s, prices "
                "after half of failed_after_s if that is sooner"));
    }
};

struct SetRole
{
    Address address;
    std::uint32_t roles = 0;

    static constexpr std::string_view NAME = "set_role";
    static constexpr std::string_view DOC =
        "Replaces the roles of an address. The role governance is only offered: it is held once "
        "the "
        "address has sent accept_role. The sender holds the role governance.";
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
        "Lists a collateral under the next free number, or replaces all of a listed one: what is "
        "absent goes back to its default. The sender holds the role governance.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SetAsset::asset>("asset", "the asset's number"),
            field<&SetAsset::denom>(
                "denom", "the chain's name of the token, or `cw20:` and the token's contract"),
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
                "deposit_cap", "most base units that all accounts together may hold"),
            field<&SetAsset::params, &Asset::risk_cancelling>("risk_cancelling",
                "whether it moves with its underlying in the scenarios of portfolio margin; "
                "absent: false",
                or_default()),
            field<&SetAsset::params, &Asset::pool_start>("pool_start",
                "above this amount held by all accounts its initial weight falls; absent: never",
                or_default(NOT_NEGATIVE)),
            field<&SetAsset::params, &Asset::size_discount>("size_discount",
                "how fast an account's own amount lowers its initial weight; absent: not at all",
                or_default(NOT_NEGATIVE)),
            field<&SetAsset::params, &Asset::volatility, &VolatilityHaircutParams::multiple>(
                "volatility_multiple",
                "its weight is at most 1 less this times its observed volatility over the horizon; "
                "absent: no such limit",
                or_default(NOT_NEGATIVE)),
            field<&SetAsset::params, &Asset::volatility, &VolatilityHaircutParams::horizon>(
                "horizon_s",
                "the horizon of that volatility, in seconds; required with volatility_multiple, "
                "not allowed without",
                or_default()),
            field<&SetAsset::params, &Asset::volatility, &VolatilityHaircutParams::maintenance_cap>(
                "volatility_cap",
                "most that volatility takes off the weight at maintenance; absent: 0, it takes "
                "nothing off there",
                or_default(NOT_NEGATIVE)),
            field<&SetAsset::params, &Asset::confidence>(
                "confidence", "charge for an uncertain price; absent: none", or_default()));
    }
};

struct SetUnderlying
{
    UnderlyingId underlying;
    Symbol symbol;
    Underlying params;

    static constexpr std::string_view NAME = "set_underlying";
    static constexpr std::string_view DOC =
        "Lists an underlying under the next free number, or replaces all of a listed one: what is "
        "absent goes back to its default, and option, once given, has to be given again. The "
        "sender holds the role governance.";
    static constexpr auto fields() noexcept
    {
        using M = SetUnderlying;
        using U = Underlying;
        using S = StandardParams;
        using Levels = PerLevel<Ratio>;
        return describe(field<&M::underlying>("underlying", "the underlying's number"),
            field<&M::symbol>("symbol", "its name for people"),
            field<&M::params, &U::standard, &S::fraction, &Levels::initial>(
                "initial_fraction", "initial margin as a share of notional", POSITIVE),
            field<&M::params, &U::standard, &S::fraction, &Levels::maintenance>(
                "maintenance_fraction", "maintenance margin as a share of notional", POSITIVE),
            field<&M::params, &U::profit, &ProfitRule::weight>("profit_weight",
                "share of an unrealised profit that counts at initial margin", NOT_NEGATIVE),
            field<&M::params, &U::profit, &ProfitRule::cap>("profit_cap",
                "most of an unrealised profit that counts, a position; absent: no cap",
                or_default(NOT_NEGATIVE)),
            field<&M::params, &U::standard>("scaling",
                "how the fractions grow with size and open interest; absent: not at all",
                or_default()),
            field<&M::params, &U::standard, &S::confidence>(
                "confidence", "charge for uncertain prices; absent: none", or_default()),
            field<&M::params, &U::standard, &S::depeg>(
                "depeg", "charge while the quote is below its peg; absent: none", or_default()),
            field<&M::params, &U::standard, &S::option>("option",
                "what short options need; absent: options cannot be listed", or_default()));
    }
};

struct SetMarket
{
    MarketId market;
    Symbol symbol;
    MarketParams params;

    static constexpr std::string_view NAME = "set_market";
    static constexpr std::string_view DOC =
        "Lists a market under the next free number, or replaces all of a listed one: what is "
        "absent goes back to its default, so that a cap or a fee that is left out is gone. The "
        "sender holds the role governance.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SetMarket::market>("market", "the market's number"),
            field<&SetMarket::symbol>("symbol", "its name for people"),
            field<&SetMarket::params, &MarketParams::underlying>(
                "underlying", "the underlying that it follows"),
            field<&SetMarket::params, &MarketParams::lot>(
                "lot", "sizes are whole numbers of it", POSITIVE),
            field<&SetMarket::params, &MarketParams::fill_band>("fill_band",
                "greatest distance of a fill: perpetuals from the index, as a share of it; futures "
                "from the mark, of the mark; options from the mark, of the index",
                NOT_NEGATIVE),
            field<&SetMarket::params, &MarketParams::premium_max>("premium_max",
                "perpetuals: greatest distance of the mark from the index, as a share of the index",
                or_default(NOT_NEGATIVE)),
            field<&SetMarket::params, &MarketParams::premium_window>("premium_window_s",
                "perpetuals: time constant of the premium's average", or_default()),
            field<&SetMarket::params, &MarketParams::funding_window>("funding_window_s",
                "perpetuals: a premium is paid in full over this time", or_default()),
            field<&SetMarket::params, &MarketParams::funding_cap>("funding_cap",
                "perpetuals: greatest funding a day, as a share of the index",
                or_default(NOT_NEGATIVE)),
            field<&SetMarket::params, &MarketParams::open_interest_max>("open_interest_max",
                "fills that raise open interest above it are refused", NOT_NEGATIVE),
            field<&SetMarket::params, &MarketParams::loss_cap>("loss_cap",
                "greatest shared loss a unit and window, as a share of the mark", NOT_NEGATIVE),
            field<&SetMarket::params, &MarketParams::liquidation_max>("liquidation_max",
                "most notional liquidated in a window of pace; absent: no limit of its own",
                or_default(NOT_NEGATIVE)),
            field<&SetMarket::params, &MarketParams::insurance_cap>("insurance_cap",
                "most that the insurance pays for its losses in a day; absent: no cap",
                or_default(NOT_NEGATIVE)),
            field<&SetMarket::params, &MarketParams::status>("status", "what the market may do"),
            field<&SetMarket::params, &MarketParams::kind>(
                "kind", "what is traded; absent: a perpetual", or_default()),
            field<&SetMarket::params, &MarketParams::expiry>("expiry",
                "futures and options: seconds since 1970 at which it expires", or_default()),
            field<&SetMarket::params, &MarketParams::strike>(
                "strike", "options: the strike; absent: 0", or_default(NOT_NEGATIVE)),
            field<&SetMarket::params, &MarketParams::type>(
                "option_type", "options: call or put; absent: a call", or_default()),
            field<&SetMarket::params, &MarketParams::maker_fee>("maker_fee",
                "share of the notional that a fill costs who did not take it; absent: 0",
                or_default(NOT_NEGATIVE)),
            field<&SetMarket::params, &MarketParams::taker_fee>("taker_fee",
                "share of the notional that a fill costs who took it; absent: 0",
                or_default(NOT_NEGATIVE)),
            field<&SetMarket::params, &MarketParams::fill_at_oracle>("fill_at_oracle",
                "whether the index of a fill must be published after its order was given; absent: "
                "false",
                or_default()));
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

struct SetObservation
{
    ObservationParams params;
    std::optional<UnderlyingId> quote_feed;

    static constexpr std::string_view NAME = "set_observation";
    static constexpr std::string_view DOC =
        "Replaces all that is observed of prices and may move margin; what is absent is off. The "
        "sender holds the role governance.";
    static constexpr auto fields() noexcept
    {
        using M = SetObservation;
        using P = ObservationParams;
        return describe(field<&M::params, &P::volatility>("volatility",
                            "how volatility is observed; absent: not at all", or_default()),
            field<&M::params, &P::limiter, &LimiterParams::per_hour>("maintenance_per_hour",
                "most that a weight or a range moves in an hour at maintenance, in absolute "
                "points: 0.01 is from 0.16 to 0.17; required with volatility",
                or_default(NOT_NEGATIVE)),
            field<&M::params, &P::correlation>("correlation",
                "how correlations are observed; absent: only those of governance count",
                or_default()),
            field<&M::params, &P::stable_price>(
                "stable_price", "the stable price of initial margin; absent: none", or_default()),
            field<&M::quote_feed>("quote_feed",
                "the underlying whose price is that of the quote in units of its peg, for the "
                "charges of depeg; absent: it is at its peg"));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
