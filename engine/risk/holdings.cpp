// plimsoll: engine/risk/holdings.cpp                                SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See holdings.hpp.
#include "engine/risk/holdings.hpp"

#include "engine/risk/money_bracket.hpp"

namespace plimsoll {

Money profit_haircut(const ProfitRule& rule, Money value) noexcept
{
    if (value <= Money::zero())
        return Money::zero();
    return value - least(scale_floor(value, rule.weight), rule.cap);
}

Money add_linear(const BookUnderlying& u, Legs instrument, Price price, Holdings& sum) noexcept
{
    Money notional;
    for (const BookLeg& leg : instrument) {
        const ValueAndNotional priced = value_and_notional(leg.base, price);
        const Money value = priced.value_floor + leg.quote;
        sum.value += value;
        if (u.profit != nullptr)
            sum.profit_haircut += profit_haircut(*u.profit, value);
        notional = priced.notional_ceil;
    }
    if (instrument.size() > 1)
        notional = notional_ceil(net_of(instrument).base.abs(), price);
    sum.notional += notional;
    return notional;
}

void add_option_notional(const BookUnderlying& u, Legs options, Holdings& sum) noexcept
{
    for (Legs rest = options; !rest.empty();)
        sum.notional += notional_ceil(net_of(take_instrument(rest)).base.abs(), u.spot);
}

Holdings holdings_of(const Book& book, const BookUnderlying& u, Legs legs) noexcept
{
    Holdings sum;
    Legs rest = legs;
    for (Legs perps = take_perps(rest); !perps.empty();) {
        const Legs same = take_instrument(perps);
        add_linear(u, same, same.front().mark, sum);
    }
    while (!rest.empty()) {
        const Legs at = take_expiry(rest);
        const Price forward = book.expiries[at.front().expiry].forward;
        for (Legs futures = futures_of(at); !futures.empty();)
            add_linear(u, take_instrument(futures), forward, sum);
        add_option_notional(u, options_of(at), sum);
    }
    return sum;
}

}  // namespace plimsoll
