// plimsoll: tests/incidents/s14_levana_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S14, Levana, 13 to 26 December 2023.
//
// What happened: price updates were held back while the chain was congested; within a window of two hours for old prices attackers
// traded knowing the next one, and took $1.146 million, a tenth of the pool (range.org, blog.levana.finance).
// What stops it here: a short age for trade (`max_age_trade`), and in markets that fill at the oracle's price a fill needs a price
// that was published after the order and is not old.
// Asserted: with updates held back for an hour nothing is filled, and an order and an update in one block do not meet.
#include "tests/support/incident.hpp"

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

struct Delayed
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 10'000);
    std::uint64_t bob = house.trader("bob", 10'000);

    Error trade() { return house.fill(0, alice, bob, "0.1", "2000").error; }
};

}  // namespace

TEST_CASE("S14: a fill needs a price that is not too old")
{
    Delayed l;
    l.house.wait(60);
    CHECK(l.trade() == Error::ok);
    l.house.wait(1);
    CHECK(l.trade() == Error::stale_price);
    l.house.wait(3'539);
    CHECK(l.trade() == Error::stale_price);
}

TEST_CASE("S14: a market that fills at the oracle's price takes no order that knew it")
{
    Delayed l;
    say::Market market;
    market.fill_at_oracle = true;
    REQUIRE(l.house.send("gov", say::set_market(market)).ok());
    const auto fill = [&](std::optional<std::uint64_t> ordered) {
        return l.house.fills({{0, l.alice, l.bob, "0.1", "2000", std::nullopt, ordered}});
    };
    const Reply silent = fill(std::nullopt);
    CHECK(silent.error == Error::missing_field);
    CHECK(silent.detail == "ordered");
    // Updates are held back for an hour; the order and the update come in one block.
    l.house.wait(3'600);
    const std::uint64_t order = l.house.now;
    CHECK(fill(order).error == Error::stale_price);
    REQUIRE(l.house.send("publisher", say::push_price(0, "2000", l.house.now)).ok());
    CHECK(fill(order).error == Error::stale_price);
    // The first price after the order fills it.
    l.house.wait(1);
    REQUIRE(l.house.send("publisher", say::push_price(0, "2000", l.house.now)).ok());
    CHECK(fill(order).ok());
    // And that price is too old in its turn.
    l.house.wait(61);
    CHECK(fill(order).error == Error::stale_price);
    // Elsewhere the time of an order is only told.
    CHECK(l.house.fills({{1, l.alice, l.bob, "0.001", "50000", std::nullopt, l.house.now}}).error ==
          Error::stale_price);
    l.house.refresh();
    CHECK(l.house.fills({{1, l.alice, l.bob, "0.001", "50000", std::nullopt, l.house.now}}).ok());
}

TEST_CASE("S14: with prices of two hours ago good for trading it happens")
{
    Delayed l;
    say::Params slow;
    slow.max_age_trade = slow.max_age_liquidation = 7'200;
    slow.failed_after = 14'400;
    must(l.house, say::set_params(slow));
    l.house.wait(3'600);
    // The attacker knows that the next update says 2100, and buys at the old price before it.
    CHECK(l.trade() == Error::ok);
    l.house.price(0, "2100");
    CHECK(equity_of(l.house, l.alice) == money("10010"));
}
