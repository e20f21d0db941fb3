// plimsoll: tests/wasm/tools/wat.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Small modules for tests, written as text.
#pragma once

#include "wasm/tools/module.hpp"

#include <string_view>

namespace plimsoll::tools {

/// The binary module of a text in wat, unchecked; a text that does not parse fails the test.
[[nodiscard]] Bytes module_of_wat(std::string_view text);

}  // namespace plimsoll::tools
