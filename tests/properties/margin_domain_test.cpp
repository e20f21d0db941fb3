// plimsoll: tests/properties/margin_domain_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Margin at the ends of its domain: the largest account there can be, and books of
// which any field may be at an end of its range.
#include "engine/model/portfolio_params.hpp"
#include "engine/model/standard_params.hpp"
#include "tests/support/margin_judge.hpp"

#include <catch2/catch.hpp>
#include <csetjmp>
#include <csignal>
#include <functional>

namespace plimsoll::test {
namespace {

TEST_CASE("margin: the largest account agrees with the oracle", "[properties]")
{
    BookShape shape;
    shape.mode = MarginMode::portfolio;
    shape.underlyings_min = shape.underlyings_max = UNDERLYINGS_MAX;
    Rng rng(77);
    MarginBook book = random_markets(rng, shape);
    for (PortfolioParams& params : book.portfolio) {
        params.scenarios.clear();
        const Ratio range = draw(rng, "0.1", "0.4");
        for (int step = -6; step <= 5; ++step)
            for (const VolShock vol : {VolShock::up, VolShock::none, VolShock::down})
                CHECK(params.scenarios.push(
                    {Ratio::one() + Ratio::from_raw(range.raw() * step / 5), vol, Ratio::one()}));
        for (const VolShock vol : {VolShock::skew_linear, VolShock::skew_abs})
            CHECK(params.scenarios.push({Ratio::one(), vol, Ratio::one()}));
        CHECK(params.scenarios.push({ratio("3"), VolShock::up, ratio("0.2")}));
        CHECK(params.scenarios.push({ratio("0.05"), VolShock::up, ratio("0.3")}));
        CHECK(params.scenarios.full());
    }
    // An instrument of each underlying, then options until the account is full; orders on all of them.
    for (std::size_t i = 0; book.legs.size() < POSITIONS_MAX; ++i) {
        REQUIRE(i < 100'000);
        const BookLeg& instrument = book.instruments[rng.below(book.instruments.size())];
        if (book.legs.size() < UNDERLYINGS_MAX && instrument.underlying != book.legs.size())
            continue;
        BookLeg& leg = book.leg_of(instrument.instrument);
        leg.is_position = true;
        leg.base = random_base(rng, book, leg);
        leg.bid = random_base(rng, book, leg).abs();
        leg.ask = random_base(rng, book, leg).abs();
    }
    const Judged judged = judge(book);
    CHECK(judged.engine.single.initial == false);
    for (const Level level : LEVELS) {
        CHECK(judged.engine.health.of(level) <= judged.exact.health.of(level));
        CHECK(
            judged.exact.health.of(level) <= judged.engine.health.of(level) + judged.engine.bound);
    }
}

// A trap is a signal here; what the engine left behind is only the memory that it was lent.
sigjmp_buf g_trapped;

extern "C" void on_trap(int)
{
    siglongjmp(g_trapped, 1);
}

/// margin() of the book, and each expiry's report. False if it trapped.
bool survives(MarginBook& book, Error& error)
{
    struct sigaction ours = {};
    struct sigaction before = {};
    ours.sa_handler = on_trap;
    ours.sa_flags = SA_NODEFER;
    sigaction(SIGILL, &ours, &before);
    const Book view = book.view();
    volatile bool alive = false;
    if (sigsetjmp(g_trapped, 1) == 0) {
        const Result<MarginReport> got = margin(view, margin_work());
        error = got.error();
        if (got) {
            static_cast<void>(got->health(Level::initial));
            static_cast<void>(got->health(Level::maintenance));
            for (std::size_t i = 0; i < view.expiries.size(); ++i)
                static_cast<void>(expiry_report(view, static_cast<std::uint16_t>(i)));
        }
        alive = true;
    }
    sigaction(SIGILL, &before, nullptr);
    return alive;
}

/// An end of a range, or next to one, or anything between.
num::i128 corner(Rng& rng, num::i128 low, num::i128 high)
{
    switch (rng.below(6)) {
    case 0:
        return low;
    case 1:
        return high;
    case 2:
        return low < high ? low + 1 : low;
    case 3:
        return low < high ? high - 1 : high;
    case 4:
        return low <= 0 && high >= 0 ? 0 : low;
    default:
        return rng.between(low, high);
    }
}

template <class Tag>
void set(Rng& rng, Fixed<Tag>& field, Fixed<Tag> low, Fixed<Tag> high)
{
    field = Fixed<Tag>::from_raw(corner(rng, low.raw(), high.raw()));
}

void corner_market(Rng& rng, MarginBook& book)
{
    const std::size_t i = rng.below(book.underlyings.size());
    BookUnderlying& u = book.underlyings[i];
    const Price least = Price::from_raw(1);
    switch (rng.below(11)) {
    case 0:
        return set(rng, u.spot, least, PRICE_MAX);
    case 1:
        return set(rng, u.price_low, Price::zero(), u.spot);
    case 2:
        return set(rng, u.price_high, u.spot, PRICE_MAX);
    case 3:
        return set(rng, u.stable, least, PRICE_MAX);
    case 4:
        return set(rng, u.confidence, Ratio::zero(), Ratio::one());
    case 5:
        return set(rng, u.initial_scale, Ratio::one(), RATIO_MAX);
    case 6:
        return set(rng, u.open_interest, Money::zero(), MONEY_MAX);
    case 7:
        return set(rng, book.quote_price, least, PRICE_MAX);
    case 8:
        return set(rng, book.quote_confidence, Ratio::zero(), Ratio::one());
    case 9:
        return set(rng, book.cash, -MONEY_MAX, MONEY_MAX);
    default:
        u.failed = !u.failed;
    }
}

void corner_expiry(Rng& rng, MarginBook& book)
{
    if (book.expiries.empty())
        return;
    BookExpiry& e = book.expiries[rng.below(book.expiries.size())];
    switch (rng.below(6)) {
    case 0:
        e.length = Seconds::from_raw(
            static_cast<std::uint64_t>(corner(rng, 0, num::i128{36'525} * 86'400)));
        return;
    case 1:
        set(rng, e.forward, Price::from_raw(1), PRICE_MAX);
        return set(rng, e.fixed, Price::zero(), e.forward);
    case 2:
        return set(rng, e.fixed, Price::zero(), e.forward);
    case 3:
        return set(rng, e.rate, -RATIO_MAX, RATIO_MAX);
    case 4:
        return set(rng, e.mark_rate_mult, Ratio::zero(), RATIO_MAX);
    default:
        set(rng, e.confidence, Ratio::zero(), Ratio::one());
    }
}

void corner_leg(Rng& rng, MarginBook& book)
{
    if (book.legs.empty())
        return;
    BookLeg& leg = book.legs[rng.below(book.legs.size())];
    switch (rng.below(8)) {
    case 0:
        return set(rng, leg.base, -QUANTITY_MAX, QUANTITY_MAX);
    case 1:
        return set(rng, leg.quote, -MONEY_MAX, MONEY_MAX);
    case 2:
        return set(rng, leg.bid, Quantity::zero(), QUANTITY_MAX);
    case 3:
        return set(rng, leg.ask, Quantity::zero(), QUANTITY_MAX);
    case 4:
        return set(rng, leg.mark, Price::from_raw(1), PRICE_MAX);
    case 5: {
        Price strike;
        set(rng, strike, Price::zero(), PRICE_MAX);
        leg.strike = pricing::strike_point(strike);
        return;
    }
    case 6:
        return set(rng, leg.volatility.value, Ratio::zero(), VOLATILITY_MAX);
    default:
        set(rng, leg.volatility.error, Ratio::zero(), Ratio::one());
    }
}

void corner_collateral(Rng& rng, MarginBook& book)
{
    if (book.collaterals.empty())
        return;
    BookCollateral& c = book.collaterals[rng.below(book.collaterals.size())];
    switch (rng.below(8)) {
    case 0:
        return set(rng, c.amount, Quantity::zero(), QUANTITY_MAX);
    case 1:
        return set(rng, c.price, Price::zero(), PRICE_MAX);
    case 2:
        return set(rng, c.haircut.initial, Ratio::zero(), Ratio::one());
    case 3:
        return set(rng, c.pool_start, Quantity::zero(), QUANTITY_MAX);
    case 4:
        return set(rng, c.pool_deposits, Quantity::zero(), QUANTITY_MAX);
    case 5:
        return set(rng, c.size_discount, Ratio::zero(), RATIO_MAX);
    case 6:
        return set(rng, c.volatility_haircut.initial, Ratio::zero(), Ratio::one());
    default:
        return set(rng, c.volatility_haircut.maintenance, Ratio::zero(), Ratio::one());
    }
}

void corner_portfolio(Rng& rng, PortfolioParams& p)
{
    const auto ratio_of = [&](Ratio& field, bool negative) {
        const Ratio high =
            rng.pick({Ratio::one(), Ratio::from_units(2), Ratio::from_units(10), RATIO_MAX});
        set(rng, field, negative ? -high : Ratio::zero(), high);
    };
    Ratio* const positive[] = {&p.vol_shock.range_up, &p.vol_shock.range_down,
        &p.vol_shock.short_power, &p.vol_shock.long_power, &p.vol_shock.floor_days,
        &p.vol_shock.min_vol_up, &p.skew_shock.min_width, &p.skew_shock.linear_cap,
        &p.skew_shock.abs_cap, &p.skew_shock.width_scale, &p.skew_shock.vol_static, &p.basis.up,
        &p.basis.down, &p.basis.add, &p.basis.mult, &p.discount.long_base,
        &p.discount.long_rate_mult, &p.discount.long_rate_add, &p.discount.short_base,
        &p.discount.short_rate_mult, &p.discount.short_rate_add, &p.factor.initial,
        &p.factor.maintenance, &p.perp_contingency.initial, &p.future_contingency.initial,
        &p.option_contingency.initial, &p.confidence.factor, &p.depeg.factor, &p.depeg.threshold};
    Ratio* const either[] = {&p.skew_shock.linear_slope, &p.skew_shock.abs_slope,
        &p.skew_shock.vol_slope, &p.discount.long_rate_mult, &p.discount.short_rate_add,
        &p.skew_shock.linear_cap};
    Scenario& scenario = p.scenarios[rng.below(p.scenarios.size())];
    switch (rng.below(8)) {
    case 0:
        return set(rng, scenario.spot, Ratio::zero(), SCENARIO_SPOT_MAX);
    case 1:
        return ratio_of(scenario.damping, false);
    case 2:
        return ratio_of(*either[rng.below(std::size(either))], true);
    default:
        ratio_of(*positive[rng.below(std::size(positive))], false);
    }
}

void corner_standard(Rng& rng, StandardParams& p)
{
    ShortOptionParams& o = p.option;
    Ratio* const fields[] = {&p.fraction.initial, &p.fraction.maintenance, &p.size_sqrt_coefficient,
        &p.size_linear_coefficient, &p.confidence.factor, &p.depeg.factor, &p.depeg.threshold,
        &o.max_initial, &o.min_initial, &o.maintenance_call, &o.maintenance_put,
        &o.maintenance_put_mark, &o.maintenance_offset, &o.unpaired.initial,
        &o.unpaired.maintenance};
    switch (rng.below(5)) {
    case 0:
        return set(rng, p.size_reference, Money::from_raw(1), MONEY_MAX);
    case 1:
        set(rng, p.open_interest_lower, Money::zero(), MONEY_MAX);
        return set(rng, p.open_interest_upper, Money::zero(), MONEY_MAX);
    default:
        set(rng, *fields[rng.below(std::size(fields))], Ratio::zero(),
            rng.pick({Ratio::one(), Ratio::from_units(10), RATIO_MAX}));
    }
}

/// Whether every parameter satisfies accepts().
template <class Accepts>
bool all_accepted(const MarginBook& book, const Accepts& accepts)
{
    for (std::size_t i = 0; i < book.underlyings.size(); ++i)
        if (book.mode == MarginMode::portfolio ? accepts(book.portfolio[i]) != Error::ok
                                               : accepts(book.standard[i]) != Error::ok)
            return false;
    return true;
}

/// A random book with some fields at corners. Governance's bounds hold for its parameters if `valid`, else
/// only their domain.
MarginBook cornered_book(std::uint64_t seed, bool valid)
{
    Rng rng(seed * 7'919);
    BookShape shape;
    shape.size_to = rng.chance(50) ? 6 : 15;
    MarginBook book = random_book(seed, shape);
    // Now and then nearly everything at once, around a position near the greatest notional.
    const bool many = rng.chance(20);
    if (many && !book.legs.empty()) {
        BookLeg& leg = book.legs[rng.below(book.legs.size())];
        const Price price =
            leg.kind == LegKind::perp ? leg.mark : book.expiries[leg.expiry].forward;
        const Money most = gross_max(book.mode);
        const num::i128 base =
            num::mul_div_floor(most.raw() / 2, num::WAD, price.raw()).value_or(num::I128_MAX);
        leg.base = Quantity::from_raw(base < QUANTITY_MAX.raw() ? base : QUANTITY_MAX.raw());
    }
    for (std::size_t i = 0, count = 1 + rng.below(many ? 120 : 6); i < count; ++i) {
        const MarginBook before = book;
        switch (rng.below(5)) {
        case 0:
            corner_market(rng, book);
            break;
        case 1:
            corner_expiry(rng, book);
            break;
        case 2:
            corner_leg(rng, book);
            break;
        case 3:
            corner_collateral(rng, book);
            break;
        default: {
            const std::size_t u = rng.below(book.underlyings.size());
            corner_portfolio(rng, book.portfolio[u]);
            corner_standard(rng, book.standard[u]);
        }
        }
        const bool fine = valid ? all_accepted(book, [](const auto& p) { return validate(p); })
                                : all_accepted(book, [](const auto& p) { return check_domain(p); });
        if (!fine)
            book = before;
    }
    return book;
}

struct Count
{
    std::size_t accepted = 0;
    std::size_t all = 0;
};

std::string told_unless_survives(std::uint64_t seed, bool valid, Count& count)
{
    MarginBook book = cornered_book(seed, valid);
    Error error = Error::ok;
    if (!survives(book, error))
        return "it trapped\n" + book.describe();
    count.accepted += error == Error::ok ? 1U : 0U;
    count.all += 1;
    return "";
}

TEST_CASE(
    "margin: a book with valid parameters and any fields in range never traps", "[properties]")
{
    Count count;
    for_seeds(20'000, [&](std::uint64_t seed) { return told_unless_survives(seed, true, count); });
    CHECK(count.accepted > count.all / 4);
}

TEST_CASE("margin: a book with parameters at the ends of their domain never traps", "[properties]")
{
    Count count;
    for_seeds(20'000, [&](std::uint64_t seed) { return told_unless_survives(seed, false, count); });
    CHECK(count.accepted > count.all / 4);
}

}  // namespace
}  // namespace plimsoll::test
