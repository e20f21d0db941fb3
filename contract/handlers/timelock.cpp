// plimsoll: contract/handlers/timelock.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the hall. What governance will do, and when it may.
// Promises: what a proposal does, it does exactly as governance would have done it without a timelock; one
// that fails stays as it was.
#include "contract/handlers.hpp"
#include "engine/mutation.hpp"

#include <memory>
#include <variant>

namespace plimsoll::contract {
namespace {

/// Reads a message of governance, and says where in it an error is.
Error read(Call& call, std::string_view text, GovernanceMessage& out)
{
    const json::Decoded decoded = decode_governance(text, out);
    if (decoded)
        return Error::ok;
    return call.fail(decoded.error, "message: " + std::string(decoded.detail.view()));
}

}  // namespace

Error handle(Call& call, const message::SetTimelock& message)
{
    const GovernanceParams& before = call.store.config().governance;
    const GovernanceParams& after = message.params;
    // What only makes everybody wait longer does not have to wait itself.
    const bool raises = MUTANT("g3-lower", after.timelock >= before.timelock, true) &&
                        after.pause_max == before.pause_max &&
                        after.pause_cool == before.pause_cool;
    const Error error =
        raises && !call.by_proposal ? call.require_governor() : call.require_governance();
    if (error != Error::ok)
        return error;
    if (const Refused refused = validate(after); refused != Error::ok)
        return call.refuse(refused);
    call.store.change_config().governance = after;
    call.emit("timelock_set")
        .number("timelock_s", after.timelock.raw())
        .number("pause_max_s", after.pause_max.raw())
        .number("pause_cool_s", after.pause_cool.raw());
    return Error::ok;
}

Error handle(Call& call, const message::Propose& message)
{
    if (const Error error = call.require_governor(); error != Error::ok)
        return error;
    const auto proposed = std::make_unique<GovernanceMessage>();
    if (const Error error = read(call, message.message.text, *proposed); error != Error::ok)
        return error;
    Proposal proposal;
    proposal.proposer = call.sender;
    proposal.eta = call.now() + call.store.config().governance.timelock;
    proposal.expires = proposal.eta + PROPOSAL_GRACE;
    proposal.message = message.message.text;
    const Seconds eta = proposal.eta;
    const Seconds expires = proposal.expires;
    call.store.add_proposal(std::move(proposal));
    call.emit("proposed")
        .number("id", call.store.config().proposals)
        .text("proposer", call.sender.view())
        .number("eta", eta.raw())
        .number("expires", expires.raw());
    return Error::ok;
}

Error handle(Call& call, const message::ExecuteProposal& message)
{
    if (const Error error = call.require_governor(); error != Error::ok)
        return error;
    const Proposal* proposal = call.store.proposal(message.id);
    if (proposal == nullptr)
        return call.missing("proposal", message.id);
    if (GUARD("g3-eta", call.now() < proposal->eta))
        return call.fail(Error::too_early, "proposal", message.id);
    if (GUARD("g3-expires", call.now() >= proposal->expires))
        return call.fail(Error::proposal_expired, "proposal", message.id);
    const auto proposed = std::make_unique<GovernanceMessage>();
    if (const Error error = read(call, proposal->message, *proposed); error != Error::ok)
        return error;
    call.by_proposal = true;
    const Error error =
        std::visit([&](const auto& alternative) { return handle(call, alternative); }, *proposed);
    call.by_proposal = false;
    if (error != Error::ok)
        return error;
    call.store.remove_proposal(message.id);
    call.emit("proposal_executed").number("id", message.id);
    return Error::ok;
}

Error handle(Call& call, const message::CancelProposal& message)
{
    if (const Error error = call.require_role(role::GOVERNANCE | role::GUARDIAN);
        error != Error::ok)
        return error;
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    if (call.store.proposal(message.id) == nullptr)
        return call.missing("proposal", message.id);
    call.store.remove_proposal(message.id);
    call.emit("proposal_cancelled").number("id", message.id);
    return Error::ok;
}

}  // namespace plimsoll::contract
