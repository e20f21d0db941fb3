// plimsoll: host-sim/agents/mempool.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. See mempool.hpp.
#include "host-sim/agents/mempool.hpp"

#include <algorithm>

namespace plimsoll::sim {

bool Mempool::submit(const World& world, PendingMessage message)
{
    if (m_prng.chance(world.conditions->drop)) {
        m_lost += 1;
        return false;
    }
    message.submitted_block = world.block;
    message.arrival = ++m_arrivals;
    m_waiting.push_back(std::move(message));
    return true;
}

std::vector<Landed> Mempool::run(World& world)
{
    std::sort(m_waiting.begin(), m_waiting.end(), [](const auto& left, const auto& right) {
        return left.fee != right.fee ? left.fee > right.fee : left.arrival < right.arrival;
    });
    std::vector<Landed> landed;
    std::vector<PendingMessage> kept;
    std::uint32_t places = world.conditions->capacity;
    const auto& quote = world.scenario.tokens[0];
    for (auto& pending : m_waiting) {
        if (places > 0) {
            const num::i128 fee = tokens_from_money_floor(pending.fee, quote.decimals).raw();
            if (world.bank.move(pending.sender, VALIDATORS, quote.denom, fee)) {
                places -= 1;
                auto receipt = world.chain.execute(pending.sender, pending.message);
                landed.push_back({std::move(pending), true, std::move(receipt)});
            } else {
                landed.push_back({std::move(pending), false, {}});
            }
        } else if (world.block - pending.submitted_block >= WAIT_BLOCKS) {
            m_expired += 1;
            landed.push_back({std::move(pending), false, {}});
        } else {
            kept.push_back(std::move(pending));
        }
    }
    m_waiting = std::move(kept);
    return landed;
}

}  // namespace plimsoll::sim
