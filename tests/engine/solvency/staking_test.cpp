// plimsoll: tests/engine/solvency/staking_test.cpp                  SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Shares of the insurance: nobody gets by joining or leaving what others have put in.
#include "engine/solvency/staking.hpp"

#include "engine/risk/money_bracket.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"

#include <catch2/catch.hpp>
#include <vector>

namespace plimsoll {
namespace {

using num::i128;
using test::money;
using test::Rng;

constexpr InventoryWorth NOTHING{};

TEST_CASE("staking: shares are worth what was staked, and share what comes and goes",
    "[solvency][staking]")
{
    Staking staking;
    Insurance insurance;
    const Result<i128> first = add_stake(staking, insurance, money("100"), NOTHING);
    const Result<i128> second = add_stake(staking, insurance, money("300"), NOTHING);
    REQUIRE((first && second));
    CHECK(insurance.balance == money("400"));
    CHECK(worth_floor(staking, insurance, *first, NOTHING) == money("100"));
    CHECK(worth_floor(staking, insurance, *second, NOTHING) == money("300"));
    insurance.receive(money("40"));
    CHECK(worth_floor(staking, insurance, *second, NOTHING) <= money("330"));
    CHECK(worth_floor(staking, insurance, *second, NOTHING) > money("329.99"));
    staking.expected_deficits = money("220");
    CHECK(worth_floor(staking, insurance, *second, NOTHING) <= money("165"));
    CHECK(worth_floor(staking, insurance, *second, NOTHING) > money("164.99"));
    staking.expected_deficits = money("441");
    CHECK(worth_floor(staking, insurance, *second, NOTHING) == money("0"));
}

TEST_CASE("staking: what the insurance had before stays the house's", "[solvency][staking]")
{
    Staking staking;
    Insurance insurance;
    insurance.balance = money("10000000");
    const Result<i128> mine = add_stake(staking, insurance, money("1"), NOTHING);
    REQUIRE(mine);
    CHECK(worth_floor(staking, insurance, *mine, NOTHING) <= money("1"));
    CHECK(worth_floor(staking, insurance, *mine, NOTHING) > money("0.999999999"));
}

TEST_CASE(
    "staking: moving the price before somebody else's stake only costs", "[solvency][staking]")
{
    // The classic: one raw unit staked, a donation, and a victim whose shares round to nothing.
    for (const char* donated : {"1", "1000", "1000000"}) {
        Staking staking;
        Insurance insurance;
        const Result<i128> mine = add_stake(staking, insurance, Money::from_raw(1), NOTHING);
        REQUIRE(mine);
        insurance.receive(money(donated));
        const Result<i128> victims = add_stake(staking, insurance, money("1000"), NOTHING);
        if (!victims) {
            CHECK(victims.error() == Error::zero_amount);  // nothing taken
            continue;
        }
        const Money loss = money("1000") - worth_floor(staking, insurance, *victims, NOTHING);
        const Money gain = worth_floor(staking, insurance, *mine, NOTHING) - money(donated);
        CHECK(gain.is_negative());
        CHECK(loss <= money("1"));
    }
}

TEST_CASE("staking: nothing is staked while a deficit is open or shares are worthless",
    "[solvency][staking]")
{
    Staking staking;
    Insurance insurance;
    insurance.open_deficit = money("1");
    CHECK(add_stake(staking, insurance, money("10"), NOTHING).error() == Error::staking_closed);
    insurance.balance = money("5");
    CHECK(add_stake(staking, insurance, money("10"), NOTHING).error() == Error::staking_closed);
    insurance.balance = money("0");
    insurance.open_deficit = money("0");
    staking.expected_deficits = money("1");
    CHECK(add_stake(staking, insurance, money("10"), NOTHING).error() == Error::staking_closed);
    staking.expected_deficits = money("0");
    REQUIRE(add_stake(staking, insurance, money("10"), NOTHING));
    insurance.balance = money("0");
    CHECK(add_stake(staking, insurance, money("10"), NOTHING).error() == Error::staking_closed);
    CHECK(add_stake(staking, insurance, MONEY_MAX, NOTHING).error() == Error::staking_closed);
    Staking huge;
    Insurance full;
    full.balance = MONEY_MAX;
    CHECK(add_stake(huge, full, money("1"), NOTHING).error() == Error::out_of_range);
}

TEST_CASE("staking: an estimated deficit makes shares worth less and no stake cheaper",
    "[solvency][staking]")
{
    Staking staking;
    Insurance insurance;
    const Result<i128> first = add_stake(staking, insurance, money("100"), NOTHING);
    REQUIRE(first);
    staking.expected_deficits = money("60");
    CHECK(worth_floor(staking, insurance, *first, NOTHING) <= money("40"));
    const Result<i128> second = add_stake(staking, insurance, money("100"), NOTHING);
    REQUIRE(second);
    CHECK(*second <= *first);
}

TEST_CASE("staking: when nothing is left a new epoch begins", "[solvency][staking]")
{
    Staking staking;
    Insurance insurance;
    const Result<i128> mine = add_stake(staking, insurance, money("100"), NOTHING);
    REQUIRE(mine);
    const Stake stake{0, *mine, 0, Seconds::zero()};
    CHECK_FALSE(end_worthless_epoch(staking, insurance, Money::zero()));
    insurance.pay_all(money("100"));
    CHECK(end_worthless_epoch(staking, insurance, Money::zero()));
    CHECK_FALSE(end_worthless_epoch(staking, insurance, Money::zero()));
    CHECK(staking.epoch == 1);
    const Seconds week = Seconds::from_raw(7 * 86'400);
    CHECK((current(stake, staking, week, week).shares == 0));
    insurance.receive(money("1"));
    const Result<i128> next = add_stake(staking, insurance, money("50"), NOTHING);
    REQUIRE(next);
    CHECK(worth_floor(staking, insurance, *next, NOTHING) == money("50"));
}

TEST_CASE(
    "staking: who joins pays for the inventory, who leaves has a part of it", "[solvency][staking]")
{
    const InventoryWorth inventory{money("100"), money("95")};
    Staking staking;
    Insurance insurance;
    const Result<i128> first = add_stake(staking, insurance, money("100"), NOTHING);
    REQUIRE(first);
    insurance.pay_all(money("90"));
    const Result<i128> second = add_stake(staking, insurance, money("110"), inventory);
    REQUIRE(second);
    // 120 of quote and 95, half of it each; before, the first had 10 of quote and 95.
    CHECK(worth_floor(staking, insurance, *first, inventory) > money("107.49"));
    CHECK(worth_floor(staking, insurance, *second, inventory) <= money("107.5"));
    CHECK(worth_floor(staking, insurance, *second, inventory) > money("107.49"));
    // Sold for what it was counted as, it changes nothing.
    insurance.receive(money("95"));
    CHECK(worth_floor(staking, insurance, *second, NOTHING) > money("107.49"));
    CHECK(worth_floor(staking, insurance, *second, NOTHING) <= money("107.5"));
}

TEST_CASE(
    "staking: a deficit that the inventory covers closes nothing, and a stake repays it first",
    "[solvency][staking]")
{
    Staking staking;
    Insurance insurance;
    insurance.pay_all(money("95"));
    CHECK(insurance.uncovered(money("94")) == money("1"));
    CHECK(insurance.uncovered(money("96")) == money("0"));
    const InventoryWorth short_of{money("99"), money("94.9")};
    CHECK(add_stake(staking, insurance, money("10"), short_of).error() == Error::staking_closed);
    const InventoryWorth inventory{money("100"), money("95")};
    const Result<i128> mine = add_stake(staking, insurance, money("10"), inventory);
    REQUIRE(mine);
    CHECK(insurance.open_deficit == money("85"));
    CHECK(insurance.balance == money("0"));
    // The 5 by which the index is above the deficit are the house's: two thirds of 10 at the resale price are
    // the stake's.
    CHECK(worth_floor(staking, insurance, *mine, inventory) <= money("6.67"));
    CHECK(worth_floor(staking, insurance, *mine, inventory) > money("6.66"));
    CHECK(worth_floor(staking, insurance, *mine, {money("105"), money("100")}) <= money("10"));
    CHECK(worth_floor(staking, insurance, *mine, {money("85"), money("80")}) == money("0"));
}

TEST_CASE("staking: what suppliers have advanced on the inventory is not the stakers'",
    "[solvency][staking]")
{
    Insurance insurance;
    insurance.open_deficit = money("60");
    insurance.advanced = money("30");
    const auto counts = [&](const char* index, const char* resale, const char* joining,
                            const char* leaving) {
        const InventoryWorth worth = less_advanced(insurance, money(index), money(resale));
        CHECK(worth.index_ceil == money(joining));
        CHECK(worth.resale_floor == money(leaving));
    };
    counts("60", "50", "60", "50");
    counts("80", "70", "60", "60");
    counts("100", "95", "70", "65");
    CHECK(insurance.owed_back(money("50")) == money("0"));
    CHECK(insurance.owed_back(money("70")) == money("10"));
    CHECK(insurance.owed_back(money("95")) == money("30"));
    Staking staking;
    CHECK(add_stake(
              staking, insurance, money("1"), less_advanced(insurance, money("100"), money("90")))
              .error() == Error::staking_closed);
    Insurance copy = insurance;
    CHECK(add_stake(
        staking, copy, money("1"), less_advanced(insurance, money("100"), money("90.1"))));
    insurance.open_deficit = Money::zero();
    counts("20", "19", "0", "0");
    insurance.advanced = Money::zero();
    counts("20", "19", "20", "19");
}

TEST_CASE("staking: no epoch ends while there is inventory", "[solvency][staking]")
{
    Staking staking;
    Insurance insurance;
    REQUIRE(add_stake(staking, insurance, money("100"), NOTHING));
    insurance.pay_all(money("100"));
    CHECK_FALSE(end_worthless_epoch(staking, insurance, Money::from_raw(1)));
    CHECK(staking.shares > 0);
    CHECK(end_worthless_epoch(staking, insurance, Money::zero()));
    CHECK(staking.shares == 0);
}

TEST_CASE("staking: while a deficit is uncovered shares sleep, and wake when it is repaid",
    "[solvency][staking]")
{
    Staking staking;
    Insurance insurance;
    const Result<i128> mine = add_stake(staking, insurance, money("100"), NOTHING);
    REQUIRE(mine);
    insurance.pay_all(money("150"));
    CHECK_FALSE(end_worthless_epoch(staking, insurance, Money::zero()));
    CHECK(worth_floor(staking, insurance, *mine, NOTHING).is_zero());
    CHECK(add_stake(staking, insurance, money("10"), NOTHING).error() == Error::staking_closed);
    insurance.receive(money("70"));
    CHECK_FALSE(end_worthless_epoch(staking, insurance, Money::zero()));
    CHECK(worth_floor(staking, insurance, *mine, NOTHING) == money("20"));
}

TEST_CASE("staking: the epoch ends when suppliers have borne what the insurance could not",
    "[solvency][staking]")
{
    Staking staking;
    Insurance insurance;
    CHECK_FALSE(end_borne_epoch(staking, insurance, money("1")));
    REQUIRE(add_stake(staking, insurance, money("100"), NOTHING));
    CHECK_FALSE(end_borne_epoch(staking, insurance, money("1")));
    insurance.pay_all(money("150"));
    CHECK_FALSE(end_borne_epoch(staking, insurance, money("0")));
    CHECK(staking.shares > 0);
    CHECK(end_borne_epoch(staking, insurance, Money::from_raw(1)));
    CHECK(staking.epoch == 1);
    CHECK(staking.shares == 0);
}

TEST_CASE("staking: shares below a millionth of par are closed to who joins, and end",
    "[solvency][staking]")
{
    Staking staking;
    Insurance insurance;
    REQUIRE(add_stake(staking, insurance, money("100"), NOTHING));
    const Money limit = money("0.0001");
    CHECK(worthless(limit - Money::from_raw(1), staking.shares));
    CHECK_FALSE(worthless(limit, staking.shares));
    CHECK(worthless(limit, staking.shares + 1));
    CHECK_FALSE(worthless(Money::zero(), 0));
    CHECK(worthless(Money::from_raw(-1), 0));
    CHECK_FALSE(worthless(MONEY_MAX, SHARES_MAX));
    insurance.balance = limit - Money::from_raw(1);
    CHECK(add_stake(staking, insurance, money("10"), NOTHING).error() == Error::staking_closed);
    insurance.balance = limit;
    CHECK_FALSE(end_worthless_epoch(staking, insurance, Money::zero()));
    const Result<i128> most = add_stake(staking, insurance, money("10"), NOTHING);
    REQUIRE(most);
    CHECK(*most < SHARES_MAX / 10'000);
    insurance.balance = limit;
    CHECK(end_worthless_epoch(staking, insurance, Money::zero()));
}

TEST_CASE("prop: whatever is lost and paid in, a thousand units always find shares to buy",
    "[solvency][staking]")
{
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Rng rng(seed);
        Staking staking;
        Insurance insurance;
        for (int call = 0; call < 30; ++call) {
            const Money amount = Money::from_raw(rng.between(1, test::raw("1000")));
            switch (rng.below(4)) {
            case 0:
            case 1:
                static_cast<void>(add_stake(staking, insurance, amount, NOTHING));
                break;
            case 2:
                insurance.receive(rng.chance(50) ? Money::from_raw(1'000'000'000'000) : amount);
                break;
            default:
                static_cast<void>(insurance.pay_up_to(rng.chance(50) ? insurance.balance : amount));
            }
            end_worthless_epoch(staking, insurance, Money::zero());
            Staking copy = staking;
            Insurance purse = insurance;
            REQUIRE(add_stake(copy, purse, money("1000"), NOTHING));
        }
    }
}

TEST_CASE(
    "prop: with inventory and deficits no stake is worth more at once than was paid, and nobody's "
    "falls",
    "[solvency][staking]")
{
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Rng rng(seed);
        Staking staking;
        Insurance insurance;
        InventoryWorth inventory;
        std::vector<i128> shares(3, 0);
        const auto worth = [&](std::size_t i) {
            return worth_floor(staking, insurance, shares[i], inventory);
        };
        for (int call = 0; call < 60; ++call) {
            const std::size_t i = rng.below(3);
            const Money amount = Money::from_raw(rng.between(1, test::raw("1000")));
            const Money before[] = {worth(0), worth(1), worth(2)};
            const auto others_keep = [&] {
                for (std::size_t other = 0; other < 3; ++other)
                    if (other != i)
                        REQUIRE(worth(other) + Money::from_raw(2) >= before[other]);
            };
            switch (rng.below(5)) {
            case 0:
            case 1:
                if (const Result<i128> bought = add_stake(staking, insurance, amount, inventory)) {
                    shares[i] += *bought;
                    REQUIRE(worth_floor(staking, insurance, *bought, inventory) <= amount);
                    others_keep();
                }
                break;
            case 2:  // taken over at the index
                insurance.pay_all(amount);
                inventory.index_ceil += amount;
                inventory.resale_floor += scale_floor(amount, Ratio::from_raw(num::WAD / 20 * 19));
                break;
            case 3:  // sold
                insurance.receive(inventory.resale_floor);
                inventory = InventoryWorth{};
                others_keep();
                break;
            default: {
                const Money paid = worth(i);
                if (paid > insurance.balance)
                    break;
                insurance.balance -= paid;
                staking.shares -= shares[i];
                shares[i] = 0;
                others_keep();
            }
            }
            if (end_worthless_epoch(staking, insurance, inventory.index_ceil) ||
                (rng.chance(5) && end_borne_epoch(staking, insurance,
                                      insurance.uncovered(inventory.resale_floor))))
                shares.assign(3, 0);
            REQUIRE(
                worth(0) + worth(1) + worth(2) <=
                not_negative(insurance.balance + inventory.resale_floor - insurance.open_deficit));
        }
    }
}

TEST_CASE("prop: all shares together are never worth more than there is", "[solvency][staking]")
{
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Rng rng(seed);
        Staking staking;
        Insurance insurance;
        std::vector<i128> shares(3, 0);
        for (int call = 0; call < 60; ++call) {
            const std::size_t i = rng.below(3);
            const Money amount = Money::from_raw(rng.between(1, test::raw("1000")));
            switch (rng.below(4)) {
            case 0:
            case 1:
                if (const Result<i128> bought = add_stake(staking, insurance, amount, NOTHING)) {
                    shares[i] += *bought;
                    REQUIRE(worth_floor(staking, insurance, *bought, NOTHING) <= amount);
                }
                break;
            case 2:
                if (rng.chance(50))
                    insurance.receive(amount);
                else
                    static_cast<void>(insurance.pay_up_to(amount));
                break;
            default: {
                const Money paid = worth_floor(staking, insurance, shares[i], NOTHING);
                insurance.balance -= paid;
                staking.shares -= shares[i];
                shares[i] = 0;
            }
            }
            Money worth;
            for (const i128 held : shares)
                worth += worth_floor(staking, insurance, held, NOTHING);
            REQUIRE(worth <= insurance.balance);
            REQUIRE(!insurance.balance.is_negative());
        }
    }
}

}  // namespace
}  // namespace plimsoll
