# plimsoll: cmake/contract_module.cmake                             SPDX-License-Identifier: Apache-2.0
# One contract module a runtime: vault, hall, common glue and one door, linked by wasm-ld.
include_guard()

# plimsoll_contract_module(RUNTIME SOURCES...) makes plimsoll_RUNTIME.wasm at the top of the wasm build.
#
# The linked file lies in link/ and is published by a step that always runs and writes only what
# differs: a module that was edited or deleted is put right by the next build, and one that has not
# changed keeps its time, so that nothing behind it is built again.
function(plimsoll_contract_module runtime)
    set(target plimsoll_${runtime})
    set(link_dir "${PROJECT_BINARY_DIR}/link")
    add_executable(${target} ${ARGN})
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} PRIVATE plimsoll_engine plimsoll_contract plimsoll_wasm_common)
    plimsoll_warnings(${target})
    plimsoll_freestanding(${target})
    set_target_properties(${target} PROPERTIES
        SUFFIX .wasm
        RUNTIME_OUTPUT_DIRECTORY "${link_dir}")
    add_custom_target(${target}_publish ALL
        COMMAND "${CMAKE_COMMAND}" -E copy_if_different
            "${link_dir}/${target}.wasm" "${PROJECT_BINARY_DIR}/${target}.wasm"
        BYPRODUCTS "${PROJECT_BINARY_DIR}/${target}.wasm"
        COMMENT "Publishing ${target}.wasm"
        VERBATIM)
    add_dependencies(${target}_publish ${target})
endfunction()
