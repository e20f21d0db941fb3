// plimsoll: tests/host-sim/gas_table_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The gas table has a row for every message, and its story goes through.
#include "host-sim/gas_table.hpp"

#include "contract/message.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

using namespace plimsoll;
using namespace plimsoll::sim;

TEST_CASE("gas table: every message has a row but the one that needs another contract")
{
    const MadeVm made = make_vm(VmKind::native);
    REQUIRE(made.vm);
    std::set<std::string> measured;
    for (const GasRow& row : measure_gas(*made.vm))
        measured.insert(row.message);
    for (const contract::json::Alternative& message :
        contract::json::ALTERNATIVES<contract::ExecuteMessage>) {
        INFO(message.name);
        CHECK((measured.count(std::string(message.name)) == 1) == (message.name != "pull_prices"));
    }
}
