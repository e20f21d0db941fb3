// plimsoll: contract/queries/settlement.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the hall. A query about what markets will settle at.
#include "engine/oracle/settlement.hpp"

#include "contract/queries.hpp"

namespace plimsoll::contract {

using json::member;

Error answer(QueryCall& query, const message::SettlementQuery& message)
{
    Call& call = query.call;
    const Settlements* settlements = call.store.settlements(message.underlying);
    if (settlements == nullptr)
        return call.missing("underlying", message.underlying.value);
    const Settlement* settlement = settlement_at(*settlements, message.expiry);
    if (settlement == nullptr)
        return call.fail(Error::no_settlement, "underlying", message.underlying.value);
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "underlying", message.underlying);
    member(json, "expiry", settlement->end);
    member(json, "window_s", settlement->terms.window);
    member(json, "coverage", settlement->terms.coverage);
    member(json, "wait_s", settlement->terms.wait);
    member(json, "price_bound", settlement->terms.price_bound);
    json.key("markets");
    json.integer(settlement->markets);
    member(json, "covered_s", settlement->covered);
    if (const Price price = settlement_floor(*settlement); price.is_positive())
        member(json, "price", price);
    member(json, "known", settlement_known(*settlement));
    member(json, "settles", static_cast<bool>(settle(*settlement, call.now())));
    member(json, "time", call.now());
    json.end_object();
    return Error::ok;
}

}  // namespace plimsoll::contract
