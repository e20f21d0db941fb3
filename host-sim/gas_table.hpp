// plimsoll: host-sim/gas_table.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. What the contract's calls cost on a CosmWasm chain: a table over a house with eight
// feeds, ten markets and three assets, in which the accounts hold ten positions each, and over accounts that hold
// all that an account can.
// Promises: measured on the deployed bytes, metered; every call is checked to have succeeded.
#pragma once

#include "host-sim/vm/vm.hpp"

#include <string>
#include <vector>

namespace plimsoll::sim {

struct GasRow
{
    std::string call;     ///< For people.
    std::string message;  ///< The message that was sent; of a query "query" and its name.
    GasReport gas;
};

/// Throws std::runtime_error if a call that must succeed does not.
[[nodiscard]] std::vector<GasRow> measure_gas(Vm& vm);

/// For people; SDK gas but for the first column, which is in millions of VM gas.
[[nodiscard]] std::string gas_table(const std::vector<GasRow>& rows);

}  // namespace plimsoll::sim
