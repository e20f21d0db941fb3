// plimsoll: tests/properties/margin_orders_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Properties P10 to P13 of the margin model (docs/formulas.md): price brackets,
// hulls of correlations, and open orders, on the exact oracle and on the engine.
#include "tests/support/margin_judge.hpp"
#include "tests/support/margin_vols.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace plimsoll::test {
namespace {

/// check(of_engine) on the model, then on the engine.
template <class Check>
std::string both(const Check& check)
{
    return check(false) + check(true);
}

TEST_CASE(
    "P10 a price bracket charges nothing less than zero, as much for t books and no more together",
    "[properties]")
{
    std::size_t charged = 0;
    for_seeds(60, [&](std::uint64_t seed) {
        BookShape shape;
        shape.size_to = 4;
        Rng rng(seed);
        MarginBook x = random_markets(rng, shape);
        MarginBook y = x;
        add_random_positions(rng, shape, x);
        add_random_positions(rng, shape, y);
        if (rng.chance(50)) {
            add_random_orders(rng, shape, x);
            add_random_orders(rng, shape, y);
        }
        MarginBook sum = x;
        sum.add_legs(y.legs);
        const int times = static_cast<int>(seed % 8);
        MarginBook more = x;
        more.scale(times, 1);
        const Judged a = judge(x);
        const Judged b = judge(y);
        const Judged c = judge(sum);
        const Judged t = judge(more);
        return both([&](bool of_engine) {
            const std::string who = of_engine ? "P10 of the engine" : "P10 of the model";
            const auto bound = [of_engine](
                                   const Judged& judged) { return judged.of(of_engine).bound; };
            std::string wrong;
            for (std::size_t i = 0; i < x.underlyings.size(); ++i) {
                const auto charge = [&](const Judged& judged) {
                    return judged.of(of_engine).charges[i];
                };
                charged += charge(a) > 0 ? 1U : 0U;
                wrong += unless_at_most(who + " sign", 0, charge(a), 0) +
                         unless_at_most(who + " sum", charge(c), charge(a) + charge(b),
                             bound(a) + bound(b) + bound(c)) +
                         unless_equal(who + " times", charge(a) * times, charge(t),
                             bound(a) * times + bound(t));
            }
            return wrong;
        });
    });
    CHECK(charged > 0);
}

TEST_CASE("P10 a price bracket charges a hedged linear book nothing", "[properties]")
{
    for_seeds(50, [](std::uint64_t seed) {
        Rng rng(seed);
        BookShape shape;
        shape.options = false;
        shape.depeg = false;
        MarginBook book = random_markets(rng, shape);
        const auto give = [&](const BookLeg& leg, Quantity base) {
            BookLeg& own = book.leg_of(leg.instrument);
            own.is_position = true;
            own.base += base;
        };
        for (const BookLeg& perp : book.instruments) {
            if (perp.kind != LegKind::perp)
                continue;
            // Everything at the perpetual's mark, so that bases that cancel hedge.
            for (BookExpiry& e : book.expiries) {
                if (e.underlying == perp.underlying) {
                    e.forward = perp.mark;
                    e.fixed = Price::zero();
                }
            }
            Quantity sum;
            for (const BookLeg& future : book.instruments) {
                if (future.kind != LegKind::future || future.underlying != perp.underlying)
                    continue;
                const Quantity base = random_base(rng, book, perp);
                give(future, base);
                sum += base;
            }
            if (rng.chance(50)) {
                BookCollateral c;
                c.amount = random_base(rng, book, perp).abs();
                c.price = perp.mark;
                c.underlying = perp.underlying;
                book.collaterals.push_back(c);
                sum += c.amount;
            }
            give(perp, -sum);
        }
        const Judged judged = judge(book);
        return both([&](bool of_engine) {
            std::string wrong;
            // A collateral's value is known to a raw unit, and a board may be a third away.
            for (const Real& charge : judged.of(of_engine).charges)
                wrong += unless_equal(of_engine ? "P10 of the engine" : "P10 of the model", charge,
                    0, of_engine ? 2 * UNIT : TOLERANCE);
            return wrong;
        });
    });
}

TEST_CASE("P11 the requirement does not fall as a hull or a pair's band widens", "[properties]")
{
    for_seeds(60, [](std::uint64_t seed) {
        Rng rng(seed);
        BookShape shape;
        shape.mode = MarginMode::portfolio;
        shape.underlyings_min = 2;
        shape.rising_levels = seed % 3 != 0;
        shape.fair_discounts = seed % 4 != 0;
        MarginBook book = random_book(seed, shape);
        for (const BookLeg& leg : book.instruments)
            if (leg.kind == LegKind::perp)
                book.leg_of(leg.instrument).is_position = true;
        const Judged before = judge(book);
        const std::size_t i = 1 + rng.below(book.underlyings.size() - 1);
        CorrelationPair& pair = book.pair(i, rng.below(i));
        const Ratio share = Ratio::from_raw(rng.between(0, num::WAD));
        switch (seed % 3) {
        case 0:
            pair.low -= scale_floor(Ratio::one() + pair.low, share);
            break;
        case 1:
            pair.high += scale_floor(Ratio::one() - pair.high, share);
            break;
        default:
            pair.band += scale_floor(Ratio::one() - pair.band, share);
        }
        const Judged after = judge(book);
        return both([&](bool of_engine) {
            const Figures& a = before.of(of_engine);
            const Figures& b = after.of(of_engine);
            std::string wrong;
            for (const Level level : LEVELS)
                wrong += unless_at_most(of_engine ? "P11 of the engine" : "P11 of the model",
                    a.requirement.of(level), b.requirement.of(level), a.slack());
            return wrong;
        });
    });
}

/// F-14's condition holds: without it an expiry's skew row can be lighter with orders than without.
BookShape ordered_shape(std::uint64_t seed)
{
    BookShape shape;
    shape.rising_levels = seed % 3 != 0;
    shape.quantum = 8;
    return shape;
}

/// A book with at least one order.
MarginBook ordered_book(std::uint64_t seed, const BookShape& shape)
{
    Rng rng(seed);
    MarginBook book = random_markets(rng, shape);
    add_random_positions(rng, shape, book);
    if (rng.chance(40))
        add_random_collaterals(rng, shape, book);
    while (!book.has_orders())
        add_random_orders(rng, shape, book);
    // What a failed feed may hide is counted without orders: nothing is filled at such a price.
    for (BookUnderlying& u : book.underlyings)
        u.failed = false;
    return book;
}

TEST_CASE("P12 orders never raise initial health and leave maintenance alone", "[properties]")
{
    for_seeds(75, [](std::uint64_t seed) {
        MarginBook book = ordered_book(seed, ordered_shape(seed));
        MarginBook without = book;
        without.drop_orders();
        const Judged a = judge(book);
        const Judged b = judge(without);
        const std::string wrong = both([&](bool of_engine) {
            const Figures& with = a.of(of_engine);
            const Figures& free = b.of(of_engine);
            const std::string who = of_engine ? " of the engine" : " of the model";
            return unless_at_most("P12 initial" + who, with.health.initial, free.health.initial,
                       of_engine ? free.bound : TOLERANCE) +
                   unless_equal("P12 maintenance" + who, with.health.maintenance,
                       free.health.maintenance, free.slack()) +
                   unless_equal("P12 requirement" + who, with.requirement.maintenance,
                       free.requirement.maintenance, free.slack()) +
                   unless_equal("P12 equity" + who, with.equity, free.equity, free.slack());
        });
        return wrong.empty() ? wrong : wrong + book.describe();
    });
}

// Both discounts above one, the long one more: a long option whose price does not move gains 0.2 of it, which
// a skew row counts as a loss; with an order in the expiry F-32 takes the lower discount, and 0.1.
TEST_CASE(
    "P12 needs F-14's condition: without it an order can make a skew row lighter", "[properties]")
{
    MarginBook book;
    book.mode = MarginMode::portfolio;
    book.underlyings.emplace_back();
    book.underlyings[0].spot = Price::from_units(100);
    book.profit.emplace_back();
    PortfolioParams& p = book.portfolio.emplace_back();
    CHECK(p.scenarios.push({Ratio::one(), VolShock::skew_linear, Ratio::one()}));
    p.vol_shock.floor_days = p.skew_shock.min_width = Ratio::one();
    p.discount.long_base = ratio("1.2");
    p.discount.short_base = ratio("1.1");
    p.factor = {Ratio::one(), Ratio::one()};
    BookExpiry& e = book.expiries.emplace_back();
    e.length = SECONDS_PER_DAY;
    e.forward = Price::from_units(100);
    e.rate = RATIO_MAX;  // 1/D is above both
    e.mark_rate_mult = Ratio::one();
    book.surfaces.emplace_back();
    BookLeg leg;
    leg.kind = LegKind::option;
    leg.type = OptionType::put;
    leg.is_position = true;
    leg.strike = pricing::strike_point(Price::from_units(110));
    leg.base = Quantity::from_units(10);
    book.legs.push_back(leg);
    const Judged without = judge(book);
    book.legs[0].bid = Quantity::from_raw(1);
    const Judged with = judge(book);
    for (const bool of_engine : {false, true}) {
        CHECK(without.of(of_engine).requirement.initial > 15);
        CHECK(with.of(of_engine).requirement.initial < 8);
    }
}

/// Fills a part of one side of an order at the mark: the premium or the quote that it costs is rounded in
/// the account's favour, by less than a raw unit.
void fill_part(MarginBook& book, std::size_t at, bool bought, int eighths)
{
    const std::vector<Real> vols = exact_vols(book);
    BookLeg& leg = book.legs[at];
    Quantity& side = bought ? leg.bid : leg.ask;
    const Quantity filled = Quantity::from_raw(side.raw() / 8 * eighths);
    side -= filled;
    const Quantity change = bought ? filled : -filled;
    leg.base += change;
    leg.is_position = true;
    if (leg.kind != LegKind::option) {
        const Price price =
            leg.kind == LegKind::perp ? leg.mark : book.expiries[leg.expiry].forward;
        leg.quote -= notional_floor(change, price);
        return;
    }
    const BookExpiry& e = book.expiries[leg.expiry];
    const Real discount = exp(-positive(real(e.rate)) * real(e.mark_rate_mult) * years(e.length));
    const RealOption both =
        exact_black76(real(e.forward), real(leg.strike.price), vols[at], years(e.length), discount);
    const Real cost =
        floor((leg.type == OptionType::call ? both.call : both.put) * real(change) / UNIT);
    book.cash -= Money::from_raw(cost.convert_to<num::i128>());
}

TEST_CASE("P13 initial health with orders is at most that after any partial fill at the mark",
    "[properties]")
{
    for_seeds(75, [](std::uint64_t seed) {
        Rng rng(seed);
        BookShape shape = ordered_shape(seed);
        shape.mode = seed % 2 == 0 ? MarginMode::standard : MarginMode::portfolio;
        // The charge for an option's confidence is not part of it, see below.
        shape.confidences = shape.mode == MarginMode::standard;
        MarginBook book = ordered_book(seed, shape);
        const Judged before = judge(book);
        MarginBook filled = book;
        for (std::size_t i = 0; i < filled.legs.size(); ++i)
            for (const bool bought : {false, true})
                if (rng.chance(70))
                    fill_part(filled, i, bought, static_cast<int>(rng.below(9)));
        const Judged after = judge(filled);
        const std::string wrong = both([&](bool of_engine) {
            const Figures& a = before.of(of_engine);
            const Figures& b = after.of(of_engine);
            return unless_at_most(of_engine ? "P13 of the engine" : "P13 of the model",
                a.health.initial, b.health.initial,
                of_engine ? Real(a.bound + b.bound) : TOLERANCE);
        });
        return wrong.empty() ? wrong : wrong + book.describe() + "after:\n" + filled.describe();
    });
}

// F-33 counts max(bid, ask) of an option's orders beside |base|: a fill of the smaller side leaves the larger
// one resting and adds to the position.
TEST_CASE(
    "P13 leaves out the confidence charge of options with orders on both sides", "[properties]")
{
    MarginBook book;
    book.mode = MarginMode::portfolio;
    book.underlyings.emplace_back();
    book.underlyings[0].spot = Price::from_units(100);
    book.profit.emplace_back();
    PortfolioParams& p = book.portfolio.emplace_back();
    CHECK(p.scenarios.push({Ratio::one(), VolShock::none, Ratio::one()}));
    p.vol_shock.floor_days = p.skew_shock.min_width = Ratio::one();
    p.factor = {Ratio::one(), Ratio::one()};
    p.confidence = {ratio("0.95"), Ratio::one()};
    BookExpiry& e = book.expiries.emplace_back();
    e.forward = Price::from_units(100);
    e.confidence = ratio("0.9");
    book.surfaces.emplace_back();
    BookLeg leg;
    leg.kind = LegKind::option;
    leg.strike = pricing::strike_point(Price::from_units(200));
    leg.bid = Quantity::from_units(1);
    leg.ask = Quantity::from_units(10);
    book.legs.push_back(leg);
    const Judged before = judge(book);
    fill_part(book, 0, true, 8);
    const Judged after = judge(book);
    for (const bool of_engine : {false, true}) {
        // 0.1 * 10 * 100, then 0.1 * (1 + 10) * 100.
        CHECK(abs(before.of(of_engine).health.initial + 100) < UNIT);
        CHECK(abs(after.of(of_engine).health.initial + 110) < UNIT);
    }
}

}  // namespace
}  // namespace plimsoll::test
