// plimsoll: host-sim/scenario_agents.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. The parts of a scenario file that hold conditions, agents and coverage marks.
// Each reads one field into the scenario. @throws ScenarioError.
#pragma once

#include "host-sim/scenario_field.hpp"

namespace plimsoll::sim {

void read_conditions(const Field& list, Scenario& scenario);
void read_traders(const Field& list, Scenario& scenario);
void read_makers(const Field& list, Scenario& scenario);
/// Both need the scenario's options.
void read_option_groups(const Field& list, bool sells, Scenario& scenario);
void read_option_makers(const Field& list, Scenario& scenario);
void read_keepers(const Field& list, Scenario& scenario);
void read_marks(Field marks, Scenario& scenario);

}  // namespace plimsoll::sim
