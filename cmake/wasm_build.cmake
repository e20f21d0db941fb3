# plimsoll: cmake/wasm_build.cmake                                  SPDX-License-Identifier: Apache-2.0
# cmake -DSOURCE_DIR= -DBINARY_DIR= -DWASI_SDK_PREFIX= -P: configures the wasm build when it has to,
# then builds it. Silent when nothing is wrong. The lock keeps two native builds (say native and asan)
# out of each other's way.
file(MAKE_DIRECTORY "${BINARY_DIR}")
file(LOCK "${BINARY_DIR}" DIRECTORY GUARD PROCESS TIMEOUT 1200)

set(configure "${CMAKE_COMMAND}" --preset wasm-contract -B "${BINARY_DIR}")
if(WASI_SDK_PREFIX)
    list(APPEND configure "-DWASI_SDK_PREFIX=${WASI_SDK_PREFIX}")
endif()
# What a configured build cannot see change by itself: the defaults that it has cached.
file(SHA256 "${SOURCE_DIR}/cmake/wasm-contract.toolchain.cmake" toolchain)
file(SHA256 "${SOURCE_DIR}/CMakePresets.json" presets)
set(record "${BINARY_DIR}/configured_with")
set(wanted "${configure} $ENV{WASI_SDK_PREFIX} ${toolchain} ${presets}")
set(present "")
if(EXISTS "${record}" AND EXISTS "${BINARY_DIR}/build.ninja")
    file(READ "${record}" present)
endif()
if(NOT present STREQUAL wanted)
    execute_process(COMMAND ${configure} --fresh
        WORKING_DIRECTORY "${SOURCE_DIR}" RESULT_VARIABLE failed
        OUTPUT_VARIABLE log ERROR_VARIABLE log)
    if(failed)
        message(FATAL_ERROR "${log}\nThe wasm build could not be configured.")
    endif()
    file(WRITE "${record}" "${wanted}")
endif()

# ccache would replace absolute paths by relative ones, and with them the names in the module.
unset(ENV{CCACHE_BASEDIR})
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${BINARY_DIR}" -- --quiet
    RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "The contract modules could not be built.")
endif()
