// plimsoll: engine/solvency/pace.hpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. How fast accounts may be liquidated, and how fast the insurance may be
// spent on one market (docs/formulas.md, "Pace").
//
// Both are buckets that drain evenly, so that no window's end lets twice as much through at once: in any
// stretch of time t at most capacity * (1 + t / window) goes through.
//
// Half of a bucket is kept for accounts whose net is below half of what they require, and an account's limit
// doubles the longer it has been flagged, so that the worst are served and nobody is kept for ever. An account
// without equity is not held up at all.
//
// Promises: whatever is held up is counted in full; used never falls below zero and never drains faster than capacity / window.
#pragma once

#include "engine/model/account.hpp"
#include "engine/model/bucket.hpp"
#include "engine/model/insurance.hpp"
#include "engine/model/market.hpp"
#include "engine/model/params.hpp"
#include "engine/risk/margin.hpp"
#include "engine/units/units.hpp"

namespace plimsoll {

/// What is left to use of a capacity now; not below zero. Used rounds up: against whoever wants more.
/// @pre capacity >= 0, window > 0
[[nodiscard]] Money bucket_room_floor(
    const Bucket& bucket, Money capacity, Seconds window, Seconds now) noexcept;

/// Uses `amount` >= 0 of it, whatever is left; but no more than `most` is used afterwards, unless more was before.
void bucket_use(Bucket& bucket, Money capacity, Seconds window, Seconds now, Money amount,
    Money most = MONEY_MAX) noexcept;

/// Whether net is below half of the requirement at maintenance: such accounts have all of a bucket.
[[nodiscard]] bool is_severe(const MarginReport& report) noexcept;

/// What the limits leave of one account's book to sell now. MONEY_MAX where nothing limits it.
class Pace
{
public:
    Pace(const LiquidationParams& params, const Bucket& total, const Account& account,
        const MarginReport& report, Seconds now) noexcept;

    /// Of all markets together.
    [[nodiscard]] Money room_floor() const noexcept;
    /// Of one market.
    [[nodiscard]] Money room_floor(const Market& market) const noexcept;

private:
    [[nodiscard]] Money room_of(const Bucket& bucket, Money capacity) const noexcept;

    const PaceParams& m_params;
    const Bucket& m_total;
    Seconds m_now;
    bool m_free = false;  ///< Nothing limits this account.
    bool m_severe = false;
    unsigned m_doublings = 0;
};

/// Notes that `notional` of a market has been sold of the account with that flag. A sale that nothing holds up fills
/// the buckets at most up to the account's limit, so that others wait for no more than that.
void note_sold(const LiquidationParams& params, const Flag& flag, Market& market, Bucket& total,
    Money notional, Seconds now) noexcept;

/// What the insurance may still pay for losses of a market; MONEY_MAX where no cap is set.
[[nodiscard]] Money insured_room_floor(const Market& market, Seconds now) noexcept;
void note_insured(Market& market, Money amount, Seconds now) noexcept;

/// The same of deficits that fall on no market.
[[nodiscard]] Money insured_debt_room_floor(
    const Insurance& insurance, const LiquidationParams& params, Seconds now) noexcept;
void note_insured_debt(
    Insurance& insurance, const LiquidationParams& params, Money amount, Seconds now) noexcept;

}  // namespace plimsoll
