// plimsoll: contract/handlers/margin.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall. What governance sets of portfolio margin: scenarios, and how underlyings move together.
#include "contract/handlers.hpp"

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
    if (const Error error = validate(message.params); error != Error::ok)
        return call.fail(error, "set_portfolio_risk");
    if (const Error error = require_pairs(call, message.underlying); error != Error::ok)
        return error;
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
    if (const Error error = validate(*correlation); error != Error::ok)
        return call.fail(error, "set_correlation");
    call.emit("correlation_set")
        .decimal("band", message.band)
        .decimal("max_relief", message.max_relief)
        .number("pairs", message.pairs.size());
    return Error::ok;
}

}  // namespace plimsoll::contract
