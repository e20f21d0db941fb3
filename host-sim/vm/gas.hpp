// plimsoll: host-sim/vm/gas.hpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. What one call costs on a CosmWasm chain, part by part.
// Promises: cosmwasm-vm 2.x and 3.x prices for instructions and host functions, wasmd's for loading
// and events, the Cosmos SDK's for storage.
// Never: counts what surrounds the contract: signatures, transaction bytes, wasmd's own records,
// the bank's messages.
#pragma once

#include "contract/contract.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace plimsoll::sim {

/// Two units: VM gas inside the machine, SDK gas outside; 140,000 of the first are one of the
/// second.
struct GasReport
{
    std::uint64_t code_vm_gas = 0;      ///< Instructions of the module.
    std::uint64_t host_vm_gas = 0;      ///< Calls to the host and bytes across the border.
    std::uint64_t storage_sdk_gas = 0;  ///< Reads, writes and removals.
    std::uint64_t event_sdk_gas = 0;    ///< Bytes and attributes of events.

    /// Instructions and host functions in SDK gas, floor: the chain rounds in the caller's favour.
    [[nodiscard]] std::uint64_t compute_sdk_gas() const noexcept;

    enum class Loading : std::uint8_t
    {
        pinned,
        unpinned
    };
    /// Everything, with the price of loading the module.
    [[nodiscard]] std::uint64_t total_sdk_gas(Loading loading) const noexcept;
};

/// VM gas, from cosmwasm-vm 2.0 on.
inline constexpr std::uint64_t HOST_CALL_VM_GAS = 18'000;
inline constexpr std::uint64_t REGION_READ_VM_GAS = 200'000;
inline constexpr std::uint64_t REGION_READ_BYTE_VM_GAS = 115;
inline constexpr std::uint64_t UTF8_VM_GAS = 28'700;
inline constexpr std::uint64_t UTF8_BYTE_VM_GAS = 1'400;
inline constexpr std::uint64_t VM_GAS_PER_SDK_GAS = 140'000;

/// SDK gas: wasmd's default gas register.
inline constexpr std::uint64_t LOAD_UNPINNED_SDK_GAS = 60'000;
inline constexpr std::uint64_t LOAD_PINNED_SDK_GAS = 2'000;
/// An address is taken apart (4) and put together again (5).
inline constexpr std::uint64_t ADDRESS_CHECK_SDK_GAS = 9;

[[nodiscard]] constexpr std::uint64_t region_read_vm_gas(std::uint64_t size) noexcept
{
    return REGION_READ_VM_GAS + REGION_READ_BYTE_VM_GAS * size;
}

/// The SDK's KVGasConfig over a key as wasmd stores it: 33 bytes of contract prefix before ours.
/// A record that is absent has no value bytes to pay for.
[[nodiscard]] std::uint64_t read_sdk_gas(std::size_t key_size, std::size_t value_size) noexcept;
[[nodiscard]] std::uint64_t write_sdk_gas(std::size_t key_size, std::size_t value_size) noexcept;
[[nodiscard]] std::uint64_t remove_sdk_gas() noexcept;

/// wasmd: 20 an event, 10 an attribute, 1 a byte; the first 100 bytes of attributes are free.
[[nodiscard]] std::uint64_t events_sdk_gas(std::span<const contract::Event> events) noexcept;

}  // namespace plimsoll::sim
