// plimsoll: contract/address.hpp                                    SPDX-License-Identifier: Apache-2.0
// Room: the hall. The address of a person or a contract as the chain writes it.
// Promises: at most 90 bytes, the greatest length of a bech32 text; compared byte by byte.
// Never: validates. Host::valid_address() does, once, where the text comes in.
#pragma once

#include "contract/bounded_text.hpp"

namespace plimsoll::contract {

struct AddressTag
{
    static constexpr std::string_view NAME = "Address";
};

using Address = BoundedText<AddressTag, 90>;

}  // namespace plimsoll::contract
