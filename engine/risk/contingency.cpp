// plimsoll: engine/risk/contingency.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See contingency.hpp.
#include "engine/risk/contingency.hpp"

#include "engine/risk/confidence.hpp"

namespace plimsoll {
namespace {

/// Amounts of an expiry's options for F-20: every entry, and the greater side of each instrument's orders.
Quantity gross_options(Legs options) noexcept
{
    Quantity gross;
    for (const BookLeg& leg : options) {
        gross += leg.base.abs();
        gross += leg.bid > leg.ask ? leg.bid : leg.ask;
    }
    return gross;
}

}  // namespace

Quantity naked_shorts(Legs options, bool orders) noexcept
{
    Quantity naked;
    for (Legs rest = options; !rest.empty();) {
        const Legs strike = leading(rest, [](const BookLeg& a, const BookLeg& b) noexcept {
            return a.strike.price == b.strike.price;
        });
        rest = rest.subspan(strike.size());
        const Net net = net_of(strike);
        const Quantity base = orders ? net.base - net.ask : net.base;
        if (base.is_negative())
            naked -= base;
    }
    return naked;
}

void add_contingencies(
    const Book& book, std::uint16_t index, Legs legs, Level level, Contingencies& sum) noexcept
{
    const BookUnderlying& u = book.underlyings[index];
    const PortfolioParams& p = *u.portfolio;
    const bool initial = level == Level::initial;
    Ratio confidence = least(u.confidence, book.quote_confidence);
    const auto charge = [&](Ratio of, Money notional) {
        if (initial)
            sum.confidence += confidence_charge_ceil(p.confidence, of, notional);
    };

    Legs rest = legs;
    Legs perps = take_perps(rest);
    // A perpetual's own confidence counts for the whole underlying while one is held or ordered.
    bool counts = false;
    for (Legs each = perps; !each.empty();) {
        const Net net = net_of(take_instrument(each));
        counts = counts || !net.base.is_zero() ||
                 (initial && (!net.bid.is_zero() || !net.ask.is_zero()));
    }
    if (counts)
        confidence = least(confidence, u.perp_confidence);
    while (!perps.empty()) {
        const Quantity reach = net_of(take_instrument(perps)).reach(initial);
        if (reach.is_zero())
            continue;
        const Money notional = notional_ceil(reach, u.spot);
        sum.perp += scale_ceil(notional, p.perp_contingency.of(level));
        charge(confidence, notional);
    }
    while (!rest.empty()) {
        const Legs at = take_expiry(rest);
        const BookExpiry& e = book.expiries[at.front().expiry];
        const Legs options = options_of(at);
        const Money future = notional_ceil(net_of(futures_of(at)).reach(initial), e.forward);
        sum.future += scale_ceil(future, p.future_contingency.of(level));
        if (!options.empty())
            sum.option += scale_ceil(notional_ceil(naked_shorts(options, initial), u.spot),
                p.option_contingency.of(level));
        if (initial)
            charge(least(e.confidence, confidence),
                notional_ceil(gross_options(options), u.spot) + future);
    }
}

}  // namespace plimsoll
