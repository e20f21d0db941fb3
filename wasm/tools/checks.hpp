// plimsoll: wasm/tools/checks.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the doors, tools. Everything that a runtime, or this house, does not accept in a module.
// Promises: one line for each violation, all of them, in the order of the checks. The bounds are
// the narrowest of all releases of a runtime that are in use.
// Never: runs the module.
#pragma once

#include "wasm/tools/module.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::tools {

/// What a module may import and export to run there.
struct Runtime
{
    std::string_view name;
    std::span<const std::string_view> imports;   ///< As "module.name"; functions only.
    std::span<const std::string_view> exports;   ///< All that may be exported.
    std::span<const std::string_view> required;  ///< Those that must be.
};

/// Null when no runtime is called so.
[[nodiscard]] const Runtime* runtime_of(std::string_view name);

struct Verdict
{
    std::vector<std::string> violations;
    std::string summary;  ///< Size, functions, most locals, imports: one line.
};

[[nodiscard]] Verdict check_module(std::span<const std::uint8_t> bytes, const Runtime& runtime);

}  // namespace plimsoll::tools
