// plimsoll: tests/support/incident.hpp                              SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What attackers do in every incident: take out all they can, and trade as much as goes.
#pragma once

#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"  // before Catch's CHECK

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

namespace plimsoll {

/// For the messages of failed tests.
inline std::ostream& operator<<(std::ostream& out, Money value)
{
    return out << test::text_of(value);
}

}  // namespace plimsoll

namespace plimsoll::test {

/// Governance says it, and it holds.
inline void must(Clearinghouse& house, const std::string& json, const std::string& sender = "gov")
{
    const Reply reply = house.send(sender, json);
    INFO(json << ": " << name_of(reply.error) << " " << reply.detail);
    REQUIRE(reply.ok());
}

/// The owner withdraws until nothing more goes, to the last base unit. @return base units
inline num::i128 drain(Clearinghouse& house, std::uint64_t account, std::uint64_t asset = 0)
{
    num::i128 out = 0;
    const std::string owner = house.owner(account);
    for (std::uint64_t coin = 1ULL << 48U; coin > 0; coin /= 2)
        while (house.send(owner, say::withdraw(account, asset, std::to_string(coin))).ok())
            out += static_cast<num::i128>(coin);
    return out;
}

/// Base units of quote, in quote.
[[nodiscard]] inline Money quote_of(num::i128 base_units)
{
    return Money::from_raw(base_units * 1'000'000'000'000);
}

/// Fills between the two, of as much as goes. @return whole units of base
inline std::uint64_t fill_all(Clearinghouse& house, std::uint64_t market, std::uint64_t buyer,
    std::uint64_t seller, const std::string& price, std::uint64_t largest)
{
    std::uint64_t filled = 0;
    for (std::uint64_t size = largest; size > 0; size /= 2)
        while (house.fill(market, buyer, seller, std::to_string(size), price).ok())
            filled += size;
    return filled;
}

/// The equity that the account is asked to have, by the query.
[[nodiscard]] inline Money equity_of(Clearinghouse& house, std::uint64_t account)
{
    return money(house.ask(say::ask("health", "account", account)).at("/equity"));
}

/// What the attacker has in the account: nobody pays what is below zero.
[[nodiscard]] inline Money worth_of(Clearinghouse& house, std::uint64_t account)
{
    const Money equity = equity_of(house, account);
    return equity.is_negative() ? Money::zero() : equity;
}

/// Lists an underlying of its own at a price, and a perpetual on it.
inline void list(Clearinghouse& house, const say::Underlying& underlying, const say::Market& market,
    const std::string& price)
{
    must(house, say::set_underlying(underlying));
    must(house, say::set_market(market));
    house.price(underlying.underlying, price);
}

}  // namespace plimsoll::test
