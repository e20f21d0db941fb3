// plimsoll: host-sim/agents/keeper.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. See keeper.hpp. Selling on is in keeper_unwind.cpp.
#include "host-sim/agents/keeper.hpp"

#include "host-sim/agents/account_opening.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

/// A purchase is worth its message only well above the fee.
constexpr std::int64_t FEES_COVERED = 3;

/// Whether this keeper looks at `left` before `right`; of equals, at the older account first.
bool comes_first(const TargetSeen& left, const TargetSeen& right, Pick pick)
{
    if (pick == Pick::largest && left.health != right.health)
        return left.health < right.health;
    if (pick == Pick::smallest && left.health != right.health)
        return left.health > right.health;
    // Unsigned: an account that nobody has flagged, 0, comes last.
    if (pick == Pick::oldest && left.flagged_at != right.flagged_at)
        return left.flagged_at - 1 < right.flagged_at - 1;
    return left.account < right.account;
}

/// The targets in the order in which this keeper looks at them.
std::vector<TargetSeen> sorted(std::vector<TargetSeen> targets, Pick pick)
{
    std::sort(targets.begin(), targets.end(),
        [pick](const auto& left, const auto& right) { return comes_first(left, right, pick); });
    return targets;
}

/// What an option maker may take besides, as a share of the option's price.
Ratio option_spread(const Scenario& scenario)
{
    Ratio widest;
    for (const auto& maker : scenario.makers) {
        if (maker.options)
            widest = std::max(widest, maker.skew);
    }
    return widest;
}

}  // namespace

Price exit_price(const World& world, std::uint32_t market, bool is_long)
{
    const Price fair = world.traded[market];
    Price spread = scale_ceil(fair, world.conditions->half_spread);
    if (world.market(market).kind == MarketKind::option)
        spread += scale_ceil(fair, option_spread(world.scenario));
    return is_long ? fair - spread : fair + spread;
}

Keeper::Keeper(const KeeperPlan& plan, std::uint32_t number)
  : m_plan(plan), m_number(number), m_address("keeper" + plan.name)
{}

void Keeper::open(World& world)
{
    m_account = open_account(world, m_address, m_plan.mode);
    endow_and_deposit(world, m_address, m_account, 0, m_plan.capital);
    world.bank.endow(
        m_address, world.scenario.tokens[0].denom, tokens_worth_floor(world, 0, m_plan.wallet));
    delegate_to_venue(world, m_address, m_account);
}

bool Keeper::is_polling(const World& world) const
{
    // Keepers that poll at the same pace do not all wake in the same block.
    return (world.block + m_number) % m_plan.poll_blocks == 0;
}

Guards Keeper::guards(const World& world, std::optional<Price> worst, std::uint64_t nonce) const
{
    const std::uint64_t patience_s = (WAIT_BLOCKS + 1) * world.scenario.block_s;
    return {.worst_price = worst, .nonce = nonce, .deadline_s = world.time_s + patience_s};
}

Money Keeper::fee(const World& world) const
{
    return scale_ceil(m_plan.fee, world.conditions->fee_factor);
}

void Keeper::send(World& world, Mempool& mempool, std::uint64_t target, std::string message)
{
    m_totals.sent += 1;
    const bool arrived = mempool.submit(world, {.sender = m_address,
                                                   .message = std::move(message),
                                                   .fee = fee(world),
                                                   .target = target,
                                                   .keeper = m_number});
    if (arrived)
        m_in_flight.insert(target);
}

void Keeper::on_landed(const Landed& landed)
{
    m_in_flight.erase(landed.pending.target);
    if (!landed.executed)
        return;
    m_totals.fees += landed.pending.fee;
    if (!landed.receipt.ok()) {
        m_totals.refused += 1;
        if (landed.receipt.code == static_cast<std::uint16_t>(Error::sold_by_slice))
            m_by_slice.insert(landed.pending.target);
        return;
    }
    for (const auto& event : landed.receipt.events) {
        if (event.type == "position_liquidated" || event.type == "collateral_liquidated" ||
            event.type == "slice_liquidated")
            m_totals.bought += 1;
    }
}

void Keeper::poll(World& world, const std::vector<TargetSeen>& targets, Mempool& mempool)
{
    buy_inventory(world, mempool);
    if (targets.empty())
        return;
    const auto own = see_health(world.chain, m_account);
    Money free_margin = scale_floor(std::max(own.initial_health, Money()), m_plan.capital_share);
    std::uint32_t sent = 0;
    for (const auto& target : sorted(targets, m_plan.pick)) {
        if (sent == m_plan.actions)
            return;
        if (target.account == m_account || m_in_flight.contains(target.account))
            continue;
        if (auto message = consider(world, target, free_margin)) {
            send(world, mempool, target.account, std::move(*message));
            sent += 1;
        }
    }
}

std::optional<std::string> Keeper::consider(
    World& world, const TargetSeen& target, Money& free_margin)
{
    switch (target.stage) {
    case Stage::resolve:
        return resolve_message(target.account);
    case Stage::touch:
        return touch_message(target.account);
    case Stage::unflagged:
        return flag_message(target.account);
    case Stage::auction:
        break;
    }
    const auto account = see_account(world.chain, target.account);
    if (m_by_slice.contains(target.account)) {
        if (!account.positions.empty()) {
            if (auto message = consider_slice(world, target, account, free_margin))
                return message;
        }
    } else if (!account.positions.empty()) {
        if (auto message = consider_position(world, target, account, free_margin))
            return message;
    }
    if (account.cash.is_negative() && !account.collaterals.empty())
        return consider_collateral(world, target, account, free_margin);
    return std::nullopt;
}

std::optional<std::string> Keeper::consider_position(
    World& world, const TargetSeen& target, const AccountSeen& account, Money& free_margin)
{
    const auto notional = [&world](const PositionSeen& position) {
        return notional_ceil(position.base.abs(), world.traded[position.market]);
    };
    const auto& position = *std::max_element(account.positions.begin(), account.positions.end(),
        [&notional](
            const auto& left, const auto& right) { return notional(left) < notional(right); });
    const auto& market = world.market(position.market);
    const Price fair = world.traded[position.market];
    const Ratio fraction = world.scenario.prices[market.underlying].initial_fraction;
    const Quantity affordable = quantity_floor(
        Money::from_raw(checked(num::mul_div_floor(free_margin.raw(), num::WAD, fraction.raw()))),
        fair);
    // Dust below a lot is taken whole: the contract sells it only so.
    const Quantity least = std::min(position.base.abs(), market.lot);
    const Quantity base_max = std::max(
        whole_lots_trunc(std::min(affordable, position.base.abs()), market.lot), market.lot);
    if (affordable < least)
        return std::nullopt;
    bool by_slice = false;
    const auto preview =
        see_preview(world.chain, target.account, position.market, base_max, by_slice);
    if (by_slice && m_by_slice.insert(target.account).second)
        return consider_slice(world, target, account, free_margin);
    if (!preview)
        return std::nullopt;
    const bool is_long = position.base.is_positive();
    const Price exit = exit_price(world, position.market, is_long);
    const Money gain =
        notional_floor(preview->base, is_long ? exit - preview->price : preview->price - exit);
    const Money bought = notional_ceil(preview->base, fair);
    if (gain < scale_ceil(bought, m_plan.take) ||
        gain < scale_ceil(fee(world), Ratio::from_units(FEES_COVERED)))
        return std::nullopt;
    free_margin -= std::min(free_margin, scale_ceil(bought, fraction));
    // The curve only improves; the index may move a little against the buyer before the message lands.
    const Price slack = scale_floor(preview->price, m_plan.take);
    const Price worst = is_long ? preview->price + slack : preview->price - slack;
    return liquidate_message(
        target.account, position.market, m_account, base_max, guards(world, worst, preview->nonce));
}

std::optional<std::string> Keeper::consider_collateral(
    World& world, const TargetSeen& target, const AccountSeen& account, Money free_margin)
{
    const auto value = [&world](const CollateralSeen& collateral) {
        const auto& token = world.scenario.tokens[collateral.asset];
        return notional_floor(
            quantity_from_tokens(TokenAmount::from_raw(collateral.amount), token.decimals),
            world.spot[token.underlying]);
    };
    const auto& collateral =
        *std::max_element(account.collaterals.begin(), account.collaterals.end(),
            [&value](const auto& left, const auto& right) { return value(left) < value(right); });
    if (value(collateral).is_zero())
        return std::nullopt;
    const num::i128 affordable = tokens_worth_floor(world, collateral.asset, free_margin);
    if (affordable == 0)
        return std::nullopt;
    const auto& token = world.scenario.tokens[collateral.asset];
    // The reward is the curve's share of the haircut; what is bought is sold across the whole spread.
    const Price spot = world.spot[token.underlying];
    const Price worst = spot - scale_ceil(spot, m_plan.take + world.conditions->half_spread +
                                                    world.conditions->half_spread);
    const Price index = world.published[token.underlying];
    const Ratio share = see_health(world.chain, target.account).share;
    const Price asked = index - scale_floor(index, scale_floor(share, token.maintenance_haircut));
    if (asked > worst)
        return std::nullopt;
    return liquidate_collateral_message(target.account, collateral.asset, m_account,
        std::min(affordable, collateral.amount), guards(world, worst, account.nonce));
}

}  // namespace plimsoll::sim
