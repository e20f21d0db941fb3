// plimsoll: tests/host-sim/agents/option_trader_test.cpp            SPDX-License-Identifier: Apache-2.0
// Options in a small world: surfaces, fills at the model's price, premiums in cash, slices bought by keepers.
// The invariants are checked after every call.
#include "host-sim/agents/option_trader.hpp"

#include "host-sim/agents/account_opening.hpp"
#include "host-sim/agents/keeper.hpp"
#include "host-sim/oracle/publisher.hpp"
#include "tests/host-sim/support/small_world.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plimsoll;
using namespace plimsoll::sim;

constexpr std::uint32_t BTC = 0;

struct Pit
{
    sim::test::SmallWorld small;
    Publisher publisher{small.scenario, 1};
    Venue venue{small.scenario};
    OptionGroup group = small.scenario.option_groups[0];

    Pit()
    {
        REQUIRE(publisher.act(small.world));
        venue.open(small.world);
        group.equity_least = group.equity_greatest = Money::from_units(100'000);
        group.leverage_least = group.leverage_greatest = Ratio::from_units(2);
        group.underlyings = {{BTC, Ratio::one()}};
    }

    OptionTrader trader()
    {
        OptionTrader made(group, 0, 1);
        made.open(small.world, venue);
        venue.settle(small.world, true);
        return made;
    }

    AccountSeen seen(std::uint64_t account) { return see_account(small.chain, account); }

    std::uint64_t maker() const
    {
        for (const auto& candidate : venue.makers()) {
            if (candidate.name() == "reef")
                return candidate.account();
        }
        return 0;
    }

    void crash(std::uint32_t block, std::int64_t units)
    {
        small.go_to(block);
        small.set_spot(BTC, Price::from_units(units));
        small.set_spot(1, Price::from_units(units / 42));
        (void)publisher.act(small.world);
        venue.begin_block(small.world);
    }
};

std::uint64_t count(const std::vector<Landed>& landed, std::string_view type)
{
    std::uint64_t found = 0;
    for (const auto& message : landed) {
        for (const auto& event : message.receipt.events)
            found += event.type == type ? 1U : 0U;
    }
    return found;
}

}  // namespace

TEST_CASE("with each price go the surfaces of its expiries", "[options]")
{
    Pit pit;
    const auto answer =
        nlohmann::json::parse(pit.small.chain.query(R"({"surface":{"underlying":0}})").data);
    REQUIRE(answer.at("surfaces").size() == 2);
    CHECK(answer.at("surfaces")[0].at("expiry") == pit.small.scenario.options[0].expiries_s[0]);
    CHECK(answer.at("surfaces")[1].at("forward") == "7934.58");
}

TEST_CASE("a seller of strangles is short a call and a put, hedged, in portfolio mode", "[options]")
{
    Pit pit;
    const auto trader = pit.trader();
    CHECK(pit.venue.totals().refused == 0);
    const auto account = pit.seen(trader.account());
    CHECK(account.mode == MarginMode::portfolio);
    const Quantity size = quantity_floor(Money::from_units(200'000), pit.small.world.spot[BTC]);
    std::size_t calls = 0;
    std::size_t puts = 0;
    for (const auto& position : account.positions) {
        const auto& market = pit.small.world.market(position.market);
        if (market.kind != MarketKind::option)
            continue;
        (market.type == OptionType::call ? calls : puts) += 1;
        CHECK(position.base == -whole_lots_trunc(size, market.lot));
        CHECK(pit.seen(pit.maker()).base_in(position.market) == -position.base);
    }
    CHECK(calls == 1);
    CHECK(puts == 1);
}

TEST_CASE("a premium moves cash and leaves no quote", "[options]")
{
    Pit pit;
    pit.group.hedge = Ratio();
    const Money before = pit.seen(pit.maker()).cash;
    const auto trader = pit.trader();
    const auto account = pit.seen(trader.account());
    REQUIRE(account.positions.size() == 2);
    for (const auto& position : account.positions)
        CHECK(position.quote.is_zero());
    const Money premium = account.cash - Money::from_units(100'000);
    CHECK(premium > Money::from_units(1'000));
    const Money paid = before - pit.seen(pit.maker()).cash;
    CHECK(paid >= premium);
    CHECK(paid - premium <= Money::from_raw(4));
}

TEST_CASE("a buyer in standard mode pays the premium from its cash", "[options]")
{
    Pit pit;
    pit.group.sells = false;
    pit.group.mode = MarginMode::standard;
    pit.group.hedge = Ratio();
    const auto trader = pit.trader();
    const auto account = pit.seen(trader.account());
    CHECK(account.mode == MarginMode::standard);
    REQUIRE(account.positions.size() == 2);
    for (const auto& position : account.positions)
        CHECK(position.base.is_positive());
    CHECK(account.cash < Money::from_units(100'000));
}

TEST_CASE("option makers quote options only, around their value, and others none", "[options]")
{
    Pit pit;
    const std::uint32_t series = 2;
    for (const auto& maker : pit.venue.makers()) {
        const bool is_option_maker = maker.name() == "reef";
        CHECK(maker.quote(pit.small.world, series, true).has_value() == is_option_maker);
        CHECK(maker.quote(pit.small.world, BTC, true).has_value() != is_option_maker);
        if (is_option_maker) {
            const Price fair = pit.small.world.traded[series];
            CHECK(maker.quote(pit.small.world, series, true)->price > fair);
            CHECK(maker.quote(pit.small.world, series, false)->price < fair);
        }
    }
}

TEST_CASE("a seller that hedges follows its delta", "[options]")
{
    Pit pit;
    pit.group.calls = Ratio();
    pit.group.hedge = Ratio::one();
    pit.group.wake = Ratio::one();
    auto trader = pit.trader();
    const Quantity before = pit.seen(trader.account()).base_in(BTC);
    CHECK(before.is_negative());
    pit.crash(1, 7'400);
    trader.act(pit.small.world, pit.venue);
    pit.venue.settle(pit.small.world, false);
    CHECK(pit.seen(trader.account()).base_in(BTC) < before);
}

TEST_CASE("keepers buy slices of a seller whom the crash leaves short of margin", "[options]")
{
    Pit pit;
    pit.group.hedge = Ratio();
    pit.group.leverage_least = pit.group.leverage_greatest = Ratio::from_units(3);
    const auto trader = pit.trader();
    const auto plans = pit.small.scenario.keepers;
    const auto broad = std::find_if(
        plans.begin(), plans.end(), [](const auto& plan) { return plan.name == "broad"; });
    REQUIRE(broad != plans.end());
    Keeper keeper(*broad, 0);
    keeper.open(pit.small.world);
    Mempool mempool(1);
    std::uint64_t slices = 0;
    std::int64_t index = 7'900;
    for (std::uint32_t block = 1; block < 60 && slices == 0; ++block) {
        // It falls until the seller is short of margin; then the auction runs.
        if (see_liquidatable(pit.small.chain).empty())
            index -= 150;
        pit.crash(block, index);
        const auto landed = mempool.run(pit.small.world);
        slices += count(landed, "slice_liquidated");
        for (const auto& message : landed)
            keeper.on_landed(message);
        keeper.poll(pit.small.world, see_liquidatable(pit.small.chain), mempool);
    }
    REQUIRE(slices == 1);
    CHECK(keeper.totals().bought == 1);
    bool holds_options = false;
    for (const auto& position : pit.seen(keeper.account()).positions)
        holds_options =
            holds_options || pit.small.world.market(position.market).kind == MarketKind::option;
    CHECK(holds_options);
    // And sells them on.
    for (std::uint32_t block = 60; block < 80; ++block) {
        pit.crash(block, index);
        keeper.unwind(pit.small.world, pit.venue);
        pit.venue.settle(pit.small.world, false);
    }
    CHECK(pit.seen(keeper.account()).positions.empty());
}
