// plimsoll: host-sim/margin/comparison.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. Two margin reports compared number by number: the one that is
// expected, of any origin, and the engine's.
// Promises: exact integer arithmetic; a number that is expected and absent is a difference.
// Never: compares which scenario is worst: where two are equal that is a choice. Those are `worst`,
// `driver`, `step`, `move`, `scenario` and `binding`.
#pragma once

#include "engine/units/units.hpp"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace plimsoll::sim {

/// Of max(1, |expected|).
inline constexpr Ratio COMPARISON_TOLERANCE = Ratio::from_raw(1'000'000'000);

struct Comparison
{
    std::vector<std::string> differences;  ///< "initial.health: expected 1, got 2".
    std::size_t numbers = 0;               ///< How many were compared.
    Ratio worst;  ///< Greatest |got - expected| / max(1, |expected|), ceiled.
    std::string worst_path;
    std::size_t wrong_way = 0;   ///< Numbers that favour the account by more than the noise.
    std::string wrong_way_path;  ///< The first of them.
};

/// What a comparison forgives.
struct Allowance
{
    Money
        noise;  ///< What the expected numbers may be off by before one errs in the account's favour.
    Money slack;  ///< Besides the relative tolerance.
};

[[nodiscard]] Comparison compare_reports(
    const nlohmann::json& expected, const nlohmann::json& got, const Allowance& allowance);

}  // namespace plimsoll::sim
