# plimsoll: tests/engine/sources.cmake                              SPDX-License-Identifier: Apache-2.0
# Files of the test programs of engine, relative to this folder.
set(PLIMSOLL_ENGINE_NUM_TEST_SOURCES
    num/decimal_test.cpp
    num/diff_boost_test.cpp
    num/exp_test.cpp
    num/isqrt_test.cpp
    num/ln_test.cpp
    num/mul_div_test.cpp
    num/normal_test.cpp
    num/q64_test.cpp
    num/sqrt_test.cpp
    num/wide_exhaustive_test.cpp
    units/units_test.cpp)
include("${CMAKE_CURRENT_LIST_DIR}/engine_sources.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/pricing_sources.cmake")

# Included once a test program of this folder.
if(NOT TEST "engine: the tables of functions are what their generator computes")
    add_test(NAME "engine: the tables of functions are what their generator computes"
        COMMAND Python3::Interpreter "${CMAKE_CURRENT_LIST_DIR}/num/tables_test.py")
    set_tests_properties("engine: the tables of functions are what their generator computes"
        PROPERTIES LABELS engine SKIP_RETURN_CODE 77)
endif()
