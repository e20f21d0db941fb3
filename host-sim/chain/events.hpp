// plimsoll: host-sim/chain/events.hpp                               SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, chain. Reads values out of the contract's events.
// Promises: an attribute that is missing or malformed stops the run with an EventError.
#pragma once

#include "contract/contract.hpp"
#include "engine/units/units.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace plimsoll::sim {

class EventError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Nullptr when the event has no such attribute.
[[nodiscard]] const std::string* find_attribute(
    const contract::Event& event, std::string_view key) noexcept;
[[nodiscard]] const std::string& text_attribute(const contract::Event& event, std::string_view key);
[[nodiscard]] std::uint64_t number_attribute(const contract::Event& event, std::string_view key);
[[nodiscard]] Money money_attribute(const contract::Event& event, std::string_view key);
[[nodiscard]] Quantity quantity_attribute(const contract::Event& event, std::string_view key);
[[nodiscard]] Price price_attribute(const contract::Event& event, std::string_view key);

}  // namespace plimsoll::sim
