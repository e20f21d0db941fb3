// plimsoll: wasm/cosmwasm/response.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the doors, CosmWasm. Writes an Outcome as the JSON that the chain expects from an entry
// point.
// Promises: always one well-formed JSON text in ASCII, whatever bytes the Outcome's strings hold. A
// transfer becomes a bank message that nobody waits for an answer to: if it fails, the call fails.
// Never: decides anything.
#pragma once

#include "contract/contract.hpp"

#include <string>

namespace plimsoll::cosmwasm {

/// For instantiate and execute: {"ok":{"messages":..,"events":..}} or {"error":"<number> <name>:
/// <detail>"}.
/// @pre event types have more than two characters, attribute keys are not empty and do not start
/// with an underscore (the chain refuses others), transfers are positive.
[[nodiscard]] std::string response_of_call(const contract::Outcome& outcome);

/// For query: {"ok":"<base64 of the answer>"} or the same error.
[[nodiscard]] std::string response_of_query(const contract::Outcome& outcome);

}  // namespace plimsoll::cosmwasm
