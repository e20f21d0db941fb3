// plimsoll: host-sim/oracle/publisher.hpp                           SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, oracle. One publisher with the rules of a deviation and heartbeat feed: a round is due
// when the price has moved by the deviation or the last round is as old as the heartbeat; in stress it
// lands some blocks after it was observed. With a round go the surfaces of the underlying's expiries.
// Promises: publish times rise; an underlying has at most one round on its way.
#pragma once

#include "host-sim/agents/messages.hpp"
#include "host-sim/agents/world.hpp"
#include "host-sim/prng.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace plimsoll::sim {

/// What is said of every expiry that has not passed with each price: its surface when the price was observed.
[[nodiscard]] std::vector<SurfaceReport> surfaces_of(
    const Scenario& scenario, std::span<const PriceReport> reports, std::uint64_t now_s);

class Publisher
{
public:
    Publisher(const Scenario& scenario, std::uint64_t seed);

    /// Looks at this block's true prices and sends what is due. @returns whether a round landed.
    bool act(World& world);

    [[nodiscard]] std::uint64_t rounds() const noexcept { return m_rounds; }

private:
    struct Feed
    {
        Price price;  ///< Of the last round that was sent.
        std::uint64_t publish_time_s = 0;
        std::deque<Price> recent;  ///< True prices, newest last.
        std::optional<PriceReport> pending;
        std::uint32_t due_block = 0;
    };

    void observe(Feed& feed, std::uint32_t underlying, const World& world);
    [[nodiscard]] Price confidence(const Feed& feed) const;
    [[nodiscard]] std::vector<PremiumReport> premiums_due(const World& world, bool with_round);

    OraclePlan m_plan;
    Prng m_prng;
    std::vector<Feed> m_feeds;
    std::vector<Price> m_premiums;  ///< Last sent, by market.
    std::uint64_t m_rounds = 0;
};

inline constexpr std::string_view PUBLISHER = "publisher";

}  // namespace plimsoll::sim
