// plimsoll: contract/contract.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the hall. The whole clearinghouse as functions from bytes to an Outcome.
// Promises: an Outcome with an error has written nothing, moved nothing and announced nothing. Any
// bytes give an Outcome. A query cannot write: it is handed a const Host.
// Never: performs a transfer. Transfers leave as data; the door hands them to the chain after the writes.
#pragma once

#include "contract/host.hpp"
#include "engine/error.hpp"
#include "engine/num/int128.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::contract {

/// Native tokens that came with a message, in the token's base units.
struct Coin
{
    std::string_view denom;
    num::i128 amount = 0;
};

/// What the chain says about one call. A query has no sender and no funds.
struct Env
{
    std::uint64_t time_s = 0;
    std::uint64_t height = 0;
    std::string_view sender;
    std::string_view contract_address;
    std::span<const Coin> funds;
};

struct Attribute
{
    std::string key;
    std::string value;
};

/// One state change, as announced to the outside. Every event carries its own sequence number, `seq`.
struct Event
{
    std::string type;
    std::vector<Attribute> attributes;
};

/// Tokens that must be sent when the call has succeeded, in base units: by the bank, or, where the denom is one of
/// cw20.hpp, by the token's contract.
struct Transfer
{
    std::string to;
    std::string denom;
    num::i128 amount = 0;
};

struct Outcome
{
    Error error = Error::ok;
    std::string detail;  ///< Names the field or the thing that the error is about. ASCII.
    std::vector<Event> events;
    std::vector<Transfer> transfers;
    std::string data;  ///< The JSON answer of a query; empty otherwise.
};

[[nodiscard]] Outcome instantiate(Host& host, const Env& env, std::string_view json);
/// For code that takes over the state of an older contract. Records are read with their own schema and
/// written anew when they change, so nothing here grows with the number of accounts.
/// Errors: not_instantiated, unsupported_schema.
[[nodiscard]] Outcome migrate(Host& host, const Env& env, std::string_view json);
[[nodiscard]] Outcome execute(Host& host, const Env& env, std::string_view json);
[[nodiscard]] Outcome query(const Host& host, const Env& env, std::string_view json);

}  // namespace plimsoll::contract
