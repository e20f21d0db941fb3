// plimsoll: contract/messages/settlement.hpp                        SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. How markets end: settling, winding down, and what governance may say of it.
#pragma once

#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/settlement.hpp"
#include "engine/units/units.hpp"

#include <string_view>

namespace plimsoll::contract {

namespace message {

using json::describe;
using json::field;
using json::NOT_NEGATIVE;
using json::POSITIVE;

struct SettleMarket
{
    MarketId market;

    static constexpr std::string_view NAME = "settle_market";
    static constexpr std::string_view DOC =
        "Settles a market whose expiry, or the end of whose wind-down, has come: its positions "
        "become quote. Anybody may send it; touch settles an account.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SettleMarket::market>("market", "the market"));
    }
};

struct WindDown
{
    MarketId market;

    static constexpr std::string_view NAME = "wind_down";
    static constexpr std::string_view DOC =
        "Ends a market for good: from now on it takes only fills that reduce. A perpetual's "
        "settlement window begins; a future or an option settles at its expiry. The sender holds "
        "the role governance.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&WindDown::market>("market", "the market"));
    }
};

struct SetReduceOnly
{
    MarketId market;

    static constexpr std::string_view NAME = "set_reduce_only";
    static constexpr std::string_view DOC =
        "Makes an active market take only fills that reduce, until governance sets it active. The "
        "sender holds the role guardian.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SetReduceOnly::market>("market", "the market"));
    }
};

struct SetSettlement
{
    SettlementParams params;

    static constexpr std::string_view NAME = "set_settlement";
    static constexpr std::string_view DOC =
        "Replaces how markets settle, for times at which none is listed to settle yet. The sender "
        "holds the role governance.";
    static constexpr auto fields() noexcept
    {
        using M = SetSettlement;
        using P = SettlementParams;
        return describe(field<&M::params, &P::window>("window_s",
                            "the settlement price is the average over this long before the end"),
            field<&M::params, &P::coverage>("coverage",
                "least share of the window that must have had a fresh price", NOT_NEGATIVE),
            field<&M::params, &P::wait>("wait_s",
                "after this long the market settles by what there is of an average, or by the last "
                "price"),
            field<&M::params, &P::price_bound>("price_bound",
                "how far from that governance may set the price before, as a share of it",
                NOT_NEGATIVE));
    }
};

struct SetSettlementPrice
{
    UnderlyingId underlying;
    Seconds expiry;
    Price price;

    static constexpr std::string_view NAME = "set_settlement_price";
    static constexpr std::string_view DOC =
        "Sets a settlement price for which the feed has failed, while the wait runs, once. The "
        "sender holds the role governance; no timelock holds it up.";
    static constexpr auto fields() noexcept
    {
        using M = SetSettlementPrice;
        return describe(field<&M::underlying>("underlying", "the underlying"),
            field<&M::expiry>("expiry", "the expiry, or the end of the wind-down"),
            field<&M::price>("price", "the price of the underlying", POSITIVE));
    }
};

struct SettlementQuery
{
    UnderlyingId underlying;
    Seconds expiry;

    static constexpr std::string_view NAME = "settlement";
    static constexpr std::string_view DOC =
        "The average that an underlying's markets settle at, as it stands.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&SettlementQuery::underlying>("underlying", "the underlying"),
            field<&SettlementQuery::expiry>("expiry", "the expiry, or the end of a wind-down"));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
