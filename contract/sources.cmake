# plimsoll: contract/sources.cmake                                  SPDX-License-Identifier: Apache-2.0
# Every file of the hall that is compiled, relative to contract/. Native and wasm builds share it.
set(PLIMSOLL_CONTRACT_SOURCES
    call.cpp
    contract.cpp
    handlers/accounts.cpp
    handlers/governance.cpp
    handlers/liquidation.cpp
    handlers/push_prices.cpp
    handlers/resolve.cpp
    handlers/settle_fills.cpp
    handlers/upkeep.cpp
    json/decode.cpp
    json/reader.cpp
    json/writer.cpp
    message.cpp
    queries/accounts.cpp
    queries/house.cpp
    queries/markets.cpp
    records.cpp
    schema.cpp
    store.cpp
)
