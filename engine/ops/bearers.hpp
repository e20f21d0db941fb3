// plimsoll: engine/ops/bearers.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. Who bears what an insolvent account cannot pay: docs/formulas.md, "Waterfall".
// Promises: a market bears no more than the account has lost in it since it was last seen healthy (losses.hpp), whatever
// else it holds, has sold or held before, and all markets of an underlying no more than the account has lost with the
// underlying in all of them, bought options with it; what was lost in no market falls on none. Parts sum to what has fallen.
// Never: pays anything.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/risk/scene.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// A market in which the account has lost, and what of a deficit falls on it.
struct Bearer
{
    MarketId market;
    Money room;  ///< What may still fall on it: what was lost there.
    Money part;  ///< What has fallen on it, and nobody has paid yet.
};

/// Everybody who bears a deficit.
struct Bearers
{
    List<Bearer, POSITIONS_MAX + OWED_LOSSES_MAX> markets;
    Money rest;     ///< What falls on no market: debts on collateral.
    Money pledged;  ///< What tokens of failed feeds would cover.

    [[nodiscard]] Money parts() const noexcept
    {
        Money sum;
        for (const Bearer& bearer : markets)
            sum += bearer.part;
        return sum;
    }
};

/// The markets of the account's open positions and of its owed losses. Ceil of what was lost. @pre every position has
/// been touched, `scene` has all these markets
[[nodiscard]] Bearers bearers_of(const Account& account, const Scene& scene) noexcept;

/// Lets a deficit, or more of it, fall on the markets by what was lost in each, and up to it; the rest on no market.
void fall_on(Bearers& bearers, Money amount) noexcept;

/// Up to `most` of what has fallen becomes an open deficit that falls on nobody in a market: the tokens of failed feeds
/// are there for it. The rest first.
void pledge(Bearers& bearers, Money most) noexcept;

}  // namespace plimsoll
