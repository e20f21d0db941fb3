// plimsoll: contract/cw20.hpp                                      SPDX-License-Identifier: Apache-2.0
// Room: the hall. Tokens that a contract of the chain keeps, by the CW20 standard, instead of its bank.
// Promises: one denom for such a token, "cw20:" and the contract's address, in records, messages and transfers.
// Never: takes a coin of the bank for one: the bank's own rules allow a denom of that text.
#pragma once

#include <string_view>

namespace plimsoll::contract {

inline constexpr std::string_view CW20_PREFIX = "cw20:";

/// Whether the denom names a token that a contract keeps.
[[nodiscard]] constexpr bool is_cw20(std::string_view denom) noexcept
{
    return denom.substr(0, CW20_PREFIX.size()) == CW20_PREFIX;
}

/// The contract's address. @pre is_cw20(denom)
[[nodiscard]] constexpr std::string_view cw20_contract(std::string_view denom) noexcept
{
    return denom.substr(CW20_PREFIX.size());
}

}  // namespace plimsoll::contract
