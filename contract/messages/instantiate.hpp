// plimsoll: contract/messages/instantiate.hpp                        SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. The first message of all, and the first of new code.
#pragma once

#include "contract/address.hpp"
#include "contract/bounded_text.hpp"
#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "contract/messages/params.hpp"
#include "engine/model/params.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <string_view>

namespace plimsoll::contract {

namespace message {

using json::at_most;
using json::describe;
using json::field;

struct QuoteToken
{
    Denom denom;
    std::uint8_t decimals = 0;
    Symbol symbol;

    static constexpr std::string_view NAME = "QuoteToken";
    static constexpr std::string_view DOC = "The token that cash is counted in; it is asset 0.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&QuoteToken::denom>("denom", "the chain's name of the token"),
            field<&QuoteToken::decimals>(
                "decimals", "fractional digits of the token", at_most(TOKEN_DECIMALS_MAX)),
            field<&QuoteToken::symbol>("symbol", "the token's name for people"));
    }
};

struct Instantiate
{
    Address governance;
    QuoteToken quote;
    LiquidationParams liquidation;
    OracleParams oracle;

    static constexpr std::string_view NAME = "instantiate";
    static constexpr std::string_view DOC = "Sets the clearinghouse up, once.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Instantiate::governance>(
                            "governance", "the address that may set everything and grant roles"),
            field<&Instantiate::quote>("quote", "the token that cash is counted in"),
            field<&Instantiate::liquidation>("liquidation", "how an unhealthy account is sold"),
            field<&Instantiate::oracle>("oracle", "when a price may be used"));
    }
};

struct Migrate
{
    static constexpr std::string_view NAME = "migrate";
    static constexpr std::string_view DOC =
        "Goes on with the state that an older contract has stored, which the chain's own "
        "governance lets this code take over.";
    static constexpr auto fields() noexcept { return describe(); }
};

}  // namespace message

}  // namespace plimsoll::contract
