// plimsoll: engine/risk/scenario.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See scenario.hpp.
#include "engine/risk/scenario.hpp"

#include "engine/num/product_sum.hpp"
#include "engine/risk/expiry.hpp"
#include "engine/risk/shocks.hpp"

namespace plimsoll {
namespace {

/// s - 1.
constexpr Ratio shift_of(Ratio shock) noexcept
{
    return shock - Ratio::one();
}

/// price * (s - 1), as a move of one unit.
pricing::PriceBracket move_of(Price price, Ratio shift) noexcept
{
    return {scale_floor(price, shift), scale_ceil(price, shift)};
}

/// What moves in proportion to spot: perpetuals, the undecided part of futures, risk-cancelling collateral.
class LinearExposure
{
public:
    explicit LinearExposure(const MoneyBracket& cancelling) noexcept : m_cancelling(cancelling) {}

    void add(Quantity base, Price price) noexcept { m_sum.add(base.raw(), price.raw()); }

    [[nodiscard]] MoneyBracket bracket() const noexcept
    {
        MoneyBracket total = m_cancelling;
        total += {Money::from_raw(m_sum.wad_floor()), Money::from_raw(m_sum.wad_ceil())};
        return total;
    }

private:
    MoneyBracket m_cancelling;
    num::ProductSum m_sum;
};

/// The options of one expiry under the scenarios of its underlying.
class ExpiryScenarios
{
public:
    ExpiryScenarios(const BookExpiry& e, const PortfolioParams& params, Legs options) noexcept
      : m_expiry(e),
        m_params(params),
        m_options(options),
        m_tenor(pricing::tenor_of(e.length)),
        m_unshocked(pricing::forward_point(e.forward)),
        m_pricer(m_tenor, pricing::discount_of(e.rate, e.mark_rate_mult, e.length)),
        m_static(static_discounts(params.discount, e)),
        m_vol(vol_factors(params.vol_shock, e.length)),
        m_skew_linear(skew_shape(params.skew_shock, VolShock::skew_linear, m_tenor)),
        m_skew_abs(skew_shape(params.skew_shock, VolShock::skew_abs, m_tenor)),
        m_value(m_pricer.value(m_unshocked, options, AS_MARKED))
    {}

    /// V_e.
    [[nodiscard]] const MoneyBracket& value() const noexcept { return m_value; }

    /// g(V') - V, or for a skew scenario the lower of it and its opposite. Floor. With `orders`, at the
    /// worst fills (F-32).
    void changes(const Scenario& scenario, bool orders, Money& plain, Money& ordered) noexcept
    {
        const bool skew = is_skew(scenario.vol);
        const pricing::ForwardPoint& forward = skew ? m_unshocked : at(scenario.spot);
        const SkewShape& shape = scenario.vol == VolShock::skew_abs ? m_skew_abs : m_skew_linear;
        const Ratio least =
            scenario.vol == VolShock::up ? m_params.vol_shock.min_vol_up : Ratio::zero();
        const Factor none;
        const Factor& factor = scenario.vol == VolShock::up     ? m_vol.up
                               : scenario.vol == VolShock::down ? m_vol.down
                                                                : none;
        const auto volatility_of = [&](const BookLeg& leg) noexcept {
            return skew ? shocked(leg.volatility,
                              skew_factor(shape, scenario.vol, leg.strike, m_unshocked), least)
                        : shocked(leg.volatility, factor, least);
        };
        const MoneyBracket value = m_pricer.value(forward, m_options, volatility_of);
        const MoneyBracket counted = m_static.apply(value);
        plain = counted.floor - m_value.ceil;
        if (skew)
            plain = plimsoll::least(plain, m_value.floor - counted.ceil);
        if (!orders)
            return;
        ordered = any_orders(m_options) ? worst_change(value, forward, volatility_of, skew) : plain;
    }

    /// V at the forward of a basis move, less V; with `orders` at the worst fills (F-16, F-32). Floor.
    void basis_move(Ratio shock, bool orders, Money& plain, Money& ordered) noexcept
    {
        const pricing::ForwardPoint& forward = at(shock);
        plain = m_pricer.value(forward, m_options, AS_MARKED).floor - m_value.ceil;
        ordered = plain;
        if (!orders)
            return;
        for (const BookLeg& leg : m_options)
            if (leg.has_orders()) {
                const pricing::PriceBracket moved = m_pricer.price(forward, leg, leg.volatility);
                const pricing::PriceBracket marked =
                    m_pricer.price(m_unshocked, leg, leg.volatility);
                ordered += worst_fill_floor(leg.bid, leg.ask, difference(moved, marked));
            }
    }

private:
    /// The forward under a spot shock. Scenarios of one spot stand side by side in most lists.
    const pricing::ForwardPoint& at(Ratio shock) noexcept
    {
        if (shock == Ratio::one())
            return m_unshocked;
        if (!m_shocked_known || m_shock != shock) {
            m_shocked = pricing::forward_at(m_expiry.forward, m_expiry.fixed, shock);
            m_shock = shock;
            m_shocked_known = true;
        }
        return m_shocked;
    }

    /// The least over all fills of g(V') - V, or of -|g(V') - V|.
    template <class VolatilityOf>
    [[nodiscard]] Money worst_change(const MoneyBracket& value,
        const pricing::ForwardPoint& forward, const VolatilityOf& volatility_of, bool skew) noexcept
    {
        Money low = Money::max();
        Money high = Money::max();
        for (const pricing::RatioBracket& factor : {m_static.long_side, m_static.short_side}) {
            const MoneyBracket counted = StaticDiscounts::times(value, factor);
            Money worst = counted.floor - m_value.ceil;
            Money best = counted.ceil - m_value.floor;
            for (const BookLeg& leg : m_options) {
                if (!leg.has_orders())
                    continue;
                const pricing::PriceBracket then = m_pricer.price(forward, leg, volatility_of(leg));
                const pricing::PriceBracket marked =
                    m_pricer.price(m_unshocked, leg, leg.volatility);
                const pricing::PriceBracket move{
                    scale_floor(then.floor, factor.floor) - marked.ceil,
                    scale_ceil(then.ceil, factor.ceil) - marked.floor};
                worst += worst_fill_floor(leg.bid, leg.ask, move);
                best += best_fill_ceil(leg.bid, leg.ask, move);
            }
            low = least(low, worst);
            high = least(high, best);
        }
        return skew ? least(low, -high) : low;
    }

    const BookExpiry& m_expiry;
    const PortfolioParams& m_params;
    Legs m_options;
    pricing::Tenor m_tenor;
    pricing::ForwardPoint m_unshocked;
    pricing::ForwardPoint m_shocked;
    Ratio m_shock;
    bool m_shocked_known = false;
    OptionPricer m_pricer;
    StaticDiscounts m_static;
    VolFactors m_vol;
    SkewShape m_skew_linear;
    SkewShape m_skew_abs;
    MoneyBracket m_value;
};

/// (add + mult * T), ceil.
Ratio basis_factor_ceil(const BasisParams& p, Seconds length) noexcept
{
    return p.add + Ratio::from_raw(
                       checked(num::mul_div_ceil(p.mult.raw(), static_cast<num::i128>(length.raw()),
                           static_cast<num::i128>(pricing::SECONDS_PER_YEAR.raw()))));
}

/// What future of one expiry adds to a basis move: base * (F - fixed) * (s - 1). Floor.
struct FutureMoves
{
    MoneyBracket exposure;
    Price variable;
    Net net;

    [[nodiscard]] Money plain_floor(Ratio shock) const noexcept
    {
        return scale_floor(exposure, shift_of(shock));
    }
    [[nodiscard]] Money orders_floor(Ratio shock) const noexcept
    {
        return worst_fill_floor(net.bid, net.ask, move_of(variable, shift_of(shock)));
    }
};

/// min(0, up, down) * factor, rounded down.
Money basis_loss_floor(Money up, Money down, Ratio factor) noexcept
{
    return scale_floor(least(Money::zero(), least(up, down)), factor);
}

}  // namespace

void scenario_rows(const Book& book, std::uint16_t index, Legs legs, const MoneyBracket& cancelling,
    bool orders, UnderlyingRisk& risk) noexcept
{
    const PortfolioParams& params = *book.underlyings[index].portfolio;
    const std::size_t count = params.scenarios.size();
    for (std::size_t i = 0; i <= count; ++i) {
        risk.rows[0][i] = Money::zero();
        if (orders)
            risk.rows[1][i] = Money::zero();
    }
    RowMoney* const plain = risk.rows[0];
    RowMoney* const ordered = risk.rows[1];
    LinearExposure linear(cancelling);
    // The orders of perpetuals and futures, scenario by scenario (F-32).
    const auto add_linear_orders = [&](const Net& net, Price moving) {
        if (!orders || (net.bid.is_zero() && net.ask.is_zero()))
            return;
        for (std::size_t i = 0; i < count; ++i)
            ordered[i] += worst_fill_floor(
                net.bid, net.ask, move_of(moving, shift_of(params.scenarios[i].spot)));
    };

    Legs rest = legs;
    Legs perps = take_perps(rest);
    risk.value = Money::zero();
    for (const BookLeg& leg : perps)
        risk.value += notional_floor(leg.base, leg.mark) + leg.quote;
    while (!perps.empty()) {
        const Legs same = take_instrument(perps);
        const Net net = net_of(same);
        linear.add(net.base, same.front().mark);
        add_linear_orders(net, same.front().mark);
    }
    while (!rest.empty()) {
        const Legs at = take_expiry(rest);
        const BookExpiry& e = book.expiries[at.front().expiry];
        FutureMoves futures;
        futures.net = net_of(futures_of(at));
        futures.variable = e.forward - e.fixed;
        futures.exposure = {notional_floor(futures.net.base, futures.variable),
            notional_ceil(futures.net.base, futures.variable)};
        linear.add(futures.net.base, futures.variable);
        add_linear_orders(futures.net, futures.variable);
        for (const BookLeg& leg : futures_of(at))
            risk.value += notional_floor(leg.base, e.forward) + leg.quote;

        const Legs options = options_of(at);
        const Ratio basis = basis_factor_ceil(params.basis, e.length);
        Money up = futures.plain_floor(params.basis.up);
        Money down = futures.plain_floor(params.basis.down);
        Money up_ordered = up;
        Money down_ordered = down;
        if (orders) {
            up_ordered += futures.orders_floor(params.basis.up);
            down_ordered += futures.orders_floor(params.basis.down);
        }
        if (!options.empty()) {
            ExpiryScenarios expiry(e, params, options);
            risk.value += expiry.value().floor;
            for (const BookLeg& leg : options)
                risk.value += leg.quote;
            Money change;
            Money change_ordered;
            for (std::size_t i = 0; i < count; ++i) {
                expiry.changes(params.scenarios[i], orders, change, change_ordered);
                plain[i] += change;
                if (orders)
                    ordered[i] += change_ordered;
            }
            expiry.basis_move(params.basis.up, orders, change, change_ordered);
            up += change;
            up_ordered += change_ordered;
            expiry.basis_move(params.basis.down, orders, change, change_ordered);
            down += change;
            down_ordered += change_ordered;
        }
        plain[count] += basis_loss_floor(up, down, basis);
        if (orders)
            ordered[count] += basis_loss_floor(up_ordered, down_ordered, basis);
    }

    const MoneyBracket exposure = linear.bracket();
    for (std::size_t i = 0; i < count; ++i) {
        const Scenario& scenario = params.scenarios[i];
        const Money moved = scale_floor(exposure, shift_of(scenario.spot));
        plain[i] = scale_floor(plain[i] + moved, scenario.damping);
        if (orders)
            ordered[i] = scale_floor(ordered[i] + moved, scenario.damping);
    }
}

Money positions_value_floor(const Book& book, Legs legs) noexcept
{
    Money value;
    Legs rest = legs;
    for (const BookLeg& leg : take_perps(rest))
        value += notional_floor(leg.base, leg.mark) + leg.quote;
    while (!rest.empty()) {
        const Legs at = take_expiry(rest);
        const BookExpiry& e = book.expiries[at.front().expiry];
        for (const BookLeg& leg : futures_of(at))
            value += notional_floor(leg.base, e.forward) + leg.quote;
        const Legs options = options_of(at);
        if (options.empty())
            continue;
        value += pricer_of(e).value(pricing::forward_point(e.forward), options, AS_MARKED).floor;
        for (const BookLeg& leg : options)
            value += leg.quote;
    }
    return value;
}

}  // namespace plimsoll
