// plimsoll: host-sim/agents/venue.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. The venue: takes orders during a block, matches each with the market maker who
// quotes best, and settles the fills in the contract with a rising nonce.
// Promises: a settlement that the contract refuses is taken apart and sent fill by fill, so that one bad
// order stops no other; what a taker trades moves the price.
#pragma once

#include "host-sim/agents/market_maker.hpp"
#include "host-sim/agents/messages.hpp"
#include "host-sim/agents/world.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace plimsoll::sim {

struct Order
{
    std::uint64_t account = 0;
    std::uint32_t market = 0;
    Quantity base;        ///< Signed: positive buys.
    bool closes = false;  ///< Of the whole position, which need not be whole lots then.
};

struct VenueTotals
{
    std::uint64_t fills = 0;
    std::uint64_t refused = 0;    ///< Fills that the contract refused.
    std::uint64_t unmatched = 0;  ///< Orders, or parts, that no maker took.
    Money volume;
};

class Venue
{
public:
    explicit Venue(const Scenario& scenario);

    /// Opens the market makers' accounts.
    void open(World& world);

    /// Reads the makers' inventories for this block.
    void begin_block(World& world);

    void submit(const Order& order) { m_orders.push_back(order); }

    /// Matches and settles every order of the block. Trades at the opening move no price.
    void settle(World& world, bool is_opening);

    [[nodiscard]] const VenueTotals& totals() const noexcept { return m_totals; }
    [[nodiscard]] const std::vector<MarketMaker>& makers() const noexcept { return m_makers; }

private:
    struct Match
    {
        FillText fill;
        bool taker_buys = false;
    };

    [[nodiscard]] std::vector<Match> match(const World& world, const Order& order);
    void settle_batch(World& world, std::span<const Match> batch, bool is_opening);

    std::vector<MarketMaker> m_makers;
    std::vector<Order> m_orders;
    std::uint64_t m_nonce = 0;
    VenueTotals m_totals;
};

}  // namespace plimsoll::sim
