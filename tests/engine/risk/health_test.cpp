// plimsoll: tests/engine/risk/health_test.cpp                       SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Health by hand, each parameter at its least and greatest, against exact
// rationals, and the rule for accounts below initial margin.
#include "engine/risk/health.hpp"

#include "engine/risk/holdings.hpp"
#include "tests/support/option_world.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/wide_int.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::CALL_100;
using test::CALL_110;
using test::COIN18;
using test::COIN8;
using test::M0;
using test::M1;
using test::M2;
using test::money;
using test::OptionWorld;
using test::price;
using test::PUT_90;
using test::quantity;
using test::ratio;
using test::Rational;
using test::Rng;
using test::tokens;
using test::U0;
using test::U1;
using test::wide;
using test::World;

constexpr Level INITIAL = Level::initial;
constexpr Level MAINTENANCE = Level::maintenance;

TEST_CASE("health: an account by hand", "[risk][health]")
{
    World world;
    const std::size_t maker = world.open(money("1000000"));
    const std::size_t i = world.open(money("50"));
    world.deposit(i, COIN8, tokens("200000000"));            // 2 * 100
    world.deposit(i, COIN18, tokens("500000000000000000"));  // 0.5 * 2000
    REQUIRE(world.fill(M0, i, maker, quantity("10"), price("98")) == Error::ok);
    REQUIRE(world.fill(M1, maker, i, quantity("1"), price("1950")) == Error::ok);
    const MarginReport report = world.report(i);
    // 50 cash + 200 + 1000 collateral + 10 * (100 - 98) - (2000 - 1950)
    CHECK(report.equity == money("1220"));
    CHECK(report.collateral == money("1200"));
    CHECK(report.notional == money("3000"));
    CHECK(report.required(MAINTENANCE) == money("130"));
    CHECK(report.required(INITIAL) == money("260"));
    CHECK(report.haircut(MAINTENANCE) == money("120"));
    CHECK(report.haircut(INITIAL) == money("242"));  // 240, and a tenth of the profit of 20
    CHECK(report.health(MAINTENANCE) == money("970"));
    CHECK(report.health(INITIAL) == money("718"));
    CHECK_FALSE(report.liquidatable());
}

TEST_CASE("health: liquidatable strictly below zero", "[risk][health]")
{
    World world;
    const std::size_t maker = world.open(money("1000000"));
    const std::size_t i = world.open(money("50"));
    REQUIRE(world.fill(M0, i, maker, quantity("10"), price("100")) == Error::ok);
    CHECK(world.health(i) == money("0"));
    CHECK_FALSE(world.liquidatable(i));
    world.accounts[i].cash -= Money::from_raw(1);
    CHECK(world.liquidatable(i));
}

TEST_CASE("health: an empty account is worth its cash", "[risk][health]")
{
    World world;
    const std::size_t i = world.open(money("-3"));
    CHECK(world.report(i).equity == money("-3"));
    CHECK(world.liquidatable(i));
    world.accounts[i].cash = Money::zero();
    CHECK_FALSE(world.liquidatable(i));
}

TEST_CASE("health: positions are valued at the mark, collateral at the index", "[risk][health]")
{
    World world;
    const std::size_t maker = world.open(money("1000000"));
    const std::size_t i = world.open(money("500"));
    world.deposit(i, COIN8, tokens("100000000"));
    REQUIRE(world.fill(M0, i, maker, quantity("10"), price("100")) == Error::ok);
    world.market(M0).premium = price("3");
    const MarginReport report = world.report(i);
    CHECK(report.collateral == money("100"));
    CHECK(report.notional == money("1030"));
    CHECK(report.equity == money("630"));
}

TEST_CASE("health: fractions, at their least and greatest", "[risk][params]")
{
    Underlying underlying = test::default_underlying("0.001", "0.001");
    PositionRisk risk = position_risk(quantity("-3"), money("300"), price("100"), underlying);
    CHECK(risk.requirement == money("0.3"));
    CHECK(risk.value == money("0"));
    underlying = test::default_underlying("1", "1");
    risk = position_risk(quantity("-3"), money("300"), price("100"), underlying);
    CHECK(risk.requirement == money("300"));
}

TEST_CASE("health: profit weight and profit cap, at their least and greatest", "[risk][params]")
{
    Underlying underlying = test::default_underlying("0.05", "0.1");
    const auto counted = [&](Money quote) {
        const PositionRisk risk = position_risk(quantity("1"), quote, price("100"), underlying);
        return risk.value - profit_haircut(underlying.profit, risk.value);
    };
    underlying.profit.weight = Ratio::one();
    CHECK(counted(money("-40")) == money("60"));
    underlying.profit.weight = Ratio::zero();
    CHECK(counted(money("-40")) == money("0"));
    underlying.profit.weight = ratio("0.5");
    CHECK(counted(money("-40")) == money("30"));
    underlying.profit.cap = money("30");
    CHECK(counted(money("-40")) == money("30"));
    underlying.profit.cap = money("30") - Money::from_raw(1);
    CHECK(counted(money("-40")) == money("30") - Money::from_raw(1));
    underlying.profit.cap = Money::zero();
    CHECK(counted(money("-40")) == money("0"));
    // A loss counts in full whatever the weight, and so does nothing.
    CHECK(counted(money("-140")) == money("-40"));
    CHECK(counted(money("-100")) == money("0"));
}

TEST_CASE("health: haircuts, at their least and greatest", "[risk][params]")
{
    World world;
    const std::size_t i = world.open(money("0"));
    world.deposit(i, COIN8, tokens("300000000"));
    Asset& asset = world.assets[COIN8.value];
    asset.maintenance_haircut = asset.initial_haircut = Ratio::zero();
    CHECK(world.health(i, INITIAL) == money("300"));
    CHECK(world.health(i, MAINTENANCE) == money("300"));
    asset.initial_haircut = Ratio::one();
    CHECK(world.health(i, INITIAL) == money("0"));
    CHECK(world.health(i, MAINTENANCE) == money("300"));
    asset.maintenance_haircut = Ratio::one();
    CHECK(world.health(i, MAINTENANCE) == money("0"));
}

TEST_CASE(
    "health: collateral with a feed unfit to trade on counts nothing at initial, its last value "
    "at maintenance",
    "[risk][health]")
{
    World world;
    const std::size_t i = world.open(money("0"));
    world.deposit(i, COIN8, tokens("300000000"));
    CHECK(world.health(i, INITIAL) == money("240"));
    world.wait(60, false);
    CHECK(world.health(i, INITIAL) == money("240"));
    world.wait(1, false);
    CHECK(world.health(i, INITIAL) == money("0"));
    CHECK(world.health(i, MAINTENANCE) == money("270"));
    world.wait(3'539, false);
    CHECK(world.health(i, MAINTENANCE) == money("270"));
    // Once the feed has failed the tokens are worth nothing to the house.
    world.wait(1, false);
    CHECK(world.health(i, MAINTENANCE) == money("0"));
    world.set_price(U0, price("100"));
    world.board.feeds[U0.value].confidence = price("2") + Price::from_raw(1);
    CHECK(world.health(i, INITIAL) == money("0"));
    CHECK(world.health(i, MAINTENANCE) == money("270"));
    // Never published: nothing at either level.
    world.board.feeds[U0.value] = FeedPrice{};
    CHECK(world.health(i, INITIAL) == money("0"));
    CHECK(world.health(i, MAINTENANCE) == money("0"));
}

TEST_CASE(
    "health: tells a sleeper to be touched and a broken store from a sound one", "[risk][health]")
{
    World world;
    const std::size_t maker = world.open(money("1000000"));
    const std::size_t i = world.open(money("1000"));
    REQUIRE(world.fill(M0, i, maker, quantity("1"), price("100")) == Error::ok);
    Position& position = world.accounts[i].positions[0];
    world.market(M0).indexes.of(Side::long_side).epoch = 9;
    CHECK(evaluate(world.accounts[i], world.scene()).error() == Error::corrupt_record);
    for (std::uint32_t e = 0; e < 9; ++e)
        world.epochs.add(M0, EndedEpoch{true, Side::long_side, e, {INDEX_A_MIN / 2, 0}});
    CHECK(evaluate(world.accounts[i], world.scene()).error() == Error::touch_first);
    position.epoch = 1;
    CHECK(evaluate(world.accounts[i], world.scene()));
}

// --- against exact rationals ---

struct Exact
{
    Rational health[2];
    std::size_t positions = 0;
    std::size_t collaterals = 0;
};

Rational exact(i128 raw)
{
    return Rational(wide(raw));
}

/// Health of the account in raw units, without any rounding but that of the positions' views.
Exact exact_health(const World& world, const Account& account)
{
    const Rational unit = exact(num::WAD);
    Exact result;
    for (Rational& each : result.health)
        each = exact(account.cash.raw());
    for (const Position& position : account.positions) {
        const Market& market = world.markets[position.market.value];
        const Underlying& u = world.underlyings[market.params.underlying.value];
        const PositionView now = *view(position, market.indexes, world.epochs);
        const Rational mark = exact(world.mark(position.market).raw()) / unit;
        const Rational value = exact(now.base.raw()) * mark + exact(now.quote.raw());
        const Rational notional = abs(exact(now.base.raw())) * mark;
        Rational counted = value;
        if (value > 0) {
            counted = value * exact(u.profit.weight.raw()) / unit;
            const Rational cap = exact(u.profit.cap.raw());
            counted = counted < cap ? counted : cap;
        }
        result.health[0] += counted - notional * exact(u.standard.fraction.initial.raw()) / unit;
        result.health[1] += value - notional * exact(u.standard.fraction.maintenance.raw()) / unit;
        ++result.positions;
    }
    for (const Collateral& held : account.collaterals) {
        const Asset& asset = world.assets[held.asset.value];
        const FeedPrice& feed = world.board.of(asset.underlying);
        const Rational value = exact(quantity_from_tokens(held.amount, asset.decimals).raw()) *
                               exact(feed.price.raw()) / unit;
        const bool fit = usable(feed, world.board.now, world.oracle, PriceUse::trade) == Error::ok;
        if (fit)
            result.health[0] += value * (unit - exact(asset.initial_haircut.raw())) / unit;
        result.health[1] += value * (unit - exact(asset.maintenance_haircut.raw())) / unit;
        ++result.collaterals;
    }
    return result;
}

World random_world(Rng& rng)
{
    World world;
    for (const auto u : {U0, U1}) {
        Underlying& underlying = world.underlyings[u.value];
        underlying.standard.fraction.initial =
            Ratio::from_raw(rng.between(num::WAD / 1'000, num::WAD));
        underlying.standard.fraction.maintenance = Ratio::from_raw(
            rng.between(num::WAD / 1'000, underlying.standard.fraction.initial.raw()));
        underlying.profit.weight = Ratio::from_raw(rng.between(0, num::WAD));
        underlying.profit.cap =
            Money::from_raw(rng.between(0, rng.chance(50) ? MONEY_MAX.raw() : 1'000));
        world.set_price(
            u, Price::from_raw(rng.pick<i128>({rng.between(1, 1'000),
                   rng.between(1, 100'000 * i128{num::WAD}), rng.between(1, PRICE_MAX.raw())})));
        world.board.feeds[u.value].published = test::seconds(world.board.now.raw() - rng.below(90));
    }
    for (Market& market : world.markets)
        market.premium = Price::from_raw(rng.between(-PRICE_MAX.raw(), PRICE_MAX.raw()) / 10);
    for (Asset& asset : world.assets) {
        asset.decimals = static_cast<std::uint8_t>(rng.below(19));
        asset.initial_haircut = Ratio::from_raw(rng.between(0, num::WAD));
        asset.maintenance_haircut = Ratio::from_raw(rng.between(0, asset.initial_haircut.raw()));
    }
    return world;
}

Account random_account(Rng& rng, World& world)
{
    Account account;
    const i128 large = rng.pick<i128>({10, i128{num::WAD}, 1'000'000 * i128{num::WAD}});
    account.cash = Money::from_raw(rng.between(-large, large));
    for (const MarketId id : {M0, M1, M2}) {
        if (rng.chance(30))
            continue;
        Position position;
        position.market = id;
        position.base = Quantity::from_raw(rng.between(-large, large));
        position.quote = Money::from_raw(rng.between(-large, large));
        position.a = INDEX_ONE;
        if (rng.chance(30))
            world.market(id).indexes.sides[0].a = INDEX_ONE / 3;
        if (!position.base.is_zero() && !account.positions.push(position))
            __builtin_trap();
    }
    for (const AssetId id : {COIN8, COIN18}) {
        const Asset& asset = world.assets[id.value];
        const TokenAmount amount =
            tokens_from_quantity_floor(Quantity::from_raw(rng.between(0, large)), asset.decimals);
        if (!amount.is_zero() && !add_collateral(account, id, amount))
            __builtin_trap();
    }
    return account;
}

TEST_CASE(
    "health: never above the exact one, and below it by less than 4 raw units a position and 2 a "
    "collateral",
    "[risk][health]")
{
    Rng rng(23);
    for (int run = 0; run < 5'000; ++run) {
        World world = random_world(rng);
        const Account account = random_account(rng, world);
        const Result<MarginReport> report = evaluate(account, world.scene());
        REQUIRE(report);
        const Exact want = exact_health(world, account);
        const auto bound = static_cast<i128>(4 * want.positions + 2 * want.collaterals);
        for (const Level level : {INITIAL, MAINTENANCE}) {
            const Rational below =
                want.health[static_cast<std::size_t>(level)] - exact(report->health(level).raw());
            REQUIRE(below >= 0);
            REQUIRE(below <= exact(bound));
        }
    }
}

TEST_CASE("health: initial is never above maintenance", "[risk][health]")
{
    Rng rng(24);
    for (int run = 0; run < 5'000; ++run) {
        World world = random_world(rng);
        for (const Underlying& underlying : world.underlyings)
            REQUIRE(validate(underlying) == Error::ok);
        const Account account = random_account(rng, world);
        const Result<MarginReport> report = evaluate(account, world.scene());
        REQUIRE(report);
        REQUIRE(report->health(INITIAL) <= report->health(MAINTENANCE));
        REQUIRE(report->required(INITIAL) >= report->required(MAINTENANCE));
        REQUIRE(report->haircut(INITIAL) >= report->haircut(MAINTENANCE));
    }
}

// --- accounts below initial ---

MarginReport with(Money net, Money required)
{
    MarginReport report;
    report.equity = net + money("7");
    report.levels.maintenance.haircuts = money("7");
    report.levels.maintenance.requirement = required;
    return report;
}

TEST_CASE("improves: takes a smaller requirement at the same net", "[risk][improves]")
{
    const MarginReport before = with(money("10"), money("20"));
    CHECK(improves(before, with(money("10"), money("20")), Allowance{}));
    CHECK(improves(before, with(money("10"), money("15")), Allowance{}));
    CHECK(improves(before, with(money("10"), money("0")), Allowance{}));
    CHECK(improves(before, with(money("11"), money("20")), Allowance{}));
}

TEST_CASE("improves: (a) the requirement may not rise, whatever is paid in", "[risk][improves]")
{
    const MarginReport before = with(money("10"), money("20"));
    const Money more = money("20") + Money::from_raw(1);
    CHECK_FALSE(improves(before, with(money("1000"), more), Allowance{}));
}

TEST_CASE("improves: (b) net may fall by the stated fees and no more", "[risk][improves]")
{
    // The ratio rises in both, so only the fall in net decides.
    const MarginReport before = with(money("10"), money("20"));
    CHECK(improves(before, with(money("9"), money("10")), Allowance{money("1"), Money::zero()}));
    CHECK_FALSE(improves(before, with(money("9") - Money::from_raw(1), money("10")),
        Allowance{money("1"), Money::zero()}));
}

TEST_CASE("improves: (c) the ratio may not fall, to the last unit", "[risk][improves]")
{
    const MarginReport before = with(money("10"), money("20"));
    CHECK(improves(before, with(money("9.5"), money("19")), Allowance{money("1"), Money::zero()}));
    CHECK_FALSE(improves(before, with(money("9.5") - Money::from_raw(1), money("19")),
        Allowance{money("1"), Money::zero()}));
    // Products of the size of the greatest money, which no 128 bits hold.
    const MarginReport large = with(MONEY_MAX, MONEY_MAX);
    CHECK(improves(large, with(MONEY_MAX - money("1"), MONEY_MAX - money("1")),
        Allowance{money("1"), Money::zero()}));
    CHECK_FALSE(
        improves(large, with(MONEY_MAX - money("1"), MONEY_MAX - money("1") + Money::from_raw(1)),
            Allowance{money("1"), Money::zero()}));
}

TEST_CASE("improves: (d) a swap of risks may not deepen the initial shortfall", "[risk][improves]")
{
    MarginReport before = with(money("10"), money("20"));
    MarginReport after = with(money("10"), money("20"));
    before.levels.initial.requirement = money("40");
    after.levels.initial.requirement = money("40");
    CHECK(improves(before, after, Allowance{}));
    after.levels.initial.requirement += Money::from_raw(1);
    CHECK_FALSE(improves(before, after, Allowance{}));
    CHECK(improves(before, after, Allowance{Money::zero(), Money::from_raw(1)}));
}

TEST_CASE(
    "improves: what a bracket lends counts in net, ratio and initial health, and is paid back",
    "[risk][improves]")
{
    const MarginReport before = with(money("10"), money("20"));
    const auto lent = [](std::string_view text) {
        return Allowance{Money::zero(), Money::zero(), money(text)};
    };
    // (b) and (d): initial health falls with net.
    CHECK(improves(before, with(money("9"), money("15")), lent("1")));
    CHECK_FALSE(improves(before, with(money("9") - Money::from_raw(1), money("15")), lent("1")));
    // (c): the same ratio with what is lent, and a raw unit of requirement more.
    CHECK(improves(before, with(money("9"), money("20")), lent("1")));
    const Allowance fee{money("1"), Money::zero(), money("1")};
    CHECK(improves(before, with(money("8"), money("18")), fee));
    CHECK_FALSE(improves(before, with(money("8"), money("18") + Money::from_raw(1)), fee));
    // A close gives it back.
    CHECK(improves(before, with(money("11"), money("19")), lent("-1")));
    CHECK_FALSE(improves(before, with(money("11") - Money::from_raw(1), money("19")), lent("-1")));
}

TEST_CASE("improves: (c) a negative net may fall by what rounding costs", "[risk][improves]")
{
    const MarginReport before = with(money("-10"), money("20"));
    const Allowance two{Money::zero(), Money::from_raw(2)};
    CHECK(improves(before, with(money("-10") - Money::from_raw(2), money("5")), two));
    CHECK_FALSE(improves(before, with(money("-10") - Money::from_raw(3), money("5")), two));
}

TEST_CASE("improves: (c) a negative net may not fall at all", "[risk][improves]")
{
    const MarginReport before = with(money("-10"), money("20"));
    CHECK(improves(before, with(money("-10"), money("5")), Allowance{money("1"), Money::zero()}));
    CHECK_FALSE(improves(before, with(money("-10") - Money::from_raw(1), money("5")),
        Allowance{money("1"), Money::zero()}));
    CHECK(improves(before, with(money("3"), money("20")), Allowance{}));
    // From above zero to below it is a fall, fees or not.
    CHECK_FALSE(improves(with(money("0.5"), money("20")), with(money("-0.1"), money("1")),
        Allowance{money("1"), Money::zero()}));
}

}  // namespace
TEST_CASE("below_mark: is what margin counts an option for less than its mark, on either side",
    "[risk][improves]")
{
    for (const char* spot : {"100", "50000", "90000000"}) {
        OptionWorld world;
        world.reprice(U0, price(spot));
        for (const MarketId id : {CALL_100, CALL_110, PUT_90})
            for (const char* base : {"0", "0.000000000000000001", "3", "-3", "-1000.5"}) {
                const Quantity held = quantity(base);
                const Money below = below_mark(held, id, world.scene());
                const Money marked = notional_floor(held, world.mark(id));
                const std::size_t i = world.open(Money::zero());
                if (!held.is_zero()) {
                    Position position;
                    position.market = id;
                    position.base = held;
                    position.a = INDEX_ONE;
                    REQUIRE(world.accounts[i].positions.push(position));
                }
                CHECK(world.report(i).equity == marked - below);
                CHECK(below >= Money::zero());
                // 1.4e-18 of the forward and 3 raw units, and what volatility's error makes of it: rounding.md.
                const Money unit = notional_ceil(held.abs(), price(spot));
                CHECK(below <= scale_ceil(unit, Ratio::from_raw(40)) + Money::from_raw(2));
            }
    }
}

}  // namespace plimsoll
