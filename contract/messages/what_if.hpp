// plimsoll: contract/messages/what_if.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. The question what an account's margin would be after trades that nobody
// has made, at prices that nobody has published.
#pragma once

#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/level.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/units/units.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace plimsoll::contract {

inline constexpr std::size_t WHAT_IF_TRADES_MAX = 32;

namespace message {

using json::describe;
using json::field;
using json::POSITIVE;

struct WhatIfTrade
{
    MarketId market;
    Quantity base;
    Price price;

    static constexpr std::string_view NAME = "WhatIfTrade";
    static constexpr std::string_view DOC = "A trade that the account has not made.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&WhatIfTrade::market>("market", "the market"),
            field<&WhatIfTrade::base>("base", "what is bought; below zero: sold"),
            field<&WhatIfTrade::price>("price", "quote for one unit of base", POSITIVE));
    }
};

struct WhatIfPrice
{
    UnderlyingId underlying;
    Price price;

    static constexpr std::string_view NAME = "WhatIfPrice";
    static constexpr std::string_view DOC =
        "A price that nobody has published. Forwards move in proportion, volatilities stay.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&WhatIfPrice::underlying>("underlying", "the underlying"),
            field<&WhatIfPrice::price>("price", "its price in quote", POSITIVE));
    }
};

struct WhatIfQuery
{
    AccountId account;
    std::optional<MarginMode> mode;
    std::optional<List<WhatIfPrice, UNDERLYINGS_MAX>> prices;
    std::optional<List<WhatIfTrade, WHAT_IF_TRADES_MAX>> trades;
    bool liquidation_prices = false;

    static constexpr std::string_view NAME = "what_if";
    static constexpr std::string_view DOC =
        "The margin of an account in detail, as it would be in another mode, at other prices and "
        "after more trades; without any of them, as it is.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&WhatIfQuery::account>("account", "the account"),
            field<&WhatIfQuery::mode>("mode", "standard or portfolio; absent: the account's own"),
            field<&WhatIfQuery::prices>("prices", "prices to suppose, before the trades"),
            field<&WhatIfQuery::trades>("trades", "trades to suppose, in this order"),
            field<&WhatIfQuery::liquidation_prices>("liquidation_prices",
                "whether to look for them, which takes many evaluations; absent: false",
                json::or_default()));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
