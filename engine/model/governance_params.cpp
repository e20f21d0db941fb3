// plimsoll: engine/model/governance_params.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. See governance_params.hpp; docs/parameters.md repeats every bound.
#include "engine/model/governance_params.hpp"

#include "engine/model/bounds.hpp"
#include "engine/mutation.hpp"

namespace plimsoll {
namespace {

constexpr std::uint64_t HOUR_S = 3'600;
constexpr std::uint64_t DAY_S = 86'400;

/// No chain's clock comes near the end; one that does must not trap.
Seconds later(Seconds now, Seconds length) noexcept
{
    std::uint64_t raw = 0;
    return __builtin_add_overflow(now.raw(), length.raw(), &raw) ? Seconds::from_raw(UINT64_MAX)
                                                                 : Seconds::from_raw(raw);
}

}  // namespace

Refused validate(const GovernanceParams& params) noexcept
{
    Judge judge;
    judge
        .bounds(
            "timelock_s", params.timelock.is_zero() || between(HOUR_S, params.timelock, 30 * DAY_S))
        .bounds("pause_max_s", between(HOUR_S, params.pause_max, 30 * DAY_S))
        .bounds("pause_cool_s", between(HOUR_S, params.pause_cool, 30 * DAY_S));
    if (!judge.fine())
        return judge;
    // Or an action could be stopped nearly always.
    return judge.agrees("pause_cool_s", params.pause_cool.raw() * 7 >= params.pause_max.raw());
}

Refused replace_pauses(Pauses& pauses, std::uint32_t actions, std::optional<Seconds> until,
    const GovernanceParams& params, const LongestStops& longest, bool by_governance,
    Seconds now) noexcept
{
    const Seconds end = until ? *until : later(now, params.pause_max);
    if (end <= now || elapsed(now, end) > (by_governance ? PAUSE_LONGEST : params.pause_max))
        return {Error::parameter_bounds, "until"};
    const std::uint32_t stopped = pauses.in_force(now);
    Pauses after = pauses;
    after.actions = actions;
    for (std::size_t i = 0; i < PAUSE_ACTIONS; ++i) {
        const bool was = (stopped >> i & 1) != 0;
        const bool is = (actions >> i & 1) != 0;
        if (was && !is)
            after.until[i] = now;
        if (!is || (was && !after.until[i].is_zero() && !(by_governance && until)))
            continue;
        const bool bounded = GUARD("g3-own-bound", longest[i].has_value());
        if (!was && (!by_governance || bounded) && !pauses.until[i].is_zero() &&
            elapsed(pauses.until[i], now) < params.pause_cool)
            return {Error::pause_cooling, "actions"};
        after.until[i] = end;
        if (!bounded)
            continue;
        const bool stands = was && !pauses.until[i].is_zero();
        const Seconds last = stands ? pauses.until[i] : later(now, *longest[i]);
        if (end <= last)
            continue;
        // Without `until` it ends where it must.
        if (until || last <= now)
            return {Error::parameter_bounds, "until"};
        after.until[i] = last;
    }
    pauses = after;
    return {};
}

}  // namespace plimsoll
