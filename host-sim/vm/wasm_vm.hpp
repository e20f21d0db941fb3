// plimsoll: host-sim/vm/wasm_vm.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. The deployed module: its bytes, metered, translated to C by wasm2c
// and linked into this program.
// Promises: a fresh instance a call; a trap inside is a Response; gas as a CosmWasm chain charges
// it.
// Never: for two threads at once: wasm2c keeps its place to jump back to in one global.
#pragma once

#include "host-sim/vm/vm.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace plimsoll::sim {

/// Null when this program was built without the module.
[[nodiscard]] std::unique_ptr<Vm> make_wasm_vm();

/// SHA-256 of the module before metering, as it would be deployed; empty without a module.
[[nodiscard]] std::string_view module_sha256();

/// Why a program in `folder` must not run the module: the file beside it that would be deployed is not
/// the one that it was built from. Empty when they agree, and when there is no file or no module.
[[nodiscard]] std::string module_mismatch(const std::filesystem::path& folder);

}  // namespace plimsoll::sim
