// plimsoll: tests/properties/margin_driver.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Writes random cases with the oracle's report of each, a line a book, for
// margin_differential.py: margin_driver FIRST_SEED COUNT.
#include "tests/support/margin_case.hpp"
#include "tests/support/margin_vols.hpp"

#include <cstdio>
#include <cstdlib>

namespace plimsoll::test {
namespace {

using nlohmann::json;

std::string said(const Real& value)
{
    return value.str(30);
}

json level_of(const ExactReport& report, Level level)
{
    const ExactLevel& l = report.levels.of(level);
    const ExactContingencies& c = l.contingencies;
    json out{{"health", said(l.health)}, {"requirement", said(l.requirement)},
        {"haircuts", said(l.haircuts)}, {"contingencies", said(c.total())},
        {"confidence", said(c.confidence)}, {"plain_sum", said(l.band.plain_sum)}};
    if (!l.band.single) {
        out["floor"] = said(l.band.floor);
        out["special_sum"] = said(l.band.special_sum);
        out["band_loss"] = said(l.band.band_loss);
    }
    return out;
}

json report_of(MarginBook& book)
{
    const std::optional<ExactReport> report = exact_margin(book);
    if (!report)
        return {{"error", "not defined"}};
    json out{{"equity", said(report->equity)}, {"collateral", said(report->collateral)},
        {"initial", level_of(*report, Level::initial)},
        {"maintenance", level_of(*report, Level::maintenance)}, {"underlyings", json::array()}};
    for (std::size_t i = 0; i < report->underlyings.size(); ++i) {
        const ExactUnderlying& u = report->underlyings[i];
        Real value = u.value;  // without what a case has in its cash
        for (const BookLeg& leg : book.legs)
            if (leg.underlying == i && leg.kind == LegKind::option)
                value -= real(leg.quote);
        json told{
            {"value", said(value)}, {"bracket", said(u.bracket_charge)}, {"rows", json::array()}};
        for (const Real& row : u.rows[0])
            told["rows"].push_back(said(row));
        out["underlyings"].push_back(told);
    }
    return out;
}

}  // namespace
}  // namespace plimsoll::test

int main(int count, char** words)
{
    using namespace plimsoll::test;
    if (count != 3)
        return 2;
    const std::uint64_t first = std::strtoull(words[1], nullptr, 10);
    const std::uint64_t end = first + std::strtoull(words[2], nullptr, 10);
    for (std::uint64_t seed = first; seed < end; ++seed) {
        BookShape shape;
        shape.feeds = false;
        shape.rising_levels = seed % 4 != 0;
        shape.fair_discounts = seed % 5 != 0;
        MarginBook book = random_book(seed, shape);
        const nlohmann::json line{
            {"seed", seed}, {"case", case_of(book)}, {"report", report_of(book)}};
        std::puts(line.dump().c_str());
    }
    return 0;
}
