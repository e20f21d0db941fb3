// plimsoll: host-sim/replay.hpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. Sends the messages of a trace again, in order, under the same invariants.
// Promises: the same machine gives the same digest; the first message that is answered with another error
// than the trace has is named.
#pragma once

#include "host-sim/trace.hpp"
#include "host-sim/vm/vm.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace plimsoll::sim {

struct ReplayResult
{
    std::string digest;
    std::string fault;  ///< Empty when every error and the digest are those of the trace.
};

/// @throws InvariantError, DifferenceError.
[[nodiscard]] ReplayResult replay_trace(
    const Trace& trace, Vm& vm, const std::function<void(std::uint32_t)>& on_call);

}  // namespace plimsoll::sim
