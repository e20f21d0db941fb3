// plimsoll: host-sim/agents/mempool.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. Where keepers' messages wait for a place: a block takes a number of them, the
// highest fee first, and in congestion some are lost on the way.
// Promises: the order is a function of fee, then arrival; a message waits at most WAIT_BLOCKS.
// Users' deposits and the venue's settlements do not queue here.
#pragma once

#include "host-sim/agents/world.hpp"
#include "host-sim/prng.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace plimsoll::sim {

/// Blocks after which a message that found no place is gone.
inline constexpr std::uint32_t WAIT_BLOCKS = 3;

struct PendingMessage
{
    std::string sender;
    std::string message;
    Money fee;
    std::uint64_t target = 0;  ///< The account it is about.
    std::uint32_t keeper = 0;
    std::uint32_t submitted_block = 0;  ///< Set by the mempool,
    std::uint64_t arrival = 0;          ///< and so is its place in the order of arrival.
};

/// What became of a message that left the mempool.
struct Landed
{
    PendingMessage pending;
    bool executed = false;  ///< False: lost or too old.
    Receipt receipt;
};

class Mempool
{
public:
    explicit Mempool(std::uint64_t seed) : m_prng(seed, "mempool") {}

    /// @returns false when the message was lost on the way.
    bool submit(const World& world, PendingMessage message);

    /// Executes as many as the block takes. Fees are paid by those that land, refused or not.
    [[nodiscard]] std::vector<Landed> run(World& world);

    [[nodiscard]] std::uint64_t lost() const noexcept { return m_lost; }
    [[nodiscard]] std::uint64_t expired() const noexcept { return m_expired; }

private:
    Prng m_prng;
    std::vector<PendingMessage> m_waiting;
    std::uint64_t m_arrivals = 0;
    std::uint64_t m_lost = 0;
    std::uint64_t m_expired = 0;
};

}  // namespace plimsoll::sim
