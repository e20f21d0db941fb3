// plimsoll: host-sim/agents/option_trader.hpp                       SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. An account that has sold or bought a call and a put of one expiry, of equal or
// different size, and hedges a share of their delta with perpetuals when it is awake.
// Promises: draws come from the trader's own stream, as a trader's do.
#pragma once

#include "host-sim/agents/venue.hpp"
#include "host-sim/agents/views.hpp"
#include "host-sim/agents/world.hpp"
#include "host-sim/prng.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace plimsoll::sim {

class OptionTrader
{
public:
    OptionTrader(const OptionGroup& group, std::uint32_t number, std::uint64_t seed);

    /// Opens the account in its mode, deposits the collateral, delegates, and orders options and hedge.
    void open(World& world, Venue& venue);

    /// One block. Most of the time it is asleep.
    void act(World& world, Venue& venue);

    [[nodiscard]] std::uint64_t account() const noexcept { return m_account; }

private:
    /// A series of that type on its underlying at its expiry; nullopt when none is listed.
    [[nodiscard]] std::optional<std::uint32_t> draw_series(
        const World& world, std::uint64_t expiry_s, OptionType type);
    void order_first_positions(World& world, Venue& venue);
    void order(World& world, Venue& venue, std::uint32_t market, Quantity signed_base);
    void defend(World& world, Venue& venue, const AccountSeen& account, const HealthSeen& health);
    void hedge(World& world, Venue& venue, const AccountSeen& account);
    [[nodiscard]] std::optional<std::uint32_t> perpetual(const World& world) const;

    const OptionGroup& m_group;
    std::string m_address;
    Prng m_prng;
    std::uint64_t m_account = 0;
    Money m_equity;  ///< At the start.
    Ratio m_leverage;
    std::uint32_t m_underlying = 0;
};

}  // namespace plimsoll::sim
