// plimsoll: contract/handlers/cw20.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall. Tokens of a CW20 contract come with a message of that contract. What they are for is one of the
// messages that native coins travel with, and goes the same way.
#include "contract/cw20.hpp"

#include "contract/base64.hpp"
#include "contract/handlers.hpp"

#include <array>
#include <string>
#include <variant>

namespace plimsoll::contract {
namespace {

/// Whether a listed asset is kept by the contract that sends; `out` is its denom then.
bool find_token(const Config& config, const Address& contract, Denom& out)
{
    for (const ListedAsset& asset : config.assets)
        if (is_cw20(asset.denom.view()) && cw20_contract(asset.denom.view()) == contract.view()) {
            out = asset.denom;
            return true;
        }
    return false;
}

}  // namespace

Error handle(Call& call, const message::Receive& message)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    // Whoever is not a listed token's contract can say what it likes about tokens that have come.
    Denom denom;
    if (!find_token(call.store.config(), call.sender, denom))
        return call.fail(Error::unauthorized, call.sender.view());
    std::string text;
    if (!decode_base64(message.msg.view(), text))
        return call.fail(Error::malformed_json, "receive.msg");
    TokenMessage wanted;
    if (const json::Decoded decoded = decode_token_message(text, wanted); !decoded)
        return call.fail(decoded.error, "receive.msg: " + std::string(decoded.detail.view()));
    const std::array<Coin, 1> coins = {Coin{denom.view(), message.amount.raw()}};
    Env env = call.env;
    env.sender = message.sender.view();
    env.funds = coins;
    Call inner{call.store, call.host, env, message.sender, call.outcome};
    return std::visit([&](const auto& what) { return handle(inner, what); }, wanted);
}

}  // namespace plimsoll::contract
