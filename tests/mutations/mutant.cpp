// plimsoll: tests/mutations/mutant.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Which named check is off: PLIMSOLL_MUTANT in the environment.
#include "engine/mutation.hpp"

#include <cstdlib>
#include <cstring>

namespace plimsoll {

bool mutant(const char* name) noexcept
{
    static const char* const OFF = std::getenv("PLIMSOLL_MUTANT");
    return OFF != nullptr && std::strcmp(OFF, name) == 0;
}

}  // namespace plimsoll
