// plimsoll: engine/ops/delegation.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. How far an account's owner lets a venue go, and how far it has gone.
// Promises: within a window the sums of what has been traded and lost never pass their limits.
// Never: nets a gain against a loss, so a venue cannot earn room to lose.
#pragma once

#include "engine/model/ids.hpp"
#include "engine/model/list.hpp"
#include "engine/model/refused.hpp"
#include "engine/units/units.hpp"

#include <cstddef>

namespace plimsoll {

inline constexpr std::size_t DELEGATION_MARKETS_MAX = 16;
/// Sums of a delegation start anew after this time.
inline constexpr Seconds DELEGATION_WINDOW = SECONDS_PER_DAY;

/// The defaults limit nothing.
struct DelegationLimits
{
    List<MarketId, DELEGATION_MARKETS_MAX> markets;  ///< Empty: every market.
    Money notional_max = MONEY_MAX;  ///< Traded a window; options count at the index.
    Ratio fee_max = Ratio::one();    ///< Highest rate of a trading fee.
    Money loss_max = MONEY_MAX;      ///< Against mark, a window.

    [[nodiscard]] constexpr bool given() const noexcept
    {
        return !markets.empty() || notional_max < MONEY_MAX || fee_max < Ratio::one() ||
               loss_max < MONEY_MAX;
    }
};

/// What has been used since the window began.
struct DelegationUse
{
    Seconds window_start;
    Money notional;
    Money loss;
};

/// One leg of a fill as the account sees it.
struct DelegatedLeg
{
    MarketId market;
    Money notional;  ///< Ceiled.
    Ratio fee_rate;
    Money loss;  ///< What it gives away against mark, ceiled; zero where it gains.
};

/// Adds the leg to what has been used. Error: delegation_limit; names: markets, fee_max, notional_max,
/// loss_max. `use` is unchanged then.
[[nodiscard]] Refused charge_delegation(const DelegationLimits& limits, DelegationUse& use,
    const DelegatedLeg& leg, Seconds now) noexcept;

}  // namespace plimsoll
