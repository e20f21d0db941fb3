// plimsoll: host-sim/scenario_options.cpp                           SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See scenario_options.hpp.
#include "host-sim/scenario_options.hpp"

#include "engine/pricing/svi.hpp"
#include "host-sim/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

constexpr std::uint32_t DAYS_MAX = 1'000;
constexpr std::uint64_t DAY_S = 86'400;
/// Volatilities above it are no scenario but a slip of the pen.
constexpr num::i128 VOLATILITY_GREATEST = 5;

/// What the series of one underlying have in common.
struct Listing
{
    std::uint32_t underlying = 0;
    std::string symbol;
    Price first;
    Price tick;
    Quantity lot;
    Ratio fill_band;
    std::string open_interest_max;
    std::string loss_cap;
};

SmilePlan read_smile(Field field, Price first)
{
    SmilePlan plan;
    plan.first = first;
    plan.volatility = field.at("volatility").as_ratio(VOLATILITY_GREATEST);
    plan.slope = field.at("slope").as_ratio(VOLATILITY_GREATEST);
    plan.volatility_max = field.at("volatility_max").as_ratio(VOLATILITY_GREATEST);
    plan.curvature = field.at("curvature").as_share();
    plan.width = field.at("width").as_ratio(10);
    const auto one = static_cast<num::i128>(num::WAD);
    plan.skew = Ratio::from_raw(field.at("skew").as_decimal(-one, one));
    plan.rate = field.has("rate") ? field.at("rate").as_share() : Ratio();
    field.finish();
    if (plan.volatility.is_zero() || plan.volatility_max < plan.volatility)
        field.fail("volatility must be above zero and at most volatility_max");
    if (plan.width.is_zero())
        field.fail("width must be above zero");
    return plan;
}

/// The strike nearest to that share of the first price, on the grid of ticks.
Price strike_nearest(Price first, Ratio share, Price tick)
{
    const num::i128 wanted = scale_floor(first, share).raw() + tick.raw() / 2;
    return Price::from_raw(wanted / tick.raw() * tick.raw());
}

/// Lists one dated market; `terms` is what set_market takes besides.
void list_dated(Scenario& scenario, const Listing& listing, MarketPlan plan, nlohmann::json terms)
{
    plan.market = static_cast<std::uint32_t>(scenario.markets.size());
    plan.underlying = listing.underlying;
    plan.lot = listing.lot;
    plan.fill_band = listing.fill_band;
    terms.update(
        {{"market", plan.market}, {"symbol", plan.symbol}, {"underlying", listing.underlying},
            {"lot", text(listing.lot)}, {"fill_band", text(listing.fill_band)},
            {"open_interest_max", listing.open_interest_max}, {"loss_cap", listing.loss_cap},
            {"status", "active"}, {"kind", name_of(plan.kind)}, {"expiry", plan.expiry_s}});
    scenario.option_markets.push_back(std::move(terms));
    scenario.markets.push_back(std::move(plan));
}

void list_series(
    Scenario& scenario, const Listing& listing, std::uint32_t days, OptionType type, Price strike)
{
    MarketPlan plan;
    plan.symbol = fmt::format(
        "{}-{}D-{}-{}", listing.symbol, days, text(strike), type == OptionType::call ? 'C' : 'P');
    plan.kind = MarketKind::option;
    plan.type = type;
    plan.strike = strike;
    plan.expiry_s = scenario.start_s + days * DAY_S;
    list_dated(scenario, listing, std::move(plan),
        {{"strike", text(strike)},
            {"option_type", OPTION_TYPE_NAMES[static_cast<std::size_t>(type)]}});
}

void list_future(Scenario& scenario, const Listing& listing, std::uint32_t days)
{
    MarketPlan plan;
    plan.symbol = fmt::format("{}-{}D", listing.symbol, days);
    plan.kind = MarketKind::future;
    plan.expiry_s = scenario.start_s + days * DAY_S;
    list_dated(scenario, listing, std::move(plan), nlohmann::json::object());
}

/// A publisher may say nothing of an expiry that the contract would refuse, however far the index falls.
void refuse_bad_smile(const OptionPlan& plan, const Scenario& scenario, const Field& field)
{
    for (const auto expiry_s : plan.expiries_s) {
        for (const Price index : {plan.smile.first, Price::from_raw(1)}) {
            const auto surface = smile_surface(plan.smile, index, expiry_s, scenario.start_s);
            if (pricing::validate(surface.svi) != Error::ok)
                field.fail("the smile allows arbitrage: less curvature, or more width");
        }
    }
}

void read_series(Field field, Scenario& scenario)
{
    OptionPlan plan;
    const auto underlying = field.at("underlying");
    plan.underlying = underlying.as_small(static_cast<std::uint32_t>(scenario.prices.size() - 1));
    for (const auto& other : scenario.options) {
        if (other.underlying == plan.underlying)
            underlying.fail("has series already");
    }
    const auto& prices = scenario.prices[plan.underlying];
    Listing listing{.underlying = plan.underlying,
        .symbol = prices.symbol,
        .first = prices.bridge.waypoints.front().price,
        .tick = field.at("tick").as_price(),
        .lot = field.at("lot").as_quantity(),
        .fill_band = field.at("fill_band").as_share(),
        .open_interest_max = text(field.at("open_interest_max").as_quantity()),
        .loss_cap = text(field.at("loss_cap").as_share())};
    plan.smile = read_smile(field.at("smile"), listing.first);
    const bool futures = field.has("futures") && field.at("futures").as_flag();
    for (const auto& item : field.at("expiry_days").items()) {
        const std::uint32_t days = item.as_small(DAYS_MAX);
        if (days == 0)
            item.fail("must lie after the start");
        plan.expiries_s.push_back(scenario.start_s + days * DAY_S);
        for (const auto& [name, type] :
            {std::pair{"calls", OptionType::call}, std::pair{"puts", OptionType::put}}) {
            for (const auto& ratio : field.at(name).items()) {
                const Price strike =
                    strike_nearest(listing.first, ratio.as_ratio(10), listing.tick);
                if (strike.is_zero())
                    ratio.fail("rounds to a strike of zero");
                list_series(scenario, listing, days, type, strike);
            }
        }
        if (futures)
            list_future(scenario, listing, days);
    }
    if (plan.expiries_s.empty())
        field.fail("needs at least one expiry");
    for (const std::string_view name : {"calls", "puts"})
        (void)field.at(name);
    field.finish();
    refuse_bad_smile(plan, scenario, field);
    scenario.options.push_back(std::move(plan));
}

}  // namespace

void read_options(Field options, Scenario& scenario)
{
    for (const auto& body : options.at("risk").items())
        scenario.portfolio_risk.push_back(body.json());
    if (options.has("correlation"))
        scenario.correlation = options.at("correlation").json();
    for (const auto& series : options.at("series").items())
        read_series(series, scenario);
    options.finish();
    if (scenario.options.empty())
        options.fail("needs series");
}

}  // namespace plimsoll::sim
