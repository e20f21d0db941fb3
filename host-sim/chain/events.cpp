// plimsoll: host-sim/chain/events.cpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, chain. See events.hpp.
#include "host-sim/chain/events.hpp"

#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

num::i128 decimal_attribute(const contract::Event& event, std::string_view key)
{
    const auto& value = text_attribute(event, key);
    const auto parsed = num::parse_decimal(value, num::WAD_DECIMALS);
    if (!parsed) {
        throw EventError(
            fmt::format("event {}: attribute {}: \"{}\" is no decimal", event.type, key, value));
    }
    return *parsed;
}

}  // namespace

const std::string* find_attribute(const contract::Event& event, std::string_view key) noexcept
{
    for (const auto& attribute : event.attributes) {
        if (attribute.key == key)
            return &attribute.value;
    }
    return nullptr;
}

const std::string& text_attribute(const contract::Event& event, std::string_view key)
{
    if (const auto* value = find_attribute(event, key))
        return *value;
    throw EventError(fmt::format("event {}: attribute {} is missing", event.type, key));
}

std::uint64_t number_attribute(const contract::Event& event, std::string_view key)
{
    const auto& value = text_attribute(event, key);
    const auto parsed = num::parse_integer(value);
    if (!parsed || *parsed > static_cast<num::i128>(~std::uint64_t{0})) {
        throw EventError(
            fmt::format("event {}: attribute {}: \"{}\" is no number", event.type, key, value));
    }
    return static_cast<std::uint64_t>(*parsed);
}

Money money_attribute(const contract::Event& event, std::string_view key)
{
    return Money::from_raw(decimal_attribute(event, key));
}

Quantity quantity_attribute(const contract::Event& event, std::string_view key)
{
    return Quantity::from_raw(decimal_attribute(event, key));
}

Price price_attribute(const contract::Event& event, std::string_view key)
{
    return Price::from_raw(decimal_attribute(event, key));
}

}  // namespace plimsoll::sim
