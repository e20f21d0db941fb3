// plimsoll: host-sim/margin/excess.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. What of a case is too large, where the engine says only that a result
// would leave its range (arithmetic_range).
#pragma once

#include "host-sim/margin/case.hpp"

#include <string>

namespace plimsoll::sim {

/// Names the sum that the engine refuses and what adds most to it: "account: a gross notional above ..".
/// Goes by the limits of engine/risk/book.hpp.
[[nodiscard]] std::string excess_of(const MarginCase& margin_case);

}  // namespace plimsoll::sim
