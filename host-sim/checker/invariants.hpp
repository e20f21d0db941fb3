// plimsoll: host-sim/checker/invariants.hpp                         SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, checker. What must hold after every call, judged from stored records and the bank.
//   1. Every token that the contract holds belongs to somebody: for each collateral, tokens held =
//      accounts' balances + the house's inventory; for the quote, tokens held = cash + position quotes
//      + insurance + residue - open deficit, where the residue is the markets', and that of interest with
//      its reserve where there is interest.
//   2. Per market (SIDE_INDEXES I1-I3): longs' sum <= open interest <= shorts' sum; the house's dust
//      D = shorts - longs lies in [0, dust bounds + untouched stages]; its residue R lies in [0, bound].
//   3. A refused call and a query change no record.
// Promises: a broken invariant stops the run with an InvariantError that names the call.
#pragma once

#include "host-sim/chain/chain.hpp"
#include "host-sim/checker/ledger.hpp"

#include <string>

namespace plimsoll::sim {

/// Greatest residue of a market, raw quote: a millionth of a unit. Rounding leaves a few raw units a
/// call; what leaves more is no rounding.
inline constexpr num::i128 RESIDUE_MAX = 1'000'000'000'000;

/// Empty when the sums agree with each other and with the tokens held; otherwise what does not.
/// `held` has the contract's tokens in the bank by asset, in base units.
[[nodiscard]] std::string ledger_fault(
    const Ledger& ledger, const std::array<num::i128, ASSETS_MAX>& held);

class InvariantChecker final : public CallObserver
{
public:
    explicit InvariantChecker(Chain& chain) : m_chain(chain) {}

    void on_call(const Call& call, const Receipt& receipt) override;

    /// Queries since the last call must have left every record alone.
    void end_block();

    [[nodiscard]] std::uint64_t checks() const noexcept { return m_checks; }
    [[nodiscard]] const Ledger& ledger() const noexcept { return m_ledger; }
    /// Sum of the markets' residues now, raw quote.
    [[nodiscard]] num::i128 residue() const;

private:
    Chain& m_chain;
    Ledger m_ledger;
    std::string m_digest;
    std::uint64_t m_checks = 0;
};

}  // namespace plimsoll::sim
