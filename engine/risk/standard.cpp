// plimsoll: engine/risk/standard.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See standard.hpp.
#include "engine/risk/standard.hpp"

#include "engine/num/product_sum.hpp"
#include "engine/num/sqrt.hpp"
#include "engine/risk/confidence.hpp"
#include "engine/risk/expiry.hpp"

namespace plimsoll {
namespace {

constexpr Ratio greatest_of(Ratio a, Ratio b) noexcept
{
    return a > b ? a : b;
}

Money cost_ceil(Quantity size, Price price, Ratio share) noexcept
{
    return scale_ceil(notional_ceil(size, price), share);
}

/// F-9: what a short of `size` > 0 units needs beyond its mark.
Money short_option_ceil(const ShortOptionParams& p, Price spot, const BookLeg& leg, Quantity size,
    const pricing::PriceBracket& price, Level level) noexcept
{
    const Price strike = leg.strike.price;
    const bool call = leg.type == OptionType::call;
    Money maintenance;
    if (call) {
        maintenance = cost_ceil(size, spot, p.maintenance_call);
    } else {
        maintenance = greatest(cost_ceil(size, spot, p.maintenance_put),
            cost_ceil(size, price.ceil, p.maintenance_put_mark));
    }
    if (level == Level::maintenance)
        return maintenance;
    const Price out = call ? strike - spot : spot - strike;
    // Floor: less out of the money needs more.
    const Ratio otm = out.is_positive() ? saturating_ratio_floor(out, spot) : Ratio::zero();
    const Money initial = cost_ceil(size, spot, greatest_of(p.min_initial, p.max_initial - otm));
    if (call)
        return initial;
    const Money offset =
        scale_ceil(maintenance + notional_ceil(size, price.ceil), p.maintenance_offset) -
        notional_floor(size, price.floor);
    return greatest(initial, offset);
}

constexpr Price payoff(const BookLeg& leg, Price at) noexcept
{
    const Price gain = leg.type == OptionType::call ? at - leg.strike.price : leg.strike.price - at;
    return gain.is_positive() ? gain : Price::zero();
}

/// The options of one expiry, standard mode.
class ExpiryRequirement
{
public:
    ExpiryRequirement(const BookUnderlying& u, const BookExpiry& e, Legs options) noexcept
      : m_params(u.standard->option),
        m_spot(u.spot),
        m_expiry(e),
        m_options(options),
        m_forward(pricing::forward_point(e.forward)),
        m_pricer(pricer_of(e)),
        m_value(m_pricer.value(m_forward, options, AS_MARKED))
    {}

    /// F-4, of all legs: base * price + quote. Floor a leg.
    [[nodiscard]] Money value_floor() const noexcept
    {
        Money value = m_value.floor;
        for (const BookLeg& leg : m_options)
            value += leg.quote;
        return value;
    }

    /// F-11. Ceil.
    [[nodiscard]] Money required_ceil(Level level) noexcept
    {
        const bool orders = level == Level::initial && any_orders(m_options);
        const Money alone = alone_ceil(level) + (orders ? alone_orders_ceil() : Money::zero());
        const Money together = orders ? loss_with_orders_ceil() : loss_ceil(level);
        return not_negative(least(alone, together));
    }

private:
    [[nodiscard]] pricing::PriceBracket price(const BookLeg& leg) noexcept
    {
        return m_pricer.price(m_forward, leg, leg.volatility);
    }

    /// A leg of `base` taken by itself: a long its price, a short what F-9 asks. A short's price is in V_e
    /// and in I_e and cancels exactly. Ceil.
    [[nodiscard]] Money alone_ceil(const BookLeg& leg, Quantity base, Level level) noexcept
    {
        if (base.is_zero())
            return Money::zero();
        const pricing::PriceBracket mark = price(leg);
        if (base.is_positive())
            return notional_ceil(base, mark.ceil);
        return short_option_ceil(m_params, m_spot, leg, -base, mark, level);
    }

    /// V_e - I_e.
    [[nodiscard]] Money alone_ceil(Level level) noexcept
    {
        Money sum;
        for (const BookLeg& leg : m_options)
            sum += alone_ceil(leg, leg.base, level);
        return sum;
    }

    /// F-33: what orders add to V_e - I_e at their worst. Each instrument is a * price while long, and
    /// F-9 less nothing while short: a(q) of the rules, in which a short's mark counts. Ceil.
    [[nodiscard]] Money alone_orders_ceil() noexcept
    {
        Money sum;
        for (Legs rest = m_options; !rest.empty();) {
            const Legs legs = take_instrument(rest);
            const Net net = net_of(legs);
            if (net.bid.is_zero() && net.ask.is_zero())
                continue;
            const BookLeg& leg = legs.front();
            const Money bought = alone_ceil(leg, net.base + net.bid, Level::initial);
            const Money sold = alone_ceil(leg, net.base - net.ask, Level::initial);
            sum += greatest(bought, sold) - alone_floor(leg, net.base);
        }
        return sum;
    }
    /// The same as alone_ceil, from below, at initial. A short's requirement is ceiled by less than
    /// SHORT_ROUNDINGS raw units and the price's bracket.
    [[nodiscard]] Money alone_floor(const BookLeg& leg, Quantity base) noexcept
    {
        if (base.is_zero())
            return Money::zero();
        const pricing::PriceBracket mark = price(leg);
        if (base.is_positive())
            return notional_floor(base, mark.floor);
        return short_option_floor(leg, -base, mark);
    }
    /// F-9 at initial from below, by the exact function at the lower price and rounding down.
    [[nodiscard]] Money short_option_floor(
        const BookLeg& leg, Quantity size, const pricing::PriceBracket& mark) noexcept
    {
        const Money spot_value = notional_floor(size, m_spot);
        const bool call = leg.type == OptionType::call;
        const Price out = call ? leg.strike.price - m_spot : m_spot - leg.strike.price;
        const Ratio otm = out.is_positive() ? saturating_ratio_ceil(out, m_spot) : Ratio::zero();
        const Money initial =
            scale_floor(spot_value, greatest_of(m_params.min_initial, m_params.max_initial - otm));
        if (call)
            return initial;
        const Money maintenance = greatest(scale_floor(spot_value, m_params.maintenance_put),
            scale_floor(notional_floor(size, mark.floor), m_params.maintenance_put_mark));
        const Money offset = scale_floor(maintenance + notional_floor(size, mark.floor),
                                 m_params.maintenance_offset) -
                             notional_ceil(size, mark.ceil);
        return greatest(initial, offset);
    }

    /// unpaired * forward. Ceil.
    [[nodiscard]] Price unpaired_ceil(Level level) const noexcept
    {
        return scale_ceil(m_expiry.forward, m_params.unpaired.of(level));
    }

    /// What all legs pay at expiry. Floor of the exact sum.
    [[nodiscard]] Money payoff_floor(Price point) const noexcept
    {
        num::ProductSum sum;
        for (const BookLeg& leg : m_options)
            sum.add(leg.base.raw(), payoff(leg, point).raw());
        return Money::from_raw(sum.wad_floor());
    }

    /// What net calls pay where they are unpaired: less than zero when more are sold than bought. Floor.
    [[nodiscard]] Money unpaired_payoff_floor(Level level) const noexcept
    {
        Quantity calls;
        for (const BookLeg& leg : m_options)
            if (leg.type == OptionType::call)
                calls += leg.base;
        return notional_floor(calls, unpaired_ceil(level));
    }

    /// V_e - L, L the greatest loss at expiry (F-10). Ceil.
    [[nodiscard]] Money loss_ceil(Level level) noexcept
    {
        Money worst =
            least(Money::zero(), payoff_floor(Price::zero()));  // none is needed above zero
        // A strike that is only ordered would show the slope of net short calls, which the unpaired
        // part counts already.
        for (const BookLeg& leg : m_options)
            if (leg.is_position)
                worst = least(worst, payoff_floor(leg.strike.price));
        return m_value.ceil - (worst + least(Money::zero(), unpaired_payoff_floor(level)));
    }

    /// An instrument with orders, and what a unit of it is worth.
    struct Ordered
    {
        const BookLeg* leg = nullptr;
        Quantity bid;
        Quantity ask;
        pricing::PriceBracket price;
    };
    using AllOrdered = List<Ordered, POSITIONS_MAX + ORDERS_MAX>;

    [[nodiscard]] AllOrdered all_ordered() noexcept
    {
        AllOrdered all;
        for (Legs rest = m_options; !rest.empty();) {
            const Legs legs = take_instrument(rest);
            const Net net = net_of(legs);
            if (!net.bid.is_zero() || !net.ask.is_zero())
                CHECK(all.push({&legs.front(), net.bid, net.ask, price(legs.front())}));
        }
        return all;
    }

    /// The most that V_e less what is paid grows by fills of orders, where a call also pays `more`. Ceil, >= 0.
    template <class PayoffOf>
    [[nodiscard]] static Money best_fills_ceil(
        const AllOrdered& all, Price more, const PayoffOf& payoff_of) noexcept
    {
        Money sum;
        for (const Ordered& ordered : all) {
            const BookLeg& leg = *ordered.leg;
            const Price paid =
                payoff_of(leg) + (leg.type == OptionType::call ? more : Price::zero());
            sum += best_fill_ceil(
                ordered.bid, ordered.ask, {ordered.price.floor - paid, ordered.price.ceil - paid});
        }
        return sum;
    }

    /// F-33 B: V_e - L at its greatest over fills: over points and the naked slope on or off. Ceil. What is
    /// held is rounded as in loss_ceil, so that orders never make it less.
    [[nodiscard]] Money loss_with_orders_ceil() noexcept
    {
        const AllOrdered all = all_ordered();
        const Price unpaired = unpaired_ceil(Level::initial);
        const Money unpaired_payoff = unpaired_payoff_floor(Level::initial);
        const auto loss = [&](Money paid, const auto& payoff_of) {
            return m_value.ceil - paid +
                   greatest(best_fills_ceil(all, Price::zero(), payoff_of),
                       best_fills_ceil(all, unpaired, payoff_of) - unpaired_payoff);
        };
        Money most = loss(Money::zero(), [](const BookLeg&) { return Price::zero(); });
        const auto at = [&](Price point) {
            most = greatest(most,
                loss(payoff_floor(point), [&](const BookLeg& leg) { return payoff(leg, point); }));
        };
        at(Price::zero());
        for (const BookLeg& leg : m_options)
            at(leg.strike.price);
        return most;
    }

    const ShortOptionParams& m_params;
    Price m_spot;
    const BookExpiry& m_expiry;
    Legs m_options;
    pricing::ForwardPoint m_forward;
    OptionPricer m_pricer;
    MoneyBracket m_value;  ///< V_e.
};

/// Shorts of an expiry for the charges at initial: each short entry, and what asks would make short (F-33).
Quantity shorts_at_initial(Legs options) noexcept
{
    Quantity shorts;
    for (Legs rest = options; !rest.empty();) {
        const Legs legs = take_instrument(rest);
        for (const BookLeg& leg : legs)
            if (leg.base.is_negative())
                shorts -= leg.base;
        const Net net = net_of(legs);
        if (net.ask.is_zero())
            continue;
        const Quantity sold = net.ask - net.base;
        if (sold.is_positive())
            shorts += sold;
        if (net.base.is_negative())
            shorts += net.base;
    }
    return shorts;
}

}  // namespace

Ratio size_fraction_ceil(const StandardParams& p, Money notional, Level level) noexcept
{
    Ratio fraction = p.fraction.of(level);
    if (!p.size_sqrt_coefficient.is_zero() || !p.size_linear_coefficient.is_zero()) {
        // From a ratio of a million on the fraction is one in every sensible setting; the cap keeps the
        // square and the products in range and only binds where min(1, ..) does or the terms are tiny.
        const Ratio r = saturating_ratio_ceil(notional, p.size_reference);
        constexpr Ratio FAR = Ratio::from_units(1'000'000'000'000'000'000);
        const Ratio capped = r > FAR ? FAR : r;
        const Ratio root = Ratio::from_raw(num::sqrt_wad_ceil(capped.raw()));
        const Ratio growth = Ratio::one() + scale_ceil(root, p.size_sqrt_coefficient) +
                             scale_ceil(capped, p.size_linear_coefficient);
        // fraction * growth > 1 exactly when growth > 1 / fraction: no product that could overflow.
        if (growth >= Ratio::from_raw(checked(num::mul_div_ceil(
                          num::WAD, num::WAD, fraction.raw() > 0 ? fraction.raw() : 1))))
            return fraction.is_zero() ? fraction : Ratio::one();
        fraction = scale_ceil(fraction, growth);
    }
    return least(fraction, Ratio::one());
}

Ratio linear_fraction_ceil(
    const StandardParams& p, Money notional, Money open_interest, Level level) noexcept
{
    const Ratio fraction = size_fraction_ceil(p, notional, level);
    if (level == Level::maintenance || p.open_interest_upper.is_zero() ||
        open_interest <= p.open_interest_lower)
        return fraction;
    if (open_interest >= p.open_interest_upper)
        return Ratio::one();
    const Ratio crowd = ratio_ceil(
        open_interest - p.open_interest_lower, p.open_interest_upper - p.open_interest_lower);
    return fraction + scale_ceil(crowd, Ratio::one() - fraction);
}

StandardMargin standard_margin(const Book& book, std::uint16_t index, Legs legs) noexcept
{
    const BookUnderlying& u = book.underlyings[index];
    const StandardParams& p = *u.standard;
    const bool charges = !p.confidence.factor.is_zero() || !p.depeg.factor.is_zero();
    const Ratio spot_confidence = least(u.confidence, book.quote_confidence);
    Holdings holdings;
    PerLevel<Money> linear;
    PerLevel<Money> option;
    Money confidence;
    Money exposure;  // |amounts| * spot that F-11's depeg charge counts

    // `notional` is of the net amount; what orders can add to it counts at initial only.
    const auto add_requirement = [&](const Net& net, Price price, Money notional) {
        linear.maintenance += scale_ceil(
            notional, linear_fraction_ceil(p, notional, u.open_interest, Level::maintenance));
        const Quantity reach = net.reach(true);
        if (reach != net.base.abs())
            notional = notional_ceil(reach, price);
        linear.initial += scale_ceil(
            notional, linear_fraction_ceil(p, notional, u.open_interest, Level::initial));
    };
    Legs rest = legs;
    for (Legs perps = take_perps(rest); !perps.empty();) {
        const Legs same = take_instrument(perps);
        const Price mark = same.front().mark;
        const Money net_notional = add_linear(u, same, mark, holdings);
        const Net net = net_of(same);
        const Quantity reach = net.reach(true);
        if (reach.is_zero())
            continue;
        add_requirement(net, mark, net_notional);
        if (!charges)
            continue;
        const Money notional = notional_ceil(reach, u.spot);
        confidence += confidence_charge_ceil(
            p.confidence, least(spot_confidence, u.perp_confidence), notional);
        exposure += notional;
    }
    while (!rest.empty()) {
        const Legs at = take_expiry(rest);
        const BookExpiry& e = book.expiries[at.front().expiry];
        const Net future = net_of(futures_of(at));
        const Quantity reach = future.reach(true);
        for (Legs futures = futures_of(at); !futures.empty();)
            static_cast<void>(add_linear(u, take_instrument(futures), e.forward, holdings));
        if (!reach.is_zero())
            add_requirement(future, e.forward, notional_ceil(future.base.abs(), e.forward));
        if (const Legs options = options_of(at); !options.empty()) {
            add_option_notional(u, options, holdings);
            ExpiryRequirement together(u, e, options);
            holdings.value += together.value_floor();
            for (const Level level : LEVELS)
                option.of(level) += together.required_ceil(level);
        }
        if (!charges)
            continue;
        const Money notional = notional_ceil(shorts_at_initial(options_of(at)) + reach, u.spot);
        confidence +=
            confidence_charge_ceil(p.confidence, least(e.confidence, spot_confidence), notional);
        exposure += notional;
    }
    const Money depeg =
        charges ? scale_ceil(exposure, depeg_share_ceil(p.depeg, book.peg_price)) : Money::zero();
    return {holdings, {{linear.initial, option.initial, confidence, depeg},
                          {linear.maintenance, option.maintenance, {}, {}}}};
}

}  // namespace plimsoll
