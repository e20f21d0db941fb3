// plimsoll: host-sim/options.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. The command line of plimsoll: verbs, options, help, exit codes.
#pragma once

#include "host-sim/margin/command.hpp"
#include "host-sim/vm/vm.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace plimsoll::sim {

/// What a shell or a pipeline can tell apart.
enum class Exit : int
{
    ok = 0,
    usage = 1,       ///< The command line, the scenario, the trace, or a file.
    invariant = 2,   ///< An invariant was broken, or the contract trapped.
    difference = 3,  ///< Two machines disagreed, or a trace was not reproduced.
    mark = 4,        ///< A coverage mark was missed.
};

enum class Verb : std::uint8_t
{
    run,
    replay,
    schema,
    gas,
    margin,
};

struct Options
{
    Verb verb = Verb::run;
    std::string input;  ///< Scenario or trace.
    VmKind vm = VmKind::native;
    std::string vm_name = "native";
    std::optional<std::uint64_t> seed;
    std::string out = "out";
    std::optional<std::uint32_t> blocks;
    bool markdown = false;            ///< schema: the reference page instead.
    std::string schema = "messages";  ///< schema: of what.
    MarginCommand margin;
};

/// What to do, or that the program should end at once.
struct ParsedOptions
{
    std::optional<Options> options;
    Exit exit = Exit::ok;  ///< When there are none: help was asked for, or something was wrong.
};

/// Prints help to standard output and complaints to standard error.
[[nodiscard]] ParsedOptions parse_options(int argc, const char* const* argv);

}  // namespace plimsoll::sim
