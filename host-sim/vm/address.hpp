// plimsoll: host-sim/vm/address.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, machines. What the simulated chain takes for an address.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace plimsoll::sim {

inline constexpr std::size_t ADDRESS_SIZE_MAX = 90;

/// One to 90 lower-case letters, digits and underscores: readable names in place of bech32.
[[nodiscard]] constexpr bool valid_address(std::string_view text) noexcept
{
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !text.empty() && text.size() <= ADDRESS_SIZE_MAX &&
           std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace plimsoll::sim
