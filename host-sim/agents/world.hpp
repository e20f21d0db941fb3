// plimsoll: host-sim/agents/world.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. What every agent may see of the world outside the contract at one block.
// Never: holds contract state. Agents learn that by queries, as everyone does.
#pragma once

#include "engine/check.hpp"
#include "host-sim/bank.hpp"
#include "host-sim/chain/chain.hpp"
#include "host-sim/path/impact.hpp"
#include "host-sim/scenario.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace plimsoll::sim {

/// Where spot collateral is sold and bought off-contract: the rest of the world.
inline constexpr std::string_view OUTSIDE = "outside";
/// Where fees for a place in a block go.
inline constexpr std::string_view VALIDATORS = "validators";

struct World
{
    const Scenario& scenario;
    Chain& chain;
    Bank& bank;
    std::uint32_t block = 0;
    std::uint64_t time_s = 0;
    const Conditions* conditions = nullptr;
    std::vector<Impact> impacts = {};  ///< By underlying.
    std::vector<Price> spot = {};      ///< True price by underlying, impact included.
    std::vector<Price> traded =
        {};  ///< True price by market: spot and premium, or an option's value at spot.
    std::vector<Price> published =
        {};  ///< Last published index by underlying; zero before the first.

    [[nodiscard]] const MarketPlan& market(std::uint32_t number) const
    {
        return scenario.markets[number];
    }
    /// @pre there are options on the underlying.
    [[nodiscard]] const SmilePlan& smile(std::uint32_t underlying) const
    {
        const auto listed = [underlying](const auto& it) { return it.underlying == underlying; };
        const auto at = std::find_if(scenario.options.begin(), scenario.options.end(), listed);
        CHECK(at != scenario.options.end());
        return at->smile;
    }
    /// One unit of an option, and its delta, when the index stands there. @pre the market is an option.
    [[nodiscard]] OptionValue option_at(std::uint32_t number, Price index) const
    {
        const auto& series = market(number);
        return option_value(
            smile(series.underlying), series.type, series.strike, series.expiry_s, index, time_s);
    }
    [[nodiscard]] Price published_of_market(std::uint32_t number) const
    {
        return published[market(number).underlying];
    }
    /// A trade of signed notional moves the market's underlying from the next block on.
    void record_flow(std::uint32_t underlying, Money signed_notional)
    {
        impacts[underlying].add(signed_notional);
    }
};

/// Sets what every dated market is worth at its underlying's true spot price: a future that price. What has
/// expired keeps its last value.
inline void price_options(World& world)
{
    for (std::size_t i = world.scenario.perpetual_count; i < world.scenario.markets.size(); ++i) {
        const auto& series = world.scenario.markets[i];
        if (series.has_expired(world.time_s))
            continue;
        if (series.kind == MarketKind::future) {
            world.traded[i] = world.spot[series.underlying];
            continue;
        }
        world.traded[i] = option_price(world.smile(series.underlying), series.type, series.strike,
            series.expiry_s, world.spot[series.underlying], world.time_s);
    }
}

/// Whole lots, toward zero.
[[nodiscard]] inline Quantity whole_lots_trunc(Quantity size, Quantity lot)
{
    return Quantity::from_raw(size.raw() / lot.raw() * lot.raw());
}

}  // namespace plimsoll::sim
