// plimsoll: host-sim/margin/command.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. The verb `margin` of the program, and the schemas of its files.
#pragma once

#include <string>
#include <string_view>

namespace plimsoll::sim {

struct MarginCommand
{
    std::string input = "-";  ///< Case; "-" is standard input.
    bool explain = false;
    std::string expect;  ///< File or folder; empty: compute the case.
};

/// Exit codes of the verb.
inline constexpr int MARGIN_OK = 0;
inline constexpr int MARGIN_REFUSED = 1;  ///< An invalid case, or a report that is not as expected.
inline constexpr int MARGIN_UNREADABLE = 2;  ///< A file that cannot be read.

struct MarginAnswer
{
    int exit = MARGIN_OK;
    std::string out;        ///< For standard output.
    std::string complaint;  ///< For standard error.
};

[[nodiscard]] MarginAnswer run_margin(const MarginCommand& command);

/// JSON Schema of "margin-case" or "margin-report".
[[nodiscard]] std::string_view margin_schema(std::string_view of);

}  // namespace plimsoll::sim
