// plimsoll: tests/engine/ops/resolve_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The house's stage, branch by branch, by hand.
#include "engine/ops/resolve.hpp"

#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::COIN18;
using test::COIN8;
using test::M0;
using test::M1;
using test::M2;
using test::money;
using test::price;
using test::quantity;
using test::ratio;
using test::tokens;
using test::U0;
using test::U1;
using test::World;

constexpr std::size_t MAKER = 0, VICTIM = 1, LONG = 2, SHORT = 3;

/// The victim is long (or short) 10 from 100 against the maker; two others hold 90 against each other.
struct Fallen : World
{
    Money before;  // what was owed when the story began

    explicit Fallen(std::string_view cash, std::string_view index, bool is_long = true,
        std::string_view bystanders = "90")
    {
        open(money("1000000"));
        open(money(cash));
        open(money("1000000"));
        open(money("1000000"));
        const Error filled = is_long ? fill(M0, VICTIM, MAKER, quantity("10"), price("100"))
                                     : fill(M0, MAKER, VICTIM, quantity("10"), price("100"));
        if (filled != Error::ok)
            __builtin_trap();
        if (quantity(bystanders).is_positive() &&
            fill(M0, LONG, SHORT, quantity(bystanders), price("100")) != Error::ok)
            __builtin_trap();
        set_price(U0, price(index));
        before = owed();
    }
    Resolution resolve_at_the_end()
    {
        flag(VICTIM);
        run_out_auctions();
        Resolution done;
        if (resolve_account(VICTIM, done) != Error::ok)
            __builtin_trap();
        return done;
    }
    [[nodiscard]] const Account& victim() const { return accounts[VICTIM]; }
    void check_sound() const
    {
        CHECK(owed() == before);
        for (const MarketId id : {M0, M1, M2})
            CHECK(market_fault(id) == "");
        CHECK_FALSE(liquidatable(VICTIM));
    }
};

TEST_CASE("resolve: refuses who is not liquidatable, then who is not due", "[ops][resolve]")
{
    Fallen healthy("1000", "92");
    CHECK(healthy.resolve_account(VICTIM) == Error::not_liquidatable);
    Fallen world("100", "92");
    CHECK(world.resolve_account(VICTIM) == Error::auction_running);  // nobody has flagged it
    world.flag(VICTIM);
    world.wait(599);
    CHECK(world.resolve_account(VICTIM) == Error::auction_running);
    world.wait(1);
    CHECK(world.resolve_account(VICTIM) == Error::ok);
    CHECK(world.victim().nonce == 1);
    world.check_sound();
}

TEST_CASE("resolve: waits for a feed between its two ages, not longer", "[ops][resolve]")
{
    Fallen world("100", "92");
    world.flag(VICTIM);
    world.wait(601, false);
    CHECK(world.resolve_account(VICTIM) == Error::stale_price);
    for (int i = 0; i < 2'998; i += 2) {
        world.flag(VICTIM);  // still below maintenance: the flag does not lapse
        world.wait(2, false);
    }
    CHECK(world.resolve_account(VICTIM) == Error::stale_price);
    world.wait(2, false);
    CHECK(world.resolve_account(VICTIM) == Error::ok);
    world.check_sound();
}

TEST_CASE(
    "resolve: feeds that fall silent in turn do not keep an account for ever", "[ops][resolve]")
{
    Fallen world("100", "92");
    world.flag(VICTIM);
    Error last = Error::ok;
    std::uint64_t waited = 0;
    // The feed comes back just before it would have failed, and goes again: always stale when asked.
    for (; waited < 10'000; waited += 700) {
        world.set_price(U0, price("92"));
        world.wait(700, false);
        world.flag(VICTIM);
        last = world.resolve_account(VICTIM);
        if (last == Error::ok)
            break;
        CHECK((last == Error::stale_price || last == Error::auction_running));
    }
    CHECK(last == Error::ok);
    CHECK(waited <= 600 + 3'000 + 700);
}

TEST_CASE(
    "resolve: an insolvent account is due at once when there is no insurance", "[ops][resolve]")
{
    Fallen world("100", "85");
    world.insurance.balance = money("1");
    world.before = world.owed();
    CHECK(world.resolve_account(VICTIM) == Error::auction_running);
    world.insurance.balance = Money::zero();
    world.before = world.owed();
    CHECK(world.resolve_account(VICTIM) == Error::ok);
    world.check_sound();
}

TEST_CASE("resolve: a solvent account is deleveraged at mark, just to its target", "[ops][resolve]")
{
    // 30.6 / (4.6 * 1.1) = 6.0474: nobody is paid for it.
    Fallen world("100", "92");
    const Resolution done = world.resolve_at_the_end();
    CHECK_FALSE(done.insolvent);
    REQUIRE(done.deleveraged.size() == 1);
    CHECK(done.deleveraged[0].quantity == quantity("6.05"));
    CHECK(done.deleveraged[0].price == price("92"));
    CHECK(done.deleveraged[0].side == Side::long_side);
    CHECK(world.victim().positions[0].base == quantity("3.95"));
    CHECK(world.report(VICTIM).equity == money("20"));
    // The shorts have lost 6.05 of 100 pro rata, at mark: no change of equity beyond rounding.
    CHECK(world.report(SHORT).equity <= money("1000720"));
    CHECK(world.report(SHORT).equity >= money("1000720") - Money::from_raw(100));
    CHECK((world.market(M0).indexes.open_interest == test::raw("93.95")));
    world.check_sound();
}

TEST_CASE("resolve: a solvent short is deleveraged at mark too", "[ops][resolve]")
{
    Fallen world("100", "108", false);
    const Resolution done = world.resolve_at_the_end();
    REQUIRE(done.deleveraged.size() == 1);
    // Required 54, equity 20: 39.4 / (5.4 * 1.1) = 6.633.
    CHECK(done.deleveraged[0].quantity == quantity("6.64"));
    CHECK(done.deleveraged[0].side == Side::short_side);
    CHECK(world.victim().positions[0].base == quantity("-3.36"));
    world.check_sound();
}

TEST_CASE(
    "resolve: a rich insurance pays the deficit and the position closes at mark", "[ops][resolve]")
{
    Fallen world("100", "85");
    world.insurance.balance = money("1000");
    world.before = world.owed();
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.insolvent);
    CHECK(done.deficit == money("50"));
    CHECK(done.insurance_paid == money("50"));
    CHECK(done.deleveraged[0].price == price("85"));
    CHECK(done.socialised.empty());
    CHECK(done.open_deficit == money("0"));
    CHECK(world.insurance.balance == money("950"));
    CHECK(world.victim().positions.empty());
    CHECK(world.victim().cash == money("0"));
    world.check_sound();
}

TEST_CASE("resolve: without insurance the price moves against the other side by the deficit",
    "[ops][resolve]")
{
    // Deficit 20 over 10 units: 2 a unit, below the clamp of 4.4.
    Fallen world("100", "88");
    Resolution done = world.resolve_at_the_end();
    CHECK(done.deficit == money("20"));
    CHECK(done.deleveraged[0].price == price("90"));
    CHECK(world.victim().cash == money("0"));
    CHECK(done.socialised.empty());
    world.check_sound();
    // A short: the price falls, and longs get less for what they lose.
    Fallen other("100", "112", false);
    done = other.resolve_at_the_end();
    CHECK(done.deficit == money("20"));
    CHECK(done.deleveraged[0].price == price("110"));
    CHECK(other.victim().cash == money("0"));
    other.check_sound();
}

TEST_CASE("resolve: half of the deficit from insurance, half from the price", "[ops][resolve]")
{
    Fallen world("100", "88");
    world.insurance.balance = money("10");
    world.before = world.owed();
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.insurance_paid == money("10"));
    CHECK(done.deleveraged[0].price == price("89"));
    CHECK(world.insurance.balance == money("0"));
    world.check_sound();
}

TEST_CASE("resolve: what the clamp leaves is socialised over both sides", "[ops][resolve]")
{
    // Deficit 50; the price moves by 85 * 5 % = 4.25 a unit; 7.5 are left for 90 units a side.
    Fallen world("100", "85");
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.deleveraged[0].price == price("89.25"));
    REQUIRE(done.socialised.size() == 1);
    CHECK(done.socialised[0].loss == money("7.5"));
    CHECK(done.open_deficit == money("0"));
    CHECK(world.victim().cash == money("0"));
    // 3.75 over 90 units. The long lost it from 1000000 + 90 * (85 - 100).
    const Money lost = money("998650") - world.report(LONG).equity;
    CHECK(lost >= money("3.75"));
    CHECK(lost <= money("3.75") + Money::from_raw(100));
    CHECK(world.market(M0).loss_in_window >= price("0.041666"));
    CHECK(world.market(M0).loss_in_window <= price("0.041667"));
    world.check_sound();
}

TEST_CASE(
    "resolve: socialised loss stops at its cap and the rest is an open deficit", "[ops][resolve]")
{
    // Deficit 800 of 10 units from 100 at 10, cash 100. Clamp 0.5 a unit; 795 left; the cap is 1 % of 10
    // a unit: 2 * 90 * 0.1 = 18.
    Fallen world("100", "10");
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.deficit == money("800"));
    REQUIRE(done.socialised.size() == 1);
    CHECK(done.socialised[0].loss <= money("18"));
    CHECK(done.socialised[0].loss >= money("18") - Money::from_raw(200));
    CHECK(done.open_deficit == money("795") - done.socialised[0].loss);
    CHECK(world.insurance.open_deficit == done.open_deficit);
    CHECK(world.victim().cash == money("0"));
    world.check_sound();
}

TEST_CASE(
    "resolve: the cap on socialised loss counts over a day, whoever causes it", "[ops][resolve]")
{
    Fallen world("100", "10");
    const std::size_t second = world.open(money("1"));
    REQUIRE(world.fill(M0, second, MAKER, quantity("5"), price("11")) == Error::ok);
    world.accounts[second].find(M0)->seen_worth = Money::zero();  // as if that had been the mark
    world.before = world.owed();
    const Price cap = scale_floor(world.mark(M0), world.market(M0).params.loss_cap);
    const Resolution first = world.resolve_at_the_end();
    REQUIRE(first.socialised.size() == 1);
    CHECK(world.market(M0).loss_in_window <= cap);
    CHECK(world.market(M0).loss_in_window >= cap - Price::from_raw(100));
    // The second bankrupt of the day finds the room used up but for what rounding left.
    Resolution done;
    World late = world;
    REQUIRE(world.liquidatable(second));
    REQUIRE(world.resolve_account(second, done) == Error::ok);
    CHECK(world.market(M0).loss_in_window <= cap);
    CHECK((done.socialised.empty() || done.socialised[0].loss <= Money::from_raw(20'000)));
    CHECK(world.insurance.open_deficit > first.open_deficit);
    CHECK(world.owed() == world.before);
    // A day later there is room again.
    late.wait(86'400);
    Resolution again;
    REQUIRE(late.resolve_account(second, again) == Error::ok);
    REQUIRE(again.socialised.size() == 1);
    CHECK(again.socialised[0].loss > money("0.1"));
    CHECK(late.market(M0).loss_window_start == late.board.now);
    CHECK(late.market(M0).loss_in_window <= cap);
    CHECK(late.owed() == world.before);
}

TEST_CASE("resolve: with no counterparties left the deficit stays open", "[ops][resolve]")
{
    // The victim's is the only position against the maker's: after deleveraging nobody is left.
    Fallen world("100", "10", true, "0");
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.socialised.empty());
    CHECK(done.open_deficit == money("795"));
    CHECK((world.market(M0).indexes.open_interest == 0));
    CHECK(done.deleveraged[0].ended.ended);
    world.touch_all(MAKER);
    CHECK(world.accounts[MAKER].positions.empty());
    CHECK(world.accounts[MAKER].cash == money("1000895"));  // 900 of profit, less 5
    world.check_sound();
}

TEST_CASE("resolve: an account with nothing but debt is due at once and leaves an open deficit",
    "[ops][resolve]")
{
    World world;
    const std::size_t i = world.open(money("-30"));
    world.insurance.balance = money("12");
    const Money owed = world.owed();
    Resolution done;
    REQUIRE(world.resolve_account(i, done) == Error::ok);
    CHECK(done.insolvent);
    CHECK(done.deficit == money("30"));
    CHECK(done.insurance_paid == money("12"));
    CHECK(done.open_deficit == money("18"));
    CHECK(world.accounts[i].cash == money("0"));
    CHECK(world.owed() == owed);
    CHECK(world.resolve_account(i) == Error::not_liquidatable);
}

TEST_CASE("resolve: an insolvent account's collateral is taken over, no more than its debt needs",
    "[ops][resolve]")
{
    // Cash 100, 1 coin of 78 and 0.01 of 2000 in collateral, position worth -220: 22 short.
    Fallen world("100", "78");
    world.deposit(VICTIM, COIN8, tokens("100000000"));
    world.deposit(VICTIM, COIN18, tokens("10000000000000000"));
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.deficit == money("22"));
    CHECK(done.deleveraged[0].price == price("80.2"));
    // After that cash is -98: all of the coin, 20 of the other: all of both.
    REQUIRE(done.taken_over.size() == 2);
    CHECK(done.taken_over[0].credit == money("78"));
    CHECK(done.taken_over[1].credit == money("20"));
    CHECK(world.victim().cash == money("0"));
    CHECK(world.victim().collaterals.empty());
    CHECK(world.insurance.inventory[COIN8.value] == tokens("100000000"));
    // The house owes what it credited until the inventory is sold.
    CHECK(world.insurance.open_deficit == money("98"));
    world.check_sound();
}

TEST_CASE("resolve: an insolvent debtor's insurance pays the deficit and the tokens the rest",
    "[ops][resolve]")
{
    // 6 coins of 100 without decimals against 610: the insurance pays 10, the coins the 600.
    World world;
    world.assets[COIN8.value].decimals = 0;
    const std::size_t i = world.open(money("-610"));
    world.deposit(i, COIN8, tokens("6"));
    world.insurance.balance = money("10");
    const Money owed = world.owed();
    world.flag(i);
    world.run_out_auctions();
    Resolution done;
    REQUIRE(world.resolve_account(i, done) == Error::ok);
    CHECK(done.insurance_paid == money("10"));
    REQUIRE(done.taken_over.size() == 1);
    CHECK(done.taken_over[0].amount == tokens("6"));
    CHECK(world.accounts[i].cash == money("0"));
    CHECK(world.insurance.open_deficit == money("600"));
    CHECK(world.owed() == owed);
}

TEST_CASE(
    "resolve: a solvent debtor's collateral is taken to the target in one call", "[ops][resolve]")
{
    // 10 coins of 100, haircut 10 %, debt 920: the house buys at the curve's last discount, 50 % of what
    // is freed. Health -20; a coin frees 10 and costs 5: four coins.
    World world;
    const std::size_t i = world.open(money("-920"));
    world.deposit(i, COIN8, tokens("1000000000"));
    world.insurance.balance = money("2000");
    const Money owed = world.owed();
    world.flag(i);
    world.run_out_auctions();
    Resolution done;
    REQUIRE(world.resolve_account(i, done) == Error::ok);
    CHECK_FALSE(done.insolvent);
    REQUIRE(done.taken_over.size() == 1);
    CHECK(done.taken_over[0].amount == tokens("400000000"));
    CHECK(done.taken_over[0].credit == money("380"));
    CHECK(world.health(i) == money("0"));
    CHECK(world.accounts[i].cash == money("-540"));
    CHECK(world.insurance.balance == money("1620"));
    CHECK_FALSE(world.liquidatable(i));
    CHECK(world.owed() == owed);
}

TEST_CASE("resolve: a solvent account's positions go first, then collateral until it is healthy",
    "[ops][resolve]")
{
    // Position worth -220 and cash 0 against 3 coins of 78 with a haircut of 10 %: equity 14, net -9.4.
    Fallen world("0", "78");
    world.deposit(VICTIM, COIN8, tokens("300000000"));
    world.insurance.balance = money("1000");
    world.before = world.owed();
    const Resolution done = world.resolve_at_the_end();
    CHECK_FALSE(done.insolvent);
    REQUIRE(done.deleveraged.size() == 1);
    CHECK(done.deleveraged[0].quantity == quantity("10"));
    REQUIRE(done.taken_over.size() == 1);
    CHECK(world.victim().positions.empty());
    world.check_sound();
}

TEST_CASE("resolve: a solvent account's riskiest position goes first", "[ops][resolve]")
{
    Fallen world("400", "100");
    world.underlyings[U1.value].standard.fraction.initial = ratio("0.1");
    world.underlyings[U1.value].standard.fraction.maintenance = ratio("0.1");
    REQUIRE(world.fill(M1, VICTIM, MAKER, quantity("1"), price("2000")) == Error::ok);
    REQUIRE(world.fill(M1, LONG, SHORT, quantity("20"), price("2000")) == Error::ok);
    world.set_price(U1, price("1800"));
    world.before = world.owed();
    // Equity 400 - 200 = 200 against 50 + 180: the second position releases twice as much a notional.
    const Resolution done = world.resolve_at_the_end();
    CHECK_FALSE(done.insolvent);
    REQUIRE(done.deleveraged.size() == 1);
    CHECK(done.deleveraged[0].market == M1);
    CHECK(world.victim().find(M0)->base == quantity("10"));
    world.check_sound();
}

TEST_CASE("resolve: several markets bear the deficit by what was lost in each", "[ops][resolve]")
{
    Fallen world("100", "100");
    REQUIRE(world.fill(M1, VICTIM, MAKER, quantity("1"), price("2000")) == Error::ok);
    REQUIRE(world.fill(M2, MAKER, VICTIM, quantity("0.5"), price("2000")) == Error::ok);
    REQUIRE(world.fill(M1, LONG, SHORT, quantity("20"), price("2000")) == Error::ok);
    world.set_price(U0, price("90"));
    world.set_price(U1, price("1900"));
    world.before = world.owed();
    // Equity 100 - 100 - 100 + 50 = -50. With U1 50 have been lost in all, so two thirds and one third.
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.deficit == money("50"));
    REQUIRE(done.deleveraged.size() == 3);
    CHECK(done.deleveraged[0].price > price("93.333333333333"));
    CHECK(done.deleveraged[0].price < price("93.333333333334"));
    CHECK(done.deleveraged[1].price > price("1916.666666666666"));
    CHECK(done.deleveraged[1].price < price("1916.666666666667"));
    CHECK(done.deleveraged[2].side == Side::short_side);
    CHECK(done.deleveraged[2].price == price("1900"));
    // The short has gained, and what is left of that after it has paid for the others is rounding.
    CHECK(owes_nothing(world.victim()));
    for (const Position& claim : world.victim().positions)
        CHECK(claim.quote <= Money::from_raw(20));
    CHECK(world.victim().cash <= Money::from_raw(20));
    CHECK(done.socialised.empty());
    world.check_sound();
}

TEST_CASE("resolve: a market without counterparties passes its part of the loss to nobody",
    "[ops][resolve]")
{
    Fallen world("100", "100", true, "0");
    REQUIRE(world.fill(M1, VICTIM, MAKER, quantity("1"), price("2000")) == Error::ok);
    REQUIRE(world.fill(M1, LONG, SHORT, quantity("20"), price("2000")) == Error::ok);
    world.set_price(U0, price("50"));
    world.set_price(U1, price("1900"));
    world.before = world.owed();
    // Equity -500; 500 were lost in M0, 100 in M1. Clamps give 25 and 76; of the 399 that are left M0 has nobody to bear
    // its part, and M1 could take 760.
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.deficit == money("500"));
    REQUIRE(done.socialised.size() == 1);
    CHECK(done.socialised[0].market == M1);
    CHECK(done.socialised[0].loss > money("7.33"));
    CHECK(done.socialised[0].loss < money("7.34"));
    CHECK(done.socialised[0].loss + done.open_deficit == money("399"));
    CHECK(world.victim().cash == money("0"));
    world.check_sound();
}

TEST_CASE("resolve: a short's rounding dust beyond open interest goes to the house at mark",
    "[ops][resolve]")
{
    // Three shorts that deleveraging has cut to magnitudes rounded up: one raw unit each too much.
    Fallen world("30", "100", false, "0");
    const std::size_t other = world.open(money("100000"));
    REQUIRE(world.fill(M0, MAKER, other, quantity("7"), price("100")) == Error::ok);
    world.before = world.owed();
    Market& market = world.market(M0);
    (void)deleverage(
        *world.accounts[MAKER].find(M0), market.indexes, quantity("16.7"), price("100"));
    world.touch_all(VICTIM);
    world.touch_all(other);
    const num::i128 open = market.indexes.open_interest;
    // The other short closes its position with the maker: what is left is the victim's and its dust.
    const Quantity all = -world.accounts[other].find(M0)->base;
    REQUIRE(world.fill(M0, other, MAKER, all, price("100")) == Error::ok);
    const Quantity base = world.accounts[VICTIM].find(M0)->base;
    CAPTURE(test::text_of(base));
    REQUIRE((-base.raw() > market.indexes.open_interest));
    REQUIRE((open > market.indexes.open_interest));
    world.accounts[VICTIM].cash = world.accounts[VICTIM].cash - money("40");
    world.before = world.owed();
    const num::i128 dust = -base.raw() - market.indexes.open_interest;
    const num::i128 residue = world.residue(M0);
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.insolvent);
    CHECK(world.victim().positions.empty());
    CHECK((market.indexes.open_interest == 0));
    // The house gives up its dust and is paid the mark for it.
    CHECK((world.residue(M0) - residue >= dust * 100));
    world.check_sound();
}

TEST_CASE("resolve: a partial size beyond open interest closes the position, dust and all",
    "[ops][resolve]")
{
    // A short two raw units larger than open interest, of which all but one must go: equity of 8 raw
    // carries the requirement of 5 for one unit, but not of 10 for two.
    Fallen world("0", "100", false, "0");
    Market& market = world.market(M0);
    market.params.lot = Quantity::from_raw(1);
    world.liquidation.close_out_notional = Money::zero();
    market.indexes.open_interest -= 2;
    market.indexes.of(Side::short_side).dust = 2;
    Position& counter = *world.accounts[MAKER].find(M0);
    counter.base -= Quantity::from_raw(2);
    counter.quote += Money::from_raw(200);
    world.accounts[VICTIM].cash = Money::from_raw(8);
    world.before = world.owed();
    const Resolution done = world.resolve_at_the_end();
    CHECK_FALSE(done.insolvent);
    CHECK(world.victim().positions.empty());
    CHECK(world.victim().cash == Money::from_raw(8));
    CHECK(world.owed() == world.before);
}

TEST_CASE("resolve: the house takes what covers a debt and not a base unit more", "[ops][resolve]")
{
    // Short of 20 and three raw units over 10 units: the price covers seven raw units more than that, and
    // so much of the collateral stays.
    Fallen world("95", "88");
    world.set_price(U1, price("1"));
    world.deposit(VICTIM, COIN18, tokens("5000000000000000000"));
    world.accounts[VICTIM].cash -= Money::from_raw(3);
    world.before = world.owed();
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.deleveraged[0].price == price("90") + Price::from_raw(1));
    REQUIRE(done.taken_over.size() == 1);
    CHECK(done.taken_over[0].amount == tokens("4999999999999999993"));
    CHECK(world.victim().cash == money("0"));
    CHECK(world.victim().find(COIN18)->amount == tokens("7"));
    world.check_sound();
}

TEST_CASE(
    "resolve: an account at zero equity is closed, not deleveraged to target", "[ops][resolve]")
{
    Fallen world("100", "90");
    CHECK(world.report(VICTIM).equity == money("0"));
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.insolvent);
    CHECK(done.deficit == money("0"));
    CHECK(done.deleveraged[0].price == price("90"));
    CHECK(world.victim().cash == money("0"));
    world.check_sound();
}

TEST_CASE(
    "resolve: collateral that has no price counts nothing and blocks nothing", "[ops][resolve]")
{
    Fallen world("100", "85");
    world.board.feeds[U1.value] = FeedPrice{};
    world.deposit(VICTIM, COIN18, tokens("1000000000000000000"));
    const Resolution done = world.resolve_at_the_end();
    CHECK(done.insolvent);
    CHECK(world.victim().cash == money("0"));
    CHECK(world.owed() == world.before);
    CHECK_FALSE(world.liquidatable(VICTIM));
}

}  // namespace
}  // namespace plimsoll
