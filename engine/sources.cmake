# plimsoll: engine/sources.cmake                                    SPDX-License-Identifier: Apache-2.0
# Every file of the vault that is compiled, relative to engine/. Native and wasm builds share it.
set(PLIMSOLL_ENGINE_SOURCES
  model/params.cpp
  ops/accrue.cpp
  ops/fill.cpp
  ops/leg.cpp
  ops/liquidate.cpp
  ops/resolve.cpp
  oracle/mark.cpp
  risk/health.cpp
  risk/position_view.cpp
  solvency/auction.cpp
  solvency/sale.cpp
  solvency/side_index.cpp
)
