// plimsoll: wasm/cosmwasm/envelope.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the doors, CosmWasm. Reads what the chain wraps around a message: block, contract, sender,
// funds.
// Promises: fields that it does not know are skipped, because chains add some; any bytes give a
// value or an Error, never a trap, in one pass and without recursion over them.
// Never: reads the message itself. That is the contract's, with stricter rules.
#pragma once

#include "contract/contract.hpp"
#include "engine/result.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace plimsoll::cosmwasm {

/// The chain's `Env`. The view points into the text that was read.
struct ChainEnv
{
    std::uint64_t time_s = 0;  ///< Seconds since 1970, floor of the chain's nanoseconds.
    std::uint64_t height = 0;
    std::string_view contract_address;
};

/// The chain's `MessageInfo`. The views point into the text that was read.
struct MessageInfo
{
    std::string_view sender;
    std::vector<contract::Coin> funds;
};

/// Errors: those of the JSON reader, missing_field, bad_number, out_of_range, not_ascii (an escape
/// in a string that is needed).
[[nodiscard]] Result<ChainEnv> parse_env(std::string_view json);
[[nodiscard]] Result<MessageInfo> parse_info(std::string_view json);

}  // namespace plimsoll::cosmwasm
