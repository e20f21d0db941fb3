// plimsoll: tests/engine/ops/fill_test.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Fills: what they do, each rung of the reject ladder, and which rung is said
// when several reasons hold.
#include "engine/ops/fill.hpp"

#include "tests/support/rng.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::M0;
using test::money;
using test::price;
using test::quantity;
using test::Rng;
using test::World;

/// A market with account 0 long 5 and account 1 short 5, and two flat accounts.
struct Trading : World
{
    Trading()
    {
        for (int i = 0; i < 4; ++i)
            open(money("100000"));
        if (fill(M0, 0, 1, quantity("5"), price("100")) != Error::ok)
            __builtin_trap();
    }
    [[nodiscard]] i128 open_interest() const { return markets[0].indexes.open_interest; }
    /// Fills account 0's position list with other markets.
    void fill_up(std::size_t i)
    {
        Position position;
        position.base = quantity("1");
        for (std::uint16_t m = 10; !accounts[i].positions.full(); ++m) {
            position.market = MarketId{m};
            if (!accounts[i].positions.push(position))
                __builtin_trap();
        }
    }
};

TEST_CASE("fill: sums to nothing but the raw units that the house keeps", "[ops][fill]")
{
    Rng rng(41);
    Trading world;
    world.markets[0].params.lot = Quantity::from_raw(1);
    const Money owed = world.owed();
    i128 legs = 0;
    for (int step = 0; step < 3'000; ++step) {
        const std::size_t buyer = rng.below(4);
        const std::size_t seller = (buyer + 1 + rng.below(3)) % 4;
        const Quantity size = Quantity::from_raw(rng.between(1, 3 * i128{num::WAD}));
        const Price at = Price::from_raw(rng.between(price("90").raw(), price("110").raw()));
        REQUIRE(world.fill(M0, buyer, seller, size, at) == Error::ok);
        legs += 2;
        const World::Sums sums = world.sums(M0);
        REQUIRE((sums.longs == sums.shorts));
        REQUIRE((sums.longs == world.open_interest()));
        REQUIRE((world.residue(M0) >= 0));
        REQUIRE((world.residue(M0) <= legs));
        REQUIRE(world.owed() == owed);
    }
}

TEST_CASE("fill: a position that ends flat becomes cash and leaves the account", "[ops][fill]")
{
    Trading world;
    REQUIRE(world.fill(M0, 1, 0, quantity("5"), price("104")) == Error::ok);
    CHECK(world.accounts[0].positions.empty());
    CHECK(world.accounts[1].positions.empty());
    CHECK(world.accounts[0].cash == money("100020"));
    CHECK(world.accounts[1].cash == money("99980"));
    CHECK(world.markets[0].paid_out == money("0"));
    CHECK((world.open_interest() == 0));
}

TEST_CASE("fill: a closed market takes none", "[ops][fill]")
{
    Trading world;
    world.markets[0].params.status = MarketStatus::closed;
    CHECK(world.fill(M0, 1, 0, quantity("1"), price("100")) == Error::market_not_active);
}

TEST_CASE("fill: the band around the index, to the last unit", "[ops][fill]")
{
    Trading world;
    const Price raw_unit = Price::from_raw(1);
    CHECK(world.fill(M0, 2, 3, quantity("1"), price("110")) == Error::ok);
    CHECK(world.fill(M0, 2, 3, quantity("1"), price("90")) == Error::ok);
    CHECK(world.fill(M0, 2, 3, quantity("1"), price("110") + raw_unit) == Error::outside_fill_band);
    CHECK(world.fill(M0, 2, 3, quantity("1"), price("90") - raw_unit) == Error::outside_fill_band);
    CHECK(world.fill(M0, 2, 3, quantity("1"), Price::zero()) == Error::outside_fill_band);
}

TEST_CASE(
    "fill: a full list of positions takes no other market, but the ones it has", "[ops][fill]")
{
    Trading world;
    world.fill_up(2);
    CHECK(world.fill(M0, 2, 1, quantity("1"), price("100")) == Error::too_many_positions);
    CHECK(world.fill(M0, 1, 2, quantity("1"), price("100")) == Error::too_many_positions);
    world.fill_up(0);
    CHECK(world.fill(M0, 0, 3, quantity("1"), price("100")) == Error::ok);
}

TEST_CASE("fill: a size beyond the range is refused", "[ops][fill]")
{
    Trading world;
    world.markets[0].params.open_interest_max = QUANTITY_MAX;
    CHECK(world.fill(M0, 0, 3, QUANTITY_MAX, price("100")) == Error::out_of_range);
    CHECK(world.fill(M0, 2, 3, QUANTITY_MAX, price("100")) == Error::open_interest_cap);
}

TEST_CASE("fill: whole lots, unless it closes one of the two positions", "[ops][fill]")
{
    Trading world;
    CHECK(world.fill(M0, 2, 3, quantity("0.015"), price("100")) == Error::not_whole_lots);
    // Deleveraging has left account 1 with an odd size; closing it is possible at any size.
    REQUIRE(world.fill(M0, 2, 3, quantity("5"), price("100")) == Error::ok);
    Market& market = world.market(M0);
    (void)deleverage(*world.accounts[0].find(M0), market.indexes, quantity("3.33"), price("100"));
    world.touch_all(1);
    const Quantity odd = -world.accounts[1].find(M0)->base;
    REQUIRE((odd.raw() % market.params.lot.raw() != 0));
    CHECK(world.fill(M0, 1, 2, odd - Quantity::from_raw(1), price("100")) == Error::not_whole_lots);
    CHECK(world.fill(M0, 1, 2, odd, price("100")) == Error::ok);
    CHECK(world.accounts[1].positions.empty());
}

TEST_CASE(
    "fill: a reduce-only market lets both sides shrink and neither grow or flip", "[ops][fill]")
{
    Trading world;
    world.markets[0].params.status = MarketStatus::reduce_only;
    CHECK(world.fill(M0, 2, 3, quantity("1"), price("100")) == Error::market_not_active);
    CHECK(world.fill(M0, 0, 1, quantity("1"), price("100")) == Error::market_not_active);
    // One side shrinks, the other opens.
    CHECK(world.fill(M0, 1, 2, quantity("1"), price("100")) == Error::market_not_active);
    CHECK(world.fill(M0, 2, 0, quantity("1"), price("100")) == Error::market_not_active);
    CHECK(world.fill(M0, 1, 0, quantity("5.01"), price("100")) == Error::market_not_active);
    CHECK(world.fill(M0, 1, 0, quantity("2"), price("100")) == Error::ok);
    CHECK(world.fill(M0, 1, 0, quantity("3"), price("100")) == Error::ok);
    CHECK((world.open_interest() == 0));
}

TEST_CASE("fill: the open interest cap stops a rise and nothing else", "[ops][fill]")
{
    Trading world;
    world.markets[0].params.open_interest_max = quantity("6");
    CHECK(world.fill(M0, 2, 3, quantity("1"), price("100")) == Error::ok);
    CHECK(world.fill(M0, 2, 3, quantity("0.01"), price("100")) == Error::open_interest_cap);
    // Lowered below what is open: positions change hands and shrink, but do not grow.
    world.markets[0].params.open_interest_max = quantity("1");
    CHECK(world.fill(M0, 2, 0, quantity("2"), price("100")) == Error::ok);
    CHECK(world.fill(M0, 1, 2, quantity("3"), price("100")) == Error::ok);
    CHECK(world.fill(M0, 0, 1, quantity("0.01"), price("100")) == Error::open_interest_cap);
}

TEST_CASE("fill: the first rung that holds is the one that is said", "[ops][fill]")
{
    Trading world;
    MarketParams& params = world.markets[0].params;
    params.open_interest_max = quantity("1");
    const auto refused = [&] { return world.fill(M0, 2, 3, quantity("1.005"), price("200")); };
    world.fill_up(3);
    params.status = MarketStatus::closed;
    CHECK(refused() == Error::market_not_active);
    params.status = MarketStatus::reduce_only;
    CHECK(refused() == Error::outside_fill_band);
    world.set_price(test::U0, price("200"));
    CHECK(refused() == Error::too_many_positions);
    world.accounts[3].positions.clear();
    CHECK(refused() == Error::not_whole_lots);
    params.lot = quantity("0.005");
    CHECK(refused() == Error::market_not_active);
    params.status = MarketStatus::active;
    CHECK(refused() == Error::open_interest_cap);
    params.open_interest_max = quantity("1000");
    CHECK(refused() == Error::ok);
}

TEST_CASE("fill: a plan changes nothing", "[ops][fill]")
{
    Trading world;
    const Result<FillPlan> plan = plan_fill(world.accounts[0], world.accounts[1], world.markets[0],
        M0, quantity("1"), price("100"), price("100"), price("100"));
    REQUIRE(plan);
    CHECK(world.accounts[0].positions[0].base == quantity("5"));
    CHECK((world.open_interest() == plan->buyer.before.raw()));
}

}  // namespace
}  // namespace plimsoll
