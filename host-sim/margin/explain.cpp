// plimsoll: host-sim/margin/explain.cpp                             SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, margin calculator. See explain.hpp.
#include "host-sim/margin/explain.hpp"

#include "engine/pricing/black76.hpp"
#include "engine/pricing/forward.hpp"
#include "engine/pricing/tenor.hpp"
#include "engine/risk/collateral.hpp"
#include "host-sim/margin/report.hpp"
#include "host-sim/margin/text_table.hpp"
#include "host-sim/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <string_view>
#include <vector>

namespace plimsoll::sim {
namespace {

constexpr std::size_t WORST_SHOWN = 3;
constexpr std::size_t CURES_SHOWN = 6;
constexpr std::size_t FIRST_WIDTH = 44;

/// In cents, but what is less than a cent and not nothing with its own digits.
std::string money(Money amount)
{
    constexpr auto CENT = Money::from_raw(static_cast<num::i128>(num::WAD) / 100);
    const bool is_dust = !amount.is_zero() && amount.abs() < CENT;
    return is_dust ? significant_text(amount) : rounded_text(amount, 2);
}

std::string percent(Ratio ratio)
{
    constexpr auto MOST = Ratio::from_units(1'000'000);
    if (ratio.abs() > MOST)
        return ratio.is_negative() ? "under -100,000,000 %" : "over 100,000,000 %";
    return rounded_text(scale_floor(ratio, Ratio::from_units(100)), 1) + " %";
}

std::string_view shock_text(VolShock vol)
{
    switch (vol) {
    case VolShock::up:
        return "vol up";
    case VolShock::none:
        return "vol as is";
    case VolShock::down:
        return "vol down";
    case VolShock::skew_linear:
        return "skew turns";
    case VolShock::skew_abs:
        return "skew bends";
    }
    return "";
}

/// "#29 spot x 0.3, vol up, damped to 0.24", or "basis".
std::string row_text(const MarginCase& margin_case, std::size_t underlying, std::uint16_t row)
{
    const auto& scenarios = margin_case.underlyings[underlying].portfolio->scenarios;
    if (row >= scenarios.size())
        return "basis: futures and options against spot";
    const auto& scenario = scenarios[row];
    auto line = fmt::format("#{} ", row);
    if (is_skew(scenario.vol) && scenario.spot == Ratio::one())
        line += shock_text(scenario.vol);
    else
        line += fmt::format("spot x {}, {}", text(scenario.spot), shock_text(scenario.vol));
    if (!(scenario.damping == Ratio::one()))
        line += fmt::format(", damped to {}", text(scenario.damping));
    return line;
}

/// One report in the making.
class Writer
{
public:
    Writer(const MarginCase& margin_case, const Evaluation& evaluation)
      : m_case(margin_case), m_evaluation(evaluation), m_report(evaluation.report)
    {}

    [[nodiscard]] std::string text()
    {
        head();
        account();
        collateral();
        across();
        for (std::size_t i = 0; i < m_case.names.size(); ++i) {
            if (is_listed(m_evaluation, i) || m_evaluation.of(i).levels.initial.held)
                underlying(i);
        }
        for (const auto level : LEVELS) {
            if (m_report.health(level).is_negative())
                shortfall(level);
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] bool is_portfolio() const { return m_case.mode == MarginMode::portfolio; }

    void title(std::string_view what) { m_out += fmt::format("\n{}\n", what); }

    void head()
    {
        m_out +=
            fmt::format("{} margin on {}, quote at {}\n", is_portfolio() ? "Portfolio" : "Standard",
                date_text(m_case.now), significant_text(m_case.quote_price));
        std::string_view verdict = "Healthy at both levels.";
        if (m_report.equity.is_negative())
            verdict = "INSOLVENT: equity is below zero. LIQUIDATABLE: below maintenance margin.";
        else if (m_report.liquidatable())
            verdict = "LIQUIDATABLE: below maintenance margin.";
        else if (m_report.health(Level::initial).is_negative())
            verdict = "Below initial margin: only trades that reduce risk are possible.";
        m_out += fmt::format("{}\n", verdict);
    }

    /// A line with one amount at each level; with `sign`, as what it does to health.
    void line(TextTable& table, std::string what, Money initial, Money maintenance, bool is_charge)
    {
        if (is_charge) {
            initial = -initial;
            maintenance = -maintenance;
        }
        table.add({std::move(what), money(initial), money(maintenance)});
    }

    void parts(TextTable& table)
    {
        struct Part
        {
            std::string_view name;
            Money Contingencies::* amount;
        };
        static constexpr Part PARTS[] = {{"perpetuals", &Contingencies::perp},
            {"futures", &Contingencies::future}, {"naked short options", &Contingencies::option},
            {"uncertain prices", &Contingencies::confidence},
            {"depegged quote", &Contingencies::depeg}};
        for (const auto& part : PARTS) {
            const auto initial = m_report.levels.initial.contingencies.*part.amount;
            const auto maintenance = m_report.levels.maintenance.contingencies.*part.amount;
            if (!initial.is_zero() || !maintenance.is_zero())
                line(table, fmt::format("  - {}", part.name), initial, maintenance, true);
        }
    }

    void account()
    {
        title("Account");
        TextTable table;
        const auto positions = m_report.equity - m_case.cash - m_report.collateral;
        table.add({"", "initial", "maintenance"});
        table.add({"cash", money(m_case.cash), money(m_case.cash)});
        table.add({"positions at the mark", money(positions), money(positions)});
        table.add({"collateral at market", money(m_report.collateral), money(m_report.collateral)});
        table.add({"equity", money(m_report.equity), money(m_report.equity)});
        const auto& initial = m_report.levels.initial;
        const auto& maintenance = m_report.levels.maintenance;
        line(table, "haircuts", initial.haircuts, maintenance.haircuts, true);
        haircuts(table);
        line(table, is_portfolio() ? "scenario requirement" : "position requirement",
            initial.requirement, maintenance.requirement, true);
        line(table, "contingencies", initial.contingencies.total(),
            maintenance.contingencies.total(), true);
        parts(table);
        line(table, "health", m_report.health(Level::initial), m_report.health(Level::maintenance),
            false);
        const auto ratio = [this](Level level) {
            const auto value = margin_ratio(m_report, level);
            return value ? percent(*value) : std::string("nothing required");
        };
        table.add({"net equity / margin", ratio(Level::initial), ratio(Level::maintenance)});
        m_out += table.text(2, FIRST_WIDTH);
    }

    void collateral()
    {
        if (m_case.collaterals.empty())
            return;
        title("Collateral");
        TextTable table;
        table.add({"", "amount", "price", "value", "counts initially", "in maintenance"});
        for (std::size_t i = 0; i < m_case.collaterals.size(); ++i) {
            const auto& c = m_case.collaterals[i];
            table.add({m_case.assets[i] + (c.risk_cancelling && is_portfolio() ? " (hedges)" : ""),
                significant_text(c.amount), significant_text(c.price),
                money(collateral_value(c, m_case.quote_price).floor),
                percent(collateral_weight_floor(c, Level::initial)),
                percent(collateral_weight_floor(c, Level::maintenance))});
        }
        m_out += table.text(2);
    }

    /// What the haircuts are made of.
    void haircuts(TextTable& table)
    {
        PerLevel<Money> assets;
        for (const auto& c : m_case.collaterals) {
            const auto value = collateral_value(c, m_case.quote_price).floor;
            for (const auto level : LEVELS)
                assets.of(level) += collateral_haircut_ceil(c, value, level);
        }
        if (!assets.initial.is_zero() || !assets.maintenance.is_zero())
            line(table, "  - on collateral", assets.initial, assets.maintenance, true);
        Money rest = m_report.levels.initial.haircuts - assets.initial;
        for (std::size_t i = 0; i < m_case.names.size(); ++i) {
            const auto charge = m_evaluation.of(i).bracket_charge;
            rest -= charge;
            if (!charge.is_zero())
                line(table, fmt::format("  - {} price bracket", m_case.names[i]), charge, Money(),
                    true);
        }
        if (!rest.is_zero())
            line(table, "  - unrealised profit", rest, Money(), true);
    }

    void across()
    {
        if (!is_portfolio())
            return;
        for (const auto level : LEVELS) {
            const auto& band = m_report.levels.of(level).band;
            if (band.binding != Binding::single)
                across(level, band);
        }
    }

    void across(Level level, const BandReport& band)
    {
        const auto requirement = m_report.levels.of(level).requirement;
        title(fmt::format("Across underlyings, {}: the {} binds",
            level == Level::initial ? "initial" : "maintenance", name_of(band.binding)));
        TextTable sums;
        sums.add({"sum of each underlying alone", money(band.plain_sum)});
        sums.add({"band loss: the worst joint scenario", money(band.band_loss)});
        sums.add({"special sum: skews and bases", money(band.special_sum)});
        sums.add({"floor: what relief must leave", money(band.floor)});
        const auto relief = band.plain_sum - requirement;
        sums.add({"relief", band.plain_sum.is_zero()
                                ? money(relief)
                                : fmt::format("{} ({})", money(relief),
                                      percent(saturating_ratio_floor(relief, band.plain_sum)))});
        m_out += sums.text(2, FIRST_WIDTH);
        m_out += fmt::format("  joint scenario: {} leads by {} of its range\n",
            m_case.names[band.driver], rounded_text(move_nearest(band), 2));
        TextTable rows(1);
        for (std::size_t i = 0; i < m_case.names.size(); ++i) {
            const auto& detail = m_evaluation.of(i).levels.of(level);
            if (detail.held)
                rows.add({m_case.names[i], row_text(m_case, i, detail.response),
                    money(detail.contribution)});
        }
        m_out += rows.text(4);
    }

    void underlying(std::size_t index)
    {
        const auto& u = m_case.underlyings[index];
        const auto& risk = m_evaluation.of(index);
        title(fmt::format("{}: spot {}, positions {}", m_case.names[index],
            significant_text(u.spot), money(risk.value)));
        // Collateral that hedges makes an underlying count without a position in it.
        if (has_legs(index))
            m_out += positions(index).text(2);
        if (is_portfolio())
            scenarios(index);
        else
            standard_lines(index);
        exposure(index);
    }

    [[nodiscard]] Price mark_of(const BookLeg& leg) const
    {
        if (leg.kind == LegKind::perp)
            return leg.mark;
        const auto& expiry = m_case.expiries[leg.expiry];
        if (leg.kind == LegKind::future)
            return expiry.forward;
        const auto prices = pricing::black76(pricing::forward_point(expiry.forward), leg.strike,
            leg.volatility, pricing::tenor_of(expiry.length),
            pricing::discount_of(expiry.rate, expiry.mark_rate_mult, expiry.length));
        const auto& price = leg.type == OptionType::call ? prices.call : prices.put;
        return leg.base.is_negative() ? price.ceil : price.floor;
    }

    [[nodiscard]] bool has_legs(std::size_t index) const
    {
        return std::any_of(m_case.legs.begin(), m_case.legs.end(),
            [index](const BookLeg& leg) { return leg.underlying == index; });
    }

    [[nodiscard]] TextTable positions(std::size_t index) const
    {
        TextTable table;
        table.add({"", "amount", "mark", "value"});
        for (const auto& leg : m_case.legs) {
            if (leg.underlying != index)
                continue;
            const auto mark = mark_of(leg);
            if (leg.is_position) {
                table.add({m_case.label(leg), significant_text(leg.base), significant_text(mark),
                    money(notional_floor(leg.base, mark) + leg.quote)});
                continue;
            }
            table.add({m_case.label(leg) + " (orders)",
                fmt::format("+{} / -{}", significant_text(leg.bid), significant_text(leg.ask)),
                significant_text(mark), ""});
        }
        return table;
    }

    void scenarios(std::size_t index)
    {
        const auto& risk = m_evaluation.of(index);
        const bool with_orders = m_evaluation.work->has_orders;
        const auto& rows = risk.rows[with_orders ? 1 : 0];
        const auto listed = m_case.underlyings[index].portfolio->scenarios.size();
        std::vector<std::uint16_t> order(listed + 1);
        std::iota(order.begin(), order.end(), std::uint16_t{0});
        std::stable_sort(order.begin(), order.end(),
            [&rows](std::uint16_t a, std::uint16_t b) { return Money(rows[a]) < Money(rows[b]); });
        m_out += fmt::format("  worst of {} scenarios and the basis{}:\n", listed,
            with_orders ? ", open orders filled at their worst" : "");
        TextTable table;
        for (std::size_t i = 0; i < std::min(WORST_SHOWN, order.size()); ++i)
            table.add({row_text(m_case, index, order[i]), money(rows[order[i]])});
        m_out += table.text(4, FIRST_WIDTH);
    }

    void standard_lines(std::size_t index)
    {
        const auto& levels = m_evaluation.of(index).levels;
        TextTable table;
        table.add({"requirement", "initial", "maintenance"});
        table.add({"  perpetuals and futures", money(levels.initial.linear),
            money(levels.maintenance.linear)});
        table.add({"  options", money(levels.initial.option), money(levels.maintenance.option)});
        m_out += table.text(2, FIRST_WIDTH);
    }

    void exposure(std::size_t index)
    {
        const auto greeks = greeks_of(m_case, index);
        m_out += fmt::format("  delta {}{}, gamma {}, vega {} a point, theta {} a day\n",
            significant_text(greeks.delta), m_case.collaterals.empty() ? "" : " without collateral",
            significant_text(greeks.gamma, 3), money(greeks.vega), money(greeks.theta));
        const auto prices = liquidation_prices(m_case, index);
        if (!prices.down.is_zero())
            m_out += fmt::format(
                "  liquidatable once spot falls to {}\n", significant_text(prices.down));
        if (!prices.up.is_zero())
            m_out +=
                fmt::format("  liquidatable once spot rises to {}\n", significant_text(prices.up));
    }

    void shortfall(Level level)
    {
        const bool is_initial = level == Level::initial;
        const auto health = m_report.health(level);
        title(fmt::format(
            "What cures the shortfall of {} margin", is_initial ? "initial" : "maintenance"));
        m_out += fmt::format("  cash: {} exactly\n", sim::text(-health));
        std::vector<Cure> list = cures(m_case, m_report, level);
        const auto all = list.size();
        std::erase_if(list, [&](const Cure& cure) { return cure.health.of(level) <= health; });
        TextTable table;
        table.add({"or one trade at the mark", "shortfall released", "health after"});
        for (std::size_t i = 0; i < std::min(CURES_SHOWN, list.size()); ++i) {
            const auto after = list[i].health.of(level);
            const auto left = after.is_negative() ? after : Money();
            table.add({"  " + list[i].what, money(left - health),
                money(after) + (after.is_negative() ? "" : "  cured")});
        }
        if (!list.empty())
            m_out += table.text(2);
        if (list.size() > CURES_SHOWN)
            m_out += fmt::format("    and {} more that help less\n", list.size() - CURES_SHOWN);
        if (all > list.size())
            m_out += fmt::format("    ({} would not help)\n", all - list.size());
        slice(level);
    }

    void slice(Level level)
    {
        const bool has_orders = std::any_of(m_case.legs.begin(), m_case.legs.end(),
            [](const BookLeg& leg) { return leg.has_orders(); });
        const bool has_positions = std::any_of(m_case.legs.begin(), m_case.legs.end(),
            [](const BookLeg& leg) { return leg.is_position; });
        if (!has_positions && !has_orders)
            return;
        const auto* cancelled = has_orders ? " and cancelling all orders" : "";
        const auto found = slice_cure(m_case, level);
        if (!found) {
            m_out += has_positions ? "  not even closing every position at the mark leaves enough\n"
                                   : "  not even cancelling all open orders leaves enough\n";
        } else if (found->percent == 0) {
            m_out += "  cancelling all open orders is enough\n";
        } else {
            m_out += fmt::format("  closing {} % of every position{} is enough: health {}\n",
                found->percent, cancelled, money(found->health.of(level)));
        }
    }

    const MarginCase& m_case;
    const Evaluation& m_evaluation;
    const MarginReport& m_report;
    std::string m_out;
};

}  // namespace

std::string explain(const MarginCase& margin_case, const Evaluation& evaluation)
{
    return Writer(margin_case, evaluation).text();
}

}  // namespace plimsoll::sim
