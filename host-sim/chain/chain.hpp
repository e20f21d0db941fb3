// plimsoll: host-sim/chain/chain.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, chain. The simulated chain around one contract: carries tokens there with a message
// and back by the answer's transfers, and shows every call to its observers.
// Promises: tokens move if and only if the call succeeded; observers see the state after the transfers.
// Never: reads the contract's records; that is for the checkers.
#pragma once

#include "host-sim/bank.hpp"
#include "host-sim/chain/call.hpp"
#include "host-sim/vm/vm.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::sim {

/// Something that must never happen has happened: the run stops.
class InvariantError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

class Chain
{
public:
    Chain(Vm& vm, Bank& bank, std::string contract_address);

    void observe(CallObserver& observer) { m_observers.push_back(&observer); }
    void begin_block(std::uint32_t height, std::uint64_t time_s) noexcept;

    Receipt instantiate(const std::string& sender, const std::string& message);

    /// @pre the sender holds the funds. @throws InvariantError when the contract pays what it has not, or traps.
    Receipt execute(
        const std::string& sender, const std::string& message, std::vector<Funds> funds = {});

    /// Sends a call of a trace again. The caller sees to it that the sender holds the funds.
    Receipt replay(const Call& call);

    /// The answer of a query, or its error.
    [[nodiscard]] Response query(std::string_view message);

    [[nodiscard]] std::uint32_t height() const noexcept { return m_height; }
    [[nodiscard]] std::uint64_t time_s() const noexcept { return m_time_s; }
    [[nodiscard]] const std::string& contract_address() const noexcept { return m_address; }
    [[nodiscard]] const Bank& bank() const noexcept { return m_bank; }
    [[nodiscard]] Vm& vm() noexcept { return m_vm; }
    [[nodiscard]] std::uint64_t calls() const noexcept { return m_calls; }
    [[nodiscard]] std::uint64_t queries() const noexcept { return m_queries; }

private:
    [[nodiscard]] Receipt send(const Call& call);
    void take_funds(const Call& call);
    void settle_transfers(const Call& call, const Response& response);

    Vm& m_vm;
    Bank& m_bank;
    std::string m_address;
    std::vector<CallObserver*> m_observers;
    std::uint32_t m_height = 0;
    std::uint64_t m_time_s = 0;
    std::uint64_t m_calls = 0;
    std::uint64_t m_queries = 0;
};

}  // namespace plimsoll::sim
