// plimsoll: host-sim/margin/evaluation.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. A case put through the engine, and what a desk asks besides the
// margin itself: greeks, liquidation prices, and which trades would cure a shortfall.
// Promises: margin comes from plimsoll::margin alone, also for every trade that is tried.
#pragma once

#include "engine/risk/liquidation_price.hpp"
#include "engine/risk/margin.hpp"
#include "engine/risk/position_greeks.hpp"
#include "host-sim/margin/case.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace plimsoll::sim {

struct Evaluation
{
    MarginReport report;
    std::unique_ptr<MarginWork> work;

    [[nodiscard]] const UnderlyingRisk& of(std::size_t underlying) const
    {
        return work->underlyings[underlying];
    }
};

/// @throws CaseError when the book is outside the engine's domain.
[[nodiscard]] Evaluation evaluate(const MarginCase& margin_case);

[[nodiscard]] PositionGreeks greeks_of(const MarginCase& margin_case, std::size_t underlying);

/// The spots, either side of the present one, at which the account would become liquidatable if only this
/// underlying moved; zero where none was found, or none is sought because it is liquidatable already.
[[nodiscard]] LiquidationPrices liquidation_prices(
    const MarginCase& margin_case, std::size_t underlying);

/// A trade at the mark, and the health that it would leave.
struct Cure
{
    std::string what;
    PerLevel<Money> health;
};

/// Each position closed alone, and all open orders cancelled (where there are any), by what they do for the
/// level, best first. Trades that the engine cannot value are left out.
[[nodiscard]] std::vector<Cure> cures(
    const MarginCase& margin_case, const MarginReport& report, Level level);

/// The least slice of all positions alike, in whole percent, whose closing at the mark (with all open orders
/// cancelled) leaves no shortfall at the level; nothing when not even closing all does.
struct SliceCure
{
    int percent = 0;
    PerLevel<Money> health;
};
[[nodiscard]] std::optional<SliceCure> slice_cure(const MarginCase& margin_case, Level level);

}  // namespace plimsoll::sim
