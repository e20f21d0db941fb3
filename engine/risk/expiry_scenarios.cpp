// plimsoll: engine/risk/expiry_scenarios.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See expiry_scenarios.hpp.
#include "engine/risk/expiry_scenarios.hpp"

#include "engine/pricing/tenor.hpp"

#include <iterator>

namespace plimsoll {
namespace {

constexpr VolShock SHOCKS[] = {
    VolShock::up, VolShock::none, VolShock::down, VolShock::skew_linear, VolShock::skew_abs};

bool same_price(const BookLeg& a, const BookLeg& b) noexcept
{
    return a.strike.price == b.strike.price && a.volatility.value == b.volatility.value &&
           a.volatility.error == b.volatility.error;
}

}  // namespace

ScenarioPoints::ScenarioPoints(const PortfolioParams& params) noexcept
{
    index_of(Ratio::one(), VolShock::none, false);
    for (std::size_t i = 0; i < params.scenarios.size(); ++i) {
        const Scenario& scenario = params.scenarios[i];
        // A skew row stays at the unshocked forward (F-15).
        const Ratio spot = is_skew(scenario.vol) ? Ratio::one() : scenario.spot;
        m_of_scenario[i] = index_of(spot, scenario.vol, true);
    }
    m_basis_up = index_of(params.basis.up, VolShock::none, false);
    m_basis_down = index_of(params.basis.down, VolShock::none, false);
}

std::uint8_t ScenarioPoints::index_of(Ratio spot, VolShock vol, bool listed) noexcept
{
    std::uint8_t at = 0;
    while (at < m_spot_count && m_spots[at] != spot)
        ++at;
    if (at == m_spot_count)
        m_spots[m_spot_count++] = spot;
    std::uint8_t point = 0;
    while (point < m_count && (m_points[point].spot != at || m_points[point].vol != vol))
        ++point;
    if (point == m_count)
        m_points[m_count++] = {at, vol, false};
    m_points[point].listed = m_points[point].listed || listed;
    m_shocks |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(vol));
    return point;
}

ExpiryScenarios::ExpiryScenarios(const BookExpiry& expiry, const PortfolioParams& params,
    const ScenarioPoints& points, Legs options, bool orders, ExpiryWork& work) noexcept
  : m_expiry(expiry),
    m_params(params),
    m_points(points),
    m_orders(orders && any_orders(options)),
    m_work(work),
    m_tenor(pricing::tenor_of(expiry.length)),
    m_discount(pricing::discount_of(expiry.rate, expiry.mark_rate_mult, expiry.length)),
    m_static(static_discounts(params.discount, expiry)),
    m_vol(vol_factors(params.vol_shock, expiry.length)),
    m_skew_linear(skew_shape(params.skew_shock, VolShock::skew_linear, m_tenor)),
    m_skew_abs(skew_shape(params.skew_shock, VolShock::skew_abs, m_tenor))
{
    set_forwards();
    for (std::size_t i = 0; i < m_points.points().size(); ++i) {
        m_work.values[i] = {};
        if (m_orders)
            for (MoneyBracket& fills : m_work.fills[i])
                fills = {};
    }
    m_work.basis_up_fills = Money::zero();
    m_work.basis_down_fills = Money::zero();
    for (Legs rest = options; !rest.empty();) {
        const Legs strike = leading(rest, same_price);
        rest = rest.subspan(strike.size());
        add_strike(strike);
    }
}

void ExpiryScenarios::set_forwards() noexcept
{
    const std::span<const Ratio> spots = m_points.spots();
    for (std::size_t i = 0; i < spots.size(); ++i)
        m_work.forwards[i] = spots[i] == Ratio::one()
                                 ? pricing::forward_point(m_expiry.forward)
                                 : pricing::forward_at(m_expiry.forward, m_expiry.fixed, spots[i]);
}

pricing::Volatility ExpiryScenarios::volatility_under(
    VolShock shock, const BookLeg& leg) const noexcept
{
    const pricing::ForwardPoint& unshocked = m_work.forwards[0];
    switch (shock) {
    case VolShock::up:
        return shocked(leg.volatility, m_vol.up, m_params.vol_shock.min_vol_up);
    case VolShock::down:
        return shocked(leg.volatility, m_vol.down, Ratio::zero());
    case VolShock::skew_linear:
        return shocked(leg.volatility, skew_factor(m_skew_linear, shock, leg.strike, unshocked),
            Ratio::zero());
    case VolShock::skew_abs:
        return shocked(
            leg.volatility, skew_factor(m_skew_abs, shock, leg.strike, unshocked), Ratio::zero());
    case VolShock::none:
        break;
    }
    return leg.volatility;
}

void ExpiryScenarios::add_strike(Legs legs) noexcept
{
    const auto counts = [this](const BookLeg& leg) {
        return !leg.base.is_zero() || (m_orders && leg.has_orders());
    };
    bool any = false;
    for (const BookLeg& leg : legs)
        any = any || counts(leg);
    if (!any)
        return;
    const pricing::StrikePoint& strike = legs.front().strike;
    pricing::TotalVolatility volatilities[std::size(SHOCKS)];
    for (const VolShock shock : SHOCKS)
        if (m_points.uses(shock))
            volatilities[static_cast<std::size_t>(shock)] = pricing::total_volatility(
                volatility_under(shock, legs.front()), m_tenor, pricing::Uses::many);

    const std::span<const ScenarioPoints::Point> points = m_points.points();
    pricing::PricePoint at[POINTS_MAX];
    for (std::size_t i = 0; i < points.size(); ++i)
        at[i] = {&m_work.forwards[points[i].spot],
            &volatilities[static_cast<std::size_t>(points[i].vol)]};
    pricing::time_values(strike, {at, points.size()}, {m_work.parts, points.size()});
    for (const BookLeg& leg : legs)
        if (counts(leg))
            add_leg(leg);
}

void ExpiryScenarios::add_leg(const BookLeg& leg) noexcept
{
    const std::span<const ScenarioPoints::Point> points = m_points.points();
    const auto price_at = [&](std::size_t point) {
        return pricing::price_of(m_work.parts[point], m_work.forwards[points[point].spot],
            leg.strike, m_discount, leg.type);
    };
    const bool orders = m_orders && leg.has_orders();
    const pricing::PriceBracket marked =
        orders ? price_at(ScenarioPoints::MARKED) : pricing::PriceBracket{};
    for (std::size_t i = 0; i < points.size(); ++i) {
        const pricing::PriceBracket price = price_at(i);
        m_work.values[i] += value_of(leg.base, price);
        if (orders)
            add_fills(i, leg, price, marked);
    }
}

void ExpiryScenarios::add_fills(std::size_t point, const BookLeg& leg,
    const pricing::PriceBracket& then, const pricing::PriceBracket& marked) noexcept
{
    if (point == m_points.basis_up())
        m_work.basis_up_fills += worst_fill_floor(leg.bid, leg.ask, difference(then, marked));
    if (point == m_points.basis_down())
        m_work.basis_down_fills += worst_fill_floor(leg.bid, leg.ask, difference(then, marked));
    if (!m_points.points()[point].listed)
        return;
    MoneyBracket* fills = m_work.fills[point];
    for (const pricing::RatioBracket& factor : {m_static.long_side, m_static.short_side}) {
        const pricing::PriceBracket move{scale_floor(then.floor, factor.floor) - marked.ceil,
            scale_ceil(then.ceil, factor.ceil) - marked.floor};
        fills->floor += worst_fill_floor(leg.bid, leg.ask, move);
        fills->ceil += best_fill_ceil(leg.bid, leg.ask, move);
        ++fills;
    }
}

Change ExpiryScenarios::of_scenario(std::size_t scenario) const noexcept
{
    const bool skew = is_skew(m_params.scenarios[scenario].vol);
    const std::size_t point = m_points.of_scenario(scenario);
    const MoneyBracket& then = m_work.values[point];
    const MoneyBracket counted = m_static.apply(then);
    Change change;
    change.plain = counted.floor - value().ceil;
    if (skew)
        change.plain = least(change.plain, value().floor - counted.ceil);
    change.ordered = change.plain;
    if (!m_orders)
        return change;
    // The least over all fills of g(V') - V, or of -|g(V') - V|: g is the lower of y times either factor.
    Money low = Money::max();
    Money high = Money::max();
    const MoneyBracket* fills = m_work.fills[point];
    for (const pricing::RatioBracket& factor : {m_static.long_side, m_static.short_side}) {
        const MoneyBracket by = StaticDiscounts::times(then, factor);
        low = least(low, by.floor - value().ceil + fills->floor);
        high = least(high, by.ceil - value().floor + fills->ceil);
        ++fills;
    }
    change.ordered = skew ? least(low, -high) : low;
    return change;
}

Change ExpiryScenarios::basis(std::size_t point, Money fills) const noexcept
{
    const Money plain = m_work.values[point].floor - value().ceil;
    return {plain, plain + fills};
}

}  // namespace plimsoll
