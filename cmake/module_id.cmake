# plimsoll: cmake/module_id.cmake                                   SPDX-License-Identifier: Apache-2.0
# cmake -DMODULE= -DMODULE_FROM_PROGRAM= -DOUTPUT= -P: writes the identity of the deployed bytes.
file(SHA256 "${MODULE}" sha256)
file(CONFIGURE OUTPUT "${OUTPUT}" @ONLY CONTENT [[
// Written by cmake/module_id.cmake from plimsoll_cosmwasm.wasm. Do not edit.
#pragma once

#include <string_view>

namespace plimsoll {

/// SHA-256 of the module as it is deployed, before metering: what this program was built from.
inline constexpr std::string_view MODULE_SHA256 = "@sha256@";

/// Where that file lies, seen from the folder of the program.
inline constexpr std::string_view MODULE_FROM_PROGRAM = "@MODULE_FROM_PROGRAM@";

}  // namespace plimsoll
]])
