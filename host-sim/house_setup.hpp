// plimsoll: host-sim/house_setup.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. Brings the contract up as the scenario says: instantiate, roles, underlyings, assets,
// markets, insurance. @throws SetupError with the contract's own answer.
#pragma once

#include "host-sim/agents/world.hpp"

namespace plimsoll::sim {

void set_up_house(World& world);

}  // namespace plimsoll::sim
