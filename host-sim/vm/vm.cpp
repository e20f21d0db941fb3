// plimsoll: host-sim/vm/vm.cpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. See vm.hpp.
#include "host-sim/vm/vm.hpp"

#include "host-sim/vm/both_vm.hpp"
#include "host-sim/vm/native_vm.hpp"
#include "host-sim/vm/wasm_vm.hpp"

#include <utility>

namespace plimsoll::sim {

std::optional<Difference> Vm::end_block(std::uint64_t)
{
    return std::nullopt;
}

MadeVm make_vm(VmKind kind)
{
    if (kind == VmKind::native)
        return {std::make_unique<NativeVm>(), {}};
    auto wasm = make_wasm_vm();
    if (!wasm)
        return {nullptr,
            "this program was built without the contract module (-DPLIMSOLL_WASM_VM=OFF): only "
            "--vm native works"};
    if (kind == VmKind::wasm)
        return {std::move(wasm), {}};
    return {std::make_unique<BothVm>(std::make_unique<NativeVm>(), std::move(wasm)), {}};
}

std::optional<VmKind> vm_kind_of(std::string_view name)
{
    if (name == "native")
        return VmKind::native;
    if (name == "wasm")
        return VmKind::wasm;
    if (name == "both")
        return VmKind::both;
    return std::nullopt;
}

}  // namespace plimsoll::sim
