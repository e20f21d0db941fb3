// plimsoll: host-sim/runner.hpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. One run of a scenario: sets the house up, then block after block
//   true price -> oracle -> keepers' mempool -> traders, venue, keepers -> invariants -> metrics.
// Promises: a function of scenario, seed and number of blocks alone. Every call passes the invariants.
// Never: reads the clock of this machine, or writes to the terminal.
#pragma once

#include "host-sim/agents/keeper.hpp"
#include "host-sim/agents/venue.hpp"
#include "host-sim/metrics/timeline.hpp"
#include "host-sim/metrics/totals.hpp"
#include "host-sim/scenario.hpp"
#include "host-sim/vm/vm.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace plimsoll::sim {

inline constexpr std::string_view CONTRACT = "plimsoll_contract";
inline constexpr std::string_view GOVERNANCE = "governance";

/// Two machines that should agree do not.
class DifferenceError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

struct RunOptions
{
    std::uint64_t seed = 0;
    std::uint32_t blocks = 0;
    std::string out;  ///< Folder for trace.jsonl and events.jsonl, which exists; empty: none.
    std::function<void(std::uint32_t)> on_block;  ///< Called after each block with its number.
};

struct KeeperResult
{
    std::string name;
    Money profit;
    KeeperTotals totals;
};

struct RunResult
{
    std::uint64_t seed = 0;
    std::uint32_t blocks = 0;
    std::string digest;
    Totals totals;
    VenueTotals venue;
    std::vector<KeeperResult> keepers;
    Money keeper_profit;
    std::vector<TimelineRow> rows;
    Money insurance;
    Money open_deficit;
    std::uint64_t oracle_rounds = 0;
    std::uint64_t messages_lost = 0;
    std::uint64_t messages_expired = 0;
    std::uint64_t calls = 0;
    std::uint64_t queries = 0;
    std::uint64_t checks = 0;
    Money residue;

    /// Whether it ran to the scenario's last block. Marks are judged only then.
    [[nodiscard]] bool is_whole(const Scenario& scenario) const
    {
        return blocks == scenario.blocks;
    }
    /// Marks of the scenario that this run did not reach.
    [[nodiscard]] std::vector<Mark> missed(const Scenario& scenario) const;
};

/// @throws SetupError, InvariantError, DifferenceError, QueryError.
[[nodiscard]] RunResult run_scenario(const Scenario& scenario, Vm& vm, const RunOptions& options);

}  // namespace plimsoll::sim
