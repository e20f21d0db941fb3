// plimsoll: wasm/cosmwasm/chain_host.hpp                            SPDX-License-Identifier: Apache-2.0
// Room: the doors, CosmWasm. The clearinghouse's Host over the chain's storage and address rules.
// Promises: no argument that a caller can influence makes the chain's side of a call fail.
// Never: compiled natively.
#pragma once

#include "contract/host.hpp"

#include <string>
#include <string_view>

namespace plimsoll::cosmwasm {

class ChainHost final : public contract::Host
{
public:
    [[nodiscard]] bool read(std::string_view key, std::string& value) const override;
    void write(std::string_view key, std::string_view value) override;
    void remove(std::string_view key) override;
    [[nodiscard]] bool valid_address(std::string_view text) const override;
    [[nodiscard]] bool query_contract(
        std::string_view address, std::string_view json, std::string& answer) const override;
};

}  // namespace plimsoll::cosmwasm
