// plimsoll: host-sim/bank.hpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. The chain's bank: native tokens of every address, in base units.
// Promises: no balance is ever negative; a move conserves every token; tokens appear only by endow().
#pragma once

#include "engine/num/int128.hpp"

#include <map>
#include <string>
#include <string_view>

namespace plimsoll::sim {

class Bank
{
public:
    /// Creates `amount` new tokens at an address. @pre amount >= 0.
    void endow(std::string_view address, std::string_view denom, num::i128 amount);

    /// Moves tokens; false, and nothing moved, when the sender holds too few or amount < 0.
    [[nodiscard]] bool move(
        std::string_view from, std::string_view to, std::string_view denom, num::i128 amount);

    [[nodiscard]] num::i128 balance(std::string_view address, std::string_view denom) const;

    /// All tokens of a denomination that were ever endowed.
    [[nodiscard]] num::i128 supply(std::string_view denom) const;

private:
    using ByDenom = std::map<std::string, num::i128, std::less<>>;
    std::map<std::string, ByDenom, std::less<>> m_balances;
    ByDenom m_supply;
};

}  // namespace plimsoll::sim
