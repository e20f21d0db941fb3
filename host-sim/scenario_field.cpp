// plimsoll: host-sim/scenario_field.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See scenario_field.hpp.
#include "host-sim/scenario_field.hpp"

#include "engine/num/decimal.hpp"
#include "engine/units/ranges.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

constexpr num::i128 WAD_SIGNED = static_cast<num::i128>(num::WAD);

}  // namespace

void Field::fail(std::string_view complaint) const
{
    throw ScenarioError(fmt::format("{}{}{}", m_path, m_path.empty() ? "" : ": ", complaint));
}

bool Field::has(std::string_view name) const
{
    return m_value.is_object() && m_value.contains(std::string(name));
}

Field Field::at(std::string_view name)
{
    if (!m_value.is_object())
        fail("must be an object");
    const auto found = m_value.find(std::string(name));
    if (found == m_value.end())
        fail(fmt::format("the field \"{}\" is missing", name));
    m_known.emplace(name);
    return {*found, m_path.empty() ? std::string(name) : fmt::format("{}.{}", m_path, name)};
}

void Field::finish() const
{
    for (const auto& [name, value] : m_value.items()) {
        if (!m_known.contains(name))
            fail(fmt::format("has no field \"{}\"", name));
    }
}

std::vector<Field> Field::items() const
{
    if (!m_value.is_array())
        fail("must be a list");
    std::vector<Field> list;
    for (std::size_t i = 0; i < m_value.size(); ++i)
        list.emplace_back(m_value[i], fmt::format("{}[{}]", m_path, i));
    return list;
}

std::vector<Field> Field::items(std::size_t count) const
{
    auto list = items();
    if (list.size() != count)
        fail(fmt::format("must be a list of {}", count));
    return list;
}

bool Field::as_flag() const
{
    if (!m_value.is_boolean())
        fail("must be true or false");
    return m_value.get<bool>();
}

std::string Field::as_text() const
{
    if (!m_value.is_string())
        fail("must be a string");
    return m_value.get<std::string>();
}

std::string Field::as_symbol() const
{
    const auto symbol = as_text();
    const auto is_legal = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    };
    if (symbol.empty() || !std::all_of(symbol.begin(), symbol.end(), is_legal))
        fail("must be letters, digits, \".\", \"_\" and \"-\"");
    return symbol;
}

std::uint64_t Field::as_count(std::uint64_t greatest) const
{
    if (!m_value.is_number_unsigned() || m_value.get<std::uint64_t>() > greatest)
        fail(fmt::format("must be a whole number from 0 to {}", greatest));
    return m_value.get<std::uint64_t>();
}

std::uint32_t Field::as_small(std::uint32_t greatest) const
{
    return static_cast<std::uint32_t>(as_count(greatest));
}

num::i128 Field::as_decimal(num::i128 least, num::i128 greatest) const
{
    const auto parsed = num::parse_decimal(as_text(), 18);
    if (!parsed)
        fail("must be a decimal string of at most 18 fractional digits");
    if (*parsed < least || *parsed > greatest)
        fail("lies outside its range");
    return *parsed;
}

Ratio Field::as_ratio(num::i128 greatest_units) const
{
    return Ratio::from_raw(as_decimal(0, greatest_units * WAD_SIGNED));
}

Money Field::as_money() const
{
    return Money::from_raw(as_decimal(0, MONEY_MAX.raw()));
}

Price Field::as_price() const
{
    return Price::from_raw(as_decimal(1, PRICE_MAX.raw()));
}

Quantity Field::as_quantity() const
{
    return Quantity::from_raw(as_decimal(1, QUANTITY_MAX.raw()));
}

std::uint32_t Field::as_block(const Scenario& scenario) const
{
    const auto time_s = parse_time(as_text());
    if (!time_s)
        fail("must be a time like \"2020-03-12T10:45Z\"");
    if (*time_s < scenario.start_s || (*time_s - scenario.start_s) % scenario.block_s != 0)
        fail("must be the time of a block");
    const std::uint64_t block = (*time_s - scenario.start_s) / scenario.block_s;
    if (block > 10'000'000)
        fail("lies too far from the start");
    return static_cast<std::uint32_t>(block);
}

}  // namespace plimsoll::sim
