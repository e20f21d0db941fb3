// plimsoll: host-sim/vm/cosmwasm_text.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. What a CosmWasm chain writes around a message, and what it reads from
// the answer: the other side of the CosmWasm door, written independently of it.
// Promises: an answer that is not exactly of CosmWasm's form becomes a Response with the code
// TRAPPED.
// Never: trusts the door: fields are looked up, not assumed.
#pragma once

#include "host-sim/vm/vm.hpp"

#include <string>
#include <string_view>

namespace plimsoll::sim {

[[nodiscard]] std::string env_json(const CallEnv& env);
[[nodiscard]] std::string info_json(const CallEnv& env);

[[nodiscard]] Response read_call_response(std::string_view json);
[[nodiscard]] Response read_query_response(std::string_view json);

}  // namespace plimsoll::sim
