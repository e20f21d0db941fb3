// plimsoll: engine/model/limited.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. A figure on its way to a target. engine/oracle/limiter.hpp moves it.
#pragma once

#include "engine/units/units.hpp"

namespace plimsoll {

/// All zero: at the lower end of its bounds, going nowhere.
struct Limited
{
    Ratio value;   ///< At `since`.
    Ratio target;  ///< In force since `since`.
    Seconds since;
};

}  // namespace plimsoll
