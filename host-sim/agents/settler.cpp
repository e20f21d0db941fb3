// plimsoll: host-sim/agents/settler.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. See settler.hpp.
#include "host-sim/agents/settler.hpp"

#include "host-sim/agents/messages.hpp"
#include "host-sim/agents/views.hpp"

#include <string>

namespace plimsoll::sim {
namespace {

constexpr std::string_view SETTLER = "settler";
/// Blocks after which it asks again for what was not settled.
constexpr std::uint32_t PATIENCE_BLOCKS = 10;

}  // namespace

void Settler::act(World& world, std::uint64_t accounts)
{
    if (world.block % PATIENCE_BLOCKS != 0)
        return;
    const std::size_t before = m_settled.size();
    for (const auto& market : world.scenario.markets) {
        if (!market.has_expired(world.time_s) || m_settled.contains(market.market))
            continue;
        const auto receipt =
            world.chain.execute(std::string(SETTLER), settle_market_message(market.market));
        if (receipt.ok())
            m_settled.insert(market.market);
    }
    if (m_settled.size() != before)
        touch_all(world, accounts);
}

void Settler::touch_all(World& world, std::uint64_t accounts)
{
    for (std::uint64_t account = 1; account <= accounts; ++account) {
        if (see_account(world.chain, account).has_flat)
            (void)world.chain.execute(std::string(SETTLER), touch_message(account));
    }
}

}  // namespace plimsoll::sim
