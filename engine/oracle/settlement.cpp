// plimsoll: engine/oracle/settlement.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the vault, oracle shelf. See settlement.hpp.
#include "engine/oracle/settlement.hpp"

#include "engine/mutation.hpp"
#include "engine/num/mul_div.hpp"

namespace plimsoll {
namespace {

using num::i128;

constexpr Seconds least_of(Seconds a, Seconds b) noexcept
{
    return a < b ? a : b;
}

/// The average of what governance has no say in: of what is covered, else the last price.
Price average_floor(const Settlement& settlement) noexcept
{
    if (settlement.covered.is_zero())
        return settlement.standing;
    return Price::from_raw(checked(
        num::mul_div_floor(settlement.sum, 1, static_cast<i128>(settlement.covered.raw()))));
}

/// covered >= coverage * window, exactly.
bool covers(const Settlement& settlement) noexcept
{
    const SettlementParams& terms = settlement.terms;
    return static_cast<i128>(settlement.covered.raw()) * static_cast<i128>(num::WAD) >=
           terms.coverage.raw() * static_cast<i128>(terms.window.raw());
}

bool waited(const Settlement& settlement, Seconds now) noexcept
{
    return elapsed(settlement.end, now) >= settlement.terms.wait;
}

}  // namespace

void settlement_advance(
    Settlement& settlement, const FeedPrice& standing, Seconds max_age, Seconds now) noexcept
{
    const Seconds until = MUTANT("g5-after-end", least_of(now, settlement.end), now);
    if (until <= settlement.last)
        return;
    const Seconds from =
        settlement.last < settlement.start() ? settlement.start() : settlement.last;
    // From the second after its greatest age on it no longer counts.
    const Seconds fresh =
        elapsed(from, least_of(until, standing.published + max_age + Seconds::from_raw(1)));
    if (standing.price.is_positive()) {
        settlement.sum += standing.price.raw() * static_cast<i128>(fresh.raw());
        settlement.covered = settlement.covered + fresh;
    }
    settlement.standing = standing.price;
    settlement.last = until;
}

bool settlement_known(const Settlement& settlement) noexcept
{
    return settlement.chosen.is_positive() || covers(settlement);
}

Price settlement_floor(const Settlement& settlement) noexcept
{
    return settlement.chosen.is_positive() ? settlement.chosen : average_floor(settlement);
}

Result<Price> settle(const Settlement& settlement, Seconds now) noexcept
{
    if (GUARD("g5-early", now < settlement.end))
        return Error::not_expired;
    if (GUARD("g5-coverage", !settlement_known(settlement) && !waited(settlement, now)))
        return Error::settlement_waits;
    return settlement_floor(settlement);
}

Error choose_settlement(Settlement& settlement, Price price, Seconds now) noexcept
{
    if (now < settlement.end)
        return Error::not_expired;
    if (GUARD("g5-chosen-once", settlement.chosen.is_positive()) ||
        GUARD("g5-chosen-known", covers(settlement) || waited(settlement, now)))
        return Error::settlement_known;
    const Price otherwise = average_floor(settlement);
    // Floor of the width: a price at the limit passes and one raw unit further does not.
    if (!price.is_positive() ||
        GUARD("g5-chosen-bound",
            (price - otherwise).abs() > scale_floor(otherwise, settlement.terms.price_bound)))
        return Error::parameter_bounds;
    settlement.chosen = price;
    return Error::ok;
}

}  // namespace plimsoll
