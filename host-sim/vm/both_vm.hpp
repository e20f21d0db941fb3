// plimsoll: host-sim/vm/both_vm.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. Two machines that must agree on everything but gas.
// Promises: remembers the first difference, of a response or of the records after a block. A trap
// of the second machine is found before the first, which may not survive the same bug, is asked.
// Never: compares after that: everything later follows from the first difference.
#pragma once

#include "host-sim/vm/vm.hpp"

#include <memory>
#include <optional>

namespace plimsoll::sim {

class BothVm final : public Vm
{
public:
    /// Answers are those of `first`, with the gas of `second`.
    BothVm(std::unique_ptr<Vm> first, std::unique_ptr<Vm> second);

    Response instantiate(const CallEnv& env, std::string_view json) override;
    Response execute(const CallEnv& env, std::string_view json) override;
    Response query(const CallEnv& env, std::string_view json) override;

    [[nodiscard]] const Storage::Records& records() const override { return m_first->records(); }
    [[nodiscard]] std::string digest_hex() override { return m_first->digest_hex(); }
    [[nodiscard]] std::optional<Difference> end_block(std::uint64_t height) override;

private:
    using Entry = Response (Vm::*)(const CallEnv&, std::string_view);
    Response call(std::string_view name, Entry entry, const CallEnv& env, std::string_view json);

    std::unique_ptr<Vm> m_first;
    std::unique_ptr<Vm> m_second;
    std::optional<Difference> m_difference;
};

}  // namespace plimsoll::sim
