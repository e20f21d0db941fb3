// plimsoll: engine/mutation.hpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the vault. Names for checks, by which tests switch one of them off at a time and see that some test
// notices. tests/mutations/mutants.txt lists every name and the tests that must fail without it.
// Promises: in every build but that of the mutation tests a named check is the plain expression, and
// nothing of the name is left.
#pragma once

#ifdef PLIMSOLL_MUTATIONS

namespace plimsoll {

/// Whether this is the check that the tests have switched off.
[[nodiscard]] bool mutant(const char* name) noexcept;

}  // namespace plimsoll

#define MUTANT(name, expression, instead) (::plimsoll::mutant(name) ? (instead) : (expression))

#else

#define MUTANT(name, expression, instead) (expression)

#endif

/// A condition under which something is refused, or another path is taken. Its mutant never holds.
#define GUARD(name, condition) MUTANT(name, condition, false)
