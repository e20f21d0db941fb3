// plimsoll: tests/host-sim/margin/example.hpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The shipped example cases, as JSON that a test may bend.
#pragma once

#include "host-sim/margin/files.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace plimsoll::sim::test {

inline std::string example_path(const std::string& name)
{
    return PLIMSOLL_SOURCE_DIR "/host-sim/margin/examples/" + name + ".json";
}

inline nlohmann::json example(const std::string& name)
{
    return nlohmann::json::parse(read_text_file(example_path(name)));
}

}  // namespace plimsoll::sim::test
