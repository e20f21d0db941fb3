// plimsoll: tests/mutations/mutant.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Which named check is off: PLIMSOLL_MUTANT in the environment.
#include "tests/mutations/mutant.hpp"

#include "engine/mutation.hpp"

#include <cstdlib>
#include <cstring>

namespace plimsoll {

namespace {

const char* g_also = nullptr;

}  // namespace

bool mutant(const char* name) noexcept
{
    static const char* const OFF = std::getenv("PLIMSOLL_MUTANT");
    return (OFF != nullptr && std::strcmp(OFF, name) == 0) ||
           (g_also != nullptr && std::strcmp(g_also, name) == 0);
}

void switch_off_also(const char* name) noexcept
{
    g_also = name;
}

}  // namespace plimsoll
