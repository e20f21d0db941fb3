// plimsoll: contract/handlers/margin.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall. What governance sets of portfolio margin: scenarios, and how underlyings move together.
#include "contract/handlers.hpp"
#include "engine/oracle/widening.hpp"

namespace plimsoll::contract {
namespace {

/// Two listed underlyings, and the only entry of the two in the message.
Error check_pair(Call& call, const message::SetCorrelation& message, std::size_t index)
{
    const message::CorrelationEntry& entry = message.pairs[index];
    for (const UnderlyingId id : {entry.a, entry.b})
        if (id.value >= call.store.config().underlyings.size())
            return call.fail(Error::no_such_underlying, "underlying", id.value);
    if (entry.a == entry.b)
        return call.fail(Error::parameters_disagree, "pairs", index);
    for (std::size_t i = 0; i < index; ++i) {
        const message::CorrelationEntry& other = message.pairs[i];
        if ((other.a == entry.a && other.b == entry.b) ||
            (other.a == entry.b && other.b == entry.a))
            return call.fail(Error::parameters_disagree, "pairs", index);
    }
    return Error::ok;
}

/// A feed of the quote's own, with a price about its peg.
Error check_quote_feed(Call& call, UnderlyingId id)
{
    const Config& config = call.store.config();
    if (id.value >= config.underlyings.size())
        return call.fail(Error::no_such_underlying, "quote_feed", id.value);
    for (std::size_t i = 1; i < config.assets.size(); ++i)
        if (config.assets[i].params.underlying == id)
            return call.fail(Error::parameters_disagree, "quote_feed", id.value);
    const Price price = call.store.board().of(id).price;
    if (price.is_zero())
        return call.fail(Error::no_price, "quote_feed", id.value);
    return price >= QUOTE_LOW && price <= QUOTE_HIGH
               ? Error::ok
               : call.fail(Error::parameters_disagree, "quote_feed", id.value);
}

/// Every two underlyings that have scenarios have a correlation, or accounts on both could not be valued.
Error require_pairs(Call& call, UnderlyingId id)
{
    const Correlation* correlation = call.store.correlation();
    if (correlation == nullptr)
        return call.fail(call.store.error(), "correlation");
    const Config& config = call.store.config();
    for (std::uint16_t other = 0; other < config.underlyings.size(); ++other)
        if (other != id.value && config.underlyings[other].has_scenarios &&
            !correlation->of(id.value, other).known)
            return call.fail(Error::no_correlation, "underlying", other);
    return Error::ok;
}

}  // namespace

Error handle(Call& call, const message::SetPortfolioRisk& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    const std::uint16_t id = message.underlying.value;
    if (id >= call.store.config().underlyings.size())
        return call.fail(Error::no_such_underlying, "underlying", id);
    if (const Refused refused = validate(message.params); refused != Error::ok)
        return call.refuse(refused);
    // Marks are the same for every account, so they go by the rate as it is published.
    if (message.params.discount.mark_rate_mult != Ratio::one())
        return call.fail(Error::parameters_disagree, "mark_rate_mult");
    if (const Error error = require_pairs(call, message.underlying); error != Error::ok)
        return error;
    ListedUnderlying& listed = call.store.change_config().underlyings[id];
    const WideningParams widening = message.widening ? *message.widening : WideningParams{};
    if (widening.given()) {
        if (const Refused refused = validate(widening); refused != Error::ok)
            return call.fail(refused.error, "widening." + std::string(refused.parameter));
        if (!scales_exactly(message.params.scenarios))
            return call.fail(Error::parameters_disagree, "scenarios");
    }
    // What maintenance has gone so far, it has gone under the old parameters.
    if (!call.store.restate_observed())
        return call.fail(call.store.error(), "observed");
    listed.widening = widening;
    listed.listed_range = widening.given() ? least_range(message.params.scenarios) : Ratio::zero();
    if (!call.store.restate_observed())
        return call.fail(call.store.error(), "observed");
    call.store.set_portfolio(message.underlying, message.params);
    call.emit("portfolio_risk_set")
        .number("underlying", id)
        .number("scenarios", message.params.scenarios.size());
    return Error::ok;
}

Error handle(Call& call, const message::SetCorrelation& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    for (std::size_t i = 0; i < message.pairs.size(); ++i)
        if (const Error error = check_pair(call, message, i); error != Error::ok)
            return error;
    Correlation* correlation = call.store.change_correlation();
    if (correlation == nullptr)
        return call.fail(call.store.error(), "correlation");
    correlation->set_band(message.band);
    correlation->max_relief = message.max_relief;
    for (const message::CorrelationEntry& entry : message.pairs) {
        CorrelationPair& pair = correlation->of(entry.a.value, entry.b.value);
        pair.low = entry.rho;
        pair.high = entry.rho;
        pair.own_band = entry.band.has_value();
        pair.band = entry.band ? *entry.band : message.band;
        pair.known = true;
    }
    if (const Refused refused = validate(*correlation); refused != Error::ok)
        return call.refuse(refused);
    call.emit("correlation_set")
        .decimal("band", message.band)
        .decimal("max_relief", message.max_relief)
        .number("pairs", message.pairs.size());
    return Error::ok;
}

Error handle(Call& call, const message::Observe&)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    if (!call.store.change_observed())
        return call.fail(call.store.error(), "observed");
    const bool noted = call.store.note_clock();
    return noted || call.store.observation_written() ? Error::ok
                                                     : call.fail(Error::nothing_to_do, "observe");
}

Error handle(Call& call, const message::SetObservation& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    if (const Refused refused = validate(message.params); refused != Error::ok)
        return call.refuse(refused);
    if (message.quote_feed)
        if (const Error error = check_quote_feed(call, *message.quote_feed); error != Error::ok)
            return error;
    if (!call.store.restate_observed())
        return call.fail(call.store.error(), "observed");
    Config& config = call.store.change_config();
    for (std::uint16_t i = 0; i < config.underlyings.size(); ++i)
        if (!call.store.change_stable_price(UnderlyingId{i}))
            return call.missing("underlying", i);
    const ObservationParams before = config.observation;
    config.observation = message.params;
    // What was seen before a pause says nothing of now.
    if (!before.volatility.given() && message.params.volatility.given())
        call.store.forget_volatility();
    if (!before.correlation.given() && message.params.correlation.given())
        call.store.forget_correlation();
    if (!before.stable_price.given() && message.params.stable_price.given())
        call.store.forget_stable_prices();
    config.quote_feed = message.quote_feed ? *message.quote_feed : NO_QUOTE_FEED;
    call.emit("observation_set");
    return Error::ok;
}

}  // namespace plimsoll::contract
