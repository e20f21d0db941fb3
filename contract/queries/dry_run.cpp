// plimsoll: contract/queries/dry_run.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the hall. What a message of governance would do to accounts if it were executed now.
// Promises: the message is executed by its own handler, on writes that are forgotten; what is asked of
// accounts afterwards is what would be answered then.
#include "contract/handlers.hpp"
#include "contract/overlay.hpp"
#include "contract/queries.hpp"

#include <memory>
#include <variant>

namespace plimsoll::contract {
namespace {

using json::member;

/// An account as one of the two states shows it.
struct Seen
{
    Error error = Error::ok;
    MarginReport report;
};

Seen look(Call& call, Scene& scene, AccountId id)
{
    Seen seen;
    const AccountRecord* record = call.store.account(id);
    if (record == nullptr)
        seen.error = call.store.error();
    else
        seen.error = call.health_of(id, record->account, scene, seen.report);
    return seen;
}

bool falls_below(const Seen& before, const Seen& after, Level level)
{
    return !before.report.health(level).is_negative() && after.report.health(level).is_negative();
}

/// Whether the account is one to tell of.
bool harmed(const Seen& before, const Seen& after)
{
    if (before.error != Error::ok)
        return false;
    return after.error != Error::ok || falls_below(before, after, Level::initial) ||
           falls_below(before, after, Level::maintenance);
}

void write_harmed(json::Writer& json, AccountId id, const Seen& before, const Seen& after)
{
    json.begin_object();
    member(json, "account", id);
    member(json, "initial_before", before.report.health(Level::initial));
    member(json, "maintenance_before", before.report.health(Level::maintenance));
    if (after.error == Error::ok) {
        member(json, "initial_after", after.report.health(Level::initial));
        member(json, "maintenance_after", after.report.health(Level::maintenance));
        member(json, "liquidatable", after.report.liquidatable());
    } else {
        json.key("error");
        json.text(name_of(after.error));
    }
    json.end_object();
}

/// The bytes of the message that is asked about.
Error find_message(Call& call, const message::DryRunQuery& message, std::string_view& text)
{
    if (message.message.has_value() == message.proposal.has_value())
        return call.fail(Error::parameters_disagree, "proposal");
    if (message.message) {
        text = message.message->text;
        return Error::ok;
    }
    const Proposal* proposal = call.store.proposal(*message.proposal);
    if (proposal == nullptr)
        return call.missing("proposal", *message.proposal);
    text = proposal->message;
    return Error::ok;
}

/// Executes the message on writes that nobody will see.
Error execute_on(Overlay& overlay, Call& asked, const GovernanceMessage& message)
{
    const auto store = std::make_unique<Store>(overlay);
    Call call{*store, overlay, asked.env, asked.sender, asked.outcome, true};
    if (const Error error = store->open(call.now(), call.env.height); error != Error::ok)
        return error;
    const Error error =
        std::visit([&](const auto& alternative) { return handle(call, alternative); }, message);
    if (error == Error::ok)
        store->commit(overlay);
    return error;
}

}  // namespace

Error answer(QueryCall& query, const message::DryRunQuery& message)
{
    Call& call = query.call;
    std::string_view text;
    if (const Error error = find_message(call, message, text); error != Error::ok)
        return error;
    const auto proposed = std::make_unique<GovernanceMessage>();
    if (const json::Decoded decoded = decode_governance(text, *proposed); !decoded)
        return call.fail(decoded.error, "message: " + std::string(decoded.detail.view()));
    Overlay overlay(call.host);
    if (const Error error = execute_on(overlay, call, *proposed); error != Error::ok)
        return error;
    const auto store = std::make_unique<Store>(overlay);
    Outcome unheard;
    Call then{*store, overlay, call.env, call.sender, unheard};
    if (const Error error = store->open(call.now(), call.env.height); error != Error::ok)
        return error;

    Scene scene = call.store.scene();
    Scene scene_then = store->scene();
    const std::uint64_t first = message.cursor.value == 0 ? 1 : message.cursor.value;
    const std::uint64_t last = call.store.accounts();
    json::Writer& json = query.json;
    json.begin_object();
    json.key("accounts");
    json.begin_array();
    std::uint64_t next = first;
    for (; next <= last && next - first < message.limit; ++next) {
        const AccountId id{next};
        const Seen before = look(call, scene, id);
        const Seen after = look(then, scene_then, id);
        if (harmed(before, after))
            write_harmed(json, id, before, after);
    }
    json.end_array();
    write_next(json, next, last + 1);
    member(json, "time", call.now());
    json.end_object();
    call.outcome.detail.clear();
    return Error::ok;
}

}  // namespace plimsoll::contract
