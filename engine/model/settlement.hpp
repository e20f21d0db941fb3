// plimsoll: engine/model/settlement.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. What one underlying is averaged to for everything that settles at one time.
// engine/oracle/settlement.hpp moves it.
// Promises: plain values. The terms are those of when the first market of that time was listed: nobody changes
// how a market ends once somebody may hold it.
#pragma once

#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/model/refused.hpp"
#include "engine/num/int128.hpp"
#include "engine/units/units.hpp"

#include <cstdint>

namespace plimsoll {

/// How markets settle.
struct SettlementParams
{
    Seconds window = Seconds::from_raw(1'800);  ///< The average is over this long before the end.
    Ratio coverage = Ratio::from_raw(num::WAD / 2);  ///< Least share of it that must have a price,
    Seconds wait =
        Seconds::from_raw(3'600);  ///< or the price is known only this long after the end.
    Ratio price_bound =
        Ratio::from_raw(num::WAD / 10);  ///< How far governance may go from it then.
};

/// Window from a minute to a day, coverage from 0.1 to 0.9, wait up to 7 days, bound up to 0.5. Error
/// parameter_bounds.
[[nodiscard]] Refused validate(const SettlementParams& params) noexcept;

/// One time at which markets of an underlying settle.
struct Settlement
{
    Seconds end;  ///< The expiry, or the end of a wind-down.
    SettlementParams terms;
    std::uint16_t markets = 0;  ///< That settle then and have not yet.
    num::i128 sum = 0;          ///< Raw price times seconds, over the covered part of the window.
    Seconds covered;            ///< That part: at most the window.
    Seconds last;               ///< Until when prices have been taken in: at most the end.
    Price standing;             ///< The price that stood then; zero: none has been published.
    Price chosen;               ///< What governance said when the feed had failed; zero: nothing.

    /// Where the window opens.
    [[nodiscard]] constexpr Seconds start() const noexcept { return elapsed(terms.window, end); }
};

using Settlements = List<Settlement, SETTLEMENTS_MAX>;

/// What settles at that time; null if nothing does.
[[nodiscard]] constexpr const Settlement* settlement_at(
    const Settlements& settlements, Seconds end) noexcept
{
    for (const Settlement& settlement : settlements)
        if (settlement.end == end)
            return &settlement;
    return nullptr;
}

}  // namespace plimsoll
