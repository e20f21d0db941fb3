// plimsoll: contract/message.cpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the hall. The tables of all messages are made here, once.
#include "contract/message.hpp"

namespace plimsoll::contract {

json::Decoded decode_instantiate(std::string_view text, InstantiateMessage& out) noexcept
{
    return json::decode(text, out);
}

json::Decoded decode_migrate(std::string_view text, MigrateMessage& out) noexcept
{
    return json::decode(text, out);
}

json::Decoded decode_execute(std::string_view text, ExecuteMessage& out) noexcept
{
    return json::decode(text, out);
}

json::Decoded decode_governance(std::string_view text, GovernanceMessage& out) noexcept
{
    return json::decode(text, out);
}

json::Decoded decode_keeper(std::string_view text, KeeperMessage& out) noexcept
{
    return json::decode(text, out);
}

json::Decoded decode_token_message(std::string_view text, TokenMessage& out) noexcept
{
    return json::decode(text, out);
}

json::Decoded decode_query(std::string_view text, QueryMessage& out) noexcept
{
    return json::decode(text, out);
}

}  // namespace plimsoll::contract
