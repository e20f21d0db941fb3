// plimsoll: host-sim/agents/keeper_slice.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. How a keeper bids for a slice of a whole book. See keeper.hpp.
#include "host-sim/agents/account_opening.hpp"
#include "host-sim/agents/keeper.hpp"

#include <algorithm>

namespace plimsoll::sim {
namespace {

/// A purchase is worth its message only well above the fee.
constexpr std::int64_t FEES_COVERED = 3;

/// Margin that a keeper counts for an option, as a share of its underlying's index: more than any scenario of
/// a sensible list takes from one that is short by itself.
constexpr Ratio OPTION_MARGIN = Ratio::from_raw(num::WAD / 100 * 15);

/// What somebody's positions and collateral are to a buyer.
struct Weight
{
    Money gross;     ///< What passes through the market: perpetuals and options at their prices.
    Money proceeds;  ///< What all of it brings when it is sold on, signed.
    Money spread;    ///< What of its true value that leaves to others.
    Money margin;    ///< To carry the positions, each by itself, and the price of the collateral.
};

Weight weight_of(const World& world, const std::vector<PositionSeen>& positions,
    const std::vector<CollateralSeen>& collaterals)
{
    Weight weight;
    for (const auto& position : positions) {
        const auto& market = world.market(position.market);
        const Price fair = world.traded[position.market];
        const Price exit = exit_price(world, position.market, position.base.is_positive());
        const Money notional =
            notional_ceil(position.base.abs(), world.published[market.underlying]);
        weight.gross += notional_ceil(position.base.abs(), fair);
        weight.proceeds += notional_floor(position.base, exit);
        weight.spread += notional_ceil(position.base.abs(), (fair - exit).abs());
        weight.margin +=
            scale_ceil(notional, market.kind == MarketKind::option
                                     ? OPTION_MARGIN
                                     : world.scenario.prices[market.underlying].initial_fraction);
    }
    for (const auto& held : collaterals) {
        const auto& token = world.scenario.tokens[held.asset];
        const Money value =
            notional_floor(quantity_from_tokens(TokenAmount::from_raw(held.amount), token.decimals),
                world.spot[token.underlying]);
        // Sold outside, across the whole spread.
        const Money lost =
            scale_ceil(value, world.conditions->half_spread + world.conditions->half_spread);
        weight.gross += value;
        weight.proceeds += value - lost;
        weight.spread += lost;
        weight.margin += value;
    }
    return weight;
}

}  // namespace

std::optional<std::string> Keeper::consider_slice(
    World& world, const TargetSeen& target, const AccountSeen& account, Money& free_margin)
{
    if (!free_margin.is_positive())
        return std::nullopt;
    // Collateral may or may not go with the positions; that is known once a slice is asked for.
    const Weight whole = weight_of(world, account.positions, account.collaterals);
    // A slice frees at most its part of what is required: if all of that would not pay, nothing does, and
    // the contract need not look for the least slice.
    const auto health = see_health(world.chain, target.account);
    const Weight positions = weight_of(world, account.positions, {});
    if (scale_floor(health.maintenance_requirement, health.share) <
        positions.spread + scale_ceil(positions.gross, m_plan.take))
        return std::nullopt;
    const Ratio affordable =
        whole.margin.is_positive()
            ? std::min(Ratio::one(), saturating_ratio_floor(free_margin, whole.margin))
            : Ratio::one();
    const auto slice = see_slice(world.chain, target.account, affordable);
    if (!slice)
        return std::nullopt;
    const Weight weight = weight_of(world, slice->positions, slice->collaterals);
    const Money gain = weight.proceeds - slice->pays;
    const Money slack = scale_floor(weight.gross, m_plan.take);
    if (gain < slack || gain < scale_ceil(fee(world), Ratio::from_units(FEES_COVERED)))
        return std::nullopt;
    free_margin -= std::min(free_margin, weight.margin);
    // Prices may move a little before the message lands; the curve only improves.
    return liquidate_slice_message(target.account, m_account, slice->fraction, slice->pays + slack,
        guards(world, std::nullopt, slice->nonce));
}

}  // namespace plimsoll::sim
