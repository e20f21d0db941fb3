// plimsoll: tests/engine/solvency/sale_test.cpp                     SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The size and the money of a liquidation: by hand, against a second
// computation in unbounded integers over every number of lots, and as properties.
#include "engine/solvency/sale.hpp"

#include "tests/support/rng.hpp"
#include "tests/support/wide_int.hpp"
#include "tests/support/world.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::div_ceil;
using test::div_floor;
using test::Int;
using test::money;
using test::price;
using test::quantity;
using test::ratio;
using test::Rational;
using test::Rng;
using test::wide;

const Int UNIT = Int(num::WAD);

/// One position of an account and what the rest of it adds up to.
struct Case
{
    Quantity base;
    Money quote;
    Price mark;
    Underlying underlying;
    Quantity lot;
    SaleTerms terms;
    MarginReport report;

    /// The rest of the account: cash and other positions, other requirement, maintenance haircuts.
    void complete(Money other_equity, Money other_required, Money haircut)
    {
        const PositionRisk risk = position_risk(base, quote, mark, underlying);
        report = MarginReport{};
        report.equity = other_equity + risk.value;
        report.levels.maintenance.haircuts = haircut;
        report.levels.maintenance.requirement = other_required + risk.requirement;
    }
    [[nodiscard]] Result<PositionSale> plan(Quantity most = QUANTITY_MAX) const
    {
        return plan_position_sale(report, base, quote, mark, underlying, lot, terms, most);
    }
    [[nodiscard]] i128 lots() const { return (base.abs().raw() + lot.raw() - 1) / lot.raw(); }
    [[nodiscard]] Quantity size_of(i128 n) const
    {
        return n >= lots() ? base.abs() : Quantity::from_raw(n * lot.raw());
    }
};

/// What a sale does, a second time and without bounds.
struct Outcome
{
    Int freed, from_account, from_insurance, fee, net, required;
    bool reached = false;
};

Outcome outcome_of(const Case& c, Quantity size)
{
    const Int b = wide(c.base.raw());
    const Int m = wide(c.mark.raw());
    const Int f = wide(c.underlying.standard.fraction.maintenance.raw());
    const Int dq = c.base.is_positive() ? wide(size.raw()) : Int(-wide(size.raw()));
    const auto times_floor = [](const Int& x, const Int& y) { return div_floor(x * y, UNIT); };
    const auto times_ceil = [](const Int& x, const Int& y) { return div_ceil(x * y, UNIT); };
    const auto requirement = [&](const Int& base) {
        return times_ceil(times_ceil(abs(base), m), f);
    };
    Outcome o;
    o.freed = requirement(b) - requirement(b - dq);
    const Int equity = wide(c.report.equity.raw()) - times_floor(b, m) + times_floor(b - dq, m) +
                       times_floor(dq, m);
    const Int purse = equity > 0 ? equity : Int(0);
    const Int reward = times_floor(o.freed, wide(c.terms.share.raw()));
    o.from_account = reward < purse ? reward : purse;
    const Int cap = wide(c.terms.reward_available.raw());
    o.from_insurance = reward - o.from_account < cap ? Int(reward - o.from_account) : cap;
    const Int fee = times_floor(o.freed, wide(c.terms.fee_share.raw()));
    o.fee = fee < purse - o.from_account ? fee : Int(purse - o.from_account);
    o.net = equity - wide(c.report.haircut(Level::maintenance).raw()) - o.from_account - o.fee;
    o.required = wide(c.report.required(Level::maintenance).raw()) - o.freed;
    o.reached = o.net >= o.required + times_ceil(o.required, wide(c.terms.buffer.raw()));
    return o;
}

void check_equal(const SaleMoney& have, const Outcome& want)
{
    CHECK(wide(have.freed.raw()) == want.freed);
    CHECK(wide(have.reward_from_account.raw()) == want.from_account);
    CHECK(wide(have.reward_from_insurance.raw()) == want.from_insurance);
    CHECK(wide(have.fee.raw()) == want.fee);
    CHECK(wide(have.net_after.raw()) == want.net);
    CHECK(wide(have.required_after.raw()) == want.required);
    CHECK(have.reached == want.reached);
}

/// Long 10 from 100, now at 92; maintenance 5 %; lots of 0.01; buffer 10 %, share 20 %, fee 10 %.
Case by_hand(Money cash)
{
    Case c;
    c.base = quantity("10");
    c.quote = money("-1000");
    c.mark = price("92");
    c.underlying = test::default_underlying("0.05", "0.1");
    c.lot = quantity("0.01");
    c.terms.share = ratio("0.2");
    c.terms.fee_share = ratio("0.1");
    c.terms.buffer = ratio("0.1");
    c.terms.reward_available = money("1000");
    c.complete(cash, Money::zero(), Money::zero());
    return c;
}

TEST_CASE("sale: the least size by hand", "[solvency][sale]")
{
    // Equity 20, required 46. A unit frees 4.6 and costs 30 % of it: 30.6 / (4.6 * 0.8) = 8.3152.
    const Case c = by_hand(money("100"));
    CHECK(c.report.equity == money("20"));
    CHECK(c.report.health(Level::maintenance) == money("-26"));
    const Result<PositionSale> sale = c.plan();
    REQUIRE(sale);
    CHECK(sale->size == quantity("8.32"));
    CHECK_FALSE(sale->whole);
    CHECK(sale->money.freed == money("38.272"));
    CHECK(sale->money.reward_from_account == money("7.6544"));
    CHECK(sale->money.reward_from_insurance == money("0"));
    CHECK(sale->money.fee == money("3.8272"));
    CHECK(sale->money.net_after == money("8.5184"));
    CHECK(sale->money.required_after == money("7.728"));
    CHECK(sale->money.reached);
}

TEST_CASE("sale: a short is sold as a long is", "[solvency][sale]")
{
    Case c = by_hand(money("100"));
    c.base = quantity("-10");
    c.quote = money("840");  // from 84, now at 92
    c.complete(money("100"), Money::zero(), Money::zero());
    const Result<PositionSale> sale = c.plan();
    REQUIRE(sale);
    CHECK(sale->size == quantity("8.32"));
    CHECK(sale->money.net_after == money("8.5184"));
}

TEST_CASE("sale: whole when no size reaches the target", "[solvency][sale]")
{
    // Equity 10: even all of it leaves 10 - 0.3 * 46 < 0.
    Case c = by_hand(money("90"));
    Result<PositionSale> sale = c.plan();
    REQUIRE(sale);
    CHECK(sale->whole);
    CHECK(sale->size == quantity("10"));
    CHECK(sale->money.reward_from_account == money("9.2"));
    CHECK(sale->money.fee == money("0.8"));  // what equity leaves, not 4.6
    CHECK(sale->money.net_after == money("0"));
    // And with another requirement that this position cannot cure.
    c.complete(money("100"), money("500"), Money::zero());
    sale = c.plan();
    REQUIRE(sale);
    CHECK(sale->whole);
}

TEST_CASE(
    "sale: the insurance pays what an insolvent account cannot, up to its cap", "[solvency][sale]")
{
    Case c = by_hand(money("30"));
    CHECK(c.report.equity == money("-50"));
    Result<PositionSale> sale = c.plan();
    REQUIRE(sale);
    CHECK(sale->whole);
    CHECK(sale->money.reward_from_account == money("0"));
    CHECK(sale->money.reward_from_insurance == money("9.2"));
    CHECK(sale->money.fee == money("0"));
    CHECK(sale->money.net_after == money("-50"));
    c.terms.reward_available = money("3");
    sale = c.plan();
    CHECK(sale->money.reward_from_insurance == money("3"));
    c.terms.reward_available = Money::zero();
    sale = c.plan();
    CHECK(sale->money.reward() == money("0"));
    // Equity of 4 pays first, the insurance the rest.
    c = by_hand(money("84"));
    sale = c.plan();
    CHECK(sale->money.reward_from_account == money("4"));
    CHECK(sale->money.reward_from_insurance == money("5.2"));
    CHECK(sale->money.fee == money("0"));
}

TEST_CASE("sale: a buyer's limit is rounded down to lots, and below one lot is nothing",
    "[solvency][sale]")
{
    const Case c = by_hand(money("100"));
    CHECK(c.plan(quantity("2.019"))->size == quantity("2.01"));
    CHECK(c.plan(quantity("8.32"))->size == quantity("8.32"));
    CHECK(c.plan(quantity("8.325"))->size == quantity("8.32"));
    CHECK(c.plan(quantity("0.01"))->size == quantity("0.01"));
    CHECK(c.plan(quantity("0.0099")).error() == Error::nothing_to_do);
    CHECK(c.plan(Quantity::zero()).error() == Error::nothing_to_do);
}

TEST_CASE("sale: a small position goes whole, at the threshold too", "[solvency][sale]")
{
    Case c = by_hand(money("100"));
    c.terms.close_out_notional = money("920");
    CHECK(c.plan()->whole);
    c.terms.close_out_notional = money("920") - Money::from_raw(1);
    CHECK_FALSE(c.plan()->whole);
}

TEST_CASE("sale: less than a lot, and a rest of less than a lot, can be sold", "[solvency][sale]")
{
    Case c = by_hand(money("100"));
    c.base = quantity("0.004");
    c.quote = money("-0.4");
    c.complete(money("0.02"), Money::zero(), Money::zero());
    Result<PositionSale> sale = c.plan();
    REQUIRE(sale);
    CHECK(sale->whole);
    CHECK(sale->size == quantity("0.004"));
    CHECK(c.plan(quantity("0.003")).error() == Error::nothing_to_do);
    CHECK(c.plan(quantity("0.004"))->whole);
}

TEST_CASE("sale: rounding that would cost more than a sale frees is never sold", "[solvency][sale]")
{
    // Two raw units at 0.5: half of it is worth nothing, frees nothing, and would cost a raw unit.
    Case c = by_hand(money("0"));
    c.base = Quantity::from_raw(2);
    c.quote = Money::zero();
    c.mark = price("0.5");
    c.lot = Quantity::from_raw(1);
    c.complete(Money::from_raw(-1), Money::zero(), Money::zero());
    REQUIRE(c.report.liquidatable());
    CHECK(c.plan(Quantity::from_raw(1)).error() == Error::nothing_to_do);
    const Result<PositionSale> sale = c.plan();
    REQUIRE(sale);
    CHECK(sale->whole);
}

TEST_CASE(
    "sale: what it must have left behind is asked of the account as it is", "[solvency][sale]")
{
    const auto report = [](const char* equity, const char* required) {
        MarginReport made;
        made.equity = money(equity);
        made.levels.maintenance.requirement = money(required);
        return made;
    };
    const auto holds = [&](const MarginReport& after, std::optional<Money> last_lot) {
        return sale_holds(report("90", "100"), after, last_lot, ratio("0.1"));
    };
    const Money rounding = SALE_ROUNDING;
    CHECK(holds(report("90", "60"), std::nullopt));
    MarginReport after = report("50", "60");
    after.equity -= rounding;
    CHECK(holds(after, std::nullopt));
    after.equity -= Money::from_raw(1);
    CHECK_FALSE(holds(after, std::nullopt));
    CHECK_FALSE(holds(after, money("4")));
    // The last lot freed 4: the target was 1.1 * 64 without it.
    after = report("70.4", "60");
    after.equity += rounding;
    CHECK(holds(after, money("4")));
    after.equity += Money::from_raw(1);
    CHECK_FALSE(holds(after, money("4")));
    CHECK(holds(after, std::nullopt));
    CHECK(holds(report("-1000", "0"), money("40")) == false);
}

TEST_CASE("sale: the last lot may free more than the mean of what was sold", "[solvency][sale]")
{
    // F-7 at 1: what a short of 700 requires falls slowly until its fraction does, and then fast.
    Case c = by_hand(money("0"));
    c.underlying.standard.fraction = {ratio("0.5"), ratio("0.5")};
    c.underlying.standard.size_reference = money("1000000");
    c.underlying.standard.size_sqrt_coefficient = ratio("0.5");
    c.underlying.standard.size_linear_coefficient = ratio("0.5");
    c.base = quantity("-700");
    c.quote = money("1400000");
    c.mark = price("2420");
    c.lot = quantity("1");
    const auto left_by = [&](const SaleMoney& money) {
        MarginReport left;
        left.equity = money.net_after;
        left.levels.maintenance.requirement = money.required_after;
        return left;
    };
    int steeper = 0;
    for (int cash = 1'400'100; cash < 1'500'000; cash += 1'731) {
        c.complete(Money::from_units(cash), Money::zero(), Money::zero());
        const Result<PositionSale> sale = c.plan();
        REQUIRE(sale);
        REQUIRE_FALSE(sale->whole);
        REQUIRE(sale->money.reached);
        REQUIRE(sale->money.last_lot);
        const auto holds = [&](const SaleMoney& money) {
            return sale_holds(c.report, left_by(money), sale->money.last_lot, c.terms.buffer);
        };
        CHECK(holds(sale->money));
        CHECK_FALSE(holds(position_sale_money(
            c.report, c.base, c.quote, c.mark, c.underlying, c.terms, sale->size + quantity("3"))));
        const Money mean = scale_ceil(sale->money.freed, ratio_ceil(c.lot, sale->size));
        steeper += *sale->money.last_lot > mean ? 1 : 0;
    }
    CHECK(steeper > 20);
    // Too little to reach the target, so no lot of it is too much; and what is not to be the least.
    CHECK(c.plan(quantity("2"))->money.last_lot == Money::zero());
    c.terms.close_out_notional = MONEY_MAX;
    CHECK_FALSE(c.plan(quantity("2"))->money.last_lot);
    CHECK_FALSE(c.plan()->money.last_lot);
}

TEST_CASE("sale: the target's buffer rounds up", "[solvency][sale]")
{
    // One raw unit stays required: with a buffer of a tenth the target is two.
    Case c = by_hand(money("0"));
    c.terms.share = c.terms.fee_share = Ratio::zero();
    for (const int net : {1, 2}) {
        c.complete(money("80") + Money::from_raw(net), Money::from_raw(1), Money::zero());
        const Result<PositionSale> sale = c.plan();
        REQUIRE(sale);
        CHECK(sale->money.required_after == Money::from_raw(1));
        CHECK(sale->money.reached == (net == 2));
    }
}

/// A random account below maintenance whose position has at most `lots_most` lots.
Case random_case(Rng& rng, i128 lots_most)
{
    Case c;
    c.mark = Price::from_raw(rng.pick<i128>({rng.between(1, 1'000'000'000'000),
        rng.between(1, 200 * i128{num::WAD}), rng.between(1, PRICE_MAX.raw())}));
    c.lot = Quantity::from_raw(
        rng.pick<i128>({rng.between(1, num::WAD), 10'000'000'000'000'000, 1'000'000'000'000'000}));
    const i128 size = c.lot.raw() * rng.between(1, lots_most) -
                      (rng.chance(30) ? rng.between(0, c.lot.raw() - 1) : 0);
    c.base = Quantity::from_raw(rng.chance(50) ? size : -size);
    c.underlying.standard.fraction.maintenance =
        Ratio::from_raw(rng.between(num::WAD / 1'000, num::WAD / 2));
    c.underlying.standard.fraction.initial = Ratio::one();
    c.terms.share = Ratio::from_raw(rng.between(0, num::WAD / 2));
    c.terms.fee_share = Ratio::from_raw(rng.between(0, num::WAD / 2 - 1));
    c.terms.buffer = Ratio::from_raw(rng.pick<i128>({0, num::WAD / 10, rng.between(0, num::WAD)}));
    const PositionRisk flat = position_risk(c.base, Money::zero(), c.mark, c.underlying);
    const i128 need = flat.requirement.raw();
    c.quote = Money::from_raw(-flat.value.raw() + rng.between(-need, need));
    const Money haircut = Money::from_raw(rng.chance(50) ? 0 : rng.between(0, need));
    const Money other = Money::from_raw(rng.chance(50) ? 0 : rng.between(0, 2 * need));
    c.terms.reward_available = Money::from_raw(rng.chance(30) ? 0 : rng.between(0, need));
    // Equity so that health is below zero, from just below to deep insolvency.
    const i128 value = flat.value.raw() + c.quote.raw();
    const i128 required = need + other.raw();
    const i128 health = rng.pick<i128>({-1, -rng.between(1, required / 10 + 1),
        -rng.between(1, required + 1), -rng.between(1, 3 * required + 1)});
    c.complete(Money::from_raw(health + required + haircut.raw() - value), other, haircut);
    return c;
}

TEST_CASE(
    "sale: never one lot more than needed, by trying every number of lots", "[solvency][sale]")
{
    Rng rng(17);
    int partial = 0;
    int whole = 0;
    for (int run = 0; run < 3'000; ++run) {
        const Case c = random_case(rng, run % 10 == 0 ? 400 : 40);
        REQUIRE(c.report.liquidatable());
        const Result<PositionSale> sale = c.plan();
        REQUIRE(sale);
        check_equal(sale->money, outcome_of(c, sale->size));
        const Int a_lot = div_floor(wide(c.lot.raw()) * wide(c.mark.raw()), UNIT) *
                          wide(c.underlying.standard.fraction.maintenance.raw());
        if (a_lot < 100 * UNIT)
            continue;  // a lot whose margin drowns in rounding: the next test's subject
        i128 least = c.lots();
        for (i128 n = 1; n < c.lots(); ++n)
            if (outcome_of(c, c.size_of(n)).reached) {
                least = n;
                break;
            }
        INFO("run " << run);
        REQUIRE(sale->size == c.size_of(least));
        ++(sale->whole ? whole : partial);
    }
    CHECK(partial > 300);
    CHECK(whole > 300);
}

TEST_CASE(
    "sale: lots whose margin is a raw unit still end at a size that one lot less does not reach",
    "[solvency][sale]")
{
    Rng rng(18);
    for (int run = 0; run < 3'000; ++run) {
        Case c = random_case(rng, 1'000);
        const Result<PositionSale> sale = c.plan();
        REQUIRE(sale);
        if (sale->whole)
            continue;
        REQUIRE(outcome_of(c, sale->size).reached);
        const Quantity less = sale->size - c.lot;
        if (less.is_positive())
            REQUIRE_FALSE(outcome_of(c, less).reached);
    }
}

TEST_CASE("sale: agrees with the exact quotient where equity pays in full", "[solvency][sale]")
{
    Rng rng(19);
    int seen = 0;
    for (int run = 0; run < 3'000; ++run) {
        const Case c = random_case(rng, 1'000'000'000);
        const Result<PositionSale> sale = c.plan();
        REQUIRE(sale);
        const SaleMoney& paid = sale->money;
        const bool in_full = paid.reward_from_insurance.is_zero() &&
                             paid.fee == scale_floor(paid.freed, c.terms.fee_share);
        if (sale->whole || !in_full)
            continue;
        ++seen;
        // size * mark * fraction * (1 + buffer - share - fee) = (1 + buffer) * required - net, exactly.
        const Rational gap =
            Rational(wide(c.report.required(Level::maintenance).raw()) *
                         (UNIT + wide(c.terms.buffer.raw())),
                UNIT) -
            Rational(wide((c.report.equity - c.report.haircut(Level::maintenance)).raw()));
        const Rational rate =
            Rational(wide(c.mark.raw()) * wide(c.underlying.standard.fraction.maintenance.raw()) *
                         (UNIT + wide(c.terms.buffer.raw()) - wide(c.terms.share.raw()) -
                             wide(c.terms.fee_share.raw())),
                UNIT * UNIT * UNIT);
        const Rational exact = gap / rate;
        // Eight roundings of a raw unit of quote, as a size.
        const Rational slack = Rational(8) / rate;
        const Rational size = Rational(wide(sale->size.raw()));
        REQUIRE(size >= exact - slack);
        REQUIRE(size - Rational(wide(c.lot.raw())) <= exact + slack);
    }
    CHECK(seen > 300);
}

TEST_CASE(
    "sale: health never falls, fee and reward never take equity below zero, whatever the limit",
    "[solvency][sale]")
{
    Rng rng(20);
    for (int run = 0; run < 5'000; ++run) {
        const Case c = random_case(rng, rng.pick<i128>({3, 1'000, 1'000'000'000}));
        const Quantity most =
            rng.chance(50) ? QUANTITY_MAX : Quantity::from_raw(rng.between(0, c.base.abs().raw()));
        const Result<PositionSale> sale = c.plan(most);
        if (!sale) {
            REQUIRE(sale.error() == Error::nothing_to_do);
            // Only for a limit below a lot, or one whose margin drowns in rounding.
            const i128 n = most.raw() / c.lot.raw();
            if (n > 0)
                REQUIRE(outcome_of(c, c.size_of(n)).freed <= 1);
            continue;
        }
        const SaleMoney& paid = sale->money;
        REQUIRE(sale->size.is_positive());
        REQUIRE(sale->size <= most);
        REQUIRE(sale->size <= c.base.abs());
        REQUIRE(sale->whole == (sale->size == c.base.abs()));
        REQUIRE(paid.health_after() >= c.report.health(Level::maintenance));
        REQUIRE(paid.reward_from_insurance <= c.terms.reward_available);
        const Money equity_after = paid.net_after + c.report.haircut(Level::maintenance);
        if (c.report.equity > Money::from_raw(1)) {
            REQUIRE(!equity_after.is_negative());
        } else {
            REQUIRE(paid.reward_from_account <= Money::from_raw(1));
            REQUIRE(paid.fee.is_zero());
        }
    }
}

TEST_CASE("sale: a greater share needs no smaller size, and a size earns its buyer no less",
    "[solvency][sale]")
{
    Rng rng(21);
    for (int run = 0; run < 2'000; ++run) {
        Case c = random_case(rng, 1'000);
        const Int a_lot = div_floor(wide(c.lot.raw()) * wide(c.mark.raw()), UNIT) *
                          wide(c.underlying.standard.fraction.maintenance.raw());
        if (a_lot < 100 * UNIT)
            continue;
        Quantity last;
        Money reward;
        const Quantity fixed = c.size_of(rng.between(1, c.lots()));
        for (const char* share : {"0", "0.05", "0.1", "0.2", "0.35", "0.499"}) {
            c.terms.share = ratio(share);
            const Result<PositionSale> sale = c.plan();
            REQUIRE(sale);
            REQUIRE(sale->size >= last);
            last = sale->size;
            const SaleMoney paid = position_sale_money(
                c.report, c.base, c.quote, c.mark, c.underlying, c.terms, fixed);
            REQUIRE(paid.reward() >= reward);
            reward = paid.reward();
        }
    }
}

TEST_CASE("sale: the terms follow the flag, the purse and the reward cap", "[solvency][sale]")
{
    const LiquidationParams params = test::default_liquidation();
    Insurance insurance;
    insurance.balance = money("40");
    Flag flag;
    SaleTerms terms = sale_terms(params, flag, insurance, MONEY_MAX, test::seconds(500));
    CHECK(terms.share == params.share_start);
    CHECK(terms.reward_available == money("40"));
    raise_flag(flag, params, test::seconds(500));
    insurance.balance = money("4000");
    terms = sale_terms(params, flag, insurance, MONEY_MAX, test::seconds(560));
    CHECK(terms.share == params.share_fast);
    CHECK(terms.reward_available == params.reward_cap);
    CHECK(terms.fee_share == params.fee_share);
    const SaleTerms plain = plain_terms(params);
    CHECK(plain.share.is_zero());
    CHECK(plain.fee_share.is_zero());
    CHECK(plain.reward_available.is_zero());
    CHECK(plain.buffer == params.buffer);
}

}  // namespace
}  // namespace plimsoll
