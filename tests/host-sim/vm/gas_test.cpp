// plimsoll: tests/host-sim/vm/gas_test.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Gas of a CosmWasm chain, summed by hand.
#include "host-sim/vm/gas.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace plimsoll::sim;
using plimsoll::contract::Event;

TEST_CASE("gas: storage pays for the key as the chain keeps it, 33 bytes longer")
{
    CHECK(read_sdk_gas(5, 100) == 1000 + 3 * (33 + 5 + 100));
    CHECK(read_sdk_gas(5, 0) == 1000 + 3 * (33 + 5));
    CHECK(write_sdk_gas(5, 100) == 2000 + 30 * (33 + 5 + 100));
    CHECK(remove_sdk_gas() == 1000);
}

TEST_CASE("gas: the first hundred bytes of attributes are free, types are not")
{
    CHECK(events_sdk_gas({}) == 0);
    const Event plain{"transfer", {}};
    const std::vector<Event> one = {plain};
    CHECK(events_sdk_gas(one) == 20 + 8);
    const Event small{"deposit", {{"account", "7"}, {"seq", "1"}}};
    const Event large{"deposit", {{"k", std::string(99, 'v')}}};
    const std::vector<Event> events = {small, large, small};
    // 12 bytes are free, then 88 of 100, then none.
    CHECK(events_sdk_gas(events) == (20 + 7 + 20) + (20 + 7 + 10 + 12) + (20 + 7 + 20 + 12));
}

TEST_CASE("gas: totals add loading, pinned or not, and round compute down")
{
    GasReport gas;
    gas.code_vm_gas = 139'999;
    CHECK(gas.compute_sdk_gas() == 0);
    gas.host_vm_gas = 1;
    gas.storage_sdk_gas = 10;
    gas.event_sdk_gas = 100;
    CHECK(gas.compute_sdk_gas() == 1);
    CHECK(gas.total_sdk_gas(GasReport::Loading::pinned) == 2'111);
    CHECK(gas.total_sdk_gas(GasReport::Loading::unpinned) == 60'111);
}

TEST_CASE("gas: a region costs a flat price and one by the byte")
{
    CHECK(region_read_vm_gas(0) == 200'000);
    CHECK(region_read_vm_gas(1000) == 315'000);
}
