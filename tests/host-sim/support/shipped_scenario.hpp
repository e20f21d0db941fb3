// plimsoll: tests/host-sim/support/shipped_scenario.hpp             SPDX-License-Identifier: Apache-2.0
// The scenario that the project ships, whole and small.
#pragma once

#include "host-sim/scenario.hpp"

#include <string>

namespace plimsoll::sim::test {

inline std::string shipped_scenario_path()
{
    return PLIMSOLL_SOURCE_DIR "/host-sim/scenarios/black-thursday-2020.json";
}

inline Scenario shipped_scenario()
{
    return load_scenario(shipped_scenario_path());
}

/// The same with a tenth of the traders, of options too, and as many blocks as given.
inline Scenario small_scenario(std::uint32_t blocks)
{
    auto scenario = shipped_scenario();
    for (auto& group : scenario.traders)
        group.count = (group.count + 9) / 10;
    for (auto& group : scenario.option_groups)
        group.count = (group.count + 9) / 10;
    scenario.blocks = blocks;
    return scenario;
}

}  // namespace plimsoll::sim::test
