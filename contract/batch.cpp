// plimsoll: contract/batch.cpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the hall. See batch.hpp.
#include "contract/batch.hpp"

#include "contract/abandoned_sale.hpp"
#include "contract/handlers.hpp"
#include "contract/overlay.hpp"

#include <memory>
#include <utility>
#include <variant>

namespace plimsoll::contract {
namespace {

Error decode_all(const message::Batch& batch, std::vector<KeeperMessage>& calls, Outcome& outcome)
{
    for (std::size_t i = 0; i < batch.calls.size(); ++i) {
        const json::Decoded decoded = decode_keeper(batch.calls[i].text, calls.emplace_back());
        if (decoded)
            continue;
        outcome.detail = "batch.calls[" + integer_string(static_cast<num::i128>(i)) + "]: ";
        outcome.detail += decoded.detail.view();
        return decoded.error;
    }
    return Error::ok;
}

/// One call on its own store, with what it announces in an Outcome of its own.
Error run_one(Overlay& overlay, const Env& env, const Address& sender, const KeeperMessage& message,
    std::size_t index, Outcome& outcome)
{
    const auto store = std::make_unique<Store>(overlay);
    Call call{*store, overlay, env, sender, outcome};
    if (const Error error = store->open(call.now(), call.env.height); error != Error::ok)
        return error;
    const Error error =
        std::visit([&](const auto& alternative) { return handle(call, alternative); }, message);
    if (call.abandoned) {
        const Error failed = abandon_sale(overlay, env, sender, *call.abandoned, outcome);
        return failed == Error::ok ? error : failed;
    }
    if (error != Error::ok)
        return error;
    call.announce_funding();
    call.emit("batch_item").number("index", index).text("status", name_of(Error::ok));
    store->commit(overlay);
    return Error::ok;
}

/// What is left of a call that has failed: an event.
Error announce_failure(Overlay& overlay, const Env& env, const Address& sender, std::size_t index,
    Error failure, Outcome& outcome)
{
    const auto store = std::make_unique<Store>(overlay);
    Call call{*store, overlay, env, sender, outcome};
    if (const Error error = store->open(call.now(), call.env.height); error != Error::ok)
        return error;
    EventWriter event = call.emit("batch_item");
    event.number("index", index).text("status", name_of(failure));
    if (!outcome.detail.empty())
        event.text("detail", outcome.detail);
    store->commit(overlay);
    return Error::ok;
}

}  // namespace

Error run_batch(Host& host, const Env& env, const Address& sender, const message::Batch& batch,
    Outcome& outcome)
{
    if (!env.funds.empty()) {
        outcome.detail = env.funds[0].denom;
        return Error::funds_not_accepted;
    }
    if (batch.calls.empty()) {
        outcome.detail = "calls";
        return Error::nothing_to_do;
    }
    std::vector<KeeperMessage> calls;
    if (const Error error = decode_all(batch, calls, outcome); error != Error::ok)
        return error;
    Overlay overlay(host);
    for (std::size_t i = 0; i < calls.size(); ++i) {
        Outcome own;
        const Error failure = run_one(overlay, env, sender, calls[i], i, own);
        if (failure != Error::ok) {
            if (failure != Error::sale_abandoned)
                own.events.clear();
            own.transfers.clear();
            if (const Error error = announce_failure(overlay, env, sender, i, failure, own);
                error != Error::ok)
                return error;
        }
        for (Event& event : own.events)
            outcome.events.push_back(std::move(event));
        for (Transfer& transfer : own.transfers)
            outcome.transfers.push_back(std::move(transfer));
    }
    overlay.flush(host);
    return Error::ok;
}

}  // namespace plimsoll::contract
