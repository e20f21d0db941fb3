// plimsoll: host-sim/margin/expect.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. Files that hold a case and the report it must have, run against the
// engine: {"name", "shows", "case", "report"}.
// Promises: every file is judged; a file that cannot be read, or is no such file, is told apart from one
// whose report differs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::sim {

enum class Verdict : std::uint8_t
{
    equal,
    different,
    unreadable,
};

struct ExpectResult
{
    Verdict verdict = Verdict::equal;
    std::string output;     ///< A line a file, then what holds for all of them.
    std::string complaint;  ///< Of `unreadable`: what could not be read.
};

/// `path`: a file, "-" for standard input, or a folder, of which all *.json are run in the order of their names.
[[nodiscard]] ExpectResult run_expectations(const std::string& path);

}  // namespace plimsoll::sim
