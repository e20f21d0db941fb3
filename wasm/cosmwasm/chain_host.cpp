// plimsoll: wasm/cosmwasm/chain_host.cpp                            SPDX-License-Identifier: Apache-2.0
// Room: the doors, CosmWasm. See chain_host.hpp.
#include "wasm/cosmwasm/chain_host.hpp"

#include "wasm/cosmwasm/imports.hpp"
#include "wasm/cosmwasm/smart_query.hpp"

#include <cstddef>

namespace plimsoll::cosmwasm {

namespace {

// The machine aborts the whole call on a longer text, instead of calling it invalid.
constexpr std::size_t ADDRESS_BYTES_MAX = 256;

}  // namespace

bool ChainHost::read(std::string_view key, std::string& value) const
{
    const Region key_region = region_of(key);
    const Region* const record = db_read(&key_region);
    if (record == nullptr) {
        value.clear();
        return false;
    }
    value.assign(bytes_of(*record));
    return true;
}

void ChainHost::write(std::string_view key, std::string_view value)
{
    const Region key_region = region_of(key);
    const Region value_region = region_of(value);
    db_write(&key_region, &value_region);
}

void ChainHost::remove(std::string_view key)
{
    const Region key_region = region_of(key);
    db_remove(&key_region);
}

bool ChainHost::valid_address(std::string_view text) const
{
    if (text.empty() || text.size() > ADDRESS_BYTES_MAX)
        return false;
    const Region region = region_of(text);
    return addr_validate(&region) == nullptr;
}

bool ChainHost::query_contract(
    std::string_view address, std::string_view json, std::string& answer) const
{
    const std::string request = smart_query(address, json);
    const Region region = region_of(request);
    const Region* const response = query_chain(&region);
    answer.clear();
    return response != nullptr && read_smart_answer(bytes_of(*response), ANSWER_SIZE_MAX, answer);
}

}  // namespace plimsoll::cosmwasm
