// plimsoll: host-sim/margin/excess.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See excess.hpp.
#include "host-sim/margin/excess.hpp"

#include "engine/pricing/tenor.hpp"
#include "host-sim/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

/// Sums stop here: far above every limit, far below the end of the type.
constexpr auto ENOUGH = Money::from_units(9'000'000'000'000'000'000);

Money notional(const MarginCase& margin_case, const BookLeg& leg)
{
    auto price = margin_case.underlyings[leg.underlying].spot;
    if (leg.kind == LegKind::perp)
        price = std::max(price, leg.mark);
    else
        price = std::max(price, margin_case.expiries[leg.expiry].forward);
    if (leg.kind == LegKind::option)
        price = std::max(price, leg.strike.price);
    Money sum;
    for (const auto quantity : {leg.base.abs(), leg.bid, leg.ask})
        sum += notional_ceil(quantity, price);
    return sum;
}

Money worth(const MarginCase& margin_case, const BookCollateral& collateral)
{
    const auto value = num::mul_div_ceil(
        collateral.amount.raw(), collateral.price.raw(), margin_case.quote_price.raw());
    return value ? std::min(Money::from_raw(*value), ENOUGH) : ENOUGH;
}

/// The greatest entry of a sum, by name.
struct Greatest
{
    std::string name;
    Money amount;
    Money sum;

    void add(std::string entry, Money more)
    {
        sum = std::min(sum + more, ENOUGH);
        if (more <= amount && !name.empty())
            return;
        amount = more;
        name = std::move(entry);
    }
};

/// The expiry until which the discount of longs (F-14) grows beyond e^4, the most there may be; else empty.
std::string growing_discount(const MarginCase& margin_case)
{
    constexpr auto EXPONENT_MAX = Ratio::from_units(4);
    for (std::size_t i = 0; i < margin_case.expiries.size(); ++i) {
        const auto& expiry = margin_case.expiries[i];
        const auto& discount = margin_case.underlyings[expiry.underlying].portfolio->discount;
        const auto rate = std::max(expiry.rate, Ratio());
        const auto growth = -(scale_floor(rate, discount.long_rate_mult) + discount.long_rate_add);
        const auto exponent =
            num::mul_div_ceil(growth.raw(), static_cast<num::i128>(expiry.length.raw()),
                static_cast<num::i128>(pricing::SECONDS_PER_YEAR.raw()));
        if (!exponent || Ratio::from_raw(*exponent) > EXPONENT_MAX) {
            return fmt::format(
                "underlyings[{}].risk.discount: rates so far below zero that until "
                "the expiry {} longs grow beyond e^4",
                expiry.underlying, margin_case.expiry_times[i]);
        }
    }
    return "";
}

}  // namespace

std::string excess_of(const MarginCase& margin_case)
{
    if (margin_case.mode == MarginMode::portfolio) {
        if (auto place = growing_discount(margin_case); !place.empty())
            return place;
    }
    const auto limit = gross_max(margin_case.mode);
    Greatest gross;
    Greatest cash;
    cash.add("cash", margin_case.cash.abs());
    for (const auto& leg : margin_case.legs) {
        const auto label = margin_case.label(leg) + (leg.is_position ? "" : " (orders)");
        gross.add(label, notional(margin_case, leg));
        cash.add("the quote of " + label, leg.quote.abs());
    }
    for (std::size_t i = 0; i < margin_case.collaterals.size(); ++i) {
        gross.add(fmt::format("collateral[{}] ({})", i, margin_case.assets[i]),
            worth(margin_case, margin_case.collaterals[i]));
    }
    if (gross.sum > limit) {
        return fmt::format(
            "account: a gross notional above {}, mostly {}: positions, orders and "
            "collateral together are too large",
            text(limit), gross.name);
    }
    if (cash.sum > MONEY_MAX + MONEY_MAX) {
        return fmt::format(
            "account: cash and the quotes of positions add up to more than {}, "
            "mostly {}",
            text(MONEY_MAX + MONEY_MAX), cash.name);
    }
    return fmt::format(
        "account: a gross notional of {}, mostly {}, is too large for the "
        "parameters, by which more than {} could be required",
        text(gross.sum), gross.name, text(NEED_MAX));
}

}  // namespace plimsoll::sim
