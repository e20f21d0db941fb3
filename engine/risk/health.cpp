// plimsoll: engine/risk/health.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See health.hpp.
#include "engine/risk/health.hpp"

#include "engine/num/wide.hpp"
#include "engine/risk/account_book.hpp"
#include "engine/risk/collateral.hpp"
#include "engine/risk/money_bracket.hpp"
#include "engine/risk/standard.hpp"

namespace plimsoll {

PositionRisk position_risk(
    Quantity base, Money quote, Price mark, const Underlying& underlying) noexcept
{
    const ValueAndNotional priced = value_and_notional(base, mark);
    return {priced.value_floor + quote,
        scale_ceil(priced.notional_ceil,
            size_fraction_ceil(underlying.standard, priced.notional_ceil, Level::maintenance))};
}

CollateralRisk collateral_risk(const Collateral& held, const Scene& scene) noexcept
{
    const BookCollateral collateral = book_collateral(held.asset, held.amount, scene);
    const Money value = collateral_value(collateral, Price::one()).floor;
    return {value, collateral_haircut_ceil(collateral, value, Level::maintenance)};
}

Result<MarginReport> evaluate(const Account& account, const Scene& scene) noexcept
{
    const Result<Book> book = book_of(account, scene);
    if (!book)
        return book.error();
    return margin(*book, scene.memory().work);
}

Money below_mark(Quantity base, MarketId option, const Scene& scene) noexcept
{
    const pricing::PriceBracket price = scene.option_bracket(scene.market(option).params);
    return notional_floor(base, scene.mark(option)) - value_of(base, price).floor;
}

bool improves(
    const MarginReport& before, const MarginReport& after, const Allowance& allowance) noexcept
{
    const Money required_before = before.required(Level::maintenance);
    const Money required_after = after.required(Level::maintenance);
    if (required_after > required_before)
        return false;
    const Money net_before = before.equity - before.haircut(Level::maintenance);
    const Money net_after = after.equity - after.haircut(Level::maintenance) + allowance.bracket;
    if (net_after < net_before - allowance.fees - allowance.rounding)
        return false;
    if (after.health(Level::initial) + allowance.bracket <
        before.health(Level::initial) - allowance.fees - allowance.rounding)
        return false;
    if (net_after < Money::zero())
        return net_after >= net_before - allowance.rounding;
    // net_after / required_after >= net_before / required_before, without dividing.
    return num::compare_products(
               net_after.raw(), required_before.raw(), net_before.raw(), required_after.raw()) >= 0;
}

}  // namespace plimsoll
