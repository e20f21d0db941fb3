// plimsoll: host-sim/scenario_options.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. The part of a scenario file that lists option series and what portfolio margin needs.
// Promises: series are numbered after the perpetuals, in the file's order: expiry, then calls, then puts.
#pragma once

#include "host-sim/scenario_field.hpp"

namespace plimsoll::sim {

/// Lists the series into the scenario. @pre its underlyings, markets and prices have been read.
/// @throws ScenarioError.
void read_options(Field options, Scenario& scenario);

}  // namespace plimsoll::sim
