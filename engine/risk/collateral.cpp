// plimsoll: engine/risk/collateral.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See collateral.hpp.
#include "engine/risk/collateral.hpp"

#include "engine/num/sqrt.hpp"
#include "engine/risk/confidence.hpp"

namespace plimsoll {
namespace {

/// 1.1 / (1 + c * sqrt(amount)), after Drift. Floor.
Ratio size_weight_floor(Ratio discount, Quantity amount) noexcept
{
    const Ratio root = Ratio::from_raw(num::sqrt_wad_ceil(amount.raw()));
    const Ratio divisor = Ratio::one() + scale_ceil(root, discount);
    constexpr num::i128 ELEVEN_TENTHS = static_cast<num::i128>(num::WAD) / 10 * 11;
    return Ratio::from_raw(checked(num::mul_div_floor(ELEVEN_TENTHS, num::WAD, divisor.raw())));
}

}  // namespace

MoneyBracket collateral_value(const BookCollateral& c, Price quote) noexcept
{
    if (c.worthless)
        return {};
    if (quote == Price::one()) {
        const auto product = num::mul_wad(c.amount.raw(), c.price.raw());
        CHECK(product.has_value());
        return {Money::from_raw(product->floor), Money::from_raw(product->ceil())};
    }
    return {
        Money::from_raw(checked(num::mul_div_floor(c.amount.raw(), c.price.raw(), quote.raw()))),
        Money::from_raw(checked(num::mul_div_ceil(c.amount.raw(), c.price.raw(), quote.raw())))};
}

Ratio collateral_weight_floor(const BookCollateral& c, Level level) noexcept
{
    const bool initial = level == Level::initial;
    if (initial && c.nothing_at_initial)
        return Ratio::zero();
    Ratio weight = Ratio::one() - c.haircut.of(level);
    if (initial && c.pool_scaling && c.pool_deposits > c.pool_start)
        weight = scale_floor(weight, ratio_floor(c.pool_start, c.pool_deposits));
    if (initial && !c.size_discount.is_zero())
        weight = least(weight, size_weight_floor(c.size_discount, c.amount));
    return least(weight, Ratio::one() - c.volatility_haircut.of(level));
}

Money collateral_haircut_ceil(const BookCollateral& c, Money value_floor, Level level) noexcept
{
    const Ratio weight = collateral_weight_floor(c, level);
    if (weight == Ratio::one())
        return Money::zero();
    return value_floor - scale_floor(value_floor, weight);
}

}  // namespace plimsoll
