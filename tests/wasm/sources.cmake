# plimsoll: tests/wasm/sources.cmake                                SPDX-License-Identifier: Apache-2.0
# The tests of the doors and of their tools, relative to tests/wasm/.
set(PLIMSOLL_WASM_TEST_SOURCES
    common/bump_test.cpp
    common/libc_test.cpp
    cosmwasm/envelope_test.cpp
    cosmwasm/response_test.cpp
    cosmwasm/smart_query_test.cpp
    tools/checks_test.cpp
    tools/diff_metering_test.cpp
    tools/metering_test.cpp
    tools/wat.cpp
)
