// plimsoll: host-sim/text.hpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. Values as the exact decimal text that messages and reports carry.
#pragma once

#include "engine/num/decimal.hpp"
#include "engine/units/units.hpp"

#include <string>
#include <string_view>

namespace plimsoll::sim {

/// All 18 decimals, trailing zeros dropped.
template <class Tag>
[[nodiscard]] std::string text(Fixed<Tag> value)
{
    return std::string(std::string_view(num::decimal_text(value.raw(), num::WAD_DECIMALS)));
}

/// A whole number of base units.
[[nodiscard]] inline std::string amount_text(num::i128 amount)
{
    return std::string(std::string_view(num::decimal_text(amount, 0)));
}

/// `value` cut toward zero to `decimals` fractional digits.
template <class Tag>
[[nodiscard]] Fixed<Tag> cut_trunc(Fixed<Tag> value, int decimals)
{
    const auto step = static_cast<num::i128>(num::power_of_ten(num::WAD_DECIMALS - decimals));
    return Fixed<Tag>::from_raw(value.raw() / step * step);
}

/// For people: cut toward zero to `decimals`, thousands separated by commas.
template <class Tag>
[[nodiscard]] std::string grouped_text(Fixed<Tag> value, int decimals)
{
    std::string plain = text(cut_trunc(value, decimals));
    const std::size_t first = plain.starts_with('-') ? 1 : 0;
    std::size_t at = plain.find('.');
    if (at == std::string::npos)
        at = plain.size();
    while (at > first + 3) {
        at -= 3;
        plain.insert(at, 1, ',');
    }
    return plain;
}

}  // namespace plimsoll::sim
