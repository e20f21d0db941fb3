// plimsoll: engine/risk/scene.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See scene.hpp.
#include "engine/risk/scene.hpp"

#include "engine/pricing/black76.hpp"
#include "engine/pricing/svi.hpp"

namespace plimsoll {

pricing::Volatility Scene::volatility(const MarketParams& params) const noexcept
{
    const ExpirySurface* found = surface(params.underlying, params.expiry);
    if (found == nullptr)
        return {};
    const Result<pricing::Volatility> volatility =
        pricing::svi_volatility(found->svi, params.strike);
    if (!volatility)
        return {};
    pricing::Volatility bounded = *volatility;
    if (bounded.value > VOLATILITY_MAX)
        bounded.value = VOLATILITY_MAX;
    return bounded;
}

Error Scene::usable(MarketId id, PriceUse use) const noexcept
{
    const MarketParams& params = market(id).params;
    if (const Error error = usable(params.underlying, use); error != Error::ok)
        return error;
    if (params.kind == MarketKind::perpetual)
        return Error::ok;
    const ExpirySurface* found = surface(params.underlying, params.expiry);
    if (found == nullptr)
        return use == PriceUse::trade ? Error::surface_domain : Error::ok;
    // A surface is a price without a confidence of this kind.
    return plimsoll::usable(
        FeedPrice{found->forward, Price::zero(), found->published}, now(), *m_oracle, use);
}

pricing::PriceBracket Scene::option_bracket(const MarketParams& params) const noexcept
{
    const ExpirySurface* found = surface(params.underlying, params.expiry);
    const Price forward = found == nullptr ? index(params.underlying) : found->forward;
    const Seconds length = elapsed(now(), params.expiry);
    const Ratio rate = found == nullptr ? Ratio::zero() : found->rate;
    const pricing::OptionBrackets prices = pricing::black76(pricing::forward_point(forward),
        pricing::strike_point(params.strike), volatility(params), pricing::tenor_of(length),
        pricing::discount_of(rate, Ratio::one(), length));
    return params.type == OptionType::call ? prices.call : prices.put;
}

Price Scene::mark_of(const Market& market) const noexcept
{
    const MarketParams& params = market.params;
    const Price spot = index(params.underlying);
    if (params.kind == MarketKind::perpetual)
        return mark_price(market, spot);
    if (params.kind == MarketKind::future) {
        const ExpirySurface* found = surface(params.underlying, params.expiry);
        return found == nullptr ? spot : found->forward;
    }
    const pricing::PriceBracket price = option_bracket(params);
    // The middle, down: a raw unit either way, and no price of an option is above PRICE_MAX.
    return Price::from_raw(price.floor.raw() + ((price.ceil - price.floor).raw() >> 1));
}

}  // namespace plimsoll
