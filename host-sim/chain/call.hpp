// plimsoll: host-sim/chain/call.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, chain. One message on its way to the contract, and what came of it.
#pragma once

#include "contract/contract.hpp"
#include "engine/num/int128.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace plimsoll::sim {

enum class CallKind : std::uint8_t
{
    instantiate,
    execute,
};

/// Tokens that travel with a message, in base units.
struct Funds
{
    std::string denom;
    num::i128 amount = 0;
};

struct Call
{
    CallKind kind = CallKind::execute;
    std::uint32_t height = 0;
    std::uint64_t time_s = 0;
    std::string sender;
    std::vector<Funds> funds;
    std::string message;
};

/// What the sender of a message sees.
struct Receipt
{
    std::uint16_t code = 0;  ///< The stable number of an Error; 0 when all went well.
    std::string error;       ///< "<number> <name>: <detail>"; empty when all went well.
    std::vector<contract::Event> events;

    [[nodiscard]] bool ok() const noexcept { return code == 0; }
};

/// Whoever must see every call: trace, checker, metrics.
class CallObserver
{
public:
    virtual ~CallObserver() = default;
    virtual void on_call(const Call& call, const Receipt& receipt) = 0;
};

}  // namespace plimsoll::sim
