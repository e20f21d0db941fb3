// plimsoll: contract/records_keys.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the hall. Under which key each record is stored. See records.hpp.
#include "contract/records.hpp"

namespace plimsoll::contract {
namespace {

std::string key(std::string_view kind)
{
    std::string text;
    text.reserve(32);
    text.push_back(static_cast<char>(kind.size()));
    text.append(kind);
    return text;
}

void append_big_endian(std::string& text, std::uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; --i)
        text.push_back(static_cast<char>(value >> (8 * i) & 0xff));
}

}  // namespace

std::string config_key()
{
    return key("config");
}
std::string counters_key()
{
    return key("counters");
}
std::string house_key()
{
    return key("house");
}
std::string prices_key()
{
    return key("prices");
}
std::string feed_key(UnderlyingId id)
{
    std::string text = key("feed");
    append_big_endian(text, id.value, 2);
    return text;
}
std::string reports_key(UnderlyingId id)
{
    std::string text = key("reports");
    append_big_endian(text, id.value, 2);
    return text;
}
std::string risk_key(UnderlyingId id)
{
    std::string text = key("risk");
    append_big_endian(text, id.value, 2);
    return text;
}
std::string surface_key(UnderlyingId id)
{
    std::string text = key("surface");
    append_big_endian(text, id.value, 2);
    return text;
}
std::string settlements_key(UnderlyingId id)
{
    std::string text = key("settlements");
    append_big_endian(text, id.value, 2);
    return text;
}
std::string correlation_key()
{
    return key("correlation");
}
std::string observed_key()
{
    return key("observed");
}
std::string pairs_key(std::uint16_t group)
{
    std::string text = key("pairs");
    append_big_endian(text, group, 2);
    return text;
}
std::string stable_key()
{
    return key("stable");
}
std::string delays_key(UnderlyingId id)
{
    std::string text = key("delays");
    append_big_endian(text, id.value, 2);
    return text;
}
std::string market_key(MarketId id)
{
    std::string text = key("market");
    append_big_endian(text, id.value, 2);
    return text;
}
std::string epoch_key(MarketId id, Side side, std::uint32_t number)
{
    std::string text = key("epoch");
    append_big_endian(text, id.value, 2);
    append_big_endian(text, static_cast<std::uint64_t>(side), 1);
    append_big_endian(text, number, 4);
    return text;
}
std::string account_key(AccountId id)
{
    std::string text = key("account");
    append_big_endian(text, id.value, 8);
    return text;
}
std::string proposal_key(std::uint64_t id)
{
    std::string text = key("proposal");
    append_big_endian(text, id, 8);
    return text;
}
std::string role_key(std::string_view address)
{
    std::string text = key("role");
    text.append(address);
    return text;
}

}  // namespace plimsoll::contract
