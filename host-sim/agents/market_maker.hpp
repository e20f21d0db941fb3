// plimsoll: host-sim/agents/market_maker.hpp                        SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. A market maker: quotes both sides around the true price, shifted against its
// inventory, inside the market's fill band, up to an inventory limit. One of options quotes around what
// their smile makes of the true price, its spread on top of the market's.
#pragma once

#include "host-sim/agents/world.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plimsoll::sim {

struct Quote
{
    Price price;
    Quantity size_max;
};

class MarketMaker
{
public:
    MarketMaker(const MakerPlan& plan, std::size_t markets) : m_plan(plan), m_base(markets) {}

    /// Opens the account, deposits the capital, delegates to the venue.
    void open(World& world);

    /// Reads the account again: deleveraging may have changed it.
    void refresh(World& world);

    /// Those of options quote nothing else, and the others no option.
    /// The price at which it would take the other side now, and how much; nullopt when it would not.
    [[nodiscard]] std::optional<Quote> quote(
        const World& world, std::uint32_t market, bool taker_buys) const;

    /// A fill that is on its way to the contract; positive: the maker bought.
    void expect(std::uint32_t market, Quantity signed_base) { m_base[market] += signed_base; }

    [[nodiscard]] std::uint64_t account() const noexcept { return m_account; }
    [[nodiscard]] const std::string& name() const noexcept { return m_plan.name; }

private:
    [[nodiscard]] std::optional<Quote> quote_option(
        const World& world, std::uint32_t market, bool taker_buys) const;

    MakerPlan m_plan;
    std::uint64_t m_account = 0;
    std::vector<Quantity> m_base;  ///< By market.
};

}  // namespace plimsoll::sim
