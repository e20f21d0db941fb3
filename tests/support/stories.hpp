// plimsoll: tests/support/stories.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. How many random stories a test tells: its own number, or PLIMSOLL_STORIES.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace plimsoll::test {

[[nodiscard]] inline std::uint64_t stories(std::uint64_t usual)
{
    const char* text = std::getenv("PLIMSOLL_STORIES");
    const std::uint64_t asked = text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
    return asked > usual ? asked : usual;
}

}  // namespace plimsoll::test
