// plimsoll: tests/engine/risk/margin_steps_test.cpp                 SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. How many steps margin takes at its maxima (docs/formulas.md, "Steps"), counted and not
// timed: option prices, each of which takes one density, and exact comparisons of the correlation band.
// This program has a density and a band of its own, which are the engine's sources but for the count.
#include "engine/num/wide.hpp"

namespace plimsoll::num {

static std::size_t densities = 0;
static std::size_t comparisons = 0;

static int compare_counted(i128 a, i128 b, i128 c, i128 d) noexcept
{
    ++comparisons;
    return compare_products(a, b, c, d);
}

}  // namespace plimsoll::num

// NOLINTBEGIN: the sources themselves, so that the library's copies are not linked.
#define density_q64 density_uncounted_q64
#include "engine/num/normal.cpp"
#undef density_q64
#define compare_products compare_counted
#include "engine/risk/correlation_band.cpp"
#undef compare_products
// NOLINTEND

namespace plimsoll::num {

[[nodiscard]] u128 density_q64(u128 x_q64) noexcept;
u128 density_q64(u128 x_q64) noexcept
{
    ++densities;
    return density_uncounted_q64(x_q64);
}

}  // namespace plimsoll::num

#include "engine/risk/margin.hpp"
#include "tests/support/literals.hpp"
#include "tests/support/params.hpp"

#include <catch2/catch.hpp>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace plimsoll {
namespace {

using test::default_portfolio;
using test::default_standard;
using test::money;
using test::price;
using test::quantity;
using test::ratio;

constexpr std::size_t LEGS = POSITIONS_MAX + ORDERS_MAX;

/// The largest book: as many underlyings, scenarios, positions and orders as there may be, no two prices of
/// which are the same.
struct Largest
{
    StandardParams standard = default_standard();
    PortfolioParams portfolio = default_portfolio();
    Correlation correlation;
    std::vector<BookUnderlying> underlyings;
    std::vector<BookExpiry> expiries;
    std::vector<BookLeg> legs;
    std::unique_ptr<MarginWork> work = std::make_unique<MarginWork>();
    MarginMode mode = MarginMode::portfolio;

    explicit Largest(std::size_t count)
    {
        while (!portfolio.scenarios.full()) {
            const auto size = static_cast<num::i128>(portfolio.scenarios.size());
            const Scenario more{
                ratio("1.2") + Ratio::from_raw(size * 1'000'000), VolShock::up, Ratio::one()};
            CHECK(portfolio.scenarios.push(more));
        }
        correlation.set_band(ratio("0.25"));
        correlation.max_relief = ratio("0.6");
        for (std::uint16_t i = 0; i < count; ++i) {
            BookUnderlying u;
            u.id = i;
            u.spot = price("100");
            u.standard = &standard;
            u.portfolio = &portfolio;
            u.price_low = price("99");
            u.price_high = price("101");
            u.stable = price("98");
            underlyings.push_back(u);
            for (std::uint16_t j = 0; j < i; ++j)
                correlation.of(i, j) = {ratio("0.5"), ratio("0.5"), ratio("0.25"), true};
            BookExpiry e;
            e.underlying = i;
            e.length = Seconds::from_raw(30 * 86'400);
            e.forward = price("100.5");
            e.rate = ratio("0.05");
            expiries.push_back(e);
        }
        for (std::uint16_t n = 0; n < LEGS; ++n) {
            BookLeg leg;
            leg.underlying = leg.expiry = static_cast<std::uint16_t>(n % count);
            leg.instrument = n;
            leg.kind = LegKind::option;
            leg.type = n % 2 == 0 ? OptionType::call : OptionType::put;
            leg.strike = pricing::strike_point(
                price("90") + scale_floor(Price::from_units(n), ratio("0.25")));
            leg.volatility = {ratio("0.6") + Ratio::from_raw(n), Ratio::zero()};
            if (n < POSITIONS_MAX) {
                leg.is_position = true;
                leg.base = n % 3 == 0 ? quantity("-1") : quantity("1.5");
            } else {
                leg.bid = quantity("1");
                leg.ask = quantity("2");
            }
            legs.push_back(leg);
        }
    }
    /// Option prices of one evaluation, and with it the band's comparisons.
    std::size_t prices()
    {
        arrange(legs, expiries);
        Book book;
        book.mode = mode;
        book.cash = money("100000");
        book.underlyings = underlyings;
        book.expiries = expiries;
        book.legs = legs;
        book.correlation = &correlation;
        num::densities = num::comparisons = 0;
        REQUIRE(margin(book, *work));
        return num::densities;
    }
};

// The bounds, as docs/formulas.md states them.

/// An option in portfolio mode: as it is marked, each scenario, and the basis up and down.
constexpr std::size_t ROW_PRICES = 1 + SCENARIOS_MAX + 2;
/// As it is marked and on three boards; an order on each board against the mark.
constexpr std::size_t BOARD_PRICES = 1 + 3;
constexpr std::size_t ORDER_BOARD_PRICES = 3 * 2;
constexpr std::size_t ALL_BOARD_PRICES =
    POSITIONS_MAX * BOARD_PRICES + ORDERS_MAX * ORDER_BOARD_PRICES;
/// In standard mode: its value, and what it needs alone at both levels.
constexpr std::size_t ALONE_PRICES = 3;
/// An order alone, and in the greatest loss.
constexpr std::size_t ORDER_PRICES = 2;
/// Of two searches in a list of SCENARIOS_MAX.
constexpr std::size_t SEARCH = 2 * 6;
static_assert(SCENARIOS_MAX <= 1U << 6U);
constexpr std::size_t BAND_COMPARISONS =
    std::size(LEVELS) * (UNDERLYINGS_MAX * ROWS_MAX + 1) * (UNDERLYINGS_MAX - 1) * SEARCH;

}  // namespace

TEST_CASE("margin steps: option prices of the largest book in portfolio mode", "[risk][margin]")
{
    for (const std::size_t count : {std::size_t{1}, std::size_t{5}, UNDERLYINGS_MAX}) {
        Largest book(count);
        const std::size_t prices = book.prices();
        INFO(count << " underlyings: " << prices << " option prices");
        CHECK(prices <= LEGS * ROW_PRICES + ALL_BOARD_PRICES);
        CHECK(prices > 1'000);  // the count counts
        for (BookLeg& leg : book.legs)
            leg.bid = leg.ask = Quantity::zero();
        CHECK(book.prices() <= POSITIONS_MAX * (ROW_PRICES + BOARD_PRICES));
        for (BookUnderlying& u : book.underlyings)
            u.price_low = u.price_high = u.stable = Price::zero();
        CHECK(book.prices() <= POSITIONS_MAX * ROW_PRICES);
        CHECK(book.prices() > POSITIONS_MAX);
    }
}

TEST_CASE("margin steps: option prices of the largest book in standard mode", "[risk][margin]")
{
    for (const std::size_t count : {std::size_t{1}, std::size_t{5}, UNDERLYINGS_MAX}) {
        Largest book(count);
        book.mode = MarginMode::standard;
        const std::size_t prices = book.prices();
        INFO(count << " underlyings: " << prices << " option prices");
        CHECK(
            prices <= POSITIONS_MAX * ALONE_PRICES + ORDERS_MAX * ORDER_PRICES + ALL_BOARD_PRICES);
        CHECK(prices > POSITIONS_MAX);
        for (BookLeg& leg : book.legs)
            leg.bid = leg.ask = Quantity::zero();
        CHECK(book.prices() <= POSITIONS_MAX * (ALONE_PRICES + BOARD_PRICES));
    }
}

TEST_CASE("margin steps: exact comparisons of the band among as many underlyings as there may be",
    "[risk][margin]")
{
    std::size_t most = 0;
    for (const char* rho : {"-1", "-0.3", "0", "0.5", "1"})
        for (const char* band : {"0", "0.25", "1"}) {
            Largest book(UNDERLYINGS_MAX);
            for (std::size_t i = 0; i < UNDERLYINGS_MAX; ++i)
                for (std::size_t j = 0; j < i; ++j)
                    book.correlation.of(i, j) = {ratio(rho), ratio(rho), ratio(band), true};
            static_cast<void>(book.prices());
            most = num::comparisons > most ? num::comparisons : most;
        }
    INFO("at most " << most << " comparisons");
    CHECK(most <= BAND_COMPARISONS);
    CHECK(most > UNDERLYINGS_MAX * UNDERLYINGS_MAX);
}

}  // namespace plimsoll
