// plimsoll: engine/model/bounds.hpp                                 SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. The words in which validate() functions say their bounds.
#pragma once

#include "engine/units/units.hpp"

#include <cstdint>

namespace plimsoll {

[[nodiscard]] constexpr Ratio ratio_per_mille(std::int64_t thousandths) noexcept
{
    return Ratio::from_raw(static_cast<num::i128>(thousandths) * (num::WAD / 1'000));
}

template <class Tag>
[[nodiscard]] constexpr bool between(Fixed<Tag> low, Fixed<Tag> value, Fixed<Tag> high) noexcept
{
    return low <= value && value <= high;
}
[[nodiscard]] constexpr bool between(std::uint64_t low, Seconds value, std::uint64_t high) noexcept
{
    return low <= value.raw() && value.raw() <= high;
}
/// From zero.
[[nodiscard]] constexpr bool up_to(Ratio value, Ratio high) noexcept
{
    return between(Ratio::zero(), value, high);
}

}  // namespace plimsoll
