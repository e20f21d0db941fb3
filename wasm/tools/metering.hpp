// plimsoll: wasm/tools/metering.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the doors, tools. Rewrites a module so that it counts what its own execution costs, as the
// production machines do when a contract is stored.
// Promises: the counter is an exported mutable 64-bit global, `__gas`; every original byte of code
// and data stays as it is, charges are inserted between instructions. The total after a call that
// returns is exactly that of the schedule.
// Never: stops a call that costs too much; whoever runs it compares the counter.
#pragma once

#include "wasm/tools/costs.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace plimsoll::tools {

struct Metered
{
    std::optional<Bytes> bytes;
    std::size_t charges = 0;  ///< How many were inserted.
    std::string error;
};

/// Errors: bytes that are no module, an instruction outside the schedule, a module already metered.
[[nodiscard]] Metered meter(std::span<const std::uint8_t> bytes, Schedule schedule);

}  // namespace plimsoll::tools
