// plimsoll: tests/support/stories.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. How many random stories a test tells: its own number, or PLIMSOLL_STORIES; the longest of them
// from PLIMSOLL_FIRST_STORY on, so that two processes share them.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace plimsoll::test {

[[nodiscard]] inline std::uint64_t at_least(std::uint64_t usual, const char* variable)
{
    const char* text = std::getenv(variable);
    const std::uint64_t asked = text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
    return asked > usual ? asked : usual;
}

[[nodiscard]] inline std::uint64_t stories(std::uint64_t usual)
{
    return at_least(usual, "PLIMSOLL_STORIES");
}

[[nodiscard]] inline std::uint64_t first_story()
{
    return at_least(1, "PLIMSOLL_FIRST_STORY");
}

}  // namespace plimsoll::test
