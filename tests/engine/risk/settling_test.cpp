// plimsoll: tests/engine/risk/settling_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. What a market is worth between its end and its settlement, and after that, by which
// margin goes: marks, prices that may be used, books and requirements.
#include "engine/oracle/settlement.hpp"
#include "engine/risk/health.hpp"
#include "tests/support/option_world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using test::CALL_100;
using test::CALL_110;
using test::FUTURE;
using test::M0;
using test::M1;
using test::money;
using test::OptionWorld;
using test::price;
using test::PUT_100;
using test::quantity;
using test::raw;
using test::seconds;
using test::U0;

/// A world at its expiry, whose underlying 0 has an average of 104 over some part of its window while the index
/// stands at 90.
struct Expired : OptionWorld
{
    explicit Expired(std::uint64_t covered)
    {
        maker = open_in(MarginMode::portfolio, money("1000000"));
        settlements.resize(2);
        Settlement settlement;
        settlement.end = expiry;
        settlement.markets = 5;
        settlement.covered = seconds(covered);
        settlement.sum = price("104").raw() * static_cast<num::i128>(covered);
        settlement.last = expiry;
        settlement.standing = price("101");
        if (!settlements[0].push(settlement))
            __builtin_trap();
    }
    void expire_now()
    {
        board.now = expiry;
        set_price(U0, price("90"));
    }
    std::size_t holder(MarginMode mode, MarketId id, std::string_view size)
    {
        const std::size_t i = open_in(mode, money("10000"));
        must(size[0] == '-' ? fill_at_mark(id, maker, i, quantity(std::string_view(size).substr(1)))
                            : fill_at_mark(id, i, maker, quantity(size)));
        return i;
    }
    static void must(Error error)
    {
        if (error != Error::ok)
            __builtin_trap();
    }
    std::size_t maker = 0;
};

TEST_CASE(
    "settling: from its expiry on a market is marked at what it settles at", "[risk][settling]")
{
    Expired world(1'000);
    world.board.now = seconds(world.expiry.raw() - 1);
    world.set_price(U0, price("90"));
    CHECK(world.mark(FUTURE) == price("100.5"));  // the surface's forward
    world.expire_now();
    CHECK(world.mark(FUTURE) == price("104"));
    CHECK(world.mark(CALL_100) == price("4"));
    CHECK(world.mark(CALL_110) == price("0"));
    CHECK(world.mark(PUT_100) == price("0"));
    // An option is worth its payoff exactly: no bracket around it.
    const pricing::PriceBracket bracket =
        world.scene().option_bracket(world.market(CALL_100).params);
    CHECK(bracket.floor == price("4"));
    CHECK(bracket.ceil == price("4"));
    // What stood at the end where nothing is covered, and the index where there is nothing at all.
    world.settlements[0][0].covered = Seconds::zero();
    world.settlements[0][0].sum = 0;
    CHECK(world.mark(FUTURE) == price("101"));
    world.settlements.clear();
    CHECK(world.mark(FUTURE) == price("90"));
    CHECK(world.mark(CALL_100) == price("0"));
    CHECK(world.mark(PUT_100) == price("10"));
}

TEST_CASE("settling: a perpetual that winds down keeps its mark to the end of its window",
    "[risk][settling]")
{
    Expired world(1'000);
    world.market(M0).settles_at = world.expiry;
    world.market(M0).params.status = MarketStatus::settling;
    world.board.now = seconds(world.expiry.raw() - 1);
    world.set_price(U0, price("90"));
    CHECK(world.mark(M0) == price("90"));
    world.expire_now();
    CHECK(world.mark(M0) == price("104"));
    CHECK(world.scene().usable(M0, PriceUse::trade) == Error::ok);
    CHECK(world.mark(M1) == price("2000"));
}

TEST_CASE("settling: a closed market is marked at its payoff", "[risk][settling]")
{
    Expired world(1'000);
    world.expire_now();
    for (const MarketId id : {M0, FUTURE, CALL_100, PUT_100}) {
        world.market(id).params.status = MarketStatus::closed;
        world.market(id).settled_at = world.expiry;
        world.market(id).settlement = price("97");
    }
    CHECK(world.mark(M0) == price("97"));
    CHECK(world.mark(FUTURE) == price("97"));
    CHECK(world.mark(CALL_100) == price("0"));
    CHECK(world.mark(PUT_100) == price("3"));
    world.board.feeds[0] = FeedPrice{};
    CHECK(world.scene().usable(FUTURE, PriceUse::trade) == Error::ok);
}

TEST_CASE("settling: past its end a price may be used as far as it is known", "[risk][settling]")
{
    for (const bool known : {true, false}) {
        Expired world(known ? 900 : 899);
        world.expire_now();
        // Neither the feed nor the surface matters any more.
        world.board.feeds[0].published = seconds(1);
        const Scene scene = world.scene();
        CHECK(scene.usable(FUTURE, PriceUse::trade) == (known ? Error::ok : Error::stale_price));
        CHECK(scene.usable(CALL_100, PriceUse::trade) == (known ? Error::ok : Error::stale_price));
        CHECK(scene.usable(FUTURE, PriceUse::liquidation) == Error::ok);
        CHECK(scene.usable(M0, PriceUse::trade) == Error::stale_price);
    }
    Expired none(0);
    none.settlements.clear();
    none.expire_now();
    CHECK(none.scene().usable(FUTURE, PriceUse::trade) == Error::stale_price);
    CHECK(none.scene().usable(FUTURE, PriceUse::liquidation) == Error::ok);
}

TEST_CASE(
    "settling: scenarios move an expired leg only while its price is not known", "[risk][settling]")
{
    const auto required = [](std::uint64_t covered, MarketId id, std::string_view size) {
        Expired world(covered);
        const std::size_t i = world.holder(MarginMode::portfolio, id, size);
        world.expire_now();
        return world.report(i).levels.maintenance.requirement;
    };
    for (const MarketId id : {FUTURE, CALL_100}) {
        // Contingencies and static discounts go on until it is settled.
        CHECK(required(899, id, "-10") > required(900, id, "-10") + money("100"));
        CHECK(required(900, FUTURE, "-10") >= Money::zero());
    }
    // Standard margin charges its fraction until the market is settled.
    Expired world(1'800);
    const std::size_t i = world.holder(MarginMode::standard, FUTURE, "10");
    world.expire_now();
    CHECK(world.report(i).required(Level::maintenance) == money("52"));  // 5 % of 1040
}

TEST_CASE("settling: inside its window an expiry moves by what the average has not decided",
    "[risk][settling]")
{
    const auto fixed = [](std::uint64_t window, bool listed) {
        Expired world(0);
        const std::size_t i = world.holder(MarginMode::portfolio, FUTURE, "10");
        world.settlements[0][0].terms.window = seconds(window);
        if (!listed)
            world.settlements.clear();
        world.board.now = seconds(world.expiry.raw() - 600);
        world.reprice(U0, price("100"));
        const Result<Book> book = book_of(world.accounts[i], world.scene());
        if (!book)
            __builtin_trap();
        return book->expiries[0].fixed;
    };
    CHECK(fixed(1'800, true) == price("67"));  // two thirds of 100.5
    CHECK(fixed(1'200, true) == price("50.25"));
    CHECK(fixed(600, true) == Price::zero());
    CHECK(fixed(1'800, false) == Price::zero());
}

TEST_CASE(
    "settling: a settled position counts as the cash that a touch makes of it", "[risk][settling]")
{
    for (const MarginMode mode : {MarginMode::standard, MarginMode::portfolio}) {
        for (const std::string_view size : {"10", "-10"}) {
            Expired world(1'800);
            const std::size_t i = world.holder(mode, FUTURE, size);
            world.must(world.fill(CALL_100, i, world.maker, quantity("3"), world.mark(CALL_100)));
            world.must(world.fill(M1, i, world.maker, quantity("0.1"), world.mark(M1)));
            world.expire_now();
            const Money before = world.report(i).equity;
            for (const MarketId id : {FUTURE, CALL_100}) {
                Market& market = world.market(id);
                const Result<ExpiredMarket> expired =
                    expire(market.indexes, payoff_of(market.params, price("104")));
                REQUIRE(expired);
                world.epochs.add(id, expired->longs);
                world.epochs.add(id, expired->shorts);
                market.params.status = MarketStatus::closed;
                market.settled_at = world.expiry;
                market.settlement = price("104");
            }
            // Open orders in it are nothing any more.
            REQUIRE(world.accounts[i].orders.push({FUTURE, quantity("5"), quantity("5")}));
            const MarginReport untouched = world.report(i);
            CHECK((untouched.equity - before).abs() <= Money::from_raw(4));
            world.accounts[i].orders.clear();
            const Result<Book> book = book_of(world.accounts[i], world.scene());
            REQUIRE(book);
            CHECK(book->legs.size() == 1);
            CHECK(book->underlyings.size() == 1);  // only the perpetual's
            world.touch_all(i);
            int open = 0;  // what was won may wait as a claim
            for (const Position& position : world.accounts[i].positions)
                open += position.base.is_zero() ? 0 : 1;
            CHECK(open == 1);
            const MarginReport touched = world.report(i);
            CHECK(touched.equity == untouched.equity);
            for (const Level level : LEVELS) {
                CHECK(touched.health(level) == untouched.health(level));
                CHECK(touched.required(level) == untouched.required(level));
            }
        }
    }
}

}  // namespace
}  // namespace plimsoll
