// plimsoll: host-sim/path/smile.cpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, paths. See smile.hpp.
#include "host-sim/path/smile.hpp"

#include "engine/check.hpp"
#include "engine/pricing/black76.hpp"
#include "engine/pricing/svi.hpp"

#include <algorithm>

namespace plimsoll::sim {
namespace {

/// Years, 18 decimals.
Ratio years(std::uint64_t seconds)
{
    return Ratio::from_raw(static_cast<num::i128>(seconds) * static_cast<num::i128>(num::WAD) /
                           static_cast<num::i128>(pricing::SECONDS_PER_YEAR.raw()));
}

/// What the formula takes, made once for price and greeks.
struct Terms
{
    pricing::ForwardPoint forward;
    pricing::StrikePoint strike;
    pricing::Volatility volatility;
    pricing::Tenor tenor;
    pricing::Discount discount;
};

Terms terms(
    const SmilePlan& plan, Price strike, std::uint64_t expiry_s, Price index, std::uint64_t now_s)
{
    const auto surface = smile_surface(plan, index, expiry_s, now_s);
    const auto volatility = pricing::svi_volatility(surface.svi, strike);
    CHECK(volatility.error() == Error::ok);
    const auto length = Seconds::from_raw(expiry_s - now_s);
    return {.forward = pricing::forward_point(index),
        .strike = pricing::strike_point(strike),
        .volatility = *volatility,
        .tenor = pricing::tenor_of(length),
        .discount = pricing::discount_of(plan.rate, Ratio::one(), length)};
}

Price middle(const pricing::OptionBrackets& prices, OptionType type)
{
    const auto& price = type == OptionType::call ? prices.call : prices.put;
    return Price::from_raw(price.floor.raw() + ((price.ceil - price.floor).raw() >> 1));
}

}  // namespace

Ratio volatility_at(const SmilePlan& plan, Price index)
{
    const Ratio fallen = std::max(Ratio(), Ratio::one() - ratio_floor(index, plan.first));
    return std::min(plan.volatility_max, plan.volatility + scale_floor(plan.slope, fallen));
}

ExpirySurface smile_surface(
    const SmilePlan& plan, Price index, std::uint64_t expiry_s, std::uint64_t now_s)
{
    CHECK(now_s < expiry_s);
    const Ratio tau = years(expiry_s - now_s);
    const Ratio volatility = volatility_at(plan, index);
    const Ratio variance = scale_floor(scale_floor(volatility, volatility), tau);
    const Ratio bent = scale_floor(variance, plan.curvature);
    ExpirySurface surface;
    surface.expiry = Seconds::from_raw(expiry_s);
    surface.published = Seconds::from_raw(now_s);
    surface.forward = index;
    surface.rate = plan.rate;
    surface.svi = {.a = variance - bent,
        .b = ratio_floor(Money::from_raw(bent.raw()), Money::from_raw(plan.width.raw())),
        .rho = plan.skew,
        .m = Ratio(),
        .sigma = plan.width,
        .forward = index,
        .tau = tau};
    return surface;
}

OptionValue option_value(const SmilePlan& plan, OptionType type, Price strike,
    std::uint64_t expiry_s, Price index, std::uint64_t now_s)
{
    const auto at = terms(plan, strike, expiry_s, index, now_s);
    const auto prices =
        pricing::black76(at.forward, at.strike, at.volatility, at.tenor, at.discount);
    const auto greeks =
        pricing::greeks(at.forward, at.strike, at.volatility, at.tenor, at.discount, type);
    return {.price = middle(prices, type), .delta = greeks.delta};
}

Price option_price(const SmilePlan& plan, OptionType type, Price strike, std::uint64_t expiry_s,
    Price index, std::uint64_t now_s)
{
    const auto at = terms(plan, strike, expiry_s, index, now_s);
    return middle(
        pricing::black76(at.forward, at.strike, at.volatility, at.tenor, at.discount), type);
}

}  // namespace plimsoll::sim
