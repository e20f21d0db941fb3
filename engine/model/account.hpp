// plimsoll: engine/model/account.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. One cross-margined account: signed cash, collateral, positions,
// open orders.
// Promises: plain values. A position's base and quote are as of its snapshots; only
// engine/solvency/side_index.hpp says what they are now.
#pragma once

#include "engine/check.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/level.hpp"
#include "engine/model/limits.hpp"
#include "engine/model/list.hpp"
#include "engine/num/int128.hpp"
#include "engine/units/units.hpp"

#include <cstdint>

namespace plimsoll {

struct Collateral
{
    AssetId asset;
    TokenAmount amount;
};

/// Worth base * mark + quote. A long has base > 0.
struct Position
{
    MarketId market;
    Quantity base;
    Money quote;
    num::i128 a = 0;          ///< Snapshot of the side's a, 27 decimals.
    num::i128 k = 0;          ///< Snapshot of the side's k, 27 decimals.
    std::uint32_t epoch = 0;  ///< Snapshot of the side's epoch.
    /// What it was worth when the account was last seen healthy, or when it was opened; moved along with what is
    /// traded since then and becomes cash (engine/ops/losses.hpp).
    Money seen_worth;
};

/// What its venues may still fill for the account in one market, in base, >= 0: reported by them (F-31).
struct OpenOrder
{
    MarketId market;
    Quantity bid;
    Quantity ask;
};

/// Where the account stands in its auction (engine/solvency/auction.hpp).
struct Flag
{
    bool raised = false;
    Seconds since;    ///< While raised: the curve's time zero. Resuming moves it into the past.
    Seconds seen;     ///< While raised: when a call last found the account liquidatable.
    Seconds cured;    ///< While lowered: when it was lowered last; zero if it never was raised.
    Seconds elapsed;  ///< While lowered: how much of the curve had run by then.
    Money insured;    ///< What the insurance has added to rewards since the curve began.
};

/// What the account has lost in a market, below zero gained, with a position that is no more.
struct OwedLoss
{
    MarketId market;
    Money loss;
    bool bought =
        false;  ///< With options that it had bought and paid for: the market is owed none of it.
};
inline constexpr std::size_t OWED_LOSSES_MAX = 8;

/// Whom the account has traded with lately: the last few, so that whoever a position was handed to on the way
/// into bankruptcy earns nothing from the insurance on the way out.
struct Counterparty
{
    AccountId account;
    Seconds traded;
};
inline constexpr std::size_t COUNTERPARTIES_MAX = 4;

struct Account
{
    Money cash;  ///< Signed: below zero the account owes quote to the house.
    List<Collateral, COLLATERALS_MAX> collaterals;
    List<Position, POSITIONS_MAX> positions;
    List<OpenOrder, ORDERS_MAX> orders;  ///< At most one a market, never empty ones.
    MarginMode mode = MarginMode::standard;
    Flag flag;
    List<Counterparty, COUNTERPARTIES_MAX> counterparties;  ///< The latest last.
    List<OwedLoss, OWED_LOSSES_MAX>
        owed_losses;  ///< Each market once, with `bought` and without. Kept until the account is seen healthy.
    std::uint64_t nonce =
        0;  ///< Rises with every change that its owner or a keeper could race with.

    [[nodiscard]] constexpr const Position* find(MarketId market) const noexcept
    {
        for (const Position& position : positions)
            if (position.market == market)
                return &position;
        return nullptr;
    }
    [[nodiscard]] constexpr Position* find(MarketId market) noexcept
    {
        for (Position& position : positions)
            if (position.market == market)
                return &position;
        return nullptr;
    }
    [[nodiscard]] constexpr const Collateral* find(AssetId asset) const noexcept
    {
        for (const Collateral& collateral : collaterals)
            if (collateral.asset == asset)
                return &collateral;
        return nullptr;
    }
    [[nodiscard]] constexpr Collateral* find(AssetId asset) noexcept
    {
        for (Collateral& collateral : collaterals)
            if (collateral.asset == asset)
                return &collateral;
        return nullptr;
    }
};

/// Remembers a trade, in place of the oldest where there is no room.
constexpr void note_counterparty(Account& account, AccountId other, Seconds now) noexcept
{
    for (std::size_t i = 0; i < account.counterparties.size(); ++i)
        if (account.counterparties[i].account == other) {
            account.counterparties.erase(i);
            break;
        }
    if (account.counterparties.full())
        account.counterparties.erase(0);
    CHECK(account.counterparties.push(Counterparty{other, now}));
}

}  // namespace plimsoll
