# plimsoll: tests/contract/sources.cmake                            SPDX-License-Identifier: Apache-2.0
# The tests of the hall, relative to tests/contract/.
include(${CMAKE_CURRENT_LIST_DIR}/codec_sources.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/contract_sources.cmake)
set(PLIMSOLL_CONTRACT_TEST_SOURCES
    ${CONTRACT_CODEC_TEST_SOURCES}
    ${CONTRACT_TEST_SOURCES}
    reference_page_test.cpp
)
