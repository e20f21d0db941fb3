// plimsoll: host-sim/vm/vm.hpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. A contract that can be called: compiled in, as the deployed wasm
// bytes, or both side by side.
// Promises: whatever the machine, a call gives the same Response and leaves the same records. An
// error or a trap leaves no write and no event.
// Never: moves tokens. The caller does, by the transfers of a Response.
#pragma once

#include "contract/contract.hpp"
#include "engine/num/int128.hpp"
#include "host-sim/vm/gas.hpp"
#include "host-sim/vm/storage.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::sim {

/// Native tokens that come with a call, in base units.
struct Coin
{
    std::string denom;
    num::i128 amount = 0;
};

/// What the chain says around a call. A query has no sender and no funds.
struct CallEnv
{
    std::uint64_t time_s = 0;
    std::uint64_t height = 0;
    std::string sender;
    std::string contract_address;
    std::vector<Coin> funds;
};

/// The code of a Response whose call was stopped by a trap, or whose answer made no sense.
inline constexpr std::uint16_t TRAPPED = 0xffff;

struct Response
{
    bool ok = true;
    std::uint16_t error_code = 0;
    std::string error;  ///< "<number> <name>: <detail>", or what trapped; empty when ok.
    std::vector<contract::Event> events;
    std::vector<contract::Transfer> transfers;
    std::string data;  ///< The answer of a query, JSON.
    GasReport gas;     ///< Zero from a machine that does not meter.
};

/// What first told two machines apart.
struct Difference
{
    std::uint64_t height = 0;
    std::string call;  ///< Which entry point with what, or "records" when the responses agreed.
    std::string what;
};

enum class VmKind : std::uint8_t
{
    native,
    wasm,
    both
};

class Vm
{
public:
    Vm() = default;
    Vm(const Vm&) = delete;
    Vm& operator=(const Vm&) = delete;
    virtual ~Vm() = default;

    virtual Response instantiate(const CallEnv& env, std::string_view json) = 0;
    virtual Response execute(const CallEnv& env, std::string_view json) = 0;
    virtual Response query(const CallEnv& env, std::string_view json) = 0;

    [[nodiscard]] virtual const Storage::Records& records() const = 0;
    /// 64 hexadecimal digits over all records.
    [[nodiscard]] virtual std::string digest_hex() = 0;

    /// To be called after each block: the first difference so far, if the machine compares
    /// anything.
    [[nodiscard]] virtual std::optional<Difference> end_block(std::uint64_t height);
};

/// A machine, or why there is none.
struct MadeVm
{
    std::unique_ptr<Vm> vm;
    std::string error;
};
[[nodiscard]] MadeVm make_vm(VmKind kind);

[[nodiscard]] std::optional<VmKind> vm_kind_of(std::string_view name);

}  // namespace plimsoll::sim
