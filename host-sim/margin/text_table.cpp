// plimsoll: host-sim/margin/text_table.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See text_table.hpp.
#include "host-sim/margin/text_table.hpp"

#include "engine/num/decimal.hpp"

#include <algorithm>

namespace plimsoll::sim {
namespace {

/// -1234567 -> "-1,234,567" of the whole part of decimal text.
std::string grouped(std::string plain)
{
    const std::size_t first = plain.starts_with('-') ? 1 : 0;
    std::size_t at = std::min(plain.find('.'), plain.size());
    while (at > first + 3) {
        at -= 3;
        plain.insert(at, 1, ',');
    }
    return plain;
}

/// Nearest, halves away from zero.
num::i128 rounded(num::i128 raw, int decimals)
{
    const auto step = static_cast<num::i128>(num::power_of_ten(num::WAD_DECIMALS - decimals));
    const num::i128 rest = raw % step;
    const num::i128 size = rest < 0 ? -rest : rest;
    const num::i128 cut = raw - rest;
    return size * 2 < step ? cut : cut + (raw < 0 ? -step : step);
}

std::string plain_text(num::i128 raw)
{
    return std::string(std::string_view(num::decimal_text(raw, num::WAD_DECIMALS)));
}

}  // namespace

std::string rounded_text(num::i128 raw, int decimals)
{
    std::string plain = plain_text(rounded(raw, decimals));
    if (decimals > 0) {
        std::size_t point = plain.find('.');
        if (point == std::string::npos) {
            point = plain.size();
            plain += '.';
        }
        plain.append(point + 1 + static_cast<std::size_t>(decimals) - plain.size(), '0');
    }
    return grouped(std::move(plain));
}

std::string significant_text(num::i128 raw, int digits)
{
    const num::u128 size = num::magnitude(raw);
    // The place of the first digit, counted from the last decimal.
    int places = 0;
    for (num::u128 rest = size; rest != 0; rest /= 10)
        ++places;
    const int decimals = std::clamp(num::WAD_DECIMALS - (places - digits), 0, num::WAD_DECIMALS);
    return grouped(plain_text(rounded(raw, decimals)));
}

std::string TextTable::text(std::size_t indent, std::size_t first_width) const
{
    std::vector<std::size_t> widths{first_width};
    for (const auto& row : m_rows) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    std::string out;
    for (const auto& row : m_rows) {
        std::string line(indent, ' ');
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string blanks(widths[i] - row[i].size(), ' ');
            line += i == 0 ? "" : "  ";
            line += i < m_left ? row[i] + blanks : blanks + row[i];
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

}  // namespace plimsoll::sim
