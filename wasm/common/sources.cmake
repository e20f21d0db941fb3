# plimsoll: wasm/common/sources.cmake                               SPDX-License-Identifier: Apache-2.0
# Glue shared by the doors, relative to wasm/common/.
# Plain code, compiled natively too, for its tests:
set(PLIMSOLL_WASM_COMMON_SOURCES
    libc.cpp
)
# What only a module needs: allocator, traps, the missing part of libc++:
set(PLIMSOLL_WASM_COMMON_MODULE_SOURCES
    runtime.cpp
)
