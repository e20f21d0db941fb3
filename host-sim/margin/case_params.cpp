// plimsoll: host-sim/margin/case_params.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See case_params.hpp.
#include "host-sim/margin/case_params.hpp"

#include "engine/model/bounds.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace plimsoll::sim {
namespace {

PerLevel<Ratio> read_levels(CaseField field)
{
    PerLevel<Ratio> levels;
    levels.initial = field.at("initial").ratio();
    levels.maintenance = field.at("maintenance").ratio();
    field.finish();
    return levels;
}

/// `besides`: the factor that it comes on top of; with it the greatest that F-18 can make is a ratio too.
DepegRule read_depeg(CaseField field, Ratio besides)
{
    DepegRule rule;
    rule.threshold = field.at("threshold").ratio();
    rule.factor = field.at("factor").ratio();
    field.finish();
    if (besides + scale_ceil(rule.factor, rule.threshold) > RATIO_MAX)
        field.fail("factor * threshold and the factor that it comes on top of are above 100");
    return rule;
}

ProfitRule read_profit(CaseField field)
{
    ProfitRule rule;
    rule.weight = field.at("weight").share();
    if (const auto cap = field.maybe("cap"))
        rule.cap = cap->money_or_zero();
    field.finish();
    return rule;
}

void read_scenarios(const CaseField& field, PortfolioParams& params)
{
    const auto items = field.items();
    if (items.empty())
        field.fail("must list at least one scenario");
    if (items.size() > SCENARIOS_MAX)
        field.fail(fmt::format("must list at most {} scenarios", SCENARIOS_MAX));
    for (auto item : items) {
        Scenario scenario;
        scenario.spot = item.at("spot").between(Ratio(), SCENARIO_SPOT_MAX);
        scenario.vol = static_cast<VolShock>(
            item.at("vol").choice({"up", "none", "down", "skew_linear", "skew_abs"}));
        if (const auto damping = item.maybe("damping"))
            scenario.damping = damping->share();
        item.finish();
        (void)params.scenarios.push(scenario);
    }
}

VolShockParams read_vol_shock(CaseField field)
{
    VolShockParams shock;
    // Their powers must stay in range: 30,000^2 * 10 at most.
    const auto ten = Ratio::from_units(10);
    shock.range_up = field.at("range_up").between(Ratio(), ten);
    shock.range_down = field.at("range_down").between(Ratio(), ten);
    shock.short_power = field.at("short_power").between(Ratio(), Ratio::from_units(2));
    shock.long_power = field.at("long_power").between(Ratio(), Ratio::from_units(2));
    shock.floor_days = field.at("floor_days").between(ratio_per_mille(1), RATIO_MAX);
    shock.min_vol_up = field.at("min_vol_up").between(Ratio(), VOLATILITY_MAX);
    field.finish();
    return shock;
}

SkewShockParams read_skew_shock(CaseField field)
{
    SkewShockParams shock;
    shock.linear_cap = field.at("linear_cap").signed_ratio();
    shock.linear_slope = field.at("linear_slope").signed_ratio();
    shock.abs_cap = field.at("abs_cap").signed_ratio();
    shock.abs_slope = field.at("abs_slope").signed_ratio();
    shock.min_width = field.at("min_width").between(ratio_per_mille(1), RATIO_MAX);
    shock.width_scale = field.at("width_scale").signed_ratio();
    shock.vol_static = field.at("vol_static").signed_ratio();
    shock.vol_slope = field.at("vol_slope").signed_ratio();
    field.finish();
    return shock;
}

BasisParams read_basis(CaseField field)
{
    BasisParams basis;
    basis.up = field.at("up").between(Ratio(), SCENARIO_SPOT_MAX);
    basis.down = field.at("down").between(Ratio(), SCENARIO_SPOT_MAX);
    basis.add = field.at("add").ratio();
    basis.mult = field.at("mult").ratio();
    field.finish();
    return basis;
}

/// In standard mode only the multiplier of the mark's rate matters, so the rest may be left out there.
DiscountParams read_discount(CaseField field, bool is_whole)
{
    DiscountParams discount;
    const auto read = [&field](std::string_view name, Ratio& target, bool is_needed) {
        const auto value = is_needed ? std::optional(field.at(name)) : field.maybe(name);
        if (value)
            target = value->between(Ratio(), Ratio::from_units(10));
    };
    read("long_base", discount.long_base, is_whole);
    read("long_rate_mult", discount.long_rate_mult, is_whole);
    read("long_rate_add", discount.long_rate_add, is_whole);
    read("short_base", discount.short_base, is_whole);
    read("short_rate_mult", discount.short_rate_mult, is_whole);
    read("short_rate_add", discount.short_rate_add, is_whole);
    read("mark_rate_mult", discount.mark_rate_mult, false);
    field.finish();
    return discount;
}

/// Reads whole sets; `discount` has been read before.
PortfolioParams read_portfolio(CaseField& risk, const DiscountParams& discount)
{
    PortfolioParams params;
    read_scenarios(risk.at("scenarios"), params);
    params.vol_shock = read_vol_shock(risk.at("vol_shock"));
    params.skew_shock = read_skew_shock(risk.at("skew_shock"));
    params.basis = read_basis(risk.at("basis"));
    params.discount = discount;
    params.factor = read_levels(risk.at("factor"));
    params.perp_contingency = read_levels(risk.at("perp_contingency"));
    params.future_contingency = read_levels(risk.at("future_contingency"));
    params.option_contingency = read_levels(risk.at("option_contingency"));
    params.confidence = read_confidence_rule(risk.at("confidence"));
    params.depeg = read_depeg(risk.at("depeg"), params.factor.initial);
    if (const auto error = check_domain(params); error != Error::ok)
        risk.fail(fmt::format("{} ({})", meaning_of(error), name_of(error)));
    return params;
}

ShortOptionParams read_short_option(CaseField field)
{
    ShortOptionParams option;
    option.max_initial = field.at("max_initial").ratio();
    option.min_initial = field.at("min_initial").ratio();
    option.maintenance_call = field.at("maintenance_call").ratio();
    option.maintenance_put = field.at("maintenance_put").ratio();
    option.maintenance_put_mark = field.at("maintenance_put_mark").ratio();
    option.maintenance_offset = field.at("maintenance_offset").ratio();
    option.unpaired.initial = field.at("unpaired_initial").ratio();
    option.unpaired.maintenance = field.at("unpaired_maintenance").ratio();
    field.finish();
    return option;
}

void read_open_interest(CaseField& field, StandardParams& params)
{
    const auto lower = field.maybe("open_interest_lower");
    const auto upper = field.maybe("open_interest_upper");
    if (lower.has_value() != upper.has_value())
        field.fail("open_interest_lower and open_interest_upper come together or not at all");
    if (!upper)
        return;
    params.open_interest_lower = lower->money_or_zero();
    params.open_interest_upper = upper->money_or_zero();
    if (params.open_interest_upper <= params.open_interest_lower)
        upper->fail("must be above open_interest_lower");
}

StandardParams read_standard(CaseField field)
{
    StandardParams params;
    params.fraction.initial = field.at("initial_fraction").ratio();
    params.fraction.maintenance = field.at("maintenance_fraction").ratio();
    params.size_reference = field.at("size_reference").between(Money::from_raw(1), MONEY_MAX);
    params.size_sqrt_coefficient = field.at("size_sqrt_coefficient").ratio();
    params.size_linear_coefficient = field.at("size_linear_coefficient").ratio();
    read_open_interest(field, params);
    if (auto rule = field.maybe("confidence"))
        params.confidence = read_confidence_rule(*std::move(rule));
    if (auto rule = field.maybe("depeg"))
        params.depeg = read_depeg(*std::move(rule), Ratio::zero());
    params.option = read_short_option(field.at("option"));
    field.finish();
    if (const auto error = check_domain(params); error != Error::ok)
        field.fail(fmt::format("{} ({})", meaning_of(error), name_of(error)));
    return params;
}

std::optional<std::size_t> index_of(const std::vector<std::string>& names, const std::string& name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

CorrelationPair read_pair(CaseField& field, Ratio band)
{
    const auto share = [](const CaseField& value) {
        return value.between(-Ratio::one(), Ratio::one());
    };
    CorrelationPair pair;
    const Ratio rho = share(field.at("rho"));
    pair.low = pair.high = rho;
    pair.band = band;
    pair.known = true;
    if (const auto low = field.maybe("rho_low")) {
        pair.low = share(*low);
        if (pair.low > rho)
            low->fail("must not be above rho");
    }
    if (const auto high = field.maybe("rho_high")) {
        pair.high = share(*high);
        if (pair.high < rho)
            high->fail("must not be below rho");
    }
    if (const auto own = field.maybe("band"))
        pair.band = own->share();
    return pair;
}

}  // namespace

ConfidenceRule read_confidence_rule(CaseField field)
{
    ConfidenceRule rule;
    rule.threshold = field.at("threshold").ratio();
    rule.factor = field.at("factor").ratio();
    field.finish();
    return rule;
}

CaseRisk read_risk(CaseField field, MarginMode mode)
{
    CaseRisk risk;
    const bool has_scenarios = field.maybe("scenarios").has_value();
    const bool is_portfolio = mode == MarginMode::portfolio || has_scenarios;
    DiscountParams discount;
    if (auto group = field.maybe("discount")) {
        discount = read_discount(*std::move(group), is_portfolio);
        risk.mark_rate_mult = discount.mark_rate_mult;
    } else if (is_portfolio) {
        (void)field.at("discount");
    }
    if (is_portfolio)
        risk.portfolio = read_portfolio(field, discount);
    if (auto group = field.maybe("standard"))
        risk.standard = read_standard(*std::move(group));
    else if (mode == MarginMode::standard)
        (void)field.at("standard");
    if (auto group = field.maybe("profit"))
        risk.profit = read_profit(*std::move(group));
    field.finish();
    return risk;
}

Correlation read_correlation(CaseField field, const std::vector<std::string>& names)
{
    Correlation correlation;
    correlation.band = field.at("band").share();
    correlation.max_relief = field.at("max_relief").share();
    std::set<std::pair<std::string, std::string>> given;
    for (auto item : field.at("pairs").items()) {
        const auto a = item.at("a").name();
        const auto b = item.at("b").name();
        const auto pair = read_pair(item, correlation.band);
        item.finish();
        if (a == b)
            item.fail(fmt::format("names \"{}\" twice", a));
        if (!given.insert(std::minmax(a, b)).second)
            item.fail(fmt::format("the pair \"{}\", \"{}\" is given twice", a, b));
        const auto i = index_of(names, a);
        const auto j = index_of(names, b);
        if (i && j)
            correlation.of(*i, *j) = pair;
    }
    field.finish();
    return correlation;
}

}  // namespace plimsoll::sim
