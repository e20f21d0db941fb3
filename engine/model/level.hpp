// plimsoll: engine/model/level.hpp                                  SPDX-License-Identifier: Apache-2.0
// Room: the vault, model shelf. The two levels of margin.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll {

enum class Level : std::uint8_t
{
    initial = 0,      ///< What a change that adds risk must leave.
    maintenance = 1,  ///< Below it the account is liquidatable.
};

inline constexpr Level LEVELS[] = {Level::initial, Level::maintenance};

/// One value for each level.
template <class T>
struct PerLevel
{
    T initial{};
    T maintenance{};

    [[nodiscard]] constexpr const T& of(Level level) const noexcept
    {
        return level == Level::initial ? initial : maintenance;
    }
    [[nodiscard]] constexpr T& of(Level level) noexcept
    {
        return level == Level::initial ? initial : maintenance;
    }
};

/// How the margin of an account is computed.
enum class MarginMode : std::uint8_t
{
    standard = 0,   ///< Position by position (MARGIN F-7 to F-11).
    portfolio = 1,  ///< By scenarios of the whole book (F-12 to F-29).
};

/// The wire names in the order of the numbers.
inline constexpr std::array<std::string_view, 2> MARGIN_MODE_NAMES = {"standard", "portfolio"};

/// The wire name; empty for a number that is no mode.
[[nodiscard]] constexpr std::string_view name_of(MarginMode mode) noexcept
{
    const auto index = static_cast<std::size_t>(mode);
    return index < MARGIN_MODE_NAMES.size() ? MARGIN_MODE_NAMES[index] : std::string_view{};
}

/// Whether the stored number is one of the modes.
[[nodiscard]] constexpr bool is_margin_mode(std::uint8_t number) noexcept
{
    return number < MARGIN_MODE_NAMES.size();
}

}  // namespace plimsoll
