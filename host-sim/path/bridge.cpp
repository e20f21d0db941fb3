// plimsoll: host-sim/path/bridge.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, paths. See bridge.hpp.
#include "host-sim/path/bridge.hpp"

#include "engine/num/isqrt.hpp"
#include "host-sim/path/fixed_log.hpp"

#include <algorithm>

namespace plimsoll::sim {
namespace {

using num::i128;

constexpr i128 WAD_SIGNED = static_cast<i128>(num::WAD);
/// A tenth a minute; keeps every product below within 128 bits.
constexpr i128 VOLATILITY_MAX_E18 = WAD_SIGNED / 10;

/// floor(sqrt) of an 18-decimal value in [0, 4]. @pre 0 <= value_e18.
i128 sqrt_e18(i128 value_e18)
{
    return static_cast<i128>(num::isqrt_floor(static_cast<num::u128>(value_e18 * WAD_SIGNED)));
}

i128 volatility_e18_at(const BridgePlan& plan, std::uint32_t minute)
{
    i128 current = plan.volatility.front().per_minute.raw();
    for (const auto& window : plan.volatility) {
        if (window.from <= minute)
            current = window.per_minute.raw();
    }
    return current;
}

/// The greatest low whose window holds `minute`; zero when there is none.
Price floor_at(const BridgePlan& plan, std::uint32_t minute)
{
    Price floor = Price::zero();
    for (const auto& low : plan.lows) {
        if (low.from <= minute && minute <= low.until)
            floor = std::max(floor, low.price);
    }
    return floor;
}

/// Keeps a logarithm at or above a floor's by reflection, so that the bridge still has its target.
i128 reflect_at_floor(i128 log_e18, Price floor)
{
    if (floor <= Price::zero())
        return log_e18;
    const i128 floor_log_e18 = ln_e18(floor.raw());
    return log_e18 < floor_log_e18 ? 2 * floor_log_e18 - log_e18 : log_e18;
}

/// Variances of the minutes of a leg, 36 decimals taken down to 18 (a minute's is below 1e16).
std::vector<i128> leg_variances(const BridgePlan& plan, const Waypoint& from, const Waypoint& to)
{
    std::vector<i128> variances;
    for (std::uint32_t minute = from.minute; minute < to.minute; ++minute) {
        const i128 sigma = volatility_e18_at(plan, minute);
        variances.push_back(std::max<i128>(1, sigma * sigma / WAD_SIGNED));
    }
    return variances;
}

/// Draws the inner minutes of one leg; the ends are the waypoints themselves.
void draw_leg(const BridgePlan& plan, const Waypoint& from, const Waypoint& to,
    std::span<const std::int64_t> factor, Prng& prng, std::vector<Price>& path)
{
    const auto variances = leg_variances(plan, from, to);
    i128 variance_left = 0;
    for (const i128 variance : variances)
        variance_left += variance;
    const i128 own_share_e18 =
        sqrt_e18(WAD_SIGNED - plan.common_share.raw() * plan.common_share.raw() / WAD_SIGNED);
    const i128 target = ln_e18(to.price.raw());
    i128 log_e18 = ln_e18(from.price.raw());
    path[from.minute] = from.price;
    for (std::uint32_t minute = from.minute; minute + 1 < to.minute; ++minute) {
        const i128 variance = variances[minute - from.minute];
        const i128 own_e18 = prng.normal_e18();
        const i128 draw_e18 =
            (plan.common_share.raw() * factor[minute] + own_share_e18 * own_e18) / WAD_SIGNED;
        // A bridge's step: its share of the way left, and noise of the variance that is then left.
        const i128 drift_e18 = (target - log_e18) * variance / variance_left;
        const i128 conditional = variance * (variance_left - variance) / variance_left;
        log_e18 += drift_e18 + sqrt_e18(conditional) * draw_e18 / WAD_SIGNED;
        variance_left -= variance;
        const Price floor = floor_at(plan, minute + 1);
        log_e18 = reflect_at_floor(log_e18, floor);
        path[minute + 1] = std::max(floor, Price::from_raw(exp_e18(log_e18)));
    }
    path[to.minute] = to.price;
}

}  // namespace

std::string bridge_fault(const BridgePlan& plan)
{
    if (plan.waypoints.size() < 2)
        return "a path needs at least two waypoints";
    if (plan.waypoints.front().minute != 0)
        return "the first waypoint must stand at the start";
    for (std::size_t i = 0; i < plan.waypoints.size(); ++i) {
        const auto& here = plan.waypoints[i];
        if (here.price.raw() < WAD_SIGNED / 1'000'000 ||
            here.price.raw() > WAD_SIGNED * 100'000'000)
            return "a waypoint's price must lie in [0.000001, 100000000]";
        if (i > 0 && here.minute <= plan.waypoints[i - 1].minute)
            return "waypoints must stand in the order of time, one a minute";
        if (here.price < floor_at(plan, here.minute))
            return "a waypoint lies below a published low of its window";
    }
    if (plan.volatility.empty() || plan.volatility.front().from != 0)
        return "volatility needs a window from the start";
    for (const auto& window : plan.volatility) {
        if (window.per_minute.raw() < 0 || window.per_minute.raw() > VOLATILITY_MAX_E18)
            return "volatility a minute must lie in [0, 0.1]";
    }
    if (plan.common_share.raw() < 0 || plan.common_share.raw() > WAD_SIGNED)
        return "correlation must lie in [0, 1]";
    return {};
}

std::vector<std::int64_t> draw_factor(Prng& prng, std::uint32_t minutes)
{
    std::vector<std::int64_t> draws(minutes);
    for (auto& draw : draws)
        draw = prng.normal_e18();
    return draws;
}

std::vector<Price> draw_bridge(
    const BridgePlan& plan, std::span<const std::int64_t> factor, Prng& prng)
{
    CHECK(bridge_fault(plan).empty());
    CHECK(factor.size() >= plan.waypoints.back().minute);
    std::vector<Price> path(std::size_t{plan.waypoints.back().minute} + 1, Price::zero());
    for (std::size_t i = 0; i + 1 < plan.waypoints.size(); ++i)
        draw_leg(plan, plan.waypoints[i], plan.waypoints[i + 1], factor, prng, path);
    return path;
}

}  // namespace plimsoll::sim
