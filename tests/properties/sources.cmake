# plimsoll: tests/properties/sources.cmake                          SPDX-License-Identifier: Apache-2.0
# Properties of whole rooms, relative to this folder.
set(PLIMSOLL_PROPERTIES_TEST_SOURCES
    engine_story.cpp
    engine_conservation_test.cpp
    engine_progress_test.cpp)

# Attackers against the whole contract.
set(PLIMSOLL_COLLUSION_TEST_SOURCES
    ../support/audit.cpp
    ../support/house.cpp
    ../support/say.cpp
    bearers_test.cpp
    collusion_test.cpp)

# Margin against an exact oracle. A program of its own because of MPFR.
set(PLIMSOLL_MARGIN_SUPPORT_SOURCES
    ../support/margin_books.cpp
    ../support/margin_case.cpp
    ../support/margin_draws.cpp
    ../support/margin_oracle.cpp
    ../support/margin_oracle_band.cpp
    ../support/margin_oracle_model.cpp
    ../support/margin_oracle_standard.cpp
    ../support/real.cpp)
set(PLIMSOLL_MARGIN_TEST_SOURCES
    ${PLIMSOLL_MARGIN_SUPPORT_SOURCES}
    ../support/margin_judge.cpp
    margin_domain_test.cpp
    margin_orders_test.cpp
    margin_portfolio_test.cpp
    margin_rounding_test.cpp)

# Included once a test program of this folder.
if(NOT TARGET margin_driver)
    set(driver_sources margin_driver.cpp ${PLIMSOLL_MARGIN_SUPPORT_SOURCES})
    list(TRANSFORM driver_sources PREPEND "${CMAKE_CURRENT_LIST_DIR}/")
    add_executable(margin_driver ${driver_sources})
    plimsoll_warnings(margin_driver)
    target_link_libraries(margin_driver PRIVATE plimsoll_engine nlohmann_json::nlohmann_json mpfr gmp)
    add_test(NAME "properties: the margin oracle equals the reference program on 500 books"
        COMMAND Python3::Interpreter "${CMAKE_CURRENT_LIST_DIR}/margin_differential.py"
            "$<TARGET_FILE:margin_driver>" 500)
    set_tests_properties("properties: the margin oracle equals the reference program on 500 books"
        PROPERTIES LABELS properties SKIP_RETURN_CODE 77)
endif()
