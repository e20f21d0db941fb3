# plimsoll: wasm/cosmwasm/sources.cmake                             SPDX-License-Identifier: Apache-2.0
# The CosmWasm door, relative to wasm/cosmwasm/.
# Plain code, compiled natively too, for its tests:
set(PLIMSOLL_COSMWASM_SOURCES
    envelope.cpp
    response.cpp
    smart_query.cpp
)
# Imports and exports of the module:
set(PLIMSOLL_COSMWASM_MODULE_SOURCES
    chain_host.cpp
    entry.cpp
)
