// plimsoll: contract/abandoned_sale.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall. See abandoned_sale.hpp.
#include "contract/abandoned_sale.hpp"

#include "contract/call.hpp"
#include "engine/solvency/auction.hpp"

#include <memory>

namespace plimsoll::contract {

Error abandon_sale(
    Host& host, const Env& env, const Address& sender, AccountId account, Outcome& outcome)
{
    outcome = Outcome{};
    const auto store = std::make_unique<Store>(host);
    Call call{*store, host, env, sender, outcome};
    if (const Error error = store->open(call.now(), env.height); error != Error::ok)
        return error;
    AccountRecord* record = store->change_account(account);
    if (record == nullptr)
        return call.missing("account", account.value);
    call.ensure_flag(account, record->account);
    end_curve(record->account.flag, store->config().liquidation, call.now());
    call.emit("sale_abandoned").number("account", account.value);
    call.announce_funding();
    store->commit(host);
    return Error::ok;
}

}  // namespace plimsoll::contract
