// plimsoll: tests/host-sim/support/shipped_scenario.hpp             SPDX-License-Identifier: Apache-2.0
// The scenario that the project ships, whole and small.
#pragma once

#include "host-sim/scenario.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
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

/// The small one with futures that a third of the traders trade, whose first expiry is at that block.
inline Scenario expiring_scenario(std::uint32_t blocks, std::uint32_t expiry_block)
{
    std::ifstream file(shipped_scenario_path());
    auto changed = nlohmann::json::parse(file);
    for (auto& series : changed["options"]["series"]) {
        series["futures"] = true;
        series["expiry_days"] = {1, 42};
    }
    // Two perpetuals, then for each underlying and expiry six series and the future.
    changed["traders"][0]["markets"] = {{8, "0.5"}, {22, "0.5"}};
    auto scenario = parse_scenario(changed.dump());
    for (auto& group : scenario.traders)
        group.count = (group.count + 9) / 10;
    for (auto& group : scenario.option_groups)
        group.count = (group.count + 9) / 10;
    scenario.blocks = blocks;
    const std::uint64_t day = scenario.start_s + 86'400;
    const std::uint64_t expiry = scenario.start_s + expiry_block * scenario.block_s;
    for (auto& market : scenario.markets)
        if (market.expiry_s == day)
            market.expiry_s = expiry;
    for (auto& body : scenario.option_markets)
        if (body.at("expiry") == day)
            body["expiry"] = expiry;
    for (auto& options : scenario.options)
        for (auto& expiry_s : options.expiries_s)
            if (expiry_s == day)
                expiry_s = expiry;
    return scenario;
}

}  // namespace plimsoll::sim::test
