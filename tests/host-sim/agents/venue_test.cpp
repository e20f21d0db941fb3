// plimsoll: tests/host-sim/agents/venue_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Market makers and the venue: quotes, the fill band, inventory limits, settlement one by one.
#include "host-sim/agents/venue.hpp"

#include "host-sim/agents/account_opening.hpp"
#include "host-sim/agents/views.hpp"
#include "host-sim/oracle/publisher.hpp"
#include "tests/host-sim/support/small_world.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;

struct Floor
{
    sim::test::SmallWorld small;
    Publisher publisher{small.scenario, 1};
    Venue venue{small.scenario};

    Floor()
    {
        REQUIRE(publisher.act(small.world));
        venue.open(small.world);
    }

    std::uint64_t trader(const std::string& name, std::int64_t capital)
    {
        const auto account = open_account(small.world, name);
        endow_and_deposit(small.world, name, account, 0, Money::from_units(capital));
        delegate_to_venue(small.world, name, account);
        return account;
    }

    Quantity base(std::uint64_t account) { return see_account(small.chain, account).base_in(0); }
};

}  // namespace

TEST_CASE("a maker asks above and bids below the true price, inside the band", "[venue]")
{
    Floor floor;
    const auto& maker = floor.venue.makers()[0];
    const auto ask = maker.quote(floor.small.world, 0, true);
    const auto bid = maker.quote(floor.small.world, 0, false);
    REQUIRE(ask);
    REQUIRE(bid);
    CHECK(ask->price > floor.small.world.traded[0]);
    CHECK(bid->price < floor.small.world.traded[0]);
}

TEST_CASE("a maker does not sell far below the true price, even if the band ends there", "[venue]")
{
    Floor floor;
    const auto& maker = floor.venue.makers()[0];
    // The index lags: the market is a tenth above it, and the band ends at three hundredths.
    const Price index = floor.small.world.published[0];
    floor.small.set_spot(0, index + scale_floor(index, Ratio::from_raw(num::WAD / 10)));
    CHECK_FALSE(maker.quote(floor.small.world, 0, true));
    const auto bid = maker.quote(floor.small.world, 0, false);
    REQUIRE(bid);
    CHECK(bid->price <= index + scale_floor(index, floor.small.scenario.markets[0].fill_band));
}

TEST_CASE("a long maker quotes lower", "[venue]")
{
    Floor floor;
    MarketMaker maker(floor.small.scenario.makers[0], floor.small.scenario.markets.size());
    const auto flat = maker.quote(floor.small.world, 0, true);
    maker.expect(0, Quantity::from_units(5'000));
    const auto longer = maker.quote(floor.small.world, 0, true);
    REQUIRE(flat);
    REQUIRE(longer);
    CHECK(longer->price < flat->price);
    maker.expect(0, Quantity::from_units(50'000));
    CHECK_FALSE(maker.quote(floor.small.world, 0, false));
}

TEST_CASE("one order that the contract refuses stops no other", "[venue]")
{
    Floor floor;
    const auto rich = floor.trader("rich", 100'000);
    const auto poor = floor.trader("poor", 10);
    floor.venue.submit({.account = poor, .market = 0, .base = Quantity::from_units(1)});
    floor.venue.submit({.account = rich, .market = 0, .base = Quantity::from_units(1)});
    floor.venue.settle(floor.small.world, false);
    CHECK(floor.base(poor).is_zero());
    CHECK(floor.base(rich) == Quantity::from_units(1));
    CHECK(floor.venue.totals().fills == 1);
    CHECK(floor.venue.totals().refused == 1);
}

TEST_CASE("what takers sell moves the price down; the opening moves nothing", "[venue]")
{
    Floor floor;
    const auto rich = floor.trader("rich", 1'000'000);
    floor.venue.submit({.account = rich, .market = 0, .base = Quantity::from_units(-10)});
    floor.venue.settle(floor.small.world, true);
    CHECK(floor.small.world.impacts[0].move(Ratio::one()).is_zero());
    floor.venue.submit({.account = rich, .market = 0, .base = Quantity::from_units(-10)});
    floor.venue.settle(floor.small.world, false);
    CHECK(floor.small.world.impacts[0].move(Ratio::one()).is_negative());
    CHECK(floor.base(rich) == Quantity::from_units(-20));
}

TEST_CASE(
    "an order that says that it closes is not cut to lots, and the contract judges", "[venue]")
{
    Floor floor;
    const auto rich = floor.trader("rich", 100'000);
    const auto lot = floor.small.scenario.markets[0].lot;
    floor.venue.submit({.account = rich, .market = 0, .base = lot + lot});
    floor.venue.settle(floor.small.world, false);
    const Quantity fraction = lot + Quantity::from_raw(1);
    floor.venue.submit({.account = rich, .market = 0, .base = -fraction, .closes = true});
    floor.venue.settle(floor.small.world, false);
    CHECK(floor.venue.totals().refused == 1);
    CHECK(floor.base(rich) == lot + lot);
    floor.venue.submit({.account = rich, .market = 0, .base = -fraction, .closes = false});
    floor.venue.settle(floor.small.world, false);
    CHECK(floor.venue.totals().refused == 1);
    CHECK(floor.base(rich) == lot);
}

TEST_CASE("sizes are whole lots", "[venue]")
{
    Floor floor;
    const auto rich = floor.trader("rich", 100'000);
    floor.venue.submit(
        {.account = rich, .market = 0, .base = Quantity::from_raw(num::WAD / 1000 + 1)});
    floor.venue.settle(floor.small.world, false);
    CHECK(floor.base(rich) == floor.small.scenario.markets[0].lot);
}
