// plimsoll: contract/queries/cash.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the hall. Queries about all cash together: interest, the gate, stakes.
#include "contract/queries.hpp"

namespace plimsoll::contract {
namespace {

using json::member;

void write_gate(json::Writer& json, const GateState& gate, const GateParams& params, Seconds now)
{
    json.begin_object();
    const bool closed = is_closed(gate, params, now);
    member(json, "closed", closed);
    if (closed) {
        member(json, "since", gate.since);
        member(json, "deficit", gate.deficit);
        member(json, "opens_at", gate_opens_at_floor(params, gate.least));
        member(json, "window", gate.window);
        member(json, "outflow", gate.outflow);
        member(json, "outflow_max", scale_floor(gate.supplied, params.outflow_share));
    }
    json.end_object();
}

}  // namespace

Error answer(QueryCall& query, const message::CashQuery&)
{
    Store& store = query.call.store;
    const CashPool* pool = store.cash_pool();
    if (store.error() != Error::ok)
        return query.call.fail(store.error(), "cash");
    const CashParams& params = store.config().cash;
    json::Writer& json = query.json;
    json.begin_object();
    if (pool != nullptr) {
        const Ratio used = utilisation_ceil(*pool);
        member(json, "borrow", params.borrow);
        // 27 decimals do not fit the decimal form of units: raw integers, as in the formulas.
        json.key("borrow_index_e27");
        json.tokens(pool->borrow_index);
        json.key("supply_index_e27");
        json.tokens(pool->supply_index);
        member(json, "supplied", pool->supplied_floor);
        member(json, "borrowed", pool->borrowed_floor);
        member(json, "claims", pool->claims);
        member(json, "reserve", pool->reserve);
        json.key("residue");
        json.decimal(pool->residue.raw());
        member(json, "returning", pool->returning);
        member(json, "utilisation", used);
        member(json, "rate", borrow_rate_ceil(params.borrow, lent_ceil(*pool)));
        if (params.gate.given()) {
            member(json, "gate_params", params.gate);
            // As a withdrawal would find it.
            const CashPool* gated = store.refresh_gate();
            if (gated == nullptr)
                return query.call.fail(store.error(), "house");
            json.key("gate");
            write_gate(json, gated->gate, params.gate, query.call.now());
        }
        if (params.staking.given())
            member(json, "unbonding_s", params.staking.unbonding);
    }
    member(json, "time", query.call.now());
    json.end_object();
    return Error::ok;
}

Error answer(QueryCall& query, const message::StakeQuery& message)
{
    Store& store = query.call.store;
    const House* house = store.change_house();
    if (house == nullptr)
        return query.call.fail(store.error(), "house");
    const Stake* held = store.change_stake(message.address);
    if (held == nullptr)
        return query.call.fail(store.error(), "stake");
    const Result<InventoryWorth> inventory = store.inventory_worth(house->insurance);
    if (!inventory)
        return query.call.fail(inventory.error(), "stable");
    const Config& config = store.config();
    const Seconds wait = unbonding_length(config.cash, config.liquidation);
    const Stake stake = current(*held, house->staking, wait, query.call.now());
    json::Writer& json = query.json;
    json.begin_object();
    member(json, "address", message.address);
    json.key("shares");
    json.tokens(stake.shares);
    json.key("unbonding");
    json.tokens(stake.unbonding);
    member(json, "unbonding_since", stake.since);
    if (stake.unbonding > 0) {
        member(json, "claimable_at", stake.since + wait);
        member(json, "claimable_until", stake.since + wait + STAKE_CLAIM_WINDOW);
    }
    member(json, "worth",
        worth_floor(house->staking, house->insurance, stake.shares + stake.unbonding, *inventory));
    json.end_object();
    return Error::ok;
}

}  // namespace plimsoll::contract
