// plimsoll: contract/contract.cpp                                   SPDX-License-Identifier: Apache-2.0
// Room: the hall. See contract.hpp: decode, open the store, hand over, and write only what succeeded.
#include "contract/contract.hpp"

#include "contract/abandoned_sale.hpp"
#include "contract/batch.hpp"
#include "contract/cw20.hpp"
#include "contract/handlers.hpp"
#include "contract/message.hpp"
#include "contract/queries.hpp"

#include <memory>
#include <type_traits>
#include <variant>

namespace plimsoll::contract {
namespace {

Outcome& refuse(Outcome& outcome, Error error)
{
    outcome.error = error;
    outcome.events.clear();
    outcome.transfers.clear();
    outcome.data.clear();
    return outcome;
}

Outcome& refuse(Outcome& outcome, const json::Decoded& decoded)
{
    outcome.detail = decoded.detail.view();
    return refuse(outcome, decoded.error);
}

}  // namespace

Outcome instantiate(Host& host, const Env& env, std::string_view json)
{
    Outcome outcome;
    const auto message = std::make_unique<InstantiateMessage>();
    if (const json::Decoded decoded = decode_instantiate(json, *message); !decoded)
        return refuse(outcome, decoded);
    Address sender;
    if (!sender.try_assign(env.sender))
        return refuse(outcome, Error::bad_address);
    const auto store = std::make_unique<Store>(host);
    Call call{*store, host, env, sender, outcome};
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return refuse(outcome, error);
    if (!host.valid_address(message->governance.view()))
        return refuse(outcome, call.fail(Error::bad_address, "governance"));

    const auto config = std::make_unique<Config>();
    config->liquidation = message->liquidation;
    config->oracle = message->oracle;
    ListedAsset quote;
    quote.denom = message->quote.denom;
    quote.symbol = message->quote.symbol;
    quote.params.decimals = message->quote.decimals;
    if (quote.denom.empty())
        return refuse(outcome, call.fail(Error::out_of_range, "quote.denom"));
    if (is_cw20(quote.denom.view()) && !host.valid_address(cw20_contract(quote.denom.view())))
        return refuse(outcome, call.fail(Error::bad_address, "quote.denom"));
    for (const Refused& refused :
        {validate(quote.params), validate(config->liquidation), validate(config->oracle)})
        if (refused != Error::ok)
            return refuse(outcome, call.refuse(refused));
    CHECK(config->assets.push(quote));
    if (const Error error = store->create(*config, call.now()); error != Error::ok)
        return refuse(outcome, error);
    RoleRecord* governance = store->change_role(message->governance);
    if (governance == nullptr)
        return refuse(outcome, store->error());
    governance->roles = role::GOVERNANCE;
    call.emit("instantiated").text("governance", message->governance.view());
    store->commit(host);
    return outcome;
}

Outcome migrate(Host& host, const Env& env, std::string_view json)
{
    Outcome outcome;
    MigrateMessage message;
    if (const json::Decoded decoded = decode_migrate(json, message); !decoded)
        return refuse(outcome, decoded);
    const auto store = std::make_unique<Store>(host);
    Call call{*store, host, env, Address{}, outcome};
    if (const Error error = store->open(call.now(), env.height); error != Error::ok)
        return refuse(outcome, error);
    std::string config;
    CHECK(host.read(config_key(), config) && !config.empty());
    static_cast<void>(store->change_config());
    call.emit("migrated")
        .number("from", static_cast<unsigned char>(config[0]))
        .number("to", SCHEMA);
    store->commit(host);
    return outcome;
}

Outcome execute(Host& host, const Env& env, std::string_view json)
{
    Outcome outcome;
    const auto message = std::make_unique<ExecuteMessage>();
    if (const json::Decoded decoded = decode_execute(json, *message); !decoded)
        return refuse(outcome, decoded);
    Address sender;
    if (!sender.try_assign(env.sender))
        return refuse(outcome, Error::bad_address);
    const auto store = std::make_unique<Store>(host);
    Call call{*store, host, env, sender, outcome};
    if (const Error error = store->open(call.now(), env.height); error != Error::ok)
        return refuse(outcome, error);
    // The bank's rules allow a denom that reads like a token contract's; no such coin passes for the token.
    for (const Coin& coin : env.funds)
        if (is_cw20(coin.denom))
            return refuse(outcome, call.fail(Error::unknown_denom, coin.denom));
    // Each call of a batch has a store of its own.
    if (const auto* batch = std::get_if<message::Batch>(message.get())) {
        const Error error = run_batch(host, env, sender, *batch, outcome);
        return error == Error::ok ? outcome : refuse(outcome, error);
    }
    const auto visitor = [&]<class Message>(const Message& alternative) {
        if constexpr (std::is_same_v<Message, message::Batch>)
            return Error::ok;  // done above
        else
            return handle(call, alternative);
    };
    const Error error = std::visit(visitor, *message);
    if (call.abandoned) {
        const Error failed = abandon_sale(host, env, sender, *call.abandoned, outcome);
        return failed == Error::ok ? outcome : refuse(outcome, failed);
    }
    if (error != Error::ok)
        return refuse(outcome, error);
    call.announce_funding();
    store->commit(host);
    return outcome;
}

Outcome query(const Host& host, const Env& env, std::string_view json)
{
    Outcome outcome;
    const auto message = std::make_unique<QueryMessage>();
    if (const json::Decoded decoded = decode_query(json, *message); !decoded)
        return refuse(outcome, decoded);
    const auto store = std::make_unique<Store>(host);
    Call call{*store, host, env, Address{}, outcome};
    if (const Error error = store->open(call.now(), env.height); error != Error::ok)
        return refuse(outcome, error);
    json::Writer writer(outcome.data);
    QueryCall asked{call, writer};
    const Error error =
        std::visit([&](const auto& alternative) { return answer(asked, alternative); }, *message);
    if (error != Error::ok)
        return refuse(outcome, error);
    // A preview works on copies and would announce what it does to them; a query announces nothing.
    outcome.events.clear();
    return outcome;
}

}  // namespace plimsoll::contract
