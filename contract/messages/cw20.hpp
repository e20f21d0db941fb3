// plimsoll: contract/messages/cw20.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall, message shelf. What the contract of a CW20 token says when somebody has sent its tokens here.
#pragma once

#include "contract/address.hpp"
#include "contract/bounded_text.hpp"
#include "contract/json/shape.hpp"
#include "contract/json/shapes.hpp"
#include "engine/units/units.hpp"

#include <string_view>

namespace plimsoll::contract {

struct TokenMessageTag
{
    static constexpr std::string_view NAME = "Base64TokenMessage";
};

/// What the owner of sent tokens wants done with them, in base64: at most 189 bytes of JSON.
using Base64TokenMessage = BoundedText<TokenMessageTag, 252>;

namespace message {

using json::describe;
using json::field;

struct Receive
{
    Address sender;
    TokenAmount amount;
    Base64TokenMessage msg;

    static constexpr std::string_view NAME = "receive";
    static constexpr std::string_view DOC =
        "Tokens of a listed CW20 contract have come, and what their owner wants done with them: "
        "deposit, fund_insurance or stake. Only the token's contract may send it.";
    static constexpr auto fields() noexcept
    {
        return describe(field<&Receive::sender>("sender", "who has sent the tokens"),
            field<&Receive::amount>("amount", "base units of the token"),
            field<&Receive::msg>("msg", "the message deposit, fund_insurance or stake, in base64"));
    }
};

}  // namespace message

}  // namespace plimsoll::contract
