// plimsoll: contract/handlers/governance.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the hall. What governance may set. Every parameter passes the engine's bounds
// first; what accounts already rely on (a token's decimals, a market's underlying) cannot change.
#include "contract/cw20.hpp"
#include "contract/handlers.hpp"
#include "contract/handlers/close_market.hpp"
#include "engine/mutation.hpp"

namespace plimsoll::contract {

namespace {

/// What of a market can never change and would; empty if nothing would.
std::string_view changed_field(const MarketParams& before, const MarketParams& after)
{
    if (!(before.underlying == after.underlying))
        return "underlying";
    if (before.kind != after.kind)
        return "kind";
    if (!(before.expiry == after.expiry))
        return "expiry";
    if (!(before.strike == after.strike))
        return "strike";
    return before.type == after.type ? "" : "option_type";
}

/// Closing a position must free more margin than its fee takes, or it could not be closed below initial.
bool closing_frees_more(Ratio fee, const Underlying& underlying)
{
    return !GUARD("g4-fee", fee > underlying.standard.fraction.maintenance);
}

/// Lists the market to settle at its expiry, if it has one and is not listed yet.
Error list_settlement(Call& call, Market& market)
{
    if (market.params.kind == MarketKind::perpetual || !market.settles_at.is_zero() ||
        market.params.expiry <= call.now())
        return Error::ok;
    const UnderlyingId underlying = market.params.underlying;
    if (const Error error = call.store.join_settlement(underlying, market.params.expiry);
        error != Error::ok)
        return call.fail(error, "underlying", underlying.value);
    market.settles_at = market.params.expiry;
    return Error::ok;
}

/// Not later than the window opens, unless its time is listed already: seconds before a time is listed would count as
/// silent, and governance say the price of a feed that works.
Error check_expiry(Call& call, const MarketParams& params)
{
    if (params.kind == MarketKind::perpetual)
        return Error::ok;
    if (params.expiry <= call.now())
        return call.fail(Error::expired, "expiry");
    const Settlements* settlements = call.store.settlements(params.underlying);
    if (settlements == nullptr)
        return call.missing("underlying", params.underlying.value);
    if (GUARD("g5-listed-late",
            settlement_at(*settlements, params.expiry) == nullptr &&
                elapsed(call.now(), params.expiry) < call.store.config().settlement.window))
        return call.fail(Error::parameters_disagree, "expiry");
    return Error::ok;
}

Error add_market(Call& call, const message::SetMarket& message)
{
    if (const Error error = check_expiry(call, message.params); error != Error::ok)
        return error;
    // What is listed is either active or not yet.
    if (!may_become(message.params.status, MarketStatus::active, StatusCause::governance))
        return call.fail(Error::status_transition, "status");
    MarketRecord& record = call.store.add_market();
    record.symbol = message.symbol;
    record.market.params = message.params;
    record.market.indexes = fresh_indexes();
    record.market.funding_time = call.now();
    record.market.premium_time = call.now();
    return list_settlement(call, record.market);
}

Error change_market(Call& call, const message::SetMarket& message)
{
    // Funding so far is due under the old parameters.
    MarketRecord* record = nullptr;
    if (const Error error = call.open_market(message.market, record); error != Error::ok)
        return error;
    Market& market = record->market;
    const MarketStatus before = market.status_at(call.now());
    if (before == MarketStatus::closed)
        return call.fail(Error::market_settled, "market", message.market.value);
    if (const std::string_view field = changed_field(market.params, message.params); !field.empty())
        return call.fail(Error::fixed_field, field);
    // Only what nobody is in can be closed; all else ends by settling.
    const bool closes = message.params.status == MarketStatus::closed;
    if (closes ? market.indexes.open_interest != 0
               : !may_become(before, message.params.status, StatusCause::governance))
        return call.fail(Error::status_transition, "status");
    record->symbol = message.symbol;
    market.params = message.params;
    if (!closes)
        return list_settlement(call, market);
    market.params.status = before;
    return close_market(call, message.market, market, Price::zero(), StatusCause::emptied);
}

}  // namespace

Error handle(Call& call, const message::SetAsset& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    Config& config = call.store.change_config();
    const std::uint16_t id = message.asset.value;
    if (id == 0)
        return call.fail(Error::fixed_field, "asset", 0);
    if (id > config.assets.size() || (id == config.assets.size() && config.assets.full()))
        return call.fail(Error::id_not_next, "asset", id);
    if (message.params.underlying.value >= config.underlyings.size())
        return call.fail(Error::no_such_underlying, "underlying", message.params.underlying.value);
    if (message.params.underlying == config.quote_feed)
        return call.fail(Error::parameters_disagree, "underlying", message.params.underlying.value);
    if (const Refused refused = validate(message.params); refused != Error::ok)
        return call.refuse(refused);
    if (message.denom.empty())
        return call.fail(Error::out_of_range, "denom");
    if (is_cw20(message.denom.view()) &&
        !call.host.valid_address(cw20_contract(message.denom.view())))
        return call.fail(Error::bad_address, "denom");
    // What moves in the scenarios needs scenarios, or its holders could not be valued.
    if (message.params.risk_cancelling &&
        call.store.portfolio(message.params.underlying) == nullptr)
        return call.missing("underlying", message.params.underlying.value);
    const ListedAsset listed{message.denom, message.symbol, message.params};
    if (id == config.assets.size()) {
        for (const ListedAsset& other : config.assets)
            if (other.denom == message.denom)
                return call.fail(Error::parameters_disagree, "denom");
        CHECK(config.assets.push(listed));
    } else {
        const ListedAsset& old = config.assets[id];
        if (!(old.denom == message.denom))
            return call.fail(Error::fixed_field, "denom");
        if (old.params.decimals != message.params.decimals)
            return call.fail(Error::fixed_field, "decimals");
        if (!(old.params.underlying == message.params.underlying))
            return call.fail(Error::fixed_field, "underlying");
        // What maintenance has gone so far, it has gone under the old parameters.
        if (!call.store.restate_observed())
            return call.fail(call.store.error(), "observed");
        config.assets[id] = listed;
        if (!call.store.restate_observed())
            return call.fail(call.store.error(), "observed");
    }
    call.emit("asset_set").number("asset", id).text("denom", message.denom.view());
    return Error::ok;
}

Error handle(Call& call, const message::SetUnderlying& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    Config& config = call.store.change_config();
    const std::uint16_t id = message.underlying.value;
    if (id > config.underlyings.size() ||
        (id == config.underlyings.size() && config.underlyings.full()))
        return call.fail(Error::id_not_next, "underlying", id);
    ListedUnderlying listed;
    listed.symbol = message.symbol;
    listed.params = message.params;
    if (const Refused refused = validate(listed.params); refused != Error::ok)
        return call.refuse(refused);
    if (id == config.underlyings.size()) {
        CHECK(config.underlyings.push(listed));
    } else {
        // Option series may be listed, and somebody short of them.
        if (config.underlyings[id].params.standard.option.given() &&
            !listed.params.standard.option.given())
            return call.fail(Error::fixed_field, "option");
        const ListedUnderlying& old = config.underlyings[id];
        listed.fee_most = old.fee_most;
        if (!closing_frees_more(listed.fee_most, listed.params))
            return call.fail(Error::parameters_disagree, "maintenance_fraction");
        listed.has_scenarios = old.has_scenarios;
        listed.has_feed = old.has_feed;
        listed.widening = old.widening;
        listed.listed_range = old.listed_range;
        listed.settles_from = old.settles_from;
        config.underlyings[id] = listed;
    }
    call.emit("underlying_set").number("underlying", id).text("symbol", message.symbol.view());
    return Error::ok;
}

Error handle(Call& call, const message::SetMarket& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    const Config& config = call.store.config();
    const std::uint16_t id = message.market.value;
    if (id > config.market_count || id >= MARKETS_MAX)
        return call.fail(Error::id_not_next, "market", id);
    if (message.params.underlying.value >= config.underlyings.size())
        return call.fail(Error::no_such_underlying, "underlying", message.params.underlying.value);
    if (const Refused refused = validate(message.params); refused != Error::ok)
        return call.refuse(refused);
    const ListedUnderlying& listed = config.underlyings[message.params.underlying.value];
    const Underlying& underlying = listed.params;
    if (message.params.kind == MarketKind::option && !underlying.standard.option.given())
        return call.fail(Error::no_option_params, "underlying", message.params.underlying.value);
    if (!closing_frees_more(message.params.taker_fee, underlying))
        return call.fail(Error::parameters_disagree, "taker_fee");
    if (message.params.taker_fee > listed.fee_most)
        call.store.change_config().underlyings[message.params.underlying.value].fee_most =
            message.params.taker_fee;
    const Error error =
        id == config.market_count ? add_market(call, message) : change_market(call, message);
    if (error != Error::ok)
        return error;
    call.emit("market_set")
        .number("market", id)
        .text("symbol", message.symbol.view())
        .text("kind", name_of(message.params.kind));
    return Error::ok;
}

Error handle(Call& call, const message::SetParams& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    if (const Refused refused = validate(message.liquidation); refused != Error::ok)
        return call.refuse(refused);
    if (const Refused refused = validate(message.oracle); refused != Error::ok)
        return call.refuse(refused);
    if (const Error error = validate(call.store.config().cash, message.liquidation);
        error != Error::ok)
        return call.fail(error, "unbonding_s");
    // Until now prices have counted by the age that held.
    if (!MUTANT("g5-old-age", call.store.take_in_settlements(), true))
        return call.fail(call.store.error(), "settlements");
    Config& config = call.store.change_config();
    // A stop of prices is as long as feeds allowed when it began.
    if (GUARD("g3-stopped", message.oracle.failed_after < config.oracle.failed_after &&
                                (config.pauses.in_force(call.now()) & pause::PUSH_PRICES) != 0))
        return call.fail(Error::parameters_disagree, "failed_after_s");
    config.liquidation = message.liquidation;
    config.oracle = message.oracle;
    call.store.restart_clock();
    call.emit("params_set");
    return Error::ok;
}

}  // namespace plimsoll::contract
