// plimsoll: contract/queries/proposals.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the hall. Queries about what governance will do.
#include "contract/queries.hpp"

namespace plimsoll::contract {
namespace {

using json::member;

void write_proposal(json::Writer& json, std::uint64_t id, const Proposal& proposal)
{
    json.begin_object();
    member(json, "id", id);
    member(json, "proposer", proposal.proposer);
    member(json, "eta", proposal.eta);
    member(json, "expires", proposal.expires);
    json.key("message");
    json.raw(proposal.message);
    json.end_object();
}

}  // namespace

Error answer(QueryCall& query, const message::ProposalQuery& message)
{
    const Proposal* proposal = query.call.store.proposal(message.id);
    if (proposal == nullptr)
        return query.call.missing("proposal", message.id);
    write_proposal(query.json, message.id, *proposal);
    return Error::ok;
}

Error answer(QueryCall& query, const message::ProposalsQuery& message)
{
    Call& call = query.call;
    const std::uint64_t last = call.store.config().proposals;
    const std::uint64_t first = message.cursor == 0 ? 1 : message.cursor;
    json::Writer& json = query.json;
    json.begin_object();
    json.key("proposals");
    json.begin_array();
    std::uint64_t id = first;
    for (; id <= last && id - first < message.limit; ++id) {
        const Proposal* proposal = call.store.proposal(id);
        if (proposal != nullptr)
            write_proposal(json, id, *proposal);
        else if (call.store.error() != Error::no_such_proposal)
            return call.missing("proposal", id);
    }
    json.end_array();
    write_next(json, id, last + 1);
    member(json, "time", call.now());
    json.end_object();
    return Error::ok;
}

}  // namespace plimsoll::contract
