// plimsoll: host-sim/agents/world.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. What every agent may see of the world outside the contract at one block.
// Never: holds contract state. Agents learn that by queries, as everyone does.
#pragma once

#include "host-sim/bank.hpp"
#include "host-sim/chain/chain.hpp"
#include "host-sim/path/impact.hpp"
#include "host-sim/scenario.hpp"

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
    std::vector<Price> traded = {};    ///< True price by market: spot and premium.
    std::vector<Price> published =
        {};  ///< Last published index by underlying; zero before the first.

    [[nodiscard]] const MarketPlan& market(std::uint32_t number) const
    {
        return scenario.markets[number];
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

/// Whole lots, toward zero.
[[nodiscard]] inline Quantity whole_lots_trunc(Quantity size, Quantity lot)
{
    return Quantity::from_raw(size.raw() / lot.raw() * lot.raw());
}

}  // namespace plimsoll::sim
