# plimsoll: tests/host-sim/sources.cmake                            SPDX-License-Identifier: Apache-2.0
# The tests of the simulator, relative to tests/host-sim/.
include(${CMAKE_CURRENT_LIST_DIR}/margin/sources.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/vm/sources.cmake)
set(PLIMSOLL_HOST_SIM_TEST_SOURCES
    agents/mempool_test.cpp
    agents/option_trader_test.cpp
    agents/venue_test.cpp
    bank_test.cpp
    checker/ledger_test.cpp
    gas_table_test.cpp
    options_test.cpp
    oracle/publisher_test.cpp
    path/bridge_test.cpp
    path/fixed_log_test.cpp
    path/impact_test.cpp
    path/smile_test.cpp
    prng_test.cpp
    runner_test.cpp
    scenario_test.cpp
    trace_test.cpp
    ${PLIMSOLL_MARGIN_TEST_SOURCES}
    ${PLIMSOLL_SIM_VM_TEST_SOURCES}
)
