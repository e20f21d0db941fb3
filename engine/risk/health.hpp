// plimsoll: engine/risk/health.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. The one evaluation of an account that fills, withdrawals, liquidation,
// queries and the simulator all use. Formulas F-4, F-5, F-7 and F-30 of docs/formulas.md.
// Promises: value rounds down, haircuts and requirements round up, so health is never above the exact
// one; initial health is never above maintenance health; no heap, one pass over the account.
// Never: changes anything; decides anything.
#pragma once

#include "engine/model/account.hpp"
#include "engine/result.hpp"
#include "engine/risk/scene.hpp"

#include <cstdint>

namespace plimsoll {

enum class Level : std::uint8_t
{
    initial = 0,
    maintenance = 1,
};

/// One position as margin sees it.
struct PositionRisk
{
    Money value;           ///< base * mark + quote, floored (F-4).
    Money notional;        ///< |base| * mark, ceiled.
    Money requirement[2];  ///< notional * fraction by Level, ceiled (F-7).
    Money profit_haircut;  ///< What of a profit does not count at initial (F-5).
};

/// One collateral as margin sees it.
struct CollateralRisk
{
    Money value;  ///< amount * price, floored; zero once its feed has failed.
    Money
        haircut[2];  ///< By Level, ceiled. All of the value at initial while its feed is unusable.
};

struct HealthReport
{
    Money equity;          ///< cash + position values + collateral.
    Money collateral;      ///< Collateral at market, before haircuts.
    Money notional;        ///< Sum of |base| * mark.
    Money haircuts[2];     ///< By Level.
    Money requirement[2];  ///< By Level.

    [[nodiscard]] constexpr Money haircut(Level level) const noexcept
    {
        return haircuts[static_cast<std::size_t>(level)];
    }
    [[nodiscard]] constexpr Money required(Level level) const noexcept
    {
        return requirement[static_cast<std::size_t>(level)];
    }
    /// equity - haircuts - requirement (F-30). The account is liquidatable when it is below zero at
    /// maintenance, and may add no risk when it is below zero at initial.
    [[nodiscard]] constexpr Money health(Level level) const noexcept
    {
        return equity - haircut(level) - required(level);
    }
    [[nodiscard]] constexpr bool liquidatable() const noexcept
    {
        return health(Level::maintenance) < Money::zero();
    }
};

[[nodiscard]] PositionRisk position_risk(
    Quantity base, Money quote, Price mark, const Underlying& underlying) noexcept;

[[nodiscard]] CollateralRisk collateral_risk(
    const Collateral& collateral, const Scene& scene) noexcept;

/// @pre everything that the account holds has been set in the scene.
/// Errors: touch_first, corrupt_record (from the positions' views).
[[nodiscard]] Result<HealthReport> evaluate(const Account& account, const Scene& scene) noexcept;

/// By how much the net of an account below initial margin may fall in a change that improves it.
struct Allowance
{
    Money fees;      ///< What the account was told that it pays.
    Money rounding;  ///< What rounding can have cost it: a few raw units.
};

/// Whether a change of an account below initial margin is one that it may make (M14): (a) the
/// maintenance requirement does not rise, (b) net, that is equity less maintenance haircuts, does not
/// fall by more than the allowance, and (c) the ratio of net to requirement does not fall, compared
/// exactly; where net is negative, it does not fall by more than rounding. And (d) initial health does not
/// fall by more than the allowance: a swap of one risk for another must not deepen the shortfall.
[[nodiscard]] bool improves(
    const HealthReport& before, const HealthReport& after, const Allowance& allowance) noexcept;

}  // namespace plimsoll
