// plimsoll: engine/ops/delegation.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the vault, operations shelf. See delegation.hpp.
#include "engine/ops/delegation.hpp"

#include "engine/mutation.hpp"
namespace plimsoll {
namespace {

bool reaches(const DelegationLimits& limits, MarketId market) noexcept
{
    if (limits.markets.empty())
        return true;
    for (const MarketId listed : limits.markets)
        if (listed == market)
            return true;
    return false;
}

}  // namespace

Refused charge_delegation(const DelegationLimits& limits, DelegationUse& use,
    const DelegatedLeg& leg, Seconds now) noexcept
{
    if (GUARD("g9-delegated-market", !reaches(limits, leg.market)))
        return {Error::delegation_limit, "markets"};
    if (GUARD("g9-delegated-fee", leg.fee_rate > limits.fee_max))
        return {Error::delegation_limit, "fee_max"};
    DelegationUse after = use;
    if (elapsed(use.window_start, now) >= DELEGATION_WINDOW)
        after = DelegationUse{now, Money::zero(), Money::zero()};
    after.notional += leg.notional;
    after.loss += leg.loss;
    if (GUARD("g9-delegated-notional", after.notional > limits.notional_max))
        return {Error::delegation_limit, "notional_max"};
    if (GUARD("g9-delegated-loss", after.loss > limits.loss_max))
        return {Error::delegation_limit, "loss_max"};
    use = after;
    return {};
}

}  // namespace plimsoll
