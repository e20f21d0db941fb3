// plimsoll: tests/engine/solvency/cash_index_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Interest on all cash at once, deficits that suppliers share, and the gate: payers pay at
// least what receivers get, in whatever order they are touched.
#include "engine/solvency/cash_index.hpp"

#include "tests/support/literals.hpp"
#include "tests/support/rng.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

namespace plimsoll {
namespace {

using num::i128;
using test::money;
using test::rate;
using test::ratio;
using test::Rng;
using test::seconds;

BorrowParams usual()
{
    BorrowParams params;
    params.base = rate("0.001");
    params.slope_low = rate("0.004");
    params.slope_high = rate("0.05");
    params.kink = ratio("0.8");
    params.reserve_factor = ratio("0.1");
    params.utilisation_max = ratio("0.9");
    params.borrow_cap = MONEY_MAX;
    params.supply_loss_cap = ratio("0.1");
    return params;
}

struct Holder
{
    Money cash;
    i128 index = 0;
};

/// Accounts as the store keeps them.
struct Bank
{
    BorrowParams params = usual();
    CashPool pool;
    std::vector<Holder> holders;
    Money insurance;  ///< What has been moved from the reserve.
    Money tokens;     ///< What should be there.

    std::size_t open(Money cash)
    {
        holders.push_back({cash, 0});
        replace_cash(pool, {}, cash);
        holders.back().index = index_of(pool, cash);
        tokens += cash;
        return holders.size() - 1;
    }
    void advance(std::uint64_t length)
    {
        accrue_cash(pool, params, Seconds::from_raw(pool.accrued.raw() + length));
    }
    /// As a call does that changes the account's cash.
    void change(std::size_t i, Money by)
    {
        Holder& holder = holders[i];
        const CashView now = cash_now(pool, holder.cash, holder.index);
        pool.residue += holder.cash - now.floor;
        const Money after = now.floor + by;
        replace_cash(pool, now, after);
        holder = {after, index_of(pool, after)};
        tokens += by;
    }
    [[nodiscard]] Money now(std::size_t i) const
    {
        return cash_now(pool, holders[i].cash, holders[i].index).floor;
    }
    /// What is left over with everybody up to date.
    [[nodiscard]] Money left_over() const
    {
        Money sum = pool.residue;
        for (std::size_t i = 0; i < holders.size(); ++i)
            sum += holders[i].cash - now(i);
        return sum;
    }
    [[nodiscard]] Money stored() const
    {
        Money sum = pool.residue + pool.reserve;
        for (const Holder& holder : holders)
            sum += holder.cash;
        return sum;
    }
    void check_bounds() const
    {
        Money supplied_floor, supplied_ceil, borrowed;
        for (const Holder& holder : holders) {
            const CashView view = cash_now(pool, holder.cash, holder.index);
            supplied_floor += std::max(view.floor, Money::zero());
            supplied_ceil += std::max(view.ceil, Money::zero());
            borrowed += std::max(-view.floor, Money::zero());
        }
        REQUIRE(pool.supplied_floor <= supplied_ceil);
        REQUIRE(pool.supplied_ceil >= supplied_floor);
        REQUIRE(pool.borrowed_floor <= borrowed);
    }
};

TEST_CASE("cash: the rate has a kink and never falls", "[solvency][cash]")
{
    const BorrowParams params = usual();
    CHECK(borrow_rate_ceil(params, ratio("0")) == rate("0.001"));
    CHECK(borrow_rate_ceil(params, ratio("0.4")) == rate("0.003"));
    CHECK(borrow_rate_ceil(params, ratio("0.8")) == rate("0.005"));
    CHECK(borrow_rate_ceil(params, ratio("0.9")) == rate("0.03"));
    CHECK(borrow_rate_ceil(params, ratio("1")) == rate("0.055"));
    CHECK(borrow_rate_ceil(params, ratio("0.3")) == rate("0.0025"));
    Rate last;
    for (int i = 0; i <= 1'000; ++i) {
        const Rate now =
            borrow_rate_ceil(params, Ratio::from_raw(static_cast<i128>(i) * num::WAD / 1'000));
        REQUIRE(now >= last);
        last = now;
    }
}

TEST_CASE("cash: utilisation counts debts and claims against what is supplied", "[solvency][cash]")
{
    CashPool pool;
    CHECK(utilisation_ceil(pool) == ratio("0"));
    pool.borrowed_floor = money("30");
    CHECK(utilisation_ceil(pool) == ratio("1"));
    pool.supplied_floor = money("100");
    pool.claims = money("10");
    CHECK(utilisation_ceil(pool) == ratio("0.4"));
    CHECK(lent_ceil(pool) == ratio("0.3"));
    pool.borrowed_floor = money("200");
    CHECK(utilisation_ceil(pool) == ratio("1"));
}

TEST_CASE("cash: a day's interest by hand", "[solvency][cash]")
{
    Bank bank;
    bank.open(money("1000"));
    bank.open(money("-400"));
    // Utilisation 0.4: 0.3 % a day of 400 is 1.2, of which 0.12 is the insurance's.
    bank.advance(86'400);
    CHECK(bank.now(1) == money("-401.2"));
    CHECK(bank.pool.reserve == money("0.12"));
    CHECK(bank.now(0) <= money("1001.08"));
    CHECK(bank.now(0) >= money("1001.08") - Money::from_raw(2'000));
    CHECK(bank.left_over() >= Money::zero());
}

TEST_CASE("cash: without suppliers all interest is the insurance's", "[solvency][cash]")
{
    Bank bank;
    bank.open(money("-100"));
    bank.advance(86'400);
    CHECK(bank.pool.reserve == money("5.5"));
    CHECK((bank.pool.supply_index == INDEX_ONE));
}

TEST_CASE("cash: no more than thirty days are charged at once", "[solvency][cash]")
{
    Bank once, twice;
    for (Bank* bank : {&once, &twice}) {
        bank->open(money("1000"));
        bank->open(money("-400"));
    }
    once.advance(30 * 86'400);
    twice.advance(300 * 86'400);
    CHECK(once.now(1) == twice.now(1));
    CHECK(once.now(1) == money("-436"));
    CHECK(twice.pool.accrued == seconds(300 * 86'400));
}

TEST_CASE("cash: time does not run backwards", "[solvency][cash]")
{
    Bank bank;
    bank.open(money("1000"));
    bank.open(money("-400"));
    bank.advance(86'400);
    const Money owed = bank.now(1);
    accrue_cash(bank.pool, bank.params, seconds(10));
    CHECK(bank.now(1) == owed);
    CHECK(bank.pool.accrued == seconds(86'400));
}

TEST_CASE("cash: indexes stop at their ends and nothing traps", "[solvency][cash]")
{
    Bank bank;
    bank.params.base = rate("0.05");
    bank.params.slope_low = rate("0.05");
    bank.open(MONEY_MAX);
    bank.open(-MONEY_MAX);
    for (int i = 0; i < 200; ++i) {
        bank.advance(40 * 86'400);
        REQUIRE((bank.pool.borrow_index <= CASH_INDEX_MAX));
        REQUIRE((bank.pool.supply_index <= CASH_INDEX_MAX));
    }
    CHECK(bank.now(1) == -CASH_MAX);
    CHECK(cash_now(bank.pool, Money::from_raw(-1), INDEX_ONE).floor < Money::zero());
}

TEST_CASE(
    "prop: borrowers pay at least what suppliers and the insurance get, however calls interleave",
    "[solvency][cash]")
{
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        INFO("seed " << seed);
        Rng rng(seed);
        Bank bank;
        bank.params.reserve_factor = Ratio::from_raw(rng.between(0, num::WAD / 2));
        bank.params.base = Rate::from_raw(rng.between(0, num::WAD / 20));
        const i128 unit = rng.pick<i128>({1, 1'000, num::WAD, num::WAD * 1'000'000});
        for (int i = 0; i < 5; ++i)
            bank.open(Money::from_raw(rng.between(-1'000, 2'000) * unit));
        for (int call = 0; call < 120; ++call) {
            const i128 borrow_index = bank.pool.borrow_index;
            const i128 supply_index = bank.pool.supply_index;
            bank.advance(rng.pick<std::uint64_t>({0, 1, 5, 60, 3'600, 86'400, 2'000'000}));
            REQUIRE((bank.pool.borrow_index >= borrow_index));
            REQUIRE((bank.pool.supply_index >= supply_index));
            const std::size_t i = rng.below(5);
            const Money by =
                rng.chance(40) ? Money::zero() : Money::from_raw(rng.between(-1'000, 1'000) * unit);
            const Money before = bank.now(i);
            bank.change(i, by);
            REQUIRE(bank.now(i) == before + by);
            if (rng.chance(10)) {
                bank.insurance += bank.pool.reserve;
                bank.pool.reserve = Money::zero();
            }
            REQUIRE(bank.stored() + bank.insurance == bank.tokens);
            REQUIRE(bank.left_over() >= Money::zero());
            bank.check_bounds();
        }
    }
}

TEST_CASE("cash: touching often costs a borrower next to nothing", "[solvency][cash]")
{
    Bank rarely, often;
    for (Bank* bank : {&rarely, &often}) {
        bank->open(money("1000"));
        bank->open(money("-400"));
    }
    for (int i = 0; i < 1'440; ++i) {
        often.advance(60);
        often.change(1, Money::zero());
        often.change(0, Money::zero());
    }
    rarely.advance(86'400);
    // Compounded by the minute instead of by the day, and utilisation is seen to rise.
    CHECK(often.now(1) <= rarely.now(1));
    CHECK(often.now(1) >= rarely.now(1) - money("0.003"));
    CHECK(often.left_over() >= Money::zero());
    CHECK(often.left_over() < money("0.00000001"));
}

TEST_CASE(
    "cash: suppliers share a deficit in proportion, at most so much a window", "[solvency][cash]")
{
    Bank bank;
    bank.open(money("1000"));
    bank.open(money("3000"));
    bank.open(money("-500"));
    CHECK(share_deficit(bank.pool, bank.params, money("0"), seconds(1'000)) == money("0"));
    CHECK(share_deficit(bank.pool, bank.params, money("100"), seconds(1'000)) == money("100"));
    CHECK(bank.now(0) == money("975"));
    CHECK(bank.now(1) == money("2925"));
    CHECK(bank.now(2) == money("-500"));
    CHECK(bank.left_over() == money("0"));
    // 10 % of 4,000 a window, of which 100 are gone.
    CHECK(share_deficit(bank.pool, bank.params, money("1000"), seconds(1'500)) == money("300"));
    CHECK(share_deficit(bank.pool, bank.params, money("1000"), seconds(86'000)) == money("0"));
    CHECK(bank.now(1) == money("2700"));
    CHECK(share_deficit(bank.pool, bank.params, money("1000"), seconds(87'400)) == money("360"));
    CHECK(bank.left_over() == money("0"));
}

TEST_CASE("cash: what suppliers get back they get in proportion, and nobody more than there is",
    "[solvency][cash]")
{
    Bank bank;
    bank.params = {};
    bank.params.supply_loss_cap = ratio("0.1");
    bank.params.kink = ratio("0.8");
    give_back(bank.pool, Money::from_raw(1));
    bank.pool.supplied_ceil = Money::from_raw(1);  // what rounding leaves
    bank.advance(90'000);
    CHECK((bank.pool.supply_index == INDEX_ONE));  // nobody supplies
    CHECK(bank.pool.returning == Money::from_raw(1));
    bank.pool.supplied_ceil = Money::zero();
    bank.pool.returning = Money::zero();
    bank.pool.residue = Money::zero();
    bank.open(money("1000"));
    bank.open(money("3000"));
    bank.open(money("-500"));
    REQUIRE(share_deficit(bank.pool, bank.params, money("100"), bank.pool.accrued) == money("100"));
    give_back(bank.pool, money("60"));
    CHECK(bank.now(0) == money("975"));
    // Half a day brings half of it, the next day the rest.
    bank.advance(43'200);
    CHECK(bank.now(0) <= money("982.5"));
    CHECK(bank.now(0) > money("982.499999999"));
    bank.advance(86'400);
    CHECK(bank.now(0) <= money("990"));
    CHECK(bank.now(0) > money("989.999999999"));
    CHECK(bank.now(1) <= money("2970"));
    CHECK(bank.now(1) > money("2969.999999999"));
    CHECK(bank.now(2) == money("-500"));
    CHECK(bank.pool.returning.is_zero());
    bank.check_bounds();
    CHECK(bank.left_over() >= Money::zero());
    CHECK(bank.left_over() < money("0.000000001"));
}

TEST_CASE(
    "prop: what is covered was given up, in whatever order suppliers find out", "[solvency][cash]")
{
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        INFO("seed " << seed);
        Rng rng(seed);
        Bank bank;
        const i128 unit = rng.pick<i128>({1, 1'000, num::WAD});
        Money deficit;
        for (int i = 0; i < 5; ++i)
            bank.open(Money::from_raw(rng.between(-500, 2'000) * unit));
        for (int call = 0; call < 60; ++call) {
            bank.advance(rng.pick<std::uint64_t>({0, 60, 90'000}));
            const Money open = Money::from_raw(rng.between(0, 500) * unit);
            const Money covered = share_deficit(bank.pool, bank.params, open, bank.pool.accrued);
            REQUIRE(covered <= open);
            REQUIRE(!covered.is_negative());
            deficit += covered;
            if (rng.chance(30)) {
                const Money back = Money::from_raw(rng.between(0, 100) * deficit.raw() / 100);
                give_back(bank.pool, back);
                deficit -= back;
            }
            bank.change(rng.below(5), Money::from_raw(rng.between(-100, 100) * unit));
            REQUIRE(bank.stored() + deficit == bank.tokens);
            REQUIRE(bank.left_over() >= Money::zero());
            bank.check_bounds();
        }
    }
}

TEST_CASE("cash: the supply index falls no further than its end", "[solvency][cash]")
{
    Bank bank;
    bank.params.supply_loss_cap = ratio("0.5");
    bank.open(money("1000000"));
    std::uint64_t day = 1;
    while (!share_deficit(bank.pool, bank.params, MONEY_MAX, seconds(day * 86'400)).is_zero()) {
        ++day;
        REQUIRE(day < 100);
    }
    CHECK((bank.pool.supply_index == CASH_INDEX_MIN));
    CHECK(bank.left_over() >= Money::zero());
}

// ---- the gate --------------------------------------------------------------------------------------------

GateParams usual_gate()
{
    GateParams params;
    params.absolute = money("100");
    params.relative = ratio("0.01");
    params.outflow_share = ratio("0.1");
    params.window = seconds(3'600);
    params.closed_max = seconds(86'400);
    return params;
}

TEST_CASE("gate: it closes above the greater of its two thresholds, and opens at half of it",
    "[solvency][gate]")
{
    const GateParams params = usual_gate();
    GateState gate;
    update_gate(gate, params, money("100"), money("1000"), seconds(50));
    CHECK_FALSE(is_closed(gate, params, seconds(50)));
    update_gate(gate, params, money("101"), money("20000"), seconds(50));
    CHECK_FALSE(is_closed(gate, params, seconds(50)));
    update_gate(gate, params, money("201"), money("20000"), seconds(50));
    CHECK(is_closed(gate, params, seconds(50)));
    // At the line a withdrawal of one unit would close it for another while.
    update_gate(gate, params, money("200"), money("20000"), seconds(60));
    CHECK(is_closed(gate, params, seconds(60)));
    CHECK_FALSE(is_closed(gate, params, seconds(50 + 86'400)));
    update_gate(gate, params, money("100.01"), money("20000"), seconds(70));
    CHECK(gate.since == seconds(50));
    update_gate(gate, params, money("100"), money("20000"), seconds(80));
    CHECK(gate.since.is_zero());
    GateParams none;
    update_gate(gate, none, money("1000"), money("1000"), seconds(60));
    CHECK_FALSE(is_closed(gate, none, seconds(60)));
}

TEST_CASE(
    "gate: once it has lapsed, what is left within the line is what the next deficit is measured "
    "by",
    "[solvency][gate]")
{
    const GateParams params = usual_gate();
    GateState gate;
    update_gate(gate, params, money("1000"), money("1000"), seconds(1'000));
    update_gate(gate, params, money("60"), money("1000"), seconds(100'000));
    CHECK_FALSE(is_closed(gate, params, seconds(100'000)));
    update_gate(gate, params, money("160"), money("1000"), seconds(100'001));
    CHECK_FALSE(is_closed(gate, params, seconds(100'001)));
    update_gate(gate, params, money("161"), money("1000"), seconds(100'002));
    CHECK(is_closed(gate, params, seconds(100'002)));
}

TEST_CASE("gate: it lapses, and stays open until the deficit has grown by its threshold",
    "[solvency][gate]")
{
    const GateParams params = usual_gate();
    GateState gate;
    update_gate(gate, params, money("500"), money("1000"), seconds(1'000));
    CHECK(is_closed(gate, params, seconds(1'000 + 86'399)));
    CHECK_FALSE(is_closed(gate, params, seconds(1'000 + 86'400)));
    update_gate(gate, params, money("600"), money("1000"), seconds(100'000));
    CHECK_FALSE(is_closed(gate, params, seconds(100'000)));
    update_gate(gate, params, money("601"), money("1000"), seconds(100'001));
    CHECK(is_closed(gate, params, seconds(100'001)));
}

TEST_CASE(
    "gate: every account may take out the same share of what it had, and all together no more",
    "[solvency][gate]")
{
    const GateParams params = usual_gate();
    GateState gate;
    update_gate(gate, params, money("500"), money("1000"), seconds(1'000));
    enter_window(gate, params, money("1000"), seconds(1'000));
    GateShare small, large;
    enter_window(small, gate, money("200"));
    enter_window(large, gate, money("800"));
    CHECK(allowance_floor(small, gate, params) == money("20"));
    CHECK(allowance_floor(large, gate, params) == money("80"));
    small.withdrawn = money("15");
    gate.outflow = money("15");
    CHECK(allowance_floor(small, gate, params) == money("5"));
    // A deposit in the window does not count.
    enter_window(small, gate, money("5000"));
    CHECK(allowance_floor(small, gate, params) == money("5"));
    gate.outflow = money("99");
    CHECK(allowance_floor(large, gate, params) == money("1"));
    enter_window(gate, params, money("900"), seconds(1'000 + 3'600));
    enter_window(small, gate, money("100"));
    CHECK(gate.outflow == money("0"));
    CHECK(allowance_floor(small, gate, params) == money("10"));
    GateShare debtor;
    enter_window(debtor, gate, money("-100"));
    CHECK(allowance_floor(debtor, gate, params) == money("0"));
}

TEST_CASE(
    "gate: what is paid in after it closed opens nothing, and forgets nothing", "[solvency][gate]")
{
    const GateParams params = usual_gate();
    GateState gate;
    update_gate(gate, params, money("500"), money("20000"), seconds(1'000));
    REQUIRE(is_closed(gate, params, seconds(1'000)));
    update_gate(gate, params, money("500"), money("1000000"), seconds(1'001));
    CHECK(is_closed(gate, params, seconds(1'001)));
    CHECK(gate.least == money("20000"));
    // What leaves lowers it for good.
    update_gate(gate, params, money("500"), money("15000"), seconds(1'002));
    update_gate(gate, params, money("151"), money("20000"), seconds(1'003));
    CHECK(is_closed(gate, params, seconds(1'003)));
    // After its time a deposit makes it forget neither when it closed nor for what.
    update_gate(gate, params, money("500"), money("1000000"), seconds(100'000));
    update_gate(gate, params, money("500"), money("20000"), seconds(100'001));
    CHECK_FALSE(is_closed(gate, params, seconds(100'001)));
    // Nor does a deposit keep it from closing for one that has grown.
    update_gate(gate, params, money("651"), money("1000000"), seconds(100'002));
    CHECK(is_closed(gate, params, seconds(100'002)));
    // Open again, it begins with what there is.
    update_gate(gate, params, money("0"), money("1000000"), seconds(100'003));
    update_gate(gate, params, money("10000"), money("1000000"), seconds(100'004));
    CHECK_FALSE(is_closed(gate, params, seconds(100'004)));
}

TEST_CASE("prop: deposits that come and go leave the gate closed whenever it is without them",
    "[solvency][gate]")
{
    const GateParams params = usual_gate();
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Rng rng(seed);
        GateState with, without;
        std::uint64_t now = 1'000;
        Money supplied = money("20000");
        update_gate(with, params, money("300"), supplied, seconds(now));
        update_gate(without, params, money("300"), supplied, seconds(now));
        for (int call = 0; call < 50; ++call) {
            now += rng.below(20'000);
            const Money uncovered = Money::from_raw(rng.between(0, test::raw("600")));
            const Money deposit = Money::from_raw(rng.between(0, test::raw("1000000")));
            update_gate(without, params, uncovered, supplied, seconds(now));
            // The deposit is there before the deficit changes, and gone after it.
            if (!with.since.is_zero())
                update_gate(with, params, with.deficit, supplied + deposit, seconds(now));
            update_gate(with, params, uncovered, supplied, seconds(now));
            REQUIRE(
                is_closed(with, params, seconds(now)) == is_closed(without, params, seconds(now)));
            REQUIRE(with.since == without.since);
        }
    }
}

}  // namespace
}  // namespace plimsoll
