// plimsoll: host-sim/margin/evaluation.cpp                          SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See evaluation.hpp.
#include "host-sim/margin/evaluation.hpp"

#include "host-sim/margin/case_field.hpp"
#include "host-sim/margin/excess.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace plimsoll::sim {
namespace {

/// The pair of underlyings that the engine misses a correlation for, when it says so.
std::string missing_pair(const MarginCase& margin_case)
{
    if (!margin_case.correlation)
        return "the field \"correlation\" is missing";
    const auto& names = margin_case.names;
    for (std::size_t j = 1; j < names.size(); ++j) {
        for (std::size_t i = 0; i < j; ++i) {
            if (!margin_case.correlation->of(i, j).known)
                return fmt::format("correlation.pairs: no pair \"{}\", \"{}\"", names[i], names[j]);
        }
    }
    return "correlation: incomplete";
}

/// The sides that spot must be able to move to, for F-21.
std::string one_sided(const MarginCase& margin_case)
{
    for (std::size_t i = 0; i < margin_case.underlyings.size(); ++i) {
        const auto* params = margin_case.underlyings[i].portfolio;
        bool up = false;
        bool down = false;
        for (std::size_t k = 0; params != nullptr && k < params->scenarios.size(); ++k) {
            const auto& scenario = params->scenarios[k];
            const bool is_range = !is_skew(scenario.vol) && scenario.damping == Ratio::one();
            up = up || (is_range && scenario.spot > Ratio::one());
            down = down || (is_range && scenario.spot < Ratio::one());
        }
        if (!up || !down) {
            return fmt::format(
                "underlyings[{}].risk.scenarios: no undamped move {}", i, up ? "down" : "up");
        }
    }
    return "";
}

std::string complaint(const MarginCase& margin_case, Error error)
{
    if (error == Error::no_correlation)
        return missing_pair(margin_case);
    if (error == Error::arithmetic_range)
        return fmt::format("{} ({})", excess_of(margin_case), name_of(error));
    if (error == Error::book_domain && margin_case.mode == MarginMode::portfolio &&
        margin_case.underlyings.size() > 1) {
        if (auto place = one_sided(margin_case); !place.empty())
            return place;
    }
    return fmt::format("{} ({})", meaning_of(error), name_of(error));
}

/// The margin of the case with other legs, or nothing where the engine refuses it.
std::optional<MarginReport> with_legs(
    const MarginCase& margin_case, const std::vector<BookLeg>& legs, MarginWork& work)
{
    auto book = margin_case.book();
    book.legs = legs;
    const auto report = margin(book, work);
    return report ? std::optional(*report) : std::nullopt;
}

/// What `after` would be with the closed positions' value paid out in cash.
Money health_after(const MarginReport& before, const MarginReport& after, Level level)
{
    return after.health(level) + (before.equity - after.equity);
}

PerLevel<Money> healths_after(const MarginReport& before, const MarginReport& after)
{
    PerLevel<Money> health;
    for (const auto level : LEVELS)
        health.of(level) = health_after(before, after, level);
    return health;
}

/// All positions less `percent` of each, without open orders. What is left is rounded toward zero.
std::vector<BookLeg> without_slice(const MarginCase& margin_case, int percent)
{
    std::vector<BookLeg> legs;
    for (auto leg : margin_case.legs) {
        if (!leg.is_position || percent == 100)
            continue;
        const auto rest = [percent](num::i128 raw) {
            return num::mul_div_trunc(raw, 100 - percent, 100).value_or(raw);
        };
        leg.base = Quantity::from_raw(rest(leg.base.raw()));
        leg.quote = Money::from_raw(rest(leg.quote.raw()));
        legs.push_back(leg);
    }
    return legs;
}

}  // namespace

Evaluation evaluate(const MarginCase& margin_case)
{
    Evaluation evaluation{.report = {}, .work = std::make_unique<MarginWork>()};
    const auto report = margin(margin_case.book(), *evaluation.work);
    if (!report)
        throw CaseError(complaint(margin_case, report.error()));
    evaluation.report = *report;
    return evaluation;
}

PositionGreeks greeks_of(const MarginCase& margin_case, std::size_t underlying)
{
    return position_greeks(margin_case.book(), static_cast<std::uint16_t>(underlying));
}

LiquidationPrices liquidation_prices(const MarginCase& margin_case, std::size_t underlying)
{
    auto underlyings = margin_case.underlyings;
    auto expiries = margin_case.expiries;
    auto legs = margin_case.legs;
    auto collaterals = margin_case.collaterals;
    const BookCopy copy{
        .underlyings = underlyings, .expiries = expiries, .legs = legs, .collaterals = collaterals};
    const auto work = std::make_unique<MarginWork>();
    const auto prices = plimsoll::liquidation_prices(
        margin_case.book(), static_cast<std::uint16_t>(underlying), copy, *work);
    return prices ? *prices : LiquidationPrices();
}

std::vector<Cure> cures(const MarginCase& margin_case, const MarginReport& report, Level level)
{
    const auto work = std::make_unique<MarginWork>();
    std::vector<Cure> list;
    const auto try_legs = [&](const std::vector<BookLeg>& legs, std::string what) {
        if (const auto after = with_legs(margin_case, legs, *work))
            list.push_back({.what = std::move(what), .health = healths_after(report, *after)});
    };
    std::vector<BookLeg> positions;
    for (std::size_t i = 0; i < margin_case.legs.size(); ++i) {
        const auto& leg = margin_case.legs[i];
        if (!leg.is_position)
            continue;
        positions.push_back(leg);
        auto rest = margin_case.legs;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        try_legs(rest, fmt::format("close {}", margin_case.label(leg)));
    }
    if (positions.size() != margin_case.legs.size())
        try_legs(positions, "cancel all open orders");
    std::stable_sort(list.begin(), list.end(),
        [level](const Cure& a, const Cure& b) { return a.health.of(level) > b.health.of(level); });
    return list;
}

std::optional<SliceCure> slice_cure(const MarginCase& margin_case, Level level)
{
    const auto work = std::make_unique<MarginWork>();
    const auto before = with_legs(margin_case, margin_case.legs, *work);
    for (int percent = 0; before && percent <= 100; ++percent) {
        const auto after = with_legs(margin_case, without_slice(margin_case, percent), *work);
        if (after && health_after(*before, *after, level) >= Money::zero())
            return SliceCure{.percent = percent, .health = healths_after(*before, *after)};
    }
    return std::nullopt;
}

}  // namespace plimsoll::sim
