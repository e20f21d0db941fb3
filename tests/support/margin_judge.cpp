// plimsoll: tests/support/margin_judge.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See margin_judge.hpp.
#include "tests/support/margin_judge.hpp"

#include "tests/support/margin_vols.hpp"

#include <algorithm>

namespace plimsoll::test {
namespace {

Real price_of(const MarginBook& book, const BookLeg& leg)
{
    Real price = real(book.underlyings[leg.underlying].spot);
    if (leg.kind == LegKind::perp)
        return std::max(price, real(leg.mark));
    price = std::max(price, real(book.expiries[leg.expiry].forward));
    return leg.kind == LegKind::option ? std::max(price, real(leg.strike.price)) : price;
}

Figures figures_of(const ExactReport& report)
{
    Figures out;
    out.equity = report.equity;
    for (const Level level : LEVELS) {
        const ExactLevel& at = report.levels.of(level);
        out.requirement.of(level) = at.requirement;
        out.contingencies.of(level) = at.contingencies.total();
        out.haircuts.of(level) = at.haircuts;
        out.health.of(level) = at.health;
        out.plain_sum.of(level) = at.band.plain_sum;
        out.single.of(level) = at.band.single;
    }
    for (const ExactUnderlying& u : report.underlyings) {
        out.charges.push_back(u.bracket_charge);
        out.held.push_back({u.levels.initial.held, u.levels.maintenance.held});
        for (const int orders : {0, 1})
            out.rows[orders].push_back(u.rows[orders]);
    }
    out.bound = TOLERANCE;
    return out;
}

Figures figures_of(const MarginBook& book, const MarginReport& report, const MarginWork& work)
{
    Figures out;
    out.of_engine = true;
    out.equity = real(report.equity);
    for (const Level level : LEVELS) {
        const LevelReport& at = report.levels.of(level);
        out.requirement.of(level) = real(at.requirement);
        out.contingencies.of(level) = real(at.contingencies.total());
        out.haircuts.of(level) = real(at.haircuts);
        out.health.of(level) = real(report.health(level));
        out.plain_sum.of(level) = real(at.band.plain_sum);
        out.single.of(level) = at.band.binding == Binding::single;
    }
    for (std::size_t i = 0; i < book.underlyings.size(); ++i) {
        const UnderlyingRisk& risk = work.underlyings[i];
        out.charges.push_back(real(risk.bracket_charge));
        out.held.push_back({risk.levels.initial.held, risk.levels.maintenance.held});
        const bool rows = book.mode == MarginMode::portfolio;
        const std::size_t count = rows ? book.portfolio[i].scenarios.size() + 1 : 0;
        for (const int orders : {0, 1}) {
            out.rows[orders].emplace_back();
            for (std::size_t row = 0; row < count; ++row)
                out.rows[orders].back().push_back(
                    real(Money(risk.rows[work.has_orders ? orders : 0][row])));
        }
    }
    out.bound = rounding_bound(book);
    return out;
}

}  // namespace

MarginWork& margin_work()
{
    static MarginWork work;
    return work;
}

Real rounding_bound(const MarginBook& book)
{
    Real of_size = 0;
    Real sum =
        book.legs.size() + book.collaterals.size() + book.expiries.size() + book.underlyings.size();
    for (const BookLeg& leg : book.legs) {
        const Real orders = real(leg.bid) + real(leg.ask);
        const Real base = abs(real(leg.base));
        Real notional = (base + orders) * price_of(book, leg);
        if (leg.kind == LegKind::option) {
            sum += base;
            notional *= 1 + sqrt(years(book.expiries[leg.expiry].length)) *
                                (real(leg.volatility.value) + real(leg.volatility.error) / UNIT);
        }
        sum += orders + notional;
        if (book.mode == MarginMode::standard) {
            const StandardParams& p = book.standard[leg.underlying];
            const Real root = p.size_sqrt_coefficient.is_zero()
                                  ? Real(0)
                                  : sqrt(real(p.size_reference) * notional);
            of_size += real(p.fraction.initial) *
                       (real(p.size_sqrt_coefficient) * (root / 2 + 2 * notional) +
                           real(p.size_linear_coefficient) * notional) *
                       real(book.underlyings[leg.underlying].initial_scale);
        }
    }
    for (const BookCollateral& c : book.collaterals)
        sum += real(c.amount) * real(c.price) / real(book.quote_price);
    Real factor = 1;
    if (book.mode == MarginMode::portfolio)
        for (std::size_t i = 0; i < book.underlyings.size(); ++i) {
            const PortfolioParams& p = book.portfolio[i];
            const Real initial = real(p.factor.initial) * real(book.underlyings[i].initial_scale) +
                                 real(p.depeg.factor) * real(p.depeg.threshold);
            factor = std::max({factor, initial, real(p.factor.maintenance)});
        }
    return (16 * sum * factor + of_size) * UNIT;
}

Judged judge(MarginBook& book)
{
    const Book view = book.view();
    const std::optional<ExactReport> exact = exact_margin(view, exact_vols(book));
    const Result<MarginReport> got = margin(view, margin_work());
    if (!exact || !got)
        FAIL("engine " << name_of(got.error()) << ", oracle " << (exact ? "ok" : "undefined")
                       << '\n'
                       << book.describe());
    return {figures_of(*exact), figures_of(book, *got, margin_work())};
}

Quantity random_base(Rng& rng, const MarginBook& book, const BookLeg& leg)
{
    const Price price = leg.kind == LegKind::perp ? leg.mark : book.expiries[leg.expiry].forward;
    const num::i128 notional = draw_power(rng, -1, 4);
    const num::i128 base = std::min<num::i128>(
        num::mul_div_floor(notional, num::WAD, price.raw()).value_or(num::I128_MAX),
        QUANTITY_MAX.raw() / 64);
    return Quantity::from_raw(rng.chance(50) ? base : -base);
}

std::string unless_at_most(
    const std::string& what, const Real& low, const Real& high, const Real& slack)
{
    if (low <= high + slack)
        return "";
    return what + ": " + low.str(36) + " is above " + high.str(36) + " by " +
           Real(low - high).str(6) + ", slack " + slack.str(6) + '\n';
}

std::string unless_equal(const std::string& what, const Real& a, const Real& b, const Real& slack)
{
    return unless_at_most(what, a, b, slack) + unless_at_most(what, b, a, slack);
}

}  // namespace plimsoll::test
