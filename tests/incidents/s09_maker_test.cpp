// plimsoll: tests/incidents/s09_maker_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. S9, Maker, 12 March 2020.
//
// What happened: ether fell by half in a day, keepers did not come through, and collateral worth $8.3 million was sold at
// auctions with a single bid of zero; $6.65 million of debt were left (theweal.com, cryptoscoop.io, thebulletintime.com).
// What stops it here: a sale is quoted in the margin that it frees, and the buyer's share of that ends at share_max however long
// nobody comes; at its end anybody may ask the house to resolve, which needs no bidder.
// Asserted: one bidder after any number of minutes pays at least value less share_max * freed margin, for a position and for
// collateral; and without any bidder the house takes over at no less.
#include "tests/support/incident.hpp"

#include <initializer_list>

using namespace plimsoll;
using namespace plimsoll::test;

namespace {

const std::initializer_list<std::uint64_t> WAITS = {0, 60, 300, 900, 1'799, 1'800, 3'599, DAY};

/// Bob owes 40,000 on a bitcoin, which has fallen to 43,000: 92 % of that is less than what he owes.
struct Debtor
{
    Clearinghouse house;
    std::uint64_t bob = 0;
    std::uint64_t keeper = 0;

    explicit Debtor(const say::Asset* sat = nullptr)
    {
        if (sat != nullptr)
            must(house, say::set_asset(*sat));
        must(house, say::set_cash({}));
        house.trader("saver", 1'000'000);
        keeper = house.trader("keeper", 1'000'000);
        bob = house.trader("bob", 0);
        house.deposit(bob, "sat", 100'000'000);
        REQUIRE(house.send("bob", say::withdraw(bob, 0, "40000000000")).ok());
        house.price(1, "43000");
    }
};

/// worth * (1 - share): what a buyer pays at the least.
Money less(Money worth, const char* share)
{
    return worth - Money::from_raw(static_cast<num::i128>(
                       num::mul_div_floor(worth.raw(), raw(share), num::WAD).value()));
}

}  // namespace

TEST_CASE("S9: one bidder for collateral pays at least the floor, however late it comes")
{
    for (const std::uint64_t late : WAITS) {
        INFO(late << " s");
        Debtor d;
        REQUIRE(d.house.send("anyone", say::flag(d.bob)).ok());
        d.house.wait(late);
        d.house.refresh();
        const Reply reply =
            d.house.send("keeper", say::liquidate_collateral(d.bob, 2, d.keeper, "1000000000000"));
        INFO(name_of(reply.error) << " " << reply.detail);
        REQUIRE(reply.ok());
        const num::i128 amount = raw(reply.event("collateral_liquidated", "amount")) / num::WAD;
        const Money worth = Money::from_raw(amount * raw("43000") / 100'000'000);
        // share_max * maintenance haircut = 0.5 * 0.08
        CHECK(money(reply.event("collateral_liquidated", "paid")) >= less(worth, "0.04"));
        CHECK(money(d.house.health(d.bob)) >= Money::zero());
    }
}

TEST_CASE("S9: one bidder for a position gains at most share_max of the margin that it frees")
{
    for (const std::uint64_t late : WAITS) {
        INFO(late << " s");
        Clearinghouse house;
        const auto alice = house.trader("alice", 250);
        const auto maker = house.trader("maker", 100'000);
        const auto keeper = house.trader("keeper", 100'000);
        REQUIRE(house.fill(0, alice, maker, "1", "2000").ok());
        house.price(0, "1835");
        REQUIRE(house.send("anyone", say::flag(alice)).ok());
        house.wait(late);
        house.refresh();
        const Reply reply = house.send("keeper", say::liquidate(alice, 0, keeper, "1"));
        REQUIRE(reply.ok());
        const Money notional = Money::from_raw(static_cast<num::i128>(num::mul_div_floor(
            raw(reply.event("position_liquidated", "base")), raw("1835"), num::WAD)
                .value()));
        const Money reward = money(reply.event("position_liquidated", "reward"));
        // share_max * maintenance fraction = 0.5 * 0.05
        CHECK(notional - reward >= less(notional, "0.025"));
    }
}

TEST_CASE("S9: without any bidder the house ends it at the same floor, and nobody is stuck")
{
    Debtor d;
    REQUIRE(d.house.send("anyone", say::flag(d.bob)).ok());
    d.house.wait(FAST + SLOW - 2);
    d.house.refresh();
    CHECK(d.house.send("anyone", say::resolve(d.bob)).error == Error::auction_running);
    d.house.wait(2);
    const Reply reply = d.house.send("anyone", say::resolve(d.bob));
    REQUIRE(reply.ok());
    const num::i128 amount = raw(reply.event("collateral_taken_over", "amount")) / num::WAD;
    const Money worth = Money::from_raw(amount * raw("43000") / 100'000'000);
    CHECK(money(reply.event("collateral_taken_over", "credit")) >= less(worth, "0.04"));
}

TEST_CASE("S9: terms that could sell for nothing are refused")
{
    Clearinghouse house;
    say::Params params;
    params.share_max = "1";
    CHECK(house.send("gov", say::set_params(params)).error == Error::parameters_disagree);
    params.share_max = "0.95";  // and 0.05 of fee
    CHECK(house.send("gov", say::set_params(params)).error == Error::parameters_disagree);
    params.share_max = "0.949";
    CHECK(house.send("gov", say::set_params(params)).ok());
}

TEST_CASE("S9: it happens to a token that counts as nothing, sold for the greatest share")
{
    say::Asset sat;
    sat.asset = 2;
    sat.denom = "sat";
    sat.symbol = "BTC";
    sat.decimals = 8;
    sat.underlying = 1;
    sat.initial_haircut = "0.15";
    sat.maintenance_haircut = "0.08";
    sat.deposit_cap = "1000000000000";
    Debtor d(&sat);
    sat.initial_haircut = sat.maintenance_haircut = "1";
    must(d.house, say::set_asset(sat));
    say::Params params;
    params.share_max = "0.949";
    must(d.house, say::set_params(params));
    REQUIRE(d.house.send("anyone", say::flag(d.bob)).ok());
    d.house.wait(FAST + SLOW);
    d.house.refresh();
    const Reply reply =
        d.house.send("keeper", say::liquidate_collateral(d.bob, 2, d.keeper, "1000000000000"));
    REQUIRE(reply.ok());
    const num::i128 amount = raw(reply.event("collateral_liquidated", "amount")) / num::WAD;
    const Money worth = Money::from_raw(amount * raw("43000") / 100'000'000);
    CHECK(money(reply.event("collateral_liquidated", "paid")) < less(worth, "0.04"));
}
