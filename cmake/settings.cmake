# plimsoll: cmake/settings.cmake                                    SPDX-License-Identifier: Apache-2.0
# What every target shares: language level, warnings, sanitizers, include root, output folders.
include_guard()
include(warnings)

# The toolchain file is the only place that names this processor.
string(COMPARE EQUAL "${CMAKE_SYSTEM_PROCESSOR}" "wasm32" PLIMSOLL_IS_WASM)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

if(PLIMSOLL_IS_WASM)
    # Objects go straight to the linker: an archive would need llvm-ar for its symbol table.
    set(PLIMSOLL_LIBRARY_TYPE OBJECT)
else()
    enable_language(C)
    set(PLIMSOLL_LIBRARY_TYPE STATIC)
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

# Whatever the checkout is called, the bytes that come out are the same.
add_compile_options("-ffile-prefix-map=${PROJECT_SOURCE_DIR}=." "-ffile-prefix-map=${PROJECT_BINARY_DIR}=build")

if(PLIMSOLL_SANITIZE AND NOT PLIMSOLL_IS_WASM)
    add_compile_options("-fsanitize=${PLIMSOLL_SANITIZE}" -fno-sanitize-recover=all
        -fno-omit-frame-pointer -g1)
    add_link_options("-fsanitize=${PLIMSOLL_SANITIZE}")
endif()

# plimsoll_library(NAME SOURCES... ): a room's library, with root-relative includes.
function(plimsoll_library name)
    add_library(${name} ${PLIMSOLL_LIBRARY_TYPE} ${ARGN})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    plimsoll_warnings(${name})
endfunction()

# plimsoll_freestanding(NAME): the rules of engine, contract and doors: no exceptions, no RTTI.
function(plimsoll_freestanding name)
    target_compile_options(${name} PRIVATE -fno-exceptions -fno-rtti)
endfunction()
