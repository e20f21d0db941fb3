# plimsoll: cmake/module.cmake                                      SPDX-License-Identifier: Apache-2.0
# From contract sources to a native library that runs the deployed bytes:
#   wasm preset -> plimsoll_cosmwasm.wasm -> wasmcheck -> meter -> wasm2c -> plimsoll_wasm_module
# Provides the library plimsoll_wasm_module with the headers
#   generated/plimsoll_module.h         wasm2c's interface (module name "plimsoll")
#   generated/plimsoll_module_id.hpp    sha256 of the unmetered file, and where it lies
include_guard()

find_program(PLIMSOLL_WASM2C wasm2c)
find_path(PLIMSOLL_WASM_RT_DIR wasm-rt-impl.c PATHS /usr/share/wabt/wasm2c /usr/local/share/wabt/wasm2c)
if(NOT PLIMSOLL_WASM2C OR NOT PLIMSOLL_WASM_RT_DIR)
    message(FATAL_ERROR "wasm2c is missing. Install Debian's wabt, or configure with "
        "-DPLIMSOLL_WASM_VM=OFF.")
endif()

if(PLIMSOLL_WASM_DIR)
    set(wasm_dir "${PLIMSOLL_WASM_DIR}")
else()
    set(wasm_dir "${PROJECT_BINARY_DIR}/wasm-contract")
endif()
set(module "${wasm_dir}/plimsoll_cosmwasm.wasm")
set(generated "${PROJECT_BINARY_DIR}/generated")
set(checked "${generated}/plimsoll_module.checked")
set(metered "${generated}/plimsoll_module.metered.wasm")
file(MAKE_DIRECTORY "${generated}")
file(RELATIVE_PATH module_from_program "${PROJECT_BINARY_DIR}" "${module}")

# The inner build runs every time and knows for itself what is out of date.
add_custom_target(plimsoll_wasm_build
    COMMAND "${CMAKE_COMMAND}" "-DSOURCE_DIR=${PROJECT_SOURCE_DIR}" "-DBINARY_DIR=${wasm_dir}"
        "-DWASI_SDK_PREFIX=${WASI_SDK_PREFIX}" -P "${PROJECT_SOURCE_DIR}/cmake/wasm_build.cmake"
    BYPRODUCTS "${module}"
    COMMENT "Building contract modules"
    VERBATIM)

add_custom_command(OUTPUT "${checked}"
    COMMAND wasmcheck --runtime cosmwasm "${module}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${checked}"
    DEPENDS "${module}" plimsoll_wasm_build wasmcheck
    COMMENT "Checking plimsoll_cosmwasm.wasm"
    VERBATIM)
add_custom_command(OUTPUT "${metered}"
    COMMAND meter --costs cosmwasm "${module}" "${metered}"
    DEPENDS "${module}" "${checked}" plimsoll_wasm_build meter
    COMMENT "Metering plimsoll_cosmwasm.wasm"
    VERBATIM)
add_custom_command(OUTPUT "${generated}/plimsoll_module.c" "${generated}/plimsoll_module.h"
    COMMAND "${PLIMSOLL_WASM2C}" -n plimsoll "${metered}" -o "${generated}/plimsoll_module.c"
    DEPENDS "${metered}"
    COMMENT "Translating plimsoll_cosmwasm.wasm to C"
    VERBATIM)
add_custom_command(OUTPUT "${generated}/plimsoll_module_id.hpp"
    COMMAND "${CMAKE_COMMAND}" "-DMODULE=${module}" "-DMODULE_FROM_PROGRAM=${module_from_program}"
        "-DOUTPUT=${generated}/plimsoll_module_id.hpp"
        -P "${PROJECT_SOURCE_DIR}/cmake/module_id.cmake"
    DEPENDS "${module}" plimsoll_wasm_build "${PROJECT_SOURCE_DIR}/cmake/module_id.cmake"
    COMMENT "Hashing plimsoll_cosmwasm.wasm"
    VERBATIM)

add_library(plimsoll_wasm_module STATIC
    "${generated}/plimsoll_module.c" "${generated}/plimsoll_module.h"
    "${generated}/plimsoll_module_id.hpp" "${PLIMSOLL_WASM_RT_DIR}/wasm-rt-impl.c")
# Machine-written C: no warnings, and no sanitizer, whose checks would be of the translator's code.
target_compile_options(plimsoll_wasm_module PRIVATE -w -O3 -fno-sanitize=all)
# Bounds are compared, not left to a signal handler: that mode reserves 8 GiB an instance, returns
# little of it, and leaves the depth of calls to chance.
target_compile_definitions(plimsoll_wasm_module PUBLIC
    WASM_RT_MEMCHECK_SIGNAL_HANDLER=0 WASM_RT_MAX_CALL_STACK_DEPTH=1000)
target_include_directories(plimsoll_wasm_module SYSTEM PUBLIC
    "${PROJECT_BINARY_DIR}" "${PLIMSOLL_WASM_RT_DIR}")
