// plimsoll: tests/engine/ops/option_fill_test.cpp                   SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Fills of options and futures: premiums are cash, and the bands of prices.
#include "tests/support/option_world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::CALL_100;
using test::FUTURE;
using test::M0;
using test::money;
using test::OptionWorld;
using test::price;
using test::PUT_90;
using test::quantity;
using test::ratio;
using test::Rng;
using test::U0;

TEST_CASE("option fill: the premium is paid in cash, and closing pays it back", "[ops][fill][leg]")
{
    OptionWorld world;
    world.open(money("1000"));
    world.open(money("1000"));
    REQUIRE(world.fill(CALL_100, 0, 1, quantity("3"), price("7")) == Error::ok);
    const Account& buyer = world.accounts[0];
    const Account& seller = world.accounts[1];
    CHECK(buyer.cash == money("979"));
    CHECK(seller.cash == money("1021"));
    CHECK(buyer.find(CALL_100)->base == quantity("3"));
    CHECK(buyer.find(CALL_100)->quote.is_zero());
    CHECK(seller.find(CALL_100)->quote.is_zero());
    CHECK(world.market(CALL_100).paid_out.is_zero());
    CHECK((world.market(CALL_100).indexes.open_interest == test::raw("3")));
    REQUIRE(world.fill(CALL_100, 1, 0, quantity("1"), price("9")) == Error::ok);
    CHECK(buyer.cash == money("988"));
    REQUIRE(world.fill(CALL_100, 1, 0, quantity("2"), price("0")) == Error::ok);
    CHECK(buyer.cash == money("988"));
    CHECK(seller.cash == money("1012"));
    CHECK(buyer.positions.empty());
    CHECK(seller.positions.empty());
}

TEST_CASE("option fill: equity at mark does not change by a fill at mark", "[ops][fill]")
{
    OptionWorld world;
    world.open(money("1000"));
    world.open(money("1000"));
    for (const MarketId id : {CALL_100, PUT_90, FUTURE})
        REQUIRE(world.fill_at_mark(id, 0, 1, quantity("2.5")) == Error::ok);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(world.report(i).equity <= money("1000"));
        CHECK(world.report(i).equity > money("999.999999999999"));
    }
}

TEST_CASE("option fill: an index that moved turns to cash with the position, not before",
    "[ops][fill][leg]")
{
    OptionWorld world;
    for (int i = 0; i < 3; ++i)
        world.open(money("1000"));
    REQUIRE(world.fill(CALL_100, 0, 1, quantity("4"), price("5")) == Error::ok);
    // A loss of 2 is charged to both sides: a quarter a unit each.
    REQUIRE(socialise(world.market(CALL_100).indexes, money("2")) == Error::ok);
    world.market(CALL_100).paid_out += money("2");
    REQUIRE(world.fill(CALL_100, 2, 0, quantity("2"), price("5")) == Error::ok);
    CHECK(world.accounts[0].find(CALL_100)->quote == money("-1"));
    CHECK(world.accounts[0].cash == money("990"));
    CHECK(world.report(0).equity < money("989") +
                                       notional_ceil(quantity("2"), world.mark(CALL_100)) +
                                       money("0.000000000001"));
    REQUIRE(world.fill(CALL_100, 2, 0, quantity("2"), price("5")) == Error::ok);
    CHECK(world.accounts[0].positions.empty());
    CHECK(world.accounts[0].cash == money("999"));
    CHECK(world.faults() == "");
}

TEST_CASE("option fill: premiums and quotes conserve, whatever the prices", "[ops][fill]")
{
    Rng rng(17);
    OptionWorld world;
    for (int i = 0; i < 4; ++i)
        world.open(money("100000"));
    const Money owed = world.owed();
    for (int step = 0; step < 3'000; ++step) {
        const MarketId id{static_cast<std::uint16_t>(rng.between(3, 9))};
        const std::size_t buyer = rng.below(4);
        const std::size_t seller = (buyer + 1 + rng.below(3)) % 4;
        const Quantity size = Quantity::from_raw(rng.between(1, 3 * i128{num::WAD}));
        const i128 mark = world.mark(id).raw();
        const Price at = Price::from_raw(rng.between(mark - (mark >> 2), mark + (mark >> 2)));
        REQUIRE(world.fill(id, buyer, seller, size, at) == Error::ok);
        if (rng.chance(3) && world.market(id).indexes.open_interest > num::WAD) {
            const Money loss = Money::from_raw(rng.between(1, num::WAD));
            REQUIRE(socialise(world.market(id).indexes, loss) == Error::ok);
            world.market(id).paid_out += loss;
            world.insurance.balance += loss;
        }
        REQUIRE(world.owed() == owed);
        REQUIRE(world.faults() == "");
    }
}

TEST_CASE("option fill: the band stands around the mark, as wide as the index says", "[ops][fill]")
{
    OptionWorld world;
    world.open(money("1000"));
    world.open(money("1000"));
    const auto tried = [&](MarketId id, Price at) {
        OptionWorld trial = world;
        return trial.fill(id, 0, 1, quantity("1"), at);
    };
    const Price raw_unit = Price::from_raw(1);
    for (Market& market : world.markets)
        market.params.fill_band = ratio("0.03");
    const Price call = world.mark(CALL_100);
    REQUIRE(call > price("3"));
    REQUIRE(call < price("30"));
    CHECK(tried(CALL_100, call + price("3")) == Error::ok);
    CHECK(tried(CALL_100, call + price("3") + raw_unit) == Error::outside_fill_band);
    CHECK(tried(CALL_100, call - price("3")) == Error::ok);
    CHECK(tried(CALL_100, call - price("3") - raw_unit) == Error::outside_fill_band);
    // Where the band reaches below zero, zero is the least price.
    const Price put = world.mark(PUT_90);
    world.market(PUT_90).params.fill_band = ratio("0.5");
    REQUIRE(put < price("50"));
    CHECK(tried(PUT_90, Price::zero()) == Error::ok);
    CHECK(tried(PUT_90, -raw_unit) == Error::outside_fill_band);
    // A future's stands around its forward, 100.5.
    CHECK(tried(FUTURE, price("103.515")) == Error::ok);
    CHECK(tried(FUTURE, price("103.515") + raw_unit) == Error::outside_fill_band);
    CHECK(tried(FUTURE, price("97.485")) == Error::ok);
    CHECK(tried(FUTURE, price("97.485") - raw_unit) == Error::outside_fill_band);
    // A perpetual's around the index, wherever its mark is.
    world.market(M0).premium = price("2");
    world.market(M0).premium_time = world.board.now;
    CHECK(tried(M0, price("103")) == Error::ok);
    CHECK(tried(M0, price("103") + raw_unit) == Error::outside_fill_band);
    CHECK(tried(M0, price("97")) == Error::ok);
}

}  // namespace
}  // namespace plimsoll
