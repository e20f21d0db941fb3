// plimsoll: host-sim/scenario_field.hpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. A field of a scenario file that knows its own path, so that every complaint names it.
// Promises: each as_...() either returns a value in range or throws a ScenarioError with the path; an
// object refuses fields that nobody asked for.
#pragma once

#include "host-sim/scenario.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::sim {

class Field
{
public:
    Field(const nlohmann::json& value, std::string path) : m_value(value), m_path(std::move(path))
    {}

    /// The path is left out when it is empty: that is the whole file, which parse_scenario names.
    [[noreturn]] void fail(std::string_view complaint) const;

    /// The member of that name. @throws ScenarioError when absent or when this is no object.
    [[nodiscard]] Field at(std::string_view name);
    [[nodiscard]] bool has(std::string_view name) const;
    /// Refuses members that at() was never asked for.
    void finish() const;

    [[nodiscard]] std::vector<Field> items() const;
    /// Exactly `count` items of a list.
    [[nodiscard]] std::vector<Field> items(std::size_t count) const;

    [[nodiscard]] std::string as_text() const;
    [[nodiscard]] bool as_flag() const;
    /// A text that can stand in a column's name or a table: letters, digits, ".", "_" and "-".
    [[nodiscard]] std::string as_symbol() const;
    [[nodiscard]] std::uint64_t as_count(std::uint64_t greatest) const;
    [[nodiscard]] std::uint32_t as_small(std::uint32_t greatest) const;
    /// A decimal string of at most 18 fractional digits, as a raw 18-decimal value in [least, greatest].
    [[nodiscard]] num::i128 as_decimal(num::i128 least, num::i128 greatest) const;
    [[nodiscard]] Ratio as_ratio(num::i128 greatest_units) const;
    [[nodiscard]] Ratio as_share() const { return as_ratio(1); }
    [[nodiscard]] Money as_money() const;
    [[nodiscard]] Price as_price() const;
    [[nodiscard]] Quantity as_quantity() const;
    /// The number of a block: a time on the grid of blocks, at or after the start.
    [[nodiscard]] std::uint32_t as_block(const Scenario& scenario) const;

    [[nodiscard]] const nlohmann::json& json() const { return m_value; }

private:
    const nlohmann::json& m_value;
    std::string m_path;
    std::set<std::string, std::less<>> m_known;
};

}  // namespace plimsoll::sim
