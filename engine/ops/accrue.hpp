// plimsoll: engine/ops/accrue.hpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. Brings one market's funding up to now.
#pragma once

#include "engine/model/market.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// Charges the funding that is due and says what it was a unit of base (longs owe it; negative: shorts).
/// Cannot fail: where an index would leave its range the funding is dropped and an active market goes to
/// reduce_only, so that it empties. A market with no index yet only moves its clock.
Price accrue(Market& market, Price index, Seconds now) noexcept;

}  // namespace plimsoll
