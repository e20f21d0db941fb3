# plimsoll: tests/engine/sources.cmake                              SPDX-License-Identifier: Apache-2.0
# Files of the test programs of engine, relative to this folder.
set(PLIMSOLL_ENGINE_NUM_TEST_SOURCES
    num/decimal_test.cpp
    num/diff_boost_test.cpp
    num/isqrt_test.cpp
    num/mul_div_test.cpp
    num/wide_exhaustive_test.cpp
    units/units_test.cpp)
include("${CMAKE_CURRENT_LIST_DIR}/engine_sources.cmake")
