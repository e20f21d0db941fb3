// plimsoll: wasm/tools/costs.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the doors, tools. What each runtime charges for one instruction.
// Promises: the tables of the production machines, in their own units: CosmWasm VM gas (cosmwasm-vm
// from 2.0 on), NEAR gas, Stylus ink, and a plain count of instructions.
// Never: charges for host functions; a simulated host adds these.
#pragma once

#include "wasm/tools/module.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll::tools {

enum class Schedule : std::uint8_t
{
    count,  ///< One for each instruction that does something: block, loop, else and end are free.
    cosmwasm,  ///< 115 each, 1,610 where control may move; 115 for each local beyond 29.
    near,      ///< 822,756 each; block, else and end are free.
    stylus,    ///< Ink by instruction, and a header for each basic block.
};

[[nodiscard]] std::optional<Schedule> schedule_of(std::string_view name);

/// Where control may move: the instruction that ends a basic block.
[[nodiscard]] bool ends_block(const wabt::Opcode& opcode);

/// Nothing when the runtime does not take the instruction at all.
[[nodiscard]] std::optional<std::uint64_t> cost_of(
    Schedule schedule, const Instruction& instruction);

/// Charged once when the function is entered.
[[nodiscard]] std::uint64_t entry_cost(Schedule schedule, std::uint64_t local_count);

/// Charged once for each basic block.
[[nodiscard]] std::uint64_t block_cost(Schedule schedule);

}  // namespace plimsoll::tools
