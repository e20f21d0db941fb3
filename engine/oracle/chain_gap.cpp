// plimsoll: engine/oracle/chain_gap.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See chain_gap.hpp.
#include "engine/oracle/chain_gap.hpp"

#include "engine/mutation.hpp"

#include <limits>

namespace plimsoll {
namespace {

/// What the blocks since then may have taken; saturates.
Seconds longest_of(
    const ChainClock& clock, const OracleParams& params, std::uint64_t height) noexcept
{
    const std::uint64_t blocks = height > clock.height ? height - clock.height : 0;
    std::uint64_t length = 0;
    if (__builtin_mul_overflow(blocks, params.longest_block.raw(), &length))
        length = std::numeric_limits<std::uint64_t>::max();
    return Seconds::from_raw(length);
}

}  // namespace

Seconds chain_gap(
    const ChainClock& clock, const OracleParams& params, Seconds now, std::uint64_t height) noexcept
{
    if (clock.time.is_zero() || params.longest_block.is_zero())
        return Seconds::zero();
    return elapsed(longest_of(clock, params, height), elapsed(clock.time, now));
}

ChainClock noted(
    const ChainClock& clock, const OracleParams& params, Seconds now, std::uint64_t height) noexcept
{
    if (params.longest_block.is_zero())
        return clock;
    ChainClock after{now, height, clock.grace};
    const Seconds gap = chain_gap(clock, params, now, height);
    const Seconds length = gap < params.grace_max ? gap : params.grace_max;
    const bool long_ago =
        longest_of(clock, params, height) >= params.grace_max + params.longest_block;
    const bool too_soon =
        !clock.grace.from.is_zero() && elapsed(clock.grace.from, now) < GRACE_EVERY;
    if (MUTANT("o6-gap", gap > params.gap_min, true) && !GUARD("o6-long-ago", long_ago) &&
        !GUARD("o6-too-soon", too_soon))
        after.grace = {clock.time, now, now + length};
    return after;
}

}  // namespace plimsoll
