// plimsoll: tests/support/margin_oracle.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A book taken apart, collateral (F-6), and the account's report.
#include "tests/support/margin_oracle.hpp"

#include "tests/support/margin_oracle_model.hpp"

#include <algorithm>

namespace plimsoll::test {
namespace {

using exact::Expiry;
using exact::Linear;
using exact::Option;
using exact::Underlying;

bool defined(const Book& book)
{
    if (!book.quote_price.is_positive())
        return false;
    for (const BookUnderlying& u : book.underlyings) {
        const bool known =
            book.mode == MarginMode::portfolio ? u.portfolio != nullptr : u.standard != nullptr;
        if (!known || !u.spot.is_positive() || u.price_low > u.spot || u.price_low.is_negative() ||
            u.stable.is_negative() || (!u.price_high.is_zero() && u.price_high < u.spot))
            return false;
        if (book.mode == MarginMode::portfolio && u.portfolio->scenarios.empty())
            return false;
    }
    return std::all_of(book.expiries.begin(), book.expiries.end(), [](const BookExpiry& e) {
        return e.forward.is_positive() && !e.fixed.is_negative() && e.fixed <= e.forward;
    });
}

Underlying underlying_of(const Book& book, std::size_t index)
{
    Underlying u;
    u.spec = &book.underlyings[index];
    u.spot = real(u.spec->spot);
    u.spot_confidence = exact::least(u.spec->confidence, book.quote_confidence);
    for (std::size_t i = 0; i < book.expiries.size(); ++i) {
        const BookExpiry& spec = book.expiries[i];
        if (spec.underlying != index)
            continue;
        Expiry e;
        e.index = i;
        e.spec = &spec;
        e.years = years(spec.length);
        e.forward = real(spec.forward);
        e.fixed = real(spec.fixed);
        e.discount = exp(-positive(real(spec.rate)) * real(spec.mark_rate_mult) * e.years);
        u.expiries.push_back(e);
    }
    return u;
}

Linear& linear_of(std::vector<Linear>& list, const BookLeg& leg)
{
    // All futures of an expiry are one.
    for (Linear& known : list)
        if (leg.kind == LegKind::future || known.instrument == leg.instrument)
            return known;
    list.emplace_back();
    list.back().instrument = leg.instrument;
    list.back().mark = real(leg.mark);
    return list.back();
}

void add_linear(std::vector<Linear>& list, const BookLeg& leg)
{
    Linear& linear = linear_of(list, leg);
    linear.base += real(leg.base);
    linear.bid += real(leg.bid);
    linear.ask += real(leg.ask);
    // Exact: fewer than 80 digits separate one raw unit from the largest base.
    linear.is_net = abs(linear.base) > Real("1e-19");
}

void add_leg(Underlying& u, const BookLeg& leg, const Real* vol)
{
    u.has_position = u.has_position || leg.is_position || !leg.base.is_zero();
    u.has_orders = u.has_orders || leg.has_orders();
    const bool listed = leg.is_position || !leg.base.is_zero() || !leg.quote.is_zero();
    if (leg.kind == LegKind::perp) {
        add_linear(u.perps, leg);
        if (listed)
            u.linear_values.push_back(real(leg.base) * real(leg.mark) + real(leg.quote));
        return;
    }
    const auto found = std::find_if(u.expiries.begin(), u.expiries.end(),
        [&](const Expiry& e) { return e.index == leg.expiry; });
    CHECK(found != u.expiries.end());
    if (leg.kind == LegKind::future) {
        add_linear(found->futures, leg);
        if (listed)
            u.linear_values.push_back(real(leg.base) * found->forward + real(leg.quote));
        return;
    }
    Option option;
    option.instrument = leg.instrument;
    option.strike_raw = leg.strike.price.raw();
    option.strike = real(leg.strike.price);
    option.is_call = leg.type == OptionType::call;
    option.is_position = leg.is_position;
    option.vol = vol != nullptr ? *vol : real(leg.volatility.value);
    option.base = real(leg.base);
    option.bid = real(leg.bid);
    option.ask = real(leg.ask);
    option.price = found->price(option, found->forward, option.vol);
    u.option_cash += real(leg.quote);
    found->options.push_back(option);
}

struct CollateralSums
{
    Real value;
    PerLevel<Real> haircuts;
    Real charges;
};

// F-6
Real weight_of(const BookCollateral& c, Level level)
{
    Real weight = 1 - real(c.haircut.of(level));
    if (level == Level::initial) {
        if (c.pool_scaling && !c.pool_deposits.is_zero())
            weight *= std::min(Real(1), Real(real(c.pool_start) / real(c.pool_deposits)));
        if (!c.size_discount.is_zero())
            weight = std::min(
                weight, Real(Real("1.1") / (1 + real(c.size_discount) * sqrt(real(c.amount)))));
        if (c.nothing_at_initial)
            weight = 0;
    }
    return std::min(weight, Real(1 - real(c.volatility_haircut.of(level))));
}

CollateralSums collateral_of(const Book& book, std::vector<Underlying>& underlyings)
{
    CollateralSums sums;
    for (const BookCollateral& c : book.collaterals) {
        if (c.worthless)
            continue;
        const Real value = real(c.amount) * real(c.price) / real(book.quote_price);
        sums.value += value;
        Ratio confidence = c.confidence;
        if (c.underlying != BookCollateral::NONE) {
            Underlying& u = underlyings[c.underlying];
            confidence = exact::least(confidence, u.spot_confidence);
            if (!c.nothing_at_initial)
                u.named += value;
            if (c.risk_cancelling && book.mode == MarginMode::portfolio)
                u.cancelling += value;
        }
        for (const Level level : LEVELS)
            sums.haircuts.of(level) += value * (1 - weight_of(c, level));
        sums.charges += exact::confidence_charge(c.confidence_rule, confidence, value);
    }
    return sums;
}

bool portfolio_level(
    const Book& book, const std::vector<Underlying>& underlyings, ExactReport& report, Level level)
{
    const bool orders = level == Level::initial;
    ExactLevel& out = report.levels.of(level);
    std::vector<std::vector<Real>> rows;
    for (std::size_t i = 0; i < underlyings.size(); ++i) {
        const Underlying& u = underlyings[i];
        ExactUnderlying& told = report.underlyings[i];
        rows.push_back(u.rows(orders));
        told.rows[orders ? 1 : 0] = rows.back();
        ExactUnderlyingLevel& at = told.levels.of(level);
        at.held = u.held(orders);
        at.loss = -*std::min_element(rows.back().begin(), rows.back().end());
        at.factor = u.factor(level, book.quote_price);
        const ExactContingencies parts = u.contingencies(level);
        out.contingencies.perp += parts.perp;
        out.contingencies.future += parts.future;
        out.contingencies.option += parts.option;
        out.contingencies.confidence += parts.confidence;
    }
    const std::optional<ExactBand> band = exact::correlation_band(book, underlyings, rows, level);
    if (!band)
        return false;
    out.band = *band;
    out.requirement = band->single ? band->plain_sum
                                   : std::max({band->band_loss, band->special_sum, band->floor});
    return true;
}

void standard_level(
    const Book& book, const std::vector<Underlying>& underlyings, ExactReport& report, Level level)
{
    ExactLevel& out = report.levels.of(level);
    for (std::size_t i = 0; i < underlyings.size(); ++i) {
        ExactUnderlyingLevel& at = report.underlyings[i].levels.of(level);
        at.held = underlyings[i].held(level == Level::initial);
        at.linear = exact::linear_requirement(underlyings[i], level);
        at.option = exact::option_requirement(underlyings[i], level);
        out.requirement += at.linear + at.option;
        if (level == Level::initial)
            exact::add_standard_charges(underlyings[i], book.quote_price, out.contingencies);
    }
}

ExactExpiry expiry_of(const Book& book, const Underlying& u, const Expiry& e)
{
    ExactExpiry out;
    out.mark_to_market = e.value();
    out.discount = e.discount;
    if (book.mode == MarginMode::standard)
        return out;
    out.vol_up = u.vol_multiplier(e, VolShock::up);
    out.vol_down = u.vol_multiplier(e, VolShock::down);
    const exact::StaticDiscounts discounts = u.static_discounts(e);
    out.discount_long = discounts.long_factor;
    out.discount_short = discounts.short_factor;
    out.naked_shorts = e.naked_shorts(false);
    out.basis_up = u.basis_move(e, u.spec->portfolio->basis.up, false);
    out.basis_down = u.basis_move(e, u.spec->portfolio->basis.down, false);
    return out;
}

}  // namespace

std::optional<ExactReport> exact_margin(const Book& book, std::span<const Real> vols)
{
    if (!defined(book))
        return std::nullopt;
    std::vector<Underlying> underlyings;
    for (std::size_t i = 0; i < book.underlyings.size(); ++i)
        underlyings.push_back(underlying_of(book, i));
    for (std::size_t i = 0; i < book.legs.size(); ++i)
        add_leg(
            underlyings[book.legs[i].underlying], book.legs[i], vols.empty() ? nullptr : &vols[i]);
    const CollateralSums collateral = collateral_of(book, underlyings);

    ExactReport report;
    report.collateral = collateral.value;
    report.equity = real(book.cash) + collateral.value;
    report.levels.initial.haircuts = collateral.haircuts.initial;
    report.levels.maintenance.haircuts = collateral.haircuts.maintenance;
    report.underlyings.resize(underlyings.size());
    report.expiries.resize(book.expiries.size());
    for (std::size_t i = 0; i < underlyings.size(); ++i) {
        ExactUnderlying& told = report.underlyings[i];
        told.value = underlyings[i].value();
        told.bracket_charge = underlyings[i].price_bracket();
        report.equity += told.value;
        report.levels.initial.haircuts += underlyings[i].profit_haircut() + told.bracket_charge;
        for (const Expiry& e : underlyings[i].expiries)
            report.expiries[e.index] = expiry_of(book, underlyings[i], e);
    }
    for (const Level level : LEVELS) {
        ExactLevel& out = report.levels.of(level);
        if (book.mode == MarginMode::standard)
            standard_level(book, underlyings, report, level);
        else if (!portfolio_level(book, underlyings, report, level))
            return std::nullopt;
        if (level == Level::initial)
            out.contingencies.confidence += collateral.charges;
    }
    // A failed feed: its positions are worth less by their maintenance range, at both levels.
    for (std::size_t i = 0; i < underlyings.size(); ++i) {
        const ExactUnderlyingLevel& range = report.underlyings[i].levels.maintenance;
        if (!book.underlyings[i].failed || !range.held)
            continue;
        for (const Level level : LEVELS)
            report.levels.of(level).haircuts += range.linear + range.option + range.loss;
    }
    for (const Level level : LEVELS) {
        ExactLevel& out = report.levels.of(level);
        out.health = report.equity - out.haircuts - out.contingencies.total() - out.requirement;
    }
    return report;
}

}  // namespace plimsoll::test
