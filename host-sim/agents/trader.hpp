// plimsoll: host-sim/agents/trader.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. A leveraged trader: opens with the leverage and collateral of its group, then
// wakes now and then to top up or cut when near the line, to take profit, or to trade a little.
// Promises: draws come from the trader's own stream, so that a further trader changes nobody else's.
#pragma once

#include "host-sim/agents/venue.hpp"
#include "host-sim/agents/views.hpp"
#include "host-sim/agents/world.hpp"
#include "host-sim/prng.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace plimsoll::sim {

class Trader
{
public:
    Trader(const TraderGroup& group, std::uint32_t number, std::uint64_t seed);

    /// Opens the account, deposits the collateral, delegates, and orders the first positions.
    void open(World& world, Venue& venue);

    /// One block. Most of the time the trader is asleep.
    void act(World& world, Venue& venue);

    [[nodiscard]] std::uint64_t account() const noexcept { return m_account; }

private:
    [[nodiscard]] Money draw_leveraged_notional(World& world);
    void order_first_positions(World& world, Venue& venue, Money notional);
    void order(World& world, Venue& venue, std::uint32_t market, Quantity signed_base);
    void order_notional(World& world, Venue& venue, std::uint32_t market, Money signed_notional);

    void defend(World& world, Venue& venue, const AccountSeen& account, const HealthSeen& health);
    void come_back(World& world, Venue& venue, const HealthSeen& health);
    void top_up(World& world, Money need);
    void cut(World& world, Venue& venue, const AccountSeen& account, Ratio share);
    void take_profit(World& world, Venue& venue, const AccountSeen& account, Money profit);
    void churn(World& world, Venue& venue, const AccountSeen& account, const HealthSeen& health);
    /// Users' own messages are lost in congestion too.
    [[nodiscard]] bool gets_through(const World& world);

    const TraderGroup& m_group;
    std::string m_address;
    Prng m_prng;
    std::uint64_t m_account = 0;
    Money m_equity;  ///< At the start.
    Ratio m_leverage;
    bool m_is_long = true;
};

}  // namespace plimsoll::sim
