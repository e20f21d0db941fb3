// plimsoll: engine/solvency/auction.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, solvency shelf. See auction.hpp.
#include "engine/solvency/auction.hpp"

#include "engine/mutation.hpp"
#include "engine/num/mul_div.hpp"

namespace plimsoll {
namespace {

/// from + (to - from) * part / whole, floored. @pre from <= to, part <= whole, whole > 0.
Ratio between_floor(Ratio from, Ratio to, Seconds part, Seconds whole) noexcept
{
    const num::i128 rise = *num::mul_div_floor(
        (to - from).raw(), static_cast<num::i128>(part.raw()), static_cast<num::i128>(whole.raw()));
    return from + Ratio::from_raw(rise);
}

}  // namespace

Ratio buyer_share_floor(const LiquidationParams& params, Seconds t) noexcept
{
    if (t < params.fast)
        return between_floor(params.share_start, params.share_fast, t, params.fast);
    const Seconds slow = elapsed(params.fast, t);
    if (slow < params.slow)
        return between_floor(params.share_fast, params.share_max, slow, params.slow);
    return params.share_max;
}

Seconds auction_elapsed(const Flag& flag, Seconds now) noexcept
{
    return flag.raised ? elapsed(flag.since, now) : Seconds::zero();
}

bool flag_lapsed(const Flag& flag, const LiquidationParams& params, Seconds now) noexcept
{
    return flag.raised && elapsed(flag.seen, now) > params.fast + params.slow + params.cool;
}

bool auction_over(const Flag& flag, const LiquidationParams& params, Seconds now) noexcept
{
    return flag.raised && !GUARD("w3-lapsed", flag_lapsed(flag, params, now)) &&
           MUTANT("w3-curve-first", auction_elapsed(flag, now) >= params.fast + params.slow, true);
}

bool raise_flag(Flag& flag, const LiquidationParams& params, Seconds now) noexcept
{
    // A flag that was left up while the account was healthy must not hand over an old curve.
    if (GUARD("l4-lapse", flag_lapsed(flag, params, now)))
        static_cast<void>(lower_flag(flag, flag.seen));
    if (flag.raised) {
        flag.seen = now;
        return false;
    }
    const bool resumes = flag.cured > Seconds::zero() && elapsed(flag.cured, now) <= params.cool &&
                         flag.elapsed < now;
    const std::uint64_t ran = GUARD("l4-resume", resumes) ? flag.elapsed.raw() : 0;
    flag.since = Seconds::from_raw(now.raw() - ran);
    if (GUARD("l8-new-curve", !resumes))
        flag.insured = Money::zero();
    flag.seen = now;
    flag.raised = true;
    return true;
}

void end_curve(Flag& flag, const LiquidationParams& params, Seconds now) noexcept
{
    const Seconds end = elapsed(params.fast + params.slow, now);
    flag.since = flag.since < end ? flag.since : end;
    flag.seen = now;
}

bool lower_flag(Flag& flag, Seconds now) noexcept
{
    if (!flag.raised)
        return false;
    // The curve has run until the account was last seen unhealthy; after that it may have been healthy.
    flag.elapsed = elapsed(flag.since, flag.seen);
    flag.cured = now;
    flag.since = Seconds::zero();
    flag.seen = Seconds::zero();
    flag.raised = false;
    return true;
}

}  // namespace plimsoll
