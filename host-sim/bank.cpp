// plimsoll: host-sim/bank.cpp                                       SPDX-License-Identifier: Apache-2.0
// Room: the tunnel. See bank.hpp.
#include "host-sim/bank.hpp"

#include "engine/check.hpp"

namespace plimsoll::sim {

void Bank::endow(std::string_view address, std::string_view denom, num::i128 amount)
{
    CHECK(amount >= 0);
    m_balances[std::string(address)][std::string(denom)] += amount;
    m_supply[std::string(denom)] += amount;
}

bool Bank::move(
    std::string_view from, std::string_view to, std::string_view denom, num::i128 amount)
{
    if (amount < 0 || balance(from, denom) < amount)
        return false;
    if (amount == 0)
        return true;
    m_balances[std::string(from)][std::string(denom)] -= amount;
    m_balances[std::string(to)][std::string(denom)] += amount;
    return true;
}

num::i128 Bank::balance(std::string_view address, std::string_view denom) const
{
    const auto holder = m_balances.find(address);
    if (holder == m_balances.end())
        return 0;
    const auto held = holder->second.find(denom);
    return held == holder->second.end() ? 0 : held->second;
}

num::i128 Bank::supply(std::string_view denom) const
{
    const auto found = m_supply.find(denom);
    return found == m_supply.end() ? 0 : found->second;
}

}  // namespace plimsoll::sim
