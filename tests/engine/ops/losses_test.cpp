// plimsoll: tests/engine/ops/losses_test.cpp                        SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What an account has lost in a market moves with its marks, and with nothing else.
#include "engine/ops/losses.hpp"

#include "engine/ops/leg.hpp"
#include "tests/support/option_world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::CALL_100;
using test::M0;
using test::money;
using test::OptionWorld;
using test::price;
using test::quantity;
using test::U0;

constexpr std::size_t ANN = 0, BOB = 1, CAT = 2;

struct Trio : OptionWorld
{
    Trio()
    {
        for (int i = 0; i < 3; ++i)
            open(money("100000"));
    }
    void trade(
        MarketId id, std::size_t buyer, std::size_t seller, Quantity size, const char* off = "0")
    {
        REQUIRE(fill(id, buyer, seller, size, mark(id) + price(off)) == Error::ok);
    }
    /// With what is no more.
    Money lost(std::size_t i, MarketId id, bool bought = false)
    {
        Money all;
        const Position* held = accounts[i].find(id);
        if (held != nullptr && is_bought(market(id).params.kind, held->base) == bought)
            all += lost_ceil(*held, mark(id));
        for (const OwedLoss& owed : accounts[i].owed_losses)
            all += owed.market == id && owed.bought == bought ? owed.loss : Money::zero();
        return all;
    }
    void see(std::size_t i) { see_healthy(accounts[i], scene()); }
    /// The short of the market that this account is, closed at mark against the longs.
    void deleverage_short(std::size_t i, MarketId id, Quantity size)
    {
        epochs.add(id, deleverage(*accounts[i].find(id), market(id).indexes, size, mark(id)));
    }
};

}  // namespace

TEST_CASE("losses: a trade loses nothing, at whatever price, and a move of the mark does", "[ops]")
{
    Trio world;
    world.trade(M0, ANN, BOB, quantity("10"), "3");
    world.trade(M0, ANN, BOB, quantity("5"), "-2");
    CHECK(world.lost(ANN, M0).is_zero());
    CHECK(world.lost(BOB, M0).is_zero());
    world.reprice(U0, price("90"));
    CHECK(world.lost(ANN, M0) == money("150"));
    CHECK(world.lost(BOB, M0) == money("-150"));
    world.trade(M0, CAT, ANN, quantity("20"), "1");  // now five short
    world.reprice(U0, price("100"));
    CHECK(world.lost(ANN, M0) == money("200"));
    world.trade(M0, ANN, BOB, quantity("5"), "-4");
    CHECK(world.accounts[ANN].find(M0) == nullptr);
    CHECK(world.lost(ANN, M0) == money("200"));
}

TEST_CASE("losses: what becomes cash stays lost, and gained", "[ops]")
{
    Trio world;
    world.trade(M0, ANN, BOB, quantity("10"), "5");
    world.reprice(U0, price("90"));
    const auto settle = [&](std::size_t i) {
        return settle_loss(
            world.accounts[i], world.market(M0), *world.accounts[i].find(M0), world.mark(M0));
    };
    const auto take = [&](std::size_t i) {
        return take_profit(
            world.accounts[i], world.market(M0), *world.accounts[i].find(M0), world.mark(M0));
    };
    CHECK(settle(ANN) == money("-150"));  // 50 of it paid above the mark
    CHECK(take(BOB) == money("150"));
    CHECK(world.lost(ANN, M0) == money("100"));
    CHECK(world.lost(BOB, M0) == money("-100"));
    world.reprice(U0, price("100"));
    CHECK(settle(BOB) == money("-100"));
    CHECK(take(ANN) == money("100"));
    CHECK(world.lost(ANN, M0).is_zero());
    CHECK(world.lost(BOB, M0).is_zero());
}

TEST_CASE("losses: of an option what is short, open, bought back or deleveraged", "[ops]")
{
    enum class How
    {
        open,
        half,
        all,
        deleveraged,
        flipped,
    };
    for (const How how : {How::open, How::half, How::all, How::deleveraged, How::flipped}) {
        Trio world;
        world.trade(CALL_100, BOB, ANN, quantity("10"), "1");
        world.trade(CALL_100, CAT, BOB, quantity("10"));
        world.trade(CALL_100, BOB, CAT, quantity("30"));  // Cat is short too, of 20
        CHECK(world.lost(ANN, CALL_100).is_zero());
        const Price sold = world.mark(CALL_100);
        world.reprice(U0, price("130"));
        const Money lost = notional_ceil(quantity("10"), world.mark(CALL_100) - sold);
        CHECK((world.lost(ANN, CALL_100) - lost).abs() < money("0.000001"));
        CHECK(world.lost(BOB, CALL_100).is_zero());  // has paid for all that it holds
        CHECK(world.lost(BOB, CALL_100, true).is_negative());
        switch (how) {
        case How::open:
            break;
        case How::half:
            world.trade(CALL_100, ANN, BOB, quantity("5"), "-2");
            break;
        case How::all:
            world.trade(CALL_100, ANN, BOB, quantity("10"), "2");
            CHECK(world.accounts[ANN].find(CALL_100) == nullptr);
            break;
        case How::deleveraged:
            // What Bob is long of goes against the shorts, and Ann's touch finds two thirds of it.
            world.epochs.add(CALL_100,
                deleverage(*world.accounts[BOB].find(CALL_100), world.market(CALL_100).indexes,
                    quantity("20"), world.mark(CALL_100)));
            world.touch_all(ANN);
            CHECK(world.accounts[ANN].find(CALL_100)->quote.is_negative());
            break;
        case How::flipped:
            world.trade(CALL_100, ANN, BOB, quantity("15"));
            break;
        }
        CHECK((world.lost(ANN, CALL_100) - lost).abs() < money("0.000001"));
        world.reprice(U0, price("100"));
        if (how == How::flipped || how == How::all)  // nothing short is left to win it back
            CHECK((world.lost(ANN, CALL_100) - lost).abs() < money("0.000001"));
        else
            CHECK(world.lost(ANN, CALL_100) < lost);
    }
}

TEST_CASE("losses: what a bought option brings stands apart, as a claim or as cash", "[ops]")
{
    Trio world;
    world.trade(CALL_100, ANN, BOB, quantity("10"));
    world.reprice(U0, price("130"));
    world.deleverage_short(BOB, CALL_100, quantity("10"));
    close_if_flat(world.accounts[BOB], world.market(CALL_100), CALL_100);
    world.market(CALL_100).paid_out = Money::zero();  // as if others had been paid with it
    world.touch_all(ANN);
    REQUIRE(world.accounts[ANN].find(CALL_100) != nullptr);
    CHECK(is_claim(*world.accounts[ANN].find(CALL_100)));
    CHECK(world.lost(ANN, CALL_100).is_zero());
    const Money gained = world.lost(ANN, CALL_100, true);
    CHECK(gained < money("-100"));
    world.market(CALL_100).paid_out = money("-100000");
    world.touch_all(ANN);
    CHECK(world.accounts[ANN].find(CALL_100) == nullptr);
    CHECK(world.lost(ANN, CALL_100).is_zero());
    CHECK(world.lost(ANN, CALL_100, true) == gained);
}

TEST_CASE("losses: who is seen healthy has lost nothing, touched or not", "[ops]")
{
    for (const bool first : {true, false}) {
        Trio world;
        world.trade(M0, BOB, ANN, quantity("10"));
        world.trade(M0, BOB, CAT, quantity("10"));
        world.trade(CALL_100, BOB, ANN, quantity("10"));
        world.reprice(U0, price("120"));
        world.epochs.add(M0, deleverage(*world.accounts[BOB].find(M0), world.market(M0).indexes,
                                 quantity("5"), price("125")));
        note_lost(world.accounts[ANN], {MarketId{3}, money("7")});
        if (first)
            world.touch_all(ANN);
        world.see(ANN);
        if (!first)
            world.touch_all(ANN);
        CHECK(world.accounts[ANN].owed_losses.empty());
        CHECK(world.lost(ANN, M0).abs() < money("0.000001"));
        CHECK(world.lost(ANN, CALL_100).abs() < money("0.000001"));
        world.reprice(U0, price("121"));
        CHECK((world.lost(ANN, M0) - money("7.5")).abs() < money("0.000001"));
    }
}

TEST_CASE("losses: of more markets than an account remembers the least joins another", "[ops]")
{
    Account account;
    for (std::size_t i = 0; i < OWED_LOSSES_MAX; ++i)
        note_lost(account,
            {MarketId{static_cast<std::uint16_t>(100 + i)}, i == 3 ? money("2") : money("10")});
    note_lost(account, {M0, money("-5")});        // a gain is forgotten
    note_lost(account, {M0, money("50"), true});  // and what falls on no market
    note_lost(account, {M0, money("5")});
    REQUIRE(account.owed_losses.full());
    CHECK(account.owed_losses[3].market == M0);
    CHECK(account.owed_losses[3].loss == money("7"));
    note_lost(account, {M0, money("-7")});
    CHECK(account.owed_losses.size() == OWED_LOSSES_MAX - 1);
}

}  // namespace plimsoll
