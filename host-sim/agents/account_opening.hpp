// plimsoll: host-sim/agents/account_opening.hpp                     SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, agents. What every agent does first: open an account, bring tokens, let the venue trade.
// Promises: a refusal here stops the run with a SetupError; a scenario that cannot be set up is no run.
#pragma once

#include "host-sim/agents/world.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>

namespace plimsoll::sim {

class SetupError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The venue's address.
inline constexpr std::string_view VENUE = "venue";

/// @returns the number of the new account.
[[nodiscard]] std::uint64_t open_account(
    World& world, const std::string& address, MarginMode mode = MarginMode::standard);

/// Tokens of an asset that are worth `value` at the current spot price, in base units; floor.
[[nodiscard]] num::i128 tokens_worth_floor(const World& world, std::uint32_t asset, Money value);

/// Creates tokens worth `value` at the address and deposits them.
void endow_and_deposit(World& world, const std::string& address, std::uint64_t account,
    std::uint32_t asset, Money value);

void delegate_to_venue(World& world, const std::string& address, std::uint64_t account);

/// Sends a message that must succeed. @throws SetupError with what the contract said.
void must(const Receipt& receipt, std::string_view what);

}  // namespace plimsoll::sim
