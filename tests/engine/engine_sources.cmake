# plimsoll: tests/engine/engine_sources.cmake                       SPDX-License-Identifier: Apache-2.0
# The test program of everything in the vault above numbers and units, and the side indexes' driver.
set(PLIMSOLL_ENGINE_TEST_SOURCES
    model/cash_params_test.cpp
    model/correlation_test.cpp
    model/governance_params_test.cpp
    model/insurance_test.cpp
    model/list_test.cpp
    model/market_rules_test.cpp
    model/params_test.cpp
    model/portfolio_params_test.cpp
    model/settlement_test.cpp
    model/standard_params_test.cpp
    model/volatility_params_test.cpp
    oracle/chain_gap_test.cpp
    oracle/correlation_step_test.cpp
    oracle/expected_move_test.cpp
    oracle/jump_test.cpp
    oracle/limiter_test.cpp
    oracle/mark_test.cpp
    oracle/median_test.cpp
    oracle/price_band_test.cpp
    oracle/settlement_test.cpp
    oracle/stable_price_test.cpp
    oracle/validity_test.cpp
    oracle/volatility_reference_test.cpp
    oracle/volatility_test.cpp
    oracle/volatility_margin_test.cpp
    oracle/widening_test.cpp
    ops/accrue_test.cpp
    ops/claims_test.cpp
    ops/delegation_test.cpp
    ops/fill_test.cpp
    ops/leg_test.cpp
    ops/liquidate_test.cpp
    ops/losses_test.cpp
    ops/option_fill_test.cpp
    ops/orders_test.cpp
    ops/resolve_options_test.cpp
    ops/resolve_test.cpp
    ops/resolve_unvalued_test.cpp
    ops/slice_transfer_test.cpp
    risk/failed_feed_test.cpp
    ops/trading_fee_test.cpp
    risk/health_test.cpp
    risk/margin_steps_test.cpp
    risk/position_greeks_test.cpp
    risk/settling_test.cpp
    risk/span_example_test.cpp
    solvency/auction_test.cpp
    solvency/cash_index_test.cpp
    solvency/inventory_test.cpp
    solvency/staking_test.cpp
    solvency/settled_view_test.cpp
    solvency/collateral_sale_test.cpp
    solvency/pace_test.cpp
    solvency/grace_test.cpp
    solvency/sale_test.cpp
    solvency/side_index_history_test.cpp
    solvency/side_index_sleep_test.cpp
    solvency/side_index_test.cpp
    solvency/slice_test.cpp
    solvency/unit_order_test.cpp)

# Included once a test program of this folder.
if(NOT TARGET side_index_driver)
    add_executable(side_index_driver "${CMAKE_CURRENT_LIST_DIR}/solvency/side_index_driver.cpp")
    plimsoll_warnings(side_index_driver)
    target_link_libraries(side_index_driver PRIVATE plimsoll_engine)
    add_test(NAME "engine: side indexes equal the reference model on 1,000 histories"
        COMMAND Python3::Interpreter
            "${CMAKE_CURRENT_LIST_DIR}/solvency/side_index_differential.py"
            "$<TARGET_FILE:side_index_driver>" 1000)
    set_tests_properties("engine: side indexes equal the reference model on 1,000 histories"
        PROPERTIES LABELS engine SKIP_RETURN_CODE 77)
endif()
