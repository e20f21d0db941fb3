// plimsoll: host-sim/vm/native_vm.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. The contract as compiled into this program.
// Promises: fast, and debuggable. Costs no gas.
// Never: survives a failed CHECK of the contract. That stops the program, as a bug should.
#pragma once

#include "host-sim/vm/vm.hpp"

namespace plimsoll::sim {

class NativeVm final : public Vm
{
public:
    Response instantiate(const CallEnv& env, std::string_view json) override;
    Response execute(const CallEnv& env, std::string_view json) override;
    Response query(const CallEnv& env, std::string_view json) override;

    [[nodiscard]] const Storage::Records& records() const override { return m_storage.records(); }
    [[nodiscard]] std::string digest_hex() override { return m_storage.digest().hex(); }

private:
    using Entry = contract::Outcome (*)(contract::Host&, const contract::Env&, std::string_view);
    Response call(Entry entry, const CallEnv& env, std::string_view json);

    Storage m_storage;
};

}  // namespace plimsoll::sim
