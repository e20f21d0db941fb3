// plimsoll: engine/risk/margin.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See margin.hpp.
#include "engine/risk/margin.hpp"

#include "engine/risk/collateral.hpp"
#include "engine/risk/confidence.hpp"
#include "engine/risk/contingency.hpp"
#include "engine/risk/correlation_band.hpp"
#include "engine/risk/expiry.hpp"
#include "engine/risk/holdings.hpp"
#include "engine/risk/legs.hpp"
#include "engine/risk/price_bracket.hpp"
#include "engine/risk/scenario.hpp"
#include "engine/risk/shocks.hpp"
#include "engine/risk/standard.hpp"

namespace plimsoll {
namespace {

/// One evaluation, underlying by underlying.
class Evaluation
{
public:
    Evaluation(const Book& book, MarginWork& work) noexcept
      : m_book(book), m_work(work), m_portfolio(book.mode == MarginMode::portfolio)
    {}

    [[nodiscard]] Result<MarginReport> run() noexcept
    {
        m_report.equity = m_book.cash;
        m_work.has_orders = any_orders(m_book.legs);
        add_collateral();
        Legs rest = m_book.legs;
        for (std::uint16_t i = 0; i < m_book.underlyings.size(); ++i)
            add_underlying(i, take_underlying(rest, i));
        if (!rest.empty())
            return Error::book_domain;  // the legs were not arranged
        if (m_portfolio)
            if (const Error error = across(); error != Error::ok)
                return error;
        return m_report;
    }

private:
    void add_collateral() noexcept
    {
        for (const BookCollateral& c : m_book.collaterals) {
            const MoneyBracket value = collateral_value(c, m_book.quote_price);
            m_report.equity += value.floor;
            m_report.collateral += value.floor;
            for (const Level level : LEVELS)
                m_report.levels.of(level).haircuts +=
                    collateral_haircut_ceil(c, value.floor, level);
            if (!c.confidence_rule.factor.is_zero())
                m_report.levels.initial.contingencies.confidence +=
                    confidence_charge_ceil(c.confidence_rule, confidence_of(c), value.ceil);
        }
    }

    [[nodiscard]] Ratio confidence_of(const BookCollateral& c) const noexcept
    {
        if (c.underlying == BookCollateral::NONE)
            return c.confidence;
        return least(c.confidence,
            least(m_book.underlyings[c.underlying].confidence, m_book.quote_confidence));
    }

    /// The value of the collateral that names an underlying: what moves with it in scenarios, or all that the
    /// bracket of initial margin is about, which what counts nothing there is not.
    [[nodiscard]] MoneyBracket named(std::uint16_t underlying, bool cancelling_only) const noexcept
    {
        MoneyBracket sum;
        for (const BookCollateral& c : m_book.collaterals)
            if (c.underlying == underlying &&
                (cancelling_only ? c.risk_cancelling : !c.nothing_at_initial))
                sum += collateral_value(c, m_book.quote_price);
        return sum;
    }

    void add_underlying(std::uint16_t index, Legs legs) noexcept
    {
        const BookUnderlying& u = m_book.underlyings[index];
        UnderlyingRisk& risk = m_work.underlyings[index];
        risk.bracket_charge = Money::zero();
        clear(risk.levels.initial);
        clear(risk.levels.maintenance);
        LevelReport& initial = m_report.levels.initial;
        if (has_boards(u)) {
            risk.bracket_charge = bracket_charge_ceil(m_book, index, legs, named(index, false));
            initial.haircuts += risk.bracket_charge;
        }
        const bool position = any_position(legs);
        if (m_portfolio) {
            add_holdings(holdings_of(m_book, u, legs));
            const MoneyBracket cancelling = named(index, true);
            scenario_rows(m_book, index, legs, cancelling, m_work.has_orders, m_work.expiry, risk);
            const bool held = position || cancelling.ceil > Money::zero();
            risk.levels.maintenance.held = held;
            risk.levels.initial.held = held || any_orders(legs);
            for (const Level level : LEVELS)
                add_contingencies(
                    m_book, index, legs, level, m_report.levels.of(level).contingencies);
        } else {
            risk.value = Money::zero();
            risk.levels.maintenance.held = position;
            risk.levels.initial.held = position || any_orders(legs);
            if (!legs.empty())
                add_standard(index, legs);
            if (u.failed) {
                add_failed(risk.levels.maintenance.linear + risk.levels.maintenance.option);
                if (u.id < UNDERLYINGS_MAX)
                    m_report.shocked |= std::uint32_t{1} << u.id;
            }
        }
        m_report.equity += risk.value;
    }

    /// Field by field: compilers make a slow loop of clearing so few bytes at once.
    static void clear(UnderlyingLevel& level) noexcept
    {
        level.held = false;
        level.worst = 0;
        level.response = 0;
        level.contribution = Money::zero();
        level.linear = Money::zero();
        level.option = Money::zero();
    }

    void add_holdings(const Holdings& holdings) noexcept
    {
        m_report.levels.initial.haircuts += holdings.profit_haircut;
        m_report.notional += holdings.notional;
    }

    void add_standard(std::uint16_t index, Legs legs) noexcept
    {
        UnderlyingRisk& risk = m_work.underlyings[index];
        const StandardMargin standard = standard_margin(m_book, index, legs);
        add_holdings(standard.holdings);
        risk.value = standard.holdings.value;
        for (const Level level : LEVELS) {
            const StandardRequirement& required = standard.required.of(level);
            UnderlyingLevel& detail = risk.levels.of(level);
            detail.linear = required.linear;
            detail.option = required.option;
            LevelReport& report = m_report.levels.of(level);
            report.requirement += required.linear + required.option;
            report.contingencies.confidence += required.confidence;
            report.contingencies.depeg += required.depeg;
        }
    }

    /// What a failed feed may hide of a position's loss, at both levels.
    void add_failed(Money range) noexcept
    {
        for (const Level level : LEVELS)
            m_report.levels.of(level).haircuts += not_negative(range);
    }

    [[nodiscard]] Error across() noexcept
    {
        std::size_t held = 0;
        for (std::size_t i = 0; i < m_book.underlyings.size(); ++i)
            held += m_work.underlyings[i].levels.initial.held ? 1U : 0U;
        if (held > 1)
            if (const Error error = make_ladders(m_book, m_work); error != Error::ok)
                return error;
        for (const Level level : LEVELS)
            if (const Error error =
                    band_requirement(m_book, level, m_work, m_report.levels.of(level));
                error != Error::ok)
                return error;
        for (std::size_t i = 0; i < m_book.underlyings.size(); ++i)
            if (m_book.underlyings[i].failed && m_work.underlyings[i].levels.maintenance.held)
                add_failed(
                    -m_work.underlyings[i].rows[0][m_work.underlyings[i].levels.maintenance.worst]);
        return Error::ok;
    }

    const Book& m_book;
    MarginWork& m_work;
    bool m_portfolio;
    MarginReport m_report;
};

}  // namespace

std::string_view name_of(Binding binding) noexcept
{
    switch (binding) {
    case Binding::single:
        return "single";
    case Binding::band:
        return "band";
    case Binding::special:
        return "special";
    case Binding::floor:
        return "floor";
    }
    return "";
}

Result<MarginReport> margin(const Book& book, MarginWork& work) noexcept
{
    BookSums sums;
    if (const Error error = check_domain(book, sums); error != Error::ok)
        return error;
    Result<MarginReport> report = Evaluation(book, work).run();
    if (report)
        report->sums = sums;
    return report;
}

ExpiryReport expiry_report(const Book& book, std::uint16_t expiry) noexcept
{
    CHECK(expiry < book.expiries.size());
    const BookExpiry& e = book.expiries[expiry];
    const BookUnderlying& u = book.underlyings[e.underlying];
    Legs rest = book.legs;
    for (std::uint16_t i = 0; i < e.underlying; ++i)
        static_cast<void>(take_underlying(rest, i));
    Legs own = take_underlying(rest, e.underlying);
    static_cast<void>(take_perps(own));
    Legs legs;
    while (!own.empty()) {
        const Legs at = take_expiry(own);
        if (at.front().expiry == expiry)
            legs = at;
    }
    const Legs options = options_of(legs);
    ExpiryReport report;
    report.held = any_position(legs);
    OptionPricer pricer = pricer_of(e);
    const MoneyBracket value = pricer.value(pricing::forward_point(e.forward), options, AS_MARKED);
    report.mark_to_market = value.floor;
    const Ratio rate = e.rate.is_negative() ? Ratio::zero() : e.rate;
    const pricing::RatioBracket low =
        pricing::exp_of_rate(-scale_ceil(rate, e.mark_rate_mult), e.length);
    const pricing::RatioBracket high =
        pricing::exp_of_rate(-scale_floor(rate, e.mark_rate_mult), e.length);
    report.discount = {low.floor, high.ceil};
    if (book.mode != MarginMode::portfolio)
        return report;
    const PortfolioParams& p = *u.portfolio;
    const VolFactors factors = vol_factors(p.vol_shock, e.length);
    report.vol_up = factors.up.value;
    report.vol_down = factors.down.value;
    const StaticDiscounts discounts = static_discounts(p.discount, e);
    report.discount_long = discounts.long_side.floor;
    report.discount_short = discounts.short_side.ceil;
    report.naked_shorts = naked_shorts(options, false);
    const Quantity future = net_of(futures_of(legs)).base;
    const auto basis = [&](Ratio shock) {
        const Price variable = e.forward - e.fixed;
        const MoneyBracket exposure{
            notional_floor(future, variable), notional_ceil(future, variable)};
        const pricing::ForwardPoint forward = pricing::forward_at(e.forward, e.fixed, shock);
        return pricer.value(forward, options, AS_MARKED).floor - value.ceil +
               scale_floor(exposure, shock - Ratio::one());
    };
    report.basis_up = basis(p.basis.up);
    report.basis_down = basis(p.basis.down);
    return report;
}

}  // namespace plimsoll
