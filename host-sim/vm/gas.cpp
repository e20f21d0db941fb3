// plimsoll: host-sim/vm/gas.cpp                                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. See gas.hpp.
#include "host-sim/vm/gas.hpp"

#include <algorithm>

namespace plimsoll::sim {

namespace {

constexpr std::uint64_t READ_FLAT = 1'000;
constexpr std::uint64_t READ_BYTE = 3;
constexpr std::uint64_t WRITE_FLAT = 2'000;
constexpr std::uint64_t WRITE_BYTE = 30;
constexpr std::uint64_t REMOVE_FLAT = 1'000;
// One byte for the kind of record, 32 for the contract's address.
constexpr std::uint64_t STORE_PREFIX_SIZE = 33;

constexpr std::uint64_t EVENT_FLAT = 20;
constexpr std::uint64_t EVENT_ATTRIBUTE = 10;
constexpr std::uint64_t EVENT_BYTE = 1;
constexpr std::uint64_t EVENT_BYTES_FREE = 100;

}  // namespace

std::uint64_t GasReport::compute_sdk_gas() const noexcept
{
    return (code_vm_gas + host_vm_gas) / VM_GAS_PER_SDK_GAS;
}

std::uint64_t GasReport::total_sdk_gas(Loading loading) const noexcept
{
    const std::uint64_t load =
        loading == Loading::pinned ? LOAD_PINNED_SDK_GAS : LOAD_UNPINNED_SDK_GAS;
    return load + compute_sdk_gas() + storage_sdk_gas + event_sdk_gas;
}

std::uint64_t read_sdk_gas(std::size_t key_size, std::size_t value_size) noexcept
{
    return READ_FLAT + READ_BYTE * (STORE_PREFIX_SIZE + key_size + value_size);
}

std::uint64_t write_sdk_gas(std::size_t key_size, std::size_t value_size) noexcept
{
    return WRITE_FLAT + WRITE_BYTE * (STORE_PREFIX_SIZE + key_size + value_size);
}

std::uint64_t remove_sdk_gas() noexcept
{
    return REMOVE_FLAT;
}

std::uint64_t events_sdk_gas(std::span<const contract::Event> events) noexcept
{
    std::uint64_t gas = 0;
    std::uint64_t free_bytes = EVENT_BYTES_FREE;
    for (const contract::Event& event : events) {
        std::uint64_t bytes = 0;
        for (const contract::Attribute& attribute : event.attributes)
            bytes += attribute.key.size() + attribute.value.size();
        const std::uint64_t waived = std::min(bytes, free_bytes);
        free_bytes -= waived;
        // The type of an event has no free bytes.
        gas += EVENT_FLAT + EVENT_BYTE * (event.type.size() + bytes - waived) +
               EVENT_ATTRIBUTE * event.attributes.size();
    }
    return gas;
}

}  // namespace plimsoll::sim
