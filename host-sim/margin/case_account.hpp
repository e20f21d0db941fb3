// plimsoll: host-sim/margin/case_account.hpp                        SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. Reads what the account of a case holds, against the market that the
// case lists: cash, collateral, positions, open orders.
// Promises: each complaint names the field of the account, or the part of the market that it needs.
#pragma once

#include "engine/model/svi.hpp"
#include "host-sim/margin/case.hpp"
#include "host-sim/margin/case_field.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace plimsoll::sim {

/// A point of a list of volatilities.
struct StrikeVol
{
    Price strike;
    Ratio vol;
};

/// An expiry as the case lists it, held or not.
struct MarketExpiry
{
    std::uint64_t at = 0;
    CaseField field;  ///< For complaints.
    Price forward{};
    Price fixed{};
    Ratio rate{};
    Ratio confidence = Ratio::one();
    std::optional<Svi> svi{};
    std::optional<std::vector<StrikeVol>> vols{};
};

struct Market
{
    Price perp_mark;
    Ratio mark_rate_mult = Ratio::one();
    std::vector<MarketExpiry> expiries;
};

/// @throws CaseError.
[[nodiscard]] Svi read_svi(CaseField field);
[[nodiscard]] std::vector<StrikeVol> read_vols(const CaseField& field);

/// Fills in cash, collaterals, expiries and legs. `markets` by index of `read.underlyings`.
/// @throws CaseError.
void read_account(CaseField field, const std::vector<Market>& markets, MarginCase& read);

}  // namespace plimsoll::sim
