// plimsoll: host-sim/margin/case_field.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See case_field.hpp.
#include "host-sim/margin/case_field.hpp"

#include "engine/num/decimal.hpp"

#include <charconv>
#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

std::string plain(num::i128 raw)
{
    return std::string(std::string_view(num::decimal_text(raw, num::WAD_DECIMALS)));
}

/// "from 0 to 1", or "above 0, to 1" where the least is the first number above zero.
std::string range_text(num::i128 least, num::i128 greatest)
{
    return least == 1 ? fmt::format("above 0, to {}", plain(greatest))
                      : fmt::format("from {} to {}", plain(least), plain(greatest));
}

}  // namespace

std::optional<num::i128> read_decimal(std::string_view text)
{
    if (const auto point = text.find('.'); point != std::string_view::npos) {
        const std::size_t longest = point + 1 + num::WAD_DECIMALS;
        while (text.size() > longest && text.back() == '0')
            text.remove_suffix(1);
    }
    if (const auto parsed = num::parse_decimal(text, num::WAD_DECIMALS))
        return *parsed;
    // The engine has one text for zero; people and other programs also write "-0" and "-0.0".
    if (text.starts_with('-')) {
        const auto magnitude = num::parse_decimal(text.substr(1), num::WAD_DECIMALS);
        if (magnitude && *magnitude == 0)
            return 0;
    }
    return std::nullopt;
}

void CaseField::fail(std::string_view complaint) const
{
    throw CaseError(fmt::format("{}{}{}", m_path, m_path.empty() ? "" : ": ", complaint));
}

std::optional<CaseField> CaseField::maybe(std::string_view name)
{
    if (!m_value->is_object())
        fail("must be an object");
    m_known.emplace(name);
    const auto found = m_value->find(std::string(name));
    if (found == m_value->end())
        return std::nullopt;
    return CaseField(
        *found, m_path.empty() ? std::string(name) : fmt::format("{}.{}", m_path, name));
}

CaseField CaseField::at(std::string_view name)
{
    auto field = maybe(name);
    if (!field)
        fail(fmt::format("the field \"{}\" is missing", name));
    return *std::move(field);
}

void CaseField::finish() const
{
    for (const auto& [name, value] : m_value->items()) {
        if (!m_known.contains(name))
            fail(fmt::format("has no field \"{}\"", name));
    }
}

std::vector<CaseField> CaseField::items() const
{
    if (!m_value->is_array())
        fail("must be a list");
    std::vector<CaseField> list;
    list.reserve(m_value->size());
    for (std::size_t i = 0; i < m_value->size(); ++i)
        list.emplace_back((*m_value)[i], fmt::format("{}[{}]", m_path, i));
    return list;
}

std::string CaseField::name() const
{
    if (!m_value->is_string() || m_value->get_ref<const std::string&>().empty())
        fail("must be a string that is not empty");
    return m_value->get<std::string>();
}

bool CaseField::flag() const
{
    if (!m_value->is_boolean())
        fail("must be true or false");
    return m_value->get<bool>();
}

std::uint64_t CaseField::whole(std::uint64_t greatest) const
{
    std::optional<std::uint64_t> number;
    if (m_value->is_number_integer() && *m_value >= 0) {
        number = m_value->get<std::uint64_t>();
    } else if (m_value->is_string()) {
        const auto& text = m_value->get_ref<const std::string&>();
        std::uint64_t read = 0;
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, read);
        if (error == std::errc() && stop == end)
            number = read;
    }
    if (!number || *number > greatest)
        fail(fmt::format("must be a whole number from 0 to {}", greatest));
    return *number;
}

std::size_t CaseField::choice(std::initializer_list<std::string_view> words) const
{
    std::string list;
    std::size_t index = 0;
    for (const auto word : words) {
        if (m_value->is_string() && m_value->get_ref<const std::string&>() == word)
            return index;
        list += fmt::format("{}\"{}\"", index == 0 ? "" : ", ", word);
        ++index;
    }
    fail("must be one of " + list);
}

num::i128 CaseField::decimal(num::i128 least, num::i128 greatest) const
{
    std::optional<num::i128> raw;
    if (m_value->is_string()) {
        const auto& text = m_value->get_ref<const std::string&>();
        raw = read_decimal(text);
        if (!raw) {
            const auto error = num::parse_decimal(text, num::WAD_DECIMALS).error();
            fail(error == Error::out_of_range
                     ? "out of range: " + range_text(least, greatest)
                     : std::string("not a decimal number of at most 18 digits behind the point"));
        }
    } else if (m_value->is_number_integer()) {
        raw = read_decimal(m_value->dump());
    } else {
        fail(m_value->is_number_float() ? "must be a decimal string, such as \"0.5\": a JSON "
                                          "number with a point is not exact"
                                        : "must be a decimal string, such as \"0.5\"");
    }
    if (!raw || *raw < least || *raw > greatest)
        fail("out of range: " + range_text(least, greatest));
    return *raw;
}

}  // namespace plimsoll::sim
