// plimsoll: tests/engine/solvency/slice_test.cpp                    SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Slices of whole books: by hand, and on random books in both modes against the
// account that is left, evaluated afresh.
#include "engine/solvency/slice.hpp"

#include "tests/support/option_world.hpp"
#include "tests/support/stories.hpp"

#include <catch2/catch.hpp>

namespace plimsoll {
namespace {

using num::i128;
using test::COIN8;
using test::M0;
using test::M1;
using test::money;
using test::OptionWorld;
using test::price;
using test::quantity;
using test::RandomBook;
using test::ratio;
using test::tokens;
using test::U0;
using test::U1;

constexpr std::size_t MAKER = 0, KEEPER = 1, VICTIM = 2;
constexpr Level MAINTENANCE = Level::maintenance;

struct Held : OptionWorld
{
    explicit Held(MarginMode mode, std::string_view cash = "0")
    {
        open(money("1000000"));
        open(money("1000000"));
        open_in(mode, money(cash));
    }
    Result<SliceSale> plan(const SaleTerms& terms, Ratio most = Ratio::one())
    {
        return plan_slice(report(VICTIM), accounts[VICTIM], scene(), terms, most);
    }
};

SaleTerms usual_terms()
{
    SaleTerms terms;
    terms.share = ratio("0.2");
    terms.fee_share = ratio("0.1");
    terms.buffer = ratio("0.1");
    return terms;
}

TEST_CASE("slice: one perpetual by hand", "[solvency][slice]")
{
    Held world(MarginMode::standard, "100");
    REQUIRE(world.fill(M0, VICTIM, MAKER, quantity("10"), price("100")) == Error::ok);
    world.reprice(U0, price("92"));
    const Result<SliceSale> sale = world.plan(usual_terms());
    REQUIRE(sale);
    // net 20, required 46, target 50.6: 30.6 / (46 * (1.1 - 0.3)) = 0.8315217...
    CHECK(sale->fraction == ratio("0.831522"));
    CHECK(sale->money.reached);
    CHECK_FALSE(sale->whole());
    CHECK(sale->money.freed == money("38.250012"));
    CHECK(sale->money.reward_from_account == money("7.6500024"));
    CHECK(sale->money.fee == money("3.8250012"));
    CHECK(sale->money.required_after == money("7.749988"));

    SaleTerms terms = usual_terms();
    terms.close_out_notional = money("920");
    REQUIRE(world.plan(terms));
    CHECK(world.plan(terms)->whole());
    terms.close_out_notional -= Money::from_raw(1);
    CHECK_FALSE(world.plan(terms)->whole());
}

TEST_CASE("slice: what the buyer asks for bounds it, down to whole lots", "[solvency][slice]")
{
    Held world(MarginMode::standard, "100");
    REQUIRE(world.fill(M0, VICTIM, MAKER, quantity("10"), price("100")) == Error::ok);
    world.reprice(U0, price("92"));
    const auto fraction = [&](Ratio most) {
        const Result<SliceSale> sale = world.plan(usual_terms(), most);
        return sale ? sale->fraction : Ratio::zero();
    };
    CHECK(fraction(ratio("0.5000009")) == ratio("0.5"));
    CHECK(fraction(ratio("0.831521")) == ratio("0.831521"));
    CHECK_FALSE(world.plan(usual_terms(), ratio("0.831521"))->money.reached);
    CHECK(fraction(ratio("0.9")) == ratio("0.831522"));
    CHECK(fraction(ratio("7")) == ratio("0.831522"));
    CHECK(fraction(ratio("0.000001")) == ratio("0.000001"));
    for (const char* none : {"0.000000999999999999", "0", "-1", "-100"})
        CHECK(world.plan(usual_terms(), ratio(none)).error() == Error::nothing_to_do);
}

TEST_CASE("slice: an account without anything to slice", "[solvency][slice]")
{
    Held world(MarginMode::standard, "-30");
    world.deposit(VICTIM, COIN8, tokens("10000000"));
    REQUIRE(world.liquidatable(VICTIM));
    // In standard mode collateral stands by itself and is sold by itself.
    CHECK(world.plan(usual_terms()).error() == Error::nothing_to_do);
    world.accounts[VICTIM].mode = MarginMode::portfolio;
    REQUIRE(world.plan(usual_terms()));
    CHECK(world.plan(usual_terms())->whole());  // worth 10, owes 30
    world.assets[1].risk_cancelling = false;
    CHECK(world.plan(usual_terms()).error() == Error::nothing_to_do);
}

TEST_CASE("slice: what a settled market has left counts like cash, however much is sold",
    "[solvency][slice]")
{
    Held world(MarginMode::standard, "70");
    REQUIRE(world.fill(M0, VICTIM, MAKER, quantity("10"), price("100")) == Error::ok);
    Position claim;
    claim.market = M1;
    claim.quote = money("30");
    REQUIRE(world.accounts[VICTIM].positions.push(claim));
    world.markets[M1.value].params.status = MarketStatus::closed;
    world.reprice(U0, price("92"));
    const Result<SliceSale> sale = world.plan(usual_terms());
    REQUIRE(sale);
    // As with 100 of cash.
    CHECK(sale->fraction == ratio("0.831522"));
    CHECK(sale->money.net_after == money("8.5249964"));
}

TEST_CASE("slice: a part that frees nothing is not sold, all of it is", "[solvency][slice]")
{
    Held world(MarginMode::standard, "-50");
    REQUIRE(world.fill_at_mark(test::CALL_100, VICTIM, MAKER, quantity("1")) == Error::ok);
    world.reprice(U0, price("0.01"));  // worth nothing, requires nothing
    REQUIRE(world.liquidatable(VICTIM));
    CHECK(world.plan(usual_terms(), ratio("0.5")).error() == Error::nothing_to_do);
    REQUIRE(world.plan(usual_terms()));
    CHECK(world.plan(usual_terms())->whole());
}

TEST_CASE("slice: a hedged book frees its part although each leg alone would need more",
    "[solvency][slice]")
{
    Held world(MarginMode::portfolio, "0");
    REQUIRE(world.fill_at_mark(M0, VICTIM, MAKER, quantity("100")) == Error::ok);
    REQUIRE(world.fill_at_mark(test::FUTURE, MAKER, VICTIM, quantity("100")) == Error::ok);
    const Money required = world.report(VICTIM).required(MAINTENANCE);
    REQUIRE(required.is_positive());
    world.accounts[VICTIM].cash = world.accounts[VICTIM].cash - world.report(VICTIM).equity +
                                  scale_floor(required, ratio("0.5"));
    REQUIRE(world.liquidatable(VICTIM));
    const Result<SliceSale> sale = world.plan(usual_terms());
    REQUIRE(sale);
    CHECK(sale->money.reached);
    // The gap is 0.6 of what is required, and a unit freed closes 0.8 of itself.
    CHECK(sale->fraction >= ratio("0.749999"));
    CHECK(sale->fraction <= ratio("0.750001"));

    OptionWorld single = world;
    Account& alone = single.accounts[VICTIM];
    alone.positions.erase(1);
    CHECK(single.report(VICTIM).required(MAINTENANCE) > required);
}

TEST_CASE(
    "slice: two futures of one expiry are sold together, as they are margined", "[solvency][slice]")
{
    Held world(MarginMode::standard, "60");
    world.add(U0, MarketKind::future, OptionType::call, Price::zero());
    world.add(U0, MarketKind::future, OptionType::call, Price::zero());
    world.add(U1, MarketKind::future, OptionType::call, Price::zero());
    const MarketId twin{10}, later{11}, other{12};
    world.market(later).params.expiry = world.expiry + test::seconds(1);
    const auto sliced = [&] { return is_sold_by_slices(world.accounts[VICTIM], world.scene()); };
    REQUIRE(world.fill_at_mark(M0, VICTIM, MAKER, quantity("10")) == Error::ok);
    REQUIRE(world.fill_at_mark(test::FUTURE, VICTIM, MAKER, quantity("10")) == Error::ok);
    REQUIRE(world.fill_at_mark(later, VICTIM, MAKER, quantity("0.1")) == Error::ok);
    REQUIRE(world.fill_at_mark(other, VICTIM, MAKER, quantity("0.01")) == Error::ok);
    CHECK_FALSE(sliced());
    REQUIRE(world.fill_at_mark(twin, MAKER, VICTIM, quantity("9")) == Error::ok);
    CHECK(sliced());
    {
        OptionWorld apart = world;
        for (Position& position : apart.accounts[VICTIM].positions)
            if (position.market == twin)
                position.base = Quantity::zero();
        CHECK_FALSE(is_sold_by_slices(apart.accounts[VICTIM], apart.scene()));
        apart = world;
        apart.market(twin).params.status = MarketStatus::closed;
        CHECK_FALSE(is_sold_by_slices(apart.accounts[VICTIM], apart.scene()));
    }

    world.reprice(U0, price("99"));
    REQUIRE(world.liquidatable(VICTIM));
    REQUIRE(world.report(VICTIM).equity.is_positive());
    for (const MarketId id : {M0, test::FUTURE, twin})
        CHECK(world.sell(VICTIM, KEEPER, id) == Error::sold_by_slice);
    OptionWorld left = world;
    left.liquidation.close_out_notional = Money::zero();
    left.flag(VICTIM);
    left.run_out_auctions();
    REQUIRE(left.resolve_account(VICTIM) == Error::ok);
    CHECK_FALSE(left.liquidatable(VICTIM));
    CHECK(left.accounts[VICTIM].find(test::FUTURE) != nullptr);
    CHECK(left.accounts[VICTIM].find(twin) != nullptr);

    const MarginReport before = world.report(VICTIM);
    const Result<SliceTransfer> plan = world.plan_slice_sale(VICTIM, KEEPER);
    REQUIRE(plan);
    REQUIRE(world.sell_slice(VICTIM, KEEPER) == Error::ok);
    CHECK_FALSE(plan->sale.whole());
    CHECK(plan->sale.money.reached);
    const MarginReport after = world.report(VICTIM);
    CHECK(after.net(MAINTENANCE) == plan->sale.money.net_after);
    CHECK(after.required(MAINTENANCE) == plan->sale.money.required_after);
    CHECK(after.health(MAINTENANCE) > before.health(MAINTENANCE));
    CHECK(sliced());
}

TEST_CASE(
    "prop: a slice of a random book is the least that reaches the target, and what it says is so",
    "[solvency][slice][properties]")
{
    std::size_t reached = 0, whole = 0, insolvent = 0, paid_by_insurance = 0, with_options = 0,
                portfolio = 0, hedges = 0, refused = 0;
    const std::uint64_t last = test::stories(1'500);
    for (std::uint64_t seed = 1; seed <= last; ++seed) {
        RandomBook world(seed);
        if (!world.liquidatable(VICTIM))
            continue;
        INFO("seed " << seed);
        const RandomBook before = world;
        const MarginReport was = world.report(VICTIM);
        const Money owed = world.owed();
        const Money buyer_worth = world.worth_at_marks(KEEPER);
        const Money purse = world.insurance.balance - world.insurance.open_deficit;
        const Result<SliceTransfer> plan = world.plan_slice_sale(VICTIM, KEEPER);
        if (!plan) {
            ++refused;
            REQUIRE(plan.error() == Error::nothing_to_do);
            for (const Position& position : world.accounts[VICTIM].positions)
                REQUIRE(position.base.is_zero());
            continue;
        }
        const SliceSale& sale = plan->sale;
        const SaleMoney& paid = sale.money;
        const std::size_t legs =
            world.accounts[VICTIM].positions.size() + world.accounts[VICTIM].collaterals.size();
        REQUIRE(world.sell_slice(VICTIM, KEEPER) == Error::ok);

        // What it says is what the account is.
        const MarginReport is = world.report(VICTIM);
        REQUIRE(is.net(MAINTENANCE) == paid.net_after);
        REQUIRE(is.required(MAINTENANCE) == paid.required_after);
        REQUIRE(is.health(MAINTENANCE) >= was.health(MAINTENANCE));
        REQUIRE(paid.freed == was.required(MAINTENANCE) + was.haircut(MAINTENANCE) -
                                  is.required(MAINTENANCE) - is.haircut(MAINTENANCE));
        // Nor does a fee make it insolvent, but for the width of its options' prices.
        if (!was.equity.is_negative())
            REQUIRE(is.equity > -money("0.000000001"));

        // The target, and no more than one lot beyond it.
        REQUIRE(sale_holds(was, is, paid.last_lot, before.liquidation.buffer));
        REQUIRE((!sale.whole() || !paid.last_lot));
        if (paid.reached)
            REQUIRE_FALSE(is.liquidatable());
        else
            REQUIRE(sale.whole());
        if (paid.reached && sale.fraction > SLICE_LOT &&
            world.liquidation.close_out_notional.is_zero()) {
            RandomBook less = before;
            const Ratio one_less = sale.fraction - SLICE_LOT;
            const Result<SliceTransfer> small = less.plan_slice_sale(VICTIM, KEEPER, one_less);
            REQUIRE(small);
            REQUIRE(small->sale.fraction == one_less);
            REQUIRE(small->sale.money.last_lot == Money::zero());
            if (!sale.whole())
                REQUIRE(paid.last_lot ==
                        not_negative(paid.health_unpaid() - small->sale.money.health_unpaid()));
            REQUIRE_FALSE(small->sale.money.reached);
        }

        // The money.
        const SaleTerms terms = sale_terms(before.liquidation, before.accounts[VICTIM].flag,
            before.insurance, MONEY_MAX, before.board.now);
        const Money wanted = scale_floor(paid.freed, terms.share);
        REQUIRE(paid.reward() <= wanted);
        if (paid.reward_from_insurance < terms.reward_available)
            REQUIRE(paid.reward() == wanted);
        const Money gain = world.worth_at_marks(KEEPER) - buyer_worth - paid.reward();
        REQUIRE(gain.abs() <= Money::from_raw(static_cast<i128>(2 * legs)));
        REQUIRE(world.insurance.balance - world.insurance.open_deficit ==
                purse + paid.fee - paid.reward_from_insurance);
        REQUIRE(world.owed() == owed);
        REQUIRE(world.tokens_of(COIN8) == before.tokens_of(COIN8));
        REQUIRE(world.tokens_of(test::COIN18) == before.tokens_of(test::COIN18));
        REQUIRE(world.faults() == "");

        reached += paid.reached ? 1U : 0U;
        whole += sale.whole() ? 1U : 0U;
        insolvent += was.equity.is_positive() ? 0U : 1U;
        paid_by_insurance += paid.reward_from_insurance.is_positive() ? 1U : 0U;
        portfolio += world.accounts[VICTIM].mode == MarginMode::portfolio ? 1U : 0U;
        with_options += before.accounts[VICTIM].positions.size() > 1 ? 1U : 0U;
        hedges += is_sold_by_slices(before.accounts[VICTIM], before.scene()) ? 1U : 0U;
    }
    INFO("reached " << reached << " whole " << whole << " insolvent " << insolvent << " insured "
                    << paid_by_insurance << " portfolio " << portfolio << " many " << with_options
                    << " sliced " << hedges << " refused " << refused);
    CHECK(reached > last / 4);
    CHECK(whole > last / 20);
    CHECK(insolvent > last / 20);
    CHECK(paid_by_insurance > last / 40);
    CHECK(portfolio > last / 5);
    CHECK(hedges > last / 3);
}

TEST_CASE("prop: small slices, one after another, bring every account to its end",
    "[solvency][slice][properties]")
{
    const std::uint64_t last = test::stories(300);
    std::size_t cured = 0, left = 0;
    for (std::uint64_t seed = 1; seed <= last; ++seed) {
        RandomBook world(seed);
        INFO("seed " << seed);
        Money health = world.health(VICTIM);
        int sales = 0;
        while (world.liquidatable(VICTIM)) {
            const Ratio most =
                sales < 20 ? Ratio::from_raw(world.rng.between(1, num::WAD)) : Ratio::one();
            const Error error = world.sell_slice(VICTIM, KEEPER, most);
            const Money now = world.health(VICTIM);
            REQUIRE(now >= health);
            health = now;
            if (error != Error::ok && most == Ratio::one())
                break;
            REQUIRE(++sales < 30);
        }
        if (world.liquidatable(VICTIM)) {
            // Nothing is left that goes with slices: collateral for a debt, or nothing.
            ++left;
            REQUIRE_FALSE(has_open_position(world.accounts[VICTIM]));
            REQUIRE((world.accounts[VICTIM].collaterals.empty() ||
                     world.accounts[VICTIM].cash.is_negative()));
        } else {
            ++cured;
        }
        REQUIRE(world.faults() == "");
    }
    CHECK(cured > last / 3);
    CHECK(left > last / 20);
}

}  // namespace
}  // namespace plimsoll
