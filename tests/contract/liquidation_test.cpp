// plimsoll: tests/contract/liquidation_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Keepers: flag, take over positions, buy collateral; the curve and the guards.
#include "tests/support/house.hpp"
#include "tests/support/literals.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

/// Alice is long one ether at 2000 with 250 of cash, Bob short of it; a keeper has plenty.
struct Scene1
{
    Clearinghouse house;
    std::uint64_t alice = house.trader("alice", 250);
    std::uint64_t bob = house.trader("bob", 100'000);
    std::uint64_t keeper = house.trader("keeper", 100'000);

    Scene1() { REQUIRE(house.fill(0, alice, bob, "1", "2000").ok()); }

    Reply liquidate(const std::string& base_max, const say::Guards& guards = {})
    {
        return house.send("keeper", say::liquidate(alice, 0, keeper, base_max, guards));
    }
    Reply preview(const std::string& base_max)
    {
        return house.ask(say::preview(alice, 0, base_max));
    }
};

void same_as_previewed(const Reply& preview, const Reply& done)
{
    for (const std::string field : {"side", "base", "whole", "mark", "freed", "reward",
             "reward_from_insurance", "fee", "health_before", "health_after"}) {
        INFO(field);
        CHECK(preview.at("/" + field) == done.event("position_liquidated", field));
    }
}

}  // namespace

TEST_CASE("liquidation: an account at exactly zero health is left alone, one raw unit below is not")
{
    Scene1 s;
    // 250 + p - 2000 = 0.05 p at p = 1750 / 0.95
    s.house.price(0, "1842.105263157894736843");
    CHECK(s.house.health(s.alice)[0] != '-');
    CHECK(s.liquidate("1").error == Error::not_liquidatable);
    CHECK(s.house.send("anyone", say::flag(s.alice)).error == Error::not_liquidatable);
    s.house.price(0, "1842.105263157894736842");
    CHECK(s.house.health(s.alice)[0] == '-');
    CHECK(s.liquidate("1").ok());
}

TEST_CASE("liquidation: the first bid flags and takes over in one call, at mark")
{
    Scene1 s;
    s.house.price(0, "1830");
    const Reply reply = s.liquidate("1");
    REQUIRE(reply.ok());
    CHECK(reply.event("account_flagged", "since") == std::to_string(s.house.now));
    // 80 - 0.05 * 91.5 x >= 1.1 * 91.5 (1 - x) first at x = 0.21494
    CHECK(reply.event("position_liquidated", "base") == "0.215");
    CHECK(reply.event("position_liquidated", "whole") == "false");
    CHECK(reply.event("position_liquidated", "side") == "long");
    CHECK(reply.event("position_liquidated", "freed") == "19.6725");
    CHECK(reply.event("position_liquidated", "reward") == "0");
    CHECK(reply.event("position_liquidated", "fee") == "0.983625");
    CHECK(reply.event("position_liquidated", "health_before") == "-11.5");
    CHECK(reply.event("position_liquidated", "health_after") == "7.188875");
    CHECK(reply.events_of("account_cured") == 1);
    CHECK(text_of(s.house.account(s.alice).account.positions[0].base) == "0.785");
    CHECK(text_of(s.house.account(s.keeper).account.positions[0].base) == "0.215");
    CHECK(text_of(s.house.account(s.keeper).account.positions[0].quote) == "-393.45");
    CHECK(text_of(s.house.house().insurance.balance) == "0.983625");
    CHECK(s.house.market(0).market.indexes.open_interest == raw("1"));
}

TEST_CASE("liquidation: the previewed price is the tightest limit that the call accepts")
{
    for (const bool is_long : {true, false}) {
        Scene1 s;
        const std::uint64_t victim = is_long ? s.alice : s.house.trader("dave", 250);
        if (!is_long)
            REQUIRE(s.house.fill(0, s.bob, victim, "1", "2000").ok());
        s.house.price(0, is_long ? "1833.333333333333333333" : "2166.666666666666666667");
        s.house.send("keeper", say::flag(victim));
        s.house.wait(60);  // the buyer's share has risen, so that the price is away from mark
        const Reply preview = s.house.ask(say::preview(victim, 0, "1"));
        const num::i128 price = raw(preview.at("/price"));
        CHECK((is_long ? price < raw(preview.at("/mark")) : price > raw(preview.at("/mark"))));
        say::Guards tighter;
        tighter.worst_price = text_of(Price::from_raw(price + (is_long ? -10 : 10)));
        CHECK(s.house.send("keeper", say::liquidate(victim, 0, s.keeper, "1", tighter)).error ==
              Error::price_guard);
        say::Guards exact;
        exact.worst_price = text_of(Price::from_raw(price));
        CHECK(s.house.send("keeper", say::liquidate(victim, 0, s.keeper, "1", exact)).ok());
    }
}

TEST_CASE("liquidation: one lot less than the size would miss the target")
{
    Scene1 s;
    s.house.price(0, "1830");
    const Reply less = s.preview("0.214");
    CHECK(less.at("/base") == "0.214");
    // The target is a tenth of the requirement above it.
    const auto reached = [&](const Reply& preview, const std::string& left) {
        const num::i128 required = raw(left) / 20 * 1'830;
        return raw(preview.at("/health_after")) * 10 >= required;
    };
    CHECK_FALSE(reached(less, "0.786"));
    CHECK(reached(s.preview("1"), "0.785"));
}

TEST_CASE("liquidation: a short is taken over the same way")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 250);
    const auto bob = house.trader("bob", 10'000);
    const auto keeper = house.trader("keeper", 10'000);
    REQUIRE(house.fill(0, bob, alice, "1", "2000").ok());
    house.price(0, "2170");  // 80 against 108.5
    house.wait(FAST + SLOW / 2);
    house.refresh();
    const Reply preview = house.ask(say::preview(alice, 0, "5"));
    const Reply reply = house.send("keeper", say::liquidate(alice, 0, keeper, "5"));
    REQUIRE(reply.ok());
    same_as_previewed(preview, reply);
    CHECK(reply.event("position_liquidated", "side") == "short");
    CHECK(house.account(keeper).account.positions[0].base.is_negative());
    CHECK(house.health(alice)[0] != '-');
}

TEST_CASE("liquidation: a keeper takes no more than it asked for, in whole lots")
{
    Scene1 s;
    s.house.price(0, "1830");
    CHECK(s.liquidate("0.000999999999999999").error == Error::nothing_to_do);
    CHECK(s.liquidate("0.0019").event("position_liquidated", "base") == "0.001");
    CHECK(s.liquidate("0.1").event("position_liquidated", "base") == "0.1");
    const Reply rest = s.liquidate("10000000000");
    CHECK(rest.event("position_liquidated", "base") == "0.114");
    CHECK(rest.events_of("account_cured") == 1);
}

TEST_CASE("liquidation: the buyer's share rises along the curve and stays at its end")
{
    Scene1 s;
    s.house.price(0, "1835");
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).ok());
    const std::uint64_t flagged = s.house.now;
    const auto share = [&](std::uint64_t after) {
        s.house.now = flagged + after;
        return s.house.ask(say::ask("health", "account", s.alice)).at("/share");
    };
    CHECK(share(0) == "0");
    CHECK(share(1) == "0.000666666666666666");
    CHECK(share(150) == "0.1");
    CHECK(share(300) == "0.2");
    CHECK(share(1'050) == "0.35");
    CHECK(share(1'800) == "0.5");
    // It stays there until the flag lapses: the whole curve and `cool` without anyone who looked.
    CHECK(share(5'400) == "0.5");
    CHECK(share(5'401) == "0");
    CHECK(share(999'999) == "0");
    s.house.now = flagged + 1'050;
    s.house.refresh();
    const Reply reply = s.liquidate("0.1");
    REQUIRE(reply.ok());
    // 0.1 ether frees 9.175: 0.35 of it, and 0.05 of it.
    CHECK(reply.event("position_liquidated", "freed") == "9.175");
    CHECK(reply.event("position_liquidated", "reward") == "3.21125");
    CHECK(reply.event("position_liquidated", "fee") == "0.45875");
}

TEST_CASE("liquidation: the preview says exactly what the call does, at any price and time")
{
    std::mt19937_64 random(7);
    for (int round = 0; round < 40; ++round) {
        Scene1 s;
        if (round % 3 == 0)
            s.house.fund_insurance(1 + random() % 100);
        REQUIRE(s.house.send("publisher", say::push_premium(0, "-15")).ok());
        s.house.price(0, std::to_string(1'600 + random() % 240) + "." +
                             std::to_string(random() % 1'000'000'000));
        if (round % 2 == 0)
            REQUIRE(s.house.send("anyone", say::flag(s.alice)).ok());
        s.house.wait(random() % 2'000);
        const auto feed = s.house.last_price[0];
        s.house.price(0, feed);
        const std::string base_max = "0." + std::to_string(100 + random() % 900);
        const Reply preview = s.preview(base_max);
        const Reply done = s.liquidate(base_max);
        INFO(round << " " << feed << " " << base_max << " " << name_of(done.error));
        REQUIRE(preview.error == done.error);
        if (done.ok())
            same_as_previewed(preview, done);
    }
}

TEST_CASE("liquidation: a preview says why there is nothing to take")
{
    Scene1 s;
    CHECK(s.preview("1").error == Error::not_liquidatable);
    s.house.price(0, "1830");
    CHECK(s.preview("0.0001").error == Error::nothing_to_do);
    CHECK(s.house.ask(say::preview(s.alice, 1, "1")).error == Error::no_position);
    CHECK(s.house.ask(say::preview(s.alice, 9, "1")).error == Error::no_such_market);
    CHECK(s.house.ask(say::preview(99, 0, "1")).error == Error::no_such_account);
    s.house.wait(301);
    CHECK(s.preview("1").error == Error::stale_price);
}

TEST_CASE("liquidation: the guards of price, nonce and deadline hold to the unit")
{
    Scene1 s;
    s.house.price(0, "1830");
    const auto guarded = [&](const say::Guards& guards) {
        return s.liquidate("0.001", guards).error;
    };
    const std::uint64_t nonce = s.house.account(s.alice).account.nonce;
    CHECK(guarded({{}, nonce + 1, {}}) == Error::nonce_moved);
    CHECK(guarded({{}, nonce - 1, {}}) == Error::nonce_moved);
    CHECK(guarded({{}, nonce, {}}) == Error::ok);
    CHECK(guarded({{}, nonce, {}}) == Error::nonce_moved);
    CHECK(guarded({{}, {}, s.house.now - 1}) == Error::deadline_passed);
    CHECK(guarded({{}, {}, s.house.now}) == Error::ok);
    CHECK(guarded({"1829.999999999999999", {}, {}}) == Error::price_guard);
    CHECK(guarded({"1830", {}, {}}) == Error::ok);
}

TEST_CASE("liquidation: the price guard of a short's buyer is the least it wants to receive")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 250);
    const auto bob = house.trader("bob", 10'000);
    const auto keeper = house.trader("keeper", 10'000);
    REQUIRE(house.fill(0, bob, alice, "1", "2000").ok());
    house.price(0, "2170");
    const auto guarded = [&](const std::string& worst) {
        return house.send("keeper", say::liquidate(alice, 0, keeper, "0.01", {worst, {}, {}}))
            .error;
    };
    CHECK(guarded("2170.000000000000001") == Error::price_guard);
    CHECK(guarded("2170") == Error::ok);
    CHECK(guarded("2000") == Error::ok);
}

TEST_CASE("liquidation: a limit at the very mark passes, whatever the rounding")
{
    for (const std::string price : {"1829.999999999999999999", "2170.000000000000000001"}) {
        Scene1 s;
        s.house.deposit(s.bob, "uusdc", 1);
        REQUIRE(s.house.send("bob", say::withdraw(s.bob, 0, "99750000001")).ok());
        s.house.price(0, price);
        const auto unhealthy = price[0] == '1' ? s.alice : s.bob;
        const Reply reply = s.house.send(
            "keeper", say::liquidate(unhealthy, 0, s.keeper, "0.011", {price, {}, {}}));
        INFO(name_of(reply.error));
        CHECK(reply.ok());
    }
}

TEST_CASE(
    "liquidation: a preview of an account that nobody has flagged resumes its curve as the call")
{
    Scene1 s;
    s.house.price(0, "1830");
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).ok());
    s.house.wait(200);
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).ok());  // seen: the curve has run so far
    s.house.wait(100);
    s.house.price(0, "1900");
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).ok());
    s.house.price(0, "1830");
    const Reply preview = s.preview("1");
    CHECK(preview.at("/share") == "0.133333333333333333");
    same_as_previewed(preview, s.liquidate("1"));
}

TEST_CASE("liquidation: an owner cannot buy from an own account")
{
    Scene1 s;
    const auto other = s.house.trader("alice", 10'000);
    s.house.price(0, "1830");
    CHECK(s.house.send("alice", say::liquidate(s.alice, 0, other, "1")).error ==
          Error::self_liquidation);
    CHECK(s.house.send("alice", say::liquidate(s.alice, 0, s.alice, "1")).error ==
          Error::self_liquidation);
    CHECK(s.house.send("alice", say::liquidate_collateral(s.alice, 1, other, "1")).error ==
          Error::self_liquidation);
}

TEST_CASE("liquidation: the buyer must hold its initial margin afterwards")
{
    Scene1 s;
    const auto poor = s.house.trader("poor", 39);
    s.house.price(0, "1830");
    const auto buy = [&](const std::string& base) {
        return s.house.send("poor", say::liquidate(s.alice, 0, poor, base)).error;
    };
    CHECK(buy("0.214") == Error::buyer_below_initial);
    CHECK(buy("0.213") == Error::ok);
}

TEST_CASE("liquidation: a buyer is not judged by a price of its own that is not fit to trade on")
{
    Scene1 s;
    REQUIRE(s.house.fill(1, s.keeper, s.bob, "0.01", "50000").ok());
    s.house.wait(61);
    s.house.price(0, "1830");
    const Reply stale = s.liquidate("0.1");
    CHECK(stale.error == Error::stale_price);
    CHECK(stale.detail == "underlying 1");
    REQUIRE(
        s.house.send("publisher", say::push_price(1, "50000", s.house.now, "1000.000001")).ok());
    const Reply uncertain = s.liquidate("0.1");
    CHECK(uncertain.error == Error::uncertain_price);
    CHECK(uncertain.detail == "underlying 1");
    s.house.wait(1);
    s.house.price(1, "50000");
    CHECK(s.liquidate("0.1").ok());
}

TEST_CASE("liquidation: the price of what is sold may be as old as a liquidation allows")
{
    Scene1 s;
    s.house.price(0, "1830");
    s.house.wait(300);
    CHECK(s.liquidate("0.1").ok());
}

TEST_CASE("liquidation: of a failed feed no more goes than what it requires twice over lets go")
{
    Scene1 s;
    s.house.price(0, "1900");
    s.house.wait(3'601);
    const Reply preview = s.preview("10");
    const Reply done = s.liquidate("10");
    REQUIRE(done.ok());
    same_as_previewed(preview, done);
    // Equity 150, required 95 and as much a haircut: 49.5 to the target of 104.5, and a unit sold closes 104.5 of what
    // is required and 95 of the haircut, less the fee of a twentieth of 190.
    CHECK(done.event("position_liquidated", "base") == "0.261");
    CHECK(done.event("position_liquidated", "freed") == "49.59");
    CHECK(s.house.health(s.alice) == done.event("position_liquidated", "health_after"));
}

TEST_CASE("liquidation: a victim is judged with what it owes in its other markets")
{
    Clearinghouse house;
    const auto victim = house.trader("victim", 200);
    const auto bob = house.trader("bob", 100'000);
    const auto keeper = house.trader("keeper", 100'000);
    house.wait(600);
    REQUIRE(house.send("publisher", say::push_premium(0, "20")).ok());
    house.refresh();
    REQUIRE(house.fill(0, victim, bob, "0.5", "2020").ok());
    REQUIRE(house.fill(1, victim, bob, "0.001", "50000").ok());
    house.price(0, "1720");
    house.refresh();
    // 200 - 150 and a little against 43 + 2.5: sound, until half a day of funding is due.
    REQUIRE(house.health(victim)[0] != '-');
    CHECK(house.send("keeper", say::liquidate(victim, 1, keeper, "0.001")).error ==
          Error::not_liquidatable);
    house.wait(DAY / 2);
    house.refresh();
    // Past the fast leg any position may be sold.
    REQUIRE(house.send("anyone", say::flag(victim)).ok());
    house.wait(FAST);
    house.refresh();
    const contract::MarketRecord stored = house.market(0);
    CHECK(stored.market.funding_time.raw() < house.now);
    CHECK(house.health(victim)[0] == '-');
    const Reply reply = house.send("keeper", say::liquidate(victim, 1, keeper, "0.001"));
    REQUIRE(reply.ok());
    CHECK(reply.event("position_liquidated", "market") == "1");
    // The other market has been looked at, not written.
    CHECK(house.market(0).market.funding_time == stored.market.funding_time);
}

TEST_CASE("liquidation: a flag that was left up while the account was healthy starts a new curve")
{
    Scene1 s;
    s.house.price(0, "1830");
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).ok());
    const std::uint64_t first = s.house.now;
    s.house.wait(100);
    s.house.price(0, "1900");
    s.house.wait(7 * DAY);
    s.house.refresh();
    CHECK(s.house.stage(s.alice) == "healthy");
    CHECK(s.house.account(s.alice).account.flag.since.raw() == first);
    s.house.price(0, "1830");
    CHECK(s.house.stage(s.alice) == "unflagged");
    CHECK(s.house.ask(say::ask("health", "account", s.alice)).at("/share") == "0");
    CHECK(s.preview("1").at("/share") == "0");
    CHECK(s.house.send("anyone", say::resolve(s.alice)).error == Error::auction_running);
    const std::string now = std::to_string(s.house.now);
    CHECK(s.house.send("anyone", say::flag(s.alice)).event("account_flagged", "since") == now);
    CHECK(s.house.send("anyone", say::resolve(s.alice)).error == Error::auction_running);
    s.house.wait(FAST + SLOW);
    s.house.refresh();
    CHECK(s.house.send("anyone", say::resolve(s.alice)).ok());
}

TEST_CASE("liquidation: of two keepers the second learns that it lost the race")
{
    Scene1 s;
    const auto other = s.house.trader("other", 10'000);
    s.house.price(0, "1830");
    REQUIRE(s.liquidate("1").ok());
    CHECK(s.house.send("other", say::liquidate(s.alice, 0, other, "1")).error ==
          Error::not_liquidatable);
}

TEST_CASE("liquidation: where no size reaches the target the whole position goes")
{
    Scene1 s;
    s.house.price(0, "1752");  // equity 2 against 87.6
    const Reply reply = s.liquidate("1");
    REQUIRE(reply.ok());
    CHECK(reply.event("position_liquidated", "whole") == "true");
    CHECK(s.house.account(s.alice).account.positions.empty());
    CHECK(s.house.cash(s.alice) == "0");  // 2 of equity, less the fee, which stops at zero
    CHECK(text_of(s.house.house().insurance.balance) == "2");
}

TEST_CASE("liquidation: a position no larger than the close-out size goes whole")
{
    Clearinghouse house;
    const auto alice = house.trader("alice", 12);
    const auto bob = house.trader("bob", 10'000);
    const auto keeper = house.trader("keeper", 10'000);
    REQUIRE(house.fill(0, alice, bob, "0.055", "2000").ok());
    house.price(0, "1815");  // 99.825 of notional; 1.825 against 4.99
    const Reply reply = house.send("keeper", say::liquidate(alice, 0, keeper, "1"));
    CHECK(reply.event("position_liquidated", "whole") == "true");
    CHECK(reply.event("position_liquidated", "base") == "0.055");
}

TEST_CASE("liquidation: an insolvent account's reward comes from the insurance, up to its cap")
{
    Scene1 s;
    s.house.fund_insurance(1'000);
    s.house.price(0, "1700");  // equity -50
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).ok());
    s.house.wait(FAST);
    s.house.price(0, "1700");
    const Reply reply = s.liquidate("0.5");
    // 0.2 of the 42.5 that half of it frees.
    CHECK(reply.event("position_liquidated", "reward") == "0");
    CHECK(reply.event("position_liquidated", "fee") == "0");
    CHECK(reply.event("position_liquidated", "reward_from_insurance") == "8.5");
    CHECK(text_of(s.house.house().insurance.balance) == "991.5");
    say::Params params;
    // The cap is on all sales of the curve together.
    params.reward_cap = "10";
    REQUIRE(s.house.send("gov", say::set_params(params)).ok());
    CHECK(s.liquidate("1").event("position_liquidated", "reward_from_insurance") == "1.5");
    CHECK(s.house.cash(s.alice) == "-50");
    CHECK(s.house.stage(s.alice) == "resolve");
}

TEST_CASE("liquidation: with the insurance empty an insolvent account still goes, for no reward")
{
    Scene1 s;
    s.house.price(0, "1700");
    CHECK(s.house.stage(s.alice) == "resolve");
    const Reply reply = s.liquidate("0.5");
    CHECK(reply.event("position_liquidated", "reward") == "0");
    CHECK(reply.event("position_liquidated", "reward_from_insurance") == "0");
}

TEST_CASE("liquidation: neither a reduce-only nor a settling market, nor its cap, stops it")
{
    for (const std::string status : {"settling", "reduce_only"}) {
        Scene1 s;
        say::Market market;
        market.status = status;
        market.open_interest_max = std::string("0");
        if (status == "settling")
            REQUIRE(s.house.send("gov", say::wind_down(0)).ok());
        REQUIRE(s.house.send("gov", say::set_market(market)).ok());
        s.house.price(0, "1830");
        CHECK(s.liquidate("1").ok());
    }
}

TEST_CASE(
    "liquidation: a flag goes up once, comes down when the price recovers, and resumes its curve")
{
    Scene1 s;
    s.house.price(0, "1830");
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).event("account_flagged"));
    const std::string since = std::to_string(s.house.now);
    s.house.wait(200);
    // Seen again: the curve goes on from where it began.
    CHECK(s.house.send("anyone", say::flag(s.alice)).event("account_flagged", "since") == since);
    CHECK(s.house.stage(s.alice) == "auction");
    s.house.price(0, "1900");
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).event("account_cured"));
    CHECK(s.house.send("anyone", say::flag(s.alice)).error == Error::not_liquidatable);
    s.house.wait(3'000);
    s.house.price(0, "1830");
    CHECK(s.house.stage(s.alice) == "unflagged");
    const Reply again = s.house.send("anyone", say::flag(s.alice));
    CHECK(again.event("account_flagged", "since") == std::to_string(s.house.now - 200));
    s.house.price(0, "1900");
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).ok());
    s.house.wait(3'601);
    s.house.price(0, "1830");
    CHECK(s.house.send("anyone", say::flag(s.alice)).event("account_flagged", "since") ==
          std::to_string(s.house.now));
}

TEST_CASE("liquidation: there must be an account, a market and a position")
{
    Scene1 s;
    s.house.price(0, "1830");
    const auto error = [&](std::uint64_t account, std::uint64_t market, std::uint64_t buyer) {
        return s.house.send("keeper", say::liquidate(account, market, buyer, "1")).error;
    };
    CHECK(error(99, 0, s.keeper) == Error::no_such_account);
    CHECK(error(s.alice, 0, 99) == Error::no_such_account);
    CHECK(error(s.alice, 9, s.keeper) == Error::no_such_market);
    CHECK(error(s.alice, 1, s.keeper) == Error::no_position);
    CHECK(s.house.send("keeper", say::liquidate_collateral(s.alice, 1, s.keeper, "1")).error ==
          Error::no_collateral);
    CHECK(s.house.send("keeper", say::liquidate_collateral(s.alice, 9, s.keeper, "1")).error ==
          Error::no_such_asset);
    CHECK(s.house.send("keeper", say::liquidate_collateral(s.alice, 0, s.keeper, "1")).error ==
          Error::no_collateral);
}

TEST_CASE("liquidation: the venue of an insolvent account is paid nothing by the insurance")
{
    Scene1 s;
    s.house.fund_insurance(1'000);
    const auto venue = s.house.trader("venue", 10'000);
    const auto stranger = s.house.trader("stranger", 10'000);
    s.house.price(0, "1700");
    REQUIRE(s.house.send("anyone", say::flag(s.alice)).ok());
    s.house.wait(FAST);
    s.house.price(0, "1700");
    const Reply own = s.house.send("venue", say::liquidate(s.alice, 0, venue, "0.1"));
    CHECK(own.event("position_liquidated", "reward_from_insurance") == "0");
    const Reply other = s.house.send("stranger", say::liquidate(s.alice, 0, stranger, "0.1"));
    CHECK(other.event("position_liquidated", "reward_from_insurance") == "1.7");
}
