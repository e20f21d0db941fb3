// plimsoll: host-sim/margin/comparison.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See comparison.hpp.
#include "host-sim/margin/comparison.hpp"

#include "engine/num/decimal.hpp"
#include "host-sim/margin/case_field.hpp"
#include "host-sim/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <string_view>

namespace plimsoll::sim {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 6> CHOICES{
    "worst", "driver", "step", "move", "scenario", "binding"};

/// Which way a number may err.
enum class Bound : std::uint8_t
{
    nearest,  ///< Either.
    below,    ///< The account's: not above the exact one.
    above,    ///< Required: not below it.
};

Bound bound_of(std::string_view key)
{
    constexpr std::array<std::string_view, 11> BELOW{"equity", "mark_to_market", "collateral",
        "health", "value", "scenarios", "basis", "mtm", "basis_up", "basis_down", "pnl"};
    constexpr std::array<std::string_view, 2> FACTORS{"discount_long", "discount"};
    // A haircut is that of a floored value: alone it may be a unit below the exact one, equity less
    // haircuts may not.
    constexpr std::array<std::string_view, 3> NEAREST{"vol_up", "vol_down", "haircuts"};
    const auto is_in = [key](const auto& list) {
        return std::find(list.begin(), list.end(), key) != list.end();
    };
    if (is_in(BELOW) || is_in(FACTORS))
        return Bound::below;
    return is_in(NEAREST) ? Bound::nearest : Bound::above;
}

/// The value of a decimal string; digits behind the 18th are cut off.
std::optional<num::i128> number_of(const json& value)
{
    if (!value.is_string())
        return std::nullopt;
    std::string_view text = value.get_ref<const std::string&>();
    if (const auto point = text.find('.'); point != std::string_view::npos)
        text = text.substr(0, point + 1 + num::WAD_DECIMALS);
    return read_decimal(text);
}

class Comparer
{
public:
    Comparer(const Allowance& allowance, Comparison& result)
      : m_allowance(allowance), m_result(result)
    {}

    /// `key`: the nearest name above.
    void compare(
        const json& expected, const json& got, const std::string& path, std::string_view key)
    {
        if (expected.is_object() && got.is_object())
            return compare_objects(expected, got, path, key);
        if (expected.is_array() && got.is_array() && expected.size() == got.size()) {
            for (std::size_t i = 0; i < expected.size(); ++i)
                compare(expected[i], got[i], fmt::format("{}[{}]", path, i), key);
            return;
        }
        const auto want = number_of(expected);
        const auto have = number_of(got);
        if (want && have)
            return compare_numbers(*want, *have, path, key);
        if (have && expected.is_number()) {
            m_result.differences.push_back(fmt::format(
                "{}: a decimal string is expected, such as \"{}\", not the JSON number {}", path,
                got.get_ref<const std::string&>(), expected.dump()));
        } else if (expected != got) {
            m_result.differences.push_back(
                fmt::format("{}: expected {}, got {}", path, expected.dump(), got.dump()));
        }
    }

private:
    void compare_objects(
        const json& expected, const json& got, const std::string& path, std::string_view key)
    {
        // Charges by underlying: the names are the case's and not ours.
        const bool is_map = key == "price_bracket";
        for (const auto& [name, value] : expected.items()) {
            if (!is_map && std::find(CHOICES.begin(), CHOICES.end(), name) != CHOICES.end())
                continue;
            const auto place = path.empty() ? name : fmt::format("{}.{}", path, name);
            const auto found = got.find(name);
            if (found == got.end())
                m_result.differences.push_back(place + ": absent");
            else
                compare(value, *found, place, is_map ? key : std::string_view(name));
        }
    }

    void compare_numbers(
        num::i128 want, num::i128 have, const std::string& path, std::string_view key)
    {
        m_result.numbers += 1;
        const num::i128 gap = have - want;
        const auto scale = std::max(num::magnitude(want), static_cast<num::u128>(num::WAD));
        const auto beyond = static_cast<num::i128>(num::magnitude(gap)) - m_allowance.slack.raw();
        const auto error = num::mul_div_ceil(
            std::max(beyond, num::i128{0}), num::WAD, static_cast<num::i128>(scale));
        const auto relative = error ? Ratio::from_raw(*error) : Ratio::max();
        if (relative > m_result.worst) {
            m_result.worst = relative;
            m_result.worst_path = path;
        }
        if (relative > COMPARISON_TOLERANCE) {
            m_result.differences.push_back(fmt::format("{}: expected {}, got {}", path,
                text(Money::from_raw(want)), text(Money::from_raw(have))));
        }
        const auto bound = bound_of(key);
        const num::i128 favour = bound == Bound::below ? gap : bound == Bound::above ? -gap : 0;
        if (favour > m_allowance.noise.raw()) {
            if (m_result.wrong_way == 0)
                m_result.wrong_way_path = path;
            m_result.wrong_way += 1;
        }
    }

    const Allowance& m_allowance;
    Comparison& m_result;
};

}  // namespace

Comparison compare_reports(const json& expected, const json& got, const Allowance& allowance)
{
    Comparison result;
    Comparer(allowance, result).compare(expected, got, "", "");
    return result;
}

}  // namespace plimsoll::sim
