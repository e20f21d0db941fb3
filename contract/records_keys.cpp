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

/// A key with a number of so many bytes behind its kind.
std::string key(std::string_view kind, std::uint64_t number, int bytes)
{
    std::string text = key(kind);
    append_big_endian(text, number, bytes);
    return text;
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
std::string cash_key()
{
    return key("cash");
}

std::string stake_key(std::string_view address)
{
    return key("stake").append(address);
}

std::string prices_key()
{
    return key("prices");
}
std::string feed_key(UnderlyingId id)
{
    return key("feed", id.value, 2);
}
std::string reports_key(UnderlyingId id)
{
    return key("reports", id.value, 2);
}
std::string risk_key(UnderlyingId id)
{
    return key("risk", id.value, 2);
}
std::string surface_key(UnderlyingId id)
{
    return key("surface", id.value, 2);
}
std::string settlements_key(UnderlyingId id)
{
    return key("settlements", id.value, 2);
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
    return key("pairs", group, 2);
}
std::string stable_key()
{
    return key("stable");
}
std::string delays_key(UnderlyingId id)
{
    return key("delays", id.value, 2);
}
std::string market_key(MarketId id)
{
    return key("market", id.value, 2);
}
std::string epoch_key(MarketId id, Side side, std::uint32_t number)
{
    std::string text = key("epoch", id.value, 2);
    append_big_endian(text, static_cast<std::uint64_t>(side), 1);
    append_big_endian(text, number, 4);
    return text;
}
std::string account_key(AccountId id)
{
    return key("account", id.value, 8);
}
std::string proposal_key(std::uint64_t id)
{
    return key("proposal", id, 8);
}
std::string role_key(std::string_view address)
{
    return key("role").append(address);
}

}  // namespace plimsoll::contract
