// plimsoll: tests/mutations/mutant.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. For tests of what happens when something else has gone wrong. Only where PLIMSOLL_MUTATIONS
// is defined.
#pragma once

namespace plimsoll {

/// Switches a named check off beside the one of the environment; null: none.
void switch_off_also(const char* name) noexcept;

}  // namespace plimsoll
