// plimsoll: host-sim/margin/case_field.hpp                          SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. A field of a margin case that knows its own path, so that every
// complaint names it.
// Promises: what is read is exact and in range, or a CaseError with the path; an object refuses fields that
// nobody asked for. Numbers are decimal strings; a whole number may also stand without quotes.
// Never: rounds. A number that 18 decimals cannot hold is refused.
#pragma once

#include "engine/units/units.hpp"

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::sim {

/// What is wrong with a case, and where: "account.positions[3].strike: out of range ...".
class CaseError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The value of decimal text to 18 decimals, also with more zeros behind them and with "-0"; nothing for any
/// other form, or beyond 128 bits.
[[nodiscard]] std::optional<num::i128> read_decimal(std::string_view text);

class CaseField
{
public:
    CaseField(const nlohmann::json& value, std::string path)
      : m_value(&value), m_path(std::move(path))
    {}

    [[noreturn]] void fail(std::string_view complaint) const;
    [[nodiscard]] const std::string& path() const { return m_path; }

    /// The member of that name. @throws CaseError when absent or when this is no object.
    [[nodiscard]] CaseField at(std::string_view name);
    /// The same, or nothing when it is absent.
    [[nodiscard]] std::optional<CaseField> maybe(std::string_view name);
    /// Refuses members that were never asked for.
    void finish() const;

    [[nodiscard]] std::vector<CaseField> items() const;

    /// Text that is not empty.
    [[nodiscard]] std::string name() const;
    [[nodiscard]] bool flag() const;
    /// A whole number, also as text.
    [[nodiscard]] std::uint64_t whole(std::uint64_t greatest) const;
    /// The position of the text in the list.
    [[nodiscard]] std::size_t choice(std::initializer_list<std::string_view> words) const;

    /// A decimal in [least, greatest].
    template <class Tag>
    [[nodiscard]] Fixed<Tag> between(Fixed<Tag> least, Fixed<Tag> greatest) const
    {
        return Fixed<Tag>::from_raw(decimal(least.raw(), greatest.raw()));
    }
    /// Above zero.
    [[nodiscard]] Price price() const { return between(Price::from_raw(1), PRICE_MAX); }
    [[nodiscard]] Price price_or_zero() const { return between(Price(), PRICE_MAX); }
    [[nodiscard]] Quantity quantity() const { return between(-QUANTITY_MAX, QUANTITY_MAX); }
    [[nodiscard]] Quantity amount() const { return between(Quantity(), QUANTITY_MAX); }
    [[nodiscard]] Money money() const { return between(-MONEY_MAX, MONEY_MAX); }
    [[nodiscard]] Money money_or_zero() const { return between(Money(), MONEY_MAX); }
    [[nodiscard]] Ratio signed_ratio() const { return between(-RATIO_MAX, RATIO_MAX); }
    [[nodiscard]] Ratio ratio() const { return between(Ratio(), RATIO_MAX); }
    /// 0 to 1.
    [[nodiscard]] Ratio share() const { return between(Ratio(), Ratio::one()); }

private:
    [[nodiscard]] num::i128 decimal(num::i128 least, num::i128 greatest) const;

    const nlohmann::json* m_value;
    std::string m_path;
    std::set<std::string, std::less<>> m_known;
};

}  // namespace plimsoll::sim
