# plimsoll: wasm/tools/sources.cmake                                SPDX-License-Identifier: Apache-2.0
# The native tools for modules, relative to wasm/tools/. What wasmcheck and meter share, and what
# their tests call; each program's main is in the file of its name.
set(PLIMSOLL_WASM_TOOLS_SOURCES
    checks.cpp
    costs.cpp
    metering.cpp
    module.cpp
)
