// plimsoll: host-sim/agents/keeper.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. A keeper: polls for accounts below maintenance margin, flags them, buys what
// the auction offers when it pays to carry and unwind it, and resolves what nobody would take. What it
// bought it sells on through the venue; seized collateral it withdraws and sells outside.
// Promises: every purchase carries its guards (worst price, nonce, deadline). It never bids with more than
// its share of free margin.
#pragma once

#include "host-sim/agents/mempool.hpp"
#include "host-sim/agents/venue.hpp"
#include "host-sim/agents/views.hpp"
#include "host-sim/agents/world.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace plimsoll::sim {

struct KeeperTotals
{
    std::uint64_t sent = 0;
    std::uint64_t refused = 0;  ///< Landed and answered with an error: a race lost, as a rule.
    std::uint64_t bought = 0;   ///< Landed purchases.
    Money fees;
};

/// The price at which a position of this sign can be sold on now, spread included.
[[nodiscard]] Price exit_price(const World& world, std::uint32_t market, bool is_long);

class Keeper
{
public:
    Keeper(const KeeperPlan& plan, std::uint32_t number);

    void open(World& world);

    /// Whether this is a block in which it looks around.
    [[nodiscard]] bool is_polling(const World& world) const;

    /// Looks through the accounts below maintenance margin and sends what pays.
    void poll(World& world, const std::vector<TargetSeen>& targets, Mempool& mempool);

    /// A message of this keeper left the mempool.
    void on_landed(const Landed& landed);

    /// Sells on what it holds.
    void unwind(World& world, Venue& venue);

    /// Equity and wallet less what it began with. Reads the contract.
    [[nodiscard]] Money profit(World& world) const;

    [[nodiscard]] const KeeperPlan& plan() const noexcept { return m_plan; }
    [[nodiscard]] const KeeperTotals& totals() const noexcept { return m_totals; }
    [[nodiscard]] std::uint64_t account() const noexcept { return m_account; }

private:
    /// The message that this target calls for, or nullopt when none pays.
    [[nodiscard]] std::optional<std::string> consider(
        World& world, const TargetSeen& target, Money& free_margin);
    [[nodiscard]] std::optional<std::string> consider_position(
        World& world, const TargetSeen& target, const AccountSeen& account, Money& free_margin);
    /// An account that the contract sells by slices of its whole book. See keeper_slice.cpp.
    [[nodiscard]] std::optional<std::string> consider_slice(
        World& world, const TargetSeen& target, const AccountSeen& account, Money& free_margin);
    [[nodiscard]] std::optional<std::string> consider_collateral(
        World& world, const TargetSeen& target, const AccountSeen& account, Money free_margin);
    void send(World& world, Mempool& mempool, std::uint64_t target, std::string message);
    void buy_inventory(World& world, Mempool& mempool);
    void sell_collateral(World& world, std::uint32_t asset, num::i128 amount);
    /// What it bids for a place in this block.
    [[nodiscard]] Money fee(const World& world) const;
    [[nodiscard]] Guards guards(
        const World& world, std::optional<Price> worst, std::uint64_t nonce) const;

    KeeperPlan m_plan;
    std::uint32_t m_number = 0;
    std::string m_address;
    std::uint64_t m_account = 0;
    std::set<std::uint64_t> m_in_flight;  ///< Targets with a message in the mempool.
    std::set<std::uint64_t> m_by_slice;   ///< Accounts that the contract sells by slices only.
    KeeperTotals m_totals;
};

}  // namespace plimsoll::sim
