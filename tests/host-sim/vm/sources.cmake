# plimsoll: tests/host-sim/vm/sources.cmake                         SPDX-License-Identifier: Apache-2.0
# The tests of the machines, relative to tests/host-sim/.
set(PLIMSOLL_SIM_VM_TEST_SOURCES
    vm/both_vm_test.cpp
    vm/cosmwasm_text_test.cpp
    vm/digest_test.cpp
    vm/gas_test.cpp
    vm/storage_test.cpp
    vm/vm_test.cpp
)
