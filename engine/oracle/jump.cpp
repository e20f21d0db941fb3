// plimsoll: engine/oracle/jump.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See jump.hpp.
#include "engine/oracle/jump.hpp"

#include "engine/mutation.hpp"
#include "engine/num/wide.hpp"

namespace plimsoll {
namespace {

FeedPrice taken(const PriceReport& value) noexcept
{
    return {value.price, value.confidence, value.published, Seconds::zero()};
}

/// Until when a jump that appears now may block sales: not at all while the last wait that did has not been over
/// for as long as it may take.
Seconds block_until(JumpState& state, Seconds wait, Seconds now) noexcept
{
    if (GUARD("o3-cooldown", !state.blocked.is_zero() && now < state.blocked + wait + wait))
        return now;
    state.blocked = now;
    return now + wait;
}

}  // namespace

bool within_factor(Price a, Price b, Ratio most) noexcept
{
    const Ratio one = Ratio::one();
    return num::compare_products(a.raw(), one.raw(), b.raw(), most.raw()) <= 0 &&
           num::compare_products(b.raw(), one.raw(), a.raw(), most.raw()) <= 0;
}

FeedPrice judge_jump(JumpState& state, const JumpParams& params, const PriceReport& value,
    const FeedPrice& standing, Price stable, Seconds now) noexcept
{
    const auto near = [&](Price other) {
        return other.is_positive() && within_factor(value.price, other, params.most);
    };
    const Price reference = stable.is_positive() ? stable : standing.price;
    if (params.most.is_zero() || reference.is_zero() || MUTANT("o3-jump", near(reference), true)) {
        state.pending = {};
        state.since = Seconds::zero();
        state.trusted = Price::zero();
        return taken(value);
    }
    if (near(state.trusted)) {
        state.pending = {};
        state.since = Seconds::zero();
        return taken(value);
    }
    FeedPrice held = standing;
    if (near(state.pending.price)) {
        if (GUARD("o3-wait", elapsed(state.since, now) < params.wait))
            return held;
        state.trusted = stable.is_positive() ? value.price : Price::zero();
        state.pending = {};
        state.since = Seconds::zero();
        return taken(value);
    }
    // Another jump in place of the first waits anew, and blocks nothing anew.
    if (state.pending.price.is_zero())
        held.held_until = block_until(state, params.wait, now);
    state.pending = value;
    state.since = now;
    return held;
}

}  // namespace plimsoll
