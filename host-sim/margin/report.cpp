// plimsoll: host-sim/margin/report.cpp                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See report.hpp.
#include "host-sim/margin/report.hpp"

#include "host-sim/text.hpp"

#include <algorithm>
#include <string>

namespace plimsoll::sim {
namespace {

using Json = nlohmann::ordered_json;

/// Of an underlying's scenario, or of its basis behind them.
Json row_json(const MarginCase& margin_case, std::size_t underlying, std::uint16_t row)
{
    const auto& scenarios = margin_case.underlyings[underlying].portfolio->scenarios;
    return row < scenarios.size() ? Json(row) : Json("basis");
}

Json parts_json(MarginMode mode, const Contingencies& parts)
{
    Json json = Json::object();
    if (mode == MarginMode::portfolio) {
        json["perp"] = text(parts.perp);
        json["future"] = text(parts.future);
        json["option"] = text(parts.option);
    }
    json["confidence"] = text(parts.confidence);
    if (mode == MarginMode::standard)
        json["depeg"] = text(parts.depeg);
    return json;
}

Json bracket_json(const MarginCase& margin_case, const Evaluation& evaluation)
{
    Json json = Json::object();
    for (std::size_t i = 0; i < margin_case.names.size(); ++i) {
        const auto& underlying = margin_case.underlyings[i];
        if (!underlying.price_low.is_zero() || !underlying.price_high.is_zero() ||
            !underlying.stable.is_zero()) {
            json[margin_case.names[i]] = text(evaluation.of(i).bracket_charge);
        }
    }
    return json;
}

Json worst_json(const MarginCase& margin_case, const Evaluation& evaluation, Level level)
{
    Json json = Json::object();
    for (std::size_t i = 0; i < margin_case.names.size(); ++i) {
        const auto& detail = evaluation.of(i).levels.of(level);
        if (!detail.held)
            continue;
        json[margin_case.names[i]] =
            margin_case.mode == MarginMode::portfolio
                ? row_json(margin_case, i, detail.worst)
                : Json({{"linear", text(detail.linear)}, {"option", text(detail.option)}});
    }
    return json;
}

Json band_json(const MarginCase& margin_case, const Evaluation& evaluation, Level level)
{
    const auto& band = evaluation.report.levels.of(level).band;
    Json json = {{"binding", name_of(band.binding)}, {"plain_sum", text(band.plain_sum)}};
    if (band.binding == Binding::single)
        return json;
    json["floor"] = text(band.floor);
    json["special_sum"] = text(band.special_sum);
    json["band_loss"] = text(band.band_loss);
    json["driver"] = margin_case.names[band.driver];
    json["step"] = row_json(margin_case, band.driver, band.driver_row);
    json["move"] = text(move_nearest(band));
    json["contributions"] = Json::array();
    for (std::size_t i = 0; i < margin_case.names.size(); ++i) {
        const auto& detail = evaluation.of(i).levels.of(level);
        if (detail.held) {
            json["contributions"].push_back({{"underlying", margin_case.names[i]},
                {"scenario", row_json(margin_case, i, detail.response)},
                {"pnl", text(detail.contribution)}});
        }
    }
    return json;
}

Json level_json(const MarginCase& margin_case, const Evaluation& evaluation, Level level)
{
    const auto& report = evaluation.report;
    const auto& detail = report.levels.of(level);
    Json json = {{"health", text(report.health(level))}, {"requirement", text(detail.requirement)},
        {"haircuts", text(detail.haircuts)}, {"contingencies", text(detail.contingencies.total())},
        {"contingency_parts", parts_json(margin_case.mode, detail.contingencies)}};
    if (level == Level::initial) {
        if (auto bracket = bracket_json(margin_case, evaluation); !bracket.empty())
            json["price_bracket"] = std::move(bracket);
    }
    json["worst"] = worst_json(margin_case, evaluation, level);
    if (margin_case.mode == MarginMode::portfolio)
        json["band"] = band_json(margin_case, evaluation, level);
    if (const auto ratio = margin_ratio(report, level))
        json["margin_ratio"] = text(*ratio);
    return json;
}

Json expiry_json(const MarginCase& margin_case, std::uint16_t index)
{
    const auto report = expiry_report(margin_case.book(), index);
    Json json = {{"expiry", margin_case.expiry_times[index]}, {"mtm", text(report.mark_to_market)},
        {"discount", text(report.discount.floor)}};
    if (margin_case.mode == MarginMode::portfolio) {
        json["vol_up"] = text(report.vol_up);
        json["vol_down"] = text(report.vol_down);
        json["discount_long"] = text(report.discount_long);
        json["discount_short"] = text(report.discount_short);
        json["naked_shorts"] = text(report.naked_shorts);
        json["basis_up"] = text(report.basis_up);
        json["basis_down"] = text(report.basis_down);
    }
    return json;
}

Json underlying_json(const MarginCase& margin_case, const Evaluation& evaluation, std::size_t index)
{
    const auto& risk = evaluation.of(index);
    Json json = {{"id", margin_case.names[index]}, {"value", text(risk.value)}};
    if (margin_case.mode == MarginMode::portfolio) {
        const auto count = margin_case.underlyings[index].portfolio->scenarios.size();
        json["scenarios"] = Json::array();
        for (std::size_t row = 0; row < count; ++row)
            json["scenarios"].push_back(text(Money(risk.rows[0][row])));
        json["basis"] = text(Money(risk.rows[0][count]));
    }
    json["expiries"] = Json::array();
    for (const auto expiry : listed_expiries(margin_case, index))
        json["expiries"].push_back(expiry_json(margin_case, expiry));
    return json;
}

/// What `all` adds to an underlying.
void add_exposure(Json& json, const MarginCase& margin_case, std::size_t index)
{
    const auto greeks = greeks_of(margin_case, index);
    json["greeks"] = {{"delta", text(greeks.delta)}, {"gamma", text(greeks.gamma)},
        {"vega", text(greeks.vega)}, {"theta", text(greeks.theta)}};
    const auto prices = liquidation_prices(margin_case, index);
    if (!prices.down.is_zero())
        json["liquidation_price"]["down"] = text(prices.down);
    if (!prices.up.is_zero())
        json["liquidation_price"]["up"] = text(prices.up);
}

}  // namespace

Json report_json(const MarginCase& margin_case, const Evaluation& evaluation, ReportScope scope)
{
    const auto& report = evaluation.report;
    Json json = {{"equity", text(report.equity)},
        {"mark_to_market", text(report.equity - margin_case.cash)},
        {"collateral", text(report.collateral)}};
    json["initial"] = level_json(margin_case, evaluation, Level::initial);
    json["maintenance"] = level_json(margin_case, evaluation, Level::maintenance);
    json["underlyings"] = Json::array();
    for (std::size_t i = 0; i < margin_case.names.size(); ++i) {
        if (!is_listed(evaluation, i))
            continue;
        auto& item = json["underlyings"].emplace_back(underlying_json(margin_case, evaluation, i));
        if (scope == ReportScope::all)
            add_exposure(item, margin_case, i);
    }
    return json;
}

Json error_json(std::string_view what)
{
    return {{"error", what}};
}

bool is_listed(const Evaluation& evaluation, std::size_t underlying)
{
    // Maintenance does not know orders.
    return evaluation.of(underlying).levels.maintenance.held;
}

std::vector<std::uint16_t> listed_expiries(const MarginCase& margin_case, std::size_t underlying)
{
    std::vector<std::uint16_t> list;
    for (const auto& leg : margin_case.legs) {
        if (leg.underlying == underlying && leg.is_position && leg.kind != LegKind::perp)
            list.push_back(leg.expiry);
    }
    std::sort(list.begin(), list.end(), [&margin_case](std::uint16_t a, std::uint16_t b) {
        return margin_case.expiry_times[a] < margin_case.expiry_times[b];
    });
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

std::optional<Ratio> margin_ratio(const MarginReport& report, Level level)
{
    const auto margin = report.levels.of(level).margin();
    if (margin.is_zero())
        return std::nullopt;
    return saturating_ratio_floor(report.net(level), margin);
}

Ratio move_nearest(const BandReport& band)
{
    // Half a unit of the last place, away from zero: moves are far below the end of the type.
    const auto doubled =
        num::mul_div_trunc(band.move_numerator, 2 * num::i128{num::WAD}, band.move_denominator);
    const num::i128 twice = doubled.value_or(0);
    return Ratio::from_raw((twice + (twice < 0 ? -1 : 1)) / 2);
}

}  // namespace plimsoll::sim
