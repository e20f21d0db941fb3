// plimsoll: host-sim/replay.cpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See replay.hpp.
#include "host-sim/replay.hpp"

#include "host-sim/bank.hpp"
#include "host-sim/chain/chain.hpp"
#include "host-sim/checker/invariants.hpp"
#include "host-sim/runner.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

/// Where a sender had its tokens from is not in a trace; what it lacks is given to it.
void provide_funds(Bank& bank, const Call& call)
{
    for (const auto& coin : call.funds) {
        const num::i128 held = bank.balance(call.sender, coin.denom);
        if (held < coin.amount)
            bank.endow(call.sender, coin.denom, coin.amount - held);
    }
}

void compare_machines(Vm& vm, std::uint64_t height)
{
    if (const auto difference = vm.end_block(height)) {
        throw DifferenceError(fmt::format("block {}: native and wasm differ in {}: {}",
            difference->height, difference->call, difference->what));
    }
}

}  // namespace

ReplayResult replay_trace(
    const Trace& trace, Vm& vm, const std::function<void(std::uint32_t)>& on_call)
{
    Bank bank;
    Chain chain(vm, bank, trace.header.contract_address);
    InvariantChecker checker(chain);
    chain.observe(checker);
    ReplayResult result;
    for (std::size_t i = 0; i < trace.calls.size() && result.fault.empty(); ++i) {
        const auto& traced = trace.calls[i];
        if (i > 0 && traced.call.height != trace.calls[i - 1].call.height)
            compare_machines(vm, trace.calls[i - 1].call.height);
        provide_funds(bank, traced.call);
        const auto receipt = chain.replay(traced.call);
        if (receipt.code != traced.error) {
            result.fault =
                fmt::format("call {} in block {} answered {}, and the trace says error {}: {}",
                    i + 1, traced.call.height, receipt.ok() ? "ok" : receipt.error, traced.error,
                    traced.call.message);
        }
        on_call(static_cast<std::uint32_t>(i));
    }
    if (!trace.calls.empty())
        compare_machines(vm, trace.calls.back().call.height);
    result.digest = vm.digest_hex();
    if (result.fault.empty() && result.digest != trace.digest)
        result.fault =
            fmt::format("the digest is {}, and the trace says {}", result.digest, trace.digest);
    return result;
}

}  // namespace plimsoll::sim
