// plimsoll: engine/check.hpp                                        SPDX-License-Identifier: Apache-2.0
// Room: the vault. The always-on assertion.
// Promises: a failed CHECK stops the machine (a trap in wasm, which every runtime turns into a full
// revert; SIGILL natively). It stays on in release builds.
// Never: reached by bytes that a caller chose. A condition that input can break is an Error (error.hpp).
#pragma once

namespace plimsoll {

/// Stops the machine unless `condition` holds. For our own bugs only, never for bad input.
constexpr void CHECK(bool condition) noexcept
{
    if (!condition) [[unlikely]]
        __builtin_trap();
}

}  // namespace plimsoll
