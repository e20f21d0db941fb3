// plimsoll: engine/risk/expiry.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. One expiry of a book, made ready for pricing its options: what all of them
// share is worked out once.
// Promises: options of one strike and volatility that stand side by side are priced once.
#pragma once

#include "engine/pricing/black76.hpp"
#include "engine/pricing/forward.hpp"
#include "engine/pricing/tenor.hpp"
#include "engine/risk/book.hpp"
#include "engine/risk/legs.hpp"
#include "engine/risk/money_bracket.hpp"

namespace plimsoll {

/// Prices the options of one expiry on one forward after another.
class OptionPricer
{
public:
    OptionPricer(const pricing::Tenor& tenor, const pricing::Discount& discount) noexcept
      : m_tenor(tenor), m_discount(discount)
    {}

    /// The leg's price per unit. Remembers the last time value, so that a call and a put of one strike,
    /// side by side, cost one computation.
    [[nodiscard]] pricing::PriceBracket price(const pricing::ForwardPoint& forward,
        const BookLeg& leg, const pricing::Volatility& volatility) noexcept
    {
        const bool same =
            m_known && m_strike == leg.strike.price && m_volatility.value == volatility.value &&
            m_volatility.error == volatility.error && m_forward.price == forward.price &&
            m_forward.error_raw == forward.error_raw;
        if (!same) {
            m_last = pricing::time_value(forward, leg.strike,
                pricing::total_volatility(volatility, m_tenor, pricing::Uses::one));
            m_known = true;
            m_strike = leg.strike.price;
            m_volatility = volatility;
            m_forward = forward;
        }
        return pricing::price_of(m_last, forward, leg.strike, m_discount, leg.type);
    }

    /// Sum of base * price over the options, each with the volatility that volatility_of(leg) gives.
    template <class VolatilityOf>
    [[nodiscard]] MoneyBracket value(const pricing::ForwardPoint& forward, Legs options,
        const VolatilityOf& volatility_of) noexcept
    {
        MoneyBracket sum;
        for (const BookLeg& leg : options)
            if (!leg.base.is_zero())
                sum += value_of(leg.base, price(forward, leg, volatility_of(leg)));
        return sum;
    }

private:
    pricing::Tenor m_tenor;
    pricing::Discount m_discount;
    bool m_known = false;
    Price m_strike;
    pricing::Volatility m_volatility;
    pricing::ForwardPoint m_forward;
    pricing::TimeValue m_last;
};

/// The leg's own volatility, for OptionPricer::value.
inline constexpr auto AS_MARKED = [](const BookLeg& leg) noexcept -> const pricing::Volatility& {
    return leg.volatility;
};

/// The pricer of an expiry, at the discount of prices (F-1).
[[nodiscard]] inline OptionPricer pricer_of(const BookExpiry& expiry) noexcept
{
    return {pricing::tenor_of(expiry.length),
        pricing::discount_of(expiry.rate, expiry.mark_rate_mult, expiry.length)};
}

}  // namespace plimsoll
