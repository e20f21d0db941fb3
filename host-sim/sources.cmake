# plimsoll: host-sim/sources.cmake                                  SPDX-License-Identifier: Apache-2.0
# The simulator, relative to host-sim/. main.cpp is the program and stands in CMakeLists.txt.
include(${CMAKE_CURRENT_LIST_DIR}/vm/sources.cmake)
set(PLIMSOLL_SIM_SOURCES
    agents/account_opening.cpp
    agents/keeper.cpp
    agents/keeper_slice.cpp
    agents/keeper_unwind.cpp
    agents/market_maker.cpp
    agents/mempool.cpp
    agents/messages.cpp
    agents/option_trader.cpp
    agents/settler.cpp
    agents/trader.cpp
    agents/venue.cpp
    agents/views.cpp
    bank.cpp
    chain/chain.cpp
    chain/events.cpp
    checker/invariants.cpp
    checker/ledger.cpp
    gas_maxima.cpp
    gas_messages.cpp
    gas_table.cpp
    house_setup.cpp
    json_text.cpp
    margin/case.cpp
    margin/case_account.cpp
    margin/case_field.cpp
    margin/case_params.cpp
    margin/command.cpp
    margin/comparison.cpp
    margin/evaluation.cpp
    margin/excess.cpp
    margin/expect.cpp
    margin/explain.cpp
    margin/report.cpp
    margin/text_table.cpp
    metrics/event_log.cpp
    metrics/timeline.cpp
    metrics/totals.cpp
    options.cpp
    oracle/publisher.cpp
    output.cpp
    path/bridge.cpp
    path/impact.cpp
    path/prices.cpp
    path/smile.cpp
    progress.cpp
    replay.cpp
    report/charts.cpp
    report/html.cpp
    report/summary.cpp
    runner.cpp
    scenario.cpp
    scenario_agents.cpp
    scenario_field.cpp
    scenario_options.cpp
    sha256.cpp
    trace.cpp
    ${PLIMSOLL_SIM_VM_SOURCES}
)
# Only with the contract module linked in (-DPLIMSOLL_WASM_VM=ON, the default):
set(PLIMSOLL_SIM_WASM_VM_SOURCES ${PLIMSOLL_SIM_VM_WASM_SOURCES})
# Only without it:
set(PLIMSOLL_SIM_NO_WASM_VM_SOURCES ${PLIMSOLL_SIM_VM_NO_WASM_SOURCES})
