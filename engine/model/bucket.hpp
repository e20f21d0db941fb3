// plimsoll: engine/model/bucket.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. How much of something that is limited over time has been used.
// engine/solvency/pace.hpp fills and drains it.
#pragma once

#include "engine/units/units.hpp"

namespace plimsoll {

struct Bucket
{
    Money used;  ///< As of `since`; since then it drains evenly, a whole capacity in a window.
    Seconds since;
};

}  // namespace plimsoll
