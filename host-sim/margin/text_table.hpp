// plimsoll: host-sim/margin/text_table.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. Aligned columns for a terminal, and numbers for people.
#pragma once

#include "engine/units/units.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::sim {

/// Rounded to `decimals` (nearest, halves away from zero), all of them written, thousands separated.
[[nodiscard]] std::string rounded_text(num::i128 raw, int decimals);
template <class Tag>
[[nodiscard]] std::string rounded_text(Fixed<Tag> value, int decimals)
{
    return rounded_text(value.raw(), decimals);
}

/// A price, an amount, a share: at least `digits` significant digits and no zeros behind them.
[[nodiscard]] std::string significant_text(num::i128 raw, int digits);
template <class Tag>
[[nodiscard]] std::string significant_text(Fixed<Tag> value, int digits = 6)
{
    return significant_text(value.raw(), digits);
}

/// The first column is flush left, the others flush right; `left` columns more are flush left.
class TextTable
{
public:
    explicit TextTable(std::size_t left = 0) : m_left(left + 1) {}

    void add(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }
    [[nodiscard]] bool empty() const { return m_rows.empty(); }
    /// Each line indented, no blanks at its end. The first column is at least `first_width` wide.
    [[nodiscard]] std::string text(std::size_t indent, std::size_t first_width = 0) const;

private:
    std::size_t m_left;
    std::vector<std::vector<std::string>> m_rows;
};

}  // namespace plimsoll::sim
