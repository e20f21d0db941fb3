// plimsoll: host-sim/metrics/totals.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, metrics. What a run adds up to, gathered from the contract's events.
// Promises: sees every call; what the insurance gains and pays is its balance's change, call by call.
#pragma once

#include "host-sim/chain/call.hpp"
#include "host-sim/checker/ledger.hpp"
#include "host-sim/coverage.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace plimsoll::sim {

struct Totals
{
    CoverageCounts coverage;
    Money liquidated;             ///< Notional of positions at mark.
    Money collateral_liquidated;  ///< Value of collateral at index.
    Money insurance_in;
    Money insurance_out;
    Money deleveraged;  ///< Notional at the deleveraging price.
    Money bad_debt;     ///< Deficits of insolvent accounts when they were resolved.
    Money socialised;
    std::uint64_t portfolio_liquidated =
        0;  ///< Portfolio accounts sold from or resolved at least once.
    std::map<std::string, std::uint64_t> events;    ///< By type.
    std::map<std::string, std::uint64_t> refusals;  ///< By "<number> <name>".
};

class TotalsCollector final : public CallObserver
{
public:
    /// `ledger` must have seen a call before this observer does.
    explicit TotalsCollector(const Ledger& ledger) : m_ledger(ledger) {}

    void on_call(const Call& call, const Receipt& receipt) override;

    [[nodiscard]] const Totals& totals() const noexcept { return m_totals; }

private:
    void count(const contract::Event& event);

    void note_mode(const contract::Event& event);
    void note_liquidation(const contract::Event& event);

    const Ledger& m_ledger;
    std::set<std::uint64_t> m_portfolio;   ///< Accounts in portfolio mode now,
    std::set<std::uint64_t> m_liquidated;  ///< and those that were while they were liquidated.
    Totals m_totals;
    Money m_insurance;  ///< Balance after the last call.
};

}  // namespace plimsoll::sim
