// plimsoll: tests/engine/risk/span_example_test.cpp                SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. The worked example of a SPAN scan in L. McMillan, Options as a Strategic Investment,
// chapter 34 (pp. 668-670), through margin() itself: one S&P 500 future of $500 a point
// whose range is 20 points, and a December 410 call. The book prints sixteen gains of each, to $10.
//
// The future's array, and the scan risk of the future, follow from what the book states and are tested to its
// last digit. It does not state what the call's array was computed from. The futures price, volatility and
// volatility range below are a fit to it: four numbers to fifteen, which then agree within $13, the book's own
// rounding being $5 on every gain. The sixteenth, the call under the extreme move up, is printed as $3,130 and
// cannot be that: its last third of a range gains $2,850, so by its growing slope the range beyond gains three
// times this again, and 35 % of both is over $5,800. The formula gives $6,140.
#include "engine/risk/margin.hpp"
#include "tests/support/literals.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace plimsoll {
namespace {

using test::money;
using test::price;
using test::quantity;
using test::ratio;

constexpr std::size_t ROWS = 16;
using Array = std::array<std::int64_t, ROWS>;

// As printed: futures unchanged, then a third, two thirds and three thirds up and down, each with volatility
// up and down; then the extreme moves.
constexpr Array LONG_FUTURE{0, 0, 3'330, 3'330, -3'330, -3'330, 6'670, 6'670, -6'670, -6'670,
    10'000, 10'000, -10'000, -10'000, 7'000, -7'000};
constexpr Array LONG_CALL{460, -610, 2'640, 1'730, -1'270, -2'340, 5'210, 4'540, -2'540, -3'430,
    8'060, 7'640, -3'380, -3'990, 3'130, -1'500};
constexpr Array COVERED_WRITE{-460, 610, 690, 1'600, -2'060, -990, 1'460, 2'130, -4'130, -3'240,
    1'940, 2'360, -6'620, -6'010, 3'870, -5'500};
constexpr std::size_t EXTREME_UP = 14;

constexpr auto FUTURES_PRICE = price("413.75");
constexpr auto RANGE_POINTS = price("20");
constexpr auto CALL_VOLATILITY = ratio("0.1412");  // over 30 days
/// How far the fitted call may be from the printed one.
constexpr auto FIT = money("15");

/// One future and one call, and what margin says of them.
class Scan
{
public:
    Scan()
    {
        const Ratio range = saturating_ratio_floor(RANGE_POINTS, FUTURES_PRICE);
        for (const int thirds : {0, 1, -1, 2, -2, 3, -3})
            for (const VolShock vol : {VolShock::up, VolShock::down})
                REQUIRE(m_params.scenarios.push({moved(range, thirds), vol, Ratio::one()}));
        for (const int thirds : {6, -6})
            REQUIRE(m_params.scenarios.push({moved(range, thirds), VolShock::none, ratio("0.35")}));
        // A tenor of 30 days moves by exactly the range.
        m_params.vol_shock.range_up = ratio("0.1423");
        m_params.vol_shock.range_down = ratio("0.1885");
        m_params.vol_shock.floor_days = Ratio::one();
        m_params.skew_shock.min_width = Ratio::one();
        m_params.factor = {Ratio::one(), Ratio::one()};
        m_underlying.spot = FUTURES_PRICE;
        m_underlying.portfolio = &m_params;
        m_expiry.length = Seconds::from_raw(30 * 86'400);
        m_expiry.forward = FUTURES_PRICE;
    }

    /// Of so many futures and calls.
    MarginReport scan(const char* futures, const char* calls)
    {
        std::vector<BookLeg> legs;
        const auto leg = [&legs](LegKind kind, const char* count) -> BookLeg& {
            BookLeg& made = legs.emplace_back();
            made.instrument = static_cast<std::uint16_t>(legs.size());
            made.kind = kind;
            made.is_position = true;
            made.base = Quantity::from_raw(500 * quantity(count).raw());
            return made;
        };
        if (quantity(futures) != Quantity::zero())
            leg(LegKind::future, futures).quote =
                -Money::from_raw(notional_floor(quantity(futures), FUTURES_PRICE).raw() * 500);
        if (quantity(calls) != Quantity::zero()) {
            BookLeg& call = leg(LegKind::option, calls);
            call.strike = pricing::strike_point(price("410"));
            call.volatility = {CALL_VOLATILITY, Ratio::zero()};
        }
        Book book;
        book.mode = MarginMode::portfolio;
        book.underlyings = {&m_underlying, 1};
        book.expiries = {&m_expiry, 1};
        book.legs = legs;
        const Result<MarginReport> report = margin(book, *m_work);
        REQUIRE(report);
        return *report;
    }
    [[nodiscard]] Money row(std::size_t index) const
    {
        return m_work->underlyings[0].rows[0][index];
    }
    [[nodiscard]] std::size_t worst() const
    {
        return m_work->underlyings[0].levels.maintenance.worst;
    }

private:
    /// 1 + range * thirds / 3, to the nearest unit below.
    static Ratio moved(Ratio range, int thirds)
    {
        return Ratio::one() + Ratio::from_raw(range.raw() * thirds / 3);
    }

    PortfolioParams m_params;
    BookUnderlying m_underlying;
    BookExpiry m_expiry;
    std::unique_ptr<MarginWork> m_work = std::make_unique<MarginWork>();
};

/// To the nearest $10, as the book prints it.
std::int64_t to_ten(Money amount)
{
    const auto half = money("5");
    const Money up = amount.is_negative() ? amount - half : amount + half;
    const num::i128 ten = money("10").raw();
    return static_cast<std::int64_t>(up.raw() / ten) * 10;
}

Money gap(Money amount, std::int64_t printed)
{
    return (amount - Money::from_units(printed)).abs();
}

TEST_CASE("SPAN example: the array of a long future to the last printed digit", "[risk][margin]")
{
    Scan book;
    const MarginReport report = book.scan("1", "0");
    for (std::size_t i = 0; i < ROWS; ++i) {
        CAPTURE(i);
        CHECK(to_ten(book.row(i)) == LONG_FUTURE[i]);
    }
    CHECK(gap(report.levels.maintenance.requirement, 10'000) < money("0.000000000001"));
    CHECK(to_ten(report.levels.initial.margin()) == 10'000);
    static_cast<void>(book.scan("-1", "0"));
    for (std::size_t i = 0; i < ROWS; ++i)
        CHECK(to_ten(book.row(i)) == -LONG_FUTURE[i]);
}

TEST_CASE("SPAN example: the array of a long call", "[risk][margin]")
{
    Scan book;
    const MarginReport report = book.scan("0", "1");
    for (std::size_t i = 0; i < ROWS; ++i) {
        if (i == EXTREME_UP)
            continue;
        CAPTURE(i, test::text_of(book.row(i)), LONG_CALL[i]);
        CHECK(gap(book.row(i), LONG_CALL[i]) < FIT);
    }
    CHECK(to_ten(book.row(EXTREME_UP)) == 6'140);
    // Futures down three thirds, volatility down.
    CHECK(book.worst() == 13);
    CHECK(gap(report.levels.maintenance.requirement, 3'990) < FIT);
}

TEST_CASE("SPAN example: a covered write is scanned as one", "[risk][margin]")
{
    Scan book;
    const MarginReport report = book.scan("1", "-1");
    for (std::size_t i = 0; i < ROWS; ++i) {
        if (i == EXTREME_UP)
            continue;
        CAPTURE(i, test::text_of(book.row(i)), COVERED_WRITE[i]);
        CHECK(gap(book.row(i), COVERED_WRITE[i]) < FIT);
    }
    // Futures down three thirds, volatility up: far less than the future alone.
    CHECK(book.worst() == 12);
    CHECK(gap(report.levels.maintenance.requirement, 6'620) < FIT);
}

}  // namespace
}  // namespace plimsoll
