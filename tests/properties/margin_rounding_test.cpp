// plimsoll: tests/properties/margin_rounding_test.cpp               SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Rounding of the whole evaluation: every figure errs only against the account,
// and by no more than a stated function of the book (docs/rounding.md).
#include "tests/support/margin_judge.hpp"
#include "tests/support/margin_vols.hpp"

#include <catch2/catch.hpp>

namespace plimsoll::test {
namespace {

/// exact - bound <= value <= exact.
std::string unless_floored(
    const std::string& what, Money value, const Real& exact, const Real& bound)
{
    return unless_at_most(what + " too high", real(value), exact, TOLERANCE) +
           unless_at_most(what + " too low", exact, real(value), bound);
}

/// exact <= value <= exact + bound.
std::string unless_ceiled(
    const std::string& what, Money value, const Real& exact, const Real& bound)
{
    return unless_at_most(what + " too low", exact, real(value), TOLERANCE) +
           unless_at_most(what + " too high", real(value), exact, bound);
}

std::string wrong_level(const MarginBook& book, const MarginReport& report,
    const ExactReport& exact, Level level, const Real& bound)
{
    const std::string name = level == Level::initial ? "initial " : "maintenance ";
    const LevelReport& at = report.levels.of(level);
    const ExactLevel& is = exact.levels.of(level);
    const Contingencies& c = at.contingencies;
    std::string wrong =
        unless_floored(name + "health", report.health(level), is.health, bound) +
        unless_floored(name + "net", report.net(level), exact.equity - is.haircuts, bound) +
        unless_ceiled(name + "requirement", at.requirement, is.requirement, bound) +
        unless_ceiled(name + "perp", c.perp, is.contingencies.perp, bound) +
        unless_ceiled(name + "future", c.future, is.contingencies.future, bound) +
        unless_ceiled(name + "option", c.option, is.contingencies.option, bound) +
        unless_ceiled(name + "confidence", c.confidence, is.contingencies.confidence, bound) +
        unless_ceiled(name + "depeg", c.depeg, is.contingencies.depeg, bound) +
        unless_ceiled(name + "plain sum", at.band.plain_sum, is.band.plain_sum, bound);
    // A haircut is taken of a floored value, so that each may be short by a raw unit; what is left of the
    // value is floored all the same (net, above).
    const Real units = UNIT * (book.collaterals.size() + book.legs.size()) + TOLERANCE;
    wrong += unless_at_most(name + "haircuts too low", is.haircuts, real(at.haircuts), units) +
             unless_at_most(name + "haircuts too high", real(at.haircuts), is.haircuts, bound);
    if (!is.band.single)
        wrong += unless_ceiled(name + "band loss", at.band.band_loss, is.band.band_loss, bound) +
                 unless_ceiled(name + "special", at.band.special_sum, is.band.special_sum, bound) +
                 unless_ceiled(name + "floor", at.band.floor, is.band.floor, bound);
    return wrong;
}

std::string wrong_underlying(
    const MarginBook& book, const ExactReport& exact, std::size_t i, const Real& bound)
{
    const UnderlyingRisk& risk = margin_work().underlyings[i];
    const ExactUnderlying& is = exact.underlyings[i];
    const std::string name = "underlying " + std::to_string(i) + ' ';
    std::string wrong =
        unless_floored(name + "value", risk.value, is.value, bound) +
        unless_ceiled(name + "bracket", risk.bracket_charge, is.bracket_charge, bound);
    for (const Level level : LEVELS) {
        const UnderlyingLevel& at = risk.levels.of(level);
        if (at.held != is.levels.of(level).held)
            wrong += name + "held differs\n";
        if (book.mode == MarginMode::portfolio)
            continue;
        wrong += unless_ceiled(name + "linear", at.linear, is.levels.of(level).linear, bound) +
                 unless_ceiled(name + "option", at.option, is.levels.of(level).option, bound);
    }
    for (const int orders : {0, 1})
        for (std::size_t row = 0; row < is.rows[orders].size(); ++row)
            wrong += unless_floored(
                name + (orders != 0 ? "ordered row " : "row ") + std::to_string(row),
                risk.rows[margin_work().has_orders ? orders : 0][row], is.rows[orders][row], bound);
    return wrong;
}

std::string wrong_expiry(
    const Book& view, const ExactReport& exact, std::size_t i, const Real& bound)
{
    const ExpiryReport at = expiry_report(view, static_cast<std::uint16_t>(i));
    const ExactExpiry& is = exact.expiries[i];
    const std::string name = "expiry " + std::to_string(i) + ' ';
    std::string wrong =
        unless_floored(name + "value", at.mark_to_market, is.mark_to_market, bound) +
        unless_at_most(name + "discount", real(at.discount.floor), is.discount, TOLERANCE) +
        unless_at_most(name + "discount", is.discount, real(at.discount.ceil), TOLERANCE);
    if (view.mode == MarginMode::standard)
        return wrong;
    // Factors are reported to nearest, with a relative error of a dozen units.
    return wrong +
           unless_equal(name + "vol up", real(at.vol_up), is.vol_up, 16 * UNIT * (1 + is.vol_up)) +
           unless_equal(
               name + "vol down", real(at.vol_down), is.vol_down, 16 * UNIT * (1 + is.vol_up)) +
           unless_at_most(name + "long", real(at.discount_long), is.discount_long, TOLERANCE) +
           unless_at_most(name + "long", is.discount_long, real(at.discount_long), 16 * UNIT) +
           unless_at_most(name + "short", is.discount_short, real(at.discount_short), TOLERANCE) +
           unless_at_most(name + "short", real(at.discount_short), is.discount_short,
               16 * UNIT * (1 + is.discount_short)) +
           unless_equal(name + "naked", real(at.naked_shorts), is.naked_shorts, TOLERANCE) +
           unless_floored(name + "basis up", at.basis_up, is.basis_up, bound) +
           unless_floored(name + "basis down", at.basis_down, is.basis_down, bound);
}

std::string wrong_figures(MarginBook& book)
{
    const Book view = book.view();
    const std::optional<ExactReport> exact = exact_margin(view, exact_vols(book));
    const Result<MarginReport> got = margin(view, margin_work());
    if (!exact || !got)
        return "engine " + std::string(name_of(got.error())) + '\n' + book.describe();
    const Real bound = rounding_bound(book);
    std::string wrong = unless_floored("equity", got->equity, exact->equity, bound) +
                        unless_floored("collateral", got->collateral, exact->collateral,
                            UNIT * book.collaterals.size());
    for (const Level level : LEVELS)
        wrong += wrong_level(book, *got, *exact, level, bound);
    for (std::size_t i = 0; i < book.underlyings.size(); ++i)
        wrong += wrong_underlying(book, *exact, i, bound);
    for (std::size_t i = 0; i < book.expiries.size(); ++i)
        wrong += wrong_expiry(view, *exact, i, bound);
    return wrong.empty() ? wrong : wrong + book.describe();
}

TEST_CASE("margin: every figure errs against the account, and within the bound", "[properties]")
{
    for_seeds(400, [](std::uint64_t seed) {
        BookShape shape;
        shape.rising_levels = seed % 4 != 0;
        shape.fair_discounts = seed % 5 != 0;
        shape.twins = seed % 3 == 0;
        MarginBook book = random_book(seed, shape);
        return wrong_figures(book);
    });
}

TEST_CASE("margin: the same for dust and for the largest books", "[properties]")
{
    for_seeds(200, [](std::uint64_t seed) {
        BookShape shape;
        shape.size_from = seed % 2 == 0 ? -17 : 10;
        shape.size_to = seed % 2 == 0 ? -8 : 14;
        shape.rising_levels = seed % 4 != 0;
        MarginBook book = random_book(seed, shape);
        return wrong_figures(book);
    });
}

TEST_CASE("margin: linear standard books lose a few raw units a leg", "[properties]")
{
    for_seeds(400, [](std::uint64_t seed) {
        BookShape shape;
        shape.mode = MarginMode::standard;
        shape.options = shape.orders = shape.collaterals = shape.brackets = false;
        shape.confidences = shape.depeg = shape.size_terms = shape.feeds = false;
        MarginBook book = random_book(seed, shape);
        const Judged judged = judge(book);
        const Real unit = UNIT * book.legs.size();
        return unless_at_most("maintenance", judged.exact.health.maintenance,
                   judged.engine.health.maintenance, 3 * unit) +
               unless_at_most(
                   "initial", judged.exact.health.initial, judged.engine.health.initial, 4 * unit);
    });
}

TEST_CASE("margin: the same for many underlyings", "[properties]")
{
    for_seeds(12, [](std::uint64_t seed) {
        BookShape shape;
        shape.underlyings_min = 6;
        shape.underlyings_max = UNDERLYINGS_MAX;
        shape.legs_max = POSITIONS_MAX;
        shape.scenarios_max = SCENARIOS_MAX;
        MarginBook book = random_book(seed, shape);
        return wrong_figures(book);
    });
}

}  // namespace
}  // namespace plimsoll::test
