// plimsoll: wasm/cosmwasm/imports.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the doors, CosmWasm. The host functions that the module imports, and the Region through
// which bytes cross the border in both directions.
// Promises: nothing beyond these five is imported; tools/wasmcheck holds the module to its list.
// Never: compiled natively.
#pragma once

#include <cstdint>
#include <string_view>

#if !defined(__wasm32__)
#error "the imports of a CosmWasm module exist in wasm32 only"
#endif

namespace plimsoll::cosmwasm {

/// A stretch of linear memory: three little-endian 32-bit words, by CosmWasm's interface version 8.
struct Region
{
    std::uint32_t offset;
    std::uint32_t capacity;
    std::uint32_t length;
};
static_assert(sizeof(Region) == 12 && alignof(Region) == 4);

/// The region that covers `bytes`, which must stay where they are while it is in use.
[[nodiscard]] inline Region region_of(std::string_view bytes) noexcept
{
    const auto size = static_cast<std::uint32_t>(bytes.size());
    return {reinterpret_cast<std::uint32_t>(bytes.data()), size, size};
}

[[nodiscard]] inline std::string_view bytes_of(const Region& region) noexcept
{
    return {reinterpret_cast<const char*>(region.offset), region.length};
}

#define PLIMSOLL_IMPORT(name) __attribute__((import_module("env"), import_name(name)))

extern "C" {

/// The record in a region that the host allocates through our own `allocate`; null when there is
/// none.
PLIMSOLL_IMPORT("db_read") const Region* db_read(const Region* key);
PLIMSOLL_IMPORT("db_write") void db_write(const Region* key, const Region* value);
PLIMSOLL_IMPORT("db_remove") void db_remove(const Region* key);
/// Null when the text is a canonical address of the chain; otherwise a region that says what it
/// lacks.
PLIMSOLL_IMPORT("addr_validate") const Region* addr_validate(const Region* text);
/// The chain's answer to a question in JSON, as JSON.
PLIMSOLL_IMPORT("query_chain") const Region* query_chain(const Region* request);

}  // extern "C"

#undef PLIMSOLL_IMPORT

}  // namespace plimsoll::cosmwasm
