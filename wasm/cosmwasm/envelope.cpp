// plimsoll: wasm/cosmwasm/envelope.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the doors, CosmWasm. See envelope.hpp.
#include "wasm/cosmwasm/envelope.hpp"

#include "contract/json/reader.hpp"
#include "engine/num/decimal.hpp"

#include <limits>

namespace plimsoll::cosmwasm {

namespace {

using contract::json::Reader;
using contract::json::Strings;

constexpr std::uint64_t NANOSECONDS = 1'000'000'000U;

// Calls on_field(name) for each field of the object that follows; on_field consumes the value.
template <class OnField>
Error each_field(Reader& reader, OnField on_field)
{
    if (const Error error = reader.enter_object(); error != Error::ok)
        return error;
    for (;;) {
        std::string_view name;
        bool more = false;
        if (const Error error = reader.next_key(name, more); error != Error::ok || !more)
            return error;
        if (const Error error = on_field(name); error != Error::ok)
            return error;
    }
}

// A string whose view is its value: the chain never escapes addresses, denominations and digits.
Error read_plain(Reader& reader, std::string_view& value)
{
    if (const Error error = reader.read_string(value); error != Error::ok)
        return error;
    return value.find('\\') == std::string_view::npos ? Error::ok : Error::not_ascii;
}

Error read_digits(Reader& reader, num::i128& value)
{
    std::string_view digits;
    if (const Error error = read_plain(reader, digits); error != Error::ok)
        return error;
    const auto parsed = num::parse_integer(digits);
    if (!parsed)
        return parsed.error();
    value = *parsed;
    return Error::ok;
}

Error read_time(Reader& reader, std::uint64_t& time_s)
{
    num::i128 time_ns = 0;
    if (const Error error = read_digits(reader, time_ns); error != Error::ok)
        return error;
    if (time_ns > std::numeric_limits<std::uint64_t>::max())
        return Error::out_of_range;
    time_s = static_cast<std::uint64_t>(time_ns) / NANOSECONDS;
    return Error::ok;
}

Error read_block(Reader& reader, ChainEnv& env, bool& has_time)
{
    return each_field(reader, [&](std::string_view name) {
        if (name == "height")
            return reader.read_integer(env.height);
        if (name != "time")
            return reader.skip_value();
        has_time = true;
        return read_time(reader, env.time_s);
    });
}

Error read_contract(Reader& reader, ChainEnv& env)
{
    return each_field(reader, [&](std::string_view name) {
        return name == "address" ? read_plain(reader, env.contract_address) : reader.skip_value();
    });
}

Error read_coin(Reader& reader, contract::Coin& coin)
{
    bool has_amount = false;
    const Error error = each_field(reader, [&](std::string_view name) {
        if (name == "denom")
            return read_plain(reader, coin.denom);
        if (name != "amount")
            return reader.skip_value();
        has_amount = true;
        return read_digits(reader, coin.amount);
    });
    if (error != Error::ok)
        return error;
    return coin.denom.empty() || !has_amount ? Error::missing_field : Error::ok;
}

Error read_funds(Reader& reader, std::vector<contract::Coin>& funds)
{
    if (const Error error = reader.enter_array(); error != Error::ok)
        return error;
    for (;;) {
        bool more = false;
        if (const Error error = reader.next_item(more); error != Error::ok || !more)
            return error;
        contract::Coin coin;
        if (const Error error = read_coin(reader, coin); error != Error::ok)
            return error;
        funds.push_back(coin);
    }
}

}  // namespace

Result<ChainEnv> parse_env(std::string_view json)
{
    ChainEnv env;
    bool has_time = false;
    Reader reader(json, Strings::any);
    const Error error = each_field(reader, [&](std::string_view name) {
        if (name == "block")
            return read_block(reader, env, has_time);
        if (name == "contract")
            return read_contract(reader, env);
        return reader.skip_value();
    });
    if (error != Error::ok)
        return error;
    if (const Error rest = reader.finish(); rest != Error::ok)
        return rest;
    if (!has_time || env.contract_address.empty())
        return Error::missing_field;
    return env;
}

Result<MessageInfo> parse_info(std::string_view json)
{
    MessageInfo info;
    Reader reader(json, Strings::any);
    const Error error = each_field(reader, [&](std::string_view name) {
        if (name == "sender")
            return read_plain(reader, info.sender);
        return name == "funds" ? read_funds(reader, info.funds) : reader.skip_value();
    });
    if (error != Error::ok)
        return error;
    if (const Error rest = reader.finish(); rest != Error::ok)
        return rest;
    if (info.sender.empty())
        return Error::missing_field;
    return info;
}

}  // namespace plimsoll::cosmwasm
