// plimsoll: host-sim/oracle/publisher.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, oracle. See publisher.hpp.
#include "host-sim/oracle/publisher.hpp"

#include "host-sim/text.hpp"

#include <algorithm>

namespace plimsoll::sim {
namespace {

/// Fractional digits of a published price; what lies below is noise.
constexpr int PRICE_DECIMALS = 8;

/// |now / last - 1| >= deviation, without division.
bool deviates(Price last, Price now, Ratio deviation)
{
    return (now - last).abs() >= scale_ceil(last, deviation);
}

}  // namespace

Publisher::Publisher(const Scenario& scenario, std::uint64_t seed)
  : m_plan(scenario.oracle),
    m_prng(seed, "oracle"),
    m_feeds(scenario.prices.size()),
    m_premiums(scenario.perpetual_count)
{}

Price Publisher::confidence(const Feed& feed) const
{
    const auto [low, high] = std::minmax_element(feed.recent.begin(), feed.recent.end());
    const Price floor = scale_floor(feed.recent.back(), m_plan.confidence_floor);
    const Price from_range = scale_floor(*high - *low, m_plan.confidence_range_share);
    return cut_trunc(std::max(floor, from_range), PRICE_DECIMALS);
}

void Publisher::observe(Feed& feed, std::uint32_t underlying, const World& world)
{
    const Price now = cut_trunc(world.spot[underlying], PRICE_DECIMALS);
    feed.recent.push_back(now);
    if (feed.recent.size() > m_plan.confidence_blocks)
        feed.recent.pop_front();
    if (feed.pending)
        return;
    const bool first = feed.price.is_zero();
    const bool old = world.time_s - feed.publish_time_s >= m_plan.heartbeat_s;
    if (!first && !old && !deviates(feed.price, now, m_plan.deviation))
        return;
    feed.pending = PriceReport{.underlying = underlying,
        .price = now,
        .confidence = confidence(feed),
        .publish_time_s = world.time_s};
    feed.due_block = world.block + static_cast<std::uint32_t>(
                                       m_prng.between(0, world.conditions->oracle_delay_max));
}

std::vector<PremiumReport> Publisher::premiums_due(const World& world, bool with_round)
{
    std::vector<PremiumReport> due;
    for (const auto& market : world.scenario.perpetuals()) {
        const Price spot = world.spot[market.underlying];
        const Price premium = cut_trunc(world.traded[market.market] - spot, PRICE_DECIMALS);
        const Price step = scale_floor(spot, m_plan.premium_step);
        const bool moved = (premium - m_premiums[market.market]).abs() >= step;
        if (moved || with_round) {
            due.push_back({market.market, premium});
            m_premiums[market.market] = premium;
        }
    }
    return due;
}

std::vector<SurfaceReport> surfaces_of(
    const Scenario& scenario, std::span<const PriceReport> reports, std::uint64_t now_s)
{
    std::vector<SurfaceReport> surfaces;
    for (const auto& report : reports) {
        for (const auto& options : scenario.options) {
            if (options.underlying != report.underlying)
                continue;
            for (const auto expiry_s : options.expiries_s) {
                // The contract takes no surface of an expiry that has passed.
                if (expiry_s <= now_s)
                    continue;
                surfaces.push_back({report.underlying,
                    smile_surface(options.smile, report.price, expiry_s, report.publish_time_s)});
            }
        }
    }
    return surfaces;
}

bool Publisher::act(World& world)
{
    std::vector<PriceReport> reports;
    for (std::uint32_t i = 0; i < m_feeds.size(); ++i) {
        Feed& feed = m_feeds[i];
        observe(feed, i, world);
        if (feed.pending && feed.due_block <= world.block) {
            reports.push_back(*feed.pending);
            feed.price = feed.pending->price;
            feed.publish_time_s = feed.pending->publish_time_s;
            feed.pending.reset();
            world.published[i] = feed.price;
        }
    }
    const auto premiums = premiums_due(world, !reports.empty());
    if (reports.empty() && premiums.empty())
        return false;
    const auto receipt = world.chain.execute(std::string(PUBLISHER),
        push_prices_message(reports, premiums, surfaces_of(world.scenario, reports, world.time_s)));
    if (!receipt.ok())
        return false;
    m_rounds += reports.size();
    return true;
}

}  // namespace plimsoll::sim
