# plimsoll: host-sim/vm/sources.cmake                               SPDX-License-Identifier: Apache-2.0
# The machines, relative to host-sim/.
set(PLIMSOLL_SIM_VM_SOURCES
    vm/both_vm.cpp
    vm/cosmwasm_text.cpp
    vm/digest.cpp
    vm/gas.cpp
    vm/native_vm.cpp
    vm/storage.cpp
    vm/vm.cpp
)
# Only with the contract module linked in:
set(PLIMSOLL_SIM_VM_WASM_SOURCES
    vm/wasm_vm.cpp
)
# Only without it:
set(PLIMSOLL_SIM_VM_NO_WASM_SOURCES
    vm/no_wasm_vm.cpp
)
