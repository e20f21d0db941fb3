// plimsoll: host-sim/gas_table.cpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See gas_table.hpp.
#include "host-sim/gas_table.hpp"

#include "host-sim/gas_yard.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {
std::vector<GasRow> measure_gas(Vm& vm)
{
    Yard yard(vm);
    yard.set_up();
    yard.note("deposit", yard.deposit("trader", 2, "usdc", 1'000'000));
    yard.note("trade: one fill, 9 and 10 positions", yard.fill(MARKETS - 1, 2, 1, "6"));
    yard.note("push prices, 8 feeds", yard.push("990", false));
    yard.note("push prices, 8 feeds and 10 premiums", yard.push("980", true));
    yard.note("withdraw, 10 positions",
        yard.send("keeper", R"({"withdraw":{"account":3,"asset":0,"amount":"1000000"}})"));
    yard.push("890", false);
    yard.note("query health, 10 positions", yard.ask(R"({"health":{"account":2}})"));
    yard.note("flag, 10 positions", yard.send("keeper", R"({"flag":{"account":2}})"));
    yard.wait(60);
    yard.note("liquidate, 10 positions each side",
        yard.send(
            "keeper", R"({"liquidate":{"account":2,"market":0,"buyer":3,"base_max":"100"}})"));
    yard.push("830", false);
    yard.wait(1000);
    yard.note(
        "resolve, insolvent, 9 positions", yard.send("keeper", R"({"resolve":{"account":2}})"));
    yard.observe();
    for (const char* price : {"830", "831", "832"}) {
        yard.wait_until(300, 0);
        yard.push(price, false);
    }
    yard.wait_until(300, 60);
    yard.push("833", false);
    yard.note("push 8 observed feeds", yard.push("834", false));
    yard.wait_until(300, 0);
    yard.note("push 8 observed feeds, at an instant", yard.push("835", false));
    yard.wait_until(3'600, 0);
    yard.note("push 8 observed feeds, at a full hour", yard.push("836", false));
    yard.note("deposit, observed, 10 positions", yard.deposit("keeper", 3, "usdc", 1'000'000));
    yard.note("query health, observed, 10 positions", yard.ask(R"({"health":{"account":3}})"));
    measure_messages(yard);
    measure_maxima(yard);
    measure_timelock(yard);
    return std::move(yard.rows);
}

std::string gas_table(const std::vector<GasRow>& rows)
{
    std::string text = fmt::format("{:<44}{:>10}{:>10}{:>10}{:>8}{:>11}{:>11}\n", "SDK gas a call",
        "VM gas M", "compute", "storage", "events", "pinned", "unpinned");
    for (const GasRow& row : rows)
        text += fmt::format("{:<44}{:>10}{:>10}{:>10}{:>8}{:>11}{:>11}\n", row.call,
            (row.gas.code_vm_gas + row.gas.host_vm_gas) / 1'000'000, row.gas.compute_sdk_gas(),
            row.gas.storage_sdk_gas, row.gas.event_sdk_gas,
            row.gas.total_sdk_gas(GasReport::Loading::pinned),
            row.gas.total_sdk_gas(GasReport::Loading::unpinned));
    return text;
}

}  // namespace plimsoll::sim
