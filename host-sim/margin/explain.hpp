// plimsoll: host-sim/margin/explain.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. A margin report for people: where the requirement comes from, what
// the book is exposed to, and what would cure a shortfall.
// Promises: lines of at most 100 columns for names of ordinary length; amounts rounded for reading, but
// the cash that a cure needs in full.
#pragma once

#include "host-sim/margin/evaluation.hpp"

#include <string>

namespace plimsoll::sim {

[[nodiscard]] std::string explain(const MarginCase& margin_case, const Evaluation& evaluation);

}  // namespace plimsoll::sim
