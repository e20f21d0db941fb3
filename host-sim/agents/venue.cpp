// plimsoll: host-sim/agents/venue.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. See venue.hpp.
#include "host-sim/agents/venue.hpp"

#include "host-sim/agents/account_opening.hpp"

#include <algorithm>

namespace plimsoll::sim {
namespace {

/// Fills in one settlement; the contract takes 32.
constexpr std::size_t BATCH_FILLS = 16;

}  // namespace

Venue::Venue(const Scenario& scenario)
{
    for (const auto& plan : scenario.makers)
        m_makers.emplace_back(plan, scenario.markets.size());
}

void Venue::open(World& world)
{
    for (auto& maker : m_makers)
        maker.open(world);
}

void Venue::begin_block(World& world)
{
    for (auto& maker : m_makers)
        maker.refresh(world);
}

std::vector<Venue::Match> Venue::match(const World& world, const Order& order)
{
    const bool buys = order.base.is_positive();
    const Quantity lot = world.market(order.market).lot;
    Quantity left = order.closes ? order.base.abs() : whole_lots_trunc(order.base.abs(), lot);
    std::vector<Match> matches;
    std::vector<bool> asked(m_makers.size(), false);
    while (left.is_positive()) {
        std::size_t best = m_makers.size();
        Quote best_quote;
        for (std::size_t i = 0; i < m_makers.size(); ++i) {
            if (asked[i])
                continue;
            const auto quote = m_makers[i].quote(world, order.market, buys);
            if (!quote)
                continue;
            if (best == m_makers.size() ||
                (buys ? quote->price < best_quote.price : quote->price > best_quote.price)) {
                best = i;
                best_quote = *quote;
            }
        }
        if (best == m_makers.size())
            break;
        asked[best] = true;
        const bool ends = order.closes && left <= best_quote.size_max;
        const Quantity size =
            ends ? left : whole_lots_trunc(std::min(left, best_quote.size_max), lot);
        if (!size.is_positive())
            continue;
        left -= size;
        const std::uint64_t maker = m_makers[best].account();
        m_makers[best].expect(order.market, buys ? -size : size);
        matches.push_back({.fill = {.market = order.market,
                               .buyer = buys ? order.account : maker,
                               .seller = buys ? maker : order.account,
                               .base = size,
                               .price = best_quote.price},
            .taker_buys = buys});
    }
    if (left.is_positive())
        m_totals.unmatched += 1;
    return matches;
}

void Venue::settle_batch(World& world, std::span<const Match> batch, bool is_opening)
{
    std::vector<FillText> fills;
    for (const auto& match : batch)
        fills.push_back(match.fill);
    m_nonce += 1;
    const auto receipt =
        world.chain.execute(std::string(VENUE), settle_fills_message(m_nonce, fills));
    if (!receipt.ok()) {
        if (batch.size() == 1) {
            m_totals.refused += 1;
            return;
        }
        for (std::size_t i = 0; i < batch.size(); ++i)
            settle_batch(world, batch.subspan(i, 1), is_opening);
        return;
    }
    for (const auto& match : batch) {
        const Money notional = notional_floor(match.fill.base, match.fill.price);
        m_totals.fills += 1;
        m_totals.volume += notional;
        // Options move the price by the hedges of those who trade them.
        const bool is_option = world.market(match.fill.market).kind == MarketKind::option;
        if (!is_opening && !is_option) {
            world.record_flow(world.market(match.fill.market).underlying,
                match.taker_buys ? notional : -notional);
        }
    }
}

void Venue::settle(World& world, bool is_opening)
{
    std::vector<Match> matches;
    for (const auto& order : m_orders) {
        const auto parts = match(world, order);
        matches.insert(matches.end(), parts.begin(), parts.end());
    }
    m_orders.clear();
    const std::span<const Match> all(matches);
    for (std::size_t from = 0; from < all.size(); from += BATCH_FILLS)
        settle_batch(
            world, all.subspan(from, std::min(BATCH_FILLS, all.size() - from)), is_opening);
}

}  // namespace plimsoll::sim
