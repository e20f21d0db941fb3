// plimsoll: wasm/cosmwasm/smart_query.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the doors, CosmWasm. What the chain is told to ask another contract, and what it wraps around the answer.
// Promises: any bytes give an answer or none, never a trap.
#pragma once

#include <string>
#include <string_view>

namespace plimsoll::cosmwasm {

/// {"wasm":{"smart":{"contract_addr":"..","msg":"<base64>"}}}. @pre the address is one of the chain
[[nodiscard]] std::string smart_query(std::string_view address, std::string_view message);

/// The contract's answer out of {"ok":{"ok":"<base64>"}}, at most `size_max` bytes. False, and `answer` empty, for
/// {"error":..}, {"ok":{"error":..}}, anything longer and anything else.
[[nodiscard]] bool read_smart_answer(
    std::string_view json, std::size_t size_max, std::string& answer);

}  // namespace plimsoll::cosmwasm
