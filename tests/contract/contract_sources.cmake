# plimsoll: tests/contract/contract_sources.cmake                   SPDX-License-Identifier: Apache-2.0
# The tests of the handlers, queries and records, and what they share, relative to tests/contract/.
set(CONTRACT_TEST_SOURCES
    ../support/audit.cpp
    ../support/house.cpp
    ../support/say.cpp
    access_test.cpp
    accounts_test.cpp
    answers_page_test.cpp
    bad_input_test.cpp
    collateral_sale_test.cpp
    conservation_test.cpp
    dated_markets_test.cpp
    extreme_margin_test.cpp
    fills_test.cpp
    governance_test.cpp
    liquidation_test.cpp
    margin_params_test.cpp
    modes_and_orders_test.cpp
    prices_test.cpp
    queries_test.cpp
    records_test.cpp
    resolve_test.cpp
    slice_test.cpp
    store_test.cpp
    upkeep_test.cpp
    what_if_test.cpp
)
