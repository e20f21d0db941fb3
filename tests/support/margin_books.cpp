// plimsoll: tests/support/margin_books.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. See margin_books.hpp.
#include "tests/support/margin_books.hpp"

#include "engine/pricing/svi.hpp"
#include "tests/support/margin_draws.hpp"

#include <algorithm>

namespace plimsoll::test {
namespace {

/// The largest price that leaves room for forwards and strikes above it.
constexpr Price SPOT_MAX = Price::from_units(10'000'000);
constexpr std::uint64_t WINDOW_S = 1'800;

BookUnderlying random_underlying(Rng& rng, const BookShape& shape)
{
    BookUnderlying u;
    const std::size_t kind = rng.below(10);
    const num::i128 spot = kind < 5 ? draw_power(rng, 0, 4) : draw_power(rng, -6, 6);
    u.spot = Price::from_raw(std::clamp<num::i128>(spot, 1'000'000, SPOT_MAX.raw()));
    if (shape.confidences && rng.chance(40))
        u.confidence = draw(rng, "0.85", "1");
    if (shape.confidences && rng.chance(40))
        u.perp_confidence = draw(rng, "0.85", "1");
    if (shape.brackets && rng.chance(60)) {
        if (rng.chance(80))
            u.price_low = Price::from_raw(times(u.spot.raw(), draw(rng, "0.9", "1")));
        if (rng.chance(80))
            u.price_high = Price::from_raw(times(u.spot.raw(), draw(rng, "1", "1.1")));
        if (rng.chance(50))
            u.stable = Price::from_raw(times(u.spot.raw(), draw(rng, "0.7", "1.3")));
    }
    u.open_interest = Money::from_raw(draw_power(rng, 2, 6));
    if (shape.feeds && rng.chance(20))
        u.initial_scale = draw(rng, "1", "3");
    u.failed = shape.feeds && rng.chance(8);
    return u;
}

std::uint64_t random_length(Rng& rng)
{
    constexpr std::uint64_t DAY = 86'400;
    if (rng.chance(40))
        return 1 + rng.below(400 * DAY);
    return rng.pick<std::uint64_t>({0, 0, 1, 60, 900, 1'799, 1'800, 3'600, DAY, 7 * DAY, 29 * DAY,
        30 * DAY, 30 * DAY + 1, 45 * DAY, 90 * DAY, 180 * DAY, 365 * DAY, 1'000 * DAY});
}

Svi random_surface(Rng& rng, const BookExpiry& e)
{
    Svi s;
    s.tau = Ratio::from_raw(static_cast<num::i128>(std::max<std::uint64_t>(e.length.raw(), 600)) *
                            num::i128{num::WAD} / 31'536'000);
    const Ratio vol = draw(rng, "0.2", "1.5");
    const num::i128 variance = times(times(vol.raw(), vol), s.tau);
    s.a = Ratio::from_raw(times(variance, draw(rng, "0.1", "1")));
    s.b = Ratio::from_raw(times(variance, draw(rng, "0.1", "2")));
    s.rho = draw(rng, "-0.9", "0.9");
    s.m = draw(rng, "-0.2", "0.2");
    s.sigma = draw(rng, "0.05", "0.6");
    s.forward = Price::from_raw(times(e.forward.raw(), draw(rng, "0.95", "1.05")));
    return s;
}

void add_instrument(MarginBook& book, BookLeg leg)
{
    leg.instrument = static_cast<std::uint16_t>(book.instruments.size());
    book.instruments.push_back(leg);
}

void add_options(Rng& rng, MarginBook& book, BookLeg leg, std::size_t expiry)
{
    const BookExpiry& e = book.expiries[expiry];
    leg.kind = LegKind::option;
    leg.mark = Price::zero();
    std::vector<num::i128> strikes;
    for (std::size_t i = 0, count = 1 + rng.below(4); i < count; ++i) {
        num::i128 strike = times(e.forward.raw(), draw(rng, "0.5", "1.8"));
        if (rng.chance(10))
            strike = e.forward.raw();
        if (rng.chance(10))
            strike = times(e.forward.raw(), draw(rng, "0.01", "8"));
        if (rng.chance(3))
            strike = 0;
        if (std::find(strikes.begin(), strikes.end(), strike) != strikes.end())
            continue;
        strikes.push_back(strike);
        leg.strike = pricing::strike_point(Price::from_raw(strike));
        leg.volatility = {};
        if (book.surfaces[expiry]) {
            const Result<pricing::Volatility> found =
                pricing::svi_volatility(*book.surfaces[expiry], leg.strike.price);
            CHECK(static_cast<bool>(found));
            leg.volatility = *found;
        } else if (strike != 0 && !rng.chance(3)) {
            leg.volatility.value = rng.chance(95) ? draw(rng, "0.05", "2") : draw(rng, "0", "20");
        }
        for (const OptionType type : {OptionType::call, OptionType::put}) {
            leg.type = type;
            add_instrument(book, leg);
        }
    }
}

void add_expiries(Rng& rng, const BookShape& shape, MarginBook& book, std::uint16_t underlying)
{
    const BookUnderlying& u = book.underlyings[underlying];
    std::vector<std::uint64_t> lengths;
    for (std::size_t i = 0, count = rng.below(4); i < count; ++i) {
        const std::uint64_t length = random_length(rng);
        if (std::find(lengths.begin(), lengths.end(), length) != lengths.end())
            continue;
        lengths.push_back(length);
        BookExpiry e;
        e.underlying = underlying;
        e.length = Seconds::from_raw(length);
        e.forward =
            Price::from_raw(std::max<num::i128>(1, times(u.spot.raw(), draw(rng, "0.9", "1.15"))));
        if (length < WINDOW_S && rng.chance(80))
            e.fixed = Price::from_raw(
                e.forward.raw() / WINDOW_S * static_cast<num::i128>(WINDOW_S - length));
        e.rate = rng.chance(20) ? Ratio::zero() : draw(rng, "-0.05", "0.3");
        if (book.mode == MarginMode::portfolio)
            e.mark_rate_mult = book.portfolio[underlying].discount.mark_rate_mult;
        if (shape.confidences && rng.chance(40))
            e.confidence = draw(rng, "0.85", "1");
        const std::size_t at = book.expiries.size();
        book.expiries.push_back(e);
        book.surfaces.emplace_back();
        if (shape.surfaces && rng.chance(40))
            book.surfaces.back() = random_surface(rng, e);
        BookLeg leg;
        leg.underlying = underlying;
        leg.expiry = static_cast<std::uint16_t>(at);
        if (shape.futures) {
            leg.kind = LegKind::future;
            add_instrument(book, leg);
        }
        if (shape.options)
            add_options(rng, book, leg, at);
    }
}

Price price_of(const MarginBook& book, const BookLeg& leg)
{
    return leg.kind == LegKind::perp ? leg.mark : book.expiries[leg.expiry].forward;
}

/// Above zero, a multiple of the quantum.
Quantity random_amount(Rng& rng, const BookShape& shape, Price price)
{
    num::i128 amount = rng.between(1, 1'000);
    if (!rng.chance(5)) {
        const num::i128 notional = draw_power(rng, shape.size_from, shape.size_to - 1);
        amount = num::mul_div_floor(notional, num::WAD, price.raw()).value_or(num::I128_MAX);
        amount = std::min<num::i128>(amount, QUANTITY_MAX.raw() / 64);
        if (rng.chance(50))
            amount -= amount % 100'000'000'000'000;
    }
    return Quantity::from_raw(std::max<num::i128>(shape.quantum, amount - amount % shape.quantum));
}

std::string line(const BookLeg& leg)
{
    static const char* const kinds[] = {"perp", "future", "option"};
    std::string out = "leg " + std::to_string(leg.instrument) + " of " +
                      std::to_string(leg.underlying) + ' ' +
                      kinds[static_cast<std::size_t>(leg.kind)];
    if (leg.kind == LegKind::perp)
        out += " mark " + text_of(leg.mark);
    else
        out += " expiry " + std::to_string(leg.expiry);
    if (leg.kind == LegKind::option)
        out += std::string(leg.type == OptionType::call ? " call " : " put ") +
               text_of(leg.strike.price) + " vol " + text_of(leg.volatility.value) + " +- " +
               text_of(leg.volatility.error);
    out += ": base " + text_of(leg.base) + " quote " + text_of(leg.quote);
    if (leg.has_orders())
        out += " bid " + text_of(leg.bid) + " ask " + text_of(leg.ask);
    return out + (leg.is_position ? "\n" : " (no position)\n");
}

}  // namespace

Book MarginBook::view()
{
    arrange(legs, expiries);
    const bool is_portfolio = mode == MarginMode::portfolio;
    for (std::size_t i = 0; i < underlyings.size(); ++i) {
        underlyings[i].portfolio = is_portfolio ? &portfolio[i] : nullptr;
        underlyings[i].standard = is_portfolio ? nullptr : &standard[i];
        underlyings[i].profit = profit[i] ? &*profit[i] : nullptr;
    }
    Book book;
    book.mode = mode;
    book.quote_price = quote_price;
    book.peg_price = quote_price;
    book.quote_confidence = quote_confidence;
    book.cash = cash;
    book.underlyings = underlyings;
    book.expiries = expiries;
    book.legs = legs;
    book.collaterals = collaterals;
    book.correlation = &correlation;
    return book;
}

BookLeg& MarginBook::leg_of(std::size_t instrument)
{
    for (BookLeg& leg : legs)
        if (leg.instrument == instrument)
            return leg;
    legs.push_back(instruments[instrument]);
    return legs.back();
}

bool MarginBook::has_orders() const
{
    return std::any_of(
        legs.begin(), legs.end(), [](const BookLeg& leg) { return leg.has_orders(); });
}

void MarginBook::drop_orders()
{
    std::erase_if(legs, [](const BookLeg& leg) { return !leg.is_position; });
    for (BookLeg& leg : legs)
        leg.bid = leg.ask = Quantity::zero();
}

void MarginBook::add_legs(const std::vector<BookLeg>& others)
{
    for (const BookLeg& other : others) {
        BookLeg& leg = leg_of(other.instrument);
        leg.is_position = leg.is_position || other.is_position;
        leg.base += other.base;
        leg.quote += other.quote;
        leg.bid += other.bid;
        leg.ask += other.ask;
    }
}

void MarginBook::scale(int numerator, int denominator)
{
    const auto scaled = [&](auto& value) {
        value = value.from_raw(value.raw() * numerator / denominator);
    };
    for (BookLeg& leg : legs) {
        scaled(leg.base);
        scaled(leg.quote);
        scaled(leg.bid);
        scaled(leg.ask);
    }
}

std::string MarginBook::describe() const
{
    std::string out = mode == MarginMode::portfolio ? "portfolio" : "standard";
    out += ", quote " + text_of(quote_price) + " confidence " + text_of(quote_confidence) +
           ", cash " + text_of(cash) + '\n';
    for (std::size_t i = 0; i < underlyings.size(); ++i) {
        const BookUnderlying& u = underlyings[i];
        out += "underlying " + std::to_string(i) + ": spot " + text_of(u.spot) + " low " +
               text_of(u.price_low) + " high " + text_of(u.price_high) + " stable " +
               text_of(u.stable) + " confidence " + text_of(u.confidence) + " perp " +
               text_of(u.perp_confidence) + " scale " + text_of(u.initial_scale) +
               (u.failed ? " failed" : "") + (profit[i] ? " with a profit rule\n" : "\n");
        if (mode == MarginMode::portfolio)
            for (const Scenario& s : portfolio[i].scenarios)
                out += "  scenario " + text_of(s.spot) + " vol " +
                       std::to_string(static_cast<int>(s.vol)) + " damping " + text_of(s.damping) +
                       '\n';
    }
    for (std::size_t i = 0; i < expiries.size(); ++i) {
        const BookExpiry& e = expiries[i];
        out += "expiry " + std::to_string(i) + " of " + std::to_string(e.underlying) + ": " +
               std::to_string(e.length.raw()) + " s, forward " + text_of(e.forward) + " fixed " +
               text_of(e.fixed) + " rate " + text_of(e.rate) + " confidence " +
               text_of(e.confidence) + (surfaces[i] ? " surface\n" : "\n");
    }
    for (const BookLeg& leg : legs)
        out += line(leg);
    for (const BookCollateral& c : collaterals)
        out += "collateral " + text_of(c.amount) + " at " + text_of(c.price) + " haircuts " +
               text_of(c.haircut.initial) + ' ' + text_of(c.haircut.maintenance) + " underlying " +
               std::to_string(c.underlying) + (c.risk_cancelling ? " cancelling\n" : "\n");
    return out;
}

MarginBook random_markets(Rng& rng, const BookShape& shape)
{
    MarginBook book;
    book.mode = shape.mode.value_or(rng.pick({MarginMode::standard, MarginMode::portfolio}));
    if (shape.depeg && rng.chance(50))
        book.quote_price = Price::from_raw(draw_raw(rng, "0.9", "1.05"));
    if (shape.confidences && rng.chance(20))
        book.quote_confidence = draw(rng, "0.9", "1");
    const std::size_t count =
        shape.underlyings_min + rng.below(shape.underlyings_max - shape.underlyings_min + 1);
    const bool one_list = rng.chance(50);
    const std::size_t first_id = rng.below(UNDERLYINGS_MAX);
    for (std::size_t i = 0; i < count; ++i) {
        book.underlyings.push_back(random_underlying(rng, shape));
        // Another order than the list's, all different.
        book.underlyings.back().id =
            static_cast<std::uint16_t>((i * 5 + first_id) % UNDERLYINGS_MAX);
        book.portfolio.push_back(random_portfolio_params(rng, shape));
        if (one_list)
            book.portfolio.back().scenarios = book.portfolio.front().scenarios;
        book.standard.push_back(random_standard_params(rng, shape));
        book.profit.emplace_back();
        if (shape.profit_rules && rng.chance(50))
            book.profit.back() = ProfitRule{draw(rng, "0", "1"),
                rng.chance(50) ? MONEY_MAX : Money::from_raw(draw_power(rng, -1, 4))};
        BookLeg perp;
        perp.underlying = static_cast<std::uint16_t>(i);
        for (std::size_t twin = 0; twin < (shape.twins && rng.chance(50) ? 2U : 1U); ++twin) {
            const Price spot = book.underlyings.back().spot;
            perp.mark = rng.chance(30) ? spot
                                       : Price::from_raw(std::max<num::i128>(
                                             1, times(spot.raw(), draw(rng, "0.97", "1.03"))));
            add_instrument(book, perp);
        }
        add_expiries(rng, shape, book, static_cast<std::uint16_t>(i));
    }
    book.correlation = random_correlation(rng);
    return book;
}

void add_random_positions(Rng& rng, const BookShape& shape, MarginBook& book)
{
    for (std::size_t i = 0, count = rng.below(shape.legs_max + 1); i < count; ++i) {
        BookLeg& leg = book.leg_of(rng.below(book.instruments.size()));
        const Price price = price_of(book, leg);
        const Quantity amount = random_amount(rng, shape, price);
        leg.is_position = true;
        leg.base += rng.chance(50) ? amount : -amount;
        if (shape.zero_funds)
            continue;
        if (leg.kind != LegKind::option)
            leg.quote = Money::from_raw(
                times(-notional_floor(leg.base, price).raw(), draw(rng, "0.8", "1.2")));
        else if (rng.chance(20))
            leg.quote = Money::from_raw(draw_raw(rng, "-10", "10"));
    }
    if (!shape.zero_funds)
        book.cash =
            Money::from_raw(rng.chance(50) ? draw_power(rng, -1, 5) : -draw_power(rng, -1, 4));
}

void add_random_orders(Rng& rng, const BookShape& shape, MarginBook& book)
{
    for (std::size_t i = 0, count = rng.below(4); i < count; ++i) {
        BookLeg& leg = book.leg_of(rng.below(book.instruments.size()));
        const Price price = price_of(book, leg);
        if (rng.chance(60))
            leg.bid = random_amount(rng, shape, price);
        if (rng.chance(60))
            leg.ask = random_amount(rng, shape, price);
        if (rng.chance(20) && !leg.base.is_zero())
            (leg.base.is_negative() ? leg.bid : leg.ask) = leg.base.abs();
        if (!leg.is_position && !leg.has_orders())
            leg.bid = random_amount(rng, shape, price);
    }
}

void add_random_collaterals(Rng& rng, const BookShape& shape, MarginBook& book)
{
    for (std::size_t i = 0, count = rng.below(4); i < count; ++i) {
        BookCollateral c;
        c.price = Price::from_raw(draw_power(rng, -2, 4));
        c.haircut.maintenance = draw(rng, "0", "0.2");
        c.haircut.initial = c.haircut.maintenance + draw(rng, "0", "0.3");
        if (rng.chance(60)) {
            c.underlying = static_cast<std::uint16_t>(rng.below(book.underlyings.size()));
            c.price = book.underlyings[c.underlying].spot;
            c.risk_cancelling = rng.chance(50);
        }
        c.amount = random_amount(rng, shape, c.price);
        if (shape.confidences && rng.chance(40))
            c.confidence = draw(rng, "0.85", "1");
        if (shape.confidences && rng.chance(40))
            c.confidence_rule = {draw(rng, "0.9", "1"), draw(rng, "0", "0.5")};
        if (rng.chance(30)) {
            c.pool_scaling = true;
            c.pool_start = Quantity::from_raw(draw_power(rng, 0, 5));
            c.pool_deposits =
                rng.chance(90) ? Quantity::from_raw(draw_power(rng, 0, 5)) : Quantity::zero();
        }
        if (rng.chance(30))
            c.size_discount = draw(rng, "0", "0.01");
        if (rng.chance(30)) {
            c.volatility_haircut.maintenance = draw(rng, "0", "0.7");
            c.volatility_haircut.initial = c.volatility_haircut.maintenance;
            if (shape.feeds && rng.chance(50))
                c.volatility_haircut.initial += draw(rng, "0", "0.3");
        }
        c.worthless = rng.chance(5);
        c.nothing_at_initial = shape.feeds && rng.chance(8);
        book.collaterals.push_back(c);
    }
}

MarginBook random_book(std::uint64_t seed, const BookShape& shape)
{
    Rng rng(seed);
    MarginBook book = random_markets(rng, shape);
    add_random_positions(rng, shape, book);
    if (shape.orders && rng.chance(50))
        add_random_orders(rng, shape, book);
    if (shape.collaterals && rng.chance(50))
        add_random_collaterals(rng, shape, book);
    return book;
}

}  // namespace plimsoll::test
