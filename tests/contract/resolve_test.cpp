// plimsoll: tests/contract/resolve_test.cpp                         SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The house's own stage: insurance, deleveraging, taking over, shared loss; and
// accounts that sleep while it happens.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Alice is long one ether at 2000 with 250 of cash; Bob and Carol are short of three quarters and one.
struct Book
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 250);
    std::uint64_t bob = house.trader("bob", 10'000);
    std::uint64_t carol = house.trader("carol", 10'000);
    std::uint64_t dave = house.trader("dave", 10'000);

    Book()
    {
        REQUIRE(house.fill(0, alice, bob, "0.75", "2000").ok());
        REQUIRE(house.fill(0, alice, carol, "0.25", "2000").ok());
        REQUIRE(house.fill(0, dave, carol, "0.75", "2000").ok());
    }
    Reply resolve(std::uint64_t account) { return house.send("anyone", say::resolve(account)); }
    void run_out(std::uint64_t account)
    {
        REQUIRE(house.send("anyone", say::flag(account)).ok());
        house.wait(FAST + SLOW);
        house.refresh();
    }
    std::string value(std::uint64_t account, const std::string& pointer)
    {
        return house.ask(say::ask("account", "account", account)).at(pointer);
    }
};

}  // namespace

TEST_CASE("resolve: it waits for the end of the keepers' curve, to the second")
{
    Book b;
    CHECK(b.resolve(b.alice).error == Error::not_liquidatable);
    CHECK(b.resolve(99).error == Error::no_such_account);
    b.house.price(0, "1830");
    CHECK(b.resolve(b.alice).error == Error::auction_running);
    REQUIRE(b.house.send("anyone", say::flag(b.alice)).ok());
    const std::uint64_t flagged = b.house.now;
    b.house.now = flagged + FAST + SLOW - 1;
    CHECK(b.resolve(b.alice).error == Error::auction_running);
    b.house.now = flagged + FAST + SLOW;
    CHECK(b.house.stage(b.alice) == "resolve");
    CHECK(b.resolve(b.alice).error == Error::stale_price);
    b.house.price(0, "1830");
    CHECK(b.resolve(b.alice).ok());
}

TEST_CASE("resolve: a solvent account is deleveraged at mark until its target is met, no further")
{
    Book b;
    b.house.price(0, "1830");
    b.run_out(b.alice);
    const Reply reply = b.resolve(b.alice);
    REQUIRE(reply.ok());
    // 80 >= 1.1 * 91.5 (1 - x) first at x = 0.20517
    CHECK(reply.event("deleveraged", "base") == "0.206");
    CHECK(reply.event("deleveraged", "price") == "1830");
    CHECK(reply.event("deleveraged", "side") == "long");
    CHECK(reply.event("account_resolved", "insolvent") == "false");
    CHECK(reply.events_of("account_cured") == 1);
    CHECK(b.value(b.alice, "/positions/0/base") == "0.794");
    CHECK(b.house.market(0).market.indexes.open_interest == raw("1.544"));
    // The shorts lose the same fraction, 0.206 / 1.75, and no value.
    CHECK(raw(b.value(b.bob, "/positions/0/base")) <= raw("-0.661714285714285714"));
    CHECK(raw(b.value(b.bob, "/positions/0/base")) >= raw("-0.661714285714285716"));
    CHECK(raw(b.value(b.bob, "/positions/0/value")) <= raw("127.5"));
    CHECK(raw(b.value(b.bob, "/positions/0/value")) >= raw("127.499999999999990000"));
    CHECK(b.value(b.dave, "/positions/0/base") == "0.75");
}

TEST_CASE("resolve: an insolvent account with the insurance empty does not wait")
{
    Book b;
    b.house.price(0, "1700");  // equity -50: 0.0294 of 1700
    CHECK(b.house.stage(b.alice) == "resolve");
    const Reply reply = b.resolve(b.alice);
    REQUIRE(reply.ok());
    CHECK(reply.event("account_resolved", "insolvent") == "true");
    CHECK(reply.event("account_resolved", "deficit") == "50");
    CHECK(reply.event("account_resolved", "insurance_paid") == "0");
    CHECK(reply.event("account_resolved", "open_deficit") == "0");
    CHECK(reply.event("deleveraged", "price") == "1750");  // its price of bankruptcy
    CHECK(reply.event("deleveraged", "base") == "1");
    const Account alice = b.house.account(b.alice).account;
    CHECK(alice.positions.empty());
    CHECK(alice.cash == Money::zero());
    CHECK(b.house.market(0).market.indexes.open_interest == raw("0.75"));
    // Bob had 225 of profit and has paid three sevenths of the 50.
    const num::i128 bob = raw(b.value(b.bob, "/positions/0/value"));
    CHECK(bob <= raw("203.571428571428571429"));
    CHECK(bob >= raw("203.571428571428561429"));
    CHECK(b.resolve(b.alice).error == Error::not_liquidatable);
}

TEST_CASE("resolve: with insurance left an insolvent account waits, and the insurance pays first")
{
    Book b;
    b.house.fund_insurance(30);
    b.house.price(0, "1700");
    CHECK(b.resolve(b.alice).error == Error::auction_running);
    b.run_out(b.alice);
    const Reply reply = b.resolve(b.alice);
    CHECK(reply.event("account_resolved", "insurance_paid") == "30");
    CHECK(reply.event("deleveraged", "price") == "1720");
    CHECK(b.house.house().insurance.balance == Money::zero());
    CHECK(b.house.cash(b.alice) == "0");
}

TEST_CASE(
    "resolve: beyond the maintenance fraction the loss is shared up to its cap, then stays open")
{
    Book b;
    b.house.price(0, "1500");  // equity -250; the price moves by 75 at most
    const Reply reply = b.resolve(b.alice);
    REQUIRE(reply.ok());
    CHECK(reply.event("deleveraged", "price") == "1575");
    // 0.05 of 1500 a unit and side: twice 75 on the 0.75 that are left, less a unit of rounding.
    const num::i128 shared = raw(reply.event("loss_socialised", "loss"));
    CHECK(shared <= raw("112.5"));
    CHECK(shared >= raw("112.499999999999999"));
    const num::i128 open = raw(reply.event("account_resolved", "open_deficit"));
    CHECK(open == raw("175") - shared);
    CHECK(b.house.house().insurance.open_deficit.raw() == open);
    CHECK(b.house.cash(b.alice) == "0");
    // Dave, long of 0.75 at 2000 before, has lost 375 and half of the shared loss.
    CHECK(raw(b.value(b.dave, "/positions/0/value")) <= raw("-431.25") + 10'000);

    // What comes in repays the open deficit first.
    b.house.fund_insurance(62);
    CHECK(b.house.house().insurance.open_deficit.raw() == open - raw("62"));
    CHECK(b.house.house().insurance.balance == Money::zero());
    b.house.fund_insurance(2);
    CHECK(b.house.house().insurance.open_deficit == Money::zero());
    CHECK(b.house.house().insurance.balance.raw() == raw("64") - open);
}

TEST_CASE("resolve: the shared loss of a day is capped, a day later there is room again")
{
    Book b;
    const auto erin = b.house.trader("erin", 200);
    REQUIRE(b.house.fill(0, erin, b.bob, "1", "2000").ok());
    b.house.price(0, "1300");
    REQUIRE(b.resolve(b.alice).events_of("loss_socialised") == 1);
    CHECK(b.resolve(erin).events_of("loss_socialised") == 0);
    const auto frank = b.house.trader("frank", 200);
    b.house.wait(DAY);
    b.house.refresh();
    REQUIRE(b.house.fill(0, frank, b.bob, "1", "1300").ok());
    b.house.price(0, "1000");
    CHECK(b.resolve(frank).events_of("loss_socialised") == 1);
}

TEST_CASE("resolve: the last position of a side ends an epoch, and who slept wakes up with cash")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 250);
    const auto bob = house.trader("bob", 10'000);
    REQUIRE(house.fill(0, alice, bob, "1", "2000").ok());
    house.price(0, "1740");
    const Reply reply = house.send("anyone", say::resolve(alice));
    REQUIRE(reply.ok());
    CHECK(reply.event("deleveraged", "epoch_ended") == "true");
    CHECK(house.market(0).market.indexes.open_interest == 0);
    CHECK(house.market(0).market.indexes.sides[1].epoch == 1);
    std::string bytes;
    CHECK(house.host.read(contract::epoch_key(MarketId{0}, Side::short_side, 0), bytes));
    // Bob has not moved: his position still stands, worth what it was closed for.
    CHECK(house.account(bob).account.positions.size() == 1);
    CHECK(house.ask(say::ask("account", "account", bob)).at("/positions/0/base") == "0");
    CHECK(house.ask(say::ask("account", "account", bob)).at("/positions/0/value") == "250");
    CHECK(house.ask(say::ask("account", "account", bob)).at("/claims") == "[]");
    REQUIRE(house.send("anyone", say::touch(bob)).event("touched", "done") == "true");
    CHECK(house.cash(bob) == "10250");
    CHECK(house.account(bob).account.positions.empty());
    CHECK(house.send("anyone", say::touch(bob)).error == Error::nothing_to_do);
    // The market goes on in its new epoch.
    house.price(0, "2000");
    const auto carol = house.trader("carol", 1'000);
    REQUIRE(house.fill(0, carol, bob, "1", "2000").ok());
    CHECK(house.account(bob).account.positions[0].epoch == 1);
}

TEST_CASE(
    "resolve: an account that has slept through ten epochs needs touching, and then trades again")
{
    Clearinghouse house;
    say::Market fine;
    fine.lot = "0.000000000000000001";
    REQUIRE(house.send("gov", say::set_market(fine)).ok());
    const auto sleeper = house.trader("sleeper", 100);
    const auto rest = house.trader("rest", 100);
    REQUIRE(house.fill(0, rest, sleeper, "0.0000001", "2000").ok());
    const auto winner = house.trader("winner", 100'000'000);
    for (int round = 0; round < 10; ++round) {
        const auto loser = house.trader("loser" + std::to_string(round), 200'000);
        REQUIRE(house.fill(0, loser, winner, "1000", "2000").ok());
        house.price(0, "1780");  // equity -20000, within the clamp of 89000
        const Reply reply = house.send("anyone", say::resolve(loser));
        INFO(name_of(reply.error));
        REQUIRE(reply.event("deleveraged", "epoch_ended") == "true");
        house.price(0, "2000");
    }
    CHECK(house.market(0).market.indexes.sides[1].epoch == 10);
    const auto error = [&](const std::string& query) {
        return house.ask(say::ask(query, "account", sleeper)).error;
    };
    CHECK(error("health") == Error::touch_first);
    CHECK(error("account") == Error::touch_first);
    CHECK(house.ask(R"({"liquidatable":{"cursor":0,"limit":100}})").at("/accounts/0/stage") ==
          "touch_first");
    CHECK(house.send("sleeper", say::withdraw(sleeper, 0, "1")).error == Error::touch_first);
    CHECK(house.fill(0, sleeper, winner, "1", "2000").error == Error::touch_first);
    CHECK(house.send("anyone", say::flag(sleeper)).error == Error::touch_first);
    CHECK(house.send("anyone", say::resolve(sleeper)).error == Error::touch_first);
    house.deposit(sleeper, "uusdc", 1);  // is never refused
    CHECK(house.send("anyone", say::touch(sleeper)).event("touched", "done") == "false");
    CHECK(house.send("anyone", say::touch(sleeper)).event("touched", "done") == "true");
    CHECK(error("health") == Error::ok);
    CHECK(house.fill(0, sleeper, winner, "0.1", "2000").ok());
    CHECK(house.send("sleeper", say::withdraw(sleeper, 0, "1")).ok());
}

TEST_CASE(
    "resolve: collateral of an insolvent account goes to the house at its index, for its debt only")
{
    Book b;
    const auto erin = b.house.trader("erin", 0);
    b.house.deposit(erin, "sat", 1'000'000);  // 0.01 BTC: 500
    REQUIRE(b.house.fill(0, erin, b.bob, "2", "2000").ok());
    b.house.price(0, "1740");  // equity -20
    const Reply reply = b.resolve(erin);
    REQUIRE(reply.ok());
    CHECK(reply.event("deleveraged", "price") == "1750");
    CHECK(reply.event("collateral_taken_over", "amount") == "1000000");
    CHECK(reply.event("collateral_taken_over", "credit") == "500");
    const contract::House house = b.house.house();
    CHECK(house.insurance.inventory[2] == TokenAmount::from_raw(1'000'000));
    // The house paid with a promise, which the sale of the inventory redeems.
    CHECK(text_of(house.insurance.open_deficit) == "500");
    CHECK(b.house.cash(erin) == "0");
    const auto buyer = b.house.trader("buyer", 1'000);
    const Reply sold = b.house.send("buyer", say::buy_inventory(2, buyer, "1000000"));
    CHECK(sold.event("inventory_sold", "paid") == "480");  // 500 less half of the haircut of 0.08
    CHECK(text_of(b.house.house().insurance.open_deficit) == "20");
}

TEST_CASE("resolve: a solvent debtor that keepers left is healthy after one resolution")
{
    for (const std::string price : {"444.4", "443", "440", "430", "420", "410", "401", "400.01"}) {
        Clearinghouse house;
        const auto carol = house.trader("carol", 0);
        const auto bob = house.trader("bob", 100'000);
        house.deposit(carol, "aeth", 1'000'000'000'000'000'000);
        REQUIRE(house.fill(1, carol, bob, "0.02", "50000").ok());
        house.price(1, "30000");
        REQUIRE(house.fill(1, bob, carol, "0.02", "30000").ok());
        REQUIRE(house.cash(carol) == "-400");
        house.price(0, price);
        REQUIRE(house.send("anyone", say::flag(carol)).ok());
        house.wait(FAST + SLOW);
        house.refresh();
        const Reply reply = house.send("anyone", say::resolve(carol));
        INFO(price << " " << name_of(reply.error));
        REQUIRE(reply.events_of("collateral_taken_over") == 1);
        CHECK(house.stage(carol) == "healthy");
        CHECK(house.house().insurance.inventory[1] > TokenAmount::zero());
    }
}

TEST_CASE("resolve: it does not take collateral over at a price that is too old to sell it at")
{
    Clearinghouse house;
    const auto carol = house.trader("carol", 0);
    const auto bob = house.trader("bob", 100'000);
    house.deposit(carol, "aeth", 1'000'000'000'000'000'000);
    REQUIRE(house.fill(1, carol, bob, "0.02", "50000").ok());
    house.price(1, "30000");
    REQUIRE(house.fill(1, bob, carol, "0.02", "30000").ok());
    house.price(0, "430");
    REQUIRE(house.send("anyone", say::flag(carol)).ok());
    house.wait(FAST + SLOW);
    CHECK(house.send("anyone", say::resolve(carol)).error == Error::stale_price);
    house.wait(3'600);  // the feed has failed: its last value stands
    CHECK(house.send("anyone", say::resolve(carol)).ok());
}

TEST_CASE(
    "resolve: a debt that positions have left behind is written off, at their last market's cost")
{
    Book b;
    b.house.price(0, "1700");
    REQUIRE(b.house.send("dave", say::liquidate(b.alice, 0, b.dave, "1")).ok());
    REQUIRE(b.house.cash(b.alice) == "-50");
    b.house.fund_insurance(20);
    CHECK(b.house.stage(b.alice) == "resolve");
    const Reply reply = b.resolve(b.alice);
    CHECK(reply.event("account_resolved", "insurance_paid") == "20");
    CHECK(reply.event("loss_socialised", "market") == "0");
    CHECK(reply.event("loss_socialised", "loss") == "30");
    CHECK(reply.event("account_resolved", "open_deficit") == "0");
    CHECK(b.house.cash(b.alice) == "0");
    b.house.deposit(b.alice, "uusdc", 1'000'000);
    CHECK(b.house.cash(b.alice) == "1");
}
