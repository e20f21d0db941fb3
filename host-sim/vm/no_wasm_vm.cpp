// plimsoll: host-sim/vm/no_wasm_vm.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. Stands in for wasm_vm.cpp in a program without the module.
#include "host-sim/vm/wasm_vm.hpp"

namespace plimsoll::sim {

std::unique_ptr<Vm> make_wasm_vm()
{
    return nullptr;
}

std::string_view module_sha256()
{
    return {};
}

std::string module_mismatch(const std::filesystem::path&)
{
    return {};
}

}  // namespace plimsoll::sim
