// plimsoll: engine/risk/scene.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the vault, risk shelf. See scene.hpp.
#include "engine/risk/scene.hpp"

#include "engine/oracle/settlement.hpp"
#include "engine/pricing/black76.hpp"
#include "engine/pricing/svi.hpp"

namespace plimsoll {

pricing::Volatility Scene::bounded(const Result<pricing::Volatility>& stated) noexcept
{
    if (!stated)
        return {};
    pricing::Volatility volatility = *stated;
    if (volatility.value > VOLATILITY_MAX)
        volatility.value = VOLATILITY_MAX;
    return volatility;
}

pricing::Volatility Scene::volatility(const MarketParams& params) const noexcept
{
    const ExpirySurface* found = surface(params.underlying, params.expiry);
    return found == nullptr ? pricing::Volatility{}
                            : bounded(pricing::svi_volatility(found->svi, params.strike));
}

Error Scene::usable(MarketId id, PriceUse use) const noexcept
{
    const Market& asked = market(id);
    const MarketParams& params = asked.params;
    if (asked.closed())
        return Error::ok;
    if (asked.ended(now())) {
        const Settlement* found = settlement(params.underlying, asked.end());
        const bool known = found != nullptr && settlement_known(*found);
        const bool waits = use != PriceUse::liquidation && use != PriceUse::resolve;
        return known || !waits ? Error::ok : Error::stale_price;
    }
    if (const Error error = usable(params.underlying, use); error != Error::ok)
        return error;
    if (params.kind == MarketKind::perpetual)
        return Error::ok;
    const ExpirySurface* found = surface(params.underlying, params.expiry);
    if (found == nullptr)
        return accepts(use, Tier::failed) ? Error::ok : Error::surface_domain;
    // A surface is a price without a confidence of this kind.
    return plimsoll::usable(
        FeedPrice{found->forward, Price::zero(), found->published, Seconds::zero()}, now(),
        *m_oracle, use);
}

pricing::PriceBracket Scene::option_bracket(const MarketParams& params) const noexcept
{
    const ExpirySurface* found = surface(params.underlying, params.expiry);
    const Price forward = this->forward(params.underlying, params.expiry);
    const Seconds length = elapsed(now(), params.expiry);
    const Ratio rate = found == nullptr ? Ratio::zero() : found->rate;
    const pricing::ForwardPoint at = pricing::forward_point(forward);
    const pricing::StrikePoint strike = pricing::strike_point(params.strike);
    const pricing::TimeValue part = pricing::time_value(at, strike,
        pricing::total_volatility(
            volatility(params), pricing::tenor_of(length), pricing::Uses::one));
    return pricing::price_of(
        part, at, strike, pricing::discount_of(rate, Ratio::one(), length), params.type);
}

Price Scene::settling(UnderlyingId id, Seconds end) const noexcept
{
    const Settlement* found = settlement(id, end);
    const Price price = found == nullptr ? Price::zero() : settlement_floor(*found);
    return price.is_positive() ? price : index(id);
}

Price Scene::forward(UnderlyingId id, Seconds expiry) const noexcept
{
    if (expiry <= now())
        return settling(id, expiry);
    const ExpirySurface* found = surface(id, expiry);
    return found == nullptr ? index(id) : found->forward;
}

Price Scene::mark_of(const Market& market) const noexcept
{
    const MarketParams& params = market.params;
    if (market.closed())
        return payoff_of(params, market.settlement);
    if (params.kind == MarketKind::perpetual)
        return market.ended(now()) ? settling(params.underlying, market.end())
                                   : mark_price(market, index(params.underlying));
    if (params.kind == MarketKind::future)
        return forward(params.underlying, params.expiry);
    const pricing::PriceBracket price = option_bracket(params);
    // The middle, down: a raw unit either way, and no price of an option is above PRICE_MAX.
    return Price::from_raw(price.floor.raw() + ((price.ceil - price.floor).raw() >> 1));
}

}  // namespace plimsoll
