// plimsoll: tests/contract/gross_limit_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. A book that grows too large to be valued: what makes books larger stops a thousand
// times before, and one that prices take there all the same can still be closed.
#include "engine/risk/book.hpp"
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Ether is at `price`; Alice and Bob can bear 1e15 of it, Carol cannot.
struct Whales
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 300'000'000'000'000);
    std::uint64_t bob = house.trader("bob", 300'000'000'000'000);

    explicit Whales(const std::string& price)
    {
        house.allow_portfolio(0);
        for (const std::uint64_t id : {0U, 2U}) {
            say::Market wide;
            wide.market = id;
            wide.open_interest_max = "10000000000";
            REQUIRE(house.send("gov", say::set_market(wide)).ok());
        }
        house.price(0, price);
    }
    Reply fill(const std::string& base, const std::string& price, std::uint64_t market = 0)
    {
        return house.fill(market, alice, bob, base, price);
    }
    void refused(const Reply& reply, std::uint64_t account)
    {
        CHECK(reply.error == Error::gross_limit);
        CHECK(reply.detail == "account " + std::to_string(account));
    }
};

}  // namespace

TEST_CASE("gross limit: fills and orders stop a thousand times below what can be valued")
{
    Whales w("100000000");
    CHECK(gross_max(MarginMode::standard) == money("1000000000000000000"));
    w.refused(w.fill("10000000.001", "100000000"), w.alice);
    CHECK(w.fill("9999999", "100000000").ok());
    w.refused(w.house.orders({{w.alice, 0, "1.001", "0"}}), w.alice);
    CHECK(w.house.orders({{w.alice, 0, "1", "0"}}).ok());
    CHECK(w.fill("1", "100000000").ok());  // the order that was filled no longer counts
    w.refused(w.fill("0.001", "100000000", 2), w.alice);
    // What makes the book smaller is not asked.
    CHECK(w.house.fill(0, w.bob, w.alice, "1", "100000000").ok());
}

TEST_CASE("gross limit: above it a book may shrink and not grow")
{
    Whales w("10");
    REQUIRE(w.fill("20000000", "10").ok());
    w.house.price(0, "100000000");
    // 2e15 of gross notional, of which Bob has lost nearly all.
    w.house.deposit(w.bob, "uusdc", num::i128{3'000'000'000'000'000} * 1'000'000);
    w.refused(w.fill("0.001", "100000000"), w.alice);
    CHECK(w.house.send("bob", say::liquidate(w.alice, 0, w.bob, "1")).error ==
          Error::not_liquidatable);
    CHECK(w.house.fill(0, w.bob, w.alice, "1", "100000000").ok());
    CHECK(w.house.account(w.alice).account.positions[0].base == quantity("19999999"));
}

TEST_CASE("gross limit: in portfolio mode it is a tenth of that, and a change of mode asks")
{
    Whales w("100000000");
    REQUIRE(w.fill("1000000.001", "100000000").ok());
    w.refused(w.house.send("alice", say::set_mode(w.alice, "portfolio")), w.alice);
    REQUIRE(w.house.fill(0, w.bob, w.alice, "0.001", "100000000").ok());
    CHECK(w.house.send("alice", say::set_mode(w.alice, "portfolio")).ok());
    w.refused(w.fill("0.001", "100000000"), w.alice);
}

TEST_CASE("gross limit: who buys from a failing account keeps to it")
{
    Whales w("100000000");
    const auto carol = w.house.trader("carol", 21'000'000);
    REQUIRE(w.fill("10000000", "100000000").ok());
    REQUIRE(w.house.fill(2, carol, w.bob, "2", "100000000").error == Error::gross_limit);
    const auto dora = w.house.trader("dora", 300'000'000);
    REQUIRE(w.house.fill(2, carol, dora, "2", "100000000").ok());
    w.house.price(0, "94000000");
    // A fall of the price has made room for the buyer; a rise to where it was takes it away.
    REQUIRE(w.house.health(carol).front() == '-');
    REQUIRE(w.house.fill(0, w.alice, w.bob, "638297.872", "94000000").ok());
    w.refused(w.house.send("alice", say::liquidate(carol, 2, w.alice, "2")), w.alice);
    w.refused(w.house.send("alice", say::liquidate_slice(carol, w.alice, "1")), w.alice);
    CHECK(w.house.send("dora", say::liquidate(carol, 2, dora, "2")).ok());
}

TEST_CASE("gross limit: a book that prices have taken beyond what can be valued can be closed")
{
    Whales w("1");
    w.house.audited = false;  // Quotes saturate here.
    for (const std::uint64_t id : {0U, 2U})
        REQUIRE(w.fill("6000000000", "1", id).ok());
    const auto extra = w.house.trader("extra", 1'000);
    CHECK(w.house.send("anyone", say::resolve(w.bob)).error == Error::not_liquidatable);
    w.house.price(0, "100000000");
    // Nobody can say how they stand, or bid.
    for (const std::uint64_t id : {w.alice, w.bob}) {
        CHECK(w.house.ask(say::ask("health", "account", id)).error == Error::arithmetic_range);
        CHECK(w.house.send("anyone", say::flag(id)).error == Error::arithmetic_range);
        CHECK(w.house.send("extra", say::liquidate(id, 0, extra, "1")).error ==
              Error::arithmetic_range);
        CHECK(w.house.send("extra", say::liquidate_slice(id, extra, "1")).error ==
              Error::arithmetic_range);
    }
    const Reply listed = w.house.ask(R"({"liquidatable":{"cursor":0,"limit":100}})");
    CHECK(listed.at("/accounts/0/stage") == "arithmetic_range");
    CHECK(listed.at("/accounts/1/stage") == "arithmetic_range");
    const Reply done = w.house.send("anyone", say::resolve(w.bob));
    REQUIRE(done.ok());
    CHECK(done.events_of("deleveraged") == 2);
    CHECK(done.event("account_resolved", "insolvent") == "true");
    CHECK(w.house.account(w.bob).account.positions.empty());
    CHECK(w.house.cash(w.bob) == "0");
    CHECK(w.house.ask(say::ask("health", "account", w.bob)).ok());
    CHECK(w.house.send("anyone", say::resolve(w.bob)).error == Error::not_liquidatable);
    // Alice was the whole of the other side.
    CHECK(w.house.market(0).market.indexes.open_interest == 0);
    REQUIRE(w.house.send("anyone", say::touch(w.alice)).ok());
    CHECK(w.house.account(w.alice).account.positions.empty());
    CHECK(w.house.send("anyone", say::resolve(w.alice)).error == Error::not_liquidatable);
}

TEST_CASE("gross limit: a hedged book beyond it keeps what it has when it is closed")
{
    Whales w("1");
    REQUIRE(w.fill("6000000000", "1").ok());
    REQUIRE(w.house.fill(2, w.bob, w.alice, "6000000000", "1").ok());
    w.house.price(0, "100000000");
    for (const std::uint64_t id : {w.alice, w.bob})
        CHECK(w.house.ask(say::ask("health", "account", id)).error == Error::arithmetic_range);
    const Reply done = w.house.send("anyone", say::resolve(w.alice));
    REQUIRE(done.ok());
    CHECK(done.event("account_resolved", "insolvent") == "false");
    REQUIRE(w.house.send("anyone", say::touch(w.bob)).ok());
    // Each has lost in one market what it has gained in the other: the gain becomes cash by the other's loss.
    for (const std::uint64_t id : {w.alice, w.bob}) {
        static_cast<void>(w.house.send("anyone", say::touch(id)));
        CHECK(w.house.cash(id) == "300000000000000");
        CHECK(w.house.account(id).account.positions.empty());
    }
    CHECK(w.house.house().insurance.open_deficit.is_zero());
}

TEST_CASE("gross limit: such a book waits for prices that have fallen silent, for a bounded time")
{
    Whales w("1");
    w.house.audited = false;
    for (const std::uint64_t id : {0U, 2U})
        REQUIRE(w.fill("6000000000", "1", id).ok());
    w.house.price(0, "100000000");
    w.house.wait(301);
    CHECK(w.house.send("anyone", say::resolve(w.alice)).error == Error::stale_price);
    w.house.wait(3'300);
    CHECK(w.house.send("anyone", say::resolve(w.alice)).ok());
}
