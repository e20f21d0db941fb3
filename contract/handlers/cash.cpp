// plimsoll: contract/handlers/cash.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the hall. What governance sets for borrowed and supplied quote, and deficits that suppliers share.
#include "contract/handlers.hpp"
#include "engine/mutation.hpp"

namespace plimsoll::contract {

Error handle(Call& call, const message::SetCash& message)
{
    if (const Error error = call.require_governance(); error != Error::ok)
        return error;
    CashParams params{message.borrow, message.gate, {}};
    if (message.unbonding)
        params.staking.unbonding = *message.unbonding;
    if (const Refused refused = validate(params, call.store.config().liquidation);
        refused != Error::ok)
        return call.refuse(refused);
    // Interest until now goes by what stood until now; a gate closes by what is open now.
    const bool first = !call.store.config().cash.borrow.given();
    if (!first && call.store.change_cash_pool() == nullptr)
        return call.fail(call.store.error(), "cash");
    if (call.store.house() == nullptr)
        return call.fail(call.store.error(), "house");
    call.store.change_config().cash = params;
    if (first)
        call.store.start_cash_pool();
    call.emit("cash_set");
    return Error::ok;
}

Error handle(Call& call, const message::CoverDeficit&)
{
    if (const Error error = call.require_no_funds(); error != Error::ok)
        return error;
    const House* before = call.store.house();
    if (before == nullptr)
        return call.fail(call.store.error(), "house");
    const Money open = before->insurance.open_deficit;
    CashPool* pool = call.store.change_cash_pool();
    if (pool == nullptr && call.store.error() != Error::ok)
        return call.fail(call.store.error(), "cash");
    if (pool == nullptr || !open.is_positive())
        return call.fail(Error::nothing_to_do, "open_deficit");
    // Of the insurance only what interest has brought it: where a market's `insurance_cap` has left a deficit
    // beside a balance, the balance is for other losses, and later income repays the deficit.
    House* house = call.store.change_house();
    if (house == nullptr)
        return call.fail(call.store.error(), "house");
    Insurance& insurance = house->insurance;
    const Money from_insurance = open - insurance.open_deficit;
    // What the inventory will bring is nobody's loss.
    const Result<Money> uncovered = call.store.shared_deficit(insurance);
    if (!uncovered)
        return call.fail(uncovered.error(), "stable");
    const Money from_suppliers = share_deficit(*pool, call.store.config().cash.borrow,
        MUTANT("w4-inventory", *uncovered, insurance.open_deficit), call.now());
    insurance.open_deficit -= from_suppliers;
    // What nobody wants to pay for now may bring more than it counts for.
    insurance.advance(MUTANT("w10-advanced", from_suppliers, Money::zero()),
        call.store.inventory_at_last_ceil(insurance));
    end_borne_epoch(house->staking, insurance, from_suppliers);
    if (from_insurance.is_zero() && from_suppliers.is_zero())
        return call.fail(Error::nothing_to_do, "open_deficit");
    call.emit("deficit_covered")
        .decimal("from_insurance", from_insurance)
        .decimal("from_suppliers", from_suppliers)
        .decimal("open_deficit", insurance.open_deficit);
    return Error::ok;
}

}  // namespace plimsoll::contract
