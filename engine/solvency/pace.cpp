// plimsoll: engine/solvency/pace.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See pace.hpp.
#include "engine/solvency/pace.hpp"

#include "engine/mutation.hpp"
#include "engine/num/mul_div.hpp"
#include "engine/risk/money_bracket.hpp"
#include "engine/solvency/auction.hpp"

namespace plimsoll {
namespace {

/// After so many any limit is beyond any book.
constexpr unsigned DOUBLINGS_MAX = 120;

Money used_ceil(const Bucket& bucket, Money capacity, Seconds window, Seconds now) noexcept
{
    const Seconds past = elapsed(bucket.since, now);
    if (past >= window && bucket.used <= capacity)
        return Money::zero();
    const std::optional<num::i128> drained = num::mul_div_floor(
        capacity.raw(), static_cast<num::i128>(past.raw()), static_cast<num::i128>(window.raw()));
    if (!drained || *drained >= bucket.used.raw())
        return Money::zero();
    return bucket.used - Money::from_raw(*drained);
}

/// How often the account's limit has doubled.
unsigned doublings_of(const Flag& flag, const PaceParams& params, Seconds now) noexcept
{
    const Seconds waited = auction_elapsed(flag, now);
    if (!GUARD("l9-doubling", params.given() && waited > params.patience))
        return 0;
    const std::uint64_t steps = elapsed(params.patience, waited).raw() / params.doubling.raw() + 1;
    return steps < DOUBLINGS_MAX ? static_cast<unsigned>(steps) : DOUBLINGS_MAX;
}

/// capacity * 2^doublings, at most MONEY_MAX.
Money doubled(Money capacity, unsigned doublings) noexcept
{
    for (; doublings > 0 && capacity < MONEY_MAX; --doublings)
        capacity += capacity;
    return least(capacity, MONEY_MAX);
}

}  // namespace

Money bucket_room_floor(const Bucket& bucket, Money capacity, Seconds window, Seconds now) noexcept
{
    return not_negative(capacity - used_ceil(bucket, capacity, window, now));
}

void bucket_use(
    Bucket& bucket, Money capacity, Seconds window, Seconds now, Money amount, Money most) noexcept
{
    // What goes beyond any limit need not be remembered to the last unit.
    const Money used = used_ceil(bucket, capacity, window, now);
    bucket.used = least(used + amount, used > most ? used : most);
    bucket.since = now;
}

bool is_severe(const MarginReport& report) noexcept
{
    const Money net = report.net(Level::maintenance);
    return net.is_negative() || net < report.required(Level::maintenance) - net;
}

Pace::Pace(const LiquidationParams& params, const Bucket& total, const Account& account,
    const MarginReport& report, Seconds now) noexcept
  : m_params(params.pace),
    m_total(total),
    m_now(now),
    m_free(!params.pace.given() || GUARD("l9-insolvent-free", !report.equity.is_positive())),
    m_severe(GUARD("l9-severe", is_severe(report))),
    m_doublings(doublings_of(account.flag, params.pace, now))
{}

Money Pace::room_of(const Bucket& bucket, Money capacity) const noexcept
{
    if (m_free || capacity.is_zero())
        return MONEY_MAX;
    const Money limit = doubled(capacity, m_doublings);
    const Money reserve =
        MUTANT("l9-reserve", scale_ceil(limit, Ratio::from_raw(num::WAD / 2)), Money::zero());
    const Money reach = m_severe ? limit : limit - reserve;
    return not_negative(reach - used_ceil(bucket, capacity, m_params.window, m_now));
}

Money Pace::room_floor() const noexcept
{
    return MUTANT("l9-total", room_of(m_total, m_params.notional_max), MONEY_MAX);
}

Money Pace::room_floor(const Market& market) const noexcept
{
    return MUTANT("l9-market", room_of(market.sold, market.params.liquidation_max), MONEY_MAX);
}

void note_sold(const LiquidationParams& params, const Flag& flag, Market& market, Bucket& total,
    Money notional, Seconds now) noexcept
{
    if (!params.pace.given())
        return;
    const unsigned doublings = doublings_of(flag, params.pace, now);
    const auto use = [&](Bucket& bucket, Money capacity) {
        // Only what is not held up goes beyond the account's own limit.
        if (!capacity.is_zero())
            bucket_use(bucket, capacity, params.pace.window, now, notional,
                MUTANT("l9-full", doubled(capacity, doublings), MONEY_MAX));
    };
    use(total, params.pace.notional_max);
    use(market.sold, market.params.liquidation_max);
}

Money insured_room_floor(const Market& market, Seconds now) noexcept
{
    if (market.params.insurance_cap.is_zero())
        return MONEY_MAX;
    return MUTANT("w1-room",
        bucket_room_floor(market.insured, market.params.insurance_cap, LOSS_WINDOW, now),
        MONEY_MAX);
}

void note_insured(Market& market, Money amount, Seconds now) noexcept
{
    if (GUARD("w1-note", !market.params.insurance_cap.is_zero()))
        bucket_use(market.insured, market.params.insurance_cap, LOSS_WINDOW, now, amount);
}

Money insured_debt_room_floor(
    const Insurance& insurance, const LiquidationParams& params, Seconds now) noexcept
{
    if (params.debt_cap.is_zero())
        return MONEY_MAX;
    return MUTANT("w1-debts", bucket_room_floor(insurance.debts, params.debt_cap, LOSS_WINDOW, now),
        MONEY_MAX);
}

void note_insured_debt(
    Insurance& insurance, const LiquidationParams& params, Money amount, Seconds now) noexcept
{
    if (!params.debt_cap.is_zero())
        bucket_use(insurance.debts, params.debt_cap, LOSS_WINDOW, now, amount);
}

}  // namespace plimsoll
