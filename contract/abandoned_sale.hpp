// plimsoll: contract/abandoned_sale.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the hall. What is left of a sale that has failed its post-condition (L12).
// Promises: nothing that the sale did stays; the account's curve ends, so that the house's next stage can run at
// once. No account becomes impossible to liquidate by a check that fails, and no call fails by it.
#pragma once

#include "contract/address.hpp"
#include "contract/contract.hpp"
#include "engine/model/ids.hpp"

namespace plimsoll::contract {

/// @pre nothing of the call that sold has been committed to `host`
[[nodiscard]] Error abandon_sale(
    Host& host, const Env& env, const Address& sender, AccountId account, Outcome& outcome);

}  // namespace plimsoll::contract
